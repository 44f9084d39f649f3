extension TraceReport: TabularReport {
  private struct Row {
    let depth: Int
    let payee: String
    let way: [String]
    let branch: Branch
  }

  /// Who pays it and whose money that was, through whom it came, and where it started.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    let share: [SheetColumn<EconomyReport.PartyLine.Share>] =
      SheetColumn.party("who", names) { $0.id } + [.share("share") { $0.share }]
    return [
      Sheet(
        "Whose money",
        payers.flatMap { Self.rows($0, to: party, way: [party]) },
        [.count("payers back") { $0.depth }]
          + SheetColumn.party("payer", names) { $0.branch.id }
          + SheetColumn.party("payee", names) { $0.payee } + [
            .share("of what the payee takes in") { $0.branch.share },
            .amount("dollars") { $0.branch.amount },
            .text("way") { $0.way.reversed().map(names.name).joined(separator: " → ") },
            .rows("rests on") { $0.branch.evidence },
          ]
      ),
      Sheet("Came through", line?.through ?? [], share),
      Sheet("Began with", line?.origins ?? [], share),
    ]
  }

  /// What it takes in.
  package func paragraphs(_ names: PartyNames) -> [String] {
    ["\(names(party)) takes in \(Figures.dollars(receipts)) in \(period)."]
  }

  private static func rows(_ branch: Branch, to payee: String, way: [String]) -> [Row] {
    let way = way + [branch.id]
    return [Row(depth: way.count - 1, payee: payee, way: way, branch: branch)]
      + branch.payers.flatMap { rows($0, to: branch.id, way: way) }
  }
}

extension PartyReport: TabularReport {
  /// What it pays and is paid, its deals, and the facts about it.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    let flows =
      receives.map { (side: "is paid", flow: $0) } + pays.map { (side: "pays", flow: $0) }
    return [
      Sheet(
        "Flows",
        flows,
        [.text("it") { $0.side }] + SheetColumn.flow(names).of { $0.flow }
      ),
      Sheet("Deals", deals, SheetColumn.deal(names)),
      Sheet("Facts", facts, SheetColumn.fact(names)),
    ]
  }

  /// Who it is.
  package func paragraphs(_: PartyNames) -> [String] {
    ["\(name): \(kind), \(inside ? "inside" : "outside") the sector."]
      + (note.isEmpty ? [] : [note])
  }
}

extension SheetColumn<PartyReport.FactLine> {
  /// A fact, and who says so.
  static func fact(_ names: PartyNames) -> [Self] {
    [.rows("fact") { [$0.id] }]
      + party("party", names) { $0.party } + [.text("what") { $0.metricWords }]
      + party("other side", names) { $0.counterparty } + [
        .number("at least") { $0.low }, .number("at most") { $0.high },
        .text("in") { $0.unit }, .text("period") { $0.period }, .text("teller") { $0.teller },
        .text("trust") { $0.trust }, .text("source") { $0.source }, .text("note") { $0.note },
      ]
  }
}

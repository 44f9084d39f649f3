extension LoopReport: TabularReport {
  /// The loops, their payments, and what goes round at each party.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    [
      Sheet("Loops", loops, SheetColumn.loop(names)), LoopPayments(loops, names).sheet,
      Sheet(
        "By party",
        parties,
        SheetColumn.party("party", names) { $0.id } + [
          .amount("goes round, at least") { $0.low }, .amount("goes round, at most") { $0.high },
        ]
      ),
      Sheet(
        "How many",
        byLength.byNumber,
        [.text("parties in a loop") { $0.key }, .count("loops") { $0.value }]
      ),
    ]
  }

  /// How many loops there are.
  package func paragraphs(_: PartyNames) -> [String] {
    let shown = "\(loops.count) are shown, by the least amount on them."
    return [
      complete
        ? "\(counted(count, "loop")); \(shown)"
        : "More than \(counted(count, "loop")), not all counted; \(shown)"
    ]
  }
}

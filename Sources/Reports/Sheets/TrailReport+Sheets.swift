extension TrailReport: TabularReport {
  /// Where the sum is at the end of each period, a line for each part of it.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    let lines = steps.flatMap {
      step -> [(period: String, where: String, id: String, amount: Double)] in
      [(step.period, "back", payer, step.home)]
        + step.exits.map { (step.period, "left the sector", $0.id, $0.amount) }
        + step.untoldFrom.map { (step.period, "nobody says where, from", $0.id, $0.amount) }
        + step.holders.map { (step.period, "held", $0.id, $0.amount) }
    }
    return [
      Sheet(
        "Trail",
        lines,
        [.text("end of") { $0.period }, .text("where") { $0.where }]
          + SheetColumn.party("with or to", names) { $0.id } + [
            .amount("dollars") { $0.amount }, .share("of the sum") { $0.amount / amount },
          ]
      )
    ]
  }
}

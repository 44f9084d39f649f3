extension ReceiptReport: TabularReport {
  /// Where the receipt began by each rule, the payments that moved it, where it is now, who can have fed it, and the files.
  package func sheets(_: PartyNames) -> [Sheet] {
    let origins = rules.flatMap { answer in answer.origins.map { (rule: answer.rule, from: $0) } }
    let now = rules.flatMap { answer in answer.now.map { (rule: answer.rule, share: $0) } }
    let steps = rules.flatMap { answer in answer.payments.map { (rule: answer.rule, step: $0) } }
    return [
      Sheet(
        "Where it began",
        origins,
        [
          .text("rule") { $0.rule }, .text("party") { $0.from.name ?? $0.from.id },
          .text("known by") { $0.from.id }, .text("it was") { Self.words($0.from.kind) },
          .fine("amount") { $0.from.amount },
        ]
      ),
      Sheet(
        "Payments traced",
        steps,
        [.text("rule") { $0.rule }] + FollowReport.columns.of { $0.step }
          + [.fine("of the receipt") { $0.step.traced }]
      ),
      Sheet(
        "Where it is now",
        now,
        [
          .text("rule") { $0.rule }, .text("party") { $0.share.name ?? $0.share.id },
          .text("known by") { $0.share.id }, .fine("amount") { $0.share.amount },
        ]
      ),
      Sheet("Can have fed it", poison ?? [], FollowReport.columns),
      FollowReport.sheet(ofAssumed: assumed),
      files.sheet,
    ]
  }

  /// What was traced, and what a reader has to know.
  package func paragraphs(_: PartyNames) -> [String] { [title] + notes }

  private static func words(_ kind: String) -> String {
    switch kind {
    case "overdraft": "lent by its bank"
    case "came-back": "its own, come back"
    default: "held at first"
    }
  }
}

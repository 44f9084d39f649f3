extension FollowReport: TabularReport {
  private struct Place {
    let rule: String
    let what: String
    let share: Share
  }

  /// Where the sum is by each rule, the payments that moved it, whom it can have touched, and the files.
  package func sheets(_: PartyNames) -> [Sheet] {
    let places = rules.flatMap { answer -> [Place] in
      let home = Share(id: from, name: nil, amount: answer.cameBack)
      return answer.held.map { Place(rule: answer.rule, what: "is with", share: $0) }
        + (answer.cameBack > 0 ? [Place(rule: answer.rule, what: "came back to", share: home)] : [])
        + answer.repaid.map { Place(rule: answer.rule, what: "paid an overdraft of", share: $0) }
    }
    let steps = rules.flatMap { answer in answer.payments.map { (rule: answer.rule, step: $0) } }
    return [
      Sheet(
        "Where it is",
        places,
        [
          .text("rule") { $0.rule }, .text("it") { $0.what },
          .text("party") { $0.share.name ?? $0.share.id }, .text("known by") { $0.share.id },
          .fine("amount") { $0.share.amount },
        ]
      ),
      Sheet(
        "Payments followed",
        steps,
        [.text("rule") { $0.rule }] + Self.columns.of { $0.step }
          + [.fine("of the sum") { $0.step.traced }]
      ),
      Sheet("Can have touched", poison?.parties ?? [], Self.columns),
      Self.sheet(ofAssumed: assumed),
      files.sheet,
    ]
  }

  /// What was followed, and what a reader has to know.
  package func paragraphs(_: PartyNames) -> [String] { [title] + notes }

  /// The opening balances that nobody states.
  static func sheet(ofAssumed assumed: [Share]) -> Sheet {
    Sheet(
      "Openings assumed",
      assumed,
      [
        .text("party") { $0.name ?? $0.id }, .text("known by") { $0.id },
        .fine("held at first") { $0.amount },
      ]
    )
  }

  static var columns: [SheetColumn<Step>] {
    [
      .text("file") { $0.file }, .count("line") { $0.line }, .moment("time", text: { $0.time }),
      .text("payer") { $0.payer }, .text("payee") { $0.payee }, .fine("amount") { $0.amount },
    ]
  }
}

internal import Claims

/// What a contract is worth, where the words that say who pays whom come behind it: `signed a five-year contract worth
/// $3.2 billion to rent capacity from Skarn`.
enum Worth {
  private static let contracts: Set<String> = [
    "contract", "contracts", "deal", "deals", "agreement", "agreements", "order", "orders",
    "lease", "pact", "arrangement", "accord",
  ]

  /// The claims of a sentence, the only one among them with the worth of the only contract that is told as worth something.
  ///
  /// Where several claims lack an amount, or another has one already, nothing says whose it is.
  static func completed(_ drafts: [Draft], _ view: SentenceView, _ taken: Set<Int>) -> [Draft] {
    guard drafts.count == 1, drafts[0].amount == nil, drafts[0].says == nil,
      !drafts[0].status.isWayOut
    else { return drafts }
    let worths = view.amounts.indices.filter {
      !taken.contains($0) && isOfContract(view.amounts[$0], view)
    }
    guard worths.count == 1 else { return drafts }
    let amount = view.amounts[worths[0]]
    var draft = drafts[0]
    draft.amount = amount
    let isExact = amount.bound == .exact || amount.bound == .atLeast
    draft.level = draft.status.isBinding && isExact ? .binding : .headline
    draft.span =
      min(
        draft.span.lowerBound,
        amount.tokens.lowerBound
      )..<max(
        draft.span.upperBound,
        amount.tokens.upperBound
      )
    return [draft]
  }

  private static func isOfContract(_ amount: Amount, _ view: SentenceView) -> Bool {
    guard amount.isMoney, !amount.isPrice, !amount.isFormer, amount.per == nil else { return false }
    let before = amount.tokens.lowerBound - 1
    let isWorth =
      view.word(before) == "worth" || view.word(before) == "at" && view.word(before - 1) == "valued"
    return isWorth && (1...4).contains { contracts.contains(view.word(before - $0)) }
  }
}

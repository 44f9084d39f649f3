internal import Claims

/// What is owed: to a bank it is a loan, and what is outstanding was drawn.
extension ClaimReader {
  /// `Brannock owes Nordbank €140m`: the bank lent it.
  mutating func readOwed(_ amount: Amount, _ phrase: Phrase?) -> Bool {
    guard let phrase, phrase.base == "owe", !phrase.isPassive,
      let creditor = phrase.arguments.first(where: { ["", "to"].contains($0.preposition) }),
      let lender = resolve(creditor.mention, excluding: []),
      discourse.cast.entities[lender].words.isLender,
      let borrower = resolve(phrase.subject, excluding: [lender])
    else { return false }
    add(
      drawn(
        amount,
        .loan,
        (lender, borrower),
        span(amount, phrase, nil),
        "owe: \(word(phrase.token))"
      )
    )
    return true
  }

  /// `€140 million was outstanding`: of the loan or facility that was spoken of.
  mutating func readOutstanding(_ amount: Amount) -> Bool {
    let end = amount.tokens.upperBound
    guard ["was", "is", "were", "are", "remained", "remains"].contains(word(end)),
      word(end + 1) == "outstanding",
      let pair = discourse.pairs.last(where: { [.loan, .facility].contains($0.kind) })
    else { return false }
    let words = amount.tokens.lowerBound..<end + 2
    add(drawn(amount, pair.kind, (pair.payer, pair.payee), words, "outstanding"))
    return true
  }

  private func drawn(
    _ amount: Amount,
    _ kind: Deal.Kind,
    _ pair: (payer: Int, payee: Int),
    _ words: Range<Int>,
    _ rule: String
  ) -> Draft {
    Draft(
      payer: pair.payer,
      payee: pair.payee,
      kind: kind,
      status: .active,
      level: .drawn,
      amount: amount,
      span: words,
      rule: rule
    )
  }
}

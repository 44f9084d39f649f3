internal import Claims
internal import Tables

/// Reads a row of a table: what is owed to whom, in thousands or millions as the table's heading says.
struct RowReader {
  let view: SentenceView
  let text: TokenizedText
  let sentences: [Sentence]
  var discourse: Discourse
  private(set) var drafts: [Draft] = []
  private(set) var facts: [FactDraft] = []

  init(view: SentenceView, text: TokenizedText, sentences: [Sentence], discourse: Discourse) {
    (self.view, self.text, self.sentences, self.discourse) = (view, text, sentences, discourse)
  }

  mutating func read() {
    guard let amount = amount() else { return }
    if view.says("total principal") || view.says("total debt") {
      facts.append(
        FactDraft(
          party: discourse.own ?? discourse.main,
          metric: "debt",
          amount: amount,
          start: closing,
          end: closing,
          span: whole,
          rule: "row: total"
        )
      )
      return
    }
    let nouns = KindReader(view: view)
    guard let head = view.range.first(where: { nouns.noun(at: $0)?.isMoney == true }),
      let noun = nouns.compound(head),
      let lender = view.mentions.lazy.compactMap(\.entity).first(where: {
        discourse.cast.entities[$0].isParty
      }),
      let borrower = discourse.own ?? discourse.main, lender != borrower
    else { return }
    drafts.append(
      Draft(
        payer: lender,
        payee: borrower,
        kind: noun.kind,
        status: .active,
        level: .drawn,
        amount: amount,
        end: view.dates.first { $0.sense == .due }?.date,
        span: whole,
        rule: "row: \(view.word(head))"
      )
    )
    discourse.pairs.append(Discourse.Pair(kind: noun.kind, payer: lender, payee: borrower))
  }

  private var whole: Range<Int> { view.range }

  /// The day that the table is of: the last date named before it.
  private var closing: PartialDate? {
    let before = 0..<view.range.lowerBound
    return DateReader(text: text, range: before, published: nil).dates().last?.date
  }

  /// The number behind the dots, with the zeros that the heading gives it.
  private func amount() -> Amount? {
    guard let leader = view.range.first(where: { view.token($0).kind == .leader }),
      let number = (leader + 1..<view.range.upperBound).first(where: {
        view.token($0).kind == .number
      }),
      let value = AmountReader.value(view.word(number))?.shifted(by: zeros)
    else { return nil }
    let code =
      view.token(number - 1).kind == .currency ? AmountWords.currencies[view.word(number - 1)] : nil
    return Amount(
      tokens: number..<number + 1,
      low: value,
      high: value,
      unit: code ?? "USD",
      isMoney: true
    )
  }

  private var zeros: Int {
    for index in (0..<view.range.lowerBound).reversed() where text.tokens[index].lower == "in" {
      guard index + 1 < text.tokens.count else { continue }
      if text.tokens[index + 1].lower == "thousands" { return 3 }
      if text.tokens[index + 1].lower == "millions" { return 6 }
    }
    return 0
  }
}

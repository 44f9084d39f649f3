import Claims
import Testing

@testable import Readers

/// What a claim's sentence says of signing, conditions and estimates.
struct ClaimTermsTests {
  private func terms(_ sentence: String, in text: String? = nil) -> ClaimTerms {
    let text = Array((text ?? sentence).utf8)
    let start = text.firstRange(of: Array(sentence.utf8))?.lowerBound ?? 0
    let span = Span(start: start, end: start + 3, text: "")
    return ClaimTerms(text, around: span, published: Day(year: 2026, month: 3, day: 2))
  }

  @Test(arguments: ClaimTerms.conditions.map { ($0.example, $0.condition) })
  func conditions(example: String, condition: Claim.Condition) {
    #expect(terms(example).condition == condition)
  }

  @Test(arguments: ClaimTerms.pens.map { ($0.example, $0.pen) })
  func pens(example: String, pen: Pen) { #expect(terms(example).pen == pen) }

  @Test(arguments: [
    ("Acme signed the lease on June 30, 2025, for $2bn", "2025-06-30"),
    ("Under a contract dated as of 12 May 2024 Acme pays $2bn", "2024-05-12"),
    ("Acme entered into the agreement in March 2025", "2025-03"),
    ("a loan that Acme signed on January 5", "2026-01-05"),
    ("Acme signed a contract through 2029", nil), ("Acme signed a five-year deal from 2027", nil),
    ("Acme paid on June 30, 2025", nil), ("In 2025 Acme signed", nil),
  ])
  func signing(sentence: String, day: String?) {
    #expect(terms(sentence).signed?.description == day)
  }

  /// What the next sentence says is not of this one.
  @Test func otherSentencesSayNothingOfIt() {
    let text =
      "It needs regulatory approval. Acme pays Bolt $2bn. Analysts expect Core to sign on May 5, 2026."
    let read = terms("Acme pays Bolt $2bn", in: text)
    #expect(read.condition == nil && read.pen == nil && read.signed == nil)
  }
}

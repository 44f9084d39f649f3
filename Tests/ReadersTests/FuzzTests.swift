import Readers
import TestKit
import Testing

/// Any bytes give candidates whose spans are true, or nothing; never a crash.
struct FuzzTests {
  private static let pieces = [
    "Acme Robotics", "Borex Cloud", "it", "its", "we", "our", "the company", "the chip maker", " ",
    "\n\n", ".", ",", ";", ":", "\"", "(", ")",
    "the \"Company\"", "$", "$2 billion", "€400m", "5", "%", "7 percent", "a fifth of", "of", "to",
    "from", "with", "in", "at", "by", "and",
    "which", "that", "who", "has", "agreed", "to buy", "bought", "sold", "lent", "leases",
    "guaranteed", "an option", "a loan", "warrants",
    "shares", "said", "denied", "was taken over", "walked away", "let", "lapse", "no", "not",
    "2026", "March", "June 30, 2026", "five-year",
    "between", "up to", "at least", "respectively", "each", "in all", "in cash", "revenue", "debt",
    "........", "- ", "Item 1.01", "’s", "'s", "\u{1}", "é", "„", "was", "the customer", "customer",
  ]

  @Test(arguments: UInt64(0)..<60)
  func wordsInAnyOrderAreRead(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<40 {
      let count = Int.random(in: 1...60, using: &random)
      let text = (0..<count).map { _ in
        (Self.pieces.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "")
      }.joined()
      check(Array(text.utf8))
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func anyBytesAreRead(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      let count = Int.random(in: 0...200, using: &random)
      check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  private func check(_ bytes: [UInt8]) {
    let reading = Reader().read(bytes)
    for span in reading.claims.map(\.span) + reading.facts.map(\.span)
      + reading.notClaims.map(\.span)
    {
      let isTrue =
        span.start < span.end && span.end <= bytes.count
        && String(decoding: bytes[span.start..<span.end], as: UTF8.self) == span.text
      #expect(isTrue, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }
}

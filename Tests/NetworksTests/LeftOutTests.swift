import Claims
import TestKit
import Testing

@testable import Networks

/// Every reason for which a deal is left out.
@Suite struct LeftOutTests {
  private static let base = """
    party acme
    party bolt
    party acme-labs parent=acme
    party lenders market
    party homes households

    """

  @Test(arguments: [
    (
      "deal acme > bolt purchase\nc1 filing 2025 rumoured headline 5 in 2025..2025", "not-admitted",
      "?"
    ),
    ("deal acme > bolt purchase\nc1 filing 2025 cancelled headline 5 in 2025..2025", "ended", "5"),
    ("deal acme > bolt purchase\nc1 filing 2025 denied", "ended", "?"),
    ("deal acme > bolt option\nc1 filing 2025 signed binding 5 in 2025..2025", "contingent", "5"),
    ("deal acme > bolt backstop\nc1 filing 2025 signed binding 5 in 2025..2025", "contingent", "5"),
    ("deal acme > bolt warrant\nc1 filing 2025 signed binding 5 in 2025..2025", "contingent", "5"),
    ("deal acme > bolt facility\nc1 filing 2025 signed binding 5 in 2025..2025", "undrawn", "5"),
    ("deal acme > bolt purchase\nc1 filing 2025 signed in 2025..2025", "no-amount", "?"),
    ("deal acme > bolt purchase\nc1 filing 2025 signed binding 5", "no-term", "5"),
    ("deal acme > bolt purchase\nc1 filing 2025 announced drawn 5 end=2025-06-30", "no-term", "5"),
    (
      "deal acme > bolt purchase\nc1 filing 2025 signed binding 5 in 2025..2025 currency=EUR",
      "no-rate", "?"
    ),
    (
      "deal acme > bolt purchase\nc1 filing 2025 announced headline 5 in 2025..2025", "conditional",
      "5"
    ),
    ("deal lenders > homes loan\nc1 filing 2025 signed binding 5 in 2025..2025", "outside", "5"),
    (
      "deal acme > acme-labs loan\nc1 filing 2025 signed binding 5 in 2025..2025", "within-group",
      "5"
    ),
  ])
  func reasons(story: String, reason: String, money: String) throws {
    let ledger = try Ledger(Self.base + story, days("2025"))
    let left = try #require(ledger.leftOut.first)
    #expect(left.reason.rawValue == reason)
    #expect(left.money.map(dollars) ?? "?" == money)
    #expect(ledger.items.isEmpty)
    #expect(!left.reason.explanation.isEmpty)
  }

  @Test func onlyAHeadline() throws {
    let story = "deal acme > bolt purchase\nc1 filing 2025 signed headline 5 in 2025..2025"
    let ledger = try Ledger(Self.base + story, days("2025"), .binding)
    #expect(ledger.reasons == ["acme-bolt headline-only"])
  }

  @Test func everyReasonIsProvokedAbove() { #expect(LeftOut.Reason.allCases.count == 11) }

  @Test(arguments: ["in 2026..2027", "in 2023..2024"])
  func aDealThatCannotRunIsNotMissed(term: String) throws {
    let story = "deal acme > bolt purchase\nc1 filing 2025 signed \(term)"
    #expect(try Ledger(Self.base + story, days("2025")).leftOut.isEmpty)
  }

  @Test func aPairWithAFactForAllDaysMissesNothing() throws {
    let story = """
      deal acme > bolt purchase
      c1 filing 2025 signed
      fact bolt < acme revenue-from 5 in 2025
      """
    let ledger = try Ledger(Self.base + story, days("2025"))
    #expect(ledger.leftOut.isEmpty && ledger.unknownPair(of: "acme-bolt") == nil)
  }

  @Test func anUnknownFlow() throws {
    let story = "deal acme > bolt purchase\nc1 filing 2025 signed"
    let ledger = try Ledger(Self.base + story, days("2025"))
    #expect(try #require(ledger.unknownPair(of: "acme-bolt")) == ("acme", "bolt"))
    let outside = "deal homes > bolt purchase\nc1 filing 2025 signed"
    #expect(try Ledger(Self.base + outside, days("2025")).unknownPair(of: "homes-bolt") == nil)
  }
}

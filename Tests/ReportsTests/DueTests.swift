import Claims
import Reports
import TestKit
import Testing

/// What falls due in one, two and three years, against cash and facilities: worked on paper.
@Suite struct DueTests {
  /// From 2026 on Acme owes Bolt 365 a year for two years, and Cog up to 100 on a condition; it holds 40 and may draw
  /// 50 less the 20 it drew.
  private static let story = Story(
    """
    party acme
    party bolt
    party cog
    party lenders market
    deal acme > bolt purchase id=d1
    c1 filing 2025-06 signed binding 730 in 2026-01-01..2027-12-31
    deal acme > cog equity id=d2
    c2 filing 2025-06 signed binding 100 in 2026-01-01..2026-12-31 condition=closing
    deal lenders > acme facility id=d3
    c3 filing 2025-06 signed binding 50 in 2025..2030
    c4 filing 2025-12 active drawn 20 end=2025-12-31
    fact acme cash 55 in 2025-06-30
    fact acme cash 40 in 2025-12-31
    """
  )

  @Test func dueAgainstCashAndFacilities() throws {
    let view = try Self.story.view("2025-12-31")
    let due = DueReport(view)
    let acme = try #require(due.parties.first)
    #expect(due.parties.map(\.party) == ["acme"])
    #expect(acme.bound.low == [365, 730, 730])
    #expect(acme.bound.high == [365, 730, 730])
    #expect(acme.conditional.high == [100, 100, 100])
    #expect(acme.cash == 40 && acme.cashOn == "2025-12-31")
    #expect(acme.facilities == 30)
    #expect(acme.deals.sorted() == ["d1", "d2"])
    #expect(DueReport(view, of: ["bolt"]).parties.isEmpty)
    let words = DueReport(view, of: ["bolt"]).text(PartyNames(view))
    #expect(words == "Nothing is known to fall due after 2025-12-31.\n")
  }

  /// A half year on, half of the first year has run.
  @Test func whatHasRunIsNotDue() throws {
    let due = DueReport(try Self.story.view("2026-07-01"))
    let acme = try #require(due.parties.first)
    #expect(acme.bound.low == [365, 548, 548])
  }
}

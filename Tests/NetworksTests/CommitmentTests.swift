import Claims
import TestKit
import Testing

@testable import Networks

/// What is still to run on the last day of 2025.
@Suite struct CommitmentTests {
  private func lines(
    _ claims: String,
    kind: String = "purchase",
    _ policy: Policy = .reported
  ) throws -> [String] {
    let story = "party acme\nparty bolt\nparty cog\ndeal acme > bolt \(kind)\n" + claims
    return try Ledger(story, days("2025"), policy, basis: .commitments).lines
  }

  @Test(arguments: [
    ("c1 filing 2025 signed binding 730 in 2025..2026", ["acme > bolt due 365"]),
    ("c1 filing 2025 signed binding 730 in 2026..2027", ["acme > bolt due 730"]),
    ("c1 filing 2025 signed binding 730 in 2024..2025", []),
    ("c1 filing 2025 signed binding 730", ["acme > bolt due 730"]),
    ("c1 filing 2025 completed binding 730", []),
    ("c1 filing 2025 announced headline ~730", ["acme > bolt conditional 0~730"]),
  ])
  func fallsDue(claim: String, expected: [String]) throws {
    #expect(try lines(claim) == expected)
  }

  @Test(arguments: [
    ("c2 filing 2025 paid 100 in 2025", "630"),
    ("c2 filing 2025 paid 100 in 2025\nc3 filing 2025 paid 40 in 2025-01..2025-06", "630"),
    ("c2 filing 2025 paid 100 in 2025\nc3 filing 2025 active drawn 100 end=2025-12-31", "630"),
    (
      "c2 filing 2025 paid 50 in 2025-07..2025-12\nc3 filing 2025 active drawn 100 end=2025-06-30",
      "580"
    ),
    ("c2 filing 2026 paid 100 in 2026", "730"),
    ("c2 filing 2025 active drawn 100 end=2026-01-31", "730"),
  ])
  func paidAndDrawnOnce(more: String, left: String) throws {
    let found = try lines("c1 filing 2025 signed binding 730\n" + more)
    #expect(found.map { $0.split(separator: " ").last.map(String.init) } == [left])
  }

  @Test func whatIsMoreOfPaidAndDueCounts() throws {
    let term = "c1 filing 2025 signed binding 730 in 2025..2026\n"
    #expect(try lines(term + "c2 filing 2025 paid 500 in 2025") == ["acme > bolt due 230"])
    #expect(try lines(term + "c2 filing 2025 paid 100 in 2025") == ["acme > bolt due 365"])
  }

  @Test func aFacilityLeavesWhatIsNotDrawn() throws {
    let claims = """
      c1 filing 2025 signed binding 100 in 2025..2030
      c2 filing 2025 active drawn 30 end=2025-06-30
      """
    #expect(try lines(claims, kind: "facility") == ["acme > bolt conditional 70"])
  }

  @Test func aHeadlineBindsNobodyUnderTheBindingPolicy() throws {
    let claims = """
      c1 filing 2025 signed headline 100 in 2025..2030
      c2 filing 2025 active drawn 30 end=2025-06-30
      """
    #expect(try lines(claims, .binding).isEmpty)
    #expect(try lines(claims) == ["acme > bolt conditional 70"])
  }

  @Test func paidInFullWithoutAnAmountLeavesNothing() throws {
    #expect(try lines("c1 filing 2025 completed paid 30 in 2025").isEmpty)
    #expect(try lines("c1 filing 2025 active paid 30 in 2025").isEmpty)
  }

  @Test func theNewPayerOwesWhatIsLeft() throws {
    let claims = """
      c1 filing 2025 signed binding 730 in 2025..2026
      c2 filing 2025-03 novated novate c1 new_payer=cog start=
      """
    #expect(try lines(claims + "2025-04") == ["cog > bolt due 365"])
    #expect(try lines(claims + "2026-04") == ["acme > bolt due 365"])
  }
}

import Claims
import TestKit
import Testing

@testable import Networks

/// What one party took and spent in all in 2025.
@Suite struct PerimeterTests {
  private func perimeter(_ facts: String) throws -> PartyTotals {
    let story = "party acme\nparty acme-labs parent=acme\nparty bolt\nparty cog\n" + facts
    let ledger = try Ledger(story, days("2025"))
    return try #require(ledger.partyTotals.first { $0.party == "acme" })
  }

  @Test func cashCostsAreWhatOperationsDidNotBring() throws {
    let known = try perimeter(
      """
      fact acme revenue 100 in 2025
      fact acme prepayments 20 in 2025
      fact acme operating-cash-flow 30 in 2025
      fact acme costs 999 in 2025
      """
    )
    #expect(dollars(known.cashCosts.amount) == "90")
    #expect(known.cashCosts.evidence.map(\.id) == ["f1", "f2", "f3"])
  }

  @Test func aPartyThatBurnsCashSpendsMoreThanItTakes() throws {
    let burning = try perimeter(
      "fact acme revenue 100 in 2025\nfact acme operating-cash-flow -50 in 2025"
    )
    #expect(dollars(burning.cashCosts.amount) == "150")
  }

  @Test func operationsMoveBelowNothingWithinAYear() throws {
    let seasonal = try perimeter(
      """
      fact acme revenue 100 in 2025
      fact acme operating-cash-flow 10 in 2025
      fact acme operating-cash-flow 30 in 2025-01..2025-06
      """
    )
    #expect(dollars(seasonal.cashCosts.amount) == "90")
  }

  @Test(arguments: [
    ("fact acme costs 80 in 2025\nfact acme depreciation 15 in 2025", "65"),
    ("fact acme costs 80 in 2025\nfact acme depreciation 15 in 2025-01..2025-06", "80"),
    ("fact acme costs 80 in 2025", "80"),
    ("fact acme costs 80 in 2025\nfact acme operating-cash-flow 5 in 2025-01..2025-06", "80"),
  ])
  func elseCostsLessDepreciation(facts: String, amount: String) throws {
    #expect(
      dollars(try perimeter("fact acme revenue 100 in 2025\n" + facts).cashCosts.amount) == amount
    )
  }

  @Test(arguments: [
    ("fact acme revenue 1 in 2025-01-01..2025-11-25", [PartyTotals.Gap.costs, .capex]),
    ("fact acme revenue 1 in 2025-01-01..2025-11-24", [.revenue, .costs, .capex]),
    ("fact acme costs 1 in 2025\nfact acme capex 1 in 2025", [.revenue]),
    ("fact acme revenue-run-rate 1 in 2025\nfact acme plan 1 in 2025", [.revenue, .costs, .capex]),
    (
      "fact acme revenue-part 1 in 2025\nfact acme capex-with-leases 1 in 2025",
      [.revenue, .costs, .capex]
    ),
  ])
  func gaps(facts: String, gaps: [PartyTotals.Gap]) throws {
    #expect(try perimeter(facts).gaps == gaps)
  }

  @Test func partsOfAGroupAddUpWhereNothingIsSaidOfIt() throws {
    #expect(dollars(try perimeter("fact acme-labs capex 7 in 2025").capex.amount) == "7")
    let both = try perimeter("fact acme capex 9 in 2025\nfact acme-labs capex 7 in 2025")
    #expect(dollars(both.capex.amount) == "9")
  }

  @Test func investmentsInNamedCompaniesAddUp() throws {
    let named = try perimeter(
      """
      fact acme < bolt investments 3 in 2025
      fact acme < cog investments 4 in 2025
      """
    )
    #expect(dollars(named.investments.amount) == "7")
    let total = try perimeter(
      "fact acme investments 9 in 2025\nfact acme < bolt investments 3 in 2025"
    )
    #expect(dollars(total.investments.amount) == "9")
  }

  @Test(arguments: [
    (
      "fact acme capex 5 in 2025\nfact acme cost-of-revenue 7 in 2025\nfact acme costs 99 in 2025",
      "12"
    ),
    ("fact acme capex 5 in 2025\nfact acme costs 99 in 2025", "5"),
    ("fact acme costs 99 in 2025", "99"),
    ("fact acme revenue 99 in 2025", "?"),
  ])
  func whatCanBeBoughtWith(facts: String, amount: String) throws {
    #expect(try perimeter(facts).purchasing.map(dollars) ?? "?" == amount)
  }

  @Test func contestedFactsWidenTheRange() throws {
    let contested = try perimeter(
      "fact acme revenue 100 in 2025\nfact acme revenue 120 in 2025 source=gazette"
    )
    #expect(dollars(contested.revenue.amount) == "100 of 100~120")
    #expect(contested.revenue.amount.point == 10_000)
  }
}

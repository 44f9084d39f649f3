import Columns
import Claims
import Networks
import TestKit
import Testing

@testable import Projection

/// Who gets what when a party fails, on a book small enough for paper.
@Suite struct FailureTests {
  /// Bolt owes 60 from before, borrows 100 of Acme, and spends 50 a month without taking anything in.
  private func path(_ text: String) throws -> CentralPath {
    let story = Story(
      """
      party acme
      party bolt
      party lenders market
      fact acme cash 500 in 2025-12-31
      fact bolt cash 20 in 2025-12-31
      fact bolt debt 60 in 2025-12-31
      fact acme revenue 0 in 2025-01-01..2025-12-31
      fact bolt revenue 0 in 2025-01-01..2025-12-31
      fact acme costs 0 in 2025-01-01..2025-12-31
      fact bolt costs 600 in 2025-01-01..2025-12-31
      fact acme capex 0 in 2025-01-01..2025-12-31
      fact bolt capex 0 in 2025-01-01..2025-12-31
      deal acme > bolt loan
      c1 filing 2025 signed binding 100 in 2026-01..2026-01
      """
    )
    let view = try story.view("2025-12-31")
    let scenario = try ScenarioReader(view).scenario("name: test\n" + text, file: "s") { _ in nil }
    return try CentralPath(ProjectionPlan(view, scenario, months: 5))
  }

  /// 20 and 100 pay two months; in March 20 are left of 50, and lenders get a quarter of 160 back.
  @Test func lendersGetTheirShareBack() throws {
    let path = try path("parties: {bolt: {recovery: 25%}}")
    let (acme, bolt) = (path.parties[0], path.parties[1])
    #expect(bolt.failed == "2026-03" && bolt.owedAtFailure == 160 && bolt.recovered == 40)
    #expect(acme.lost == 75 && acme.cash.last == 425)
    #expect(path.lostOutside == 30 + 45)
  }

  /// Where nobody says what comes back, all of the debt is counted as lost, and that is said.
  @Test func recoveryIsNotGuessed() throws {
    let path = try path("")
    #expect(path.parties[0].lost == 100 && path.lostOutside == 30 + 60)
    let plan = try SmallEconomy.plan()
    #expect(plan.missing.contains { $0.party == "bolt" && $0.figures == ["recovery"] })
  }

  /// A facility is debt too: no more can be borrowed than its limit leaves once it is drawn.
  @Test func aFacilityCountsTowardsTheLimit() throws {
    let path = try path("parties: {bolt: {facility: 25, debt-limit: 100}}")
    // 60 owed and 100 lent by Acme already pass the limit in February; only the facility is left.
    #expect(path.parties[1].failed == "2026-03" && path.parties[1].raised == 25)
    #expect(path.parties[1].owedAtFailure == 185)
  }

  /// New equity is bought inside as far as said, and the rest outside.
  @Test func investorsInside() throws {
    let path = try path(
      "parties: {bolt: {market-value: 1000, equity-share: 10%, investors: {acme: 40%}}}"
    )
    // 30 lack in March and 50 in April; in May the last 20 of the year are not enough.
    #expect(path.parties[1].failed == "2026-05" && path.parties[1].raised == 100)
    #expect(path.flows.first { $0.payee == "bolt" }?.amount == 140.0)
    #expect(path.parties[0].cash == [400, 400, 388, 368, 360])
  }

  /// A revenue share is paid of what came in, ahead of everything else, and never of what did not.
  @Test func aShareOfReceipts() throws {
    let text = """
      deals: {bolt-corp: {of-receipts: 30%}}
      shocks: [{withdraw: acme-bolt, on: 2026-02}]
      """
    let plan = try SmallEconomy.plan(text)
    let path = CashPath(plan)
    path.begin(.central)
    try path.run(month: 0)
    let received = path.books.lastReceived[1]
    #expect(received > 0 && path.due.shared == [received * 3 / 10])
    try path.run(month: 1)
    #expect(
      path.due.shared == [path.books.lastReceived[1] * 3 / 10]
        && path.books.lastReceived[1] < received
    )
  }

  /// What a scenario makes fail is not said to be short of anything.
  @Test func failingAsTold() throws {
    let path = try path("shocks: [{default: bolt, on: 2026-02}]")
    let failure = try #require(path.failures.first)
    #expect(failure.words == "stops, as the scenario says" && failure.links.isEmpty)
    #expect(path.parties[1].cash.last == path.parties[1].cash[1])
  }
}

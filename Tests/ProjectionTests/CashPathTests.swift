import Columns
import Claims
import Networks
import Testing

@testable import Projection

@Suite struct CashPathTests {
  /// Bolt owes more than it takes in; when Acme leaves, Bolt fails and Corp is not paid.
  @Test func aWithdrawalPassesOn() throws {
    let calm = try CentralPath(SmallEconomy.plan())
    #expect(calm.parties.map(\.id) == ["acme", "bolt", "corp"])
    #expect(calm.parties.count { $0.tracked } == 3)
    let shocked = try CentralPath(
      SmallEconomy.plan("shocks: [{withdraw: acme-bolt, on: 2026-02}]")
    )
    let failure = try #require(shocked.failures.first)
    #expect(failure.failed == "bolt" && failure.month == "2026-02")
    #expect(failure.links.contains { $0.from == "bolt" && $0.to == "corp" })
    #expect((shocked.parties.first { $0.id == "corp" }?.lost ?? 0) > 0)
  }

  /// Rounding never makes or loses a cent: the books close on every path, whatever happens.
  @Test(arguments: UInt64(0)..<60) func booksClose(seed: UInt64) throws {
    let plan = try SmallEconomy.plan(
      """
      outside: {demand-growth: {normal: {mean: 5%, deviation: 10%}}, demand-volatility: 40%}
      parties:
        bolt: {facility: 20, market-value: {lognormal: {median: 300, sigma: 0.5}}, equity-share: 10%}
        corp: {debt-limit: {uniform: [0, 50]}, volatility: 60%, investors: {acme: 70%}}
      deals: {corp-acme: {of-receipts: 10%, of-cash: 2%, waits: yes}}
      shocks:
        - {delay: all, months: {uniform: [0, 4]}, on: 2026-03}
        - {exercise: corp-acme, on: 2026-05, chance: 50%}
        - {withdraw: acme-bolt, on: 2026-08, chance: 30%}
        - {default: corp, when: {failed: bolt}}
      """
    )
    let path = CashPath(plan)
    path.isRescued = seed % 7 == 0
    path.begin(Chance(seed: seed, path: 1), path: 1)
    for month in plan.months.indices {
      let before = path.accounts.cash.reduce(0, +)
      try path.run(month: month)
      let change = path.accounts.cash.reduce(0, +) - before
      #expect(change == path.accounts.outsideIn - path.accounts.outsideOut)
      #expect(zip(path.accounts.cash, plan.members).allSatisfy { $0 >= 0 || !$1.isTracked })
      #expect(path.isRescued || path.books.rescued.allSatisfy { $0 == 0 })
    }
  }

  /// What is short is drawn from the facility first, then equity, then debt.
  @Test func moneyIsRaisedInOrder() throws {
    let text = """
      parties:
        bolt: {facility: 5, market-value: 100, equity-share: 10%, debt-limit: 1000, debt: 0}
      shocks: [{withdraw: acme-bolt, on: 2026-01}]
      """
    let plan = try SmallEconomy.plan(text)
    let path = CashPath(plan)
    path.begin(.central)
    try path.run(month: 0)
    #expect(path.books.facility[1] == 0)
    #expect(path.books.equityRaised[1] == 1000)
    #expect(path.books.debt[1] == path.books.raised[1] - 1000)
    #expect(path.books.failedIn[1] < 0)
    let shut = try SmallEconomy.plan(
      text.replacing("2026-01}]", with: "2026-01}, {shut-market: 3}]")
    )
    let other = CashPath(shut)
    other.begin(.central)
    try other.run(month: 0)
    #expect(other.books.equityRaised[1] == 0 && other.books.debt[1] == other.books.raised[1])
  }

  /// Late capacity is not paid for; past its grace the customer leaves, or the named taker pays.
  @Test func latenessAndGrace() throws {
    let late = """
      parties: {bolt: {facility: 5000}}
      shocks: [{delay: acme-bolt, months: 4, on: 2026-01}]

      """
    func paid(_ terms: String) throws -> [Int64] {
      let path = CashPath(try SmallEconomy.plan(late + terms))
      path.begin(.central)
      var stream: [Int64] = []
      for month in 0..<8 {
        try path.run(month: month)
        let index = try #require(path.plan.streams.firstIndex { $0.deal == "acme-bolt" })
        stream.append(path.deals.isRunning[index] ? path.planned(index, month) : -1)
      }
      return stream
    }
    let kept = try paid("")
    #expect(kept[0..<4].allSatisfy { $0 == 0 } && kept[4] > 0)
    let left = try paid("deals: {acme-bolt: {grace: 2}}")
    #expect(left[1] == 0 && left[2] == -1)
    let taken = try paid("deals: {acme-bolt: {grace: 2, taker: lenders}}")
    #expect(taken[4] > 0)
  }

  /// Lateness moves money, and never makes any: what runs at its level already is not late.
  @Test func latenessMovesMoney() throws {
    for start in [2, 5] {
      let plan = try SmallEconomy.plan(
        "shocks: [{delay: acme-bolt, months: 3, on: 2026-0\(start)}]",
        months: 18
      )
      let path = CashPath(plan)
      path.begin(.central)
      let index = try #require(plan.streams.firstIndex { $0.deal == "acme-bolt" })
      let planned = plan.streams[index].amounts.reduce(0, +)
      var paid: Int64 = 0
      for month in plan.months.indices {
        try path.run(month: month)
        paid += path.planned(index, month)
      }
      #expect(paid <= planned && Double(paid) > 0.98 * Double(planned))
    }
  }

  /// Nobody named as tracked lacks what it takes to fail; the rest are named with what they lack.
  @Test func whatIsMissingIsNamed() throws {
    let view = try SmallEconomy.view()
    var scenario = Scenario()
    #expect(ProjectionPlan(view, scenario, months: 1).missing.contains { $0.party == "outside" })
    scenario.parties["acme"] = [.growth: .init(.fixed(0.1))]
    #expect(ProjectionPlan(view, scenario, months: 1).tracked == ["acme", "bolt", "corp"])
  }

  /// Whatever the outside puts in is exactly what is lacking: a cent less and somebody fails.
  @Test func theLeastOutsideMoney() throws {
    let text = "shocks: [{withdraw: acme-bolt, on: 2026-02}]"
    let plan = try SmallEconomy.plan(text)
    let money = try OutsideMoney(plan, confidence: 1, paths: 8, seed: 1)
    let bolt = try #require(money.parties.first { $0.id == "bolt" })
    func fails(_ more: Double) throws -> Bool {
      let plan = try SmallEconomy.plan(
        "parties: {bolt: {cash: \(cents(more))}}\n" + text
      )
      return try CentralPath(plan).parties.contains { $0.id == "bolt" && $0.failed != nil }
    }
    let (enough, tooLittle) = (try fails(10 + bolt.amount + 1), try fails(10 + bolt.amount - 1))
    #expect(!enough && tooLittle)
  }
}

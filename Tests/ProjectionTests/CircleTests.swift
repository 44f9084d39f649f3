import Columns
import Claims
import Networks
import TestKit
import Testing

@testable import Projection

/// Parties that owe one another in circles settle exactly, whatever the amounts.
@Suite struct CircleTests {
  /// One month of parties with this much cash and spending, in dollars, and deals among them.
  private func path(
    cash: [String],
    spending: [String],
    deals: [(payer: Int, payee: Int, amount: String)]
  ) throws -> CashPath {
    var lines = cash.indices.map { "party p\($0)" }
    for (party, amount) in cash.enumerated() {
      lines += [
        "fact p\(party) cash \(amount) in 2025-12-31",
        "fact p\(party) revenue 0 in 2025-01-01..2025-12-31",
        "fact p\(party) costs \(spending[party]) in 2025-01-01..2025-12-31",
        "fact p\(party) capex 0 in 2025-01-01..2025-12-31",
      ]
    }
    for (place, deal) in deals.enumerated() {
      lines += [
        "deal p\(deal.payer) > p\(deal.payee) purchase",
        "c\(place) filing 2025 signed binding \(deal.amount) in 2026-01..2026-01",
      ]
    }
    let view = try Story(lines.joined(separator: "\n")).view("2025-12-31")
    let scenario = try ScenarioReader(view).scenario("name: test", file: "s") { _ in nil }
    let path = CashPath(ProjectionPlan(view, scenario, months: 1))
    path.begin(.central)
    return path
  }

  /// Everybody pays the next one all that it has, and the first lacks a cent for its suppliers: each time
  /// round a cent less goes round, until nothing does.
  @Test(arguments: [2, 3, 10, 50], ["0.01", "1000", "12000000000", "10000000000000"])
  func oneCentDrainsARing(size: Int, amount: String) throws {
    let path = try path(
      cash: [String](repeating: "0", count: size),
      spending: ["0.12"] + [String](repeating: "0", count: size - 1),
      deals: (0..<size).map { ($0, ($0 + 1) % size, amount) }
    )
    try path.run(month: 0)
    for party in 0..<size {
      #expect(path.due.paid[party] == 0 && path.books.lost[party] == path.due.junior[party])
    }
  }

  /// Two owe each other $1bn a month, and one lacks $5,000: what the other has goes round first.
  @Test func aShortageIsMetByWhatTheOthersHave() throws {
    let path = try path(
      cash: ["0", "3000"],
      spending: ["60000", "0"],
      deals: [(0, 1, "1000000000"), (1, 0, "1000000000")]
    )
    try path.run(month: 0)
    #expect(path.due.paid[0] == 0 && path.due.paid[1] == 300_000)
    #expect(path.accounts.cash[0] == 0 && path.accounts.cash[1] == 0)
    #expect(path.market.lostOutside == 200_000)
  }

  /// A circle from which little leaks: the answer of whole cents, not that of fractions.
  @Test func aSmallLeakDrainsACircleToItsInflow() throws {
    let path = try path(
      cash: ["0", "500", "0"],
      spending: ["0", "0", "0"],
      deals: [(0, 1, "900000"), (1, 0, "1000000"), (1, 2, "100000"), (0, 2, "100000")]
    )
    try path.run(month: 0)
    expectGreatest(path, cash: [0, 50_000, 0])
    #expect(path.due.paid[0] < path.due.junior[0] && path.due.paid[0] > 0)
  }

  /// The same as round after round, on debts small enough to wait for it.
  @Test(arguments: UInt64(0)..<60) func agreesWithRoundAfterRound(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let size = Int.random(in: 2...6, using: &random)
    let cash = (0..<size).map { _ in
      Bool.random(using: &random) ? 0 : Int.random(in: 0...20, using: &random)
    }
    let spending = (0..<size).map { _ in
      Bool.random(using: &random) ? 0 : 12 * Int.random(in: 0...9, using: &random)
    }
    var deals: [(payer: Int, payee: Int, amount: String)] = []
    for payer in 0..<size {
      for step in 1..<size where step == 1 || Int.random(in: 0..<3, using: &random) == 0 {
        let amount = Int.random(in: 1...5000, using: &random)
        deals.append(
          (payer, (payer + step) % size, "\(amount).\(Int.random(in: 10...99, using: &random))")
        )
      }
    }
    let path = try path(
      cash: cash.map(String.init),
      spending: spending.map(String.init),
      deals: deals
    )
    try path.run(month: 0)
    expectGreatest(path, cash: cash.map { Int64($0) * 100 })
  }

  /// The greatest vector by rounds that lower whoever cannot pay, to the end.
  private func expectGreatest(_ path: CashPath, cash: [Int64]) {
    let due = path.due
    var paid = cash.indices.map { due.junior[$0] }
    var isSettled = false
    while !isSettled {
      var left = cash.indices.map { cash[$0] - due.suppliers[$0] }
      for line in due.lines.prefix(due.count) {
        let part = line.amount.magnitude.multipliedFullWidth(by: paid[line.payer].magnitude)
        let whole = due.junior[line.payer].magnitude
        left[line.payee] += Int64(whole.dividingFullWidth(part).quotient)
      }
      let next = cash.indices.map { min(paid[$0], max(0, left[$0])) }
      isSettled = next == paid
      paid = next
    }
    for party in cash.indices {
      // A party that pays its deals, and its suppliers not in full, is marked.
      let found = due.paid[party] < 0 ? due.junior[party] : due.paid[party]
      #expect(found == paid[party])
    }
  }
}

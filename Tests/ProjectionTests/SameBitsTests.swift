import Foundation
import Testing

@testable import Projection

@Suite struct SameBitsTests {
  private static let text = """
    outside: {demand-growth: {uniform: [-20%, 20%]}, demand-volatility: 50%}
    parties: {bolt: {facility: 20}, corp: {debt-limit: {uniform: [0, 50]}}}
    shocks: [{withdraw: acme-bolt, on: 2026-04, chance: 50%}]
    """

  private func whole() throws -> (plan: ProjectionPlan, tally: Tally) {
    let plan = try SmallEconomy.plan(Self.text)
    var tally = Tally(parties: 3, months: 12)
    try MonteCarlo(plan, seed: 5, threads: 1, paths: 30_000).run(0..<1500, into: &tally)
    return (plan, tally)
  }

  /// Any number of threads comes to the same.
  @Test func threads() throws {
    let (plan, expected) = try whole()
    #expect(expected.paths == 1500 && expected.quiet > 0 && expected.quiet < 1500)
    for threads in [2, 3, 8] {
      var tally = Tally(parties: 3, months: 12)
      try MonteCarlo(plan, seed: 5, threads: threads, paths: 30_000).run(0..<1500, into: &tally)
      #expect(tally == expected)
    }
  }

  /// The outside money needed, too: to the last digit of every figure.
  @Test func moneyNeeded() throws {
    let plan = try SmallEconomy.plan(Self.text)
    func answer(_ threads: Int) throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(
        OutsideMoney(plan, confidence: 0.9, paths: 300, seed: 5, threads: threads)
      )
    }
    let expected = try answer(1)
    #expect(try JSONDecoder().decode(OutsideMoney.self, from: expected).total > 0)
    for threads in [2, 3] { #expect(try answer(threads) == expected) }
  }

  /// Any cut of the paths, joined in any order, comes to the same.
  @Test(arguments: [1, 2, 7, 64]) func shards(parts: Int) throws {
    let (plan, expected) = try whole()
    var order = Array(0..<parts)
    order.sort { ($0 &* 7919) % 101 < ($1 &* 7919) % 101 }
    var tally = Tally(parties: 3, months: 12)
    for part in order {
      let paths = part * 1500 / parts..<(part + 1) * 1500 / parts
      try MonteCarlo(plan, seed: 5, threads: 2, paths: 30_000).run(paths, into: &tally)
    }
    #expect(tally == expected)
  }
}

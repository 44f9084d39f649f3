import Columns
import Graphs
import Loops
import Networks
import TestKit
import Testing

/// The largest loops, which cost no more than they are few, against all loops one by one.
@Suite struct LargestLoopTests {
  /// Payments in steps around a ring, with few amounts, so that many loops are alike.
  private func tied(_ rng: inout SplitMix64) -> (transfers: [Transfer], nodeCount: Int) {
    let nodeCount = Int.random(in: 2...4, using: &rng)
    let amounts = Int.random(in: 1...4, using: &rng)
    let transfers = (0..<Int.random(in: 0...22, using: &rng)).map { _ in
      let payer = Int.random(in: 0..<nodeCount, using: &rng)
      return Transfer(
        payer: payer,
        payee: Int.random(in: 0...3, using: &rng) == 0
          ? Int.random(in: 0..<nodeCount, using: &rng) : (payer + 1) % nodeCount,
        time: Int.random(in: 0...12, using: &rng),
        amount: Double(Int.random(in: 1...amounts, using: &rng))
      )
    }
    return (transfers, nodeCount)
  }

  private func largest(_ loops: [[Int]], of transfers: [Transfer], _ count: Int) -> [[Int]] {
    func key(_ loop: [Int]) -> [Double] {
      let amounts = loop.map { transfers[$0].amount }
      return [-(amounts.min() ?? 0), -amounts.reduce(0, +), Double(loop.count)]
        + loop.map(Double.init)
    }
    return loops.sorted { key($0).lexicographicallyPrecedes(key($1)) }.prefix(count).map { $0 }
  }

  @Test(arguments: UInt64(0)..<120) func theLargestAreThoseOfAll(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    let (transfers, nodeCount) = tied(&rng)
    var rules = TemporalCycles.Rules(window: Int.random(in: 2...12, using: &rng))
    rules.allowsTies = seed % 3 == 0
    if seed % 4 == 0 { rules.tolerance = 0.5 }
    let cycles = TemporalCycles(of: transfers, nodeCount: nodeCount, rules: rules)
    var loops: [[Int]] = []
    cycles.forEach(limit: .max) {
      loops.append($0)
      return true
    }
    for (count, limit) in [(1, Int.max), (4, .max), (9, 1 + loops.count / 2), (40, .max)] {
      var request = TemporalCycles.Request(limit: limit, topCount: count)
      let wanted = largest(Array(loops.prefix(limit)), of: transfers, count)
      for threads in [1, 3] {
        request.threads = threads
        #expect(cycles.answer(request).tally.top.map(\.transfers) == wanted)
      }
    }
  }

  /// So many payments a step around so many parties, one step after another.
  private func ring(_ parties: Int, _ payments: Int, _ amount: () -> Double) -> [Transfer] {
    (0..<parties).flatMap { step in
      (0..<payments).map { number in
        Transfer(
          payer: step,
          payee: (step + 1) % parties,
          time: 1_000 * step + number,
          amount: amount()
        )
      }
    }
  }

  @Test(arguments: [(2, 20), (6, 8), (12, 5)])
  func productsOfEqualAmountsEnd(parties: Int, payments: Int) {
    let transfers = ring(parties, payments) { 1 }
    let cycles = TemporalCycles(of: transfers, nodeCount: parties, rules: .init(window: .max))
    let tally = cycles.tally(limit: 1_000_000_000)
    #expect(tally.top.count == 10)
    // The earliest in the file come first.
    #expect(tally.top.first?.transfers == (0..<parties).map { $0 * payments })
    #expect(tally.top.allSatisfy { $0.bottleneck == 1 && $0.total == Double(parties) })
  }

  @Test(arguments: [(6, 8), (12, 5)])
  func productsOfRandomAmountsEnd(parties: Int, payments: Int) {
    var rng = SplitMix64(seed: 7)
    let transfers = ring(parties, payments) { Double(Int.random(in: 1...1_000_000, using: &rng)) }
    let cycles = TemporalCycles(of: transfers, nodeCount: parties, rules: .init(window: .max))
    let tally = cycles.tally(limit: .max - 1, topCount: 1)
    // Every payment can follow every one of the step before: the largest takes the largest of each.
    let most = (0..<parties).map { step in
      transfers[step * payments..<(step + 1) * payments].map(\.amount).max() ?? 0
    }
    if tally.isComplete {
      #expect(tally.top.first?.bottleneck == most.min())
      #expect(tally.top.first?.total == most.reduce(0, +))
    }
    #expect(tally.top.count == 1)
  }

  @Test func pathsWithoutEndEndByWork() {
    // Everybody pays everybody each day: paths of parties are as many as there are orders of them.
    let transfers = (0..<14).flatMap { day in
      (0..<14).flatMap { payer in
        (0..<14).filter { $0 != payer }
          .map { Transfer(payer: payer, payee: $0, time: day, amount: Double(1 + $0)) }
      }
    }
    let cycles = TemporalCycles(of: transfers, nodeCount: 14, rules: .init(window: .max))
    var request = TemporalCycles.Request(limit: .max - 1, topCount: 3)
    request.workLimit = 60_000
    let one = cycles.answer(request).tally
    request.threads = 3
    #expect(!one.isComplete)
    #expect(one.count > 0)
    #expect(cycles.answer(request).tally == one)
  }
}

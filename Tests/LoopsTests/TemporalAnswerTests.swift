import Columns
import Graphs
import Loops
import Networks
import TestKit
import Testing

/// What is asked of temporal loops beyond their number, against the loops one by one.
@Suite struct TemporalAnswerTests {
  private struct Case {
    let transfers: [Transfer]
    let nodeCount: Int
    var rules: TemporalCycles.Rules
  }

  /// Many payments between few parties, in few moments: parallel, tied, and with many loops.
  private func randomCase(_ rng: inout SplitMix64, payments: Int) -> Case {
    let nodeCount = Int.random(in: 2...7, using: &rng)
    let moments = Int.random(in: 1...40, using: &rng)
    var rules = TemporalCycles.Rules(window: Int.random(in: 0...20, using: &rng))
    rules.allowsTies = Bool.random(using: &rng) && Bool.random(using: &rng)
    if Bool.random(using: &rng) { rules.maximumLength = Int.random(in: 2...6, using: &rng) }
    if Int.random(in: 0...3, using: &rng) == 0 { rules.tolerance = 0.4 }
    let transfers = (0..<Int.random(in: 0...payments, using: &rng)).map { _ in
      Transfer(
        payer: Int.random(in: 0..<nodeCount, using: &rng),
        payee: Int.random(in: 0..<nodeCount, using: &rng),
        time: Int.random(in: -moments...moments, using: &rng),
        amount: Double(Int.random(in: 1...5, using: &rng))
      )
    }
    return Case(transfers: transfers, nodeCount: nodeCount, rules: rules)
  }

  private func loops(_ given: Case, limit: Int = .max) -> [[Int]] {
    var found: [[Int]] = []
    _ = TemporalCycles(of: given.transfers, nodeCount: given.nodeCount, rules: given.rules)
      .forEach(limit: limit) {
        found.append($0)
        return true
      }
    return found
  }

  private func expect(_ answer: TemporalCycles.Answer, tells loops: [[Int]], of given: Case) {
    var byLength: [Int: Int] = [:]
    var byPeriod = [0, 0, 0]
    var through = [Int](repeating: 0, count: given.nodeCount)
    for loop in loops {
      byLength[loop.count, default: 0] += 1
      let time = given.transfers[loop[0]].time
      byPeriod[time < -3 ? 0 : time < 4 ? 1 : 2] += 1
      for payment in loop { through[given.transfers[payment].payer] += 1 }
    }
    #expect(answer.tally.count == loops.count)
    let found = answer.tally.byLength.enumerated().filter { $0.element > 0 }
    #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.offset, $0.element) }) == byLength)
    #expect(answer.byPeriod == byPeriod)
    #expect((0..<given.nodeCount).map { answer.through?[$0] } == through)
    let bottlenecks = loops.compactMap { $0.map { given.transfers[$0].amount }.min() }
      .sorted(by: >)
    #expect(answer.tally.top.map(\.bottleneck) == Array(bottlenecks.prefix(4)))
    let all = Set(loops)
    #expect(answer.tally.top.allSatisfy { all.contains($0.transfers) })
    #expect(Set(answer.tally.top.map(\.transfers)).count == answer.tally.top.count)
  }

  private func answer(_ given: Case, limit: Int, threads: Int) -> TemporalCycles.Answer {
    var request = TemporalCycles.Request(limit: limit, topCount: 4)
    request.periodStarts = [-3, 4]
    request.countsParties = true
    request.threads = threads
    return TemporalCycles(of: given.transfers, nodeCount: given.nodeCount, rules: given.rules)
      .answer(request)
  }

  @Test(arguments: UInt64(0)..<300) func aCountTellsOfEveryLoop(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    let given = randomCase(&rng, payments: 40)
    let loops = loops(given)
    guard loops.count < 5_000 else { return }
    for threads in [1, 3] {
      expect(answer(given, limit: .max, threads: threads), tells: loops, of: given)
    }
    let limit = Int.random(in: 0...(loops.count + 1), using: &rng)
    let first = self.loops(given, limit: limit)
    #expect(first == Array(loops.prefix(limit)))
    for threads in [1, 3] {
      let limited = answer(given, limit: limit, threads: threads)
      #expect(limited.tally.isComplete == (loops.count <= limit))
      #expect(limited.tally.count == min(limit, loops.count))
      expect(limited, tells: first, of: given)
    }
  }

  @Test(arguments: UInt64(0)..<200) func slicesOfTimeAddUp(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    var given = randomCase(&rng, payments: 30)
    let all = answer(given, limit: .max, threads: 1).tally.count
    let cut = Int.random(in: -10...10, using: &rng)
    given.rules.rootsUntil = cut
    let before = answer(given, limit: .max, threads: 1).tally.count
    // A slice needs no more than the payments up to its end and the window.
    let needed = given.transfers.filter { $0.time <= cut + given.rules.window }
    let slice = Case(transfers: needed, nodeCount: given.nodeCount, rules: given.rules)
    #expect(answer(slice, limit: .max, threads: 1).tally.count == before)
    (given.rules.rootsFrom, given.rules.rootsUntil) = (cut, nil)
    #expect(before + answer(given, limit: .max, threads: 1).tally.count == all)
  }

  /// So many payments that threads share out preparing them as well, in the order of time and in none.
  @Test(arguments: [false, true]) func threadsFindTheSame(isSorted: Bool) {
    var rng = SplitMix64(seed: 11)
    let nodeCount = 500
    var times = (0..<20_000).map { _ in Int.random(in: 0...500_000, using: &rng) }
    if isSorted { times.sort() }
    let transfers = times.map { time in
      Transfer(
        payer: Int.random(in: 0..<nodeCount, using: &rng),
        payee: Int.random(in: 0..<nodeCount, using: &rng),
        time: time,
        amount: Double(Int.random(in: 1...9, using: &rng))
      )
    }
    var rules = TemporalCycles.Rules(window: 80_000)
    (rules.maximumLength, rules.rootsFrom) = (4, 50_000)
    var request = TemporalCycles.Request(limit: .max)
    request.countsParties = true
    let columns = TransferColumns(transfers, nodeCount: nodeCount)
    let answers = [1, 2, 3].map { threads in
      request.threads = threads
      return TemporalCycles(of: columns, rules: rules, threads: threads).answer(request)
    }
    #expect(answers[0].tally.count > 100)
    for answer in answers.dropFirst() {
      #expect(answer.tally.byLength == answers[0].tally.byLength)
      #expect(answer.tally.top.map(\.transfers) == answers[0].tally.top.map(\.transfers))
      #expect((0..<nodeCount).allSatisfy { answer.through?[$0] == answers[0].through?[$0] })
    }
  }

  @Test func productsAreNotWalkedOneByOne() {
    // Forty payments a step around six parties: 40⁶ loops.
    let transfers = (0..<6).flatMap { step in
      (0..<40).map { number in
        Transfer(payer: step, payee: (step + 1) % 6, time: 100 * step + number, amount: 1)
      }
    }
    let cycles = TemporalCycles(of: transfers, nodeCount: 6, rules: .init(window: .max))
    var request = TemporalCycles.Request(limit: .max, topCount: 0)
    #expect(cycles.answer(request).tally.count == 4_096_000_000)
    request.limit = 1_000_000_000
    let limited = cycles.answer(request).tally
    #expect(limited.count == 1_000_000_000)
    #expect(!limited.isComplete)
  }

  @Test func numbersBeyondNumbersStop() {
    // 200 payments a step around twelve parties: 200¹² is more than there are numbers.
    let transfers = (0..<12).flatMap { step in
      (0..<200).map { number in
        Transfer(payer: step, payee: (step + 1) % 12, time: 1_000 * step + number, amount: 1)
      }
    }
    let cycles = TemporalCycles(of: transfers, nodeCount: 12, rules: .init(window: .max))
    var request = TemporalCycles.Request(limit: 5_000, topCount: 3)
    request.threads = 2
    let tally = cycles.answer(request).tally
    #expect(tally.count == 5_000)
    #expect(!tally.isComplete)
  }

  @Test func timesFarApartAreInOrder() {
    let transfers = [
      Transfer(payer: 0, payee: 1, time: .min, amount: 1),
      Transfer(payer: 1, payee: 0, time: .max, amount: 1),
      Transfer(payer: 0, payee: 1, time: .max, amount: 1),
    ]
    let all = TemporalCycles(of: transfers, nodeCount: 2, rules: .init(window: .max))
    #expect(all.tally(limit: 10).count == 1)
    let some = TemporalCycles(of: transfers, nodeCount: 2, rules: .init(window: .max - 1))
    #expect(some.tally(limit: 10).count == 0)
  }

  @Test func longLoopsNeedNoStack() {
    let count = 20_000
    let transfers = (0..<count).map {
      Transfer(payer: $0, payee: ($0 + 1) % count, time: $0, amount: 1)
    }
    let cycles = TemporalCycles(of: transfers, nodeCount: count, rules: .init(window: .max))
    #expect(cycles.tally(limit: 10).byLength.last == 1)
  }
}

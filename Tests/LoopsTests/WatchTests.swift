import Columns
import Loops
import TestKit
import Testing

/// Loops found at their last payment.
@Suite struct WatchTests {
  /// Few parties and many moments, with ties, payments to oneself and in parallel.
  private static func transfers(_ rng: inout SplitMix64) -> [Transfer] {
    let parties = Int.random(in: 2...7, using: &rng)
    return (0..<Int.random(in: 0...60, using: &rng))
      .map { _ in
        Transfer(
          payer: Int.random(in: 0..<parties, using: &rng),
          payee: Int.random(in: 0..<parties, using: &rng),
          time: Int.random(in: 0...40, using: &rng),
          amount: Double(Int.random(in: 1...20, using: &rng))
        )
      }
      .sorted { $0.time < $1.time }
  }

  @Test(arguments: UInt64(0)..<300) func theLoopsAreThoseOfAScan(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    let transfers = Self.transfers(&rng)
    var rules = TemporalCycles.Rules(window: Int.random(in: 0...20, using: &rng))
    if seed % 3 == 0 { rules.maximumLength = Int.random(in: 2...5, using: &rng) }
    if seed % 4 == 0 { rules.tolerance = 0.4 }
    if seed % 5 == 0 { rules.minimumAmount = 5 }
    var scanned: Set<[Int]> = []
    TemporalCycles(of: transfers, nodeCount: 7, rules: rules).forEach {
      scanned.insert($0)
      return true
    }
    var watched: [[Int]] = []
    var watch = LoopWatch(rules)
    for (line, transfer) in transfers.enumerated() {
      // Taken up again from what it kept, now and then.
      if line % 9 == 8 {
        let next = LoopWatch(rules)
        next.restore(watch.kept, now: watch.now)
        watch = next
      }
      watch.take(Self.payment(transfer, line)) { loop in
        #expect(loop.last?.line == line)
        watched.append(loop.map(\.line))
      }
    }
    #expect(watched.count == scanned.count)
    #expect(Set(watched) == scanned)
    #expect(watch.givenUp == 0)
  }

  @Test(arguments: UInt64(0)..<300) func theMostThatComesBackIsThatOfAScan(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let transfers = Self.transfers(&rng)
    let rules = MoneyReturns.Rules(window: Int.random(in: 5...25, using: &rng))
    var scanned: [Int: Int64] = [:]
    for found in try MoneyReturns(of: Self.columns(transfers), rules: rules).answer().throughOthers
    {
      scanned[found.party] = max(scanned[found.party] ?? 0, found.throughOthers)
    }
    var watched: [Int: Int64] = [:]
    let watch = LoopWatch(.init(window: rules.window))
    for (line, transfer) in transfers.enumerated() {
      var between: [WatchedPayment] = []
      watch.takeReturn(Self.payment(transfer, line)) { between = $0 }
      guard !between.isEmpty else { continue }
      #expect(between.last?.line == line)
      // What lies between says as much as all of the file.
      let some = between.map { transfers[$0.line] }
      let answer = try MoneyReturns(of: Self.columns(some), rules: rules).answer(of: transfer.payee)
      for found in answer.throughOthers {
        watched[found.party] = max(watched[found.party] ?? 0, found.throughOthers)
      }
    }
    #expect(watched == scanned)
    #expect(watch.givenUp == 0)
  }

  private static func columns(_ transfers: [Transfer]) -> TransferColumns {
    TransferColumns(
      payer: Column(transfers.map { Int32($0.payer) }),
      payee: Column(transfers.map { Int32($0.payee) }),
      time: Column(transfers.map(\.time)),
      amounts: .minorUnits(Column(transfers.map { Int64($0.amount) })),
      nodeCount: 7
    )
  }

  private static func payment(_ transfer: Transfer, _ line: Int) -> WatchedPayment {
    WatchedPayment(
      payer: Int32(transfer.payer),
      payee: Int32(transfer.payee),
      time: transfer.time,
      amount: Int64(transfer.amount),
      line: line
    )
  }

  @Test func onlyTheWindowIsKept() {
    let watch = LoopWatch(.init(window: 10))
    for time in 0..<10_000 {
      watch.take(.init(payer: 0, payee: 1, time: time, amount: 1, line: time)) { _ in }
    }
    #expect(watch.kept.count == 11)
  }

  @Test func aSearchWithoutEndIsGivenUp() {
    let watch = LoopWatch(.init(window: 1_000), workLimit: 50)
    var told = 0
    for step in 0..<200 {
      watch.take(
        .init(
          payer: Int32(step % 7),
          payee: Int32((step * 3 + 1) % 7),
          time: step,
          amount: 1,
          line: step
        )
      ) { _ in told += 1 }
    }
    #expect(watch.givenUp > 0)
    #expect(told > 0)
  }
}

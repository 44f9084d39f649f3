import Columns
import Loops
import TestKit
import Testing

/// Money that can have come back however it was split.
@Suite struct ReturnTests {
  private static func pay(_ payer: Int, _ payee: Int, _ time: Int, _ amount: Double) -> Transfer {
    Transfer(payer: payer, payee: payee, time: time, amount: amount)
  }

  private func answer(
    _ transfers: [Transfer],
    _ nodeCount: Int,
    _ rules: MoneyReturns.Rules
  ) throws -> MoneyReturns.Answer {
    try MoneyReturns(of: TransferColumns(transfers, nodeCount: nodeCount), rules: rules).answer()
  }

  /// 0 splits 99 in three, 4 gathers it and pays 98 home; 0 and 5 trade back and forth meanwhile.
  private static let layered = [
    pay(0, 1, 10, 40), pay(0, 2, 11, 35), pay(0, 3, 12, 24), pay(0, 5, 12, 7), pay(1, 4, 20, 39),
    pay(2, 4, 21, 36), pay(5, 0, 22, 6), pay(3, 4, 23, 24), pay(4, 0, 30, 98), pay(4, 0, 90, 50),
  ]

  @Test func splitAndRejoinedIsFoundWhole() throws {
    let columns = TransferColumns(Self.layered, nodeCount: 6)
    let returns = try MoneyReturns(of: columns, rules: .init(window: 30))
    let answer = returns.answer()
    // 39 + 35 + 24 reach 4 of what left 0, and 98 come home; 6 of the 7 come straight back.
    let wanted = MoneyReturns.Found(
      party: 0,
      time: 10,
      most: 104,
      throughOthers: 98,
      betweenTwo: 6
    )
    #expect(answer.all.first == wanted)
    #expect(answer.throughOthers.first == wanted)
    #expect(wanted.beyondTwo == 98)
    #expect(answer.isComplete)
    let whole = try #require(returns.returns([wanted], by: .throughOthers).first)
    #expect((whole.returned, whole.left) == (98, 99))
    #expect((whole.firstTime, whole.lastTime) == (10, 30))
    #expect(whole.hands == [1, 2, 3, 4])
    #expect((whole.ways, whole.hops) == (3, 3...3))
    #expect(whole.payments.map(\.payment) == [0, 1, 2, 4, 5, 7, 8])
    #expect(whole.payments.map(\.amount) == [39, 35, 24, 39, 35, 24, 98])
  }

  /// What each case is about, its payments, its window, and the most for party 0: by any way, through others, between two.
  private static let cases: [(String, [Transfer], Int, [Int64])] = [
    ("a loan repaid", [pay(0, 1, 0, 5), pay(1, 0, 1, 4)], 9, [4, 0, 4]),
    ("nothing comes back before it left", [pay(0, 1, 5, 5), pay(1, 0, 4, 5)], 9, [0, 0, 0]),
    ("nor at the same moment", [pay(0, 1, 5, 5), pay(1, 0, 5, 5)], 9, [0, 0, 0]),
    ("nor after the window", [pay(0, 1, 0, 5), pay(1, 0, 10, 5)], 9, [0, 0, 0]),
    ("the window's end counts", [pay(0, 1, 0, 5), pay(1, 0, 9, 5)], 9, [5, 0, 5]),
    (
      "money waits, and payments in parallel add up",
      [pay(0, 1, 0, 5), pay(0, 1, 1, 5), pay(1, 2, 8, 9), pay(2, 0, 9, 4), pay(2, 0, 9, 4)], 9,
      [8, 8, 0]
    ),
    (
      "what is home is not sent again: of 5 and 5, 10 come back",
      [pay(0, 1, 0, 5), pay(1, 0, 1, 5), pay(0, 1, 2, 5), pay(1, 0, 3, 5)], 9, [10, 0, 10]
    ),
    (
      // 1 has 10 straight and 10 by way of 2, and pays 3 only 12: not 12 for each.
      "one gate for straight and not",
      [
        pay(0, 1, 0, 10), pay(0, 2, 0, 10), pay(2, 1, 1, 10), pay(1, 3, 2, 12), pay(3, 0, 3, 50),
      ], 9, [12, 12, 0]
    ),
    (
      // What 1 got through 2 goes home by way of 1; what it got straight does not count.
      "straight back does not count through others",
      [pay(0, 1, 0, 10), pay(0, 2, 0, 3), pay(2, 1, 1, 3), pay(1, 0, 2, 10)], 9, [10, 3, 10]
    ),
    (
      "a way may pass a party twice",
      [pay(0, 1, 0, 5), pay(1, 2, 1, 5), pay(2, 1, 2, 5), pay(1, 0, 3, 5)], 9, [5, 5, 5]
    ),
  ]

  @Test(arguments: cases.indices) func workedByHand(index: Int) throws {
    let (about, transfers, window, amounts) = Self.cases[index]
    let answer = try answer(transfers, 4, .init(window: window))
    let best = answer.all.first { $0.party == 0 }
    let found = [best?.most ?? 0, best?.throughOthers ?? 0, best?.betweenTwo ?? 0]
    #expect(found == amounts, "\(about)")
  }

  @Test func laterStartsDoNotOverlap() throws {
    let transfers = (0..<5).flatMap { [Self.pay(0, 1, $0 * 4, 5), Self.pay(1, 0, $0 * 4 + 1, 5)] }
    let answer = try answer(transfers, 2, .init(window: 5))
    // Windows of 0 are 0…5, 4…9, …: two returns each but the last; the first is best, then that of 8, then that of 16.
    let own = answer.all.filter { $0.party == 0 }.sorted { $0.time < $1.time }
    #expect(own.map(\.time) == [0, 8, 16])
    #expect(own.map(\.most) == [10, 10, 5])
  }

  /// Few parties and moments, so that ties, waiting and payments in parallel are many.
  private func random(_ rng: inout SplitMix64) -> (transfers: [Transfer], nodeCount: Int) {
    let nodeCount = Int.random(in: 2...5, using: &rng)
    let moments = Int.random(in: 3...14, using: &rng)
    let transfers = (0..<Int.random(in: 0...16, using: &rng)).map { _ in
      Transfer(
        payer: Int.random(in: 0..<nodeCount, using: &rng),
        payee: Int.random(in: 0..<nodeCount, using: &rng),
        time: Int.random(in: 0...moments, using: &rng),
        amount: Double(Int.random(in: 0...9, using: &rng))
      )
    }
    return (transfers, nodeCount)
  }

  @Test(arguments: UInt64(0)..<40) func theMostIsThatOfEveryFlow(block: UInt64) throws {
    for seed in block * 10..<(block + 1) * 10 {
      var rng = SplitMix64(seed: seed)
      let (transfers, nodeCount) = random(&rng)
      var rules = MoneyReturns.Rules(window: Int.random(in: 1...14, using: &rng))
      rules.allowsTies = seed % 3 == 0
      if seed % 5 == 0 { rules.minimumAmount = 3 }
      let brute = BruteReturns(transfers: transfers, nodeCount: nodeCount, rules: rules)
      let columns = TransferColumns(transfers, nodeCount: nodeCount)
      let returns = try MoneyReturns(of: columns, rules: rules, threads: 2)
      var request = MoneyReturns.Request()
      let answer = returns.answer(request)
      request.threads = 3
      #expect(returns.answer(request) == answer)
      #expect(sorted(answer.all) == brute.found(.all), "seed \(seed)")
      #expect(sorted(answer.throughOthers) == brute.found(.throughOthers), "seed \(seed)")
      check(returns, answer, transfers, brute, seed)
    }
  }

  private func sorted(_ found: [MoneyReturns.Found]) -> [MoneyReturns.Found] {
    // Starts of a party come the best first.
    (0..<8).flatMap { party in found.filter { $0.party == party } }
  }

  /// Every return in full carries what it says, and no shorter window would.
  private func check(
    _ returns: MoneyReturns,
    _ answer: MoneyReturns.Answer,
    _ transfers: [Transfer],
    _ brute: BruteReturns,
    _ seed: UInt64
  ) {
    for whole in returns.returns(answer.all, by: .all) {
      let carried = whole.payments.map { (transfers[$0.payment], $0.amount) }
      #expect(carried.allSatisfy { Int64($0.amount) >= $1 && $1 > 0 })
      let home = carried.filter { $0.0.payee == whole.party }.reduce(0) { $0 + $1.1 }
      let out = carried.filter { $0.0.payer == whole.party }.reduce(0) { $0 + $1.1 }
      #expect(home == whole.returned && out == whole.returned)
      let span = whole.firstTime...whole.lastTime
      #expect(brute.most(whole.party, span, .all) == whole.returned, "seed \(seed)")
      if span.count > 1 {
        let sooner = whole.firstTime...(whole.lastTime - 1)
        let later = (whole.firstTime + 1)...whole.lastTime
        #expect(brute.most(whole.party, sooner, .all) < whole.returned)
        #expect(brute.most(whole.party, later, .all) < whole.returned)
      }
    }
  }

  @Test func denseDataStopsAndSaysSo() throws {
    var rng = SplitMix64(seed: 5)
    let transfers = (0..<600).map { _ in
      Transfer(
        payer: Int.random(in: 0..<8, using: &rng),
        payee: Int.random(in: 0..<8, using: &rng),
        time: Int.random(in: 0...300, using: &rng),
        amount: Double(Int.random(in: 1...1_000, using: &rng))
      )
    }
    let returns = try MoneyReturns(
      of: TransferColumns(transfers, nodeCount: 8),
      rules: .init(window: 40)
    )
    #expect(returns.answer().isComplete)
    var request = MoneyReturns.Request()
    request.workLimit = 60_000
    let cut = returns.answer(request)
    #expect(cut.partiesLeft > 0)
    #expect(!cut.all.isEmpty)
    request.threads = 4
    #expect(returns.answer(request) == cut)
    request.workLimit = nil
    request.startLimit = 500
    #expect(returns.answer(request).startsGivenUp > 0)
  }

  @Test func amountsThatCannotBeAddedAreRefused() {
    func refusal(_ amounts: [Double]) -> MoneyReturnError? {
      let transfers = amounts.enumerated().map { Self.pay($0 % 2, 1 - $0 % 2, $0, $1) }
      do {
        _ = try MoneyReturns(
          of: TransferColumns(transfers, nodeCount: 2),
          rules: .init(window: 9)
        )
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal([1, 0.5]) == MoneyReturnError.notWhole(payment: 1))
    #expect(refusal([-1, 1]) == MoneyReturnError.notWhole(payment: 0))
    #expect(refusal([0x1p60, 0x1p61]) == MoneyReturnError.tooMuch)
    #expect(refusal([1, 1]) == nil)
  }
}

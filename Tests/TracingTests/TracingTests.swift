import Columns
import TestKit
import Testing

@testable import Tracing

/// One sum followed by each rule.
@Suite struct TracingTests {
  /// 0 pays 1 one hundred; 1 held 50, takes in 30 more, pays 2 sixty and then 3 ninety; 3 pays 0 forty-five.
  private static let mixed: [(Int, Int, Int64)] = [
    (0, 1, 100), (4, 1, 30), (1, 2, 60), (1, 3, 90), (3, 0, 45),
  ]

  private static let worked: [(TracingRule, [Int64], Int64)] = [
    // Of 180 are 100 traced: 60 take 33⅓, so 33; 90 of the 120 left, with 67, take 50.25, so 50; 45 of 3's 90 with 50 take 25.
    (TracingRule.proRata, [17, 33, 25], 25),
    // 50 of its own leave first, then ten of the hundred; the ninety that follow are all of the sum, half comes back.
    (.firstIn, [0, 10, 45], 45),
    // 30 of another, then thirty of the sum; then its last 70 and 20 of its own. 3's newest are these 20, and 25 of the 70.
    (.lastIn, [0, 30, 45], 25),
    // Its own 80 leave first: the 60, then 20 of the 90 and 70 of the sum; 3 pays its own 20 first.
    (.lowestBalance, [30, 0, 45], 25),
  ]

  @Test(arguments: worked.indices)
  func workedByHand(index: Int) throws {
    let (rule, held, back) = Self.worked[index]
    let ledger = try smallLedger(Self.mixed, [0: 100, 1: 50, 4: 30], 5)
    let trail = ledger.follow(try ledger.sum(100, from: 0, at: 0...0), by: rule)
    let shares = (1...3).map { party in trail.held.first { $0.party == party }?.amount ?? 0 }
    #expect(shares == held)
    #expect(trail.cameBack == back)
    #expect(trail.repaid.isEmpty)
  }

  @Test func anAccountBelowZeroHoldsNothing() throws {
    // 1 owes 40 and takes in 100, pays 2 eighty: its bank has 40, 2 has 60 and 20 of the bank's.
    for rule in TracingRule.allCases {
      let ledger = try smallLedger(
        [(0, 1, 100), (1, 2, 80), (1, 2, 10)],
        [0: 100, 1: -40, 2: 0],
        3
      )
      let trail = ledger.follow(try ledger.sum(100, from: 0, at: 0...0), by: rule)
      #expect(trail.repaid == [.init(party: 1, amount: 40)])
      #expect(trail.held == [.init(party: 2, amount: 60)])
    }
  }

  @Test func unknownOpeningsAreTheLeast() throws {
    let ledger = try smallLedger([(0, 1, 100), (1, 2, 130), (0, 2, 20)], [:], 3)
    #expect(ledger.openings == [120, 30, 0])
    #expect(ledger.assumed == [.init(party: 0, amount: 120), .init(party: 1, amount: 30)])
  }

  @Test func poisonTaintsAllThatFollows() throws {
    let ledger = try smallLedger([(1, 3, 5), (0, 1, 1), (1, 2, 50), (2, 0, 9), (3, 4, 1)], [:], 5)
    let poison = ledger.poison(try ledger.sum(1, from: 0, at: 1...1))
    #expect(poison.touched.map(\.party) == [1, 2])
    #expect(poison.paid == 1 + 50 + 9)
  }

  @Test func sumsThatNobodyPaidAreRefused() throws {
    let ledger = try smallLedger(Self.mixed, [:], 5)
    #expect(throws: TracingError.noSuchPayment) { try ledger.sum(1, from: 0, at: 1...9) }
    #expect(throws: TracingError.tooLittle(paid: 100)) { try ledger.sum(101, from: 0, at: 0...0) }
    #expect(throws: TracingError.badAmounts) { try smallLedger([(0, 1, -1)], [:], 2) }
    #expect(throws: TracingError.badAmounts) { try smallLedger([(0, 1, .max)], [:], 2) }
  }

  /// Every cent by itself, in a list for each account: the oldest first.
  private func cents(
    _ payments: [(Int, Int, Int64)],
    _ openings: [Int64],
    _ rule: TracingRule
  ) -> (held: [Int64], back: Int64, repaid: Int64) {
    var accounts = openings.map { [Bool](repeating: false, count: Int(max(0, $0))) }
    var debt = openings.map { max(0, -$0) }
    var (back, repaid): (Int64, Int64) = (0, 0)
    for (index, (payer, payee, amount)) in payments.enumerated() where payer != payee {
      var moved: [Bool] = []
      for _ in 0..<amount {
        guard !accounts[payer].isEmpty else {
          debt[payer] += 1
          moved.append(false)
          continue
        }
        switch rule {
        case .firstIn: moved.append(accounts[payer].removeFirst())
        case .lastIn: moved.append(accounts[payer].removeLast())
        default:
          let place = accounts[payer].firstIndex(of: false) ?? 0
          moved.append(accounts[payer].remove(at: place))
        }
      }
      if index == 0 { moved = moved.map { _ in true } }
      if rule == .lowestBalance { moved.sort { !$0 && $1 } }
      for cent in moved {
        if payee == 0 && cent { back += 1 }
        if debt[payee] > 0 {
          debt[payee] -= 1
          if cent, payee != 0 { repaid += 1 }
        } else {
          accounts[payee].append(cent && payee != 0)
        }
      }
    }
    return (accounts.map { Int64($0.count { $0 }) }, back, repaid)
  }

  @Test(arguments: UInt64(0)..<300) func everyCentIsWhereTheRulePutsIt(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let parties = Int.random(in: 2...5, using: &rng)
    let payments = (0..<Int.random(in: 1...14, using: &rng)).map { index in
      (
        index == 0 ? 0 : Int.random(in: 0..<parties, using: &rng),
        index == 0 ? 1 : Int.random(in: 0..<parties, using: &rng),
        Int64.random(in: 1...40, using: &rng)
      )
    }
    let stated = (0..<parties).filter { _ in seed % 2 == 0 || Bool.random(using: &rng) }
      .map { ($0, Int64.random(in: -20...60, using: &rng)) }
    let ledger = try smallLedger(payments, Dictionary(uniqueKeysWithValues: stated), parties)
    let sum = try ledger.sum(payments[0].2, from: 0, at: 0...0)
    for rule in TracingRule.allCases {
      let trail = ledger.follow(sum, by: rule)
      let held = (0..<parties).map { party in
        trail.held.first { $0.party == party }?.amount ?? 0
      }
      let repaid = trail.repaid.reduce(0) { $0 + $1.amount }
      #expect(held.reduce(0, +) + repaid + trail.cameBack == payments[0].2, "\(rule)")
      guard rule != .proRata else { continue }
      let wanted = cents(payments, ledger.openings, rule)
      #expect(held == wanted.held, "\(rule)")
      #expect(trail.cameBack == wanted.back && repaid == wanted.repaid, "\(rule)")
    }
  }
}

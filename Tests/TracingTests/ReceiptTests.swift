import Columns
import TestKit
import Testing

@testable import Tracing

/// One receipt traced back by each rule.
@Suite struct ReceiptTests {
  /// 0 pays 1 one hundred; 1 held 50, takes in 30 of 4's, pays 2 sixty and then 3 ninety; 3 pays 0 forty-five.
  private static let mixed: [(Int, Int, Int64)] = [
    (0, 1, 100), (4, 1, 30), (1, 2, 60), (1, 3, 90), (3, 0, 45),
  ]

  /// What began with 0, 1 and 4 of the 45.
  private static let worked: [(TracingRule, [Int64])] = [
    // 1 had 180: of 45 are 45·30/180 = 7.5 of 4's thirty, so 8; of the 37 left 37·100/150 = 24.67 of 0's hundred, so 25.
    (.proRata, [25, 12, 8]),
    // 50 of its own and ten of the hundred went to 2, so that all ninety were of the hundred.
    (.firstIn, [45, 0, 0]),
    // 30 of 4's and thirty of the hundred went to 2; then seventy of the hundred, and 20 of its own, which 3 pays first.
    (.lastIn, [25, 20, 0]),
    // As 0's claim is followed; 1's fifty and 4's thirty are covered by what else lay there.
    (.lowestBalance, [25, 0, 0]),
  ]

  @Test(arguments: worked.indices) func workedByHand(index: Int) throws {
    let (rule, amounts) = Self.worked[index]
    let ledger = try smallLedger(Self.mixed, [0: 100, 1: 50, 4: 30], 5)
    let trail = ledger.trace(try ledger.receipt(45, to: 0, at: 4...4), by: rule)
    let found = [0, 1, 4].map { party in trail.origins.first { $0.party == party }?.amount ?? 0 }
    #expect(found == amounts, "\(rule)")
    #expect(trail.origins.allSatisfy { !$0.isOverdraft })
  }

  @Test func whatABankLentIsTold() throws {
    // 1 holds 10 and pays 30: 20 are its bank's.
    let ledger = try smallLedger([(1, 0, 30)], [1: 10], 2)
    for rule in [TracingRule.proRata, .firstIn, .lastIn] {
      let trail = ledger.trace(try ledger.receipt(nil, to: 0, at: 0...0), by: rule)
      #expect(
        trail.origins == [
          .init(party: 1, amount: 20, isOverdraft: true),
          .init(party: 1, amount: 10, isOverdraft: false),
        ]
      )
    }
  }

  @Test func theReceiptIsFollowedOn() throws {
    let ledger = try smallLedger(Self.mixed + [(0, 2, 20)], [0: 100, 1: 50, 4: 30], 5)
    let receipt = try ledger.receipt(nil, to: 0, at: 4...4)
    // 0 has nothing else by then.
    let on = ledger.followOn(receipt, by: .firstIn)
    #expect(on.held == [.init(party: 0, amount: 25), .init(party: 2, amount: 20)])
    #expect(ledger.feeders(receipt).map(\.party) == [3, 1, 4])
  }

  @Test func receiptsThatNobodyHadAreRefused() throws {
    let ledger = try smallLedger(Self.mixed, [:], 5)
    #expect(throws: TracingError.noSuchPayment) { try ledger.receipt(1, to: 0, at: 0...3) }
    #expect(throws: TracingError.tooLittle(paid: 45)) { try ledger.receipt(46, to: 0, at: 0...9) }
  }

  /// Every cent by itself: the party where it began, or minus one less the party whose bank lent it.
  private func cents(
    _ payments: [(Int, Int, Int64)],
    _ openings: [Int64],
    _ rule: TracingRule,
    to party: Int
  ) -> [Int: Int64] {
    var accounts = openings.enumerated().map { [Int](repeating: $0, count: Int(max(0, $1))) }
    var debt = openings.map { max(0, -$0) }
    var moved: [Int] = []
    for (payer, payee, amount) in payments where payer != payee {
      moved = (0..<amount).map { _ in
        guard !accounts[payer].isEmpty else {
          debt[payer] += 1
          return -1 - payer
        }
        return rule == .firstIn ? accounts[payer].removeFirst() : accounts[payer].removeLast()
      }
      if payer == party { moved = moved.map { _ in party } }
      for cent in moved {
        if debt[payee] > 0 { debt[payee] -= 1 } else { accounts[payee].append(cent) }
      }
    }
    return Dictionary(moved.map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test(arguments: UInt64(0)..<300) func everyCentBeganSomewhere(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let parties = Int.random(in: 2...5, using: &rng)
    let count = Int.random(in: 1...14, using: &rng)
    let payments = (0..<count).map { index in
      (
        index == count - 1 ? 1 : Int.random(in: 0..<parties, using: &rng),
        index == count - 1 ? 0 : Int.random(in: 0..<parties, using: &rng),
        Int64.random(in: 1...40, using: &rng)
      )
    }
    let stated = (0..<parties).filter { _ in seed % 2 == 0 || Bool.random(using: &rng) }
      .map { ($0, Int64.random(in: -20...60, using: &rng)) }
    let ledger = try smallLedger(payments, Dictionary(uniqueKeysWithValues: stated), parties)
    let receipt = try ledger.receipt(nil, to: 0, at: (count - 1)...(count - 1))
    for rule in [TracingRule.proRata, .firstIn, .lastIn] {
      let trail = ledger.trace(receipt, by: rule)
      #expect(trail.origins.reduce(0) { $0 + $1.amount } == receipt.amount, "\(rule)")
      let isWhole = trail.steps.allSatisfy { $0.amount <= payments[$0.payment].2 }
      #expect(isWhole, "\(rule)")
      guard rule != .proRata else { continue }
      let wanted = cents(payments, ledger.openings, rule, to: 0)
      let found = Dictionary(
        uniqueKeysWithValues: trail.origins.map {
          ($0.isOverdraft ? -1 - $0.party : $0.party, $0.amount)
        }
      )
      #expect(found == wanted, "\(rule)")
    }
  }

  @Test(arguments: UInt64(0)..<100) func whatIsTracedBackIsWhatIsFollowed(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let payments: [(Int, Int, Int64)] = (0..<14).map { index in
      // The first is followed; the receiver pays nobody, and nobody pays who is followed.
      let payer = index == 0 ? 0 : Int.random(in: 1...3, using: &rng)
      let payee = index == 13 ? 4 : (payer % 3) + 1
      return (payer, payee, Int64.random(in: 1...40, using: &rng))
    }
    let ledger = try smallLedger(payments, [0: payments[0].2], 5)
    let receipt = try ledger.receipt(nil, to: 4, at: 13...13)
    for rule in [TracingRule.firstIn, .lastIn, .lowestBalance] {
      let forward = ledger.follow(try ledger.sum(payments[0].2, from: 0, at: 0...0), by: rule)
      let held = forward.held.first { $0.party == 4 }?.amount ?? 0
      let back = ledger.trace(receipt, by: rule).origins.first { $0.party == 0 }?.amount ?? 0
      #expect(held == back, "\(rule)")
    }
  }
}

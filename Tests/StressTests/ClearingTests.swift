import Networks
import Stress
import TestKit
import Testing

@Suite struct ClearingTests {
  /// Rogers and Veraart's costs, and classes of debt, over random small networks.
  private static func sample(_ seed: UInt64) -> PlainProblem {
    var generator = SplitMix64(seed: seed)
    let classes = Int.random(in: 1...3, using: &generator)
    var plain = PlainProblem(nodes: 1...7, classes: classes, using: &generator)
    if Bool.random(using: &generator) { plain.external = .senior }
    if Bool.random(using: &generator) {
      plain.alpha = Double.random(in: 0...1, using: &generator)
      plain.beta = Double.random(in: 0...1, using: &generator)
    }
    return plain
  }

  @Test(arguments: UInt64(0)..<120) func isTheLimitOfThePaymentMap(seed: UInt64) throws {
    let plain = Self.sample(seed)
    let problem = try plain.problem()
    for (clearing, fromAbove) in [
      (try problem.greatestClearing(), true), (try problem.leastClearing(), false),
    ] {
      guard let limit = plain.limit(fromAbove: fromAbove) else { continue }
      for (found, wanted) in zip(clearing.paymentsByClass.joined(), limit.joined()) {
        #expect(abs(found - wanted) < 1e-7, "from above: \(fromAbove)")
      }
    }
  }

  @Test(arguments: UInt64(0)..<300) func holdsWhatClearingPromises(seed: UInt64) throws {
    let plain = Self.sample(seed)
    let problem = try plain.problem()
    let greatest = try problem.greatestClearing()
    let least = try problem.leastClearing()
    for clearing in [greatest, least] {
      for party in problem.parties.indices {
        let (paid, owed) = (clearing.payments[party], problem.owed[party])
        let owned = plain.assets[party] + clearing.received[party]
        #expect(paid >= 0 && paid <= owed * (1 + 1e-12))
        #expect(paid <= owned + 1e-11)
        let isShort = clearing.defaulted.contains(party)
        #expect(isShort == (clearing.equity[party] < -1e-9))
        if !isShort { #expect(paid == owed) }
        if isShort, plain.alpha == 1, plain.beta == 1 { #expect(abs(paid - owned) < 1e-10) }
        #expect((clearing.failedInRound[party] != nil) == isShort)
      }
      expectConserved(clearing, plain)
      // What the map makes of the payments is the payments.
      let next = plain.next(clearing.paymentsByClass)
      for (found, wanted) in zip(clearing.paymentsByClass.joined(), next.joined()) {
        #expect(abs(found - wanted) < 1e-9)
      }
    }
    for (high, low) in zip(greatest.paymentsByClass.joined(), least.paymentsByClass.joined()) {
      #expect(high >= low - 1e-10)
    }
    #expect(greatest.rounds <= problem.parties.count * problem.classCount)
  }

  private func expectConserved(_ clearing: Clearing, _ plain: PlainProblem) {
    let kept = clearing.equity.map { max(0, $0) }.reduce(0, +)
    let outside = clearing.externalPayments.reduce(0, +)
    let begun = plain.assets.reduce(0, +)
    #expect(abs(kept + outside + clearing.costOfDefaults - begun) < 1e-9)
    let unpaid = zip(clearing.payments, plain.classes).map { $1.reduce(0, +) - $0 }.reduce(0, +)
    let lost = clearing.losses.map(\.loss).reduce(0, +) + clearing.externalLosses.reduce(0, +)
    #expect(abs(unpaid - lost) < 1e-9)
  }

  @Test(arguments: UInt64(0)..<200) func moreAssetsNeverLowerAPayment(seed: UInt64) throws {
    var plain = Self.sample(seed)
    let before = try plain.problem()
    let lucky = Int(seed) % plain.count
    plain.assets[lucky] += 3
    let after = try plain.problem()
    for (low, high) in [
      (try before.greatestClearing(), try after.greatestClearing()),
      (try before.leastClearing(), try after.leastClearing()),
    ] {
      for (low, high) in zip(low.payments, high.payments) { #expect(high >= low - 1e-10) }
    }
  }

  /// Every fixed point of networks of up to four parties with costs, by trying all sets of defaulters.
  @Test(arguments: UInt64(0)..<100) func isGreatestAndLeastOfAllFixedPoints(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var plain = PlainProblem(nodes: 1...4, using: &generator)
    plain.alpha = [0.25, 0.5, 0.75][Int(seed % 3)]
    plain.beta = [0.25, 0.5, 0.75][Int(seed / 3 % 3)]
    let points = allFixedPoints(plain)
    let problem = try plain.problem()
    let greatest = try problem.greatestClearing().payments
    let least = try problem.leastClearing().payments
    #expect(!points.isEmpty)
    for party in problem.parties.indices {
      let amounts = points.map { $0[party] }
      #expect(abs(greatest[party] - (amounts.max() ?? .nan)) < 1e-9)
      #expect(abs(least[party] - (amounts.min() ?? .nan)) < 1e-9)
    }
  }

  /// With β < 1 each set of defaulters has one solution; it counts where those, and only those, are short.
  private func allFixedPoints(_ plain: PlainProblem) -> [[Double]] {
    let owed = plain.classes.map { $0.reduce(0, +) }
    return (0..<(1 << plain.count)).compactMap { set -> [Double]? in
      let isShort = { (party: Int) in set >> party & 1 == 1 }
      var payments = owed.map { [$0] }
      for _ in 0..<400 {
        let means = plain.means(payments)
        payments = payments.indices.map { party in
          let received = means[party] - plain.assets[party]
          let estate = plain.alpha * plain.assets[party] + plain.beta * received
          return [isShort(party) ? estate : owed[party]]
        }
      }
      let means = plain.means(payments)
      let agrees = owed.indices.allSatisfy { isShort($0) == (means[$0] < owed[$0] - 1e-9) }
      return agrees ? payments.map { $0[0] } : nil
    }
  }

  /// A ring in which everybody owes and has nothing else: all pay, or none.
  @Test func ringWithoutMoneyHasManySolutions() throws {
    let problem = try ring([0, 0, 0], owing: 0.1)
    #expect(try problem.greatestClearing().payments == [0.1, 0.1, 0.1])
    #expect(try problem.greatestClearing().defaulted.isEmpty)
    #expect(try problem.leastClearing().payments == [0, 0, 0])
    #expect(try problem.leastClearing().defaulted == [0, 1, 2])
    // One cent is enough to have them all pay.
    #expect(try ring([0.01, 0, 0], owing: 0.1).leastClearing().defaulted.isEmpty)
  }

  /// A default that only the cost of default causes: all pay, or all default.
  @Test func costsOfDefaultCanCauseThem() throws {
    let problem = try ring([1, 1], owing: 2, outside: 1, alpha: 0.5, beta: 0.5)
    #expect(try problem.greatestClearing().defaulted.isEmpty)
    let least = try problem.leastClearing()
    #expect(least.defaulted == [0, 1])
    // x = ½ + ½·⅔·x
    for payment in least.payments { #expect(abs(payment - 0.75) < 1e-12) }
  }

  /// Amounts that are exact in tenths but not in bits: everybody owns just what they owe.
  @Test(arguments: 2..<40) func exactlyEnoughIsEnough(size: Int) throws {
    let liabilities = (0..<size).flatMap { debtor in
      [1, 2, 3].filter { $0 < size }.map { step in
        Liability(
          debtor: debtor,
          creditor: (debtor + step) % size,
          amount: 0.1 * Double(step) + 0.1
        )
      }
    }
    let problem = try ClearingProblem(
      parties: (0..<size).map { "\($0)" },
      liabilities: liabilities,
      externalAssets: [Double](repeating: 0.3, count: size),
      externalLiabilities: [Double](repeating: 0.1 + 0.2, count: size)
    )
    #expect(try problem.greatestClearing().defaulted.isEmpty)
    #expect(try problem.leastClearing().defaulted.isEmpty)
  }

  /// Junior debts in a ring that a senior debt of one drains: 10⁶ rounds of payment, one system.
  @Test func slowDrainIsSolvedAtOnce() throws {
    let parties = ["a", "b"]
    let problem = try ClearingProblem(
      parties: parties,
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 1_000_000, seniority: 1),
        Liability(debtor: 1, creditor: 0, amount: 1_000_000, seniority: 1),
      ],
      externalAssets: [0, 0.25],
      externalLiabilities: [1, 0]
    )
    let clearing = try problem.greatestClearing()
    #expect(clearing.defaulted == [0, 1])
    #expect(clearing.externalPayments == [0.25, 0])
    #expect(clearing.payments == [0.25, 0.25])
  }

  /// Who fails when: the first by itself, the others through it.
  @Test func firstToFailIsTold() throws {
    let problem = try ClearingProblem(
      parties: ["a", "b", "c"],
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 10),
        Liability(debtor: 1, creditor: 2, amount: 10),
      ],
      externalAssets: [4, 0, 0],
      externalLiabilities: [0, 0, 12]
    )
    let clearing = try problem.greatestClearing()
    #expect(clearing.failedInRound == [1, 2, 1])
    #expect(clearing.payments == [4, 4, 4])
    #expect(clearing.losses.map(\.loss) == [6, 6])
    #expect(clearing.externalLosses == [0, 0, 8])
    #expect(clearing.equity == [-6, -6, -8])
  }

  /// More defaulters in one circle than are solved as a block.
  @Test func largeCircleSettles() throws {
    var generator = SplitMix64(seed: 5)
    let size = 1_500
    let liabilities = (0..<size).flatMap { debtor in
      (0..<4).map { _ in
        let step = Int.random(in: 1..<size, using: &generator)
        return Liability(debtor: debtor, creditor: (debtor + step) % size, amount: 10)
      }
    }
    let problem = try ClearingProblem(
      parties: (0..<size).map { "\($0)" },
      liabilities: liabilities,
      externalAssets: (0..<size).map { _ in Double.random(in: 0...2, using: &generator) },
      externalLiabilities: [Double](repeating: 1.5, count: size)
    )
    let clearing = try problem.greatestClearing()
    #expect(clearing.defaulted.count > 1_200)
    for party in clearing.defaulted {
      let owned = problem.externalAssets[party] + clearing.received[party]
      #expect(abs(clearing.payments[party] - owned) < 1e-10 * problem.owed[party])
    }
  }

  private func ring(
    _ assets: [Double],
    owing: Double,
    outside: Double = 0,
    alpha: Double = 1,
    beta: Double = 1
  ) throws -> ClearingProblem {
    let count = assets.count
    return try ClearingProblem(
      parties: (0..<count).map { "\($0)" },
      liabilities: (0..<count).map {
        Liability(debtor: $0, creditor: ($0 + 1) % count, amount: owing)
      },
      externalAssets: assets,
      externalLiabilities: assets.map { _ in outside },
      alpha: alpha,
      beta: beta
    )
  }
}

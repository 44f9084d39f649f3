import Networks
import Stress
import TestKit
import Testing

/// Small amounts beside large ones: nothing that anybody has is lost in what somebody owes.
@Suite struct MagnitudeTests {
  /// From 10⁻¹² to 10¹⁵.
  private static func amount(_ random: inout SplitMix64) -> Double {
    var amount = Double(Int.random(in: 1...9, using: &random))
    let power = Int.random(in: -12...15, using: &random)
    for _ in 0..<power.magnitude { amount = power < 0 ? amount / 10 : amount * 10 }
    return amount
  }

  private static func problem(_ seed: UInt64, isRing: Bool) throws -> ClearingProblem {
    var random = SplitMix64(seed: seed)
    let size = Int.random(in: 2...8, using: &random)
    var debts: [Liability] = []
    for debtor in 0..<size {
      for creditor in 0..<size where isRing ? creditor != debtor : creditor > debtor {
        guard creditor == (debtor + 1) % size || Int.random(in: 0..<3, using: &random) == 0 else {
          continue
        }
        debts.append(Liability(debtor: debtor, creditor: creditor, amount: amount(&random)))
      }
    }
    let poverty = Int.random(in: 1...4, using: &random)
    func some() -> [Double] {
      (0..<size).map { _ in
        Int.random(in: 0..<poverty, using: &random) > 0 ? 0 : amount(&random)
      }
    }
    return try ClearingProblem(
      parties: (0..<size).map { "n\($0)" },
      liabilities: debts,
      externalAssets: some(),
      externalLiabilities: some()
    )
  }

  /// Where nobody owes in a circle there is one answer, found by going from debtor to creditor.
  @Test(arguments: UInt64(0)..<400) func withoutCircles(seed: UInt64) throws {
    let problem = try Self.problem(seed, isRing: false)
    for clearing in [try problem.greatestClearing(), try problem.leastClearing()] {
      for party in problem.parties.indices {
        let owned = problem.externalAssets[party] + clearing.received[party]
        let wanted = min(problem.owed[party], owned)
        #expect((clearing.payments[party] - wanted).magnitude <= 1e-9 * wanted)
      }
    }
    let batch = try ClearingBatch(problem).payments(externalAssets: problem.externalAssets)
    for (found, wanted) in zip(batch, try problem.greatestClearing().payments) {
      #expect((found - wanted).magnitude <= 1e-6 * wanted)
    }
  }

  /// In circles: nobody pays what it has not, everybody pays what it can, the least is no more.
  @Test(arguments: UInt64(0)..<400) func inCircles(seed: UInt64) throws {
    let problem = try Self.problem(seed, isRing: true)
    let (greatest, least) = (try problem.greatestClearing(), try problem.leastClearing())
    for clearing in [greatest, least] {
      for party in problem.parties.indices {
        let owned = problem.externalAssets[party] + clearing.received[party]
        let wanted = min(problem.owed[party], owned)
        #expect((clearing.payments[party] - wanted).magnitude <= 1e-9 * wanted)
      }
    }
    for (high, low) in zip(greatest.payments, least.payments) {
      #expect(low <= high * (1 + 1e-9))
    }
  }

  /// 50 reach c through b, which owes it 10¹⁴: only b defaults on anything but what a lacks.
  @Test func anIncomeBesideALargeDebt() throws {
    let problem = try ClearingProblem(
      parties: ["a", "b", "c"],
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 60),
        Liability(debtor: 1, creditor: 2, amount: 1e14),
      ],
      externalAssets: [50, 0, 0],
      externalLiabilities: [0, 0, 40]
    )
    for clearing in [try problem.greatestClearing(), try problem.leastClearing()] {
      #expect(clearing.payments == [50, 50, 40] && clearing.defaulted == [0, 1])
    }
    #expect(try ClearingBatch(problem).payments(externalAssets: [50, 0, 0]) == [50, 50, 40])
  }

  /// Two owe each other 10¹⁴, and one lacks 40 outside: nothing is left of either debt.
  @Test func aShortageBesideLargeDebts() throws {
    let problem = try ClearingProblem(
      parties: ["a", "b"],
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 1e14),
        Liability(debtor: 1, creditor: 0, amount: 1e14),
      ],
      externalAssets: [0, 0],
      externalLiabilities: [0, 40]
    )
    #expect(try problem.greatestClearing().payments == [0, 0])
    #expect(try ClearingBatch(problem).payments(externalAssets: [0, 0]) == [0, 0])
  }

  /// A senior debt that cannot be paid, beside a junior one that is 10¹⁷ times as large.
  @Test func aSeniorDebtBesideALargeJuniorOne() throws {
    let problem = try ClearingProblem(
      parties: ["a", "b", "c"],
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 1e-3),
        Liability(debtor: 0, creditor: 2, amount: 1e14, seniority: 1),
      ],
      externalAssets: [5e-4, 0, 0]
    )
    for clearing in [try problem.greatestClearing(), try problem.leastClearing()] {
      #expect(clearing.paymentsByClass[0] == [5e-4, 0])
    }
  }

  /// A long chain of parties that own nothing outside: one after another is found short.
  @Test(.timeLimit(.minutes(1)), arguments: [0.0, 0.5]) func aLongChain(first: Double) throws {
    let size = 600
    let problem = try ClearingProblem(
      parties: (0..<size).map { "n\($0)" },
      liabilities: (1..<size).map { Liability(debtor: $0 - 1, creditor: $0, amount: 1) },
      externalAssets: [first] + [Double](repeating: 0, count: size - 1),
      externalLiabilities: [Double](repeating: 0, count: size - 1) + [1]
    )
    let clearing = try problem.greatestClearing()
    #expect(clearing.payments == [Double](repeating: first, count: size))
    #expect(clearing.rounds == size && clearing.failedInRound.last == size)
  }

  /// Amounts too small for their inverse, and too large for their sum.
  @Test func atTheEndsOfNumbers() throws {
    let tiny = Double.leastNonzeroMagnitude
    let ring = try ClearingProblem(
      parties: ["a", "b"],
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 4 * tiny),
        Liability(debtor: 1, creditor: 0, amount: 4 * tiny),
      ],
      externalAssets: [0, tiny],
      externalLiabilities: [2 * tiny, 0]
    )
    #expect(try ring.greatestClearing().payments.allSatisfy(\.isFinite))
    #expect(try ring.leastClearing().payments.allSatisfy(\.isFinite))
    let network = try FlowNetwork(
      nodes: ["a", "b", "c"],
      flows: [
        FlowNetwork.Flow(payer: 0, payee: 2, weight: 8e305),
        FlowNetwork.Flow(payer: 1, payee: 2, weight: 8e305),
      ]
    )
    #expect(throws: StressError.tooMuch) {
      try NetworkValuation(
        of: network,
        externalAssets: [1e308, 1e308, 0],
        externalLiabilities: [0, 0, 0],
        function: .linearDebtRank
      )
    }
    #expect(throws: StressError.tooMuch) {
      try DebtRank(
        of: network,
        equity: [1e308, 1e308, 1],
        shocks: [1, 1, 0],
        form: .linear
      )
    }
    #expect(throws: StressError.tooMuch) {
      try Cascade(of: network, buffers: [1e300, 1, 1], shocks: [1e10, 1, 0])
    }
    #expect(throws: StressError.badFigure(what: "buffer", party: "c", value: .infinity)) {
      try Cascade(of: network, buffers: [1, 1, .infinity], shocks: [1, 1, 0])
    }
    let batch = try ClearingBatch(
      ClearingProblem(
        parties: ["a", "b"],
        liabilities: [Liability(debtor: 0, creditor: 1, amount: 1e308)],
        externalAssets: [0, 0]
      )
    )
    #expect(throws: StressError.tooMuch) {
      try batch.summary(of: 0..<2) { _, owned in owned[0] = 1.7e308 }
    }
  }
}

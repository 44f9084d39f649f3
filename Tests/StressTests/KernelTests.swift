import Numerics
import Networks
import Stress
import TestKit
import Testing

/// The ways to clear many scenarios, or a large network, against the exact one.
@Suite struct KernelTests {
  @Test(arguments: UInt64(0)..<300) func batchAgrees(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var plain = PlainProblem(nodes: 1...23, classes: seed % 5 == 0 ? 2 : 1, using: &generator)
    if seed % 7 == 0 { (plain.alpha, plain.beta) = (0.5, 0.8) }
    let batch = ClearingBatch(try plain.problem())
    for _ in 0..<4 {
      plain.assets = plain.assets.map { _ in
        Double.random(in: 0..<1, using: &generator) < 0.3
          ? 0 : Double(Int.random(in: 0...20, using: &generator))
      }
      let exact = try plain.problem().greatestClearing()
      let found = try batch.payments(externalAssets: plain.assets)
      for (found, wanted) in zip(found, exact.payments) { #expect(abs(found - wanted) < 1e-9) }
    }
  }

  @Test func batchHasTheSameBitsOnAnyThreads() throws {
    var generator = SplitMix64(seed: 3)
    let plain = PlainProblem(nodes: 12...12, using: &generator)
    let batch = ClearingBatch(try plain.problem())
    let assets: ClearingBatch.Assets = { scenario, owned in
      var random = RandomStream(seed: 9, path: UInt64(scenario))
      for party in owned.indices { owned[party] = 10 * random.unit() }
    }
    let alone = try batch.summary(of: 0..<5_000, assets: assets)
    #expect(alone.scenarios == 5_000)
    #expect(alone.defaults.contains { $0 > 0 })
    for threads in [1, 2, 3, 8] {
      let shared = try batch.summary(of: 0..<5_000, threads: threads, assets: assets)
      #expect(shared == alone)
    }
  }

  @Test func batchRefusesBadAssets() throws {
    let problem = try ClearingProblem(parties: ["a"], liabilities: [], externalAssets: [1])
    let fault = StressError.badFigure(what: "external assets", party: "a", value: -1)
    #expect(throws: fault) { try ClearingBatch(problem).payments(externalAssets: [-1]) }
    #expect(throws: fault) {
      try ClearingBatch(problem).summary(of: 0..<1) { _, owned in owned[0] = -1 }
    }
  }

  /// Those short owe one another all but a billionth: the lanes hand that to the careful solver.
  @Test func nearlyClosedCircleIsExact() throws {
    let problem = try ClearingProblem(
      parties: ["a", "b"],
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 1_000_000),
        Liability(debtor: 1, creditor: 0, amount: 1_000_000),
      ],
      externalAssets: [0, 0],
      externalLiabilities: [0.001, 0.001]
    )
    let found = try ClearingBatch(problem).payments(externalAssets: [0, 0])
    #expect(found == (try problem.greatestClearing().payments))
  }

  @Test(arguments: UInt64(0)..<200) func iterationAgrees(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let plain = PlainProblem(nodes: 1...30, using: &generator)
    let problem = try plain.problem()
    let exact = try problem.greatestClearing()
    let iterated = try problem.iteratedClearing()
    for (found, wanted) in zip(iterated.payments, exact.payments) {
      #expect(found >= wanted - 1e-9)
      #expect(abs(found - wanted) < 1e-7)
    }
  }

  @Test func iterationRefusesWhatItCannotDo() throws {
    let debts = [Liability(debtor: 0, creditor: 1, amount: 2, seniority: 1)]
    let classes = try ClearingProblem(
      parties: ["a", "b"],
      liabilities: debts,
      externalAssets: [1, 1]
    )
    #expect(throws: StressError.self) { try classes.iteratedClearing() }
    let plain = [Liability(debtor: 0, creditor: 1, amount: 2)]
    let costs = try ClearingProblem(
      parties: ["a", "b"],
      liabilities: plain,
      externalAssets: [1, 1],
      alpha: 0.5
    )
    #expect(throws: StressError.self) { try costs.iteratedClearing() }
    let problem = try ClearingProblem(
      parties: ["a", "b"],
      liabilities: plain,
      externalAssets: [1, 1]
    )
    #expect(throws: StressError.self) { try problem.iteratedClearing(tolerance: 0) }
    #expect(throws: StressError.didNotConverge(rounds: 0, change: 1)) {
      try problem.iteratedClearing(maximumRounds: 0)
    }
  }
}

import Networks
import Stress
import TestKit
import Testing

@Suite struct ValuationTests {
  /// Valued by clearing, equity is what clearing leaves: two algorithms, one answer.
  @Test(arguments: UInt64(0)..<200) func clearingFormClears(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var plain = PlainProblem(nodes: 1...8, using: &generator)
    plain.external = seed.isMultiple(of: 2) ? .equal : .senior
    if seed.isMultiple(of: 3) { (plain.alpha, plain.beta) = (0.6, 0.7) }
    let clearing = try plain.problem().greatestClearing()
    let valuation = try NetworkValuation(
      of: network(plain),
      externalAssets: plain.assets,
      externalLiabilities: plain.outside,
      function: .clearing(external: plain.external, alpha: plain.alpha, beta: plain.beta)
    )
    for (found, wanted) in zip(valuation.equity, clearing.equity) {
      #expect(abs(found - wanted) < 1e-7)
    }
    let lost = valuation.losses.map(\.loss).reduce(0, +)
    #expect(abs(lost - clearing.losses.map(\.loss).reduce(0, +)) < 1e-7)
  }

  /// Linear DebtRank two ways: its stress is the share of equity that its valuation takes away.
  @Test(arguments: UInt64(0)..<100) func linearFormIsDebtRank(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(nodes: 2...9, density: 0.1...0.5, using: &generator)
    let equity = network.nodes.map { _ in Double(Int.random(in: 1...40, using: &generator)) }
    let shocks = network.nodes.map { _ in Double.random(in: 0...0.5, using: &generator) }
    let assets = network.nodes.indices.map { node in
      let net = network.flows.reduce(0) {
        $0 + ($1.payer == node ? $1.weight : 0) - ($1.payee == node ? $1.weight : 0)
      }
      return equity[node] + net + 200
    }
    let lost = zip(equity, shocks).map { $0 * $1 }
    let valuation = try NetworkValuation(
      of: network,
      externalAssets: zip(assets, lost).map { $0 - $1 },
      externalLiabilities: network.nodes.map { _ in 200 },
      referenceEquity: equity,
      function: .linearDebtRank
    )
    let rank = try DebtRank(of: network, equity: equity, shocks: shocks, form: .linear)
    for node in network.nodes.indices {
      let stress = min(1, 1 - valuation.equity[node] / equity[node])
      #expect(abs(stress - rank.stress[node]) < 1e-7)
    }
  }

  /// Merton's claims come to the clearing ones as the volatility goes, and fear only lowers values.
  @Test func volatilityLowersValues() throws {
    let network = try FlowNetwork(
      nodes: ["a", "b", "c"],
      flows: [
        FlowNetwork.Flow(payer: 0, payee: 1, weight: 4),
        FlowNetwork.Flow(payer: 1, payee: 2, weight: 3),
        FlowNetwork.Flow(payer: 2, payee: 0, weight: 2),
      ]
    )
    func equity(_ function: ValuationFunction) throws -> [Double] {
      try NetworkValuation(
        of: network,
        externalAssets: [18, 18, 9],
        externalLiabilities: [17, 18, 8],
        function: function
      ).equity
    }
    let clearing = try equity(.clearing(external: .equal, alpha: 1, beta: 1))
    var before = clearing
    for volatility in [1e-6, 0.05, 0.2, 0.5] {
      let now = try equity(.merton(recovery: 1, volatility: volatility))
      for (now, before) in zip(now, before) { #expect(now <= before + 1e-6) }
      if volatility == 1e-6 {
        for (now, exact) in zip(now, clearing) { #expect(abs(now - exact) < 1e-6) }
      }
      before = now
    }
  }

  /// A debtor with half its external assets as equity, that owes 50 of 100: Black and Cox's chance
  /// that a driftless motion is ever down by half is Φ((ln ½ + σ²/2)/σ) + 2·Φ((ln ½ − σ²/2)/σ).
  @Test func firstPassageIsBlackAndCox() throws {
    let network = try FlowNetwork(
      nodes: ["a", "b"],
      flows: [FlowNetwork.Flow(payer: 0, payee: 1, weight: 50)]
    )
    let valuation = try NetworkValuation(
      of: network,
      externalAssets: [100, 0],
      externalLiabilities: [0, 0],
      function: .blackCox(recovery: 0, volatility: 1)
    )
    // Φ(−0.1931471805599453) = 0.4234220; Φ(−1.1931471805599454) = 0.1164060: tables of the normal.
    #expect(abs(valuation.value[0] - (1 - 0.4234220 - 2 * 0.1164060)) < 1e-6)
  }

  @Test func unsettledIsAnErrorAndNoAnswer() throws {
    let network = try FlowNetwork(
      nodes: ["a", "b"],
      flows: [
        FlowNetwork.Flow(payer: 0, payee: 1, weight: 100),
        FlowNetwork.Flow(payer: 1, payee: 0, weight: 100),
      ]
    )
    #expect(throws: StressError.self) {
      try NetworkValuation(
        of: network,
        externalAssets: [0, 0],
        externalLiabilities: [1, 0],
        function: .clearing(external: .equal, alpha: 1, beta: 1),
        maximumRounds: 10
      )
    }
  }

  private func network(_ plain: PlainProblem) throws -> FlowNetwork {
    try FlowNetwork(
      nodes: (0..<plain.count).map { "n\($0)" },
      flows: plain.liabilities.map {
        FlowNetwork.Flow(payer: $0.debtor, payee: $0.creditor, weight: $0.amount)
      }
    )
  }
}

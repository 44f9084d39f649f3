import Networks
import Stress
import TestKit
import Testing

/// Amounts times 2ᵏ: the same parties fail, shares stay as they are, and payments are times 2ᵏ.
@Suite struct ScaleTests {
  private static let exponents = [-940, -331, 331, 940]

  private struct Sheet {
    let network: FlowNetwork
    let assets: [Double]
    let debts: [Double]
    let equity: [Double]
    let shocks: [Double]

    init(seed: UInt64) throws {
      var random = SplitMix64(seed: seed)
      let network = try FlowNetwork.random(nodes: 2...10, using: &random)
      func some(_ most: Int) -> [Double] {
        network.nodes.indices.map { _ in Double(Int.random(in: 0...most, using: &random)) }
      }
      self.network = network
      assets = some(40)
      debts = some(10)
      equity = some(30).map { $0 + 1 }
      shocks = some(4).map { $0 / 4 }
    }

    private init(_ sheet: Sheet, times factor: Double) throws {
      network = try sheet.network.times(factor)
      assets = sheet.assets.map { $0 * factor }
      debts = sheet.debts.map { $0 * factor }
      equity = sheet.equity.map { $0 * factor }
      shocks = sheet.shocks
    }

    func times(_ factor: Double) throws -> Sheet { try Sheet(self, times: factor) }

    func problem(alpha: Double) throws -> ClearingProblem {
      try ClearingProblem(
        of: network,
        externalAssets: assets,
        externalLiabilities: debts,
        alpha: alpha,
        beta: alpha
      )
    }
  }

  @Test(arguments: UInt64(0)..<80, [1.0, 0.75]) func clearing(seed: UInt64, alpha: Double) throws {
    let sheet = try Sheet(seed: seed)
    let plain = try sheet.problem(alpha: alpha)
    for exponent in Self.exponents {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = try sheet.times(factor).problem(alpha: alpha)
      let pairs = [
        (try plain.greatestClearing(), try scaled.greatestClearing()),
        (try plain.leastClearing(), try scaled.leastClearing()),
      ]
      for (wanted, found) in pairs {
        #expect(found.payments == wanted.payments.map { $0 * factor })
        #expect(found.equity == wanted.equity.map { $0 * factor })
        #expect(found.defaulted == wanted.defaulted)
        #expect(found.costOfDefaults == wanted.costOfDefaults * factor)
      }
      guard alpha == 1 else { continue }
      let wanted = try plain.iteratedClearing().payments.map { $0 * factor }
      #expect(try scaled.iteratedClearing().payments == wanted)
      let batch = try ClearingBatch(plain).payments(externalAssets: plain.externalAssets)
      let again = try ClearingBatch(scaled).payments(externalAssets: scaled.externalAssets)
      #expect(again == batch.map { $0 * factor })
    }
  }

  @Test(arguments: UInt64(0)..<80) func contagion(seed: UInt64) throws {
    let sheet = try Sheet(seed: seed)
    for exponent in Self.exponents {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = try sheet.times(factor)
      for form in DebtRank.Form.allCases {
        let wanted = try DebtRank(
          of: sheet.network,
          equity: sheet.equity,
          shocks: sheet.shocks,
          form: form
        )
        let found = try DebtRank(
          of: scaled.network,
          equity: scaled.equity,
          shocks: scaled.shocks,
          form: form
        )
        #expect(found.stress == wanted.stress && found.value == wanted.value)
      }
      let wanted = try Cascade(
        of: sheet.network,
        buffers: sheet.equity,
        shocks: sheet.shocks,
        recovery: 0.25
      )
      let found = try Cascade(
        of: scaled.network,
        buffers: scaled.equity,
        shocks: scaled.shocks,
        recovery: 0.25
      )
      #expect(found.failedInRound == wanted.failedInRound)
      #expect(found.lost == wanted.lost.map { $0 * factor })
    }
  }

  @Test(arguments: UInt64(0)..<80) func valuation(seed: UInt64) throws {
    let sheet = try Sheet(seed: seed)
    let functions: [ValuationFunction] = [
      .clearing(external: .equal, alpha: 0.5, beta: 0.5),
      .clearing(external: .senior, alpha: 1, beta: 1), .furfine(recovery: 0.5, ties: .default),
      .linearDebtRank, .merton(recovery: 0.5, volatility: 0.25),
      .blackCox(recovery: 0.5, volatility: 0.25),
    ]
    for (function, exponent) in functions.flatMap({ function in
      Self.exponents.map { (function, $0) }
    }) {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = try sheet.times(factor)
      let wanted = try NetworkValuation(
        of: sheet.network,
        externalAssets: sheet.assets,
        externalLiabilities: sheet.debts,
        function: function
      )
      let found = try NetworkValuation(
        of: scaled.network,
        externalAssets: scaled.assets,
        externalLiabilities: scaled.debts,
        function: function
      )
      #expect(found.value == wanted.value)
      #expect(found.equity == wanted.equity.map { $0 * factor })
      #expect(found.ruined == wanted.ruined)
      #expect(found.rounds == wanted.rounds)
    }
  }
}

import Networks
import Stress
import Testing

/// Every error, provoked.
@Suite struct ErrorTests {
  private let debt = Liability(debtor: 0, creditor: 1, amount: 1)

  @Test func clearing() throws {
    expect(.shapeMismatch(what: "external assets", expected: 2, actual: 1), [debt], assets: [1])
    expect(
      StressError.noSuchParty(index: 5, count: 2),
      [Liability(debtor: 0, creditor: 5, amount: 1)]
    )
    expect(StressError.owesItself(party: "a"), [Liability(debtor: 0, creditor: 0, amount: 1)])
    expect(
      StressError.badLiability(debtor: "a", creditor: "b", amount: -1),
      [Liability(debtor: 0, creditor: 1, amount: -1)]
    )
    expect(
      .badLiability(debtor: "a", creditor: "b", amount: .infinity),
      [Liability(debtor: 0, creditor: 1, amount: .infinity)]
    )
    expect(.badFigure(what: "external assets", party: "b", value: -2), [debt], assets: [1, -2])
    expect(.badFigure(what: "external liabilities", party: "a", value: -3), [debt], owing: [-3, 0])
    expect(.badParameter(name: "alpha", value: 1.5, bounds: "from 0 to 1"), [debt], alpha: 1.5)
    expect(.badParameter(name: "beta", value: -0.5, bounds: "from 0 to 1"), [debt], beta: -0.5)
    expect(
      .badParameter(name: "a seniority", value: -1, bounds: "from 0 to 63"),
      [Liability(debtor: 0, creditor: 1, amount: 1, seniority: -1)]
    )
    let much = Liability(debtor: 0, creditor: 1, amount: .greatestFiniteMagnitude)
    expect(.tooMuch, [much, much])
  }

  private func expect(
    _ fault: StressError,
    _ liabilities: [Liability],
    assets: [Double] = [1, 1],
    owing: [Double] = [0, 0],
    alpha: Double = 1,
    beta: Double = 1
  ) {
    #expect(throws: fault) {
      try ClearingProblem(
        parties: ["a", "b"],
        liabilities: liabilities,
        externalAssets: assets,
        externalLiabilities: owing,
        alpha: alpha,
        beta: beta
      )
    }
    #expect(!fault.description.isEmpty)
  }

  @Test func contagion() throws {
    let network = try network()
    #expect(throws: StressError.badFigure(what: "shock", party: "a", value: 2)) {
      try DebtRank(of: network, equity: [1, 1], shocks: [2, 0], form: .linear)
    }
    #expect(throws: StressError.shapeMismatch(what: "equity", expected: 2, actual: 1)) {
      try DebtRank(of: network, equity: [1], shocks: [0, 0], form: .linear)
    }
    #expect(throws: StressError.badFigure(what: "equity", party: "a", value: .infinity)) {
      try DebtRank(of: network, equity: [.infinity, 1], shocks: [0, 0], form: .linear)
    }
    #expect(throws: StressError.unknown(what: "buffer", party: "b")) {
      try Cascade(of: network, buffers: [1, nil], shocks: [1, 0])
    }
    #expect(throws: StressError.shapeMismatch(what: "buffer", expected: 2, actual: 1)) {
      try Cascade(of: network, buffers: [1], shocks: [1, 0])
    }
    #expect(throws: StressError.badParameter(name: "recovery", value: 2, bounds: "from 0 to 1")) {
      try Cascade(of: network, buffers: [1, 1], shocks: [1, 0], recovery: 2)
    }
  }

  @Test(arguments: [
    ValuationFunction.merton(recovery: 1, volatility: 0),
    .blackCox(recovery: 2, volatility: 1), .furfine(recovery: -1, ties: .default),
    .clearing(external: .equal, alpha: 2, beta: 1),
  ])
  func valuation(function: ValuationFunction) throws {
    #expect(throws: StressError.self) {
      try NetworkValuation(
        of: network(),
        externalAssets: [1, 1],
        externalLiabilities: [0, 0],
        function: function
      )
    }
  }

  @Test func descriptionsAreSentences() {
    #expect(
      StressError.didNotConverge(rounds: 3, change: 0.5).description
        == "no answer: the figures still changed by 0.5 after 3 rounds"
    )
    #expect(
      StressError.unknown(what: "equity", party: "a").description
        == "there is no equity for a, and the answer needs it"
    )
  }

  private func network() throws -> FlowNetwork {
    try FlowNetwork(
      nodes: ["a", "b"],
      flows: [FlowNetwork.Flow(payer: 0, payee: 1, weight: 1)]
    )
  }
}

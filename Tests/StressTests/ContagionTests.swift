import Networks
import Stress
import TestKit
import Testing

@Suite struct ContagionTests {
  /// A pair that owes each other, with impacts of λ each way: h_b = λ·h_a, h_a = h₀ + λ·h_b.
  @Test func slowStressSettlesAtItsLimit() throws {
    let lambda = 0.9967
    let rank = try DebtRank(
      of: pair(lambda),
      equity: [1, 1],
      shocks: [0.001, 0],
      form: .linear
    )
    let limit = 0.001 / (1 - lambda * lambda)
    #expect(abs(rank.stress[0] - limit) < 1e-12)
    #expect(abs(rank.stress[1] - lambda * limit) < 1e-12)
    #expect(rank.capped.isEmpty)
    #expect(abs(rank.value - ((1 + lambda) * limit - 0.001) / 2) < 1e-12)
  }

  /// With impacts above 1 nothing but the cap ends it; both are at the cap, and named.
  @Test func growingStressIsCapped() throws {
    let rank = try DebtRank(of: pair(1.01), equity: [1, 1], shocks: [0.001, 0], form: .linear)
    #expect(rank.stress == [1, 1])
    #expect(rank.capped == [0, 1])
    let calm = try DebtRank(of: pair(1.01), equity: [1, 1], shocks: [0, 0], form: .linear)
    #expect(calm.stress == [0, 0])
  }

  @Test func unsettledIsAnErrorAndNoAnswer() throws {
    #expect(throws: StressError.self) {
      try DebtRank(
        of: pair(0.9967),
        equity: [1, 1],
        shocks: [0.001, 0],
        form: .linear,
        maximumRounds: 50
      )
    }
  }

  /// Each with its own equity: what the one loses is nothing to the other.
  @Test func equityIsEachPartysOwn() throws {
    let network = try FlowNetwork(
      nodes: ["debtor", "small", "large"],
      flows: [
        FlowNetwork.Flow(payer: 0, payee: 1, weight: 1),
        FlowNetwork.Flow(payer: 0, payee: 2, weight: 1),
      ]
    )
    for form in DebtRank.Form.allCases {
      let rank = try DebtRank(of: network, equity: [1, 2, 8], shocks: [1, 0, 0], form: form)
      #expect(rank.stress == [1, 0.5, 0.125])
      #expect(rank.value == 2.0 / 11)
      #expect(rank.losses.map(\.loss) == [1, 1])
    }
  }

  /// An equity of zero is lost with the first loss, and not before; one below zero is lost already.
  @Test func zeroEquityIsNoDefaultByItself() throws {
    let network = try chain(2)
    for form in DebtRank.Form.allCases {
      let calm = try DebtRank(of: network, equity: [4, 0, 4], shocks: [0, 0, 0], form: form)
      #expect(calm.stress == [0, 0, 0])
      let hit = try DebtRank(of: network, equity: [4, 0, 4], shocks: [0.1, 0, 0], form: form)
      #expect(hit.stress == [0.1, 1, 0.5])
      let ruined = try DebtRank(of: network, equity: [4, -1, 4], shocks: [0, 0, 0], form: form)
      #expect(ruined.stress == [0, 1, 0.5])
    }
  }

  /// The fixed point h = min(1, h₀ + Λh) is met, and iterating from nothing leads to it.
  @Test(arguments: UInt64(0)..<200) func linearStressHoldsItselfUp(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(nodes: 1...25, density: 0.02...0.3, using: &generator)
    let equity = network.nodes.map { _ in Double(Int.random(in: 1...60, using: &generator)) }
    let shocks = network.nodes.map { _ in
      Double.random(in: 0...1, using: &generator) < 0.2
        ? Double.random(in: 0...1, using: &generator) : 0
    }
    let rank = try DebtRank(of: network, equity: equity, shocks: shocks, form: .linear)
    var stress = shocks
    for _ in 0..<3_000 {
      var next = shocks
      for flow in network.flows {
        next[flow.payee] += flow.weight / equity[flow.payee] * stress[flow.payer]
      }
      stress = next.map { min(1, $0) }
    }
    for (found, wanted) in zip(rank.stress, stress) { #expect(abs(found - wanted) < 1e-8) }
    let once = try DebtRank(of: network, equity: equity, shocks: shocks, form: .singleHit)
    for (single, linear) in zip(once.stress, rank.stress) { #expect(single <= linear + 1e-9) }
  }

  @Test func tiesGoByTheRule() throws {
    let network = try chain(2)
    let shocks: [Double] = [1, 0, 0]
    let falls = try Cascade(of: network, buffers: [1, 2, 3], shocks: shocks)
    #expect(falls.defaulted == [0, 1])
    #expect(falls.failedInRound == [0, 1, nil])
    #expect(falls.rounds == 1)
    #expect(falls.losses.map(\.loss) == [2, 2])
    let stands = try Cascade(of: network, buffers: [1, 2, 3], shocks: shocks, ties: .survive)
    #expect(stands.defaulted == [0])
    #expect(stands.rounds == 0)
  }

  /// 0.1 + 0.2 against a buffer of 0.3 is a tie, whatever the bits say.
  @Test func tiesAreTakenInTenths() throws {
    let network = try FlowNetwork(
      nodes: ["a", "b", "c"],
      flows: [
        FlowNetwork.Flow(payer: 0, payee: 2, weight: 0.1),
        FlowNetwork.Flow(payer: 1, payee: 2, weight: 0.2),
      ]
    )
    for (rule, fallen) in [(Cascade.TieRule.default, [0, 1, 2]), (.survive, [0, 1])] {
      let cascade = try Cascade(
        of: network,
        buffers: [nil, nil, 0.3],
        shocks: [1, 1, 0],
        ties: rule
      )
      #expect(cascade.defaulted == fallen)
    }
  }

  @Test func zeroBufferFallsToTheFirstLoss() throws {
    let network = try chain(2)
    for rule in Cascade.TieRule.allCases {
      let calm = try Cascade(of: network, buffers: [1, 0, 5], shocks: [0, 0, 0], ties: rule)
      #expect(calm.defaulted.isEmpty)
      let hit = try Cascade(of: network, buffers: [1, 0, 5], shocks: [1, 0, 0], ties: rule)
      #expect(hit.defaulted == [0, 1])
      let ruined = try Cascade(of: network, buffers: [1, -1, 5], shocks: [0, 0, 0], ties: rule)
      #expect(ruined.defaulted == [1])
    }
  }

  @Test func whatIsRecoveredIsNoLoss() throws {
    let cascade = try Cascade(
      of: chain(2),
      buffers: [1, 1.5, 3],
      shocks: [1, 0, 0],
      recovery: 0.5
    )
    #expect(cascade.defaulted == [0])
    #expect(cascade.lost == [1, 1, 0])
  }

  /// A chain of three, each owing the next `weight`.
  private func chain(_ weight: Double) throws -> FlowNetwork {
    try FlowNetwork(
      nodes: ["a", "b", "c"],
      flows: [
        FlowNetwork.Flow(payer: 0, payee: 1, weight: weight),
        FlowNetwork.Flow(payer: 1, payee: 2, weight: weight),
      ]
    )
  }

  private func pair(_ impact: Double) throws -> FlowNetwork {
    try FlowNetwork(
      nodes: ["a", "b"],
      flows: [
        FlowNetwork.Flow(payer: 0, payee: 1, weight: impact),
        FlowNetwork.Flow(payer: 1, payee: 0, weight: impact),
      ]
    )
  }
}

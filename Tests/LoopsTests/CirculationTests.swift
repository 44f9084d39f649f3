import Graphs
import Numerics
import Loops
import Networks
import TestKit
import Testing

@Suite struct CirculationTests {
  /// Every optimum of a small network, by trying all whole amounts on all flows.
  @Test(arguments: UInt64(0)..<60) func smallNetworksMatchEnumeration(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(
      nodes: 2...4,
      largest: 2,
      density: 0.3...0.7,
      using: &rng
    )
    guard network.flowCount <= 8 else { return }
    let optima = everyOptimum(of: network)
    let circulation = Circulation(of: network)
    #expect(circulation.amount == optima.first?.compensatedSum)
    for (node, range) in circulation.ranges().enumerated() {
      let through = optima.map { x in network.row(node).map { x[$0] }.reduce(0, +) }
      #expect(range?.low == through.min())
      #expect(range?.high == through.max())
    }
  }

  /// One after another of networks on the same pairs has the optimum that each has by itself, however far they lie from each other.
  @Test(arguments: UInt64(0)..<60) func seriesFindTheSameOptima(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let pairs = try FlowNetwork.random(
      nodes: 2...30,
      largest: 2,
      density: 0.05...0.5,
      using: &rng
    )
    var series = CirculationSeries(pairs.graph)
    var weights = pairs.weight.map { _ in Double.random(in: 0...1_000, using: &rng) }
    for step in 0..<12 {
      for index in weights.indices where Bool.random(using: &rng) {
        let most: Double = step % 3 == 2 ? (Bool.random(using: &rng) ? 1 : 1_000_000) : 1_000
        weights[index] = Double.random(in: 0...most, using: &rng).rounded()
      }
      let sources = pairs.graph.sources
      let network = try FlowNetwork(
        nodes: pairs.nodes,
        flows: weights.indices.filter { weights[$0] > 0 }.map {
          FlowNetwork.Flow(payer: sources[$0], payee: pairs.payee[$0], weight: weights[$0])
        }
      )
      let found = series.next(weights)
      let alone = Circulation(of: network)
      #expect(found.amount == alone.amount && found.total == alone.total)
    }
  }

  private func everyOptimum(of network: FlowNetwork) -> [[Double]] {
    var all: [[Double]] = [[]]
    for weight in network.weight {
      all = all.flatMap { x in (0...Int(weight)).map { x + [Double($0)] } }
    }
    let balanced = all.filter { isCirculation($0, network) }
    let best = balanced.map { $0.reduce(0, +) }.max() ?? 0
    return balanced.filter { $0.reduce(0, +) == best }
  }

  private func isCirculation(_ x: [Double], _ network: FlowNetwork) -> Bool {
    var net = [Double](repeating: 0, count: network.nodes.count)
    for payer in network.nodes.indices {
      for arc in network.row(payer) {
        net[payer] += x[arc]
        net[network.payee[arc]] -= x[arc]
      }
    }
    return net.allSatisfy { $0 == 0 }
  }

  /// Optimal just if no way round is left on which filling gains more than emptying loses: two thousand
  /// networks, of few amounts where ties are many, and of many.
  @Test(arguments: UInt64(0)..<20) func nothingIsLeftToGain(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    for round in 0..<100 {
      let network = try FlowNetwork.random(
        nodes: 2...(round % 10 == 0 ? 25 : 10),
        largest: round.isMultiple(of: 2) ? 1_000 : 3,
        using: &rng
      )
      let x = Circulation(of: network).flow
      #expect(isCirculation(x, network))
      #expect(zip(x, network.weight).allSatisfy { $0 >= 0 && $0 <= $1 })
      #expect(!hasGain(x, network))
    }
  }

  /// Bellman and Ford: whether lengths still grow after as many rounds as there are parties.
  private func hasGain(_ x: [Double], _ network: FlowNetwork) -> Bool {
    var steps: [(from: Int, to: Int, gain: Int)] = []
    for payer in network.nodes.indices {
      for arc in network.row(payer) {
        if x[arc] < network.weight[arc] { steps.append((payer, network.payee[arc], 1)) }
        if x[arc] > 0 { steps.append((network.payee[arc], payer, -1)) }
      }
    }
    var length = [Int](repeating: 0, count: network.nodes.count)
    for _ in network.nodes.indices {
      for step in steps { length[step.to] = max(length[step.to], length[step.from] + step.gain) }
    }
    return steps.contains { length[$0.to] < length[$0.from] + $0.gain }
  }

  @Test func decimalsAreExact() throws {
    let flows = [(0, 1, 0.1), (1, 2, 0.2), (2, 0, 0.7), (1, 0, 0.3)].map {
      FlowNetwork.Flow(payer: $0.0, payee: $0.1, weight: $0.2)
    }
    let circulation = Circulation(of: try FlowNetwork(nodes: ["a", "b", "c"], flows: flows))
    // The flow of 0.1 from a to b goes round by c: three times 0.1.
    #expect(circulation.amount == 0.3)
  }

  @Test func amountsOfAnySizeAreKept() throws {
    for scale in [1e-300, 1.0 / 3, 1e119] {
      let flows = [(0, 1, scale), (1, 0, 2 * scale), (1, 2, scale), (2, 1, scale)].map {
        FlowNetwork.Flow(payer: $0.0, payee: $0.1, weight: $0.2)
      }
      let circulation = Circulation(of: try FlowNetwork(nodes: ["a", "b", "c"], flows: flows))
      #expect(abs(circulation.amount / (4 * scale) - 1) < 1e-15)
    }
  }

  @Test func nothingGoesRoundWhereNothingFlows() throws {
    let circulation = Circulation(of: try FlowNetwork(nodes: ["a"], flows: []))
    #expect(circulation.share == 0)
    #expect(circulation.efficiency == nil)
    #expect(circulation.ranges().map { $0?.high } == [0])
  }

  /// On two rings through a party, either of which can be full, the party takes part in all optima alike.
  @Test func rangesNeedNoFlowsWhereNothingCanChange() throws {
    let flows = [(0, 1, 2), (1, 0, 2), (0, 2, 3), (2, 0, 3)].map {
      FlowNetwork.Flow(payer: $0.0, payee: $0.1, weight: Double($0.2))
    }
    let circulation = Circulation(of: try FlowNetwork(nodes: ["a", "b", "c"], flows: flows))
    #expect(circulation.ranges(workLimit: 0).map { $0?.low } == [5, 2, 3])
    #expect(circulation.ranges(workLimit: 0).map { $0?.high } == [5, 2, 3])
  }

  @Test func rangesCanBeSkipped() throws {
    // What a pays on goes round by b or by c.
    let flows = [(0, 1, 1), (0, 2, 1), (1, 3, 1), (2, 3, 1), (3, 0, 1)].map {
      FlowNetwork.Flow(payer: $0.0, payee: $0.1, weight: Double($0.2))
    }
    let circulation = Circulation(of: try FlowNetwork(nodes: ["a", "b", "c", "d"], flows: flows))
    #expect(circulation.ranges().map { $0?.low } == [1, 0, 0, 1])
    #expect(circulation.ranges().map { $0?.high } == [1, 1, 1, 1])
    #expect(circulation.ranges(workLimit: 1).map { $0?.low } == [1, nil, nil, 1])
  }

  /// Among the largest circulations, those with the least and the most at a party, by cancelling cycles.
  @Test(arguments: UInt64(0)..<40) func rangesMatchCancelledCycles(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(nodes: 3...9, largest: 4, using: &rng)
    let ranges = Circulation(of: network).ranges()
    for node in network.nodes.indices {
      let few = bestCirculation(network) { payer in payer == node ? 999 : 1000 }
      let many = bestCirculation(network) { payer in payer == node ? 1001 : 1000 }
      #expect(ranges[node]?.low == network.row(node).map { few[$0] }.reduce(0, +))
      #expect(ranges[node]?.high == network.row(node).map { many[$0] }.reduce(0, +))
    }
  }

  private struct Step {
    let from: Int
    let to: Int
    let arc: Int
    let gain: Int
    let room: Double
  }

  /// The circulation of the largest gain, given what a unit paid by each party gains.
  private func bestCirculation(_ network: FlowNetwork, gain: (Int) -> Int) -> [Double] {
    var x = [Double](repeating: 0, count: network.flowCount)
    while let cycle = gainingCycle(network, x, gain) {
      let amount = cycle.map(\.room).min() ?? 0
      for step in cycle { x[step.arc] += step.gain > 0 ? amount : -amount }
    }
    return x
  }

  /// A way round that gains, by Bellman and Ford.
  private func gainingCycle(
    _ network: FlowNetwork,
    _ x: [Double],
    _ gain: (Int) -> Int
  ) -> [Step]? {
    var steps: [Step] = []
    for payer in network.nodes.indices {
      for arc in network.row(payer) {
        let (payee, gain, room) = (network.payee[arc], gain(payer), network.weight[arc] - x[arc])
        if room > 0 { steps.append(Step(from: payer, to: payee, arc: arc, gain: gain, room: room)) }
        guard x[arc] > 0 else { continue }
        steps.append(Step(from: payee, to: payer, arc: arc, gain: -gain, room: x[arc]))
      }
    }
    var length = [Int](repeating: 0, count: network.nodes.count)
    var entry = [Step?](repeating: nil, count: network.nodes.count)
    var last: Int?
    for _ in network.nodes.indices {
      last = nil
      for step in steps where length[step.from] + step.gain > length[step.to] {
        length[step.to] = length[step.from] + step.gain
        entry[step.to] = step
        last = step.to
      }
    }
    guard var node = last else { return nil }
    for _ in network.nodes.indices { node = entry[node]?.from ?? node }
    var cycle: [Step] = []
    var place = node
    repeat {
      guard let step = entry[place] else { return nil }
      cycle.append(step)
      place = step.from
    } while place != node
    return cycle
  }

  /// The forwarded part balances, fits, leaves no cycle, and no largest circulation is below it.
  @Test(arguments: UInt64(0)..<200) func forwardingIsADecomposition(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(nodes: 2...20, largest: 1_000, using: &rng)
    let forwarding = try BalancedFlowForwarding(of: network)
    var net = [Double](repeating: 0, count: network.nodes.count)
    var left: [(source: Int, target: Int)] = []
    for payer in network.nodes.indices {
      for arc in network.row(payer) {
        #expect(forwarding.circular[arc] >= 0 && forwarding.circular[arc] <= network.weight[arc])
        net[payer] += forwarding.circular[arc]
        net[network.payee[arc]] -= forwarding.circular[arc]
        if forwarding.circular[arc] < network.weight[arc] {
          left.append((source: payer, target: network.payee[arc]))
        }
      }
    }
    #expect(net.allSatisfy { $0.magnitude < 1e-8 })
    let rest = SparseGraph(nodeCount: network.nodes.count, arcs: left)
    #expect(StrongComponents(of: rest).count == network.nodes.count)
    #expect(forwarding.amount <= Circulation(of: network).amount * (1 + 1e-12))
  }

  /// Party by party, as in large components, and by elimination.
  @Test(arguments: UInt64(0)..<40) func drainingIsForwarding(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(
      nodes: 2...30,
      largest: 1_000,
      density: 0.05...0.4,
      using: &rng
    )
    let exact = try BalancedFlowForwarding(of: network)
    let drained = try BalancedFlowForwarding(
      of: network,
      exactComponent: 1,
      tolerance: 1e-6,
      workLimit: 3_000_000
    )
    #expect(drained.imbalance < 1e-6)
    for (wanted, found) in zip(exact.circular, drained.circular) {
      #expect(abs(wanted - found) < 0.1)
    }
    let rough = try BalancedFlowForwarding(of: network, exactComponent: 1)
    #expect(rough.imbalance <= 0.03)
    #expect(abs(rough.share - exact.share) <= 0.03)
  }

  /// A ring is drained by its least flow all the way round.
  @Test func forwardingAlongALongRing() throws {
    let count = BalancedFlowForwarding.exactComponent + 1
    let ring = try FlowNetwork(
      nodes: (0..<count).map { "n\($0)" },
      flows: (0..<count).map {
        .init(payer: $0, payee: ($0 + 1) % count, weight: Double(10 + $0 * 7 % 13))
      }
    )
    let forwarding = try BalancedFlowForwarding(of: ring, tolerance: 1e-9)
    #expect(forwarding.circular.allSatisfy { abs($0 - 10) < 1e-6 })
    #expect(throws: MeasureError.tooLarge(nodes: count, limit: count - 1)) {
      try BalancedFlowForwarding(of: ring, workLimit: 100)
    }
  }
}

import Graphs
import Numerics
@testable import Loops
import Networks
import TestKit
import Testing

@Suite struct MeasureTests {
  /// Follows a dollar until next to nothing is left of it.
  @Test(arguments: UInt64(0)..<100) func returnsMatchAWalk(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try leaky(&rng)
    let cycling = try Cycling(of: network)
    let throughflow = network.throughflow
    for start in network.nodes.indices where throughflow[start] > 0 {
      var back = 0.0
      var here = [Double](repeating: 0, count: network.nodes.count)
      here[start] = 1
      for _ in 0..<3_000 {
        var next = [Double](repeating: 0, count: here.count)
        for payer in here.indices where here[payer] > 0 {
          for arc in network.row(payer) {
            next[network.payee[arc]] += here[payer] * network.weight[arc] / throughflow[payer]
          }
        }
        back += next[start]
        next[start] = 0
        here = next
      }
      #expect(abs(cycling.returnProbability[start] - back) < 1e-9)
    }
  }

  /// A party that pays out a little more than it takes in still loses what leaves it: of what b pays,
  /// o/(w + o) is gone, so that no more than w/(w + o) comes back.
  @Test(arguments: [1e-5, 5e-5, 9e-5])
  func noChanceIsAboveItsWayOut(leaving: Double) throws {
    let network = try FlowNetwork(
      nodes: ["a", "b"],
      flows: [
        .init(payer: 0, payee: 1, weight: 1), .init(payer: 1, payee: 0, weight: 1),
        .init(payer: 0, payee: 0, weight: 2),
      ],
      outflows: [.init(node: 1, outside: .party("out"), weight: leaving)]
    )
    let cycling = try Cycling(of: network)
    let back = 1 / (1 + leaving)
    #expect(abs(cycling.returnProbability[1] - back) < 1e-14)
    #expect(cycling.returnProbability.allSatisfy { $0 <= 1 })
    #expect(try LoopGain(of: network).high <= 1)
  }

  /// What can be netted away beside a chain of 10ᵏ times as much is the same share of what goes round.
  @Test(arguments: [1e3, 1e13, 1e15])
  func efficiencyLosesNoDigitsBesideALargeChain(large: Double) throws {
    let network = try FlowNetwork(
      nodes: ["a", "b", "c", "d", "e"],
      flows: [
        .init(payer: 0, payee: 1, weight: large), .init(payer: 2, payee: 3, weight: 3),
        .init(payer: 3, payee: 2, weight: 1), .init(payer: 3, payee: 4, weight: 2),
        .init(payer: 4, payee: 0, weight: 1),
      ]
    )
    // Received and paid: a 1 and `large`, c 1 and 3, d 3 and 3, e 2 and 1.
    let efficiency = try #require(Circulation(of: network).efficiency)
    #expect(abs(efficiency - 2.0 / 6) < 1e-15)
  }

  /// At every party something leaves, so that walks end.
  private func leaky(_ rng: inout SplitMix64) throws -> FlowNetwork {
    let inside = try FlowNetwork.random(nodes: 1...9, using: &rng)
    let leaving = inside.nodes.indices.map {
      FlowNetwork.BoundaryFlow(node: $0, outside: .party("out"), weight: 3)
    }
    return try FlowNetwork(nodes: inside.nodes, flows: inside.flows, outflows: leaving).balanced()
  }

  @Test func whatNothingLeavesComesBack() throws {
    let ring = try FlowNetwork(
      nodes: ["a", "b", "c", "idle"],
      flows: [
        .init(payer: 0, payee: 1, weight: 2), .init(payer: 1, payee: 2, weight: 2),
        .init(payer: 2, payee: 0, weight: 2),
      ]
    )
    let cycling = try Cycling(of: ring)
    #expect(cycling.returnProbability == [1, 1, 1, 0])
    #expect(cycling.finn == 1)
    #expect(cycling.pathLength == nil)
    let provenance = try Provenance(of: ring)
    #expect(provenance.unsourced == [1, 1, 1, 0])
    #expect(ring.nodes.indices.allSatisfy { provenance.origins(of: $0).isEmpty })
    #expect(provenance.share(of: 0, through: 1) == 1)
    let gain = try LoopGain(of: ring)
    #expect(gain.isSettled && abs(gain.gain - 1) < 1e-10)
  }

  @Test func nothingHasNoMeasure() throws {
    let empty = try FlowNetwork(nodes: [], flows: [])
    let panel = try Panel(of: empty)
    #expect(panel.circulation.amount == 0)
    #expect(panel.cycling.finn == nil)
    #expect(panel.potentials.allSatisfy { $0.circularShare == nil })
    #expect(panel.reciprocity == nil)
    #expect(panel.levels.incoherence == nil)
    #expect(panel.concentration.hhi == nil)
    #expect(panel.concentration.bounds(undisclosed: 0) == nil)
    #expect(panel.gain.gain == 0)
  }

  @Test func unbalancedNetworksAreRefused() throws {
    let flow = FlowNetwork.Flow(payer: 0, payee: 1, weight: 1)
    let network = try FlowNetwork(nodes: ["a", "b"], flows: [flow])
    #expect(throws: MeasureError.unbalanced(party: "a")) { try Cycling(of: network) }
    #expect(throws: MeasureError.unbalanced(party: "a")) { try Provenance(of: network) }
    #expect(throws: MeasureError.unbalanced(party: "a")) { try LoopGain(of: network) }
    #expect(throws: MeasureError.badParameter(name: "a funding response", value: -1)) {
      try LoopGain(of: network.balanced(), funding: [-1])
    }
  }

  @Test(arguments: UInt64(0)..<100) func receiptsAreFullyAccountedFor(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.randomBalanced(nodes: 1...12, using: &rng)
    let provenance = try Provenance(of: network)
    let throughflow = network.throughflow
    let inflow = network.inflowByNode
    for node in network.nodes.indices where throughflow[node] > 0 {
      let sum = provenance.origins(of: node).map(\.share).reduce(0, +) + provenance.unsourced[node]
      #expect(abs(sum - 1) < 1e-12)
      // What a party has of an origin is what it was paid of it, and what entered from there.
      for origin in provenance.origins(of: node) {
        var received = network.inflows.filter { $0.node == node && id($0, network) == origin.id }
          .map(\.weight).reduce(0, +)
        for payer in network.nodes.indices {
          let share = provenance.origins(of: payer).first { $0.id == origin.id }?.share ?? 0
          received += network.weight(from: payer, to: node) * share
        }
        #expect(abs(received / throughflow[node] - origin.share) < 1e-12)
      }
      for other in network.nodes.indices {
        let share = try #require(provenance.share(of: node, through: other))
        #expect(share >= 0 && share <= 1)
        let direct = network.weight(from: other, to: node) / throughflow[node]
        if other != node { #expect(share >= direct - 1e-12) }
      }
      if inflow[node] == throughflow[node] {
        #expect(network.nodes.indices.allSatisfy { provenance.share(of: node, through: $0) == 0 })
      }
    }
  }

  /// One party followed backwards, against elimination of all: four thousand parties.
  @Test(arguments: UInt64(0)..<20) func receiptsOfOnePartyMatchThoseOfAll(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<20 {
      let network = try FlowNetwork.randomBalanced(nodes: 1...20, using: &rng)
      let exact = try Provenance(of: network)
      for node in network.nodes.indices {
        let receipts = try ReceiptOrigins(of: node, in: network)
        let wanted = exact.receipts(of: node)
        #expect(abs(receipts.unsourced - wanted.unsourced) < 2e-9)
        #expect(receipts.untraced <= 1e-9 && receipts.others == 0)
        let shares = Dictionary(uniqueKeysWithValues: receipts.origins.map { ($0.id, $0.share) })
        #expect(wanted.origins.allSatisfy { abs($0.share - shares[$0.id, default: 0]) < 2e-9 })
        let whole = receipts.origins.map(\.share).reduce(receipts.unsourced, +) + receipts.untraced
        #expect(network.throughflow[node] == 0 || abs(whole - 1) < 1e-12)
        #expect(receipts.origins.map(\.share) == receipts.origins.map(\.share).sorted(by: >))
      }
    }
  }

  /// Followed from the largest sources in sweeps, against exact elimination.
  @Test(arguments: UInt64(0)..<40) func largeNetworksAreFollowedFromTheirLargestSources(
    seed: UInt64
  ) throws {
    var rng = SplitMix64(seed: seed)
    let size = seed % 2 == 0 ? 1...12 : 60...60
    let network = try FlowNetwork.randomBalanced(nodes: size, using: &rng)
    let exact = try Provenance(of: network)
    let trace = try Provenance(of: network, largestNetwork: 0)
    for node in network.nodes.indices {
      let found = trace.origins(of: node)
      let wanted = exact.origins(of: node)
      for origin in found {
        let share = wanted.first { $0.id == origin.id }?.share ?? 0
        #expect(abs(share - origin.share) <= trace.untraced[node] + 1e-12)
      }
      let names = Set(found.map(\.id))
      let rest = wanted.filter { !names.contains($0.id) }.map(\.share).reduce(0, +)
      #expect(abs(trace.others[node] - rest) <= trace.untraced[node] + 1e-12)
      #expect(abs(trace.unsourced[node] - exact.unsourced[node]) <= trace.untraced[node] + 1e-12)
      #expect(exact.others[node] == 0 && exact.untraced[node] == 0)
      #expect(trace.share(of: node, through: node) == nil)
    }
  }

  private func id(_ flow: FlowNetwork.BoundaryFlow, _ network: FlowNetwork) -> String {
    switch flow.outside {
    case .party(let id): id
    case .reserves: "reserves:\(network.nodes[flow.node])"
    }
  }

  /// What is not downhill balances at every party: that and mean zero make the potential unique.
  @Test(arguments: UInt64(0)..<100) func whatGoesRoundBalances(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(nodes: 1...20, density: 0.02...0.4, using: &rng)
    for weighting in Potential.Weighting.allCases {
      let potential = try Potential(of: network, weighting: weighting)
      var net = [Double](repeating: 0, count: network.nodes.count)
      for a in network.nodes.indices {
        for b in network.nodes.indices where a != b {
          let (there, back) = (network.weight(from: a, to: b), network.weight(from: b, to: a))
          guard there + back > 0 else { continue }
          let conductance =
            switch weighting {
            case .unit: 1.0
            case .count: there > 0 && back > 0 ? 2.0 : 1.0
            case .flow: there + back
            }
          net[a] += there - back - conductance * (potential.potential[a] - potential.potential[b])
        }
      }
      #expect(net.allSatisfy { $0.magnitude < 1e-9 })
      let (component, count) = network.graph.weakComponents
      for number in 0..<count {
        let members = network.nodes.indices.filter { component[$0] == number }
        #expect(abs(members.map { potential.potential[$0] }.reduce(0, +)) < 1e-9)
      }
      let share = potential.circularShare ?? 0
      #expect(share >= 0 && share <= 1)
    }
  }

  /// Chains, trees and parallel ways, and what is left when they are taken out: 12 to 50 links for ten parties.
  @Test(arguments: [12, 20, 50], Potential.Weighting.allCases)
  func largePotentialsMeetTheirEquations(density: Int, weighting: Potential.Weighting) throws {
    var rng = SplitMix64(seed: UInt64(density))
    let count = 2_000
    let flows = (0..<density * count / 10).map { _ in
      FlowNetwork.Flow(
        payer: Int.random(in: 0..<count, using: &rng) * Int.random(in: 0..<count, using: &rng)
          / count,
        payee: Int.random(in: 0..<count, using: &rng),
        weight: Double(Int.random(in: 1...99, using: &rng))
      )
    }
    let network = try FlowNetwork(nodes: (0..<count).map { "\($0)" }, flows: flows)
    let found = try Potential(of: network, weighting: weighting)
    #expect(found.relativeResidual <= 1e-11)
    let rough = try Potential(of: network, weighting: weighting, tolerance: 1e-6)
    #expect(rough.relativeResidual <= 1e-6)
    let potential = found.potential
    var net = [Double](repeating: 0, count: count)
    for flow in network.flows {
      let back = network.weight(from: flow.payee, to: flow.payer)
      guard flow.payer < flow.payee || back == 0 else { continue }
      let conductance =
        switch weighting {
        case .unit: 1.0
        case .count: back > 0 ? 2.0 : 1.0
        case .flow: flow.weight + back
        }
      let fall = potential[flow.payer] - potential[flow.payee]
      net[flow.payer] += flow.weight - back - conductance * fall
      net[flow.payee] -= flow.weight - back - conductance * fall
    }
    #expect(net.allSatisfy { $0.magnitude < 1e-8 })
  }

  @Test func twoWayPaymentsAreReciprocal() throws {
    let network = try FlowNetwork(
      nodes: ["a", "b"],
      flows: [.init(payer: 0, payee: 1, weight: 5), .init(payer: 1, payee: 0, weight: 5)]
    )
    #expect(network.reciprocity == 1)
    #expect(try Potential(of: network, weighting: .flow).circularShare == nil)
    #expect(try TrophicLevels(of: network).incoherence == 1)
  }

  @Test func gainsOfSmallMatricesAreKnown() throws {
    let pair = SparseGraph(nodeCount: 2, arcs: [(source: 0, target: 1), (source: 1, target: 0)])
    let gain = LoopGain(graph: pair, response: [0.5, 0.08])
    #expect(gain.isSettled)
    #expect(abs(gain.gain - 0.2) < 1e-12)
    let path = SparseGraph(nodeCount: 2, arcs: [(source: 0, target: 1)])
    #expect(LoopGain(graph: path, response: [7]).gain == 0)
  }

  @Test func largeGainsAreEnclosed() {
    let count = 400
    var arcs: [(source: Int, target: Int)] = []
    for node in 0..<count { arcs += [(node, (node + 1) % count), (node, (node + 7) % count)] }
    let graph = SparseGraph(nodeCount: count, arcs: arcs)
    let gain = LoopGain(graph: graph, response: [Double](repeating: 0.6, count: arcs.count))
    #expect(gain.isSettled)
    #expect(abs(gain.gain - 1.2) < 1e-9)
  }

  @Test(arguments: UInt64(0)..<50) func rewiringKeepsTotals(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.randomBalanced(nodes: 2...15, using: &rng)
    var stream = RandomStream(seed: seed)
    let rewired = network.rewired(using: &stream)
    #expect(rewired.checkInvariants() == nil)
    #expect(rewired.paid == network.paid)
    #expect(rewired.received == network.received)
    #expect(rewired.inflows == network.inflows)
    var again = RandomStream(seed: seed)
    #expect(network.rewired(using: &again) == rewired)
  }

  @Test func chanceHasAPlaceForEveryMeasure() throws {
    var rng = SplitMix64(seed: 5)
    let network = try FlowNetwork.randomBalanced(nodes: 10...10, using: &rng)
    let chance = try NullModelComparison(of: network, samples: 20, seed: 7)
    #expect(chance == (try NullModelComparison(of: network, samples: 20, seed: 7)))
    #expect(chance.share.sampled.count == 20)
    #expect(chance.share.quantile.map { (0...1).contains($0) } == true)
    #expect(try NullModelComparison(of: network, samples: 0, seed: 7).share.quantile == nil)
  }

  @Test func unnamedHoldersWidenConcentration() throws {
    let named = Concentration(of: [
      (id: "a", amount: 60), (id: "b", amount: 20), (id: "c", amount: 0),
    ])
    #expect(named.shares.map(\.id) == ["a", "b"])
    let open = try #require(named.bounds(undisclosed: 20))
    #expect(abs(open.low - 0.4) < 1e-15 && abs(open.high - 0.44) < 1e-15)
    let capped = try #require(named.bounds(undisclosed: 20, atMost: 8))
    #expect(abs(capped.high - (0.4 + (64 + 64 + 16) / 10_000)) < 1e-15)
  }

  /// Estimates lie where their standard errors say, and do not depend on the number of threads.
  @Test func estimatesOfReturnLieNearTheExactChance() throws {
    var rng = SplitMix64(seed: 3)
    let network = try FlowNetwork.random(nodes: 60...60, density: 0.1...0.1, using: &rng).balanced()
    let exact = try Cycling(of: network)
    #expect(exact.standardError.allSatisfy { $0 == 0 } && exact.finnStandardError == 0)
    let estimate = try Cycling(of: network, mostWork: 0, dollars: 30_000)
    let shared = try Cycling(of: network, mostWork: 0, dollars: 30_000, threads: 3)
    #expect(estimate == shared)
    var squares = 0.0
    for node in network.nodes.indices where estimate.standardError[node] > 0 {
      let off = estimate.returnProbability[node] - exact.returnProbability[node]
      #expect(abs(off) <= 5 * estimate.standardError[node])
      squares += off * off / (estimate.standardError[node] * estimate.standardError[node])
    }
    #expect(squares > 15 && squares < 120)
    let finn = try #require(exact.finn)
    #expect(abs(try #require(estimate.finn) - finn) <= 4 * estimate.finnStandardError)
  }
}

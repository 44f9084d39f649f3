import Graphs
import Networks
import TestKit
import Testing

@testable import Loops

/// Amounts times 2ᵏ: the same shares to the last bit, and amounts times 2ᵏ, at both ends of what a file may hold.
@Suite struct ScaleTests {
  private static let exponents = [-940, -331, 331, 940]

  private static func network(_ seed: UInt64) throws -> FlowNetwork {
    var random = SplitMix64(seed: seed)
    return try FlowNetwork.randomBalanced(nodes: 2...14, using: &random)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  @Test(arguments: UInt64(0)..<60) func measuresHaveNoScale(seed: UInt64) throws {
    let network = try Self.network(seed)
    let plain = try Panel(of: network)
    for exponent in Self.exponents {
      let factor = Self.power(exponent)
      let scaled = try Panel(of: try network.times(factor))
      #expect(scaled.circulation.share == plain.circulation.share)
      #expect(scaled.circulation.efficiency == plain.circulation.efficiency)
      #expect(scaled.circulation.flow == plain.circulation.flow.map { $0 * factor })
      #expect(scaled.circulation.netted == plain.circulation.netted * factor)
      func ends(_ panel: Panel) -> [[Double]?] {
        panel.circulation.ranges().map { $0.map { [$0.low, $0.high] } }
      }
      #expect(ends(scaled) == ends(plain).map { $0.map { $0.map { $0 * factor } } })
      #expect(scaled.forwarding?.share == plain.forwarding?.share)
      #expect(scaled.forwarding?.circular == plain.forwarding?.circular.map { $0 * factor })
      #expect(scaled.cycling.returnProbability == plain.cycling.returnProbability)
      #expect(scaled.cycling.finn == plain.cycling.finn)
      #expect(scaled.cycling.pathLength == plain.cycling.pathLength)
      #expect(scaled.cycling.throughflow == plain.cycling.throughflow.map { $0 * factor })
      #expect(scaled.reciprocity == plain.reciprocity)
      #expect(scaled.levels == plain.levels)
      #expect(scaled.concentration.hhi == plain.concentration.hhi)
      #expect(scaled.concentration.shares == plain.concentration.shares)
      #expect(scaled.gain == plain.gain)
      for party in network.nodes.indices {
        #expect(scaled.provenance.receipts(of: party) == plain.provenance.receipts(of: party))
      }
      for (scaled, plain) in zip(scaled.potentials, plain.potentials) {
        let unit = plain.weighting == .flow ? 1 : factor
        #expect(scaled.potential == plain.potential.map { $0 * unit })
        #expect(scaled.circularShare == plain.circularShare)
        #expect(scaled.relativeResidual == plain.relativeResidual)
      }
    }
  }

  @Test(arguments: UInt64(0)..<30) func chanceAndLoopsHaveNoScale(seed: UInt64) throws {
    let network = try Self.network(seed)
    let loops = network.elementaryCycles(limit: 100_000, maximumLength: 6, topCount: 5)
    let plain = try NullModelComparison(of: network, samples: 3, seed: 1)
    for exponent in Self.exponents {
      let factor = Self.power(exponent)
      let scaled = try network.times(factor)
      #expect(try NullModelComparison(of: scaled, samples: 3, seed: 1) == plain)
      let found = scaled.elementaryCycles(limit: 100_000, maximumLength: 6, topCount: 5)
      #expect(found.count == loops.count)
      #expect(found.top.map(\.nodes) == loops.top.map(\.nodes))
      #expect(found.top.map(\.bottleneck) == loops.top.map { $0.bottleneck * factor })
      #expect(found.top.map(\.total) == loops.top.map { $0.total * factor })
    }
  }

  /// Networks past the sizes that are solved directly: gradients, walks, draining, pushing.
  @Test(arguments: [-940, -331, 331, 940]) func largeNetworksHaveNoScale(exponent: Int) throws {
    var random = SplitMix64(seed: 5)
    let network = try FlowNetwork.random(
      nodes: 900...900,
      largest: 1_000,
      density: 0.01...0.01,
      using: &random
    )
    .balanced()
    let factor = Self.power(exponent)
    let scaled = try network.times(factor)
    for weighting in Potential.Weighting.allCases {
      let plain = try Potential(of: network, weighting: weighting)
      let found = try Potential(of: scaled, weighting: weighting)
      let unit = weighting == .flow ? 1 : factor
      #expect(found.potential == plain.potential.map { $0 * unit })
      #expect(found.circularShare == plain.circularShare)
    }
    let forwarding = try BalancedFlowForwarding(of: network)
    let forwarded = try BalancedFlowForwarding(of: scaled)
    #expect(forwarded.share == forwarding.share)
    #expect(forwarded.imbalance == forwarding.imbalance)
    let cycling = try Cycling(of: network, mostWork: 0, dollars: 100_000)
    let cycled = try Cycling(of: scaled, mostWork: 0, dollars: 100_000)
    #expect(cycled.returnProbability == cycling.returnProbability)
    #expect(cycled.finnStandardError == cycling.finnStandardError)
    let trace = try Provenance(of: network, largestNetwork: 10)
    let traced = try Provenance(of: scaled, largestNetwork: 10)
    #expect(traced.untraced == trace.untraced)
    #expect(traced.origins(of: 3) == trace.origins(of: 3))
    let receipts = try ReceiptOrigins(of: 3, in: network)
    #expect(try ReceiptOrigins(of: 3, in: scaled) == receipts)
  }

  @Test func whatHasNoNameIsBoundedAtAnyScale() throws {
    let amounts = [(id: "a", amount: 3.0), (id: "b", amount: 5.0)]
    let plain = Concentration(of: amounts).bounds(undisclosed: 7, atMost: 2)
    for exponent in Self.exponents {
      let factor = Self.power(exponent)
      let found = Concentration(of: amounts.map { (id: $0.id, amount: $0.amount * factor) })
        .bounds(undisclosed: 7 * factor, atMost: 2 * factor)
      #expect(found == plain)
    }
  }

  /// What a measure comes to; `nil` where it says that it does not settle.
  private func settled<Measure>(_ measure: () throws -> Measure) throws -> Measure? {
    do {
      return try measure()
    } catch MeasureError.didNotConverge {
      return nil
    }
  }

  /// Amounts that lie six hundred decades apart: numbers all the same, and shares between 0 and 1.
  @Test(arguments: UInt64(0)..<60) func noAmountIsTooFarFromAnother(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func amount() -> Double {
      Self.power(Int.random(in: -996...996, using: &random))
        * Double.random(in: 1..<2, using: &random)
    }
    let plain = try Self.network(seed)
    let network = try FlowNetwork(
      nodes: plain.nodes,
      flows: plain.flows.map { .init(payer: $0.payer, payee: $0.payee, weight: amount()) }
    )
    .balanced()
    guard let panel = try settled({ try Panel(of: network) }) else { return }
    let shares =
      [panel.circulation.share, panel.forwarding?.share, panel.cycling.finn, panel.reciprocity]
      + panel.potentials.map(\.circularShare) + panel.cycling.returnProbability
    for case let share? in shares { #expect((0...1).contains(share)) }
    for potential in panel.potentials {
      #expect(potential.potential.allSatisfy { $0.isFinite })
    }
    #expect(panel.gain.high <= 1 + 1e-9)
    for party in network.nodes.indices {
      let receipts = panel.provenance.receipts(of: party)
      let sum = receipts.origins.reduce(receipts.unsourced) { $0 + $1.share }
      #expect(network.throughflow[party] == 0 || (sum - 1).magnitude < 1e-9)
    }
  }
}

import Loops
import Networks
import TestKit
import Testing

/// Where sums go: worked on paper, and against dollars followed step by step.
@Suite struct DestinationTests {
  private func network(
    _ flows: [(Int, Int, Double)],
    out: [(Int, FlowNetwork.Outside, Double)] = [],
    count: Int = 4
  ) throws -> FlowNetwork {
    try FlowNetwork(
      nodes: (0..<count).map { "n\($0)" },
      flows: flows.map { FlowNetwork.Flow(payer: $0.0, payee: $0.1, weight: $0.2) },
      outflows: out.map { FlowNetwork.BoundaryFlow(node: $0.0, outside: $0.1, weight: $0.2) }
    )
  }

  /// From 1, half goes home to 0 and half to 2; from 2 a quarter back to 1, a half out, a quarter kept.
  ///
  /// Of a dollar at 1 come home 1/2·1/(1 − 1/8) = 4/7, out 2/7, kept 1/7.
  @Test func aSumGoesHomeAndOut() throws {
    let found = Destinations(
      of: [0, 70, 0, 0],
      home: 0,
      in: try network(
        [(1, 0, 5), (1, 2, 5), (2, 1, 1)],
        out: [(2, .party("staff"), 2), (2, .reserves, 1)]
      )
    )
    #expect(abs(found.home - 40) < 1e-12)
    #expect(found.exits.map(\.id) == ["staff"])
    #expect(abs(found.exits[0].amount - 20) < 1e-12)
    #expect(abs(found.kept[2] - 10) < 1e-12)
  }

  /// Who pays nobody keeps what comes; so do two who pay only each other.
  @Test func moneyThatCannotLeaveIsKept() throws {
    let sink = Destinations(of: [0, 8, 0, 0], home: 0, in: try network([(1, 2, 3), (1, 0, 1)]))
    #expect(sink.home == 2 && sink.kept == [0, 0, 6, 0])
    let closed = Destinations(
      of: [0, 8, 0, 0],
      home: 0,
      in: try network([(1, 2, 3), (1, 0, 1), (2, 3, 1), (3, 2, 1)])
    )
    #expect(closed.home == 2 && closed.kept == [0, 0, 6, 0])
    let still = Destinations(of: [0, 0, 5, 0], home: nil, in: try network([(0, 1, 1)]))
    #expect(still.kept == [0, 0, 5, 0])
  }

  /// Nothing is lost, and every dollar followed one step at a time ends where elimination says.
  @Test(arguments: UInt64(0)..<100) func equalToSteps(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 2...7, using: &random)
    var flows: [(Int, Int, Double)] = []
    for payer in 0..<count {
      for payee in 0..<count where payer != payee && Int.random(in: 0..<3, using: &random) == 0 {
        flows.append((payer, payee, Double(Int.random(in: 1...9, using: &random))))
      }
    }
    let out = (0..<count).filter { _ in Bool.random(using: &random) }.map { node in
      (node, Bool.random(using: &random) ? FlowNetwork.Outside.party("out") : .reserves, 1.0)
    }
    let network = try network(flows, out: out, count: count)
    let sums = (0..<count).map { $0 == 0 ? 0 : Double($0) }
    let found = Destinations(of: sums, home: 0, in: network)
    let whole = found.home + found.kept.reduce(0, +) + found.exits.reduce(0) { $0 + $1.amount }
    #expect(abs(whole - sums.reduce(0, +)) < 1e-9)
    let steps = Self.steps(sums, flows, out, count)
    // What still moves after so many steps is in a place that nothing leaves.
    #expect(abs(found.home - steps.home) < 1e-6)
    #expect(abs(found.exits.reduce(0) { $0 + $1.amount } - steps.out) < 1e-6)
  }

  private static func steps(
    _ sums: [Double],
    _ flows: [(Int, Int, Double)],
    _ out: [(Int, FlowNetwork.Outside, Double)],
    _ count: Int
  ) -> (home: Double, out: Double) {
    var (held, home, left) = (sums, 0.0, 0.0)
    for _ in 0..<4000 {
      var next = [Double](repeating: 0, count: count)
      for node in 1..<count where held[node] > 0 {
        let (pays, leaves) = (flows.filter { $0.0 == node }, out.filter { $0.0 == node })
        let spent = pays.reduce(0) { $0 + $1.2 } + leaves.reduce(0) { $0 + $1.2 }
        for flow in pays {
          let part = held[node] * flow.2 / spent
          if flow.1 == 0 { home += part } else { next[flow.1] += part }
        }
        for exit in leaves where exit.1 != .reserves { left += held[node] * exit.2 / spent }
      }
      held = next
    }
    return (home, left)
  }
}

import Foundation
import Loops
import Networks

/// The loops of up to `hops` arcs among distinct pairs: how many.
func elementary(_ path: String, hops: Int, threads: Int) throws {
  let graph = try StaticPairs(contentsOf: path).graph
  let cycles = ElementaryCycles(in: graph, maximumLength: hops)
  report("count", runs: 5) { cycles.countByLength(threads: threads)?.reduce(0, +) ?? 0 }
}

/// The strong components of distinct pairs: how many, and the parties of the largest.
func components(_ path: String) throws {
  let graph = try StaticPairs(contentsOf: path).graph
  report("components", runs: 5) {
    StrongComponents(of: graph)
  } answer: { components in
    var size = [Int](repeating: 0, count: components.count)
    for component in components.component { size[component] += 1 }
    return "\(components.count)/\(size.max() ?? 0)"
  }
}

/// The largest circulation of distinct pairs, in minor units.
func circulation(_ path: String) throws {
  let network = try StaticPairs(contentsOf: path).network()
  report("circulation", runs: network.flowCount < 100_000 ? 9 : 2) {
    Circulation(of: network)
  } answer: {
    String(Int($0.amount))
  }
}

extension StaticPairs {
  /// The pairs as a network of flows.
  fileprivate func network() throws -> FlowNetwork {
    try FlowNetwork(
      nodes: (0..<nodeCount).map { "\($0)" },
      flows: payer.indices.map {
        FlowNetwork.Flow(payer: Int(payer[$0]), payee: Int(payee[$0]), weight: Double(amount[$0]))
      }
    )
  }
}

/// Runs `body` some times, and prints the least seconds, the memory and the answer.
private func report<Result>(
  _ name: String,
  runs: Int,
  _ body: () -> Result,
  answer: (Result) -> String = { "\($0)" }
) {
  var (cpu, wall) = (Double.infinity, Double.infinity)
  var last = ""
  for _ in 0..<runs {
    let (usage, date) = (Usage.cpu, Date())
    let result = body()
    cpu = min(cpu, Usage.cpu - usage)
    wall = min(wall, Date().timeIntervalSince(date))
    last = answer(result)
  }
  print(String(format: "\(name): wall %.4f s", wall))
  print(String(format: "%.4f %d \(last)", cpu, Usage.peak))
}

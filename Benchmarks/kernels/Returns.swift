import Foundation
import Loops
import Networks

/// The exact chance of every party that money comes back to it: `FINN`, the index they make up.
func returns(nodes: Int, links: Int) throws {
  let network = try randomPairs(nodes: nodes, links: links).network().balanced()
  var watch = Stopwatch()
  let cycling = try Cycling(of: network)
  watch.stop()
  require(cycling.standardError.allSatisfy { $0 == 0 }, "not all chances are exact")
  checkReturns(cycling, network, allowing: 1e-9)
  watch.report(String(format: "%.6e", cycling.finn ?? 0))
}

/// All measures of what comes back on a large network, estimated where it is not exact: `PARTIES/INDEX`.
func cycling(_ path: String, threads: Int) throws {
  let network = try StaticPairs(contentsOf: path).network().balanced()
  var watch = Stopwatch()
  let cycling = try Cycling(of: network, threads: threads)
  watch.stop()
  let estimated = cycling.standardError.filter { $0 > 0 }
  print(
    "  \(estimated.count) estimated, to \(estimated.max() ?? 0); the index to "
      + "\(cycling.finnStandardError)"
  )
  checkReturns(cycling, network, allowing: 1e-9)
  watch.report(String(format: "\(network.nodes.count)/%.4f", cycling.finn ?? 0))
}

/// Where the money of each party of a large network began: `PARTIES/OTHERS`, the mean of what came from others.
func provenance(_ path: String) throws {
  let network = try StaticPairs(contentsOf: path).network().balanced()
  var watch = Stopwatch()
  let provenance = try Provenance(of: network, largestNetwork: 0)
  watch.stop()
  let through = network.throughflow
  let parties = through.indices.filter { through[$0] > 0 }
  for node in parties {
    let told = provenance.origins(of: node).reduce(0) { $0 + $1.share }
    let rest = provenance.unsourced[node] + provenance.others[node] + provenance.untraced[node]
    require(abs(told + rest - 1) < 1e-9, "party \(node) has shares of \(told + rest)")
  }
  print("  untraced at most \(provenance.untraced.max() ?? 0)")
  let others = parties.reduce(0) { $0 + provenance.others[$1] } / Double(parties.count)
  watch.report(String(format: "\(network.nodes.count)/%.6f", others))
}

/// Works out the chances of a few parties that pay much by sweeps over who reaches them.
private func checkReturns(_ cycling: Cycling, _ network: FlowNetwork, allowing: Double) {
  let through = cycling.throughflow
  let sample = network.nodes.indices.sorted { through[$0] > through[$1] }
  for node in sample.prefix(1_000).enumerated().filter({ $0.0 % 250 == 0 }).map(\.1) {
    var reach = [Double](repeating: 0, count: through.count)
    reach[node] = 1
    var change = 1.0
    func next(_ party: Int) -> Double {
      network.row(party).reduce(0) { sum, arc in
        sum + network.weight[arc] / through[party] * reach[network.payee[arc]]
      }
    }
    while change > 1e-13 {
      change = 0
      for party in reach.indices where party != node && through[party] > 0 {
        let value = next(party)
        change = max(change, abs(value - reach[party]))
        reach[party] = value
      }
    }
    let error = abs(cycling.returnProbability[node] - next(node))
    require(
      error <= allowing + 5 * cycling.standardError[node],
      "party \(node): \(cycling.returnProbability[node]), not \(next(node))"
    )
  }
}

import Graphs
import Foundation
import Loops
import Networks

/// The loops of up to `hops` arcs among distinct pairs: how many.
func elementary(_ path: String, hops: Int, threads: Int) throws {
  let graph = try StaticPairs(contentsOf: path).graph
  let cycles = ElementaryCycles(in: graph, maximumLength: hops)
  let (counts, watch) = best(of: 5) { cycles.countByLength(threads: threads) }
  watch.report("\(counts?.reduce(0, +) ?? 0)")
}

/// The strong components of distinct pairs: how many, and the parties of the largest.
func components(_ path: String) throws {
  let graph = try StaticPairs(contentsOf: path).graph
  let (components, watch) = best(of: 5) { StrongComponents(of: graph) }
  var size = [Int](repeating: 0, count: components.count)
  for component in components.component { size[component] += 1 }
  watch.report("\(components.count)/\(size.max() ?? 0)")
}

/// The largest circulation of distinct pairs, in minor units.
func circulation(_ path: String) throws {
  let network = try StaticPairs(contentsOf: path).network()
  let (circulation, watch) = best(of: network.flowCount < 100_000 ? 9 : 2) {
    Circulation(of: network)
  }
  watch.report("\(Int(circulation.amount))")
}

/// What goes round where all forward in proportion: its share, and how much of it does not balance.
func forwarding(_ path: String, tolerance: Double) throws {
  let network = try StaticPairs(contentsOf: path).network()
  var watch = Stopwatch()
  let forwarding = try BalancedFlowForwarding(
    of: network,
    tolerance: tolerance,
    workLimit: 100_000_000_000
  )
  watch.stop()
  watch.report(String(format: "%.4f/%.1e", forwarding.share, forwarding.imbalance))
}

/// Runs `body` some times; what it found, and the watch that timed it.
private func best<Result>(of runs: Int, _ body: () -> Result) -> (Result, Stopwatch) {
  var watch = Stopwatch()
  var result = body()
  watch.stop()
  for _ in 1..<runs {
    watch.start()
    result = body()
    watch.stop()
  }
  return (result, watch)
}

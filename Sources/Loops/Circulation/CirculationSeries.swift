internal import Columns
package import Graphs
internal import Numerics

/// Largest circulations of networks between the same pairs, one after another, each found from the one before.
///
/// What changes little is not found anew: flows are put where the potentials of the last optimum want them, and only what is then out of
/// balance is sent. The optimum is one number, so that it is the same to the last unit as that of ``Circulation``.
package struct CirculationSeries {
  private var least: MinimumCostFlow

  /// Takes the pairs.
  ///
  /// - Parameter graph: An arc a pair, rows in the order of their targets, without parallel arcs.
  package init(_ graph: SparseGraph) {
    let nothing = [Int](repeating: 0, count: graph.target.count)
    least = MinimumCostFlow(
      ResidualNetwork(graph, StrongComponents(of: graph), capacity: nothing)
    )
  }

  /// The largest circulation of the next network.
  ///
  /// - Parameter weights: Money by pair; 0 where a pair has none.
  /// - Returns: What goes round, and all there is.
  /// - Complexity: Like ``Circulation`` at most; less the nearer the weights are to the last.
  package mutating func next(_ weights: [Double]) -> (amount: Double, total: Double) {
    let whole = WholeAmounts(weights)
    let arcs = least.arcs
    arcs.take(whole.amounts)
    least.settle()
    return (whole.amount(arcs.goingRound), weights.compensatedSum)
  }
}

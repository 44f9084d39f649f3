public import Graphs

extension FlowNetwork {
  /// Who pays whom, with arcs at the same positions as the flows.
  public var graph: SparseGraph { SparseGraph(rowStart: rowStart, target: payee) }

  /// Who is paid by whom, and for each of these arcs the position of its flow.
  public var reversedGraph: (graph: SparseGraph, arc: [Int]) { graph.reversed }
}

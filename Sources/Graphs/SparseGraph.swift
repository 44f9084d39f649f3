/// A position of a node in a graph, or of a party in a network, from 0.
public typealias NodeIndex = Int

/// Who is joined to whom: a directed graph in compact sparse rows.
///
/// The arcs of node `u` are `rowStart[u]..<rowStart[u + 1]`, in the order of their targets. Parallel
/// arcs and arcs from a node to itself may occur.
public struct SparseGraph: Sendable, Equatable {
  /// Where the arcs of each node begin; one longer than the number of nodes.
  public let rowStart: [Int]
  /// Where each arc leads.
  public let target: [NodeIndex]

  /// The number of nodes.
  public var nodeCount: Int { rowStart.count - 1 }

  /// The arcs of `node`, as positions in ``target``.
  public func row(_ node: NodeIndex) -> Range<Int> { rowStart[node]..<rowStart[node + 1] }

  /// Takes rows as they are.
  ///
  /// - Precondition: The rows start at 0, do not go back, and end with the last target; every
  ///   target is a node.
  public init(rowStart: [Int], target: [NodeIndex]) {
    precondition(rowStart.first == 0 && rowStart.last == target.count, "rows must cover the arcs")
    self.rowStart = rowStart
    self.target = target
  }

  /// A graph of `nodeCount` nodes with `arcs`, in any order.
  ///
  /// - Precondition: Both ends of every arc are nodes.
  public init(nodeCount: Int, arcs: [(source: NodeIndex, target: NodeIndex)]) {
    let (rowStart, order) = Self.bucketed(arcs.map(\.source), count: nodeCount)
    self.init(
      rowStart: rowStart,
      target: (0..<nodeCount).flatMap { node in
        order[rowStart[node]..<rowStart[node + 1]].map { arcs[$0].target }.sorted()
      }
    )
  }

  /// The graph with every arc turned round, and for each of its arcs the arc it came from.
  public var reversed: (graph: SparseGraph, arc: [Int]) {
    let (rowStart, arc) = Self.bucketed(target, count: nodeCount)
    let source = sources
    return (SparseGraph(rowStart: rowStart, target: arc.map { source[$0] }), arc)
  }

  /// Where each arc starts.
  public var sources: [NodeIndex] {
    var result = [NodeIndex](repeating: 0, count: target.count)
    for node in 0..<nodeCount {
      for arc in row(node) { result[arc] = node }
    }
    return result
  }

  /// Positions of `keys` grouped by key, in their order within a group (a counting sort).
  package static func bucketed(_ keys: [Int], count: Int) -> (rowStart: [Int], order: [Int]) {
    var rowStart = [Int](repeating: 0, count: count + 1)
    for key in keys { rowStart[key + 1] += 1 }
    for row in 0..<count { rowStart[row + 1] += rowStart[row] }
    var next = rowStart
    var order = [Int](repeating: 0, count: keys.count)
    for (position, key) in keys.enumerated() {
      order[next[key]] = position
      next[key] += 1
    }
    return (rowStart, order)
  }
}

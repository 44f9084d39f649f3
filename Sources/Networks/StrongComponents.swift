/// The strongly connected components of a graph: each the nodes that can all reach one another.
///
/// Tarjan's algorithm, "Depth-first search and linear graph algorithms", *SIAM Journal on Computing*
/// 1(2), 1972, doi:10.1137/0201010, with the recursion unrolled, so that a path through 10⁶ nodes
/// needs no deep stack.
///
/// - Complexity: O(*n* + *m*).
public struct StrongComponents: Sendable, Equatable {
  /// The component of each node.
  ///
  /// An arc never leads to a component with a higher number.
  public let component: [Int]
  /// The number of components.
  public let count: Int

  /// Finds the components of `graph`.
  public init(of graph: SparseGraph) {
    var search = TarjanSearch(nodeCount: graph.nodeCount)
    for root in 0..<graph.nodeCount { search.explore(from: root, in: graph) }
    component = search.component
    count = search.found
  }

  /// The nodes of each component, in ascending order.
  public var members: [[NodeIndex]] {
    var result = [[NodeIndex]](repeating: [], count: count)
    for (node, component) in component.enumerated() { result[component].append(node) }
    return result
  }
}

/// The state of the search: the arrays carry the names of Tarjan's paper.
private struct TarjanSearch {
  var component: [Int]
  var found = 0
  private var number: [Int]
  private var lowlink: [Int]
  private var points: [NodeIndex] = []
  private var path: [(node: NodeIndex, nextArc: Int)] = []
  private var visited = 0

  init(nodeCount: Int) {
    component = [Int](repeating: -1, count: nodeCount)
    number = [Int](repeating: -1, count: nodeCount)
    lowlink = [Int](repeating: -1, count: nodeCount)
  }

  mutating func explore(from root: NodeIndex, in graph: SparseGraph) {
    guard number[root] < 0 else { return }
    enter(root, graph)
    while let (node, arc) = path.last {
      if arc < graph.rowStart[node + 1] {
        path[path.count - 1].nextArc += 1
        follow(node, graph.target[arc], graph)
      } else {
        leave(node)
      }
    }
  }

  private mutating func enter(_ node: NodeIndex, _ graph: SparseGraph) {
    number[node] = visited
    lowlink[node] = visited
    visited += 1
    points.append(node)
    path.append((node, graph.rowStart[node]))
  }

  private mutating func follow(_ node: NodeIndex, _ target: NodeIndex, _ graph: SparseGraph) {
    if number[target] < 0 {
      enter(target, graph)
    } else if component[target] < 0 {
      lowlink[node] = min(lowlink[node], number[target])
    }
  }

  private mutating func leave(_ node: NodeIndex) {
    path.removeLast()
    if let parent = path.last?.node { lowlink[parent] = min(lowlink[parent], lowlink[node]) }
    guard lowlink[node] == number[node] else { return }
    while let member = points.popLast() {
      component[member] = found
      if member == node { break }
    }
    found += 1
  }
}

extension SparseGraph {
  /// The weakly connected component of each node, and their number.
  ///
  /// Nodes joined by arcs in whatever direction share a component; components are numbered by their
  /// first node. Union by smaller root with path halving.
  ///
  /// - Complexity: O(*n* + *m* log *n*).
  public var weakComponents: (component: [Int], count: Int) {
    var parent = Array(0..<nodeCount)
    func root(_ start: NodeIndex) -> NodeIndex {
      var node = start
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    for node in 0..<nodeCount {
      for arc in row(node) {
        let (a, b) = (root(node), root(target[arc]))
        parent[max(a, b)] = min(a, b)
      }
    }
    var component = [Int](repeating: 0, count: nodeCount)
    var count = 0
    for node in 0..<nodeCount {
      let root = root(node)
      if root == node {
        component[node] = count
        count += 1
      } else {
        component[node] = component[root]
      }
    }
    return (component, count)
  }
}

internal import Columns

/// Walks the loops of up to a number of arcs one by one, each from its lowest number in ``DegreeOrderedGraph``.
///
/// Follows only arcs from which the way back still fits, and, where amounts are given, only those that
/// move as much as is asked at the moment.
package struct BoundedCycles {
  private let rows: DegreeOrderedGraph
  private let maximumLength: Int
  private let amounts: [Double]?
  /// The fewest arcs from each node to the root, where that may fit; else below zero.
  private let wayBack: Column<Int32>
  private let isOnPath: Column<Bool>
  /// The nodes from which the root is near enough.
  private var near = GrowingBuffer<Int32>()
  /// How many arcs were looked at to find the ways back to the root.
  private var workToRoot = 0

  /// The loops of `graph` with 2 to `maximumLength` arcs, and what its arcs move if that matters.
  package init(of graph: SparseGraph, maximumLength: Int, amounts: [Double]? = nil) {
    rows = DegreeOrderedGraph(of: graph, keepsArcs: amounts != nil)
    self.maximumLength = min(maximumLength, graph.nodeCount)
    self.amounts = amounts
    wayBack = Column(repeating: -1, count: graph.nodeCount)
    isOnPath = Column(repeating: false, count: graph.nodeCount)
  }

  /// Hands over each loop until that says to stop.
  ///
  /// - Parameters:
  ///   - threshold: What every arc of a loop must move, asked again and again.
  ///   - afford: Is told how many arcs were looked at since it was last asked; says whether to go on.
  ///   - found: Is given the nodes of a loop, from that with the least number in the graph.
  /// - Returns: Whether it was never told to stop.
  package mutating func run(
    threshold: () -> Double = { -.infinity },
    afford: (_ work: Int) -> Bool = { _ in true },
    _ found: (ArraySlice<NodeIndex>) -> Bool
  ) -> Bool {
    defer { near.free() }
    var loop = [NodeIndex](repeating: 0, count: maximumLength)
    for root in 0..<Int32(rows.nodeCount) {
      guard first(rows.out, root) > root, first(rows.into, root) > root else { continue }
      findWaysBack(to: root)
      let isComplete =
        afford(workToRoot) && search(from: root, &loop, threshold, afford, found)
      for position in 0..<near.count { wayBack.base[Int(near.base[position])] = -1 }
      near.count = 0
      guard isComplete else { return false }
    }
    return true
  }

  private func first(_ rows: DegreeOrderedGraph.Rows, _ node: Int32) -> Int32 {
    rows.node.base[Int(rows.start.base[Int(node)])]
  }

  /// Goes backwards from `root` over higher numbers.
  private mutating func findWaysBack(to root: Int32) {
    wayBack.base[Int(root)] = 0
    near.append(root)
    workToRoot = 0
    var next = 0
    while next < near.count {
      let node = Int(near.base[next])
      next += 1
      let steps = wayBack.base[node] + 1
      guard steps < maximumLength else { break }
      var place = Int(rows.into.start.base[node])
      while rows.into.node.base[place] > root {
        let source = rows.into.node.base[place]
        place += 1
        workToRoot += 1
        guard wayBack.base[Int(source)] < 0 else { continue }
        wayBack.base[Int(source)] = steps
        near.append(source)
      }
    }
  }

  private func search(
    from root: Int32,
    _ loop: inout [NodeIndex],
    _ threshold: () -> Double,
    _ afford: (_ work: Int) -> Bool,
    _ found: (ArraySlice<NodeIndex>) -> Bool
  ) -> Bool {
    var path = [root]
    var places = [Int(rows.out.start.base[Int(root)])]
    while let place = places.last {
      let next = rows.out.node.base[place]
      guard next >= root else {
        places.removeLast()
        let node = Int(path.removeLast())
        isOnPath.base[node] = false
        guard afford(1 + place - Int(rows.out.start.base[node])) else {
          for node in path { isOnPath.base[Int(node)] = false }
          return false
        }
        continue
      }
      places[places.count - 1] = place + 1
      if let amounts, amounts[Int(rows.out.arc.base[place])] < threshold() { continue }
      if next == root {
        guard found(rotated(path, &loop)) else {
          for node in path { isOnPath.base[Int(node)] = false }
          return false
        }
      } else if isWithinReach(next, after: path.count) {
        isOnPath.base[Int(next)] = true
        path.append(next)
        places.append(Int(rows.out.start.base[Int(next)]))
      }
    }
    return true
  }

  @inline(__always)
  private func isWithinReach(_ node: Int32, after length: Int) -> Bool {
    let steps = Int(wayBack.base[Int(node)])
    return steps > 0 && length + steps <= maximumLength && !isOnPath.base[Int(node)]
  }

  /// The nodes of the graph along `path`, from the least.
  private func rotated(_ path: [Int32], _ loop: inout [NodeIndex]) -> ArraySlice<NodeIndex> {
    var least = 0
    for (position, node) in path.enumerated() {
      loop[position] = Int(rows.original.base[Int(node)])
      if loop[position] < loop[least] { least = position }
    }
    if least > 0 {
      let turned = Array(loop[least..<path.count] + loop[..<least])
      loop.replaceSubrange(0..<path.count, with: turned)
    }
    return loop[..<path.count]
  }
}

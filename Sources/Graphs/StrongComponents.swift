internal import Columns

/// The strongly connected components of a graph: each the nodes that can all reach one another.
///
/// The search of Tarjan, "Depth-first search and linear graph algorithms", *SIAM Journal on Computing*
/// 1(2), 1972, doi:10.1137/0201010, with one number a node and no stacking of nodes that are components by
/// themselves, after Pearce, "A space-efficient algorithm for finding strongly connected components",
/// *Information Processing Letters* 116(1), 2016. The recursion is unrolled, so that a path through 10⁶
/// nodes needs no deep stack.
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
  ///
  /// - Precondition: There are fewer than 2³¹ nodes.
  public init(of graph: SparseGraph) {
    let nodeCount = graph.nodeCount
    precondition(nodeCount < Int32.max, "numbers of nodes must have 32 bits")
    let rank = Column<Int32>(repeating: 0, count: nodeCount)
    let last = graph.rowStart.withUnsafeBufferPointer { rowStart in
      graph.target.withUnsafeBufferPointer { target in
        var search = ComponentSearch(rank: rank, rowStart: rowStart, target: target)
        search.exploreHub()
        for root in 0..<nodeCount where rank.base[root] == 0 { search.explore(from: root) }
        return search.last
      }
    }
    component = (0..<nodeCount).map { nodeCount - Int(rank.base[$0]) }
    count = nodeCount - Int(last)
  }

  /// The nodes of each component, in ascending order.
  public var members: [[NodeIndex]] {
    var result = [[NodeIndex]](repeating: [], count: count)
    for (node, component) in component.enumerated() { result[component].append(node) }
    return result
  }

  /// The nodes of each component of two or more, in ascending order.
  package var circles: [[NodeIndex]] {
    let (start, order) = SparseGraph.bucketed(component, count: count)
    return (0..<count).filter { start[$0 + 1] - start[$0] > 1 }.map {
      Array(order[start[$0]..<start[$0 + 1]])
    }
  }
}

/// The state of the search.
private struct ComponentSearch {
  /// A node on the path, and the next of its arcs to follow.
  private struct Step {
    let node: Int32
    /// When it was reached.
    let number: Int32
    var arc: Int
  }

  /// The paper's rindex: 0 before a node is reached; then the earliest number it leads back to; at last
  /// its component, counted down from the number of nodes and so above all numbers in use.
  private let rank: UnsafeMutablePointer<Int32>
  private let rowStart: UnsafeBufferPointer<Int>
  private let target: UnsafeBufferPointer<Int>
  private(set) var last: Int32
  private var next: Int32 = 1
  private var path: [Step] = []
  /// Nodes that were left without a component.
  private var waiting: [Int32] = []

  init(
    rank: Column<Int32>,
    rowStart: UnsafeBufferPointer<Int>,
    target: UnsafeBufferPointer<Int>
  ) {
    self.rank = rank.base
    self.rowStart = rowStart
    self.target = target
    last = Int32(rank.count)
  }

  /// Bits of what is known of a node.
  private enum State {
    static let reached: UInt8 = 1
    static let leadsBack: UInt8 = 2
    static let expanded: UInt8 = 4
  }

  /// Explores the node with the most arcs, and all that it leads to.
  ///
  /// Which nodes it reaches, and which of them lead back to it, is mostly seen by looking through the arcs
  /// as they lie in memory, a few times over. That is faster than any walk, and leaves few nodes to walk
  /// from: all of them below the hub, as it reaches them, and those that lead back as if they had been
  /// walked already.
  mutating func exploreHub() {
    let nodes = 0..<rowStart.count - 1
    guard !nodes.isEmpty else { return }
    var hub = 0
    for node in nodes where rowStart[node + 1] - rowStart[node] > rowStart[hub + 1] - rowStart[hub]
    {
      hub = node
    }
    let state = Column<UInt8>(repeating: 0, count: nodes.count)
    let known = state.base
    known[hub] = State.reached | State.leadsBack
    reach(known)
    for _ in 0..<3 { leadBack(known) }
    let step = enter(hub)
    for node in nodes where known[node] & State.leadsBack != 0 { rank[node] = step.number }
    for node in nodes where known[node] != 0 && rank[node] == 0 { explore(from: node) }
    leave(step)
    for node in nodes where known[node] & State.leadsBack != 0 { rank[node] = rank[hub] }
  }

  /// Marks all that is reached from what is, and of these what is seen at once to lead back.
  private func reach(_ known: UnsafeMutablePointer<UInt8>) {
    for _ in 0..<5 {
      for node in 0..<rowStart.count - 1 where known[node] & 5 == State.reached {
        expand(node, known)
      }
    }
    var stack: [Int32] = []
    for node in 0..<rowStart.count - 1 where known[node] & 5 == State.reached {
      stack.append(Int32(node))
    }
    while let node = stack.popLast() {
      for arc in rowStart[Int(node)]..<rowStart[Int(node) + 1] where known[target[arc]] == 0 {
        known[target[arc]] = State.reached
        stack.append(Int32(target[arc]))
      }
    }
  }

  private func expand(_ node: NodeIndex, _ known: UnsafeMutablePointer<UInt8>) {
    var found: UInt8 = 0
    for arc in rowStart[node]..<rowStart[node + 1] {
      let state = known[target[arc]]
      known[target[arc]] = state | State.reached
      found |= state
    }
    known[node] |= State.expanded | (found & State.leadsBack)
  }

  private func leadBack(_ known: UnsafeMutablePointer<UInt8>) {
    for node in 0..<rowStart.count - 1 where known[node] & 3 == State.reached {
      var found: UInt8 = 0
      for arc in rowStart[node]..<rowStart[node + 1] { found |= known[target[arc]] }
      known[node] |= found & State.leadsBack
    }
  }

  mutating func explore(from root: NodeIndex) {
    var step = enter(root)
    while true {
      if let target = follow(&step) {
        path.append(step)
        step = enter(target)
      } else {
        leave(step)
        guard let parent = path.popLast() else { return }
        let (above, below) = (Int(parent.node), Int(step.node))
        rank[above] = min(rank[above], rank[below])
        step = parent
      }
    }
  }

  private mutating func enter(_ node: NodeIndex) -> Step {
    rank[node] = next
    next += 1
    return Step(node: Int32(node), number: next - 1, arc: rowStart[node])
  }

  /// Looks at the arcs of a node until one leads where nobody has been.
  private mutating func follow(_ step: inout Step) -> NodeIndex? {
    let node = Int(step.node)
    let end = rowStart[node + 1]
    var least = rank[node]
    var arc = step.arc
    defer { rank[node] = least }
    while arc < end {
      let next = target[arc]
      let reached = rank[next]
      arc += 1
      if reached == 0 {
        guard rowStart[next] == rowStart[next + 1] else {
          step.arc = arc
          return next
        }
        rank[next] = last
        last -= 1
      } else {
        least = min(least, reached)
      }
    }
    return nil
  }

  /// Closes a component where nothing leads back past its first node.
  private mutating func leave(_ step: Step) {
    let node = Int(step.node)
    guard rank[node] == step.number else { return waiting.append(step.node) }
    next -= 1
    while let member = waiting.last, rank[Int(member)] >= step.number {
      waiting.removeLast()
      rank[Int(member)] = last
      next -= 1
    }
    rank[node] = last
    last -= 1
  }
}

import Networks

/// The largest circulation within capacities: as much as can flow round and round at once.
///
/// Maximises Σx with 0 ≤ x ≤ w and as much leaving every node as entering it, by the primal network
/// simplex method with strongly feasible trees, which cannot cycle: Cunningham, "A network simplex
/// method", *Mathematical Programming* 11, 1976, doi:10.1007/BF01580379. Amounts are whole numbers, so
/// the optimum is exact. The first tree joins every node to a root outside the network by an arc
/// that can carry nothing.
struct NetworkSimplex {
  private let nodeCount: Int
  private let source: [NodeIndex]
  private let target: [NodeIndex]
  private let capacity: [Int]
  private var root: NodeIndex { nodeCount }

  /// x: what each arc carries.
  private(set) var flow: [Int]
  /// π: an arc gains 1 + π(source) − π(target) by carrying more, and nothing in the tree.
  private(set) var potential: [Int]

  private var state: [ArcState]
  private var parent: [NodeIndex]
  /// The tree arc between a node and its parent; negative for the arcs to the root outside.
  private var treeArc: [Int]
  /// Whether that arc leads from the node up to its parent.
  private var leadsUp: [Bool]
  private var depth: [Int]
  private var firstChild: [NodeIndex]
  private var nextSibling: [NodeIndex]
  private var previousSibling: [NodeIndex]

  private enum ArcState: Int8 { case empty, inTree, full }

  /// Sets up arcs of `capacity` among `nodeCount` nodes, carrying nothing.
  init(nodeCount: Int, source: [NodeIndex], target: [NodeIndex], capacity: [Int]) {
    self.nodeCount = nodeCount
    self.source = source
    self.target = target
    self.capacity = capacity
    flow = [Int](repeating: 0, count: capacity.count)
    state = [ArcState](repeating: .empty, count: capacity.count)
    potential = [Int](repeating: 0, count: nodeCount + 1)
    parent = [Int](repeating: nodeCount, count: nodeCount) + [-1]
    treeArc = [Int](repeating: -1, count: nodeCount + 1)
    leadsUp = [Bool](repeating: true, count: nodeCount + 1)
    depth = [Int](repeating: 1, count: nodeCount) + [0]
    firstChild = [Int](repeating: -1, count: nodeCount) + [nodeCount == 0 ? -1 : 0]
    nextSibling = (0..<nodeCount).map { $0 + 1 < nodeCount ? $0 + 1 : -1 } + [-1]
    previousSibling = (0..<nodeCount).map { $0 - 1 } + [-1]
  }

  /// Pivots until nothing can be gained.
  mutating func solve() {
    var search = PivotSearch(arcCount: capacity.count)
    while let arc = search.next(where: { gain(of: $0) }) { pivot(on: arc) }
  }

  /// What one more unit on `arc` is worth: above zero only if taking it in helps.
  private func gain(of arc: Int) -> Int {
    let reduced = 1 + potential[source[arc]] - potential[target[arc]]
    switch state[arc] {
    case .empty: return reduced
    case .full: return -reduced
    case .inTree: return 0
    }
  }

  private mutating func pivot(on arc: Int) {
    // Flow goes round from `first` along the entering arc to `second`, and back through the tree.
    let isFilling = state[arc] == .empty
    let first = isFilling ? source[arc] : target[arc]
    let second = isFilling ? target[arc] : source[arc]
    let apex = apex(first, second)
    let leaving = leavingNode(arc, first: first, second: second, apex: apex)
    push(leaving.amount, along: arc, isFilling: isFilling, first, second, apex)
    guard let node = leaving.node else {
      state[arc] = isFilling ? .full : .empty
      return
    }
    let old = treeArc[node]
    if old >= 0 { state[old] = flow[old] == 0 ? .empty : .full }
    state[arc] = .inTree
    // The subtree below the arc that leaves hangs from the end of the entering arc that is in it.
    let inside = leaving.isOnFirstSide ? first : second
    rehang(inside, below: inside == first ? second : first, by: arc, upTo: node)
  }

  private func apex(_ first: NodeIndex, _ second: NodeIndex) -> NodeIndex {
    var (a, b) = (first, second)
    while a != b {
      if depth[a] >= depth[b] { a = parent[a] } else { b = parent[b] }
    }
    return a
  }

  /// How much more can go through the tree arc above `node`, upwards or downwards.
  private func room(above node: NodeIndex, upwards: Bool) -> Int {
    let arc = treeArc[node]
    guard arc >= 0 else { return leadsUp[node] == upwards ? .max : 0 }
    return leadsUp[node] == upwards ? capacity[arc] - flow[arc] : flow[arc]
  }

  /// The last blocking arc met going round from the apex, which keeps the tree strongly feasible.
  ///
  /// The way round is: from the apex down to `first`, over the entering arc, from `second` up again.
  private func leavingNode(
    _ arc: Int,
    first: NodeIndex,
    second: NodeIndex,
    apex: NodeIndex
  ) -> (node: NodeIndex?, amount: Int, isOnFirstSide: Bool) {
    var amount = capacity[arc]
    var leaving: NodeIndex?
    var isOnFirstSide = false
    var node = first
    while node != apex {
      let room = room(above: node, upwards: false)
      if room < amount { (amount, leaving, isOnFirstSide) = (room, node, true) }
      node = parent[node]
    }
    node = second
    while node != apex {
      let room = room(above: node, upwards: true)
      if room <= amount { (amount, leaving, isOnFirstSide) = (room, node, false) }
      node = parent[node]
    }
    return (leaving, amount, isOnFirstSide)
  }

  private mutating func push(
    _ amount: Int,
    along arc: Int,
    isFilling: Bool,
    _ first: NodeIndex,
    _ second: NodeIndex,
    _ apex: NodeIndex
  ) {
    guard amount > 0 else { return }
    flow[arc] += isFilling ? amount : -amount
    for (start, isUpwards) in [(first, false), (second, true)] {
      var node = start
      while node != apex {
        if treeArc[node] >= 0 {
          flow[treeArc[node]] += leadsUp[node] == isUpwards ? amount : -amount
        }
        node = parent[node]
      }
    }
  }

  /// Turns the path from `inside` up to `top` round, and hangs it below `outside` by the entering arc.
  private mutating func rehang(
    _ inside: NodeIndex,
    below outside: NodeIndex,
    by arc: Int,
    upTo top: NodeIndex
  ) {
    var node = inside
    var (newParent, newArc, newLeadsUp) = (outside, arc, source[arc] == inside)
    while true {
      let (oldParent, oldArc, oldLeadsUp) = (parent[node], treeArc[node], leadsUp[node])
      detach(node)
      attach(node, to: newParent, by: newArc, leadsUp: newLeadsUp)
      if node == top { break }
      (newParent, newArc, newLeadsUp) = (node, oldArc, !oldLeadsUp)
      node = oldParent
    }
    refresh(inside)
  }

  private mutating func detach(_ node: NodeIndex) {
    let (previous, next) = (previousSibling[node], nextSibling[node])
    if previous >= 0 { nextSibling[previous] = next } else { firstChild[parent[node]] = next }
    if next >= 0 { previousSibling[next] = previous }
  }

  private mutating func attach(
    _ node: NodeIndex,
    to newParent: NodeIndex,
    by arc: Int,
    leadsUp isUp: Bool
  ) {
    let next = firstChild[newParent]
    parent[node] = newParent
    treeArc[node] = arc
    leadsUp[node] = isUp
    previousSibling[node] = -1
    nextSibling[node] = next
    if next >= 0 { previousSibling[next] = node }
    firstChild[newParent] = node
  }

  /// Works out depth and potential again below and at `top`.
  private mutating func refresh(_ top: NodeIndex) {
    var node = top
    while true {
      let above = parent[node]
      depth[node] = depth[above] + 1
      let cost = treeArc[node] >= 0 ? 1 : 0
      potential[node] = potential[above] + (leadsUp[node] ? -cost : cost)
      if firstChild[node] >= 0 {
        node = firstChild[node]
        continue
      }
      while node != top, nextSibling[node] < 0 { node = parent[node] }
      if node == top { return }
      node = nextSibling[node]
    }
  }
}

/// Looks for the arc to take in next: the best of a block, then on from where the block ended.
private struct PivotSearch {
  private let arcCount: Int
  private let blockSize: Int
  private var position = 0

  init(arcCount: Int) {
    self.arcCount = arcCount
    blockSize = max(16, Int(Double(arcCount).squareRoot()))
  }

  mutating func next(where gain: (Int) -> Int) -> Int? {
    var best: Int?
    var bestGain = 0
    var inBlock = 0
    for _ in 0..<arcCount {
      let gain = gain(position)
      if gain > bestGain { (best, bestGain) = (position, gain) }
      position = position + 1 == arcCount ? 0 : position + 1
      inBlock += 1
      if inBlock == blockSize {
        if best != nil { return best }
        inBlock = 0
      }
    }
    return best
  }
}

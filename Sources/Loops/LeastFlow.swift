import Networks

/// The least money that moves as much from every node, net, as given flows do, along the same arcs.
///
/// What it leaves of the flows is a largest circulation. Every node sends what it pays net to those that
/// receive net, over as few arcs as capacity allows: a flow of least cost, each arc costing one. Found by
/// the primal–dual method (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, section 9.8): as distances
/// grow from the nodes that send to those that receive, a largest flow over shortest paths alone is sent
/// at each distance (Dinitz's blocking flows). Amounts are whole numbers, so the optimum is exact.
///
/// - Complexity: One search and one largest flow for each distance that occurs: few in networks where
///   everybody is a few payments from everybody, as many as there are nodes in a long ring.
struct LeastFlow {
  /// How much each arc must carry.
  var flow: [Int] { (0..<arcCount).map { room[2 * $0 + 1] } }
  /// π: an arc costs 1 + π(source) − π(target), never below zero if it has room, never above if it
  /// carries anything.
  private(set) var potential: [Int]

  private let arcCount: Int
  private let source: NodeIndex
  private let sink: NodeIndex
  /// Where each half arc leads: arc `a` forwards is `2a`, backwards `2a + 1`; supplies come last.
  private let head: [NodeIndex]
  private var room: [Int]
  private let rowStart: [Int]
  private let row: [Int]
  /// Distances, then levels, from the source; below zero where not reached.
  private var level: [Int]

  /// Sets up arcs of `capacity` among `nodeCount` nodes.
  init(nodeCount: Int, source tails: [NodeIndex], target heads: [NodeIndex], capacity: [Int]) {
    var net = [Int](repeating: 0, count: nodeCount)
    for arc in capacity.indices {
      net[tails[arc]] += capacity[arc]
      net[heads[arc]] -= capacity[arc]
    }
    var head: [Int] = []
    var room: [Int] = []
    for arc in capacity.indices {
      head += [heads[arc], tails[arc]]
      room += [capacity[arc], 0]
    }
    for node in 0..<nodeCount where net[node] != 0 {
      head += net[node] > 0 ? [node, nodeCount] : [nodeCount + 1, node]
      room += [net[node].magnitude, 0].map { Int($0) }
    }
    // A half arc starts where its other half leads.
    let starts = head.indices.map { head[$0 ^ 1] }
    (rowStart, row) = SparseGraph.bucketed(starts, count: nodeCount + 2)
    arcCount = capacity.count
    source = nodeCount
    sink = nodeCount + 1
    potential = [Int](repeating: 0, count: nodeCount + 2)
    level = potential
    self.head = head
    self.room = room
  }

  /// Sends all that there is to send.
  mutating func solve() {
    while let distance = measure() {
      for node in potential.indices {
        potential[node] += level[node] < 0 ? distance : min(level[node], distance)
      }
      while layer() { block() }
    }
  }

  private func cost(_ half: Int, from node: NodeIndex) -> Int {
    let own = half < 2 * arcCount ? 1 - 2 * (half & 1) : 0
    return own + potential[node] - potential[head[half]]
  }

  /// The distance to the sink over arcs with room, in buckets as Dial has it; `nil` where there is none.
  private mutating func measure() -> Int? {
    for node in level.indices { level[node] = -1 }
    var settled = [Bool](repeating: false, count: level.count)
    var buckets: [[NodeIndex]] = [[source]]
    level[source] = 0
    var distance = 0
    while distance < buckets.count {
      while let node = buckets[distance].popLast() {
        guard !settled[node], level[node] == distance else { continue }
        if node == sink { return distance }
        settled[node] = true
        for position in rowStart[node]..<rowStart[node + 1] {
          let half = row[position]
          let next = head[half]
          guard room[half] > 0, !settled[next] else { continue }
          let reached = distance + cost(half, from: node)
          guard level[next] < 0 || reached < level[next] else { continue }
          level[next] = reached
          while buckets.count <= reached { buckets.append([]) }
          buckets[reached].append(next)
        }
      }
      distance += 1
    }
    return nil
  }

  /// Numbers nodes by how many free arcs they are from the source; says whether the sink is reached.
  private mutating func layer() -> Bool {
    for node in level.indices { level[node] = -1 }
    level[source] = 0
    var queue = [source]
    var next = 0
    while next < queue.count, level[sink] < 0 {
      let node = queue[next]
      next += 1
      for position in rowStart[node]..<rowStart[node + 1] {
        let half = row[position]
        guard room[half] > 0, level[head[half]] < 0, cost(half, from: node) == 0 else { continue }
        level[head[half]] = level[node] + 1
        queue.append(head[half])
      }
    }
    return level[sink] >= 0
  }

  /// Fills paths from layer to layer until none is left.
  private mutating func block() {
    var nextPosition = rowStart
    var path: [Int] = []
    while true {
      let node = path.last.map { head[$0] } ?? source
      if node == sink {
        fill(&path)
      } else if let half = step(from: node, &nextPosition) {
        path.append(half)
      } else if let half = path.popLast() {
        nextPosition[head[half ^ 1]] += 1
      } else {
        return
      }
    }
  }

  private func step(from node: NodeIndex, _ nextPosition: inout [Int]) -> Int? {
    while nextPosition[node] < rowStart[node + 1] {
      let half = row[nextPosition[node]]
      if room[half] > 0, level[head[half]] == level[node] + 1, cost(half, from: node) == 0 {
        return half
      }
      nextPosition[node] += 1
    }
    return nil
  }

  /// Sends as much as `path` has room for, and goes back to before the first arc that it fills.
  private mutating func fill(_ path: inout [Int]) {
    let amount = path.map { room[$0] }.min() ?? 0
    for half in path {
      room[half] -= amount
      room[half ^ 1] += amount
    }
    let full = path.firstIndex { room[$0] == 0 } ?? 0
    path.removeSubrange(full...)
  }
}

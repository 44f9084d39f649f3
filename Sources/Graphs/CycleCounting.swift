internal import Columns

/// Counts the loops of up to a number of arcs, without walking the last two.
///
/// From each root, the lowest number of a loop, a table holds for every node in how many ways two arcs
/// lead from it back to the root over nodes that are free. A walk of *d* arcs from the root that ends at
/// *x* then closes to as many loops of *d* + 2 arcs as the table has at *x*. Whoever steps on a node takes
/// it out of the table, and puts it back when leaving. So loops of up to *k* arcs are counted in the time
/// of the walks of *k* − 2.
struct CycleCounting: Sendable {
  private let rows: DegreeOrderedGraph
  private let maximumLength: Int

  /// - Precondition: `maximumLength` is 2 or more.
  init(of graph: SparseGraph, maximumLength: Int) {
    rows = DegreeOrderedGraph(of: graph, keepsArcs: false)
    self.maximumLength = maximumLength
  }

  /// How many loops have each number of arcs, from 0; `nil` where there are more than `limit` in all.
  func byLength(limit: Int, threads: Int) -> [Int]? {
    let work = Guarded((next: 0, total: [Int](repeating: 0, count: maximumLength + 1), count: 0))
    let nodeCount = rows.nodeCount
    Workers.run(threads) { _ in
      var walk = CountingWalk(rows, maximumLength: maximumLength, limit: limit)
      defer { walk.free() }
      while true {
        let roots = work.with { work in
          let first = work.next
          // The hubs take long, so they are taken one by one.
          work.next = min(nodeCount, first + 1 + first / 16)
          return work.count > limit ? 0..<0 : first..<work.next
        }
        guard !roots.isEmpty else { break }
        for root in roots { walk.count(from: Int32(root)) }
        let found = walk.takeCounts()
        work.with { work in
          for (length, number) in found.enumerated() {
            work.total[length] = saturating(work.total[length], number)
            work.count = saturating(work.count, number)
          }
        }
      }
    }
    return work.with { $0.count > limit ? nil : $0.total }
  }
}

/// One thread's walks.
private struct CountingWalk {
  private let rows: DegreeOrderedGraph
  private let maximumLength: Int
  /// In how many ways two arcs lead to the root over free nodes; 0 for nodes on the path.
  private let waysHome: Column<Int>
  /// How many arcs lead to the root.
  private let stepsHome: Column<Int>
  /// Whether a node is near enough to the root, and not on the path.
  private let isFree: Column<Bool>
  /// The nodes near enough to the root.
  private var near = GrowingBuffer<Int32>()
  private var root: Int32 = 0
  private var counts: [Int]
  /// How many loops of the greatest length were found, and from how many on it is no use to go on.
  private var found = 0
  private let limit: Int

  init(_ rows: DegreeOrderedGraph, maximumLength: Int, limit: Int) {
    self.rows = rows
    self.maximumLength = maximumLength
    self.limit = limit
    waysHome = Column(repeating: 0, count: rows.nodeCount)
    stepsHome = Column(repeating: 0, count: rows.nodeCount)
    isFree = Column(repeating: false, count: rows.nodeCount)
    counts = [Int](repeating: 0, count: maximumLength + 1)
  }

  func free() { near.free() }

  /// What was counted since the last time.
  mutating func takeCounts() -> [Int] {
    defer { counts = counts.map { _ in 0 } }
    return counts
  }

  /// Counts the loops of which `root` has the lowest number.
  mutating func count(from root: Int32) {
    let payees = rows.out.node.base + Int(rows.out.start.base[Int(root)])
    let payers = rows.into.node.base + Int(rows.into.start.base[Int(root)])
    guard payees[0] > root, payers[0] > root else { return }
    if payees[0] == payers[0], payees[1] <= root, payers[1] <= root {
      counts[2] += 1
      return
    }
    self.root = root
    spreadBackwards()
    walk(from: Int(root), depth: 0)
    clear()
  }

  /// Fills the tables, and finds who is near enough to be met two arcs from the root.
  private mutating func spreadBackwards() {
    var place = Int(rows.into.start.base[Int(root)])
    while rows.into.node.base[place] > root {
      let node = rows.into.node.base[place]
      stepsHome.base[Int(node)] += 1
      admit(node)
      place += 1
    }
    var (from, to) = (0, near.count)
    for position in from..<to {
      let node = Int(near.base[position])
      var place = Int(rows.into.start.base[node])
      while rows.into.node.base[place] >= root {
        let source = rows.into.node.base[place]
        waysHome.base[Int(source)] &+= stepsHome.base[node]
        admit(source)
        place += 1
      }
    }
    for _ in 2..<max(2, maximumLength - 2) {
      (from, to) = (to, near.count)
      for position in from..<to {
        var place = Int(rows.into.start.base[Int(near.base[position])])
        while rows.into.node.base[place] > root {
          admit(rows.into.node.base[place])
          place += 1
        }
      }
    }
  }

  @inline(__always)
  private mutating func admit(_ node: Int32) {
    guard !isFree.base[Int(node)], node != root else { return }
    isFree.base[Int(node)] = true
    near.append(node)
  }

  private mutating func clear() {
    for position in 0..<near.count {
      let node = Int(near.base[position])
      waysHome.base[node] = 0
      stepsHome.base[node] = 0
      isFree.base[node] = false
    }
    waysHome.base[Int(root)] = 0
    near.count = 0
  }

  /// Counts what closes from `node`, and walks on.
  private mutating func walk(from node: Int, depth: Int) {
    counts[depth + 2] &+= waysHome.base[node]
    var place = Int(rows.out.start.base[node])
    guard depth + 2 < maximumLength, rows.out.node.base[place] > root, found <= limit else {
      return
    }
    let (ways, wasFree) = (waysHome.base[node], isFree.base[node])
    occupy(node)
    if depth + 3 == maximumLength {
      var sum = 0
      while rows.out.node.base[place] > root {
        sum &+= waysHome.base[Int(rows.out.node.base[place])]
        place += 1
      }
      counts[maximumLength] &+= sum
      found &+= sum
    } else {
      while rows.out.node.base[place] > root {
        let next = Int(rows.out.node.base[place])
        if isFree.base[next] || depth == 0 { walk(from: next, depth: depth + 1) }
        place += 1
      }
    }
    vacate(node, ways, wasFree)
  }

  /// Takes a node out of the tables.
  @inline(__always)
  private func occupy(_ node: Int) {
    waysHome.base[node] = 0
    isFree.base[node] = false
    change(node, by: -stepsHome.base[node])
  }

  /// Puts a node back.
  @inline(__always)
  private func vacate(_ node: Int, _ ways: Int, _ wasFree: Bool) {
    change(node, by: stepsHome.base[node])
    waysHome.base[node] = ways
    isFree.base[node] = wasFree
  }

  @inline(__always)
  private func change(_ node: Int, by steps: Int) {
    guard steps != 0 else { return }
    var place = Int(rows.into.start.base[node])
    while rows.into.node.base[place] > root {
      let source = Int(rows.into.node.base[place])
      if isFree.base[source] { waysHome.base[source] &+= steps }
      place += 1
    }
  }
}

import Networks

/// How far flow over single edges can change by going round over others.
///
/// Each change leaves another optimum behind, from which the next search starts.
struct FaceFlow {
  /// What a search knows of a node.
  private struct Mark {
    /// The search and side that has been here.
    var visit: Int32 = 0
    /// The edge by which it came.
    var edge: Int32 = 0
  }

  private var edges: [OptimalFace.Edge]
  private let incidence: Incidence
  private var workLeft: Int
  private var marks: [Mark]
  private var visit: Int32 = 0
  /// The nodes reached from the start, and from the end.
  private var sides: [[Int32]] = [[], []]

  init(_ edges: [OptimalFace.Edge], _ incidence: Incidence, workLimit: Int) {
    self.edges = edges
    self.incidence = incidence
    workLeft = workLimit
    marks = [Mark](repeating: Mark(), count: incidence.nodeCount)
  }

  /// By how much less and more than at first can go over an edge within a party.
  ///
  /// - Returns: `nil` where no work is left.
  mutating func range(of edge: Int) -> (less: Int, more: Int)? {
    let (source, target) = (edges[edge].source, edges[edge].target)
    guard push(from: target, to: source, round: edge, isMore: true) else { return nil }
    let more = edges[edge].carried - .max / 4
    guard push(from: source, to: target, round: edge, isMore: false) else { return nil }
    return (less: .max / 4 - edges[edge].carried, more: more)
  }

  /// Sends as much as fits without `edge`, and back over it; `false` where no work is left.
  ///
  /// Shortest augmenting paths, as in Edmonds and Karp, "Theoretical improvements in algorithmic
  /// efficiency for network flow problems", *Journal of the ACM* 19(2), 1972, doi:10.1145/321694.321699,
  /// searched from both ends at once: where one end is hemmed in that is soon seen.
  private mutating func push(from start: Int32, to end: Int32, round edge: Int, isMore: Bool)
    -> Bool
  {
    while let path = path(from: start, to: end, without: Int32(edge)) {
      workLeft -= 8 * path.count
      let amount =
        path.map { $0.isForwards ? edges[$0.edge].room : edges[$0.edge].carried }.min() ?? 0
      for step in path { change(step.edge, by: step.isForwards ? amount : -amount) }
      change(edge, by: isMore ? amount : -amount)
    }
    return workLeft > 0
  }

  private mutating func change(_ edge: Int, by amount: Int) {
    edges[edge].room -= amount
    edges[edge].carried += amount
  }

  private typealias Step = (edge: Int, isForwards: Bool)

  /// A way from `start` to `end`; `nil` where there is none or no work is left.
  private mutating func path(
    from start: Int32,
    to end: Int32,
    without edge: Int32
  ) -> [Step]? {
    visit += 2
    // What was reached from the start is marked by the number of the search, from the end by one more.
    for side in 0...1 {
      sides[side].removeAll(keepingCapacity: true)
      sides[side].append(side == 0 ? start : end)
    }
    var next = [0, 0]
    var work = [0, 0]
    marks[Int(start)].visit = visit
    marks[Int(end)].visit = visit + 1
    while workLeft > 0 {
      let side = work[0] <= work[1] ? 0 : 1
      guard next[side] < sides[side].count else { return nil }
      let node = sides[side][next[side]]
      next[side] += 1
      let row = incidence.row(node)
      work[side] += row.count
      workLeft -= row.count
      for place in row where incidence.edge[place] != edge {
        let index = incidence.edge[place]
        let isForwards = (edges[Int(index)].source == node) == (side == 0)
        guard isForwards ? edges[Int(index)].room > 0 : edges[Int(index)].carried > 0 else {
          continue
        }
        let other = incidence.other[place]
        if marks[Int(other)].visit == visit + Int32(1 - side) {
          let (near, far) = side == 0 ? (node, other) : (other, node)
          return steps(from: start, to: near) + [(Int(index), isForwards)]
            + steps(from: end, to: far)
        }
        guard marks[Int(other)].visit != visit + Int32(side) else { continue }
        marks[Int(other)] = Mark(visit: visit + Int32(side), edge: index)
        sides[side].append(other)
      }
    }
    return nil
  }

  /// The steps by which `node` was reached, from the start or on the way to the end.
  private func steps(from origin: Int32, to node: Int32) -> [Step] {
    var result: [Step] = []
    var node = node
    while node != origin {
      let mark = marks[Int(node)]
      let edge = edges[Int(mark.edge)]
      let isFromStart = mark.visit == visit
      result.append((Int(mark.edge), (edge.target == node) == isFromStart))
      node = edge.source == node ? edge.target : edge.source
    }
    return result
  }
}

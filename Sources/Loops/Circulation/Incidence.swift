internal import Graphs
import Networks

/// Which edges meet at each node, whichever way they lead.
struct Incidence: Sendable {
  private let start: [Int32]
  /// The edges at each node.
  let edge: [Int32]
  /// The other ends of these.
  let other: [Int32]

  init(_ edges: [OptimalFace.Edge], nodeCount: Int) {
    var start = [Int32](repeating: 0, count: nodeCount + 2)
    for edge in edges {
      start[Int(edge.source) + 2] += 1
      start[Int(edge.target) + 2] += 1
    }
    for node in 0..<nodeCount { start[node + 2] += start[node + 1] }
    var positions = [Int32](repeating: 0, count: 2 * edges.count)
    var others = positions
    func add(_ index: Int, at node: Int32, _ other: Int32) {
      let place = Int(start[Int(node) + 1])
      start[Int(node) + 1] += 1
      positions[place] = Int32(index)
      others[place] = other
    }
    for (index, edge) in edges.enumerated() {
      add(index, at: edge.source, edge.target)
      add(index, at: edge.target, edge.source)
    }
    self.start = start
    edge = positions
    other = others
  }

  var nodeCount: Int { start.count - 2 }

  /// The places of the edges at `node`.
  func row(_ node: Int32) -> Range<Int> { Int(start[Int(node)])..<Int(start[Int(node) + 1]) }

  /// Where flow can go along `edges`: along those with room, and back along those that carry something.
  func graph(_ edges: [OptimalFace.Edge]) -> SparseGraph {
    var rowStart = [0]
    var target: [NodeIndex] = []
    for node in 0..<Int32(nodeCount) {
      for place in row(node) {
        let edge = edges[Int(edge[place])]
        if edge.source == node ? edge.room > 0 : edge.carried > 0 {
          target.append(Int(other[place]))
        }
      }
      rowStart.append(target.count)
    }
    return SparseGraph(rowStart: rowStart, target: target)
  }

  /// Which of the edges are bridges: without one, its ends are no longer joined.
  ///
  /// Tarjan, "A note on finding the bridges of a graph", *Information Processing Letters* 2(6), 1974, with
  /// the recursion unrolled.
  func bridges(_ edges: [OptimalFace.Edge]) -> [Bool] {
    var isBridge = [Bool](repeating: false, count: edges.count)
    var number = [Int32](repeating: 0, count: nodeCount)
    var low = number
    var next = (0..<Int32(nodeCount)).map { Int32(row($0).lowerBound) }
    var count: Int32 = 0
    var path: [(node: Int32, edge: Int32)] = []
    func enter(_ node: Int32, by edge: Int32) {
      count += 1
      number[Int(node)] = count
      low[Int(node)] = count
      path.append((node, edge))
    }
    for root in 0..<Int32(nodeCount) where number[Int(root)] == 0 {
      enter(root, by: -1)
      while let (node, entry) = path.last {
        let place = Int(next[Int(node)])
        if place < row(node).upperBound {
          next[Int(node)] += 1
          guard edge[place] != entry else { continue }
          let reached = other[place]
          if number[Int(reached)] == 0 {
            enter(reached, by: edge[place])
          } else {
            low[Int(node)] = min(low[Int(node)], number[Int(reached)])
          }
        } else {
          path.removeLast()
          if low[Int(node)] == number[Int(node)], entry >= 0 { isBridge[Int(entry)] = true }
          if let parent = path.last?.node {
            low[Int(parent)] = min(low[Int(parent)], low[Int(node)])
          }
        }
      }
    }
    return isBridge
  }
}

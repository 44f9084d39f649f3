internal import Columns

/// A graph numbered anew by degree, nodes of many arcs first, with its arcs both ways.
///
/// Loops are searched from their lowest number. The hubs are then searched first, while everything is
/// still there, and never met again: what is left for the many others is small. Arcs from a node to
/// itself are left out.
struct DegreeOrderedGraph: Sendable {
  /// The arcs at each node, one way.
  struct Rows: Sendable {
    /// Where the arcs of each node begin.
    let start: Column<Int32>
    /// The other ends of each node's arcs in falling order, and −1 after the last.
    let node: Column<Int32>
    /// Which arc of the graph each is; nothing where nobody asked.
    let arc: Column<Int32>
  }

  let nodeCount: Int
  /// The node of the graph behind each number.
  let original: Column<Int32>
  let out: Rows
  let into: Rows

  /// Numbers the nodes of `graph`, and keeps which arc is which if that is asked.
  ///
  /// - Precondition: Nodes and arcs together are fewer than 2³¹.
  init(of graph: SparseGraph, keepsArcs: Bool) {
    nodeCount = graph.nodeCount
    precondition(nodeCount + graph.target.count < Int32.max, "arcs must have numbers of 32 bits")
    let degree = Degrees(of: graph)
    original = degree.fallingOrder
    let number = Column<Int32>(unwritten: nodeCount)
    for new in 0..<nodeCount { number.base[Int(original.base[new])] = Int32(new) }
    into = Self.rowsInto(graph, number, original, degree.entering, keepsArcs)
    out = Self.turned(into, original, degree.leaving)
  }

  /// Arcs by where they lead; who goes through their starts from the last to the first, sorts them.
  private static func rowsInto(
    _ graph: SparseGraph,
    _ number: Column<Int32>,
    _ original: Column<Int32>,
    _ degree: Column<Int32>,
    _ keepsArcs: Bool
  ) -> Rows {
    let (rows, next) = emptyRows(original, degree, keepsArcs)
    for source in stride(from: Int32(original.count) - 1, through: 0, by: -1) {
      for arc in graph.row(Int(original.base[Int(source)])) {
        let target = Int(number.base[graph.target[arc]])
        guard target != Int(source) else { continue }
        let place = Int(next.base[target])
        next.base[target] += 1
        rows.node.base[place] = source
        if keepsArcs { rows.arc.base[place] = Int32(arc) }
      }
    }
    return rows
  }

  /// The same arcs by their other ends, which sorts them again.
  private static func turned(
    _ rows: Rows,
    _ original: Column<Int32>,
    _ degree: Column<Int32>
  ) -> Rows {
    let keepsArcs = rows.arc.count > 0
    let (result, next) = emptyRows(original, degree, keepsArcs)
    for target in stride(from: Int32(original.count) - 1, through: 0, by: -1) {
      var place = Int(rows.start.base[Int(target)])
      while rows.node.base[place] >= 0 {
        let source = Int(rows.node.base[place])
        let free = Int(next.base[source])
        next.base[source] += 1
        result.node.base[free] = target
        if keepsArcs { result.arc.base[free] = rows.arc.base[place] }
        place += 1
      }
    }
    return result
  }

  /// Rows of −1, and where to write the first arc of each.
  private static func emptyRows(
    _ original: Column<Int32>,
    _ degree: Column<Int32>,
    _ keepsArcs: Bool
  ) -> (rows: Rows, next: Column<Int32>) {
    let start = Column<Int32>(unwritten: original.count)
    let next = Column<Int32>(unwritten: original.count)
    var end: Int32 = 0
    for node in 0..<original.count {
      start.base[node] = end
      next.base[node] = end
      end += degree.base[Int(original.base[node])] + 1
    }
    let rows = Rows(
      start: start,
      node: Column(repeating: -1, count: Int(end)),
      arc: Column(repeating: -1, count: keepsArcs ? Int(end) : 0)
    )
    return (rows, next)
  }
}

/// How many arcs leave and enter each node, those to itself aside.
private struct Degrees {
  let leaving: Column<Int32>
  let entering: Column<Int32>

  init(of graph: SparseGraph) {
    leaving = Column(repeating: 0, count: graph.nodeCount)
    entering = Column(repeating: 0, count: graph.nodeCount)
    for node in 0..<graph.nodeCount {
      for arc in graph.row(node) where graph.target[arc] != node {
        leaving.base[node] += 1
        entering.base[graph.target[arc]] += 1
      }
    }
  }

  /// The nodes, those with the most arcs first, of equals in their own order.
  var fallingOrder: Column<Int32> {
    let count = leaving.count
    let degree = Column<Int32>(unwritten: count)
    var largest = 0
    for node in 0..<count {
      degree.base[node] = leaving.base[node] + entering.base[node]
      largest = max(largest, Int(degree.base[node]))
    }
    var next = [Int](repeating: 0, count: largest + 2)
    for node in 0..<count { next[largest - Int(degree.base[node]) + 1] += 1 }
    for bucket in 0...largest { next[bucket + 1] += next[bucket] }
    let order = Column<Int32>(unwritten: count)
    for node in 0..<count {
      let bucket = largest - Int(degree.base[node])
      order.base[next[bucket]] = Int32(node)
      next[bucket] += 1
    }
    return order
  }
}

internal import Columns
internal import Graphs
import Networks

/// The arcs of a graph inside its strong components, those between the same two nodes joined.
///
/// There are two halves for each pair of nodes that are joined: one at each node, leading to the other.
/// Those of a node stand together, in the order of the nodes they lead to.
struct ResidualNetwork: Sendable {
  let nodeCount: Int
  /// Where the halves at each node begin.
  let rowStart: Column<Int32>
  /// The node that each half leads to.
  let head: Column<Int32>
  /// The half that leads back.
  let mate: Column<Int32>
  /// What the arc there can carry; 0 where there is none.
  let capacity: Column<Int>
  /// What the arc from there can carry.
  let capacityBack: Column<Int>
  /// What goes there, less what comes from there: nothing at first.
  let flow: Column<Int>
  /// The arc of the graph behind each half; below zero where only the other way has one.
  let arc: Column<Int32>

  /// Joins the arcs of `graph` that stay within one of `components`.
  ///
  /// - Precondition: Rows are in the order of their targets, without parallel arcs; there are fewer than
  ///   2³⁰ arcs and nodes.
  init(_ graph: SparseGraph, _ components: StrongComponents, capacity: [Int]) {
    precondition(graph.target.count < 1 << 30, "halves must have numbers of 32 bits")
    precondition(graph.nodeCount < 1 << 30, "nodes must have numbers of 30 bits")
    nodeCount = graph.nodeCount
    let inside = InsideArcs(graph, components.component)
    rowStart = Column(unwritten: nodeCount + 1)
    var count: Int32 = 0
    for node in 0..<nodeCount {
      rowStart.base[node] = count
      inside.eachPair(at: node) { _, _ in count += 1 }
    }
    rowStart.base[nodeCount] = count
    head = Column(unwritten: Int(count))
    mate = Column(unwritten: Int(count))
    self.capacity = Column(unwritten: Int(count))
    capacityBack = Column(unwritten: Int(count))
    flow = Column(repeating: 0, count: Int(count))
    arc = Column(unwritten: Int(count))
    let firstLarger = Column<Int32>(unwritten: nodeCount)
    var position: Int32 = 0
    for node in 0..<nodeCount {
      firstLarger.base[node] = rowStart.base[node]
      inside.eachPair(at: node) { other, out in
        if other < node {
          // Larger nodes come by in their order, so each finds the next half that waits for one.
          let waiting = firstLarger.base[other]
          firstLarger.base[other] += 1
          firstLarger.base[node] += 1
          mate.base[Int(waiting)] = position
          mate.base[Int(position)] = waiting
          capacityBack.base[Int(position)] = self.capacity.base[Int(waiting)]
          capacityBack.base[Int(waiting)] = out < 0 ? 0 : capacity[out]
        }
        head.base[Int(position)] = Int32(other)
        self.capacity.base[Int(position)] = out < 0 ? 0 : capacity[out]
        arc.base[Int(position)] = Int32(out)
        position += 1
      }
    }
  }

  /// Gives arcs other capacities; what flows stays as it is.
  func take(_ amounts: [Int]) {
    for half in 0..<head.count {
      let amount = arc.base[half] < 0 ? 0 : amounts[Int(arc.base[half])]
      capacity.base[half] = amount
      capacityBack.base[Int(mate.base[half])] = amount
    }
  }

  /// Puts the flow between two nodes where potentials want it: nothing between equal ones, as much as there is room for where
  /// the rise is more than the cost of an arc, and anything between where it is the cost.
  @inline(__always)
  func fit(_ half: Int, rise: Int32) {
    let (most, least) = (capacity.base[half], -capacityBack.base[half])
    let high = rise > 0 ? most : 0
    let low = rise < 0 ? least : 0
    let fitting =
      rise > 1 ? most : rise < -1 ? least : min(max(flow.base[half], low), high)
    flow.base[half] = fitting
    flow.base[Int(mate.base[half])] = -fitting
  }

  /// What the flow leaves of all capacities together.
  var goingRound: Int128 {
    (0..<head.count).reduce(0) { $0 + Int128(capacity.base[$1] - max(0, flow.base[$1])) }
  }

  /// The halves at a node.
  @inline(__always)
  func row(_ node: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(rowStart.base[node]), Int(rowStart.base[node + 1])))
  }
}

/// The arcs within components, seen from both ends.
private struct InsideArcs {
  private let graph: SparseGraph
  private let component: [Int]
  /// The arcs that lead to each node, by where they start.
  private let inStart: [Int32]
  private let inSource: Column<Int32>

  init(_ graph: SparseGraph, _ component: [Int]) {
    self.graph = graph
    self.component = component
    var start = [Int32](repeating: 0, count: graph.nodeCount + 2)
    for node in 0..<graph.nodeCount {
      for arc in graph.row(node) where component[graph.target[arc]] == component[node] {
        start[graph.target[arc] + 2] += 1
      }
    }
    for node in 0..<graph.nodeCount { start[node + 2] += start[node + 1] }
    inSource = Column(unwritten: Int(start[graph.nodeCount + 1]))
    for node in 0..<graph.nodeCount {
      for arc in graph.row(node) where component[graph.target[arc]] == component[node] {
        let place = Int(start[graph.target[arc] + 1])
        start[graph.target[arc] + 1] += 1
        inSource.base[place] = Int32(node)
      }
    }
    inStart = start
  }

  /// Gives `body` each node that `node` pays or is paid by, in order, and the arc to it or −1.
  @inline(__always)
  func eachPair(at node: NodeIndex, _ body: (_ other: NodeIndex, _ out: Int) -> Void) {
    let own = component[node]
    var arc = graph.rowStart[node]
    let end = graph.rowStart[node + 1]
    var place = Int(inStart[node])
    let last = Int(inStart[node + 1])
    while true {
      while arc < end, component[graph.target[arc]] != own { arc += 1 }
      let payee = arc < end ? graph.target[arc] : .max
      let payer = place < last ? Int(inSource.base[place]) : .max
      let other = min(payee, payer)
      guard other < .max else { return }
      body(other, payee == other ? arc : -1)
      if payee == other { arc += 1 }
      if payer == other { place += 1 }
    }
  }
}

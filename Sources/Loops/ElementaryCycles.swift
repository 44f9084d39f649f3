public import Networks

/// The loops of a network: closed walks that visit no party twice.
///
/// Johnson, "Finding all the elementary circuits of a directed graph", *SIAM Journal on Computing*
/// 4(1), 1975, doi:10.1137/0204007, within strongly connected components. Their number grows
/// exponentially, so they are streamed, never collected, and every search has a limit.
public struct ElementaryCycles: Sendable {
  private let graph: SparseGraph
  private let maximumLength: Int

  /// The loops of `graph` with at most `maximumLength` arcs.
  ///
  /// An arc from a node to itself is a loop of length 1. Parallel arcs make loops of their own.
  public init(in graph: SparseGraph, maximumLength: Int = .max) {
    self.graph = graph
    self.maximumLength = maximumLength
  }

  /// Hands loops to `consume` until there are no more or `limit` have been handed over.
  ///
  /// Each begins at its smallest node. The order is always the same.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - consume: Is given the nodes of a loop, each once.
  /// - Returns: Whether these were all loops; `false` where the limit hid at least one.
  /// - Complexity: O(*n* + *m*) for each loop, without a bound on length.
  public func forEach(limit: Int, _ consume: (ArraySlice<NodeIndex>) -> Void) -> Bool {
    var remaining = limit
    func emit(_ cycle: ArraySlice<NodeIndex>) -> Bool {
      guard remaining > 0 else { return false }
      remaining -= 1
      consume(cycle)
      return true
    }
    guard maximumLength >= 1 else { return true }
    for node in 0..<graph.nodeCount {
      for arc in graph.row(node) where graph.target[arc] == node {
        guard emit([node]) else { return false }
      }
    }
    guard maximumLength >= 2 else { return true }
    var work = Array(parts(of: graph, nodes: Array(0..<graph.nodeCount)).reversed())
    while let part = work.popLast() {
      func found(_ path: [NodeIndex]) -> Bool { emit(path.map { part.nodes[$0] }[...]) }
      if maximumLength < part.nodes.count {
        var search = BoundedSearch(part.graph, maximumLength: maximumLength)
        guard search.run(found) else { return false }
      } else {
        var circuit = JohnsonCircuit(part.graph)
        guard circuit.run(found) else { return false }
        let rest = part.graph.withoutFirstNode
        work += parts(of: rest, nodes: Array(part.nodes.dropFirst())).reversed()
      }
    }
    return true
  }

  /// A strong component with its own numbering.
  private struct Part {
    let graph: SparseGraph
    /// The nodes by their numbers in the whole, ascending.
    let nodes: [NodeIndex]
  }

  private func parts(of graph: SparseGraph, nodes: [NodeIndex]) -> [Part] {
    let components = StrongComponents(of: graph)
    var position = [Int](repeating: 0, count: graph.nodeCount)
    return components.members.filter { $0.count > 1 }.map { members in
      for (index, node) in members.enumerated() { position[node] = index }
      var arcs: [(source: Int, target: Int)] = []
      for (index, node) in members.enumerated() {
        for arc in graph.row(node) {
          let target = graph.target[arc]
          guard target != node, components.component[target] == components.component[node]
          else { continue }
          arcs.append((source: index, target: position[target]))
        }
      }
      return Part(
        graph: SparseGraph(nodeCount: members.count, arcs: arcs),
        nodes: members.map { nodes[$0] }
      )
    }
  }
}

/// Johnson's CIRCUIT from node 0 of a strong component, with the recursion unrolled.
private struct JohnsonCircuit {
  private let graph: SparseGraph
  private var blocked: [Bool]
  /// B: which nodes to unblock together with a node.
  private var waiting: [[NodeIndex]]
  private var closed: [Bool]
  private var path: [NodeIndex] = [0]
  private var nextArc: [Int]

  init(_ graph: SparseGraph) {
    self.graph = graph
    blocked = [Bool](repeating: false, count: graph.nodeCount)
    waiting = [[NodeIndex]](repeating: [], count: graph.nodeCount)
    closed = blocked
    nextArc = [graph.rowStart[0]]
    blocked[0] = true
  }

  /// Gives each loop to `found` until that says to stop; says whether it never did.
  mutating func run(_ found: ([NodeIndex]) -> Bool) -> Bool {
    while let node = path.last, let arc = nextArc.last {
      guard arc < graph.rowStart[node + 1] else {
        leave(node)
        continue
      }
      nextArc[nextArc.count - 1] = arc + 1
      let target = graph.target[arc]
      if target == 0 {
        guard found(path) else { return false }
        for node in path { closed[node] = true }
      } else if !blocked[target] {
        path.append(target)
        nextArc.append(graph.rowStart[target])
        closed[target] = false
        blocked[target] = true
      }
    }
    return true
  }

  private mutating func leave(_ node: NodeIndex) {
    if closed[node] {
      unblock(node)
    } else {
      for arc in graph.row(node) where !waiting[graph.target[arc]].contains(node) {
        waiting[graph.target[arc]].append(node)
      }
    }
    path.removeLast()
    nextArc.removeLast()
  }

  private mutating func unblock(_ node: NodeIndex) {
    var stack = [node]
    while let next = stack.popLast() {
      guard blocked[next] else { continue }
      blocked[next] = false
      stack += waiting[next]
      waiting[next] = []
    }
  }
}

/// The loops of a strong component with a bounded number of arcs, each from its smallest node.
///
/// Follows only arcs from which the way back still fits.
private struct BoundedSearch {
  private let graph: SparseGraph
  private let reversed: SparseGraph
  private let maximumLength: Int
  /// The fewest arcs from each node to the start, where that may fit; else below zero.
  private var wayBack: [Int]
  private var isOnPath: [Bool]

  init(_ graph: SparseGraph, maximumLength: Int) {
    self.graph = graph
    self.maximumLength = maximumLength
    reversed = graph.reversed.graph
    wayBack = [Int](repeating: -1, count: graph.nodeCount)
    isOnPath = [Bool](repeating: false, count: graph.nodeCount)
  }

  /// Gives each loop to `found` until that says to stop; says whether it never did.
  mutating func run(_ found: ([NodeIndex]) -> Bool) -> Bool {
    for start in 0..<graph.nodeCount {
      let near = findWaysBack(to: start)
      let isComplete = search(from: start, found)
      for node in near { wayBack[node] = -1 }
      guard isComplete else { return false }
    }
    return true
  }

  /// Goes backwards from `start` over larger nodes, and returns those reached.
  private mutating func findWaysBack(to start: NodeIndex) -> [NodeIndex] {
    wayBack[start] = 0
    var queue = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      guard wayBack[node] + 1 < maximumLength else { break }
      for arc in reversed.row(node) {
        let source = reversed.target[arc]
        guard source > start, wayBack[source] < 0 else { continue }
        wayBack[source] = wayBack[node] + 1
        queue.append(source)
      }
    }
    return queue
  }

  private mutating func search(from start: NodeIndex, _ found: ([NodeIndex]) -> Bool) -> Bool {
    var path = [start]
    var nextArc = [graph.rowStart[start]]
    while let node = path.last, let arc = nextArc.last {
      guard arc < graph.rowStart[node + 1] else {
        isOnPath[node] = false
        path.removeLast()
        nextArc.removeLast()
        continue
      }
      nextArc[nextArc.count - 1] = arc + 1
      let target = graph.target[arc]
      if target == start {
        guard found(path) else { return false }
      } else if wayBack[target] > 0, !isOnPath[target],
        path.count + wayBack[target] <= maximumLength
      {
        isOnPath[target] = true
        path.append(target)
        nextArc.append(graph.rowStart[target])
      }
    }
    return true
  }
}

extension SparseGraph {
  /// The graph without node 0; every other node moves down by one.
  fileprivate var withoutFirstNode: SparseGraph {
    var rowStart = [0]
    var target: [NodeIndex] = []
    for node in 1..<max(nodeCount, 1) {
      for arc in row(node) where self.target[arc] != 0 { target.append(self.target[arc] - 1) }
      rowStart.append(target.count)
    }
    return SparseGraph(rowStart: rowStart, target: target)
  }
}

extension FlowNetwork {
  /// Counts the loops of the network, payments to oneself among them as loops of length 1.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - maximumLength: The most payments in a loop.
  ///   - topCount: How many loops with the largest bottlenecks to keep.
  /// - Returns: The count, which says whether it is complete.
  public func elementaryCycles(
    limit: Int,
    maximumLength: Int = .max,
    topCount: Int = 10
  ) -> CycleTally {
    var tally = CycleTally(topCount: topCount)
    let oneself = maximumLength >= 1 ? selfFlows : []
    for flow in oneself.prefix(limit) { tally.add([flow.payer], amounts: [flow.weight]) }
    let cycles = ElementaryCycles(in: graph, maximumLength: maximumLength)
    let isComplete = cycles.forEach(limit: max(0, limit - oneself.count)) { cycle in
      let next = cycle.dropFirst() + cycle.prefix(1)
      tally.add(cycle, amounts: zip(cycle, next).map { weight(from: $0, to: $1) })
    }
    tally.isComplete = isComplete && oneself.count <= limit
    return tally
  }
}

/// The loops of a network: closed walks that visit no party twice.
///
/// Their number grows exponentially, so they are streamed, never collected, and every search has a limit.
/// Loops of few arcs are walked from the hubs; those of any length after Johnson, "Finding all the
/// elementary circuits of a directed graph", *SIAM Journal on Computing* 4(1), 1975, doi:10.1137/0204007,
/// within strongly connected components.
public struct ElementaryCycles: Sendable {
  /// The number of arcs up to which loops are counted without walking each of them.
  package static let fewArcs = 10

  private let graph: SparseGraph
  private let maximumLength: Int

  /// The loops of `graph` with at most `maximumLength` arcs.
  ///
  /// An arc from a node to itself is a loop of length 1. Parallel arcs make loops of their own.
  public init(in graph: SparseGraph, maximumLength: Int = .max) {
    self.graph = graph
    self.maximumLength = maximumLength
  }

  /// How many loops there are of each length, from 0.
  ///
  /// - Parameters:
  ///   - limit: The number of loops above which to stop.
  ///   - threads: How many threads to use; the answer does not depend on it.
  /// - Returns: The numbers; `nil` where there are more loops than `limit`.
  /// - Complexity: Up to 10 arcs the walks of two arcs fewer, all nodes; else as ``forEach(limit:_:)``.
  public func countByLength(limit: Int = .max, threads: Int = 1) -> [Int]? {
    guard maximumLength >= 2, maximumLength <= Self.fewArcs else {
      var counts: [Int] = []
      let isComplete = forEach(limit: limit) { cycle in
        while counts.count <= cycle.count { counts.append(0) }
        counts[cycle.count] += 1
        return true
      }
      return isComplete ? counts : nil
    }
    let toOneself = (0..<graph.nodeCount).map { node in
      graph.row(node).count { graph.target[$0] == node }
    }.reduce(0, +)
    guard toOneself <= limit else { return nil }
    let counting = CycleCounting(of: graph, maximumLength: maximumLength)
    var counts = counting.byLength(limit: limit - toOneself, threads: threads)
    counts?[1] = toOneself
    return counts
  }

  /// How many arcs it may take to find a loop: a search that finds loops faster ends at a limit of loops, not
  /// of work.
  public static let workOfALoop = 50

  /// Hands loops to `consume` until there are no more or `limit` have been handed over.
  ///
  /// Each begins at its smallest node. The order is always the same.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - workLimit: How many arcs may be looked at, and nodes handed over, before stopping, beyond
  ///     ``workOfALoop`` for each loop found.
  ///   - consume: Is given the nodes of a loop, each once; says whether to go on.
  /// - Returns: Whether these were all loops; `false` where a limit hid at least one, or may have, or
  ///   `consume` said to stop.
  /// - Complexity: O(*n* + *m*) for each loop, without a bound on length.
  public func forEach(
    limit: Int,
    workLimit: Int = .max,
    _ consume: (ArraySlice<NodeIndex>) -> Bool
  ) -> Bool {
    var remaining = limit
    var workLeft = min(workLimit, .max / 2)
    func emit(_ cycle: ArraySlice<NodeIndex>) -> Bool {
      guard remaining > 0, workLeft > 0 else { return false }
      remaining -= 1
      workLeft += Self.workOfALoop - cycle.count
      return consume(cycle)
    }
    guard maximumLength >= 1 else { return true }
    for node in 0..<graph.nodeCount {
      for arc in graph.row(node) where graph.target[arc] == node {
        guard emit([node]) else { return false }
      }
    }
    guard maximumLength >= 2 else { return true }
    if maximumLength <= Self.fewArcs {
      var search = BoundedCycles(of: graph, maximumLength: maximumLength)
      return search.run(emit)
    }
    return searchParts(emit) { work in
      workLeft -= work
      return workLeft > 0
    }
  }

  /// Searches each strong component by itself, as long as `afford` allows for the work.
  private func searchParts(
    _ emit: (ArraySlice<NodeIndex>) -> Bool,
    afford: (_ work: Int) -> Bool
  ) -> Bool {
    var work = Array(parts(of: graph, nodes: Array(0..<graph.nodeCount)).reversed())
    while let part = work.popLast() {
      func found(_ path: ArraySlice<NodeIndex>) -> Bool { emit(path.map { part.nodes[$0] }[...]) }
      if maximumLength < part.nodes.count {
        var search = BoundedCycles(of: part.graph, maximumLength: maximumLength)
        guard search.run(afford: afford, found) else { return false }
      } else {
        var circuit = JohnsonCircuit(part.graph)
        guard circuit.run(found, afford: afford) else { return false }
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
    return components.circles.map { members in
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

  /// Gives each loop to `found` until that says to stop, or `afford` does; says whether they never did.
  mutating func run(
    _ found: (ArraySlice<NodeIndex>) -> Bool,
    afford: (_ work: Int) -> Bool
  ) -> Bool {
    // The component is looked through to find it, and to take its first node out.
    guard afford(graph.nodeCount + graph.target.count) else { return false }
    while let node = path.last, let arc = nextArc.last {
      guard arc < graph.rowStart[node + 1] else {
        guard afford(leave(node)) else { return false }
        continue
      }
      nextArc[nextArc.count - 1] = arc + 1
      let target = graph.target[arc]
      if target == 0 {
        guard found(path[...]) else { return false }
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

  /// Goes back from a node; says how many nodes and arcs it looked at since it came.
  private mutating func leave(_ node: NodeIndex) -> Int {
    var work = 1 + graph.row(node).count
    if closed[node] {
      work += unblock(node)
    } else {
      for arc in graph.row(node) {
        let target = graph.target[arc]
        work += waiting[target].count
        if !waiting[target].contains(node) { waiting[target].append(node) }
      }
    }
    path.removeLast()
    nextArc.removeLast()
    return work
  }

  private mutating func unblock(_ node: NodeIndex) -> Int {
    var stack = [node]
    var work = 0
    while let next = stack.popLast() {
      work += 1
      guard blocked[next] else { continue }
      blocked[next] = false
      stack += waiting[next]
      waiting[next] = []
    }
    return work
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

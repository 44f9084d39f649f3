import Networks

/// All largest circulations of a component, given one of them and its potentials.
///
/// By complementary slackness, a circulation is optimal just if arcs that would gain are full and arcs
/// that would lose are empty. What is left free are the arcs that gain nothing: any two optima differ
/// by flows that go round over these.
struct OptimalFace: Sendable {
  private let nodeCount: Int
  private let source: [NodeIndex]
  private let target: [NodeIndex]
  private let capacity: [Int]
  private let flow: [Int]
  /// The free arcs at each node, leaving and entering.
  private let leaving: [[Int]]
  private let entering: [[Int]]
  private let through: [Int]

  init(
    nodeCount: Int,
    source: [NodeIndex],
    target: [NodeIndex],
    capacity: [Int],
    flow: [Int],
    potential: [Int]
  ) {
    var leaving = [[Int]](repeating: [], count: nodeCount)
    var entering = [[Int]](repeating: [], count: nodeCount)
    var through = [Int](repeating: 0, count: nodeCount)
    for arc in source.indices {
      through[source[arc]] += flow[arc]
      guard 1 + potential[source[arc]] - potential[target[arc]] == 0 else { continue }
      leaving[source[arc]].append(arc)
      entering[target[arc]].append(arc)
    }
    self.nodeCount = nodeCount
    self.source = source
    self.target = target
    self.capacity = capacity
    self.flow = flow
    self.leaving = leaving
    self.entering = entering
    self.through = through
  }

  /// The least and the most that goes through `node` in any optimum.
  func range(at node: NodeIndex) -> (low: Int, high: Int) {
    (
      through[node] - largestChange(at: node, isIncrease: false),
      through[node] + largestChange(at: node, isIncrease: true)
    )
  }

  /// The most by which flow through `node` can change: a largest flow from it round to itself.
  ///
  /// More goes through it along paths that leave and come back by filling arcs; less along paths that
  /// begin and end by emptying them. Shortest augmenting paths: Edmonds and Karp, "Theoretical
  /// improvements in algorithmic efficiency for network flow problems", *Journal of the ACM* 19(2),
  /// 1972, doi:10.1145/321694.321699.
  private func largestChange(at node: NodeIndex, isIncrease: Bool) -> Int {
    guard !leaving[node].isEmpty, !entering[node].isEmpty else { return 0 }
    var flow = flow
    var change = 0
    while let path = shortestPath(at: node, isIncrease: isIncrease, flow) {
      let room = path.map { $0.isFilling ? capacity[$0.arc] - flow[$0.arc] : flow[$0.arc] }
      let amount = room.min() ?? 0
      for step in path { flow[step.arc] += step.isFilling ? amount : -amount }
      change += amount
    }
    return change
  }

  private struct Step {
    let arc: Int
    let isFilling: Bool
  }

  private func shortestPath(at node: NodeIndex, isIncrease: Bool, _ flow: [Int]) -> [Step]? {
    var reachedBy = [Step?](repeating: nil, count: nodeCount)
    var queue = [node]
    var head = 0
    while head < queue.count {
      let here = queue[head]
      head += 1
      let isStart = head == 1
      for step in steps(from: here, flow) where !isStart || step.isFilling == isIncrease {
        let next = step.isFilling ? target[step.arc] : source[step.arc]
        if next == node {
          guard !isStart, step.isFilling == isIncrease else { continue }
          return path(to: here, from: node, reachedBy) + [step]
        }
        guard reachedBy[next] == nil else { continue }
        reachedBy[next] = step
        queue.append(next)
      }
    }
    return nil
  }

  private func steps(from node: NodeIndex, _ flow: [Int]) -> [Step] {
    leaving[node].filter { flow[$0] < capacity[$0] }.map { Step(arc: $0, isFilling: true) }
      + entering[node].filter { flow[$0] > 0 }.map { Step(arc: $0, isFilling: false) }
  }

  private func path(to end: NodeIndex, from start: NodeIndex, _ reachedBy: [Step?]) -> [Step] {
    var steps: [Step] = []
    var node = end
    while node != start, let step = reachedBy[node] {
      steps.append(step)
      node = step.isFilling ? source[step.arc] : target[step.arc]
    }
    return steps.reversed()
  }
}

import Graphs
import Numerics
import Networks
import TestKit
import Testing

@Test(arguments: UInt64(0)..<200) func componentsAreThoseThatReachEachOther(seed: UInt64) throws {
  var rng = SplitMix64(seed: seed)
  let size = seed < 100 ? 1...12 : 12...40
  let density = seed < 100 ? 0.05...0.3 : 0.01...0.08
  let graph = try FlowNetwork.random(nodes: size, density: density, using: &rng).graph
  let reach = (0..<graph.nodeCount).map { reachable(from: $0, in: graph) }
  let strong = StrongComponents(of: graph)
  let weak = graph.weakComponents
  for a in 0..<graph.nodeCount {
    for arc in graph.row(a) {
      #expect(strong.component[graph.target[arc]] <= strong.component[a])
      #expect(weak.component[graph.target[arc]] == weak.component[a])
    }
    for b in 0..<graph.nodeCount {
      let isSame = reach[a].contains(b) && reach[b].contains(a)
      #expect((strong.component[a] == strong.component[b]) == isSame)
    }
  }
  #expect(Set(strong.component) == Set(0..<strong.count))
  #expect(strong.circles == strong.members.filter { $0.count > 1 })
  #expect(Set(weak.component) == Set(0..<weak.count))
  #expect(graph.reversed.graph.reversed.graph == graph)
}

private func reachable(from start: Int, in graph: SparseGraph) -> Set<Int> {
  var seen: Set<Int> = [start]
  var stack = [start]
  while let node = stack.popLast() {
    for arc in graph.row(node) where seen.insert(graph.target[arc]).inserted {
      stack.append(graph.target[arc])
    }
  }
  return seen
}

@Test func aMillionNodesInARow() {
  let count = 1_000_000
  let path = SparseGraph(
    rowStart: Array(0..<count) + [count - 1],
    target: Array(1..<count)
  )
  #expect(StrongComponents(of: path).count == count)
  #expect(path.weakComponents.count == 1)
}

@Test func streamsDependOnSeedAndPathAlone() {
  var first = RandomStream(seed: 1, path: 2)
  var same = RandomStream(seed: 1, path: 2)
  var other = RandomStream(seed: 1, path: 3)
  let drawn = (0..<1_000).map { _ in first.whole(below: 6) }
  #expect(drawn == (0..<1_000).map { _ in same.whole(below: 6) })
  #expect(drawn != (0..<1_000).map { _ in other.whole(below: 6) })
  #expect(Set(drawn) == Set(0..<6))
  #expect((0..<1_000).allSatisfy { _ in (0..<1).contains(first.unit()) })
}

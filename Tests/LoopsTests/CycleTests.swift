import Columns
import Graphs
import Loops
import Networks
import TestKit
import Testing

@Suite struct ElementaryCycleTests {
  /// Two thousand networks.
  @Test(arguments: UInt64(0)..<20) func matchesBruteForce(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let network = try FlowNetwork.random(nodes: 1...6, using: &rng)
      let longest = [1, 2, 3, 5, Int.max].randomElement(using: &rng) ?? 0
      var found: [[Int]] = []
      let cycles = ElementaryCycles(in: network.graph, maximumLength: longest)
      let isComplete = cycles.forEach(limit: .max) {
        found.append(Array($0))
        return true
      }
      #expect(isComplete)
      let wanted = everyCycle(network).filter { $0.count <= longest }
      #expect(found.sorted(by: precedes) == wanted.sorted(by: precedes))
    }
  }

  /// Two thousand graphs, arcs side by side and to oneself included.
  @Test(arguments: UInt64(0)..<20) func countsMatchBruteForce(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let count = Int.random(in: 1...8, using: &rng)
      let arcs = (0..<Int.random(in: 0...3 * count, using: &rng)).map { _ in
        (
          source: Int.random(in: 0..<count, using: &rng),
          target: Int.random(in: 0..<count, using: &rng)
        )
      }
      let graph = SparseGraph(nodeCount: count, arcs: arcs)
      expectCounts(
        of: graph,
        everyCycle(graph).map(\.count),
        upTo: Int.random(in: 0...7, using: &rng)
      )
    }
  }

  private func expectCounts(of graph: SparseGraph, _ all: [Int], upTo longest: Int) {
    let cycles = ElementaryCycles(in: graph, maximumLength: longest)
    let wanted = all.filter { $0 <= longest }
    for threads in [1, 3] {
      let counts = cycles.countByLength(threads: threads) ?? []
      #expect(counts.reduce(0, +) == wanted.count)
      for (length, number) in counts.enumerated() {
        #expect(number == wanted.count { $0 == length })
      }
    }
    var streamed: [Int] = []
    #expect(
      cycles.forEach(limit: .max) {
        streamed.append($0.count)
        return true
      }
    )
    #expect(streamed.sorted() == wanted.sorted())
    if !wanted.isEmpty { #expect(cycles.countByLength(limit: wanted.count - 1) == nil) }
  }

  /// Of few hops, only what can come to the top is walked: the same as when everything is.
  @Test(arguments: UInt64(0)..<50) func theTopOfFewHops(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let network = try FlowNetwork.random(nodes: 5...8, largest: 9, using: &rng)
    let all = network.elementaryCycles(limit: .max, topCount: .max).top.filter {
      $0.nodes.count <= 4
    }
    let few = network.elementaryCycles(limit: .max, maximumLength: 4, topCount: 6, threads: 2)
    #expect(few.top == Array(all.prefix(6)))
    #expect(few.count == all.count)
    #expect(few.isComplete)
    guard few.count > 1 else { return }
    let some = network.elementaryCycles(limit: few.count - 1, maximumLength: 4)
    #expect(some.count == few.count - 1)
    #expect(!some.isComplete)
  }

  private func everyCycle(_ network: FlowNetwork) -> [[Int]] { everyCycle(network.graph) }

  private func everyCycle(_ graph: SparseGraph) -> [[Int]] {
    var found: [[Int]] = []
    func extend(_ path: [Int]) {
      for arc in graph.row(path[path.count - 1]) {
        let next = graph.target[arc]
        if next == path[0] { found.append(path) }
        if next > path[0], !path.contains(next) { extend(path + [next]) }
      }
    }
    for start in 0..<graph.nodeCount { extend([start]) }
    return found
  }

  private func precedes(_ a: [Int], _ b: [Int]) -> Bool { a.lexicographicallyPrecedes(b) }

  @Test func aLimitSaysWhatItHides() throws {
    var rng = SplitMix64(seed: 3)
    let network = try FlowNetwork.random(nodes: 6...6, density: 0.9...0.9, using: &rng)
    let all = network.elementaryCycles(limit: .max)
    #expect(all.isComplete)
    #expect(network.elementaryCycles(limit: all.count).isComplete)
    let some = network.elementaryCycles(limit: all.count - 1)
    #expect(!some.isComplete)
    #expect(some.count == all.count - 1)
  }

  /// Where everybody pays everybody, loops are without number, and no search goes on for long.
  @Test func whatCannotBeCountedIsCutShort() throws {
    let network = try everybodyPaysEverybody(40)
    let some = network.elementaryCycles(limit: 100_000, workLimit: 20_000)
    #expect(!some.isComplete)
    #expect(1..<100_000 ~= some.count)
    for hops in [10, 12] {
      let few = network.elementaryCycles(limit: 100, maximumLength: hops)
      #expect(few.count == 100)
      #expect(!few.isComplete)
    }
  }

  /// Among n who all pay each other there are Σ C(n, k)·(k − 1)! loops: none is lost to the bound on work.
  @Test func loopsThatComeEasilyAreAllCounted() throws {
    let tally = try everybodyPaysEverybody(8).elementaryCycles(limit: .max, workLimit: 10_000)
    #expect(tally.count == 28 + 56 * 2 + 70 * 6 + 56 * 24 + 28 * 120 + 8 * 720 + 5_040)
    #expect(tally.isComplete)
  }

  private func everybodyPaysEverybody(_ count: Int) throws -> FlowNetwork {
    try FlowNetwork(
      nodes: (0..<count).map { "\($0)" },
      flows: (0..<count).flatMap { payer in
        (0..<count).filter { $0 != payer }.map { .init(payer: payer, payee: $0, weight: 1) }
      }
    )
  }

  @Test(arguments: [11, 12, 40]) func longLoopsAreSearchedWithinAWorkLimit(length: Int) {
    var rng = SplitMix64(seed: 5)
    let ring = (0..<1_000).shuffled(using: &rng)
    let arcs = zip(ring, ring.dropFirst() + ring.prefix(1)).map { (source: $0, target: $1) }
    let cycles = ElementaryCycles(
      in: SparseGraph(nodeCount: ring.count, arcs: arcs),
      maximumLength: length
    )
    #expect(!cycles.forEach(limit: .max, workLimit: 100) { _ in true })
    #expect(cycles.forEach(limit: .max) { _ in true })
  }

  @Test func theTopHasTheLargestBottlenecks() throws {
    var rng = SplitMix64(seed: 4)
    let network = try FlowNetwork.random(nodes: 7...7, density: 0.8...0.8, using: &rng)
    let all = network.elementaryCycles(limit: .max, topCount: .max)
    #expect(all.top.count == all.count)
    #expect(zip(all.top, all.top.dropFirst()).allSatisfy { $0.bottleneck >= $1.bottleneck })
    let top = network.elementaryCycles(limit: .max, topCount: 5).top
    #expect(top == Array(all.top.prefix(5)))
  }

  @Test func paymentsToOneselfAreLoops() throws {
    let network = try FlowNetwork(
      nodes: ["a", "b"],
      flows: [
        .init(payer: 0, payee: 0, weight: 3), .init(payer: 0, payee: 1, weight: 5),
        .init(payer: 1, payee: 0, weight: 4),
      ]
    )
    let tally = network.elementaryCycles(limit: 10)
    #expect(tally.byLength == [0, 1, 1])
    #expect(tally.top.map(\.bottleneck) == [4, 3])
    #expect(tally.top.map(\.total) == [9, 3])
    #expect(!network.elementaryCycles(limit: 0).isComplete)
  }

  @Test func longPathsNeedNoStack() {
    let count = 200_000
    let ring = SparseGraph(
      nodeCount: count,
      arcs: (0..<count).map { (source: $0, target: ($0 + 1) % count) }
    )
    var lengths: [Int] = []
    let isComplete = ElementaryCycles(in: ring).forEach(limit: 10) {
      lengths.append($0.count)
      return true
    }
    #expect(isComplete)
    #expect(lengths == [count])
  }
}

@Suite struct TemporalCycleTests {
  /// Three thousand networks, with ties, parallel payments and payments to oneself, each counted with and
  /// without ties allowed; limits on hops, amounts and their change in half of them, on one thread to three.
  @Test(arguments: UInt64(0)..<30) func matchesBruteForce(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let nodeCount = Int.random(in: 2...5, using: &rng)
      // Seconds, days, or so far apart that the search first sees times blurred; within them seconds.
      let unit = [1, 86_400, 1 << 19, 1 << 31, 1 << 40].randomElement(using: &rng) ?? 1
      let seconds = Bool.random(using: &rng) ? 0 : 3
      let transfers = (0..<Int.random(in: 0...14, using: &rng)).map { _ in
        Transfer(
          payer: Int.random(in: 0..<nodeCount, using: &rng),
          payee: Int.random(in: 0..<nodeCount, using: &rng),
          time: Int.random(in: -4...5, using: &rng) * unit
            + Int.random(in: 0...seconds, using: &rng),
          amount: Double(Int.random(in: 1...6, using: &rng))
        )
      }
      for allowsTies in [false, true] {
        var rules = TemporalCycles.Rules(
          window: Int.random(in: 0...9, using: &rng) * unit
            + Int.random(in: 0...seconds, using: &rng)
        )
        rules.allowsTies = allowsTies
        if Bool.random(using: &rng) { rules.maximumLength = Int.random(in: 1...4, using: &rng) }
        if Bool.random(using: &rng) { rules.minimumAmount = 2 }
        if Bool.random(using: &rng) { rules.tolerance = 0.5 }
        expectMatch(transfers, nodeCount, rules, threads: Int.random(in: 1...3, using: &rng))
      }
    }
  }

  private func expectMatch(
    _ transfers: [Transfer],
    _ nodeCount: Int,
    _ rules: TemporalCycles.Rules,
    threads: Int
  ) {
    var found: [[Int]] = []
    let columns = TransferColumns(transfers, nodeCount: nodeCount)
    let cycles = TemporalCycles(of: columns, rules: rules, threads: threads)
    let isComplete = cycles.forEach(limit: .max) {
      found.append($0)
      return true
    }
    #expect(isComplete)
    var request = TemporalCycles.Request(limit: .max)
    request.threads = threads
    #expect(cycles.answer(request).tally.count == found.count)
    // Rotated to begin at the smallest position, a loop is itself once, whatever its first transfer.
    let wanted = everyCycle(transfers, rules).map(rotated)
    #expect(
      found.map(rotated).sorted { $0.lexicographicallyPrecedes($1) }
        == Set(wanted).sorted { $0.lexicographicallyPrecedes($1) }
    )
  }

  private func rotated(_ path: [Int]) -> [Int] {
    let first = path.indices.min { path[$0] < path[$1] } ?? 0
    return Array(path[first...] + path[..<first])
  }

  private func everyCycle(_ transfers: [Transfer], _ rules: TemporalCycles.Rules) -> [[Int]] {
    var found: [[Int]] = []
    func extend(_ path: [Int]) {
      let first = transfers[path[0]]
      let last = transfers[path[path.count - 1]]
      if path.count > 1, last.payee == first.payer { return found.append(path) }
      guard path.count < rules.maximumLength else { return }
      for (index, next) in transfers.enumerated() where next.payer == last.payee {
        let isLater = rules.allowsTies ? next.time >= last.time : next.time > last.time
        guard isLater, next.time - first.time <= rules.window, next.payee != next.payer,
          next.amount >= rules.minimumAmount,
          rules.tolerance == .infinity
            || abs(next.amount - last.amount) <= rules.tolerance * last.amount
        else { continue }
        let payees = path.map { transfers[$0].payee }
        if !payees.contains(next.payee) { extend(path + [index]) }
      }
    }
    for (index, transfer) in transfers.enumerated() where transfer.payer != transfer.payee {
      if transfer.amount >= rules.minimumAmount { extend([index]) }
    }
    return found
  }

  @Test func aLimitSaysWhatItHides() {
    let transfers = [(0, 1, 0), (1, 0, 1), (1, 0, 2)].map {
      Transfer(payer: $0.0, payee: $0.1, time: $0.2, amount: 1)
    }
    let cycles = TemporalCycles(of: transfers, nodeCount: 2, rules: .init(window: .max))
    #expect(cycles.tally(limit: 2).isComplete)
    #expect(!cycles.tally(limit: 1).isComplete)
    #expect(cycles.tally(limit: 1).count == 1)
  }
}

import Columns
import Loops
import TestKit

/// The most that comes back, by a network with a node for every party at every moment, and searches breadth first.
struct BruteReturns {
  let transfers: [Transfer]
  let nodeCount: Int
  let rules: MoneyReturns.Rules

  /// Ways through at least two others stand beside all, and beside ways of two.
  enum Kind { case all, throughOthers, betweenTwo }

  func most(_ party: Int, from time: Int, _ kind: Kind) -> Int64 {
    most(party, time...(time + rules.window), kind)
  }

  /// The most that comes back within a span of time of what left in it, or only of what left at one time.
  func most(
    _ party: Int,
    _ span: ClosedRange<Int>,
    _ kind: Kind,
    leavingAt time: Int? = nil
  ) -> Int64 {
    let held = transfers.filter { span.contains($0.time) && $0.payer != $0.payee }
    let times = Set(held.map(\.time)).sorted()
    var network = BruteFlow(nodeCount: 2 + nodeCount * (times.count + 1) * 2)
    // Of each party at each moment: what came straight (0) and what came through others (1).
    func node(_ party: Int, _ moment: Int, _ copy: Int) -> Int {
      2 + (party * (times.count + 1) + moment) * 2 + copy
    }
    for party in 0..<nodeCount {
      for moment in 0..<times.count {
        for copy in 0...1 {
          network.add(node(party, moment, copy), node(party, moment + 1, copy), 1 << 40)
        }
      }
    }
    let later = rules.allowsTies ? 0 : 1
    for transfer in held where transfer.amount >= rules.minimumAmount {
      guard let moment = times.firstIndex(of: transfer.time) else { continue }
      let gate = network.addNode()
      let copy = transfer.payer == party ? 0 : 1
      if transfer.payer == party {
        if time.map({ $0 == transfer.time }) ?? true { network.add(0, gate, 1 << 40) }
      } else if transfer.payee == party {
        if kind != .throughOthers { network.add(node(transfer.payer, moment, 0), gate, 1 << 40) }
        if kind != .betweenTwo { network.add(node(transfer.payer, moment, 1), gate, 1 << 40) }
      } else if kind != .betweenTwo {
        for copy in 0...1 { network.add(node(transfer.payer, moment, copy), gate, 1 << 40) }
      }
      let target = transfer.payee == party ? 1 : node(transfer.payee, moment + later, copy)
      network.add(gate, target, Int64(transfer.amount))
    }
    return network.most()
  }

  /// Each party's best start, and then those whose windows overlap none, as the definition has it.
  func found(_ kind: Kind) -> [MoneyReturns.Found] {
    (0..<nodeCount).flatMap { party -> [MoneyReturns.Found] in
      let starts = Set(transfers.filter { $0.payer == party && $0.payee != party }.map(\.time))
      let bring = starts.sorted().filter {
        most(party, $0...($0 + rules.window), .all, leavingAt: $0) > 0
      }
      var left = bring.map { (time: $0, most: most(party, from: $0, kind)) }
        .filter { $0.most > 0 }
      var found: [MoneyReturns.Found] = []
      while let best = left.max(by: { ($0.most, -$0.time) < ($1.most, -$1.time) }) {
        left.removeAll { abs($0.time - best.time) <= rules.window }
        found.append(
          MoneyReturns.Found(
            party: party,
            time: best.time,
            most: most(party, from: best.time, .all),
            throughOthers: most(party, from: best.time, .throughOthers),
            betweenTwo: most(party, from: best.time, .betweenTwo)
          )
        )
      }
      return found
    }
  }
}

/// A largest flow by shortest ways, one after another (Edmonds and Karp).
private struct BruteFlow {
  private var edges: [(target: Int, room: Int64)] = []
  private var rows: [[Int]]

  init(nodeCount: Int) { rows = Array(repeating: [], count: nodeCount) }

  mutating func addNode() -> Int {
    rows.append([])
    return rows.count - 1
  }

  mutating func add(_ from: Int, _ to: Int, _ room: Int64) {
    rows[from].append(edges.count)
    edges.append((to, room))
    rows[to].append(edges.count)
    edges.append((from, 0))
  }

  /// The most from node 0 to node 1.
  mutating func most() -> Int64 {
    var sum: Int64 = 0
    while let way = way() {
      let units = way.map { edges[$0].room }.min() ?? 0
      for edge in way {
        edges[edge].room -= units
        edges[edge ^ 1].room += units
      }
      sum += units
    }
    return sum
  }

  private func way() -> [Int]? {
    var came = [Int](repeating: -1, count: rows.count)
    var queue = [0]
    var next = 0
    while next < queue.count {
      for edge in rows[queue[next]] where edges[edge].room > 0 {
        let target = edges[edge].target
        guard target != 0, came[target] < 0 else { continue }
        came[target] = edge
        queue.append(target)
        if target == 1 { return back(came) }
      }
      next += 1
    }
    return nil
  }

  private func back(_ came: [Int]) -> [Int] {
    var way: [Int] = []
    var node = 1
    while node != 0 {
      way.append(came[node])
      node = edges[came[node] ^ 1].target
    }
    return way
  }
}

internal import Columns
internal import Graphs
internal import Numerics
import Networks

/// The largest sources of a network followed through it, all others gathered in one.
///
/// What a party holds of a source is what entered from there and what those who pay it hold: a share
/// x_v = Σ_u (w_uv/T_v)·x_u + e_v/T_v of each, for all sources side by side. Components are taken payers
/// first; within one, sweeps start from nothing over those who are still short, so that shares only grow
/// and what is missing from one is at most what all of a party's fall short of one.
struct SourceTrace: Sendable {
  /// The ids of the sources followed, largest first.
  let sources: [String]
  private let shares: Column<Row>
  /// The share of each party's receipts whose beginning was not reached.
  let untraced: [Double]

  /// The shares of one party: the sources, then the others, then what never entered.
  private typealias Row = SIMD16<Double>
  static let mostSources = 14
  private static let others = 14
  private static let unsourced = 15
  /// What a party may have untraced and be done.
  private static let tolerance = 1e-9
  /// How many payments are gone along in a component.
  static let mostWork = 400_000_000

  /// Follows the sources of `network`, which balances.
  init(_ network: FlowNetwork) {
    let count = network.nodes.count
    let throughflow = network.throughflow
    let ranked = RankedSources(network)
    let entering = Column<Row>(repeating: .zero, count: count)
    for (flow, rank) in zip(network.inflows, ranked.rank) {
      entering.base[flow.node][min(rank, Self.others)] += flow.weight / throughflow[flow.node]
    }
    let shares = Column<Row>(repeating: .zero, count: count)
    let components = StrongComponents(of: network.graph)
    let incoming = network.reversedGraph
    for members in components.members.reversed() {
      let isEntered =
        members.contains { entering.base[$0] != .zero }
        || components.isPaid(members, along: incoming.graph)
      if !isEntered {
        for node in members where throughflow[node] > 0 { shares.base[node][Self.unsourced] = 1 }
        continue
      }
      var (short, work) = (members, 0)
      while !short.isEmpty, work < Self.mostWork {
        let rows = short
        short.removeAll(keepingCapacity: true)
        for node in rows {
          var row = entering.base[node]
          for arc in incoming.graph.row(node) {
            let share = network.weight[incoming.arc[arc]] / throughflow[node]
            row += share * shares.base[incoming.graph.target[arc]]
          }
          work += 1 + incoming.graph.row(node).count
          shares.base[node] = row
          let isDone = members.count == 1 || 1 - row.sum() <= Self.tolerance
          if !isDone { short.append(node) }
        }
      }
    }
    sources = ranked.largest
    self.shares = shares
    untraced = (0..<count).map { node in
      throughflow[node] > 0 ? max(0, 1 - shares.base[node].sum()) : 0
    }
  }

  /// The share of `party`'s receipts that never entered the network.
  func unsourced(_ party: NodeIndex) -> Double { min(1, shares[party][Self.unsourced]) }

  /// The share of `party`'s receipts that began at sources not followed one by one.
  func others(_ party: NodeIndex) -> Double { shares[party][Self.others] }

  /// The sources followed that `party` has a share of, largest first, ties by id.
  func origins(of party: NodeIndex) -> [Provenance.Origin] {
    let row = shares[party]
    return sources.indices.filter { row[$0] > 0 }
      .map { Provenance.Origin(id: sources[$0], share: row[$0]) }
      .sorted { $0.share == $1.share ? $0.id < $1.id : $0.share > $1.share }
  }
}

/// The sources of a network by how much enters from each, ties by id.
private struct RankedSources {
  private(set) var largest: [String] = []
  /// The rank of the source of each inflow.
  private(set) var rank: [Int] = []

  init(_ network: FlowNetwork) {
    var sums = SumsByID()
    let source = network.inflows.map { sums.add($0.weight, to: Provenance.id(of: $0, network)) }
    let order = sums.largestFirst
    var ranks = [Int](repeating: 0, count: order.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    rank = source.map { ranks[$0] }
    largest = order.prefix(SourceTrace.mostSources).map { sums.ids[$0] }
  }
}

/// Amounts added up by id.
struct SumsByID {
  /// The ids as they first came.
  private(set) var ids: [String] = []
  private var number: [String: Int] = [:]
  private var sums: [CompensatedSum] = []

  /// Adds `amount` to what `id` has, and returns the position of the id.
  @discardableResult
  mutating func add(_ amount: Double, to id: String) -> Int {
    let found = number[id] ?? ids.count
    if found == ids.count {
      number[id] = found
      ids.append(id)
      sums.append(CompensatedSum())
    }
    sums[found].add(amount)
    return found
  }

  func amount(_ position: Int) -> Double { sums[position].value }

  /// The positions of the ids by their amounts, ties by id.
  var largestFirst: [Int] {
    ids.indices.sorted { a, b in
      let (x, y) = (amount(a), amount(b))
      return x == y ? ids[a] < ids[b] : x > y
    }
  }
}

extension StrongComponents {
  /// Whether anybody outside a component pays one of its `members`, by the arcs from payees to payers.
  func isPaid(_ members: [NodeIndex], along incoming: SparseGraph) -> Bool {
    members.contains { node in
      incoming.row(node).contains { component[incoming.target[$0]] != component[node] }
    }
  }
}

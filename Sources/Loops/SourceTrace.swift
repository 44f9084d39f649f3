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
  private let shares: FlatArray<Row>
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
  private static let mostWork = 400_000_000

  /// Follows the sources of `network`, which balances.
  init(_ network: FlowNetwork) {
    let count = network.nodes.count
    let throughflow = network.throughflow
    let ranked = RankedSources(network)
    let entering = FlatArray<Row>(repeating: .zero, count: count)
    for (flow, rank) in zip(network.inflows, ranked.rank) {
      entering.base[flow.node][min(rank, Self.others)] += flow.weight / throughflow[flow.node]
    }
    let shares = FlatArray<Row>(repeating: .zero, count: count)
    let components = StrongComponents(of: network.graph)
    let incoming = network.reversedGraph
    for members in components.members.reversed() {
      let isEntered = members.contains { node in
        entering.base[node] != .zero
          || incoming.graph.row(node).contains {
            components.component[incoming.graph.target[$0]] != components.component[node]
          }
      }
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
    var number: [String: Int] = [:]
    var ids: [String] = []
    var amounts: [CompensatedSum] = []
    let source = network.inflows.map { flow in
      let id = Provenance.id(of: flow, network)
      let found = number[id] ?? ids.count
      if found == ids.count {
        number[id] = found
        ids.append(id)
        amounts.append(CompensatedSum())
      }
      amounts[found].add(flow.weight)
      return found
    }
    let order = ids.indices.sorted { a, b in
      let (x, y) = (amounts[a].value, amounts[b].value)
      return x == y ? ids[a] < ids[b] : x > y
    }
    var ranks = [Int](repeating: 0, count: ids.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    rank = source.map { ranks[$0] }
    largest = order.prefix(SourceTrace.mostSources).map { ids[$0] }
  }
}

public import Graphs
internal import Numerics
public import Networks

/// Whose money each receipt is: of what a party receives, where it started.
///
/// Q_vu = w_uv/T_v is the share of what v receives that u pays, and B = (I − Q)⁻¹ diag(e/T) the share
/// that entered the network at each party: the input–output reading of Leontief, "Quantitative Input
/// and Output Relations in the Economic System of the United States", *The Review of Economics and
/// Statistics* 18(3), 1936, doi:10.2307/1927837. Rows of B and the unsourced share add up to 1.
///
/// Money in a component that nothing enters has no beginning: its share is unsourced.
///
/// Networks of more than a stated size are followed from their largest sources only, the others gathered;
/// of one party ``receipts(of:in:)`` tells all sources apart in any.
public struct Provenance: Sendable {
  /// One beginning of money, and the share of receipts that began there.
  public struct Origin: Sendable, Equatable {
    /// The outside party, or `reserves:` and the id of the party whose reserves were drawn.
    public let id: String
    /// How much of the receipts, 0 to 1.
    public let share: Double
  }

  /// The share of what each party receives that never entered the network.
  public let unsourced: [Double]
  /// The share of what each party receives that began at sources too small to be told apart.
  ///
  /// 0 up to ``largestNetwork``.
  public let others: [Double]
  /// The share of what each party receives that was not followed to its beginning.
  ///
  /// That much at most is missing from the other shares of the party, taken together.
  public let untraced: [Double]
  private let nodeCount: Int
  private let exact: Exact?
  private let trace: SourceTrace?

  private struct Exact {
    let origins: [[Origin]]
    /// The chance that a dollar a party holds passed through another: by party, then by the other.
    let passage: [Double]
  }

  /// The number of parties up to which all sources are told apart.
  public static let largestNetwork = 2_000

  /// Traces the money of `network`.
  ///
  /// - Parameters:
  ///   - network: A network that balances within one part in 10⁴.
  ///   - largestNetwork: The number of parties above which only the 14 largest sources are told apart.
  /// - Throws: ``MeasureError/unbalanced(party:)``.
  /// - Complexity: O(*n*³) in the worst case, and *n*² numbers of memory; O(*n* + *m*) for each sweep of a
  ///   larger network, and 16 *n* numbers.
  public init(
    of network: FlowNetwork,
    largestNetwork: Int = Provenance.largestNetwork
  ) throws(MeasureError) {
    let count = network.nodes.count
    if let node = network.firstUnbalanced(within: 1e-4) {
      throw .unbalanced(party: network.nodes[node])
    }
    nodeCount = count
    guard count <= largestNetwork else {
      let trace = SourceTrace(network)
      (exact, self.trace) = (nil, trace)
      unsourced = (0..<count).map(trace.unsourced)
      others = (0..<count).map(trace.others)
      untraced = trace.untraced
      return
    }
    var walk = BackwardWalk(network)
    walk.solve()
    unsourced = walk.unsourced
    others = [Double](repeating: 0, count: count)
    untraced = others
    exact = Exact(origins: (0..<count).map { walk.origins(of: $0) }, passage: walk.passage)
    trace = nil
  }

  /// Where what `party` receives began, largest first, ties by id.
  public func origins(of party: NodeIndex) -> [Origin] {
    exact?.origins[party] ?? trace?.origins(of: party) ?? []
  }

  /// Where what one party receives began, all sources told apart in a network of any size: by elimination up
  /// to ``largestNetwork``, else as by ``ReceiptOrigins/init(of:in:)``.
  ///
  /// - Throws: ``MeasureError/unbalanced(party:)``.
  public static func receipts(
    of party: NodeIndex,
    in network: FlowNetwork
  ) throws(MeasureError) -> ReceiptOrigins {
    network.nodes.count > largestNetwork
      ? try ReceiptOrigins(of: party, in: network)
      : try Provenance(of: network).receipts(of: party)
  }

  /// All that is known of where what `party` receives began.
  public func receipts(of party: NodeIndex) -> ReceiptOrigins {
    ReceiptOrigins(
      origins: origins(of: party),
      unsourced: unsourced[party],
      others: others[party],
      untraced: untraced[party]
    )
  }

  /// The share of what `party` receives that passed through `other` on its way.
  ///
  /// Of a party itself: what it receives that it had held before. `nil` above ``largestNetwork``.
  public func share(of party: NodeIndex, through other: NodeIndex) -> Double? {
    exact?.passage[party * nodeCount + other]
  }

  /// The other parties that more than `least` of what `party` receives passed through on its way.
  ///
  /// None above ``largestNetwork``.
  public func through(
    _ party: NodeIndex,
    above least: Double
  ) -> [(party: NodeIndex, share: Double)] {
    guard let exact else { return [] }
    return (0..<nodeCount).compactMap { other in
      let share = exact.passage[party * nodeCount + other]
      return other != party && share > least ? (other, share) : nil
    }
  }

  /// The id of where `flow` began.
  static func id(of flow: FlowNetwork.BoundaryFlow, _ network: FlowNetwork) -> String {
    switch flow.outside {
    case .party(let id): id
    case .reserves: "reserves:\(network.nodes[flow.node])"
    }
  }
}

/// A dollar followed backwards from the party that holds it to where it entered.
private struct BackwardWalk {
  let network: FlowNetwork
  let count: Int
  let inflow: [Double]
  let throughflow: [Double]
  private let incoming: (graph: SparseGraph, arc: [Int])
  private let members: [[NodeIndex]]
  /// Whether each party is in a component that nothing enters.
  private var isClosed: [Bool]
  private var closedRoots: [NodeIndex] = []
  /// By rows: the expected visits to each party from each; of closed components, the chance to end there.
  private var visits: [Double]

  init(_ network: FlowNetwork) {
    self.network = network
    count = network.nodes.count
    inflow = network.inflowByNode
    throughflow = network.throughflow
    incoming = network.reversedGraph
    // Payers come before payees, components in the order of what they depend on.
    members = StrongComponents(of: network.graph).members.reversed()
    isClosed = [Bool](repeating: false, count: count)
    visits = [Double](repeating: 0, count: count * count)
  }

  mutating func solve() {
    for members in members { solve(members) }
  }

  private mutating func solve(_ members: [NodeIndex]) {
    var position: [NodeIndex: Int] = [:]
    for (index, node) in members.enumerated() { position[node] = index }
    let size = members.count
    var amounts = [Double](repeating: 0, count: size * size)
    var leak = members.map { inflow[$0] }
    var right = [Double](repeating: 0, count: size * count)
    for (index, node) in members.enumerated() {
      // A row at one size has the same answer.
      let unit = throughflow[node].scaleToOne
      leak[index] *= unit
      right[index * count + node] = throughflow[node] * unit
      for arc in incoming.graph.row(node) {
        let payer = incoming.graph.target[arc]
        let weight = network.weight[incoming.arc[arc]] * unit
        if let column = position[payer] {
          amounts[index * size + column] = weight
        } else {
          leak[index] += weight
          for k in 0..<count { right[index * count + k] += weight * visits[payer * count + k] }
        }
      }
    }
    guard leak.contains(where: { $0 > 0 }) else { return close(members) }
    DiagonallyDominantSolver(size: size, amounts: amounts, leak: leak).solve(&right, width: count)
    for (index, node) in members.enumerated() {
      visits.replaceSubrange(
        node * count..<(node + 1) * count,
        with: right[index * count..<(index + 1) * count]
      )
    }
  }

  private mutating func close(_ members: [NodeIndex]) {
    guard members.contains(where: { throughflow[$0] > 0 }), let root = members.first else { return }
    closedRoots.append(root)
    for node in members {
      isClosed[node] = true
      for other in members { visits[node * count + other] = 1 }
    }
  }

  var unsourced: [Double] {
    (0..<count).map { node in
      min(1, closedRoots.map { visits[node * count + $0] }.compensatedSum)
    }
  }

  func origins(of node: NodeIndex) -> [Provenance.Origin] {
    var shares: [String: CompensatedSum] = [:]
    for flow in network.inflows where !isClosed[flow.node] {
      let share = visits[node * count + flow.node] * (flow.weight / throughflow[flow.node])
      guard share > 0 else { continue }
      shares[Provenance.id(of: flow, network), default: CompensatedSum()].add(share)
    }
    return shares.map { Provenance.Origin(id: $0, share: $1.value) }
      .sorted { $0.share == $1.share ? $0.id < $1.id : $0.share > $1.share }
  }

  /// Visits made into chances, the diagonal the chance to come by again.
  var passage: [Double] {
    var result = visits
    for other in 0..<count where !isClosed[other] {
      let own = visits[other * count + other]
      guard own > 0 else { continue }
      for node in 0..<count {
        result[node * count + other] = min(1, visits[node * count + other] / own)
      }
      result[other * count + other] = max(0, 1 - 1 / own)
    }
    return result
  }
}

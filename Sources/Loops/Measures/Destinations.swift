public import Graphs
internal import Numerics
public import Networks

/// Where sums that parties hold go in one period, money mixed at every party: home, out of the network, or kept.
///
/// A dollar at party v goes on to u with chance w_vu/T_v, leaves to an outside party likewise, or stays: what v adds
/// to its reserves. Home, the outside and staying absorb it (Kemeny and Snell, *Finite Markov Chains*, 1960, chapter
/// III; the fundamental matrix is that of Leontief read forward). A party that pays nobody keeps what reaches it; so
/// do parties that pay only one another, from whom no money can leave.
public struct Destinations: Sendable {
  /// What left the network, to one outside party.
  public struct Exit: Sendable, Equatable {
    /// The outside party.
    public let id: String
    /// How much, in the unit of the sums.
    public let amount: Double
  }

  /// What came home.
  public let home: Double
  /// What left, by outside party, the largest first, ties by id.
  public let exits: [Exit]
  /// What each party keeps.
  public let kept: [Double]

  /// Follows sums through a network.
  ///
  /// - Parameters:
  ///   - sums: What each party holds of the money that is followed, in any unit.
  ///   - home: The party that ends a dollar's way when it comes back there; `nil` for none.
  ///   - network: The payments of the period.
  /// - Precondition: As many sums as parties.
  /// - Complexity: O(*n*³), of *n* parties that pay.
  public init(of sums: [Double], home: NodeIndex?, in network: FlowNetwork) {
    let count = network.nodes.count
    precondition(sums.count == count)
    let chain = ForwardChain(network, home: home)
    let rates = chain.rates(sums)
    var (home, kept) = (home.map { sums[$0] } ?? 0, [Double](repeating: 0, count: count))
    for node in 0..<count where !chain.moves[node] && node != chain.home { kept[node] = sums[node] }
    for flow in network.flows where chain.moves[flow.payer] {
      let amount = flow.weight * rates[flow.payer]
      if flow.payee == chain.home {
        home += amount
      } else if !chain.moves[flow.payee] {
        kept[flow.payee] += amount
      }
    }
    var exits: [String: Double] = [:]
    for flow in network.outflows where chain.moves[flow.node] {
      let amount = flow.weight * rates[flow.node]
      switch flow.outside {
      case .party(let id): exits[id, default: 0] += amount
      case .reserves: kept[flow.node] += amount
      }
    }
    (self.home, self.kept) = (home, kept)
    self.exits = exits.filter { $0.value > 0 }.map { Exit(id: $0.key, amount: $0.value) }
      .sorted { ($1.amount, $0.id) < ($0.amount, $1.id) }
  }
}

/// The parties through which dollars move on, as a chain that loses them.
private struct ForwardChain {
  let home: NodeIndex?
  /// Whether a dollar at a party moves on, and can end.
  let moves: [Bool]
  private let movers: [NodeIndex]
  private let solver: DiagonallyDominantSolver

  init(_ network: FlowNetwork, home: NodeIndex?) {
    self.home = home
    let moves = Self.moves(network, home)
    let movers = moves.indices.filter { moves[$0] }
    var place = [Int](repeating: -1, count: moves.count)
    for (index, node) in movers.enumerated() { place[node] = index }
    var amounts = [Double](repeating: 0, count: movers.count * movers.count)
    let leaves = network.outflowByNode
    var leak = movers.map { leaves[$0] }
    for flow in network.flows where moves[flow.payer] {
      let (from, to) = (place[flow.payer], place[flow.payee])
      if to >= 0 {
        amounts[from * movers.count + to] += flow.weight
      } else {
        leak[from] += flow.weight
      }
    }
    (self.moves, self.movers) = (moves, movers)
    solver = DiagonallyDominantSolver(size: movers.count, amounts: amounts, leak: leak)
  }

  /// Of every dollar a party pays, how much of the money that is followed it carries in all, by party.
  func rates(_ sums: [Double]) -> [Double] {
    var rates = [Double](repeating: 0, count: sums.count)
    for (node, rate) in zip(movers, solver.transposedSolution(movers.map { sums[$0] })) {
      rates[node] = rate
    }
    return rates
  }

  /// The parties from which some way leads out, home, or to one that pays nobody.
  private static func moves(_ network: FlowNetwork, _ home: NodeIndex?) -> [Bool] {
    let paid = network.spending
    let leaves = network.outflowByNode
    var moves = [Bool](repeating: false, count: paid.count)
    var ends = paid.indices.filter { $0 == home || leaves[$0] > 0 || paid[$0] == 0 }
    for node in ends where node != home && paid[node] > 0 { moves[node] = true }
    let incoming = network.reversedGraph.graph
    while let node = ends.popLast() {
      for arc in incoming.row(node) {
        let payer = incoming.target[arc]
        guard !moves[payer], payer != home, paid[payer] > 0 else { continue }
        moves[payer] = true
        ends.append(payer)
      }
    }
    return moves
  }
}

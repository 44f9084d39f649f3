internal import Columns
internal import Graphs
internal import Numerics
public import Networks

/// How much of the money that passes through each party comes back to it.
///
/// G_uv = w_uv/T_u is the share of what passes through u that it pays v, N = (I − G)⁻¹, and
/// 1 − 1/N_vv is the chance that a dollar passing through v comes back to v. Where published
/// figures let more leave a party than comes in, no chance is above what its way out allows. The cycling index is
/// that of Finn, "Measures of ecosystem structure and function derived from analysis of flows",
/// *Journal of Theoretical Biology* 56(2), 1976, doi:10.1016/S0022-5193(76)80080-X:
/// Σ T_v (1 − 1/N_vv) / Σ T_v.
///
/// Money comes back only within a strongly connected component, so each is solved by itself, exactly,
/// by elimination without subtraction. From a component that nothing leaves, every dollar comes back.
/// Where elimination would take too long, dollars are followed at random, and the answers say how far off
/// they are likely to be.
public struct Cycling: Sendable, Equatable {
  /// T by party: what passes through it, payments to itself included.
  public let throughflow: [Double]
  /// The chance by party that a dollar passing through it comes back to it.
  public let returnProbability: [Double]
  /// The standard error of ``returnProbability`` by party: 0 where it is exact.
  public let standardError: [Double]
  /// The Finn cycling index, 0 to 1: `nil` where nothing flows.
  public let finn: Double?
  /// The standard error of ``finn``: 0 where it is exact.
  public let finnStandardError: Double
  /// How many parties a dollar passes on average from entering to leaving.
  ///
  /// `nil` where no money enters.
  public let pathLength: Double?
  /// Σ T.
  public let totalThroughflow: Double

  /// How many amounts elimination may touch in a component, unless asked otherwise.
  public static let mostWork = 100_000_000

  /// How many dollars are followed in a component that is estimated, unless asked otherwise.
  public static let dollars = 60_000_000

  /// Measures `network`.
  ///
  /// - Parameters:
  ///   - network: A network that balances within `tolerance`.
  ///   - countsSelfFlows: Whether what a party pays itself comes back to it.
  ///   - mostWork: How many amounts elimination may touch in a component before its parties are estimated
  ///     instead, which they are too where more than 4,000 of them are left with one another.
  ///   - dollars: How many dollars are then followed in all, though at least 100 from each party.
  ///   - tolerance: The imbalance, as a share of throughflow, that is rounding of the input.
  ///   - threads: How many threads follow dollars; the answer is the same for any number.
  /// - Throws: ``MeasureError/unbalanced(party:)``.
  /// - Complexity: As much as elimination fills in, at most O(*k*³) for a component of *k* parties.
  public init(
    of network: FlowNetwork,
    countsSelfFlows: Bool = true,
    mostWork: Int = Cycling.mostWork,
    dollars: Int = Cycling.dollars,
    tolerance: Double = 1e-4,
    threads: Int = 1
  ) throws(MeasureError) {
    if let node = network.firstUnbalanced(within: tolerance) {
      throw .unbalanced(party: network.nodes[node])
    }
    let entering = network.throughflow
    let chains = EscapeChains(network: network, entering: entering)
    var throughflow = entering
    if countsSelfFlows {
      for flow in network.selfFlows { throughflow[flow.payer] += flow.weight }
    }
    var chances = [ReturnChance](repeating: ReturnChance(), count: network.nodes.count)
    for members in chains.components.members {
      let found = chains.returnChances(members, mostWork, dollars, threads)
      for (node, chance) in zip(members, found) where throughflow[node] > 0 {
        chances[node] =
          chance.atMost(chains.wayBack(node))
          .diluted(by: chains.leaving(node) / throughflow[node])
      }
    }
    self.throughflow = throughflow
    returnProbability = chances.map(\.mean)
    standardError = chances.map(\.error)
    totalThroughflow = throughflow.compensatedSum
    let cycled = zip(throughflow, chances).map { $0 * $1.mean }.compensatedSum
    finn = totalThroughflow > 0 ? cycled / totalThroughflow : nil
    let unit = totalThroughflow.scaleToOne
    let errors = zip(throughflow, chances).map { unit * $0 * $1.error }
    finnStandardError =
      totalThroughflow > 0
      ? errors.map { $0 * $0 }.compensatedSum.squareRoot() / (unit * totalThroughflow) : 0
    let inflow = network.inflows.map(\.weight).compensatedSum
    pathLength = inflow > 0 ? totalThroughflow / inflow : nil
  }
}

/// The chance to come back, and its standard error.
struct ReturnChance {
  var mean = 0.0
  var error = 0.0

  /// The chance where only a part of what passes through is paid to others, and the rest back at once.
  func diluted(by part: Double) -> ReturnChance {
    ReturnChance(mean: min(1, max(0, 1 - part * (1 - mean))), error: part * error)
  }

  /// The chance where no more than a `share` can come back at all.
  func atMost(_ share: Double) -> ReturnChance {
    ReturnChance(mean: min(mean, share), error: mean > share ? 0 : error)
  }
}

/// Strong components as chains that a dollar walks until it escapes.
private struct EscapeChains {
  let network: FlowNetwork
  let components: StrongComponents
  /// What leaves each party for good, besides payments to other components.
  private let leak: [Double]
  private let outflow: [Double]
  /// The position of each party in its component.
  private let position: Column<Int32>

  init(network: FlowNetwork, entering: [Double]) {
    self.network = network
    components = StrongComponents(of: network.graph)
    let outflow = network.outflowByNode
    self.outflow = outflow
    leak = zip(zip(entering, network.spending), outflow).map { sides, outflow in
      let (entering, leaving) = sides
      let unspent = entering - leaving
      return unspent.magnitude <= 1e-12 * entering ? outflow : outflow + unspent
    }
    position = Column(unwritten: network.nodes.count)
    var counts = [Int32](repeating: 0, count: components.count)
    for (node, component) in components.component.enumerated() {
      position[node] = counts[component]
      counts[component] += 1
    }
  }

  /// All that `node` pays others, or loses.
  func leaving(_ node: NodeIndex) -> Double {
    network.row(node).reduce(max(0, leak[node])) { $0 + network.weight[$1] }
  }

  /// The share of what `node` pays others, or loses, that goes where it can come back from.
  ///
  /// Where more leaves a party than comes in, what it loses is told by its flows alone.
  func wayBack(_ node: NodeIndex) -> Double {
    let component = components.component[node]
    var (inside, all) = (0.0, outflow[node])
    for arc in network.row(node) {
      all += network.weight[arc]
      if components.component[network.payee[arc]] == component { inside += network.weight[arc] }
    }
    return all > 0 ? inside / all : 1
  }

  /// The chances of the members of a component, payments to themselves left out.
  func returnChances(
    _ members: [NodeIndex],
    _ mostWork: Int,
    _ dollars: Int,
    _ threads: Int
  ) -> [ReturnChance] {
    var (rowStart, target, weight, leaks) = ([0], [NodeIndex](), [Double](), [Double]())
    var isClosed = true
    for node in members {
      var (inside, outside) = (0.0, 0.0)
      for arc in network.row(node) {
        let payee = network.payee[arc]
        if components.component[payee] == components.component[node] {
          target.append(Int(position[payee]))
          weight.append(network.weight[arc])
          inside += network.weight[arc]
        } else {
          outside += network.weight[arc]
          isClosed = false
        }
      }
      if outflow[node] > 0 { isClosed = false }
      rowStart.append(target.count)
      leaks.append(max(0, leak[node] + outside))
    }
    if isClosed || leaks.allSatisfy({ $0 == 0 }) {
      return members.map { _ in ReturnChance(mean: 1) }
    }
    guard members.count > 1 else { return [ReturnChance()] }
    let graph = SparseGraph(rowStart: rowStart, target: target)
    bringToOne(graph, &weight, &leaks)
    guard let inverse = SelectedInverse(graph, weight: weight, leak: leaks, mostWork: mostWork)
    else {
      return ReturnWalks(graph, weight: weight, leak: leaks)
        .chances(importance: members.map(leaving), dollars: dollars, threads: threads)
    }
    return zip(members.indices, inverse.diagonal).map { index, inverse in
      let leaving = weight[graph.row(index)].reduce(leaks[index], +)
      return ReturnChance(mean: min(1, max(0, 1 - 1 / (inverse * leaving))))
    }
  }

  /// Brings what leaves each party to between 1 and 2, which changes no chance: inverses of amounts are in reach.
  private func bringToOne(_ graph: SparseGraph, _ weight: inout [Double], _ leaks: inout [Double]) {
    for node in leaks.indices {
      let row = graph.row(node)
      let unit = weight[row].reduce(leaks[node], +).scaleToOne
      // What is there stays there, however little it is beside the rest.
      for arc in row { weight[arc] = max(weight[arc] * unit, .leastNormalMagnitude) }
      if leaks[node] > 0 { leaks[node] = max(leaks[node] * unit, .leastNormalMagnitude) }
    }
  }
}

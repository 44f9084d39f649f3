public import Networks

/// How much of the money that passes through each party comes back to it.
///
/// G_uv = w_uv/T_u is the share of what passes through u that it pays v, N = (I − G)⁻¹, and
/// 1 − 1/N_vv is the chance that a dollar passing through v comes back to v. The cycling index is
/// that of Finn, "Measures of ecosystem structure and function derived from analysis of flows",
/// *Journal of Theoretical Biology* 56(2), 1976, doi:10.1016/S0022-5193(76)80080-X:
/// Σ T_v (1 − 1/N_vv) / Σ T_v.
///
/// Money comes back only within a strongly connected component, so each is solved by itself, exactly,
/// by elimination without subtraction. From a component that nothing leaves, every dollar comes back.
public struct Cycling: Sendable, Equatable {
  /// T by party: what passes through it, payments to itself included.
  public let throughflow: [Double]
  /// The chance by party that a dollar passing through it comes back to it.
  ///
  /// `nil` in components of more than the largest size asked for.
  public let returnProbability: [Double?]
  /// The Finn cycling index, 0 to 1: `nil` where a return probability is, or where nothing flows.
  public let finn: Double?
  /// How many parties a dollar passes on average from entering to leaving.
  ///
  /// `nil` where no money enters.
  public let pathLength: Double?
  /// Σ T.
  public let totalThroughflow: Double

  /// The size of component up to which the answer is worked out unless asked otherwise.
  public static let largestComponent = 1_500

  /// Measures `network`.
  ///
  /// - Parameters:
  ///   - network: A network that balances within `tolerance`.
  ///   - countsSelfFlows: Whether what a party pays itself comes back to it.
  ///   - largestComponent: The size of component above which return probabilities are left `nil`.
  ///   - tolerance: The imbalance, as a share of throughflow, that is rounding of the input.
  /// - Throws: ``MeasureError/unbalanced(party:)``.
  /// - Complexity: O(*k*³) for the largest component of *k* parties within the limit.
  public init(
    of network: FlowNetwork,
    countsSelfFlows: Bool = true,
    largestComponent: Int = Cycling.largestComponent,
    tolerance: Double = 1e-4
  ) throws(MeasureError) {
    if let node = network.firstUnbalanced(within: tolerance) {
      throw .unbalanced(party: network.nodes[node])
    }
    var throughflow = network.throughflow
    let entering = throughflow
    if countsSelfFlows {
      for flow in network.selfFlows { throughflow[flow.payer] += flow.weight }
    }
    let chains = EscapeChains(network: network, entering: entering, throughflow: throughflow)
    var probability = [Double?](repeating: nil, count: network.nodes.count)
    for members in StrongComponents(of: network.graph).members
    where members.count <= largestComponent {
      for (node, value) in zip(members, chains.returnProbabilities(members)) {
        probability[node] = value
      }
    }
    self.throughflow = throughflow
    returnProbability = probability
    totalThroughflow = throughflow.compensatedSum
    finn = Self.finn(throughflow, probability, total: totalThroughflow)
    let inflow = network.inflows.map(\.weight).compensatedSum
    pathLength = inflow > 0 ? totalThroughflow / inflow : nil
  }

  private static func finn(_ throughflow: [Double], _ returns: [Double?], total: Double) -> Double?
  {
    guard total > 0 else { return nil }
    var cycled = CompensatedSum()
    for (amount, share) in zip(throughflow, returns) {
      guard let share else { return nil }
      cycled.add(amount * share)
    }
    return cycled.value / total
  }
}

/// Strong components as chains that a dollar walks until it escapes.
private struct EscapeChains {
  let network: FlowNetwork
  /// T by party, payments to itself not counted.
  let entering: [Double]
  /// T by party.
  let throughflow: [Double]
  /// What leaves each party for good, besides payments to other components.
  let leak: [Double]

  init(network: FlowNetwork, entering: [Double], throughflow: [Double]) {
    self.network = network
    self.entering = entering
    self.throughflow = throughflow
    let outflow = network.outflowByNode
    leak = zip(zip(entering, network.spending), outflow).map { sides, outflow in
      let (entering, leaving) = sides
      let rounding = entering - leaving
      return rounding.magnitude <= 1e-12 * entering ? outflow : outflow + rounding
    }
  }

  func returnProbabilities(_ members: [NodeIndex]) -> [Double] {
    var position: [NodeIndex: Int] = [:]
    for (index, node) in members.enumerated() { position[node] = index }
    let size = members.count
    var amounts = [Double](repeating: 0, count: size * size)
    var leaks = [Double](repeating: 0, count: size)
    var isClosed = true
    for (index, node) in members.enumerated() {
      var leaving = leak[node]
      for arc in network.row(node) {
        if let column = position[network.payee[arc]] {
          amounts[index * size + column] = network.weight[arc]
        } else {
          leaving += network.weight[arc]
          isClosed = false
        }
      }
      leaks[index] = max(0, leaving)
    }
    if network.outflows.contains(where: { position[$0.node] != nil }) { isClosed = false }
    if isClosed || leaks.allSatisfy({ $0 == 0 }) {
      return members.map { throughflow[$0] > 0 ? 1 : 0 }
    }
    let solver = DiagonallyDominantSolver(size: size, amounts: amounts, leak: leaks)
    return zip(members, solver.inverseDiagonal).map { node, inverse in
      guard throughflow[node] > 0 else { return 0 }
      return min(1, max(0, 1 - 1 / (inverse * throughflow[node])))
    }
  }
}

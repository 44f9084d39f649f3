/// A position of a party in a network, from 0.
public typealias NodeIndex = Int

/// Money between the parties of a network over one period, and across its boundary.
///
/// Flows are compact sparse rows: those of payer `u` are `rowStart[u]..<rowStart[u + 1]`, by payee,
/// one for each pair, each above zero, none from a party to itself. Amounts are `Double` minor units
/// of one currency, exact to 2⁵³. At every party what comes in equals what goes out: inside flows
/// and boundary flows together.
public struct FlowNetwork: Sendable {
  /// Money that enters or leaves the network at a party.
  public struct BoundaryFlow: Sendable, Hashable {
    /// The party it enters or leaves at.
    public let node: NodeIndex
    /// Where it comes from or goes to: an outside party, or the reserves or savings of `node`.
    public let outside: Outside
    /// How much, above zero.
    public let weight: Double

    /// Money of `weight` between `node` and `outside`.
    public init(node: NodeIndex, outside: Outside, weight: Double) {
      self.node = node
      self.outside = outside
      self.weight = weight
    }
  }

  /// The other side of a boundary flow.
  public enum Outside: Sendable, Hashable {
    /// An outside party, by id.
    case party(String)
    /// What the party draws from reserves (inflow), or saves (outflow), so that it balances.
    case reserves
  }

  /// The parties by id, in the order of their positions.
  public let nodes: [String]
  /// Where the flows of each payer begin; one longer than `nodes`.
  public let rowStart: [Int]
  /// Whom each flow pays.
  public let payee: [NodeIndex]
  /// How much each flow moves.
  public let weight: [Double]
  /// Money that enters, by node.
  public let inflows: [BoundaryFlow]
  /// Money that leaves, by node.
  public let outflows: [BoundaryFlow]
}

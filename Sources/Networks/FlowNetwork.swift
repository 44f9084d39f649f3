public import Graphs
internal import Tables
internal import Numerics

/// Money between the parties of a network over one period, and across its boundary.
///
/// Flows are compact sparse rows: those of payer `u` are `rowStart[u]..<rowStart[u + 1]`, by payee,
/// one for each pair, each above zero, none from a party to itself. Amounts are `Double` minor units
/// of one currency, exact to 2⁵³. Once ``balanced(within:)``, what comes in at every party equals
/// what goes out: inside flows and boundary flows together.
public struct FlowNetwork: Sendable, Equatable {
  /// Money from one party to another.
  public struct Flow: Sendable, Hashable {
    /// Who pays.
    public let payer: NodeIndex
    /// Who is paid.
    public let payee: NodeIndex
    /// How much, zero or above.
    public let weight: Double

    /// Money of `weight` from `payer` to `payee`.
    public init(payer: NodeIndex, payee: NodeIndex, weight: Double) {
      self.payer = payer
      self.payee = payee
      self.weight = weight
    }
  }

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

  /// What the amounts are of.
  public let unit: AmountUnit
  /// The parties by id, in the order of their positions.
  public let nodes: [String]
  /// Where the flows of each payer begin; one longer than `nodes`.
  public let rowStart: [Int]
  /// Whom each flow pays.
  public let payee: [NodeIndex]
  /// How much each flow moves.
  public let weight: [Double]
  /// Money that enters, by node, then by outside party, reserves last.
  public let inflows: [BoundaryFlow]
  /// Money that leaves, by node, then by outside party, savings last.
  public let outflows: [BoundaryFlow]
  /// What parties were said to pay themselves, by node: part of no other figure of the network.
  public let selfFlows: [Flow]

  /// The most that all flows may add up to, so that no measure meets a number too large to be held.
  public static let largestTotal = 1e307

  /// Builds a network from flows in any order.
  ///
  /// Flows between the same two parties, and boundary flows of the same party and outside, are
  /// added up, smallest first, so the sum does not depend on the order they came in. Flows of zero
  /// are left out; flows from a party to itself are kept apart in ``selfFlows``.
  ///
  /// - Parameters:
  ///   - nodes: The parties by id, each once.
  ///   - flows: Money between them.
  ///   - inflows: Money that enters.
  ///   - outflows: Money that leaves.
  ///   - unit: What the amounts are of.
  /// - Throws: ``NetworkError`` for an id given twice, a position nobody has, or an amount that is
  ///   negative or not a number, or amounts that add up to more than ``largestTotal``.
  public init(
    nodes: [String],
    flows: [Flow],
    inflows: [BoundaryFlow] = [],
    outflows: [BoundaryFlow] = [],
    unit: AmountUnit = .bare
  ) throws(NetworkError) {
    try Self.checkIDs(nodes)
    try Self.check(flows, nodes)
    try Self.check(inflows, nodes)
    try Self.check(outflows, nodes)
    let merged = Self.merged(flows)
    self.init(
      unit: unit,
      nodes: nodes,
      sortedFlows: merged.filter { $0.payer != $0.payee },
      inflows: Self.merged(inflows),
      outflows: Self.merged(outflows),
      selfFlows: merged.filter { $0.payer == $0.payee }
    )
    let all = merged.map(\.weight) + self.inflows.map(\.weight) + self.outflows.map(\.weight)
    guard all.reduce(0, +) <= Self.largestTotal else { throw .tooMuch }
  }

  /// Builds a network from parts that are already checked, sorted and merged.
  init(
    unit: AmountUnit,
    nodes: [String],
    sortedFlows: [Flow],
    inflows: [BoundaryFlow],
    outflows: [BoundaryFlow],
    selfFlows: [Flow]
  ) {
    var rowStart = [Int](repeating: 0, count: nodes.count + 1)
    for flow in sortedFlows { rowStart[flow.payer + 1] += 1 }
    for row in nodes.indices { rowStart[row + 1] += rowStart[row] }
    self.init(
      unit: unit,
      nodes: nodes,
      rowStart: rowStart,
      payee: sortedFlows.map(\.payee),
      weight: sortedFlows.map(\.weight),
      inflows: inflows,
      outflows: outflows,
      selfFlows: selfFlows
    )
  }

  /// Takes the parts as they are.
  init(
    unit: AmountUnit,
    nodes: [String],
    rowStart: [Int],
    payee: [NodeIndex],
    weight: [Double],
    inflows: [BoundaryFlow],
    outflows: [BoundaryFlow],
    selfFlows: [Flow]
  ) {
    self.unit = unit
    self.nodes = nodes
    self.rowStart = rowStart
    self.payee = payee
    self.weight = weight
    self.inflows = inflows
    self.outflows = outflows
    self.selfFlows = selfFlows
  }
}

extension FlowNetwork {
  private static func checkIDs(_ nodes: [String]) throws(NetworkError) {
    var seen: Set<WrittenName> = []
    for id in nodes {
      guard seen.insert(WrittenName(id)).inserted else { throw .duplicateNode(id: id) }
    }
  }

  private static func check(_ flows: [Flow], _ nodes: [String]) throws(NetworkError) {
    for flow in flows {
      for index in [flow.payer, flow.payee] {
        guard nodes.indices.contains(index) else {
          throw .noSuchNode(index: index, count: nodes.count)
        }
      }
      guard flow.weight >= 0, flow.weight.isFinite else {
        throw .badWeight(
          payer: nodes[flow.payer],
          payee: nodes[flow.payee],
          weight: flow.weight
        )
      }
    }
  }

  private static func check(_ flows: [BoundaryFlow], _ nodes: [String]) throws(NetworkError) {
    for flow in flows {
      guard nodes.indices.contains(flow.node) else {
        throw .noSuchNode(index: flow.node, count: nodes.count)
      }
      guard flow.weight >= 0, flow.weight.isFinite else {
        throw .badBoundaryWeight(node: nodes[flow.node], weight: flow.weight)
      }
    }
  }

  private static func merged(_ flows: [Flow]) -> [Flow] {
    let sorted = flows.filter { $0.weight > 0 }.sorted {
      ($0.payer, $0.payee, $0.weight) < ($1.payer, $1.payee, $1.weight)
    }
    return merged(
      sorted,
      weight: \.weight,
      areParallel: { $0.payer == $1.payer && $0.payee == $1.payee },
      with: { Flow(payer: $0.payer, payee: $0.payee, weight: $1) }
    )
  }

  static func merged(_ flows: [BoundaryFlow]) -> [BoundaryFlow] {
    let sorted = flows.filter { $0.weight > 0 }.sorted {
      ($0.node, $0.outside, $0.weight) < ($1.node, $1.outside, $1.weight)
    }
    return merged(
      sorted,
      weight: \.weight,
      areParallel: { $0.node == $1.node && $0.outside == $1.outside },
      with: { BoundaryFlow(node: $0.node, outside: $0.outside, weight: $1) }
    )
  }

  /// One element for each run of parallel elements, with the sum of their weights.
  private static func merged<Element>(
    _ sorted: [Element],
    weight: (Element) -> Double,
    areParallel: (Element, Element) -> Bool,
    with: (Element, Double) -> Element
  ) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(sorted.count)
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, areParallel(sorted[start], sorted[end]) { end += 1 }
      let sum = sorted[start..<end].map(weight).compensatedSum
      result.append(with(sorted[start], sum))
      start = end
    }
    return result
  }
}

extension FlowNetwork.Outside: Comparable {
  /// Orders outside parties by id, and reserves after them all.
  public static func < (left: FlowNetwork.Outside, right: FlowNetwork.Outside) -> Bool {
    switch (left, right) {
    case (.party(let a), .party(let b)): a < b
    case (.party, .reserves): true
    case (.reserves, _): false
    }
  }
}

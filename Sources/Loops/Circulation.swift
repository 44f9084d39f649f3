public import Networks

/// The closed-loop share: the most money that can be seen as going round inside the network.
///
/// The largest circulation, max Σx with 0 ≤ x ≤ w and as much x into every party as out of it:
/// conservative compression in D'Errico and Roukny, "Compressing over-the-counter markets",
/// *Operations Research*, 2021, arXiv:1705.07155. The optimum is one number, but many
/// circulations attain it; ``Circulation/ranges(workLimit:)`` says what they have in common.
///
/// Exact: amounts are whole numbers of a unit that all of them are multiples of (or of 2⁻⁶¹ of the
/// total), and the optimum over them is found in each strong component by taking away the least that
/// leaves every party with what it nets.
public struct Circulation: Sendable {
  /// What goes round at one party: the least and the most over all largest circulations.
  public struct Range: Sendable, Equatable {
    /// The least.
    public let low: Double
    /// The most.
    public let high: Double
  }

  /// x, by the positions of the network's flows: one of the largest circulations.
  public let flow: [Double]
  /// Σx.
  public let amount: Double
  /// Σw.
  public let total: Double
  /// ½Σ|net|: the least that must be paid to leave every party with what it nets.
  public let netted: Double

  private let parts: [CirculationPart]
  private let whole: WholeAmounts
  private let nodeCount: Int

  /// Σx/Σw, 0 to 1; 0 where nothing flows.
  public var share: Double { total > 0 ? amount / total : 0 }

  /// Σx/(Σw − ½Σ|net|), 0 to 1: how much of what could be netted away goes round.
  ///
  /// `nil` where nothing could be netted away.
  public var efficiency: Double? {
    let excess = total - netted
    return excess > 1e-12 * total ? min(1, amount / excess) : nil
  }

  /// Finds a largest circulation in `network`; boundary flows and payments to oneself do not count.
  ///
  /// - Complexity: Like largest flows in each strong component: a second or so at 10⁵ flows.
  public init(of network: FlowNetwork) {
    let whole = WholeAmounts(network.weight)
    var flow = [Double](repeating: 0, count: network.flowCount)
    var sum: Int128 = 0
    var parts: [CirculationPart] = []
    let graph = network.graph
    let components = StrongComponents(of: graph)
    for members in components.members where members.count > 1 {
      let part = CirculationPart(
        members: members,
        graph: graph,
        component: components.component,
        whole: whole
      )
      for (arc, x) in zip(part.arcs, part.flow) {
        flow[arc] = whole.amount(x)
        sum += Int128(x)
      }
      parts.append(part)
    }
    self.parts = parts
    self.whole = whole
    self.flow = flow
    nodeCount = network.nodes.count
    amount = whole.amount(sum)
    total = network.total
    netted = zip(network.paid, network.received).map { ($0 - $1).magnitude }.compensatedSum / 2
  }

  /// The least and the most that goes round at each party, over all largest circulations.
  ///
  /// By duality: flows that are worth something to every optimum are full or empty in all of them,
  /// and the rest can be traded against each other, as far as a largest flow through the party allows.
  ///
  /// - Parameter workLimit: The largest product of parties and flows in a strong component to work
  ///   out.
  /// - Returns: By party; `nil` in components above the limit.
  /// - Complexity: Two largest flows for each party.
  public func ranges(workLimit: Int = 5_000_000) -> [Range?] {
    var result = [Range?](repeating: Range(low: 0, high: 0), count: nodeCount)
    for part in parts {
      let isWithinLimit = part.members.count * part.arcs.count <= workLimit
      for (index, node) in part.members.enumerated() {
        guard isWithinLimit else {
          result[node] = nil
          continue
        }
        let (low, high) = part.face.range(at: index)
        result[node] = Range(low: whole.amount(low), high: whole.amount(high))
      }
    }
    return result
  }
}

/// A largest circulation in one strong component.
private struct CirculationPart: Sendable {
  let members: [NodeIndex]
  /// The flows of the network inside the component.
  let arcs: [Int]
  /// x, for each of them.
  let flow: [Int]
  let face: OptimalFace

  init(members: [NodeIndex], graph: SparseGraph, component: [Int], whole: WholeAmounts) {
    var position: [NodeIndex: Int] = [:]
    for (index, node) in members.enumerated() { position[node] = index }
    var arcs: [Int] = []
    var source: [Int] = []
    var target: [Int] = []
    for (index, node) in members.enumerated() {
      for arc in graph.row(node) where component[graph.target[arc]] == component[node] {
        arcs.append(arc)
        source.append(index)
        target.append(position[graph.target[arc], default: 0])
      }
    }
    let capacity = arcs.map { whole.amounts[$0] }
    var least = LeastFlow(
      nodeCount: members.count,
      source: source,
      target: target,
      capacity: capacity
    )
    least.solve()
    let round = zip(capacity, least.flow).map { $0 - $1 }
    self.members = members
    self.arcs = arcs
    flow = round
    face = OptimalFace(
      nodeCount: members.count,
      source: source,
      target: target,
      capacity: capacity,
      flow: round,
      potential: least.potential
    )
  }
}

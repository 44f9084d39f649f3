internal import Graphs
internal import Numerics
public import Networks

/// The one circulation in which every party forwards money in the proportions in which it pays.
///
/// Unlike a largest circulation it is unique, so that single flows can be said to be circular. In each
/// strong component, find the flow that every party sends on in proportion to its payments there and
/// that balances everywhere, as large as fits; take it out; some parties have then nothing left to
/// pay; go on with the strong components of what is left until no cycle remains. Homs-Dones, MacKay,
/// Sansom and Zhou, "Circular Directional Flow Decomposition of Networks", 2025, arXiv:2506.12546.
public struct BalancedFlowForwarding: Sendable, Equatable {
  /// The circular part, by the positions of the network's flows.
  public let circular: [Double]
  /// The sum of the circular part.
  public let amount: Double
  /// The circular part of all inside money, 0 to 1; 0 where nothing flows.
  public let share: Double
  /// How much of the circular part fails to balance: half of what parties get of it more or less than they
  /// pass on, as a share of its amount; 0 where no component was too large to be exact.
  public let imbalance: Double

  /// The number of parties in a component up to which the decomposition is exact but for rounding.
  public static let exactComponent = 400

  /// Decomposes `network`; boundary flows and payments to oneself do not count.
  ///
  /// - Parameters:
  ///   - network: Where money flows.
  ///   - exactComponent: The number of parties in a component up to which to be exact.
  ///   - tolerance: In larger ones, how far what a party gets may depart from what it forwards, as a share
  ///     of that. Most are far nearer: what it comes to in all is ``imbalance``.
  ///   - workLimit: How many flows may be looked at for that, by default some ten seconds' worth.
  /// - Throws: ``MeasureError/tooLarge(nodes:limit:)`` where a larger component takes more.
  /// - Complexity: O(*k*⁴) for a component of *k* parties, where it is exact; in larger ones each party
  ///   that has nothing left costs what its going changes.
  public init(
    of network: FlowNetwork,
    exactComponent: Int = BalancedFlowForwarding.exactComponent,
    tolerance: Double = 0.03,
    workLimit: Int = 1_000_000_000
  ) throws(MeasureError) {
    let graph = network.graph
    let unit = (network.weight.max() ?? 0).scaleToOne
    let weight = network.weight.map { $0 * unit }
    var rest = weight
    let circles = StrongComponents(of: graph).circles
    let large = circles.filter { $0.count > exactComponent }
    var work = circles.filter { $0.count <= exactComponent }
    if !large.isEmpty {
      var drain = ForwardingDrain(graph, rest, tolerance: tolerance, workLimit: workLimit)
      for members in large {
        guard let left = drain.drain(members, downTo: min(exactComponent, 64)) else {
          throw .tooLarge(nodes: members.count, limit: exactComponent)
        }
        work += left
      }
      rest = drain.rest
    }
    while let members = work.popLast() {
      work += Self.forward(members, graph, &rest)
    }
    let round = zip(weight, rest).map { $0 - $1 }
    let sum = round.compensatedSum
    imbalance = large.isEmpty || sum == 0 ? 0 : Self.missing(round, graph) / (2 * sum)
    let total = weight.compensatedSum
    share = total > 0 ? sum / total : 0
    circular = round.map { $0 / unit }
    amount = sum / unit
  }

  /// By how much what parties get and what they pass on differ, in all.
  private static func missing(_ flow: [Double], _ graph: SparseGraph) -> Double {
    var net = [Double](repeating: 0, count: graph.nodeCount)
    for node in 0..<graph.nodeCount {
      for arc in graph.row(node) {
        net[node] -= flow[arc]
        net[graph.target[arc]] += flow[arc]
      }
    }
    return net.map(\.magnitude).compensatedSum
  }

  /// Takes the forwarded flow out of one strong component, and returns those that are left of it.
  private static func forward(
    _ members: [NodeIndex],
    _ graph: SparseGraph,
    _ rest: inout [Double]
  ) -> [[NodeIndex]] {
    var position: [NodeIndex: Int] = [:]
    for (index, node) in members.enumerated() { position[node] = index }
    var rates = [Double](repeating: 0, count: members.count * members.count)
    for (row, node) in members.enumerated() {
      for arc in graph.row(node) {
        guard let column = position[graph.target[arc]] else { continue }
        rates[row * members.count + column] = rest[arc]
      }
    }
    // y with Σ_u y_u w_uv = y_v Σ_u w_vu.
    let leak = [Double](repeating: 0, count: members.count)
    let intensity =
      DiagonallyDominantSolver(size: members.count, amounts: rates, leak: leak).stationary
    let largest = intensity.max() ?? 1
    var left: [(source: Int, target: Int)] = []
    for (row, node) in members.enumerated() {
      // The party that forwards hardest has nothing left; so have those equal to it but for rounding.
      let kept = 1 - intensity[row] / largest
      for arc in graph.row(node) {
        guard let column = position[graph.target[arc]] else { continue }
        rest[arc] *= kept > 1e-12 ? kept : 0
        if rest[arc] > 0 { left.append((source: row, target: column)) }
      }
    }
    let components = StrongComponents(of: SparseGraph(nodeCount: members.count, arcs: left))
    return components.circles.map { $0.map { members[$0] } }
  }
}

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

  /// The number of parties in a component up to which the decomposition is worked out.
  public static let largestComponent = 400

  /// Decomposes `network`; boundary flows and payments to oneself do not count.
  ///
  /// - Throws: ``MeasureError/tooLarge(nodes:limit:)`` above ``largestComponent``.
  /// - Complexity: O(*k*⁴) for a strong component of *k* parties.
  public init(of network: FlowNetwork) throws(MeasureError) {
    let graph = network.graph
    var rest = network.weight
    var work = StrongComponents(of: graph).circles
    if let size = work.map(\.count).max(), size > Self.largestComponent {
      throw .tooLarge(nodes: size, limit: Self.largestComponent)
    }
    while let members = work.popLast() {
      work += Self.forward(members, graph, &rest)
    }
    circular = zip(network.weight, rest).map { $0 - $1 }
    amount = circular.compensatedSum
    let total = network.total
    share = total > 0 ? amount / total : 0
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
    let intensity = stationary(rates, size: members.count)
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
    return components.members.filter { $0.count > 1 }.map { $0.map { members[$0] } }
  }

  /// y with Σ_u y_u w_uv = y_v Σ_u w_vu, by elimination without subtraction.
  ///
  /// Grassmann, Taksar and Heyman, *Operations Research* 33(5), 1985, doi:10.1287/opre.33.5.1107.
  private static func stationary(_ rates: [Double], size: Int) -> [Double] {
    var w = rates
    for last in stride(from: size - 1, to: 0, by: -1) {
      var leaving = 0.0
      for column in 0..<last { leaving += w[last * size + column] }
      for row in 0..<last where w[row * size + last] > 0 {
        let factor = w[row * size + last] / leaving
        w[row * size + last] = factor
        for column in 0..<last { w[row * size + column] += factor * w[last * size + column] }
      }
    }
    var y = [Double](repeating: 0, count: size)
    y[0] = 1
    for node in 1..<max(size, 1) {
      for row in 0..<node { y[node] += y[row] * w[row * size + node] }
    }
    return y
  }
}

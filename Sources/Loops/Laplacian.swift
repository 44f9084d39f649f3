import Networks

/// Who is linked with whom, whatever the direction, and how well: for potentials and levels.
struct Laplacian {
  /// One link for each pair of parties with a flow either way, `a` before `b`.
  struct Link {
    let a: NodeIndex
    let b: NodeIndex
    /// What goes from `a` to `b`, less what comes back.
    let net: Double
    let conductance: Double
  }

  let nodeCount: Int
  let links: [Link]

  /// The component size up to which potentials are solved by elimination.
  private static let largestDirect = 400

  /// Collects the links of `network`, weighted by what flows each way.
  init(_ network: FlowNetwork, conductance: (_ there: Double, _ back: Double) -> Double) {
    nodeCount = network.nodes.count
    var links: [Link] = []
    for payer in network.nodes.indices {
      for arc in network.row(payer) {
        let payee = network.payee[arc]
        let there = network.weight[arc]
        let back = network.weight(from: payee, to: payer)
        guard payer < payee || back == 0 else { continue }
        let net = payer < payee ? there - back : -there
        links.append(
          Link(
            a: min(payer, payee),
            b: max(payer, payee),
            net: net,
            conductance: conductance(there, back)
          )
        )
      }
    }
    self.links = links.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
  }

  /// The values x with L·x = `right`, of mean zero in each connected component.
  ///
  /// - Precondition: `right` adds up to zero in each component.
  func potentials(_ right: [Double]) throws(MeasureError) -> [Double] {
    let graph = SparseGraph(
      nodeCount: nodeCount,
      arcs: links.map { (source: $0.a, target: $0.b) }
    )
    let (component, count) = graph.weakComponents
    var members = [[NodeIndex]](repeating: [], count: count)
    for (node, component) in component.enumerated() { members[component].append(node) }
    var owned = [[Int]](repeating: [], count: count)
    for (index, link) in links.enumerated() { owned[component[link.a]].append(index) }
    var result = [Double](repeating: 0, count: nodeCount)
    for (members, owned) in zip(members, owned) where members.count > 1 {
      let values =
        members.count <= Self.largestDirect
        ? direct(members, owned, right) : try conjugateGradients(members, owned, right)
      let mean = values.compensatedSum / Double(values.count)
      for (node, value) in zip(members, values) { result[node] = value - mean }
    }
    return result
  }

  /// Elimination with the last member held at zero, and one step of refinement.
  private func direct(_ members: [NodeIndex], _ owned: [Int], _ right: [Double]) -> [Double] {
    let local = LocalLinks(members: members, links: owned.map { links[$0] })
    let size = members.count - 1
    var amounts = [Double](repeating: 0, count: size * size)
    var leak = [Double](repeating: 0, count: size)
    for (a, b, conductance) in zip(zip(local.a, local.b), local.conductance).map({
      ($0.0, $0.1, $1)
    }) {
      if b == size {
        leak[a] += conductance
      } else {
        amounts[a * size + b] = conductance
        amounts[b * size + a] = conductance
      }
    }
    let solver = DiagonallyDominantSolver(size: size, amounts: amounts, leak: leak)
    let target = members.map { right[$0] }
    var values = solver.solution(Array(target.dropLast())) + [0]
    let residual = zip(target, local.product(values)).map { $0 - $1 }
    let correction = solver.solution(Array(residual.dropLast()))
    for (index, step) in correction.enumerated() { values[index] += step }
    return values
  }

  /// Conjugate gradients with the diagonal as preconditioner, for components too large to eliminate.
  private func conjugateGradients(
    _ members: [NodeIndex],
    _ owned: [Int],
    _ right: [Double]
  ) throws(MeasureError) -> [Double] {
    let local = LocalLinks(members: members, links: owned.map { links[$0] })
    let diagonal = local.diagonal
    var residual = members.map { right[$0] }
    var x = [Double](repeating: 0, count: members.count)
    var z = zip(residual, diagonal).map { $0 / $1 }
    var direction = z
    var rho = dot(residual, z)
    let goal = 1e-13 * dot(residual, residual).squareRoot()
    let rounds = 20 * members.count + 1_000
    for _ in 0..<rounds {
      guard dot(residual, residual).squareRoot() > goal else { return x }
      let image = local.product(direction)
      let step = rho / dot(direction, image)
      for k in x.indices {
        x[k] += step * direction[k]
        residual[k] -= step * image[k]
        z[k] = residual[k] / diagonal[k]
      }
      let next = dot(residual, z)
      let turn = next / rho
      for k in x.indices { direction[k] = z[k] + turn * direction[k] }
      rho = next
    }
    throw .didNotConverge(rounds: rounds, change: dot(residual, residual).squareRoot())
  }
}

/// The links of one component, by positions within it.
private struct LocalLinks {
  let count: Int
  let a: [Int]
  let b: [Int]
  let conductance: [Double]

  init(members: [NodeIndex], links: [Laplacian.Link]) {
    var position: [NodeIndex: Int] = [:]
    for (index, node) in members.enumerated() { position[node] = index }
    count = members.count
    a = links.map { position[$0.a, default: 0] }
    b = links.map { position[$0.b, default: 0] }
    conductance = links.map(\.conductance)
  }

  /// L·x.
  func product(_ x: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for link in a.indices {
      let flow = conductance[link] * (x[a[link]] - x[b[link]])
      result[a[link]] += flow
      result[b[link]] -= flow
    }
    return result
  }

  var diagonal: [Double] {
    var result = [Double](repeating: 0, count: count)
    for link in a.indices {
      result[a[link]] += conductance[link]
      result[b[link]] += conductance[link]
    }
    return result
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for k in a.indices { sum += a[k] * b[k] }
  return sum
}

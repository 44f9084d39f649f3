internal import Columns
internal import Numerics
import Networks

/// Who is linked with whom, whatever the direction, and how well: for potentials and levels.
///
/// The links of party `a` with later parties `b` are `rowStart[a]..<rowStart[a + 1]`, by `b`.
struct Laplacian {
  let nodeCount: Int
  let rowStart: Column<Int32>
  /// The later party of each link.
  let second: Column<Int32>
  /// What goes from the earlier to the later party of each link, less what comes back.
  let net: Column<Double>
  let conductance: Column<Double>

  /// The component size up to which what elimination leaves is solved directly.
  private static let largestDirect = 400
  /// The relative residual above which an answer is none.
  static let largestResidual = 1e-8

  /// Collects the links of `network`, weighted by what flows each way.
  ///
  /// - Complexity: O(*n* + *m*).
  init(_ network: FlowNetwork, conductance: (_ there: Double, _ back: Double) -> Double) {
    let back = BackwardFlows(network)
    nodeCount = network.nodes.count
    rowStart = Column(repeating: 0, count: nodeCount + 1)
    let room = network.flowCount
    let (second, net) = (Column<Int32>(unwritten: room), Column<Double>(unwritten: room))
    let conductances = Column<Double>(unwritten: room)
    var count = 0
    func link(_ b: Int, _ there: Double, _ back: Double) {
      second.base[count] = Int32(b)
      net.base[count] = there - back
      conductances.base[count] = conductance(there, back)
      count += 1
    }
    for a in 0..<nodeCount {
      var (other, end) = (Int(back.rowStart.base[a]), Int(back.rowStart.base[a + 1]))
      for arc in network.row(a) where network.payee[arc] > a {
        let b = network.payee[arc]
        while other < end, back.payer.base[other] < b {
          link(Int(back.payer.base[other]), 0, back.weight.base[other])
          other += 1
        }
        let isBoth = other < end && back.payer.base[other] == b
        link(b, network.weight[arc], isBoth ? back.weight.base[other] : 0)
        if isBoth { other += 1 }
      }
      while other < end {
        link(Int(back.payer.base[other]), 0, back.weight.base[other])
        other += 1
      }
      rowStart.base[a + 1] = Int32(count)
      end = other
    }
    (self.second, self.net, self.conductance) = (second, net, conductances)
  }

  /// Calls `body` with the parties and the position of each link, in order.
  @inline(__always)
  func forEachLink(_ body: (_ a: Int, _ b: Int, _ link: Int) -> Void) {
    for a in 0..<nodeCount {
      for link in Int(rowStart.base[a])..<Int(rowStart.base[a + 1]) {
        body(a, Int(second.base[link]), link)
      }
    }
  }

  /// The net flow out of each party.
  var divergence: [Double] {
    var result = [Double](repeating: 0, count: nodeCount)
    result.withUnsafeMutableBufferPointer { result in
      forEachLink { a, b, link in
        result[a] += net.base[link]
        result[b] -= net.base[link]
      }
    }
    return result
  }

  /// The values x with L·x = `right`, of mean zero in each connected component.
  ///
  /// Parties of up to two links are eliminated; what is left of each component is solved directly
  /// where it is small, else by conjugate gradients.
  ///
  /// - Parameters:
  ///   - right: The right side.
  ///   - tolerance: The Euclidean norm of the residual, by component, as a share of that of `right`,
  ///     at which to stop.
  /// - Returns: The values.
  /// - Throws: ``MeasureError/didNotConverge(rounds:change:)`` where the residual stays above
  ///   ``largestResidual`` as well.
  /// - Precondition: `right` adds up to zero in each component.
  func potentials(_ right: [Double], tolerance: Double) throws(MeasureError) -> [Double] {
    var values = right
    let elimination = LinkElimination(of: self)
    elimination.pushForward(&values)
    let core = ReducedLaplacian(elimination)
    let component = elimination.components(core)
    let numbers = 0..<core.componentCount
    let large = numbers.filter { core.members($0).count > Self.largestDirect }
    for number in numbers where core.members(number).count <= Self.largestDirect {
      core.solveDirectly(number, &values)
    }
    let scales = large.map { core.scaleToOne($0) }
    let norms = large.isEmpty ? [] : Self.norms(right, component)
    lazy var gradients = CoreGradients(core)
    for (number, scale) in zip(large, scales) {
      let (members, (norm, unit)) = (core.members(number), norms[number])
      for place in members { values[Int(core.node.base[place])] *= unit }
      let (goal, limit) = (tolerance * norm, Self.largestResidual * norm)
      try gradients.solve(members, &values, goal: goal, limit: limit)
      for place in members { values[Int(core.node.base[place])] *= scale / unit }
    }
    elimination.pullBack(&values)
    center(&values, component)
    return values
  }

  /// The Euclidean norm of `right` in each component, times the unit that brings its largest to one.
  private static func norms(
    _ right: [Double],
    _ component: (of: Column<Int32>, count: Int)
  ) -> [(norm: Double, unit: Double)] {
    var largest = [Double](repeating: 0, count: component.count)
    for (node, value) in right.enumerated() {
      let number = Int(component.of.base[node])
      largest[number] = max(largest[number], value.magnitude)
    }
    let units = largest.map(\.scaleToOne)
    var squares = [Double](repeating: 0, count: component.count)
    for (node, value) in right.enumerated() {
      let scaled = value * units[Int(component.of.base[node])]
      squares[Int(component.of.base[node])] += scaled * scaled
    }
    return zip(squares, units).map { ($0.squareRoot(), $1) }
  }

  /// Takes from each value the mean of its component.
  private func center(_ values: inout [Double], _ component: (of: Column<Int32>, count: Int)) {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: component.count)
    var counts = [Double](repeating: 0, count: component.count)
    for (node, value) in values.enumerated() {
      sums[Int(component.of.base[node])].add(value)
      counts[Int(component.of.base[node])] += 1
    }
    let means = zip(sums, counts).map { $0.value / $1 }
    for node in values.indices { values[node] -= means[Int(component.of.base[node])] }
  }

  /// The Euclidean norm of `right` − L·`values`, as a share of that of `right`: 0 where that is 0.
  func relativeResidual(_ values: [Double], _ right: [Double]) -> Double {
    var rest = right
    values.withUnsafeBufferPointer { values in
      rest.withUnsafeMutableBufferPointer { rest in
        forEachLink { a, b, link in
          let flow = conductance.base[link] * (values[a] - values[b])
          rest[a] -= flow
          rest[b] += flow
        }
      }
    }
    let unit = right.reduce(0) { max($0, $1.magnitude) }.scaleToOne
    let whole = right.reduce(0) { $0 + ($1 * unit) * ($1 * unit) }
    let left = rest.reduce(0) { $0 + ($1 * unit) * ($1 * unit) }
    return whole > 0 ? (left / whole).squareRoot() : 0
  }
}

/// Flows from later to earlier parties, by payee, then payer.
private struct BackwardFlows {
  let rowStart: Column<Int32>
  let payer: Column<Int32>
  let weight: Column<Double>

  init(_ network: FlowNetwork) {
    let count = network.nodes.count
    let start = Column<Int32>(repeating: 0, count: count + 2)
    for node in 0..<count {
      for arc in network.row(node) where network.payee[arc] < node {
        start.base[network.payee[arc] + 2] += 1
      }
    }
    for node in 0..<count { start.base[node + 2] += start.base[node + 1] }
    let total = Int(start.base[count + 1])
    let (payer, weight) = (Column<Int32>(unwritten: total), Column<Double>(unwritten: total))
    for node in 0..<count {
      for arc in network.row(node) where network.payee[arc] < node {
        let place = Int(start.base[network.payee[arc] + 1])
        payer.base[place] = Int32(node)
        weight.base[place] = network.weight[arc]
        start.base[network.payee[arc] + 1] += 1
      }
    }
    (rowStart, self.payer, self.weight) = (start, payer, weight)
  }
}

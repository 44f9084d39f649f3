public import Graphs
public import Networks

/// Whether a push feeds itself: the spectral radius of the matrix of responses.
///
/// R_uv says of each extra dollar u receives how much more it sends to v. Below one, a push dies out;
/// above one, each round is larger than the one before. The radius is the largest among strong
/// components, each enclosed between the bounds of Collatz and Wielandt, min and max of (Rx)_u/x_u over
/// any positive x (Horn and Johnson, *Matrix Analysis*, 2nd ed., 2013, section 8.1), by squaring I + R
/// where small and by power steps where large.
public struct LoopGain: Sendable, Equatable {
  /// What the radius is at least.
  public let low: Double
  /// What the radius is at most.
  public let high: Double

  /// The radius, between the bounds.
  public var gain: Double { low + (high - low) / 2 }
  /// Whether the bounds met, within one part in 10¹⁰.
  public var isSettled: Bool { high - low <= 1e-10 * high }

  /// The gain of a network whose parties pass on what they receive in the proportions they pay now.
  ///
  /// - Parameters:
  ///   - network: A network that balances within one part in 10⁴.
  ///   - funding: By party, how much more it raises for each extra dollar it receives, because its share
  ///     price or its borrowing power rises with it, and spends in the same proportions. Empty for none.
  /// - Throws: ``MeasureError/unbalanced(party:)``, or ``MeasureError/badParameter(name:value:)``.
  public init(of network: FlowNetwork, funding: [Double] = []) throws(MeasureError) {
    if let node = network.firstUnbalanced(within: 1e-4) {
      throw .unbalanced(party: network.nodes[node])
    }
    for value in funding {
      guard value >= 0, value.isFinite else {
        throw .badParameter(name: "a funding response", value: value)
      }
    }
    // Where rounding lets more leave than comes in, nobody passes on more than the whole.
    let passing = zip(network.throughflow, network.spending).map { max($0, $1) }
    var response: [Double] = []
    for payer in network.nodes.indices {
      let raised = payer < funding.count ? funding[payer] : 0
      for arc in network.row(payer) {
        response.append((1 + raised) * (network.weight[arc] / passing[payer]))
      }
    }
    self.init(graph: network.graph, response: response)
  }

  /// The spectral radius of any matrix of responses, zero or above, at the arcs of `graph`.
  public init(graph: SparseGraph, response: [Double]) {
    let components = StrongComponents(of: graph)
    var low = 0.0
    var high = 0.0
    for members in components.members {
      let block = ResponseBlock(members, graph, response, components.component)
      let bounds = block.radius()
      low = max(low, bounds.low)
      high = max(high, bounds.high)
    }
    self.low = low
    self.high = high
  }
}

/// The responses within one strong component.
private struct ResponseBlock {
  private let size: Int
  private let entries: [(row: Int, column: Int, value: Double)]

  private static let largestSquared = 150
  private static let mostRounds = 20_000
  /// How many responses are multiplied in all, at most, where there are many.
  private static let mostProducts = 4_000_000_000

  init(_ members: [NodeIndex], _ graph: SparseGraph, _ response: [Double], _ component: [Int]) {
    var position: [NodeIndex: Int] = [:]
    for (index, node) in members.enumerated() { position[node] = index }
    var entries: [(row: Int, column: Int, value: Double)] = []
    for (index, node) in members.enumerated() {
      for arc in graph.row(node) where component[graph.target[arc]] == component[node] {
        entries.append((index, position[graph.target[arc], default: 0], response[arc]))
      }
    }
    size = members.count
    self.entries = entries
  }

  func radius() -> (low: Double, high: Double) {
    guard !entries.isEmpty else { return (0, 0) }
    var x = size <= Self.largestSquared ? squared() : [Double](repeating: 1, count: size)
    var image = product(x)
    var best = bounds(image, x)
    for _ in 0..<min(Self.mostRounds, Self.mostProducts / entries.count) {
      guard best.high - best.low > 1e-11 * best.high else { break }
      for k in x.indices { x[k] += image[k] }
      let largest = x.max() ?? 1
      for k in x.indices { x[k] = max(x[k] / largest, .leastNormalMagnitude) }
      image = product(x)
      let now = bounds(image, x)
      best = (max(best.low, now.low), min(best.high, now.high))
    }
    return best.low <= best.high ? best : (best.high, best.low)
  }

  private func product(_ x: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: size)
    for entry in entries { result[entry.row] += entry.value * x[entry.column] }
    return result
  }

  /// The bounds of the radius that `x` and its image give.
  private func bounds(_ image: [Double], _ x: [Double]) -> (low: Double, high: Double) {
    var (low, high) = (Double.infinity, 0.0)
    for k in x.indices {
      let ratio = image[k] / x[k]
      (low, high) = (min(low, ratio), max(high, ratio))
    }
    return (low, high)
  }

  /// (I + R) to the power 2⁴⁰ applied to ones, brought to a largest element of 1 at each squaring.
  private func squared() -> [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    for k in 0..<size { matrix[k * size + k] = 1 }
    for entry in entries { matrix[entry.row * size + entry.column] += entry.value }
    for _ in 0..<40 {
      var square = [Double](repeating: 0, count: size * size)
      for row in 0..<size {
        for middle in 0..<size where matrix[row * size + middle] > 0 {
          let factor = matrix[row * size + middle]
          for column in 0..<size {
            square[row * size + column] += factor * matrix[middle * size + column]
          }
        }
      }
      let largest = square.max() ?? 1
      matrix = square.map { $0 / largest }
    }
    return (0..<size).map { row in
      max(matrix[row * size..<(row + 1) * size].reduce(0, +), .leastNormalMagnitude)
    }
  }
}

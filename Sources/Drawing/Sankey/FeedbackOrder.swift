internal import Graphs

/// An order of the nodes in which little weight runs backwards: a feedback arc set of small weight.
///
/// Within each strongly connected component of at most ``exactLimit`` nodes the weight is the
/// least there is, by dynamic programming over subsets; in larger ones it comes from the greedy
/// order of Eades, Lin and Smyth, bettered by moving single nodes and reversing while that helps.
struct FeedbackOrder {
  static let exactLimit = 12

  /// The place of each node in the order.
  let places: [Int]

  init(count: Int, edges: [(source: Int, target: Int, weight: Double)]) {
    let graph = SparseGraph(nodeCount: count, arcs: edges.map { ($0.source, $0.target) })
    let components = StrongComponents(of: graph).members
    var member = [Int](repeating: 0, count: count)
    var local = member
    for (index, component) in components.enumerated() {
      for (place, node) in component.enumerated() {
        member[node] = index
        local[node] = place
      }
    }
    var weights = components.map { component in
      [[Double]](
        repeating: [Double](repeating: 0, count: component.count),
        count: component.count
      )
    }
    for edge in edges where member[edge.source] == member[edge.target] {
      weights[member[edge.source]][local[edge.source]][local[edge.target]] += edge.weight
    }
    var places = [Int](repeating: 0, count: count)
    var next = 0
    // No arc leads to a component with a higher number: the last are upstream.
    for index in components.indices.reversed() {
      for place in Self.order(weights[index]) {
        places[components[index][place]] = next
        next += 1
      }
    }
    self.places = places
  }

  private static func order(_ weights: [[Double]]) -> [Int] {
    if weights.count == 1 { return [0] }
    if weights.count <= exactLimit { return exact(weights) }
    return searched(weights)
  }

  /// Moves and reversals in turn, as long as they help: Chanas and Kobylański's method.
  private static func searched(_ weights: [[Double]]) -> [Int] {
    let starts = [greedy(weights), byBalance(weights), Array(weights.indices)]
    var best: [Int] = []
    var least = Double.infinity
    for start in weights.count > 80 ? Array(starts.prefix(1)) : starts {
      var order = improved(start, weights)
      var weight = backward(order, weights)
      for _ in 0..<(weights.count > 80 ? 2 : 12) {
        let other = improved(order.reversed(), weights)
        let otherWeight = backward(other, weights)
        guard otherWeight < weight else { break }
        (order, weight) = (other, otherWeight)
      }
      if weight < least { (best, least) = (order, weight) }
    }
    return best
  }

  /// By the share of what a node moves that it pays.
  private static func byBalance(_ weights: [[Double]]) -> [Int] {
    let shares = weights.indices.map { node in
      let paid = weights[node].reduce(0, +)
      let received = weights.reduce(0) { $0 + $1[node] }
      return paid + received > 0 ? paid / (paid + received) : 0.5
    }
    return weights.indices.sorted { (shares[$0], $1) > (shares[$1], $0) }
  }

  private static func backward(_ order: [Int], _ weights: [[Double]]) -> Double {
    order.indices.reduce(0) { sum, later in
      order[..<later].reduce(sum) { $0 + weights[order[later]][$1] }
    }
  }

  /// The best order by the best order of every subset as a beginning.
  private static func exact(_ weights: [[Double]]) -> [Int] {
    let count = weights.count
    let full = 1 << count
    var best = [Double](repeating: .infinity, count: full)
    var last = [Int](repeating: -1, count: full)
    best[0] = 0
    // What each node pays into a subset.
    let into = weights.map { row in
      var sums = [Double](repeating: 0, count: full)
      for set in 1..<full { sums[set] = sums[set & (set - 1)] + row[set.trailingZeroBitCount] }
      return sums
    }
    for set in 0..<full {
      for node in 0..<count where set & (1 << node) == 0 {
        let larger = set | (1 << node)
        let cost = best[set] + into[node][set]
        if cost < best[larger] {
          best[larger] = cost
          last[larger] = node
        }
      }
    }
    var order: [Int] = []
    var set = full - 1
    while set != 0 {
      order.append(last[set])
      set &= ~(1 << last[set])
    }
    return order.reversed()
  }

  /// Sources first, sinks last, and between them whoever pays most more than it receives.
  private static func greedy(_ weights: [[Double]]) -> [Int] {
    let count = weights.count
    var paid = weights.map { $0.reduce(0, +) }
    var received = (0..<count).map { node in weights.reduce(0) { $0 + $1[node] } }
    var left = Array(0..<count)
    var order: [Int] = []
    while !left.isEmpty {
      var place = 0
      for other in left.indices
      where paid[left[other]] - received[left[other]] > paid[left[place]] - received[left[place]] {
        place = other
      }
      let node = left.remove(at: place)
      order.append(node)
      for other in left {
        received[other] -= weights[node][other]
        paid[other] -= weights[other][node]
      }
    }
    return order
  }

  /// Moves single nodes to where least runs backwards, until none gains or some rounds are over.
  private static func improved(_ start: [Int], _ weights: [[Double]]) -> [Int] {
    var order = start
    // What rounding makes of the largest is no gain.
    let rounding = 1e-12 * (weights.joined().max() ?? 0)
    for _ in 0..<8 {
      var hasMoved = false
      for node in 0..<order.count {
        guard let from = order.firstIndex(of: node) else { continue }
        let to = bestPlace(of: node, at: from, in: order, weights, rounding: rounding)
        guard to != from else { continue }
        order.remove(at: from)
        order.insert(node, at: to)
        hasMoved = true
      }
      if !hasMoved { break }
    }
    return order
  }

  private static func bestPlace(
    of node: Int,
    at from: Int,
    in order: [Int],
    _ weights: [[Double]],
    rounding: Double
  ) -> Int {
    var best = (place: from, gain: rounding)
    var gain = 0.0
    for place in stride(from: from - 1, through: 0, by: -1) {
      gain += weights[node][order[place]] - weights[order[place]][node]
      if gain > best.gain { best = (place, gain) }
    }
    gain = 0
    for place in (from + 1)..<max(from + 1, order.count) {
      gain += weights[order[place]][node] - weights[node][order[place]]
      if gain > best.gain { best = (place, gain) }
    }
    return best.place
  }
}

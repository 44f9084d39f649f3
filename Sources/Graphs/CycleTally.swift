/// What was seen of a stream of loops: how many, how long, and those with the largest amounts.
public struct CycleTally: Sendable, Equatable {
  /// One loop.
  public struct Cycle: Sendable, Equatable {
    /// The parties along it, each once, from the first in the order of the network or of time.
    public let nodes: [Int]
    /// The smallest amount on it.
    public let bottleneck: Double
    /// The sum of the amounts on it.
    public let total: Double
    /// The payments along it, as positions in the order given; none of a network without payments.
    public let transfers: [Int]

    /// A loop over `nodes`, along `transfers` where it is one of payments.
    package init(nodes: [Int], bottleneck: Double, total: Double, transfers: [Int] = []) {
      self.nodes = nodes
      self.bottleneck = bottleneck
      self.total = total
      self.transfers = transfers
    }
  }

  /// How many loops there are, or were found before the limit.
  public private(set) var count = 0
  /// Whether these are all there are; otherwise the limit was reached first.
  public package(set) var isComplete = true
  /// How many have each number of payments, from 0: the first two of a network without payments to
  /// oneself are zero.
  public private(set) var byLength: [Int] = []
  /// Those with the largest smallest amounts, largest first.
  public private(set) var top: [Cycle] = []
  /// How many of them are kept.
  package let topCount: Int

  /// Starts to keep the `topCount` loops with the largest bottlenecks.
  package init(topCount: Int) { self.topCount = topCount }

  /// Counts a loop over `nodes` with `amounts`.
  package mutating func add(_ nodes: some Collection<Int>, amounts: [Double]) {
    add(1, length: amounts.count)
    offer(nodes, amounts: amounts)
  }

  /// Takes a loop over `nodes` with `amounts` to the top, if it belongs there.
  package mutating func offer(_ nodes: some Collection<Int>, amounts: [Double]) {
    guard let bottleneck = amounts.min(), wants(bottleneck) else { return }
    offer(Cycle(nodes: Array(nodes), bottleneck: bottleneck, total: amounts.reduce(0, +)))
  }

  /// Counts `number` loops of `length` payments.
  @inline(__always)
  package mutating func add(_ number: Int, length: Int) {
    while byLength.count <= length { byLength.append(0) }
    byLength[length] = saturating(byLength[length], number)
    count = saturating(count, number)
  }

  /// The least bottleneck with which a loop can still come to the top.
  package var threshold: Double {
    guard topCount > 0 else { return .infinity }
    return top.count < topCount ? -.infinity : top[topCount - 1].bottleneck
  }

  /// Whether a loop with this bottleneck can come to the top.
  package func wants(_ bottleneck: Double) -> Bool { topCount > 0 && bottleneck >= threshold }

  /// Whether this loop can come to the top.
  package func wants(_ cycle: Cycle) -> Bool {
    guard top.count == topCount, let last = top.last else { return topCount > 0 }
    return Self.precedes(cycle, last)
  }

  /// Takes a loop to the top, if it belongs there.
  package mutating func offer(_ cycle: Cycle) {
    guard wants(cycle) else { return }
    let place = top.firstIndex { Self.precedes(cycle, $0) } ?? top.count
    top.insert(cycle, at: place)
    if top.count > topCount { top.removeLast() }
  }

  /// Adds what another has seen of other loops.
  package mutating func merge(_ other: CycleTally) {
    for (length, number) in other.byLength.enumerated() where number > 0 {
      add(number, length: length)
    }
    for cycle in other.top { offer(cycle) }
  }

  /// Larger bottleneck first, then larger total, then fewer parties, then the order of payments, or else of parties.
  ///
  /// Payments stand in the same order in every slice of their file; the numbers of parties do not.
  private static func precedes(_ a: Cycle, _ b: Cycle) -> Bool {
    if a.bottleneck != b.bottleneck { return a.bottleneck > b.bottleneck }
    if a.total != b.total { return a.total > b.total }
    if a.nodes.count != b.nodes.count { return a.nodes.count < b.nodes.count }
    if a.transfers != b.transfers { return a.transfers.lexicographicallyPrecedes(b.transfers) }
    return a.nodes.lexicographicallyPrecedes(b.nodes)
  }
}

/// The sum, or the largest number where that is too small for it.
@inlinable @inline(__always)
package func saturating(_ a: Int, _ b: Int) -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? .max : sum
}

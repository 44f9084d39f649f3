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
  }

  /// How many loops there are, or were found before the limit.
  public private(set) var count = 0
  /// Whether these are all there are; otherwise the limit was reached first.
  public internal(set) var isComplete = true
  /// How many have each number of payments, from 0: the first two of a network without payments to
  /// oneself are zero.
  public private(set) var byLength: [Int] = []
  /// Those with the largest smallest amounts, largest first.
  public private(set) var top: [Cycle] = []
  private let topCount: Int

  /// Starts to keep the `topCount` loops with the largest bottlenecks.
  init(topCount: Int) { self.topCount = topCount }

  /// Counts a loop over `nodes` with `amounts`.
  mutating func add(_ nodes: some Collection<Int>, amounts: [Double]) {
    let length = amounts.count
    while byLength.count <= length { byLength.append(0) }
    byLength[length] += 1
    count += 1
    guard let bottleneck = amounts.min(), topCount > 0 else { return }
    if top.count == topCount, let last = top.last, bottleneck < last.bottleneck { return }
    let cycle = Cycle(
      nodes: Array(nodes),
      bottleneck: bottleneck,
      total: amounts.reduce(0, +)
    )
    let place = top.firstIndex { Self.precedes(cycle, $0) } ?? top.count
    top.insert(cycle, at: place)
    if top.count > topCount { top.removeLast() }
  }

  /// Larger bottleneck first, then larger total, then fewer parties, then their order.
  private static func precedes(_ a: Cycle, _ b: Cycle) -> Bool {
    if a.bottleneck != b.bottleneck { return a.bottleneck > b.bottleneck }
    if a.total != b.total { return a.total > b.total }
    if a.nodes.count != b.nodes.count { return a.nodes.count < b.nodes.count }
    return a.nodes.lexicographicallyPrecedes(b.nodes)
  }
}

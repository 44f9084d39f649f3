internal import Columns

/// The largest of the loops over one path of parties, found without looking at the others.
///
/// Loops are in the order of a tally: by the least amount on them, then by their sum, then by where their payments
/// stand. The least amounts that loops have are found one after another, from the largest down; of the loops with
/// the same, each payment keeps the best ways to come to it, as many as are wanted.
///
/// - Complexity: O(*p·k*²) in the payments of the path and the loops wanted; with a tolerance *p* grows to the
///   pairs of payments that can follow one another.
struct LargestOnPath {
  /// A payment of the path.
  struct Payment: BitwiseCopyable {
    /// Its place in the timeline.
    var transfer: Int32
    var moment: Int32
    var amount: Double
  }

  /// A way to come to a payment: its sum, and the way it came by.
  private struct Way: BitwiseCopyable {
    var total: Double
    /// The payment before, by its place in its level, whether its way had met the least amount, and its rank.
    var payment: Int32
    var hasMet: Bool
    var rank: Int32
  }

  /// The ways to come to a payment that have not met the least amount, and those that have, best first.
  private struct Ways {
    var unmet: [Way] = []
    var met: [Way] = []
  }

  /// The payments of each step in the order of time, from the root on.
  private let levels: [[Payment]]
  private let original: Column<Int32>
  private let rules: TemporalCycles.Rules
  private let step: Int32
  // Of the least amount at hand: the ways to each payment of each level.
  private var ways: [[Ways]] = []

  init(
    _ levels: [[Payment]],
    _ timeline: TransferTimeline,
    _ rules: TemporalCycles.Rules
  ) {
    (self.levels, self.rules) = (levels, rules)
    original = timeline.original
    step = rules.allowsTies ? 0 : 1
  }

  /// The largest least amount below `bound` that a loop has; -∞ where none has.
  func bottleneck(below bound: Double) -> Double {
    // For each payment: whether a way of amounts from `bound` on leads there, and the best of the others.
    var former: [(isHigh: Bool, low: Double)] = []
    for (level, payments) in levels.enumerated() {
      var next = payments.map { _ in (isHigh: false, low: -Double.infinity) }
      if level == 0 {
        next = payments.map { $0.amount >= bound ? (true, -.infinity) : (false, $0.amount) }
      } else {
        forEachJoin(level) { before, after in
          let amount = payments[after].amount
          let isHigh = former[before].isHigh
          if amount >= bound {
            next[after].isHigh = next[after].isHigh || isHigh
            next[after].low = max(next[after].low, former[before].low)
          } else {
            next[after].low = max(
              next[after].low,
              min(amount, isHigh ? amount : former[before].low)
            )
          }
        }
      }
      former = next
    }
    return former.map(\.low).max() ?? -.infinity
  }

  /// Calls `body` with each payment of a level and each of the level before that it can follow.
  private func forEachJoin(_ level: Int, _ body: (_ before: Int, _ after: Int) -> Void) {
    for (after, payment) in levels[level].enumerated() {
      for (before, former) in levels[level - 1].enumerated() {
        guard former.moment &+ step <= payment.moment else { break }
        if rules.fits(payment.amount, after: former.amount) { body(before, after) }
      }
    }
  }

  /// The best `count` of the loops whose least amount is `bottleneck`, as places in the timeline.
  mutating func loops(at bottleneck: Double, count: Int) -> [[Int32]] {
    ways = []
    for (level, payments) in levels.enumerated() {
      var former = Ways(unmet: level == 0 ? [Self.start] : [])
      var taken = 0
      var next = payments.map { _ in Ways() }
      for (index, payment) in payments.enumerated() where payment.amount >= bottleneck {
        if level > 0 { take(&former, &taken, before: payment, level, count) }
        next[index] = extended(former, by: payment.amount)
        guard payment.amount == bottleneck else { continue }
        next[index] = Ways(met: merged(next[index].unmet, next[index].met, level, count))
      }
      ways.append(next)
    }
    let last = levels.count - 1
    var best: [(way: Way, payment: Int)] = []
    for (payment, ways) in ways[last].enumerated() {
      for way in ways.met { best.append((way, payment)) }
    }
    let loops = best.map { (total: $0.way.total, loop: loop($0.way, $0.payment, last)) }
    return loops.sorted { left, right in
      if left.total != right.total { return left.total > right.total }
      return precedes(left.loop, right.loop)
    }
    .prefix(count).map(\.loop)
  }

  /// The way to the root, which comes from nowhere.
  private static let start = Way(total: 0, payment: -1, hasMet: false, rank: 0)

  /// Adds to `former` the best ways to the payments of the level before that `payment` can follow.
  ///
  /// Later payments can follow the same ones and more, unless a tolerance has it otherwise.
  private func take(
    _ former: inout Ways,
    _ taken: inout Int,
    before payment: Payment,
    _ level: Int,
    _ count: Int
  ) {
    if rules.tolerance != .infinity { (former, taken) = (Ways(), 0) }
    while taken < levels[level - 1].count {
      let one = levels[level - 1][taken]
      guard one.moment &+ step <= payment.moment else { break }
      if rules.fits(payment.amount, after: one.amount) {
        let known = ways[level - 1][taken]
        former.unmet = merged(former.unmet, from(taken, known.unmet, false), level, count)
        former.met = merged(former.met, from(taken, known.met, true), level, count)
      }
      taken += 1
    }
  }

  /// The ways that come by those of a payment.
  private func from(_ payment: Int, _ ways: [Way], _ hasMet: Bool) -> [Way] {
    ways.enumerated().map { rank, way in
      Way(
        total: way.total,
        payment: Int32(truncatingIfNeeded: payment),
        hasMet: hasMet,
        rank: Int32(truncatingIfNeeded: rank)
      )
    }
  }

  private func extended(_ ways: Ways, by amount: Double) -> Ways {
    func longer(_ way: Way) -> Way {
      var way = way
      way.total += amount
      return way
    }
    return Ways(unmet: ways.unmet.map(longer), met: ways.met.map(longer))
  }

  /// The best `count` of two lists of ways to a payment of `level`.
  private func merged(_ left: [Way], _ right: [Way], _ level: Int, _ count: Int) -> [Way] {
    guard !left.isEmpty, !right.isEmpty else { return left.isEmpty ? right : left }
    var all: [Way] = []
    var (first, second) = (0, 0)
    while all.count < count, first < left.count || second < right.count {
      let takesLeft =
        second == right.count || first < left.count && !isBetter(right[second], left[first], level)
      all.append(takesLeft ? left[first] : right[second])
      if takesLeft { first += 1 } else { second += 1 }
    }
    return all
  }

  private func isBetter(_ left: Way, _ right: Way, _ level: Int) -> Bool {
    if left.total != right.total { return left.total > right.total }
    return precedes(path(left, level), path(right, level))
  }

  /// The payments before `level` on a way.
  private func path(_ way: Way, _ level: Int) -> [Int32] {
    var way = way
    var path: [Int32] = []
    for level in stride(from: level - 1, through: 0, by: -1) {
      let place = Int(way.payment)
      path.append(levels[level][place].transfer)
      let ways = ways[level][place]
      way = (way.hasMet ? ways.met : ways.unmet)[Int(way.rank)]
    }
    return path.reversed()
  }

  private func loop(_ way: Way, _ payment: Int, _ level: Int) -> [Int32] {
    path(way, level) + [levels[level][payment].transfer]
  }

  private func precedes(_ left: [Int32], _ right: [Int32]) -> Bool {
    left.lazy.map { original[Int($0)] }.lexicographicallyPrecedes(
      right.lazy.map { original[Int($0)] }
    )
  }
}

internal import Columns
internal import Graphs
internal import Networks

/// What one thread has seen of the loops of some roots.
struct TemporalTally {
  private(set) var cycles: CycleTally
  /// How many more loops may be taken.
  private(set) var remaining: Int
  /// How many loops begin in each period.
  private(set) var byPeriod: [Int]
  /// How many loops run through each party, where that is asked.
  let through: FlatArray<Int>?
  /// Is given each loop as places in the timeline; says whether to go on.
  private let consume: ((Scratch<Int32>) -> Bool)?

  init(
    limit: Int,
    request: TemporalCycles.Request,
    nodeCount: Int,
    consume: ((Scratch<Int32>) -> Bool)? = nil
  ) {
    cycles = CycleTally(topCount: request.topCount)
    remaining = limit
    byPeriod = [Int](repeating: 0, count: request.periodStarts.count + 1)
    through = request.countsParties ? FlatArray(repeating: 0, count: nodeCount) : nil
    self.consume = consume
  }

  @inline(__always) var count: Int { cycles.count }
  @inline(__always) var threshold: Double { cycles.threshold }

  @inline(__always)
  func wants(_ bottleneck: Double) -> Bool { cycles.wants(bottleneck) }

  /// Counts loops that are not looked at one by one.
  @inline(__always)
  mutating func add(_ number: Int, length: Int) {
    cycles.add(number, length: length)
    remaining &-= number
  }

  /// Notes how many loops run through a party.
  @inline(__always)
  func note(_ node: Int32, took number: Int) {
    guard let through, number > 0 else { return }
    through.base[Int(node)] = saturating(through.base[Int(node)], number)
  }

  /// Notes in which period a root's loops begin.
  mutating func note(period: Int, took number: Int) {
    byPeriod[period] = saturating(byPeriod[period], number)
  }

  /// Takes one loop.
  ///
  /// - Returns: `false` where it is one too many.
  mutating func take(
    _ loop: Scratch<Int32>,
    _ timeline: TransferTimeline,
    _ amount: FlatArray<Double>?,
    _ rules: TemporalCycles.Rules,
    counts: Bool
  ) -> Bool {
    guard isFirst(loop, timeline, amount, rules) else { return true }
    if counts {
      guard remaining > 0 else { return false }
      add(1, length: loop.count)
      if let consume, !consume(loop) { return false }
    }
    if let amount { offer(loop, timeline, amount) }
    return true
  }

  /// Where all payments of a loop share one moment, whether it is at the earliest that can be first.
  private func isFirst(
    _ loop: Scratch<Int32>,
    _ timeline: TransferTimeline,
    _ amount: FlatArray<Double>?,
    _ rules: TemporalCycles.Rules
  ) -> Bool {
    guard rules.allowsTies, rules.tolerance != .infinity, let amount else { return true }
    let moment = timeline.moment.base
    guard moment[Int(loop.base[0])] == moment[Int(loop.base[loop.count - 1])] else { return true }
    return !(0..<loop.count).contains { start in
      guard loop.base[start] < loop.base[0] else { return false }
      return (1..<loop.count).allSatisfy { step in
        let former = loop.base[(start + step - 1) % loop.count]
        let next = loop.base[(start + step) % loop.count]
        return rules.fits(amount.base[Int(next)], after: amount.base[Int(former)])
      }
    }
  }

  private mutating func offer(
    _ loop: Scratch<Int32>,
    _ timeline: TransferTimeline,
    _ amount: FlatArray<Double>
  ) {
    var bottleneck = Double.infinity
    var total = 0.0
    for index in 0..<loop.count {
      let amount = amount.base[Int(loop.base[index])]
      bottleneck = min(bottleneck, amount)
      total += amount
    }
    guard wants(bottleneck) else { return }
    if let last = cycles.top.last, bottleneck == threshold, total < last.total { return }
    let places = (0..<loop.count).map { Int(loop.base[$0]) }
    cycles.offer(
      CycleTally.Cycle(
        nodes: places.map { Int(timeline.payer.base[$0]) },
        bottleneck: bottleneck,
        total: total,
        transfers: places.map { Int(timeline.original.base[$0]) }
      )
    )
  }

  /// Adds what another thread has seen.
  mutating func merge(_ other: TemporalTally) {
    cycles.merge(other.cycles)
    for (period, number) in other.byPeriod.enumerated() { note(period: period, took: number) }
    guard let through, let others = other.through else { return }
    for node in 0..<through.count {
      through.base[node] = saturating(through.base[node], others.base[node])
    }
  }

  /// The same with less left to take.
  mutating func limit(to remaining: Int) { self.remaining = remaining }
  mutating func finish(isComplete: Bool) { cycles.isComplete = isComplete }
}

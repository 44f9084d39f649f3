internal import Columns
internal import Graphs
internal import Networks

/// What one thread has seen of the loops of some roots.
struct TemporalTally {
  private(set) var cycles: CycleTally
  /// How many more loops may be taken.
  private(set) var remaining: Int
  /// How many more payments may be looked at.
  private(set) var workLeft = Int.max
  /// How many loops begin in each period.
  private(set) var byPeriod: [Int]
  /// How many loops run through each party, where that is asked.
  let through: Column<Int>?
  /// Is given each loop as places in the timeline; says whether to go on.
  private let consume: ((GrowingBuffer<Int32>) -> Bool)?

  init(
    limit: Int,
    request: TemporalCycles.Request,
    nodeCount: Int,
    consume: ((GrowingBuffer<Int32>) -> Bool)? = nil
  ) {
    cycles = CycleTally(topCount: request.topCount)
    remaining = limit
    byPeriod = [Int](repeating: 0, count: request.periodStarts.count + 1)
    through = request.countsParties ? Column(repeating: 0, count: nodeCount) : nil
    self.consume = consume
  }

  @inline(__always) var count: Int { cycles.count }
  @inline(__always) var topCount: Int { cycles.topCount }
  @inline(__always) var threshold: Double { cycles.threshold }

  @inline(__always)
  func wants(_ bottleneck: Double) -> Bool { cycles.wants(bottleneck) }
  func wants(_ cycle: CycleTally.Cycle) -> Bool { cycles.wants(cycle) }

  /// Counts payments looked at; says whether more may be.
  @inline(__always)
  mutating func work(_ payments: Int) -> Bool {
    workLeft &-= payments
    return workLeft >= 0
  }

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
    _ loop: GrowingBuffer<Int32>,
    _ timeline: TransferTimeline,
    _ amount: Column<Double>?,
    _ rules: TemporalCycles.Rules
  ) -> Bool {
    guard consume != nil || work(loop.count) else { return false }
    guard isFirst(loop, timeline, amount, rules) else { return true }
    guard remaining > 0 else { return false }
    add(1, length: loop.count)
    if let consume, !consume(loop) { return false }
    if let amount { offer((0..<loop.count).map { loop.base[$0] }, timeline, amount) }
    return true
  }

  /// Where all payments of a loop share one moment, whether it is at the earliest that can be first.
  private func isFirst(
    _ loop: GrowingBuffer<Int32>,
    _ timeline: TransferTimeline,
    _ amount: Column<Double>?,
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

  /// Takes a loop, as places in the timeline, to the top, if it belongs there.
  mutating func offer(
    _ loop: [Int32],
    _ timeline: TransferTimeline,
    _ amount: Column<Double>
  ) {
    var bottleneck = Double.infinity
    var total = 0.0
    for place in loop {
      let amount = amount.base[Int(place)]
      bottleneck = min(bottleneck, amount)
      total += amount
    }
    guard wants(bottleneck) else { return }
    if let last = cycles.top.last, bottleneck == threshold, total < last.total { return }
    cycles.offer(
      CycleTally.Cycle(
        nodes: loop.map { Int(timeline.payer.base[Int($0)]) },
        bottleneck: bottleneck,
        total: total,
        transfers: loop.map { Int(timeline.original.base[Int($0)]) }
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
  mutating func limit(to remaining: Int, work: Int) {
    (self.remaining, workLeft) = (remaining, work)
  }
  mutating func finish(isComplete: Bool) { cycles.isComplete = isComplete }
}

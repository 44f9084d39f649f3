public import Networks

/// One payment at a moment.
public struct Transfer: Sendable, Hashable {
  /// Who pays.
  public let payer: NodeIndex
  /// Who is paid.
  public let payee: NodeIndex
  /// When, in seconds from a moment that all transfers share.
  public let time: Int
  /// How much.
  public let amount: Double

  /// A payment of `amount` at `time`.
  public init(payer: NodeIndex, payee: NodeIndex, time: Int, amount: Double) {
    self.payer = payer
    self.payee = payee
    self.time = time
    self.amount = amount
  }
}

/// Loops that money can have run through: payments one after another, back to where they began.
///
/// Times strictly increase along a loop, all lie within a window from the first, and no party comes
/// twice. Parallel transfers make different loops; payments to oneself make none. A loop is found
/// once, at its first transfer. Temporal cycles as in Kumar and Calders, "2SCENT: An Efficient Algorithm
/// for Enumerating All Simple Temporal Cycles", *PVLDB* 11(11), 2018, doi:10.14778/3236187.3236197; the
/// search here is depth first, cut off where no way back is left in time.
public struct TemporalCycles: Sendable {
  /// What counts as a loop.
  public struct Rules: Sendable, Equatable {
    /// The most seconds from the first transfer to the last, that many included.
    public var window: Int
    /// The most transfers in a loop.
    public var maximumLength = Int.max
    /// The least amount of a transfer.
    public var minimumAmount = 0.0
    /// The most that the amount may change from one transfer to the next, as a share of the former.
    public var tolerance = Double.infinity
    /// Whether a transfer may follow another of the same moment.
    public var allowsTies = false

    /// Loops within `window` seconds.
    public init(window: Int) { self.window = window }
  }

  private let rules: Rules
  /// The transfers by time, and for each its position in the order given.
  private let transfers: [Transfer]
  private let original: [Int]
  /// Leaving transfers of each party, by time.
  private let outgoing: (start: [Int], transfer: [Int])
  private let nodeCount: Int

  /// Prepares `transfers` between `nodeCount` parties, in any order.
  public init(of transfers: [Transfer], nodeCount: Int, rules: Rules) {
    let kept = transfers.indices.filter {
      transfers[$0].payer != transfers[$0].payee && transfers[$0].amount >= rules.minimumAmount
    }
    original = kept.sorted {
      let (a, b) = (transfers[$0], transfers[$1])
      return (a.time, a.payer, a.payee, $0) < (b.time, b.payer, b.payee, $1)
    }
    let sorted = original.map { transfers[$0] }
    self.transfers = sorted
    self.rules = rules
    self.nodeCount = nodeCount
    var start = [Int](repeating: 0, count: nodeCount + 1)
    for transfer in sorted { start[transfer.payer + 1] += 1 }
    for node in 0..<nodeCount { start[node + 1] += start[node] }
    var next = start
    var leaving = [Int](repeating: 0, count: sorted.count)
    for (index, transfer) in sorted.enumerated() {
      leaving[next[transfer.payer]] = index
      next[transfer.payer] += 1
    }
    outgoing = (start, leaving)
  }

  /// Hands loops to `consume` until there are no more or `limit` have been handed over.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - consume: Is given the transfers of a loop in order, as positions in the order given.
  /// - Returns: Whether these were all loops.
  public func forEach(limit: Int, _ consume: ([Int]) -> Void) -> Bool {
    var remaining = limit
    var search = TemporalSearch(
      rules: rules,
      transfers: transfers,
      outgoing: outgoing,
      nodeCount: nodeCount
    )
    for root in transfers.indices {
      let isComplete = search.run(from: root) { path in
        guard remaining > 0 else { return false }
        remaining -= 1
        consume(path.map { original[$0] })
        return true
      }
      guard isComplete else { return false }
    }
    return true
  }

  /// Counts the loops.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - topCount: How many loops with the largest bottlenecks to keep.
  /// - Returns: The count, which says whether it is complete.
  public func tally(limit: Int, topCount: Int = 10) -> CycleTally {
    var tally = CycleTally(topCount: topCount)
    var byPosition = [Transfer?](repeating: nil, count: (original.max() ?? -1) + 1)
    for (transfer, position) in zip(transfers, original) { byPosition[position] = transfer }
    tally.isComplete = forEach(limit: limit) { path in
      let steps = path.compactMap { byPosition[$0] }
      tally.add(steps.map(\.payer), amounts: steps.map(\.amount))
    }
    return tally
  }
}

/// A depth-first search from one first transfer at a time.
private struct TemporalSearch {
  private let rules: TemporalCycles.Rules
  private let transfers: [Transfer]
  private let start: [Int]
  private let leaving: [Int]
  private var isOnPath: [Bool]
  /// The last moment at which money can leave a party and still come back to the root's payer.
  private var lastWayBack: [Int]
  private var touched: [NodeIndex] = []
  private var path: [Int] = []
  private var nextLeaving: [Int] = []

  init(
    rules: TemporalCycles.Rules,
    transfers: [Transfer],
    outgoing: (start: [Int], transfer: [Int]),
    nodeCount: Int
  ) {
    self.rules = rules
    self.transfers = transfers
    start = outgoing.start
    leaving = outgoing.transfer
    isOnPath = [Bool](repeating: false, count: nodeCount)
    lastWayBack = [Int](repeating: .min, count: nodeCount)
  }

  /// Finds the loops whose first transfer is `root`; says whether `found` took them all.
  mutating func run(from root: Int, _ found: ([Int]) -> Bool) -> Bool {
    let home = transfers[root].payer
    let (deadline, overflow) = transfers[root].time.addingReportingOverflow(rules.window)
    let last = overflow ? Int.max : deadline
    guard rules.maximumLength >= 2 else { return true }
    guard canLeave(transfers[root].payee, after: transfers[root].time, until: last) else {
      return true
    }
    findWaysBack(to: home, from: root, until: last)
    defer { forgetWaysBack() }
    guard follows(lastWayBack[transfers[root].payee], transfers[root].time) else { return true }
    isOnPath[home] = true
    defer { isOnPath[home] = false }
    enter(root)
    while let current = path.last, let position = nextLeaving.last {
      let here = transfers[current].payee
      guard position < start[here + 1], transfers[leaving[position]].time <= last else {
        leave()
        continue
      }
      nextLeaving[nextLeaving.count - 1] = position + 1
      let next = leaving[position]
      guard fits(transfers[next].amount, after: transfers[current].amount) else { continue }
      let payee = transfers[next].payee
      if payee == home {
        guard isFirst(root, closing: next) else { continue }
        guard found(path + [next]) else {
          while !path.isEmpty { leave() }
          return false
        }
      } else if !isOnPath[payee], path.count + 2 <= rules.maximumLength,
        follows(lastWayBack[payee], transfers[next].time)
      {
        enter(next)
      }
    }
    return true
  }

  private func follows(_ time: Int, _ earlier: Int) -> Bool {
    rules.allowsTies ? time >= earlier : time > earlier
  }

  private func fits(_ amount: Double, after former: Double) -> Bool {
    rules.tolerance == .infinity || (amount - former).magnitude <= rules.tolerance * former
  }

  /// Where all transfers of a loop share one moment, the earliest in order that can be first is.
  private func isFirst(_ root: Int, closing last: Int) -> Bool {
    guard transfers[last].time == transfers[root].time else { return true }
    let loop = path + [last]
    return !loop.indices.contains { loop[$0] < root && canBegin(loop, at: $0) }
  }

  /// Whether amounts fit all along the loop from `start` on.
  private func canBegin(_ loop: [Int], at start: Int) -> Bool {
    loop.indices.dropFirst().allSatisfy { step in
      let former = loop[(start + step - 1) % loop.count]
      return fits(
        transfers[loop[(start + step) % loop.count]].amount,
        after: transfers[former].amount
      )
    }
  }

  private mutating func enter(_ transfer: Int) {
    path.append(transfer)
    isOnPath[transfers[transfer].payee] = true
    nextLeaving.append(firstLeaving(transfers[transfer].payee, after: transfers[transfer].time))
  }

  private mutating func leave() {
    isOnPath[transfers[path.removeLast()].payee] = false
    nextLeaving.removeLast()
  }

  /// The first position in `leaving` of a transfer of `node` that can follow the moment `time`.
  private func firstLeaving(_ node: NodeIndex, after time: Int) -> Int {
    var low = start[node]
    var high = start[node + 1]
    while low < high {
      let middle = (low + high) / 2
      if follows(transfers[leaving[middle]].time, time) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func canLeave(_ node: NodeIndex, after time: Int, until last: Int) -> Bool {
    let position = firstLeaving(node, after: time)
    return position < start[node + 1] && transfers[leaving[position]].time <= last
  }

  /// Goes through the window backwards in time.
  private mutating func findWaysBack(to home: NodeIndex, from root: Int, until last: Int) {
    let first = rules.allowsTies ? firstOfMoment(root) : root + 1
    var end = endOfWindow(root, until: last)
    while end > first {
      var begin = end - 1
      while begin > first, transfers[begin - 1].time == transfers[begin].time { begin -= 1 }
      // Transfers of one moment can follow each other only where ties may; then until nothing changes.
      while note(begin..<end, home), rules.allowsTies {}
      end = begin
    }
  }

  /// Notes what leads back among transfers of one moment; says whether anything new was noted.
  private mutating func note(_ moment: Range<Int>, _ home: NodeIndex) -> Bool {
    var hasChanged = false
    for index in moment {
      let transfer = transfers[index]
      guard lastWayBack[transfer.payer] == .min, transfer.payer != home else { continue }
      let leads =
        transfer.payee == home
        || (lastWayBack[transfer.payee] != .min
          && follows(lastWayBack[transfer.payee], transfer.time))
      guard leads else { continue }
      lastWayBack[transfer.payer] = transfer.time
      touched.append(transfer.payer)
      hasChanged = true
    }
    return hasChanged
  }

  private mutating func forgetWaysBack() {
    for node in touched { lastWayBack[node] = .min }
    touched.removeAll(keepingCapacity: true)
  }

  private func firstOfMoment(_ root: Int) -> Int {
    var first = root
    while first > 0, transfers[first - 1].time == transfers[root].time { first -= 1 }
    return first
  }

  private func endOfWindow(_ root: Int, until last: Int) -> Int {
    var low = root
    var high = transfers.count
    while low < high {
      let middle = (low + high) / 2
      if transfers[middle].time <= last { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

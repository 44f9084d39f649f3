internal import Networks

/// The payments that can lie on a loop, in the order of time, and the moments they happen at.
///
/// Times are replaced by the ranks of the moments that occur, so that everything later compares small
/// whole numbers.
struct TransferTimeline: Sendable {
  let nodeCount: Int
  let payer: FlatArray<Int32>
  let payee: FlatArray<Int32>
  /// The rank of the moment of each payment.
  let moment: FlatArray<Int32>
  /// Where each payment stood in the columns given.
  let original: FlatArray<Int32>
  /// The time of each moment.
  let time: FlatArray<Int>
  /// The last moment within the window that begins at each moment.
  let windowEnd: FlatArray<Int32>
  /// Whether each payment can be the first of a loop.
  let canBegin: FlatArray<Bool>

  var count: Int { payer.count }

  /// Keeps what can lie on a loop by `rules`.
  init(of columns: TransferColumns, rules: TemporalCycles.Rules) {
    let order = Self.order(of: columns, rules)
    let (moment, time) = Self.ranked(columns, order)
    let windows = Self.windows(time, rules.window)
    let keeps = FlatArray(repeating: true, count: order.count)
    let begins = FlatArray(repeating: false, count: order.count)
    let payer = FlatArray<Int32>(unwritten: order.count)
    let payee = FlatArray<Int32>(unwritten: order.count)
    for index in 0..<order.count {
      payer.base[index] = columns.payer.base[Int(order.base[index])]
      payee.base[index] = columns.payee.base[Int(order.base[index])]
    }
    var trimming = Trimming(
      payer: payer,
      payee: payee,
      moment: moment,
      windowStart: windows.start,
      windowEnd: windows.end,
      keeps: keeps,
      begins: begins,
      nodeCount: columns.nodeCount,
      allowsTies: rules.allowsTies
    )
    trimming.run()
    for index in 0..<order.count where begins.base[index] {
      let time = time.base[Int(moment.base[index])]
      begins.base[index] =
        time >= rules.rootsFrom ?? .min && rules.rootsUntil.map { time < $0 } ?? true
    }
    nodeCount = columns.nodeCount
    self.time = time
    windowEnd = windows.end
    self.payer = Self.kept(payer, keeps, trimming.keptCount)
    self.payee = Self.kept(payee, keeps, trimming.keptCount)
    self.moment = Self.kept(moment, keeps, trimming.keptCount)
    original = Self.kept(order, keeps, trimming.keptCount)
    canBegin = Self.kept(begins, keeps, trimming.keptCount)
  }

  /// The payments that count, in the order of time, and in that of the columns where times are equal.
  private static func order(
    of columns: TransferColumns,
    _ rules: TemporalCycles.Rules
  ) -> FlatArray<Int32> {
    let isCounted = FlatArray(repeating: false, count: columns.count)
    var count = 0
    var isSorted = true
    var last = Int.min
    for index in 0..<columns.count
    where columns.payer.base[index] != columns.payee.base[index]
      && (rules.minimumAmount <= 0 || columns.amounts[index] >= rules.minimumAmount)
    {
      isCounted.base[index] = true
      count += 1
      isSorted = isSorted && columns.time.base[index] >= last
      last = columns.time.base[index]
    }
    let order = FlatArray<Int32>(unwritten: count)
    var next = 0
    for index in 0..<columns.count where isCounted.base[index] {
      order.base[next] = Int32(index)
      next += 1
    }
    if !isSorted { RadixSort.sort(order, by: columns.time) }
    return order
  }

  private static func ranked(
    _ columns: TransferColumns,
    _ order: FlatArray<Int32>
  ) -> (moment: FlatArray<Int32>, time: FlatArray<Int>) {
    let moment = FlatArray<Int32>(unwritten: order.count)
    var times: [Int] = []
    for index in 0..<order.count {
      let time = columns.time.base[Int(order.base[index])]
      if time != times.last || times.isEmpty { times.append(time) }
      moment.base[index] = Int32(truncatingIfNeeded: times.count - 1)
    }
    return (moment, FlatArray(times))
  }

  /// For each moment the first moment whose window holds it, and the last that its window holds.
  private static func windows(
    _ time: FlatArray<Int>,
    _ window: Int
  ) -> (start: FlatArray<Int32>, end: FlatArray<Int32>) {
    let start = FlatArray<Int32>(unwritten: time.count)
    let end = FlatArray<Int32>(unwritten: time.count)
    var first = 0
    for moment in 0..<time.count {
      while isBeyond(window, time.base[first], time.base[moment]) {
        end.base[first] = Int32(truncatingIfNeeded: moment - 1)
        first += 1
      }
      start.base[moment] = Int32(truncatingIfNeeded: first)
    }
    for moment in first..<max(first, time.count) {
      end.base[moment] = Int32(truncatingIfNeeded: time.count - 1)
    }
    return (start, end)
  }

  private static func isBeyond(_ window: Int, _ first: Int, _ last: Int) -> Bool {
    let (span, overflow) = last.subtractingReportingOverflow(first)
    return overflow ? window != .max : span > window
  }

  private static func kept<Element: BitwiseCopyable>(
    _ values: FlatArray<Element>,
    _ keeps: FlatArray<Bool>,
    _ count: Int
  ) -> FlatArray<Element> {
    guard count < values.count else { return values }
    let result = FlatArray<Element>(unwritten: count)
    var next = 0
    for index in 0..<values.count where keeps.base[index] {
      result.base[next] = values.base[index]
      next += 1
    }
    return result
  }
}

/// Takes away payments that no other joins on to within the window, until that changes little.
///
/// On a loop, the payer was or will be paid and the payee paid or will pay within a window either way; the
/// first payment's payer is paid after it and its payee pays after it.
private struct Trimming {
  let payer: FlatArray<Int32>
  let payee: FlatArray<Int32>
  let moment: FlatArray<Int32>
  let windowStart: FlatArray<Int32>
  let windowEnd: FlatArray<Int32>
  let keeps: FlatArray<Bool>
  let begins: FlatArray<Bool>
  let nodeCount: Int
  let allowsTies: Bool
  private(set) var keptCount = 0
  private let paid: FlatArray<Int32>
  private let pays: FlatArray<Int32>

  init(
    payer: FlatArray<Int32>,
    payee: FlatArray<Int32>,
    moment: FlatArray<Int32>,
    windowStart: FlatArray<Int32>,
    windowEnd: FlatArray<Int32>,
    keeps: FlatArray<Bool>,
    begins: FlatArray<Bool>,
    nodeCount: Int,
    allowsTies: Bool
  ) {
    (self.payer, self.payee, self.moment) = (payer, payee, moment)
    (self.windowStart, self.windowEnd) = (windowStart, windowEnd)
    (self.keeps, self.begins) = (keeps, begins)
    (self.nodeCount, self.allowsTies) = (nodeCount, allowsTies)
    paid = FlatArray(repeating: 0, count: nodeCount)
    pays = FlatArray(repeating: 0, count: nodeCount)
  }

  mutating func run() {
    keptCount = keeps.count
    for _ in 0..<4 {
      let before = keptCount
      let follows = FlatArray<UInt8>(unwritten: payer.count)
      lookBack(follows)
      lookAhead(follows)
      if before - keptCount < before / 20 { break }
    }
  }

  /// Notes for each payment whether its payer was paid (1) and its payee paid (2) within a window before.
  private func lookBack(_ follows: FlatArray<UInt8>) {
    paid.base.update(repeating: -1, count: nodeCount)
    pays.base.update(repeating: -1, count: nodeCount)
    forEachMoment(backwards: false) { index in
      paid.base[Int(payee.base[index])] = moment.base[index]
      pays.base[Int(payer.base[index])] = moment.base[index]
    } check: { index in
      let first = windowStart.base[Int(moment.base[index])]
      follows.base[index] =
        (paid.base[Int(payer.base[index])] >= first ? 1 : 0)
        | (pays.base[Int(payee.base[index])] >= first ? 2 : 0)
    }
  }

  private mutating func lookAhead(_ follows: FlatArray<UInt8>) {
    paid.base.update(repeating: .max, count: nodeCount)
    pays.base.update(repeating: .max, count: nodeCount)
    var dropped = 0
    forEachMoment(backwards: true) { index in
      paid.base[Int(payee.base[index])] = moment.base[index]
      pays.base[Int(payer.base[index])] = moment.base[index]
    } check: { index in
      let last = windowEnd.base[Int(moment.base[index])]
      let isPaid = paid.base[Int(payer.base[index])] <= last
      let payeePays = pays.base[Int(payee.base[index])] <= last
      begins.base[index] = isPaid && payeePays
      let before = follows.base[index]
      guard (isPaid || before & 1 != 0) && (payeePays || before & 2 != 0) else {
        keeps.base[index] = false
        begins.base[index] = false
        dropped += 1
        return
      }
    }
    keptCount -= dropped
  }

  /// Goes through the payments that are left by moments, which may see themselves where ties are allowed.
  private func forEachMoment(
    backwards: Bool,
    note: (Int) -> Void,
    check: (Int) -> Void
  ) {
    let count = payer.count
    var done = 0
    while done < count {
      let begin = backwards ? count - 1 - done : done
      var end = done + 1
      while end < count,
        moment.base[backwards ? count - 1 - end : end] == moment.base[begin]
      {
        end += 1
      }
      let range = backwards ? (count - end)..<(count - done) : done..<end
      if allowsTies { for index in range where keeps.base[index] { note(index) } }
      for index in range where keeps.base[index] { check(index) }
      if !allowsTies { for index in range where keeps.base[index] { note(index) } }
      done = end
    }
  }
}

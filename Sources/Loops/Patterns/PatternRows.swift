internal import Columns

/// Payments in the order of time, in rows by payer and by payee: those between two parties of at least some amount.
struct PatternRows: Sendable {
  let payer: [Int32]
  let payee: [Int32]
  let time: [Int]
  let amount: [Int64]
  /// Where each stood in the columns given.
  let original: [Int32]
  let nodeCount: Int
  /// How many parties pay or are paid.
  let activePartyCount: Int
  private let leavingStart: [Int]
  private let arrivingStart: [Int]
  private let leavingPlaces: [Int32]
  private let arrivingPlaces: [Int32]

  var count: Int { payer.count }

  init(_ columns: TransferColumns, minimum: Int64) {
    var order: [Int32] = []
    for index in 0..<columns.count
    where columns.payer.base[index] != columns.payee.base[index]
      && columns.amounts[index] >= Double(minimum)
    {
      order.append(Int32(truncatingIfNeeded: index))
    }
    let sorted = Column(order)
    RadixSort.sort(sorted, by: columns.time)
    original = Array(sorted)
    payer = original.map { columns.payer.base[Int($0)] }
    payee = original.map { columns.payee.base[Int($0)] }
    time = original.map { columns.time.base[Int($0)] }
    amount = original.map { Int64(columns.amounts[Int($0)]) }
    nodeCount = columns.nodeCount
    (leavingStart, leavingPlaces) = Self.rows(payer, nodeCount)
    (arrivingStart, arrivingPlaces) = Self.rows(payee, nodeCount)
    var active = 0
    for node in 0..<nodeCount
    where leavingStart[node] < leavingStart[node + 1]
      || arrivingStart[node] < arrivingStart[node + 1]
    {
      active += 1
    }
    activePartyCount = active
  }

  private static func rows(_ keys: [Int32], _ nodeCount: Int) -> ([Int], [Int32]) {
    var start = [Int](repeating: 0, count: nodeCount + 1)
    for key in keys { start[Int(key) + 1] += 1 }
    for node in 0..<nodeCount { start[node + 1] += start[node] }
    var filled = start
    var places = [Int32](repeating: 0, count: keys.count)
    for (place, key) in keys.enumerated() {
      places[filled[Int(key)]] = Int32(truncatingIfNeeded: place)
      filled[Int(key)] += 1
    }
    return (start, places)
  }

  /// The places of what a party pays, in the order of time.
  func leaving(_ party: Int32) -> ArraySlice<Int32> {
    leavingPlaces[leavingStart[Int(party)]..<leavingStart[Int(party) + 1]]
  }

  /// The places of what a party is paid, in the order of time.
  func arriving(_ party: Int32) -> ArraySlice<Int32> {
    arrivingPlaces[arrivingStart[Int(party)]..<arrivingStart[Int(party) + 1]]
  }

  /// Those of a row that lie within a span of time.
  func within(_ row: ArraySlice<Int32>, _ span: ClosedRange<Int>) -> ArraySlice<Int32> {
    let begin = firstPlace(row) { self.time[Int($0)] >= span.lowerBound }
    let end = firstPlace(row) { self.time[Int($0)] > span.upperBound }
    return row[begin..<max(begin, end)]
  }

  private func firstPlace(_ row: ArraySlice<Int32>, _ isPast: (Int32) -> Bool) -> Int {
    var (low, high) = (row.startIndex, row.endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isPast(row[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The seconds from one moment to a later one, as many as there can be at most.
  static func span(_ first: Int, _ last: Int) -> Int {
    let (span, overflow) = last.subtractingReportingOverflow(first)
    return overflow ? .max : span
  }

  /// A moment so many seconds later, as late as there can be at most.
  static func later(_ moment: Int, _ seconds: Int) -> Int {
    let (sum, overflow) = moment.addingReportingOverflow(seconds)
    return overflow ? .max : sum
  }

  /// A moment so many seconds sooner.
  static func sooner(_ moment: Int, _ seconds: Int) -> Int {
    let (difference, overflow) = moment.subtractingReportingOverflow(seconds)
    return overflow ? .min : difference
  }
}

/// How often each of some parties was met, and how many were.
struct PartyTally {
  private var times: [Int32: Int] = [:]

  /// How many parties there are.
  var count: Int { times.count }
  /// Which they are, in order.
  var parties: [Int32] { times.keys.sorted() }

  func has(_ party: Int32) -> Bool { times[party] != nil }

  mutating func add(_ party: Int32) { times[party, default: 0] += 1 }

  mutating func remove(_ party: Int32) {
    guard let number = times[party] else { return }
    times[party] = number > 1 ? number - 1 : nil
  }

  mutating func removeAll() { times.removeAll(keepingCapacity: true) }
}

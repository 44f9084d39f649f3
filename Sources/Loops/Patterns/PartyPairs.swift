/// Two payments that two parties have in common with a third: both pay it, both are paid by it, or it passes on what one paid the
/// other.
struct PairRecord: BitwiseCopyable {
  /// The two.
  let first: Int32
  let second: Int32
  /// The third.
  let by: Int32
  /// The earlier payment and the later, as places.
  let begin: Int32
  let end: Int32

  /// Whether both are of the same two.
  func isOfSame(_ other: PairRecord) -> Bool { first == other.first && second == other.second }

  static func precedes(_ left: PairRecord, _ right: PairRecord) -> Bool {
    if left.first != right.first { return left.first < right.first }
    if left.second != right.second { return left.second < right.second }
    return left.begin != right.begin ? left.begin < right.begin : left.end < right.end
  }
}

/// Pairs of payments within a window, gathered up to a limit.
struct PairGathering {
  private(set) var records: [PairRecord] = []
  /// How many pairs may still be looked at.
  private var workLeft: Int
  /// How many records are kept at most: each takes twenty bytes.
  private static let mostRecords = 40_000_000

  /// Whether there was an end in sight.
  var isWhole: Bool { workLeft > 0 && records.count < Self.mostRecords }

  init(limit: Int) { workLeft = limit }

  /// Notes for each two of a row within a span of time that two parties have it in common.
  ///
  /// - Parameters:
  ///   - row: The payments of a third party, in the order of time.
  ///   - party: Who it is.
  ///   - span: The most seconds between two payments.
  ///   - hub: With more others than this within the span two payments make no pair.
  ///   - rows: All payments.
  ///   - other: Who is on the other side of a payment.
  mutating func pair(
    _ row: ArraySlice<Int32>,
    _ party: Int32,
    span: Int,
    hub: Int,
    _ rows: PatternRows,
    _ other: (Int32) -> Int32
  ) {
    var tally = PartyTally()
    var begin = row.startIndex
    for end in row.indices {
      let moment = rows.time[Int(row[end])]
      tally.add(other(row[end]))
      while PatternRows.span(rows.time[Int(row[begin])], moment) > span {
        tally.remove(other(row[begin]))
        begin += 1
      }
      guard tally.count <= hub else { continue }
      let last = other(row[end])
      for place in begin..<end {
        workLeft -= 1
        guard isWhole else { return }
        let one = other(row[place])
        guard one != last else { continue }
        records.append(
          PairRecord(
            first: min(one, last),
            second: max(one, last),
            by: party,
            begin: row[place],
            end: row[end]
          )
        )
      }
    }
  }

  /// Notes what a party passed on: who paid it, and whom it paid as much later.
  mutating func pass(
    through party: Int32,
    _ rows: PatternRows,
    _ rules: PaymentPatterns.Rules
  ) {
    let leaving = Array(rows.leaving(party))
    var begin = 0
    for payment in rows.arriving(party) {
      let (moment, amount) = (rows.time[Int(payment)], Double(rows.amount[Int(payment)]))
      while begin < leaving.count, rows.time[Int(leaving[begin])] <= moment { begin += 1 }
      let last = PatternRows.later(moment, rules.window)
      for place in begin..<max(begin, leaving.count) {
        guard rows.time[Int(leaving[place])] <= last else { break }
        workLeft -= 1
        guard isWhole else { return }
        let paid = Double(rows.amount[Int(leaving[place])])
        let (from, to) = (rows.payer[Int(payment)], rows.payee[Int(leaving[place])])
        guard from != to, paid <= amount, paid >= amount * (1 - rules.mostKept) else { continue }
        records.append(
          PairRecord(first: from, second: to, by: party, begin: payment, end: leaving[place])
        )
      }
    }
  }

  /// Sorts by the two, and hands over all records of each two with at least two others in common.
  mutating func forEachPair(_ body: (ArraySlice<PairRecord>) -> Void) {
    records.sort(by: PairRecord.precedes)
    var begin = 0
    while begin < records.count {
      var end = begin + 1
      while end < records.count, records[end].isOfSame(records[begin]) { end += 1 }
      if records[begin..<end].contains(where: { $0.by != records[begin].by }) {
        body(records[begin..<end])
      }
      begin = end
    }
  }
}

extension ArraySlice<PairRecord> {
  /// The stretch of records within a window that has the most different others, and which they are.
  ///
  /// - Parameters:
  ///   - window: The most seconds from the first payment to the last.
  ///   - rows: All payments.
  /// - Returns: The others in order, and the span of time; `nil` where there is none.
  func fullest(
    _ window: Int,
    _ rows: PatternRows
  ) -> (others: [Int32], span: ClosedRange<Int>)? {
    let byEnd = sorted { ($0.end, $0.begin) < ($1.end, $1.begin) }
    var best: (count: Int, last: Int)?
    var tally = PartyTally()
    // What was added ends by now; what begins before the window is taken away, the earliest first.
    var byBegin: [PairRecord] = []
    var first = 0
    for record in byEnd {
      let last = rows.time[Int(record.end)]
      guard PatternRows.span(rows.time[Int(record.begin)], last) <= window else { continue }
      tally.add(record.by)
      let place =
        byBegin[first...].firstIndex { $0.begin > record.begin } ?? byBegin.count
      byBegin.insert(record, at: place)
      while PatternRows.span(rows.time[Int(byBegin[first].begin)], last) > window {
        tally.remove(byBegin[first].by)
        first += 1
      }
      if tally.count > best?.count ?? 0 { best = (tally.count, last) }
    }
    guard let best else { return nil }
    let begin = PatternRows.sooner(best.last, window)
    let kept = filter {
      rows.time[Int($0.begin)] >= begin && rows.time[Int($0.end)] <= best.last
    }
    return (Set(kept.map(\.by)).sorted(), begin...best.last)
  }
}

internal import Columns
internal import Networks

/// The payments that can lie on a loop, in the order of time, and the moments they happen at.
///
/// Times are replaced by the ranks of the moments that occur, so that everything later compares small
/// whole numbers.
struct TransferTimeline: Sendable {
  let nodeCount: Int
  let payer: Column<Int32>
  let payee: Column<Int32>
  /// The rank of the moment of each payment.
  let moment: Column<Int32>
  /// Where each payment stood in the columns given.
  let original: Column<Int32>
  /// The time of each moment.
  let time: Column<Int>
  /// The last moment within the window that begins at each moment.
  let windowEnd: Column<Int32>
  /// Whether each payment can be the first of a loop.
  let canBegin: Column<Bool>

  var count: Int { payer.count }

  /// Keeps what can lie on a loop by `rules`.
  init(of columns: TransferColumns, rules: TemporalCycles.Rules, threads: Int) {
    let (kept, begins) = TransferList(columns, rules, threads: threads).trimmed(
      rules,
      nodeCount: columns.nodeCount,
      threads: threads
    )
    nodeCount = columns.nodeCount
    (payer, payee, original, canBegin) = (kept.payer, kept.payee, kept.original, begins)
    (moment, time) = Self.ranked(kept.time)
    windowEnd = Self.windowEnds(time, rules.window, threads)
  }

  private static func ranked(
    _ times: Column<Int>
  ) -> (moment: Column<Int32>, time: Column<Int>) {
    let moment = Column<Int32>(unwritten: times.count)
    let time = Column<Int>(unwritten: times.count)
    var count = 0
    for index in 0..<times.count {
      let isNew = index == 0 || times.base[index] != times.base[index - 1]
      count &+= isNew ? 1 : 0
      time.base[count - 1] = times.base[index]
      moment.base[index] = Int32(truncatingIfNeeded: count - 1)
    }
    return (moment, Column(base: time.base, count: count, owner: time))
  }

  /// For each moment the last that its window holds.
  private static func windowEnds(
    _ time: Column<Int>,
    _ window: Int,
    _ threads: Int
  ) -> Column<Int32> {
    let end = Column<Int32>(unwritten: time.count)
    Workers.split(time.count, threads: threads) { _, range in
      var last = range.lowerBound
      for moment in range {
        while last + 1 < time.count, !isBeyond(window, time.base[moment], time.base[last + 1]) {
          last += 1
        }
        end.base[moment] = Int32(truncatingIfNeeded: last)
      }
    }
    return end
  }

  private static func isBeyond(_ window: Int, _ first: Int, _ last: Int) -> Bool {
    let (span, overflow) = last.subtractingReportingOverflow(first)
    return overflow ? window != .max : span > window
  }
}

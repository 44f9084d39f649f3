internal import Columns
private import CLanes
internal import Networks

/// The payments of a timeline in rows: by payer, and by payee, each row in the order of time.
///
/// Every payment knows where in the rows of the next party those begin that can follow it, so no search
/// ever looks for its place.
struct TransferRows: Sendable {
  /// A payment in the row of its payer.
  struct Leaving: BitwiseCopyable {
    var payee: Int32
    var moment: Int32
    /// Where in ``leaving`` the payee's first payment stands that can follow.
    var next: Int32
    /// The payment's place in the timeline.
    var transfer: Int32
  }

  /// A payment in the row of its payee.
  struct Arriving: BitwiseCopyable {
    var payer: Int32
    var moment: Int32
    /// Where in ``arriving`` the payments to the payer end that can come before.
    var end: Int32
  }

  let leaving: Column<Leaving>
  let arriving: Column<Arriving>
  /// Where the rows of each party begin; one longer than the number of parties.
  let leavingStart: Column<Int32>
  let arrivingStart: Column<Int32>
  /// For each payment of the timeline: where what can follow it begins in the row of its payee.
  let afterRoot: Column<Int32>
  /// For each payment of the timeline: where what can close a loop begins in the row to its payer.
  let backToRoot: Column<Int32>

  init(_ timeline: TransferTimeline, allowsTies: Bool, threads: Int) {
    let count = timeline.count
    leavingStart = Column(repeating: 0, count: timeline.nodeCount + 1)
    arrivingStart = Column(repeating: 0, count: timeline.nodeCount + 1)
    leaving = Column(unwritten: count)
    arriving = Column(unwritten: count)
    afterRoot = Column(unwritten: count)
    backToRoot = Column(unwritten: count)
    Workers.share(2, threads: threads) { [self] side in
      if side == 0 {
        fillLeaving(timeline, allowsTies: allowsTies)
      } else {
        fillArriving(timeline, allowsTies: allowsTies)
      }
    }
  }

  /// Fills the rows by payer: what can follow is what has not been placed yet.
  private func fillLeaving(_ timeline: TransferTimeline, allowsTies: Bool) {
    let (payer, payee, moment) = (timeline.payer, timeline.payee, timeline.moment.base)
    Self.fill(timeline, payer, leavingStart, looksAt: payee) { index, place, before, after in
      let next = allowsTies ? before : after
      afterRoot.base[index] = next
      leaving.base[Int(place)] = Leaving(
        payee: payee.base[index],
        moment: moment[index],
        next: next,
        transfer: Int32(truncatingIfNeeded: index)
      )
    }
  }

  /// Fills the rows by payee: what can come before is what has been placed.
  private func fillArriving(_ timeline: TransferTimeline, allowsTies: Bool) {
    let (payer, payee, moment) = (timeline.payer, timeline.payee, timeline.moment.base)
    Self.fill(timeline, payee, arrivingStart, looksAt: payer) { index, place, before, after in
      backToRoot.base[index] = allowsTies ? before : after
      arriving.base[Int(place)] = Arriving(
        payer: payer.base[index],
        moment: moment[index],
        end: allowsTies ? after : before
      )
    }
  }

  /// Fills rows in the order of time.
  ///
  /// - Parameters:
  ///   - timeline: The payments.
  ///   - rows: The row of each.
  ///   - start: Where the rows begin, to be written.
  ///   - others: For each payment the row to look at.
  ///   - put: Is given a payment, its place, and how far the row looked at is filled before its moment and
  ///     after it.
  @inline(__always)
  private static func fill(
    _ timeline: TransferTimeline,
    _ rows: Column<Int32>,
    _ start: Column<Int32>,
    looksAt others: Column<Int32>,
    _ put: (Int, Int32, Int32, Int32) -> Void
  ) {
    let count = timeline.count
    for index in 0..<count { start.base[Int(rows.base[index]) + 1] += 1 }
    for node in 1..<start.count { start.base[node] += start.base[node - 1] }
    let filled = Column<Int32>(unwritten: start.count)
    filled.base.update(from: start.base, count: start.count)
    // Of the payments of one moment.
    let place = Column<Int32>(unwritten: count)
    let before = Column<Int32>(unwritten: count)
    let moment = timeline.moment.base
    var begin = 0
    while begin < count {
      var end = begin
      while end < count, moment[end] == moment[begin] {
        let soon = min(count - 1, end + 16)
        lanes_fetch(filled.base + Int(rows.base[soon]))
        lanes_fetch(filled.base + Int(others.base[soon]))
        before.base[end - begin] = filled.base[Int(others.base[end])]
        end += 1
      }
      for index in begin..<end {
        let row = Int(rows.base[index])
        place.base[index - begin] = filled.base[row]
        filled.base[row] &+= 1
      }
      for index in begin..<end {
        let after = filled.base[Int(others.base[index])]
        put(index, place.base[index - begin], before.base[index - begin], after)
      }
      begin = end
    }
  }
}

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

  let leaving: FlatArray<Leaving>
  let arriving: FlatArray<Arriving>
  /// Where the rows of each party begin; one longer than the number of parties.
  let leavingStart: FlatArray<Int32>
  let arrivingStart: FlatArray<Int32>
  /// For each payment of the timeline: where what can follow it begins in the row of its payee.
  let afterRoot: FlatArray<Int32>
  /// For each payment of the timeline: where what can close a loop begins in the row to its payer.
  let backToRoot: FlatArray<Int32>

  init(_ timeline: TransferTimeline, allowsTies: Bool, threads: Int) {
    let count = timeline.count
    leavingStart = FlatArray(repeating: 0, count: timeline.nodeCount + 1)
    arrivingStart = FlatArray(repeating: 0, count: timeline.nodeCount + 1)
    leaving = FlatArray(unwritten: count)
    arriving = FlatArray(unwritten: count)
    afterRoot = FlatArray(unwritten: count)
    backToRoot = FlatArray(unwritten: count)
    Workers.share(2, threads: threads) { [self] side in
      if side == 0 {
        fillLeaving(timeline, allowsTies: allowsTies)
      } else {
        fillArriving(timeline, allowsTies: allowsTies)
      }
    }
  }

  /// Fills the rows by payer, in the order of time: what can follow is what has not been placed yet.
  private func fillLeaving(_ timeline: TransferTimeline, allowsTies: Bool) {
    let (payer, payee, moment) = (timeline.payer, timeline.payee, timeline.moment.base)
    let sweep = Sweep(timeline, rows: payer, leavingStart, looksAt: payee)
    let following = allowsTies ? sweep.before : sweep.after
    for index in 0..<timeline.count {
      afterRoot.base[index] = following.base[index]
      leaving.base[Int(sweep.place.base[index])] = Leaving(
        payee: payee.base[index],
        moment: moment[index],
        next: following.base[index],
        transfer: Int32(truncatingIfNeeded: index)
      )
    }
  }

  /// Fills the rows by payee, in the order of time: what can come before is what has been placed.
  private func fillArriving(_ timeline: TransferTimeline, allowsTies: Bool) {
    let (payer, payee, moment) = (timeline.payer, timeline.payee, timeline.moment.base)
    let sweep = Sweep(timeline, rows: payee, arrivingStart, looksAt: payer)
    let (leading, closing) =
      allowsTies ? (sweep.after, sweep.before) : (sweep.before, sweep.after)
    for index in 0..<timeline.count {
      backToRoot.base[index] = closing.base[index]
      arriving.base[Int(sweep.place.base[index])] = Arriving(
        payer: payer.base[index],
        moment: moment[index],
        end: leading.base[index]
      )
    }
  }
}

/// How rows by party fill up in the order of time.
private struct Sweep {
  /// Where each payment is placed in the rows.
  let place: FlatArray<Int32>
  /// How far the row of the other party is filled before the payment's moment, and after it.
  let before: FlatArray<Int32>
  let after: FlatArray<Int32>

  /// Fills rows by `rows`, whose beginnings go to `start`, and looks at the rows of `others`.
  init(
    _ timeline: TransferTimeline,
    rows: FlatArray<Int32>,
    _ start: FlatArray<Int32>,
    looksAt others: FlatArray<Int32>
  ) {
    let count = timeline.count
    for index in 0..<count { start.base[Int(rows.base[index]) + 1] += 1 }
    for node in 1..<start.count { start.base[node] += start.base[node - 1] }
    let filled = FlatArray<Int32>(unwritten: start.count)
    filled.base.update(from: start.base, count: start.count)
    place = FlatArray(unwritten: count)
    before = FlatArray(unwritten: count)
    after = FlatArray(unwritten: count)
    let moment = timeline.moment.base
    var begin = 0
    while begin < count {
      var end = begin
      while end < count, moment[end] == moment[begin] {
        before.base[end] = filled.base[Int(others.base[end])]
        end += 1
      }
      for index in begin..<end {
        let row = Int(rows.base[index])
        place.base[index] = filled.base[row]
        filled.base[row] &+= 1
      }
      for index in begin..<end { after.base[index] = filled.base[Int(others.base[index])] }
      begin = end
    }
  }
}

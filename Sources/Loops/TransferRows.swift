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

  init(_ timeline: TransferTimeline, allowsTies: Bool) {
    let count = timeline.count
    leavingStart = Self.starts(timeline.payer, timeline.nodeCount)
    arrivingStart = Self.starts(timeline.payee, timeline.nodeCount)
    leaving = FlatArray(unwritten: count)
    arriving = FlatArray(unwritten: count)
    afterRoot = FlatArray(unwritten: count)
    backToRoot = FlatArray(unwritten: count)
    let places = FlatArray<Int32>(unwritten: count)
    let (leaving, arriving) = (leaving.base, arriving.base)
    let (afterRoot, backToRoot) = (afterRoot.base, backToRoot.base)
    let moment = timeline.moment.base
    let (payer, payee) = (timeline.payer.base, timeline.payee.base)

    // Forwards in time: the rows fill up, and end where what came before ends.
    let filled = Cursors(leavingStart, arrivingStart, fromTheEnd: false)
    forEachMoment(timeline, backwards: false, allowsTies: allowsTies) { index in
      let place = filled.leaving.base[Int(payer[index])]
      filled.leaving.base[Int(payer[index])] = place + 1
      places.base[index] = place
      leaving[Int(place)] = Leaving(
        payee: payee[index],
        moment: moment[index],
        next: 0,
        transfer: Int32(truncatingIfNeeded: index)
      )
      let arrival = filled.arriving.base[Int(payee[index])]
      filled.arriving.base[Int(payee[index])] = arrival + 1
      arriving[Int(arrival)] = Arriving(payer: payer[index], moment: moment[index], end: 0)
      // For now the place of its own, to find it again below.
      backToRoot[index] = arrival
    } look: { index in
      afterRoot[index] = filled.arriving.base[Int(payer[index])]
    }
    for index in 0..<count { arriving[Int(backToRoot[index])].end = afterRoot[index] }

    // Backwards in time: the rows empty, and begin where what comes after begins.
    let emptied = Cursors(leavingStart, arrivingStart, fromTheEnd: true)
    forEachMoment(timeline, backwards: true, allowsTies: allowsTies) { index in
      emptied.leaving.base[Int(payer[index])] -= 1
      emptied.arriving.base[Int(payee[index])] -= 1
    } look: { index in
      let next = emptied.leaving.base[Int(payee[index])]
      leaving[Int(places.base[index])].next = next
      afterRoot[index] = next
      backToRoot[index] = emptied.arriving.base[Int(payer[index])]
    }
  }

  private static func starts(_ keys: FlatArray<Int32>, _ nodeCount: Int) -> FlatArray<Int32> {
    let start = FlatArray<Int32>(repeating: 0, count: nodeCount + 1)
    for index in 0..<keys.count { start.base[Int(keys.base[index]) + 1] += 1 }
    for node in 0..<nodeCount { start.base[node + 1] += start.base[node] }
    return start
  }
}

/// How far the rows of each party are filled.
private struct Cursors {
  let leaving: FlatArray<Int32>
  let arriving: FlatArray<Int32>

  init(_ leavingStart: FlatArray<Int32>, _ arrivingStart: FlatArray<Int32>, fromTheEnd: Bool) {
    let nodeCount = leavingStart.count - 1
    leaving = FlatArray(unwritten: nodeCount)
    arriving = FlatArray(unwritten: nodeCount)
    let shift = fromTheEnd ? 1 : 0
    leaving.base.update(from: leavingStart.base + shift, count: nodeCount)
    arriving.base.update(from: arrivingStart.base + shift, count: nodeCount)
  }
}

/// Goes through a timeline moment by moment: what looks sees its own moment only where ties are allowed.
private func forEachMoment(
  _ timeline: TransferTimeline,
  backwards: Bool,
  allowsTies: Bool,
  place: (Int) -> Void,
  look: (Int) -> Void
) {
  let count = timeline.count
  let moment = timeline.moment.base
  var done = 0
  while done < count {
    let first = moment[backwards ? count - 1 - done : done]
    var end = done + 1
    while end < count, moment[backwards ? count - 1 - end : end] == first { end += 1 }
    let range = backwards ? (count - end)..<(count - done) : done..<end
    if allowsTies { for index in range { place(index) } }
    for index in range { look(index) }
    if !allowsTies { for index in range { place(index) } }
    done = end
  }
}

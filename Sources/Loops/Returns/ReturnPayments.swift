internal import Columns

/// The payments that lie on a way from one party out and home within a window, in the order of time.
///
/// Parties are numbered anew: 0 is home.
struct ReturnPayments {
  /// One payment.
  struct Payment: BitwiseCopyable {
    var payer: Int32
    var payee: Int32
    var moment: Int32
    /// Its place in the timeline.
    var transfer: Int32
    var amount: Int64
  }

  private(set) var payments: [Payment] = []
  /// The number of parties, home among them.
  private(set) var partyCount = 1
  /// Whether any is between two others than home.
  private(set) var hasLonger = false
  // Of each party: what it holds.
  private var held: [Int64] = []

  /// Gathers what `labels` leave of the payments from `leaving` on.
  mutating func gather(
    _ labels: TemporalLabels,
    _ timeline: ReturnTimeline,
    leaving: Int
  ) {
    payments.removeAll(keepingCapacity: true)
    (partyCount, hasLonger) = (1, false)
    for index in 0..<labels.reached.count {
      let party = labels.reached.base[index]
      guard labels.isOnTheWay(party) else { continue }
      labels.label[Int(party)].local = Int32(truncatingIfNeeded: partyCount)
      partyCount += 1
    }
    add(labels, timeline, payer: labels.home, number: 0, from: leaving)
    for index in 0..<labels.reached.count {
      let party = labels.reached.base[index]
      let label = labels.label[Int(party)]
      guard label.local > 0 else { continue }
      add(labels, timeline, payer: party, number: label.local, from: Int(label.start))
    }
    payments.sort { $0.transfer < $1.transfer }
  }

  private mutating func add(
    _ labels: TemporalLabels,
    _ timeline: ReturnTimeline,
    payer: Int32,
    number: Int32,
    from begin: Int
  ) {
    let end = Int(labels.rows.leavingStart.base[Int(payer) + 1])
    for place in begin..<max(begin, end) {
      let payment = labels.rows.leaving.base[place]
      if payment.moment > labels.last { break }
      var payee: Int32 = 0
      if payment.payee != labels.home {
        let label = labels.label[Int(payment.payee)]
        guard label.local > 0, label.latest >= payment.moment &+ labels.step else { continue }
        payee = label.local
        if number > 0 { hasLonger = true }
      }
      payments.append(
        Payment(
          payer: number,
          payee: payee,
          moment: payment.moment,
          transfer: payment.transfer,
          amount: timeline.leavingAmount(place)
        )
      )
    }
  }

  /// The most that others can have paid straight back of what home paid them.
  ///
  /// Each for itself: what is held goes back as soon as it can.
  mutating func betweenTwo(allowsTies: Bool) -> Int64 {
    held.removeAll(keepingCapacity: true)
    held.append(contentsOf: repeatElement(0, count: partyCount))
    var returned: Int64 = 0
    var begin = 0
    while begin < payments.count {
      let group = begin..<momentEnd(begin)
      if allowsTies { receive(group) }
      for payment in payments[group] where payment.payee == 0 {
        let units = min(held[Int(payment.payer)], payment.amount)
        held[Int(payment.payer)] -= units
        returned += units
      }
      if !allowsTies { receive(group) }
      begin = group.upperBound
    }
    return returned
  }

  private mutating func receive(_ group: Range<Int>) {
    for payment in payments[group] where payment.payer == 0 {
      held[Int(payment.payee)] += payment.amount
    }
  }

  /// Whether money that comes home leaves it at the first moment.
  func leaves(at moment: Int32) -> Bool {
    payments.lazy.prefix { $0.moment == moment }.contains { $0.payer == 0 }
  }

  /// Where the payments of one moment end that begin at `begin`.
  func momentEnd(_ begin: Int) -> Int {
    var end = begin + 1
    while end < payments.count, payments[end].moment == payments[begin].moment { end += 1 }
    return end
  }
}

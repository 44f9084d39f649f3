internal import Graphs
internal import Columns

/// What lies on a way from one root out and home: its parties numbered anew, parallel payments bundled.
///
/// Number 0 is home, number 1 the party that the root pays.
struct RootGraph {
  /// All payments from one party to another that a loop can use.
  struct Bundle: BitwiseCopyable {
    /// The number of the payee.
    var target: Int32
    /// Where its payments stand in ``RootGraph/moment`` and ``RootGraph/transfer``.
    var begin: Int32
    var end: Int32
    /// The latest of them.
    var latest: Int32
  }

  /// The party of each number.
  private(set) var node = GrowingBuffer<Int32>()
  /// The fewest payments from each number to home.
  private(set) var hops = GrowingBuffer<Int32>()
  /// Where the bundles of each number begin; one longer than the numbers.
  private(set) var rowStart = GrowingBuffer<Int32>()
  private(set) var bundles = GrowingBuffer<Bundle>()
  /// Moments and places in the timeline of the payments of all bundles.
  private(set) var moment = GrowingBuffer<Int32>()
  private(set) var transfer = GrowingBuffer<Int32>()
  private var slot = GrowingBuffer<Int32>()
  private var picked = GrowingBuffer<Int32>()

  func free() {
    for list in [node, hops, rowStart, moment, transfer, slot, picked] { list.free() }
    bundles.free()
  }

  /// Builds the graph of the root that `labels` are about.
  ///
  /// - Parameters:
  ///   - labels: Who lies on a way.
  ///   - closingFrom: The first moment at which a loop may close.
  ///   - after: The place in the timeline that every payment must come after; -1 for any.
  mutating func build(_ labels: TemporalLabels, closingFrom: Int32, after: Int32) {
    number(labels)
    bundles.count = 0
    moment.count = 0
    transfer.count = 0
    rowStart.reserve(node.count + 1)
    rowStart.base[0] = 0
    rowStart.base[1] = 0
    for number in 1..<node.count {
      addRow(number, labels, closingFrom, after)
      rowStart.base[number + 1] = Int32(truncatingIfNeeded: bundles.count)
    }
    rowStart.count = node.count + 1
  }

  private mutating func number(_ labels: TemporalLabels) {
    node.count = 0
    hops.count = 0
    node.append(labels.home)
    hops.append(0)
    for index in 0..<labels.reached.count {
      let party = labels.reached.base[index]
      guard labels.isOnTheWay(party) else { continue }
      labels.label[Int(party)].local = Int32(truncatingIfNeeded: node.count)
      hops.append(labels.label[Int(party)].hops)
      node.append(party)
    }
    slot.reserve(node.count)
    slot.base.update(repeating: -1, count: node.count)
  }

  private mutating func addRow(
    _ number: Int,
    _ labels: TemporalLabels,
    _ closingFrom: Int32,
    _ after: Int32
  ) {
    let leaving = labels.rows.leaving.base
    let party = Int(node.base[number])
    let end = labels.rows.leavingStart.base[party + 1]
    let firstBundle = bundles.count
    picked.count = 0
    for place in labels.label[party].start..<max(end, labels.label[party].start) {
      let payment = leaving[Int(place)]
      if payment.moment > labels.last { break }
      guard payment.transfer > after else { continue }
      var target: Int32 = 0
      if payment.payee == labels.home {
        guard payment.moment >= closingFrom else { continue }
      } else {
        let label = labels.label[Int(payment.payee)]
        guard label.local > 1, label.latest >= payment.moment &+ labels.step else { continue }
        target = label.local
      }
      picked.append(place)
      if slot.base[Int(target)] < 0 {
        slot.base[Int(target)] = Int32(truncatingIfNeeded: bundles.count)
        bundles.append(Bundle(target: target, begin: 0, end: 0, latest: 0))
      }
      bundles.base[Int(slot.base[Int(target)])].end += 1
    }
    guard picked.count > 0 else { return }
    place(labels, firstBundle)
  }

  /// Puts the payments picked into the bundles from `firstBundle` on, which know how many they get.
  private mutating func place(_ labels: TemporalLabels, _ firstBundle: Int) {
    let leaving = labels.rows.leaving.base
    var next = Int32(truncatingIfNeeded: moment.count)
    moment.reserve(moment.count + picked.count)
    transfer.reserve(moment.count + picked.count)
    for index in firstBundle..<bundles.count {
      let count = bundles.base[index].end
      bundles.base[index].begin = next
      bundles.base[index].end = next
      next += count
    }
    for index in 0..<picked.count {
      let payment = leaving[Int(picked.base[index])]
      let target = payment.payee == labels.home ? 0 : labels.label[Int(payment.payee)].local
      let bundle = bundles.base + Int(slot.base[Int(target)])
      let place = Int(bundle.pointee.end)
      moment.base[place] = payment.moment
      transfer.base[place] = payment.transfer
      bundle.pointee.end += 1
      bundle.pointee.latest = payment.moment
    }
    moment.count = Int(next)
    transfer.count = Int(next)
    for index in firstBundle..<bundles.count { slot.base[Int(bundles.base[index].target)] = -1 }
  }
}

internal import Columns

/// The most that can have come back to a party within a window, by which ways.
struct ReturnedAmounts: BitwiseCopyable {
  /// By any.
  var all: Int64
  /// Through at least two others.
  var throughOthers: Int64
  /// Straight back from whom it was paid to.
  var betweenTwo: Int64

  func most(_ ways: MoneyReturns.Ways) -> Int64 { ways == .all ? all : throughOthers }
}

/// The moments from which on money of one party may have left to come back, and what is known of each.
struct ReturnStarts {
  /// One of them.
  struct Start: BitwiseCopyable {
    var moment: Int32
    /// The last moment of its window.
    var last: Int32
    /// Where the payments of its window begin and end in the party's rows.
    var leaving: Int32
    var leavingEnd: Int32
    var arriving: Int32
    var arrivingEnd: Int32
    /// The most that can have come back, as far as is known.
    var bound: ReturnedAmounts
    /// Whether ``bound`` is exact.
    var isKnown: Bool
    /// Whether the window overlaps one that was taken.
    var isTaken: Bool
  }

  private(set) var starts: [Start] = []
  private let timeline: ReturnTimeline
  private let step: Int32

  init(_ timeline: ReturnTimeline, allowsTies: Bool) {
    (self.timeline, step) = (timeline, allowsTies ? 0 : 1)
  }

  /// Finds the starts of a party by which anything can come back; those of one moment are one.
  mutating func find(_ party: Int) {
    starts.removeAll(keepingCapacity: true)
    let (leaving, arriving) = (timeline.rows.leaving.base, timeline.rows.arriving.base)
    let end = timeline.rows.leavingStart.base[party + 1]
    let arrivingLimit = timeline.rows.arrivingStart.base[party + 1]
    var place = timeline.rows.leavingStart.base[party]
    var leavingEnd = place
    var (arrivingBegin, arrivingEnd) = (
      timeline.rows.arrivingStart.base[party], timeline.rows.arrivingStart.base[party]
    )
    guard arrivingBegin < arrivingLimit else { return }
    while place < end {
      let moment = leaving[Int(place)].moment
      let begin = place
      var canBegin = false
      while place < end, leaving[Int(place)].moment == moment {
        canBegin = canBegin || timeline.timeline.canBegin.base[Int(leaving[Int(place)].transfer)]
        place += 1
      }
      guard canBegin else { continue }
      let last = timeline.timeline.windowEnd.base[Int(moment)]
      while leavingEnd < end, leaving[Int(leavingEnd)].moment <= last { leavingEnd += 1 }
      while arrivingBegin < arrivingLimit, arriving[Int(arrivingBegin)].moment < moment + step {
        arrivingBegin += 1
      }
      arrivingEnd = max(arrivingEnd, arrivingBegin)
      while arrivingEnd < arrivingLimit, arriving[Int(arrivingEnd)].moment <= last {
        arrivingEnd += 1
      }
      let most = min(
        timeline.leaving(begin, leavingEnd),
        timeline.arriving(arrivingBegin, arrivingEnd)
      )
      guard most > 0 else { continue }
      starts.append(
        Start(
          moment: moment,
          last: last,
          leaving: begin,
          leavingEnd: leavingEnd,
          arriving: arrivingBegin,
          arrivingEnd: arrivingEnd,
          bound: ReturnedAmounts(all: most, throughOthers: most, betweenTwo: most),
          isKnown: false,
          isTaken: false
        )
      )
    }
  }

  /// The most that can come back from any of the starts.
  var most: Int64 { starts.map(\.bound.all).max() ?? 0 }

  /// Keeps what was found of a start, and what follows for those whose windows overlap its own.
  ///
  /// From a later start no more comes back than from this one and by what its window holds beyond; from an earlier one
  /// no more than from this one and by what left before.
  mutating func learn(_ index: Int, _ amounts: ReturnedAmounts) {
    starts[index].bound = amounts
    starts[index].isKnown = true
    let known = starts[index]
    var other = index + 1
    while other < starts.count, starts[other].moment <= known.last {
      lower(other, by: timeline.arriving(known.arrivingEnd, starts[other].arrivingEnd), known)
      other += 1
    }
    other = index - 1
    while other >= 0, starts[other].last >= known.moment {
      lower(other, by: timeline.leaving(starts[other].leaving, known.leaving), known)
      other -= 1
    }
  }

  /// Leaves a start out, by which nothing comes back or of which nothing can be known.
  mutating func giveUp(_ index: Int) {
    starts[index].bound = ReturnedAmounts(all: 0, throughOthers: 0, betweenTwo: 0)
    starts[index].isKnown = true
  }

  @inline(__always)
  private mutating func lower(_ other: Int, by rest: Int64, _ known: Start) {
    guard !starts[other].isKnown else { return }
    starts[other].bound.all = min(starts[other].bound.all, known.bound.all + rest)
    starts[other].bound.throughOthers = min(
      starts[other].bound.throughOthers,
      known.bound.throughOthers + rest
    )
  }

  /// Makes every start free to be taken again.
  mutating func release() {
    for index in starts.indices { starts[index].isTaken = false }
  }

  /// Takes a start, and with it all whose windows overlap its own.
  mutating func take(_ index: Int) {
    let taken = starts[index]
    var other = index
    while other < starts.count, starts[other].moment <= taken.last {
      starts[other].isTaken = true
      other += 1
    }
    other = index - 1
    while other >= 0, starts[other].last >= taken.moment {
      starts[other].isTaken = true
      other -= 1
    }
  }
}

/// Starts by how much can come back, the most first, and of the same the earliest.
struct ReturnQueue {
  private var heap: [(most: Int64, start: Int32)] = []

  var first: (most: Int64, start: Int32)? { heap.first }

  mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

  @inline(__always)
  private static func precedes(
    _ left: (most: Int64, start: Int32),
    _ right: (most: Int64, start: Int32)
  ) -> Bool {
    left.most != right.most ? left.most > right.most : left.start < right.start
  }

  mutating func push(_ most: Int64, _ start: Int) {
    heap.append((most, Int32(truncatingIfNeeded: start)))
    var child = heap.count - 1
    while child > 0, Self.precedes(heap[child], heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if Self.precedes(heap[child], heap[best]) { best = child }
      }
      guard best != parent else { break }
      heap.swapAt(parent, best)
      parent = best
    }
  }
}

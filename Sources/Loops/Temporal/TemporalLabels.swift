internal import Columns
internal import Networks

/// What one root's search has learnt of a party.
struct NodeLabel: BitwiseCopyable {
  /// The first moment at which money of the root can arrive; `Int32.max` where it cannot.
  var earliest = Int32.max
  /// The last moment at which money can leave and still come home; -1 where it cannot.
  var latest: Int32 = -1
  /// The payments from here on have yet to be followed: the leaving ones in `start..<done`.
  var start: Int32 = 0
  var done: Int32 = 0
  /// The arriving ones in `traced..<end` have yet to be traced back.
  var end: Int32 = 0
  var traced: Int32 = -1
  /// The fewest payments from here to home.
  var hops: Int32 = 0
  /// The party's number in the root's own graph.
  var local: Int32 = -1
}

/// The labels of one root after another: who can be reached from it, and who can still reach home.
///
/// Searches from both ends, a step at a time on the side with fewer parties to go on from. Once one side
/// has nothing left, or the two have met in the middle of the longest loop allowed, each goes only where
/// the other has been. What both then know lies on a way out and home; the rest is never entered.
struct TemporalLabels {
  let rows: TransferRows
  let timeline: TransferTimeline
  /// 1 where times must increase, 0 where they may stand still.
  let step: Int32
  let maximumLength: Int
  let label: UnsafeMutablePointer<NodeLabel>
  /// Who has been reached, and who can reach home.
  private(set) var reached = GrowingBuffer<Int32>()
  private var reaching = GrowingBuffer<Int32>()
  private var frontier = GrowingBuffer<Int32>()
  private var backFrontier = GrowingBuffer<Int32>()
  private var next = GrowingBuffer<Int32>()
  // Of the root at hand.
  private(set) var home: Int32 = 0
  private(set) var second: Int32 = 0
  private(set) var first: Int32 = 0
  private(set) var last: Int32 = 0
  private var cameHome = false
  /// How many payments were looked at for all roots.
  private(set) var work = 0

  init(_ timeline: TransferTimeline, _ rows: TransferRows, _ rules: TemporalCycles.Rules) {
    self.timeline = timeline
    self.rows = rows
    step = rules.allowsTies ? 0 : 1
    maximumLength = rules.maximumLength
    label = .allocate(capacity: timeline.nodeCount)
    label.initialize(repeating: NodeLabel(), count: timeline.nodeCount)
  }

  func free() {
    label.deallocate()
    for list in [reached, reaching, frontier, backFrontier, next] { list.free() }
  }

  /// Labels the parties for the root at `root`, all up to the moment `last`.
  ///
  /// - Returns: Whether there can be a loop.
  mutating func find(root: Int, until last: Int32) -> Bool {
    home = timeline.payer.base[root]
    second = timeline.payee.base[root]
    first = timeline.moment.base[root] + step
    self.last = last
    cameHome = false
    reach(second, timeline.moment.base[root], rows.afterRoot.base[root])
    traceHome(from: Int(rows.backToRoot.base[root]))
    return meet()
  }

  /// Labels the parties for all money that leaves `home` from one moment on, all up to the moment `last`.
  ///
  /// - Parameters:
  ///   - home: Whose money it is.
  ///   - leaving: Where in ``TransferRows/leaving`` the first payment stands by which it leaves.
  ///   - arriving: Where in ``TransferRows/arriving`` the first stands by which it can come home.
  ///   - last: The last moment.
  /// - Returns: Whether any can come home.
  mutating func find(home: Int32, leaving: Int, arriving: Int, until last: Int32) -> Bool {
    self.home = home
    second = -1
    first = rows.leaving.base[leaving].moment + step
    self.last = last
    cameHome = false
    for place in leaving..<Int(rows.leavingStart.base[Int(home) + 1]) {
      let payment = rows.leaving.base[place]
      if payment.moment > last { break }
      work &+= 1
      reach(payment.payee, payment.moment, payment.next)
    }
    traceHome(from: arriving)
    return meet()
  }

  /// Searches from both ends until they have met or cannot; says whether there is a way.
  @inline(__always)
  private mutating func meet() -> Bool {
    var forwardSteps = 0
    var backSteps = 1
    let longest = maximumLength - 1
    var isForwardBound = false
    var isBackBound = false
    while true {
      let canGoOn = frontier.count > 0 && forwardSteps < longest - 1
      let canGoBack = backFrontier.count > 0 && backSteps < longest
      if !isBackBound {
        if frontier.count == 0 {
          guard cameHome else { return false }
          isBackBound = true
        } else if forwardSteps + backSteps >= longest {
          isBackBound = true
          isForwardBound = true
        }
      }
      if !isForwardBound, backFrontier.count == 0 {
        guard isSecondOnTheWay else { return false }
        isForwardBound = true
      }
      guard canGoOn || canGoBack else { break }
      let isForward =
        canGoOn && (!canGoBack || (frontier.count <= backFrontier.count))
      if isForward {
        goOn(isBound: isForwardBound)
        forwardSteps += 1
      } else {
        goBack(isBound: isBackBound, hops: Int32(truncatingIfNeeded: backSteps + 1))
        backSteps += 1
      }
    }
    return isSecondOnTheWay
  }

  /// Whether the party that the root pays can still send money home; of many that are paid nobody asks.
  @inline(__always)
  private var isSecondOnTheWay: Bool { second < 0 || label[Int(second)].latest >= first }

  /// Makes the labels ready for the next root.
  mutating func forget() {
    for index in 0..<reached.count { label[Int(reached.base[index])] = NodeLabel() }
    for index in 0..<reaching.count { label[Int(reaching.base[index])] = NodeLabel() }
    reached.count = 0
    reaching.count = 0
    frontier.count = 0
    backFrontier.count = 0
  }

  /// Whether money that arrives in time can get home in time.
  @inline(__always)
  func isOnTheWay(_ node: Int32) -> Bool {
    let label = label[Int(node)]
    return label.earliest != .max && label.latest >= label.earliest &+ step
  }

  @inline(__always)
  private mutating func reach(_ node: Int32, _ moment: Int32, _ place: Int32) {
    let known = label[Int(node)].earliest
    guard moment < known else { return }
    label[Int(node)].earliest = moment
    if known == .max {
      reached.append(node)
      let end = rows.leavingStart.base[Int(node) + 1]
      label[Int(node)].start = place
      label[Int(node)].done = end
      if place < end { frontier.append(node) }
    } else if place < label[Int(node)].start {
      if label[Int(node)].start == label[Int(node)].done { frontier.append(node) }
      label[Int(node)].start = place
    }
  }

  /// Follows payments one step on from everybody reached in the step before.
  private mutating func goOn(isBound: Bool) {
    let leaving = rows.leaving.base
    swap(&frontier, &next)
    frontier.count = 0
    for index in 0..<next.count {
      let node = Int(next.base[index])
      let (start, done) = (Int(label[node].start), Int(label[node].done))
      label[node].done = label[node].start
      for place in start..<max(start, done) {
        let payment = leaving[place]
        if payment.moment > last { break }
        work &+= 1
        if payment.payee == home {
          cameHome = true
        } else if !isBound || label[Int(payment.payee)].latest >= payment.moment &+ step {
          reach(payment.payee, payment.moment, payment.next)
        }
      }
    }
  }

  /// Notes who can pay the root's payer in time.
  private mutating func traceHome(from begin: Int) {
    let arriving = rows.arriving.base
    let end = Int(rows.arrivingStart.base[Int(home) + 1])
    for place in begin..<max(begin, end) {
      let payment = arriving[place]
      if payment.moment > last { break }
      work &+= 1
      lead(payment.payer, payment.moment, payment.end, 1)
    }
  }

  @inline(__always)
  private mutating func lead(_ node: Int32, _ moment: Int32, _ end: Int32, _ hops: Int32) {
    let known = label[Int(node)].latest
    guard moment > known, node != home else { return }
    label[Int(node)].latest = moment
    if known < 0 {
      reaching.append(node)
      label[Int(node)].hops = hops
      label[Int(node)].end = end
      if node != second, end > rows.arrivingStart.base[Int(node)] { backFrontier.append(node) }
    } else if end > label[Int(node)].end {
      if node != second,
        label[Int(node)].traced == label[Int(node)].end
          || (label[Int(node)].traced < 0
            && label[Int(node)].end == rows.arrivingStart.base[Int(node)])
      {
        backFrontier.append(node)
      }
      label[Int(node)].end = end
    }
  }

  /// Traces payments one step back from everybody found in the step before.
  private mutating func goBack(isBound: Bool, hops: Int32) {
    let arriving = rows.arriving.base
    swap(&backFrontier, &next)
    backFrontier.count = 0
    for index in 0..<next.count {
      let node = Int(next.base[index])
      let begin = max(rows.arrivingStart.base[node], label[node].traced)
      var place = Int(label[node].end)
      label[node].traced = label[node].end
      while place > Int(begin) {
        place -= 1
        let payment = arriving[place]
        if payment.moment < first { break }
        work &+= 1
        if !isBound
          || (label[Int(payment.payer)].earliest != .max
            && label[Int(payment.payer)].earliest &+ step <= payment.moment)
        {
          lead(payment.payer, payment.moment, payment.end, hops)
        }
      }
    }
  }
}

public import Columns
public import Graphs
internal import Networks

/// Loops that money can have run through: payments one after another, back to where they began.
///
/// Times strictly increase along a loop, all lie within a window from the first, and no party comes
/// twice. Parallel transfers make different loops; payments to oneself make none. A loop is found
/// once, at its first transfer, its *root*. Temporal cycles as in Kumar and Calders, "2SCENT: An Efficient
/// Algorithm for Enumerating All Simple Temporal Cycles", *PVLDB* 11(11), 2018,
/// doi:10.14778/3236187.3236197, whose bundles of parallel edges are kept here; the search is our own:
/// from both ends of each root, then depth first over what lies between.
///
/// - Complexity: Memory grows with the payments, not with the loops.
public struct TemporalCycles: Sendable {
  /// What counts as a loop.
  public struct Rules: Sendable, Equatable {
    /// The most seconds from the first transfer to the last, that many included.
    public var window: Int
    /// The most transfers in a loop.
    public var maximumLength = Int.max
    /// The least amount of a transfer.
    public var minimumAmount = 0.0
    /// The most that the amount may change from one transfer to the next, as a share of the former.
    public var tolerance = Double.infinity
    /// Whether a transfer may follow another of the same moment.
    public var allowsTies = false
    /// The earliest time of a first transfer; any where there is none.
    public var rootsFrom: Int?
    /// The time before which the first transfer must lie; any where there is none.
    public var rootsUntil: Int?

    /// Loops within `window` seconds.
    public init(window: Int) { self.window = window }

    /// Loops within some days of 24 hours.
    public init(windowDays: Int) { self.init(window: windowDays * 86_400) }

    /// Whether the first transfer may be of this time.
    @inline(__always)
    func holdsRoot(at time: Int) -> Bool {
      time >= rootsFrom ?? .min && rootsUntil.map { time < $0 } ?? true
    }

    /// The times of payments that can be on a loop whose first is of a time that is wanted.
    var times: ClosedRange<Int> {
      let from = rootsFrom ?? .min
      let (end, overflows) = (rootsUntil ?? .max).addingReportingOverflow(max(0, window))
      return from...max(from, overflows || rootsUntil == nil ? .max : end - 1)
    }

    @inline(__always)
    func fits(_ amount: Double, after former: Double) -> Bool {
      guard tolerance != .infinity else { return true }
      let (change, bound) = ((amount - former).magnitude, tolerance * former)
      guard (change - bound).magnitude <= bound * 1e-12 else { return change < bound }
      return isAtMost(change, of: former)
    }

    /// Whether a change that is all but the most allowed is: in whole numbers, where all are whole.
    ///
    /// A share such as 0.29 lies beside its number, so that 0.29 · 100 is less than 29.
    @inline(never)
    private func isAtMost(_ change: Double, of former: Double) -> Bool {
      let billionths = (tolerance * 1e9).rounded()
      guard billionths / 1e9 == tolerance, billionths <= 0x1p53,
        let whole = Int(exactly: change), let from = Int(exactly: former)
      else { return change <= tolerance * former }
      let left = whole.multipliedFullWidth(by: 1_000_000_000)
      let right = Int(billionths).multipliedFullWidth(by: from)
      return (left.high, left.low) <= (right.high, right.low)
    }
  }

  /// What is asked of the loops.
  public struct Request: Sendable {
    /// The number of loops after which to stop.
    public var limit: Int
    /// How many loops with the largest bottlenecks to keep.
    public var topCount: Int
    /// The times at which periods begin, ascending.
    public var periodStarts: [Int] = []
    /// Whether to count the loops through each party.
    public var countsParties = false
    /// The number of threads; the answer is the same for any.
    public var threads = 1
    /// How many payments to look at, those of every path counted, before the search is given up as one
    /// without end; 5·10⁷, and 2·10⁴ for each payment, where it is not given.
    public var workLimit: Int?

    /// At most `limit` loops, and the `topCount` with the largest bottlenecks.
    public init(limit: Int, topCount: Int = 10) { (self.limit, self.topCount) = (limit, topCount) }
  }

  /// What was found.
  public struct Answer: Sendable {
    /// How many loops, how long, and the largest.
    public let tally: CycleTally
    /// How many begin in each period: before the first, in the first, and so on.
    public let byPeriod: [Int]
    /// How many run through each party, where that was asked.
    public let through: Column<Int>?
  }

  let rules: Rules
  let timeline: TransferTimeline
  let rows: TransferRows
  let columns: TransferColumns
  /// The roots by place in the timeline.
  let roots: Column<Int32>

  /// How many payments can lie on a loop, as far as their neighbours show.
  public var candidateCount: Int { timeline.count }
  /// How many payments can be the first of a loop, as far as their neighbours show.
  public var rootCount: Int { roots.count }

  /// Prepares `transfers` between `nodeCount` parties, in any order.
  public init(of transfers: [Transfer], nodeCount: Int, rules: Rules) {
    self.init(of: TransferColumns(transfers, nodeCount: nodeCount), rules: rules)
  }

  /// Prepares the payments of `columns`, in any order; the same for any number of threads.
  public init(of columns: TransferColumns, rules: Rules, threads: Int = 1) {
    self.rules = rules
    self.columns = columns
    timeline = TransferTimeline(of: columns, rules: rules, threads: threads)
    rows = TransferRows(timeline, allowsTies: rules.allowsTies, threads: threads)
    let begins = timeline.canBegin
    let count = rules.maximumLength < 2 ? 0 : begins.count
    roots = .positions(below: count, threads: threads) { range, found in
      var next = range.lowerBound
      for place in range {
        found[next] = Int32(truncatingIfNeeded: place)
        next &+= begins.base[place] ? 1 : 0
      }
      return next
    }
  }

  /// Hands loops to `consume` until there are no more or `limit` have been handed over.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - consume: Is given the transfers of a loop in order, as positions in the order given; says whether
  ///     to go on.
  /// - Returns: Whether these were all loops.
  @discardableResult
  public func forEach(limit: Int = .max, _ consume: ([Int]) -> Bool) -> Bool {
    answer(Request(limit: limit, topCount: 0), forEach: consume).tally.isComplete
  }

  /// Counts the loops.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - topCount: How many loops with the largest bottlenecks to keep.
  /// - Returns: The count, which says whether it is complete.
  public func tally(limit: Int, topCount: Int = 10) -> CycleTally {
    answer(Request(limit: limit, topCount: topCount)).tally
  }

  /// Counts the loops while handing each to `consume`, on this thread alone.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - progress: Is told from time to time which share of the roots is done.
  ///   - consume: Is given the transfers of a loop in order, as positions in the order given; says whether
  ///     to go on.
  /// - Returns: What was found.
  public func answer(
    _ request: Request,
    progress: ((Double) -> Void)? = nil,
    forEach consume: ([Int]) -> Bool
  ) -> Answer {
    withoutActuallyEscaping(consume) { consume in
      var tally = TemporalTally(
        limit: request.limit,
        request: request,
        nodeCount: columns.nodeCount
      ) { [timeline] loop in
        consume((0..<loop.count).map { Int(timeline.original.base[Int(loop.base[$0])]) })
      }
      let isComplete = search(0..<chunkCount, request, &tally, isStreamed: true, progress)
      return finished(tally, isComplete)
    }
  }

  func finished(_ tally: TemporalTally, _ isComplete: Bool) -> Answer {
    var tally = tally
    tally.finish(isComplete: isComplete)
    return Answer(tally: tally.cycles, byPeriod: tally.byPeriod, through: tally.through)
  }
}

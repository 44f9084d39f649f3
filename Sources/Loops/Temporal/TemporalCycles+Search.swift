internal import Columns
internal import Graphs
internal import Networks

/// The roots in pieces of work, one after another or side by side.
extension TemporalCycles {
  private static let rootsInChunk = 256

  var chunkCount: Int { (roots.count + Self.rootsInChunk - 1) / Self.rootsInChunk }

  /// Counts the loops.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - progress: Is told from time to time, on this thread, which share of the roots is done.
  /// - Returns: What was found: the same for any number of threads.
  public func answer(_ request: Request, progress: (@Sendable (Double) -> Void)? = nil) -> Answer {
    let workLimit = workLimit(request)
    let found = spread(0..<chunkCount, request, progress)
    guard found.isCut || found.tally.count > request.limit else {
      return finished(found.tally, true)
    }
    // The limit lies in some chunk: all before it, then as much of it as the limit takes.
    var sum = 0
    var work = 0
    var whole = 0
    while whole < chunkCount, found.isDone[whole],
      saturating(sum, found.counts[whole]) <= request.limit, work + found.work[whole] <= workLimit
    {
      sum += found.counts[whole]
      work += found.work[whole]
      whole += 1
    }
    var tally = spread(0..<whole, request, nil).tally
    tally.limit(to: request.limit - sum, work: workLimit - work)
    let isComplete = search(whole..<chunkCount, request, &tally, isStreamed: false, nil)
    return finished(tally, isComplete)
  }

  private func workLimit(_ request: Request) -> Int {
    request.workLimit ?? 50_000_000 + 20_000 * timeline.count
  }

  /// What threads have found side by side.
  private struct Found {
    var tally: TemporalTally
    /// How many loops each chunk has, as far as it was searched.
    var counts: [Int]
    var isDone: [Bool]
    /// How many payments were looked at in each chunk.
    var work: [Int]
    /// Whether the search was given up because of the limit.
    var isCut = false
  }

  /// The state that threads share.
  private struct Board {
    var nextChunk: Int
    var total = 0
    var work = 0
    var found: Found
  }

  private func spread(
    _ chunks: Range<Int>,
    _ request: Request,
    _ progress: (@Sendable (Double) -> Void)?
  ) -> Found {
    let board = Guarded(
      Board(
        nextChunk: chunks.lowerBound,
        found: Found(
          tally: newTally(request),
          counts: [Int](repeating: 0, count: chunks.upperBound),
          isDone: [Bool](repeating: false, count: chunks.upperBound),
          work: [Int](repeating: 0, count: chunks.upperBound)
        )
      )
    )
    let workLimit = workLimit(request)
    let threads = max(1, min(request.threads, chunks.count))
    let amount = amounts(request)
    Workers.run(threads) { worker in
      var search = RootSearch(self, amount)
      defer { search.free() }
      var tally = newTally(request)
      while let chunk = take(board, chunks) {
        let before = tally.count
        tally.limit(to: request.limit, work: workLimit)
        var isDone = true
        for root in self.roots(of: chunk) {
          guard search.run(root, request, isStreamed: false, &tally) else {
            isDone = false
            break
          }
        }
        let number = tally.count - before
        let work = workLimit - tally.workLeft
        board.with { board in
          board.found.counts[chunk] = number
          board.found.isDone[chunk] = isDone
          board.found.work[chunk] = work
          board.total = saturating(board.total, number)
          board.work += work
          if !isDone || board.total > request.limit || board.work > workLimit {
            board.found.isCut = true
          }
        }
        if worker == 0, let progress {
          progress(Double(chunk - chunks.lowerBound + 1) / Double(chunks.count))
        }
      }
      board.with { $0.found.tally.merge(tally) }
    }
    return board.with { $0.found }
  }

  private func take(_ board: Guarded<Board>, _ chunks: Range<Int>) -> Int? {
    board.with { board in
      guard board.nextChunk < chunks.upperBound, !board.found.isCut else { return nil }
      board.nextChunk += 1
      return board.nextChunk - 1
    }
  }

  private func newTally(_ request: Request) -> TemporalTally {
    TemporalTally(limit: request.limit, request: request, nodeCount: columns.nodeCount)
  }

  private func roots(of chunk: Int) -> Range<Int> {
    let begin = chunk * Self.rootsInChunk
    return begin..<min(roots.count, begin + Self.rootsInChunk)
  }

  /// Searches chunks one after another; says whether `tally` took all loops.
  func search(
    _ chunks: Range<Int>,
    _ request: Request,
    _ tally: inout TemporalTally,
    isStreamed: Bool,
    _ progress: ((Double) -> Void)?
  ) -> Bool {
    var search = RootSearch(self, amounts(request))
    defer { search.free() }
    for chunk in chunks {
      for root in roots(of: chunk) {
        guard search.run(root, request, isStreamed: isStreamed, &tally) else { return false }
      }
      progress?(Double(chunk + 1) / Double(chunks.upperBound))
    }
    return true
  }

  /// The amounts by place in the timeline, where anything asks for them.
  private func amounts(_ request: Request) -> Column<Double>? {
    guard request.topCount > 0 || rules.tolerance != .infinity else { return nil }
    let amount = Column<Double>(unwritten: timeline.count)
    for place in 0..<timeline.count {
      amount.base[place] = columns.amounts[Int(timeline.original.base[place])]
    }
    return amount
  }
}

/// All that one thread needs to search root after root.
private struct RootSearch {
  private let cycles: TemporalCycles
  private var labels: TemporalLabels
  private var graph = RootGraph()
  private var walk: TemporalWalk

  init(_ cycles: TemporalCycles, _ amount: Column<Double>?) {
    self.cycles = cycles
    labels = TemporalLabels(cycles.timeline, cycles.rows, cycles.rules)
    walk = TemporalWalk(cycles.timeline, cycles.rules, amount: amount)
  }

  func free() {
    labels.free()
    graph.free()
    walk.free()
  }

  /// Searches one root; says whether `tally` took all its loops.
  mutating func run(
    _ index: Int,
    _ request: TemporalCycles.Request,
    isStreamed: Bool,
    _ tally: inout TemporalTally
  ) -> Bool {
    let root = Int(cycles.roots.base[index])
    let moment = cycles.timeline.moment.base[root]
    let last = cycles.timeline.windowEnd.base[Int(moment)]
    let before = tally.count
    defer { note(moment, tally.count - before, request, &tally) }
    let areLater = search(
      root,
      until: last,
      closingFrom: moment + 1,
      after: -1,
      takesApart: isStreamed,
      &tally
    )
    guard areLater, cycles.rules.allowsTies else { return areLater }
    // Loops within one moment could begin anywhere: each is found at its earliest payment.
    let hasTolerance = cycles.rules.tolerance != .infinity
    return search(
      root,
      until: moment,
      closingFrom: moment,
      after: hasTolerance ? -1 : Int32(truncatingIfNeeded: root),
      takesApart: isStreamed || hasTolerance,
      &tally
    )
  }

  @inline(__always)
  private mutating func search(
    _ root: Int,
    until last: Int32,
    closingFrom: Int32,
    after: Int32,
    takesApart: Bool,
    _ tally: inout TemporalTally
  ) -> Bool {
    let canLoop = labels.find(root: root, until: last)
    defer { labels.forget() }
    guard canLoop else { return true }
    graph.build(labels, closingFrom: closingFrom, after: after)
    return walk.run(graph, root: root, takesApart: takesApart, &tally)
  }

  @inline(__always)
  private func note(
    _ moment: Int32,
    _ number: Int,
    _ request: TemporalCycles.Request,
    _ tally: inout TemporalTally
  ) {
    guard number > 0 else { return }
    let time = cycles.timeline.time.base[Int(moment)]
    var (low, high) = (0, request.periodStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if request.periodStarts[middle] <= time { low = middle + 1 } else { high = middle }
    }
    tally.note(period: low, took: number)
  }
}

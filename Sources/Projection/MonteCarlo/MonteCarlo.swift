internal import Columns

/// Runs many paths on some threads.
///
/// Paths are cut into blocks, and blocks are handed out as threads come free. Every number counted is
/// whole, and the chance of a path depends on seed, path and month alone: the answer has the same bits
/// on any number of threads and in any order.
public struct MonteCarlo: Sendable {
  /// What to run.
  public let plan: ProjectionPlan
  /// Where chance begins.
  public let seed: UInt64
  /// How many threads.
  public let threads: Int
  /// The closed loop is measured on one path in so many, those whose number it divides.
  public let stride: Int

  /// A run that is not begun.
  ///
  /// - Parameters:
  ///   - plan: What to run.
  ///   - seed: Where chance begins.
  ///   - threads: How many threads.
  ///   - paths: How many paths the whole run has, of which this may be a part: the closed loop is
  ///     measured on about a thousand of them.
  public init(_ plan: ProjectionPlan, seed: UInt64, threads: Int, paths: Int) {
    stride = Self.stride(of: paths)
    self.plan = plan
    self.seed = seed
    self.threads = max(1, threads)
  }

  /// One path in how many of a run is measured for its closed loop.
  ///
  /// - Parameter paths: How many paths the whole run has.
  /// - Returns: At least one.
  public static func stride(of paths: Int) -> Int { max(1, paths / 1000) }

  /// Paths between two looks at whether to go on.
  static let blockSize = 256

  /// Runs some paths, and adds them to a tally.
  ///
  /// - Parameters:
  ///   - paths: Their numbers.
  ///   - tally: What earlier paths came to.
  /// - Throws: ``ProjectionError``; the tally is then as it was.
  public func run(_ paths: Range<Int>, into tally: inout Tally) throws(ProjectionError) {
    let (parties, months) = (plan.parties.count, plan.months.count)
    let whole = Guarded(Tally(parties: parties, months: months))
    try spread(paths) {
      Tally(parties: parties, months: months)
    } run: { (number, path, part) throws(ProjectionError) in
      try run(number, path, &part)
    } join: { part in
      whole.with { $0.add(part) }
    }
    tally.add(whole.with { $0 })
  }

  /// Runs paths on the threads, each of which counts into a part of its own.
  ///
  /// - Parameters:
  ///   - paths: Their numbers.
  ///   - part: What a thread begins with.
  ///   - run: Runs one path and counts it.
  ///   - join: Takes a thread's part up, on that thread.
  /// - Throws: The first ``ProjectionError``; nothing is to be made of what was joined then.
  func spread<Part>(
    _ paths: Range<Int>,
    _ part: @escaping @Sendable () -> Part,
    run: @escaping @Sendable (Int, CashPath, inout Part) throws(ProjectionError) -> Void,
    join: @escaping @Sendable (Part) -> Void
  ) throws(ProjectionError) {
    let blocks = (paths.count + Self.blockSize - 1) / Self.blockSize
    let workers = min(threads, max(1, blocks))
    let gather = Guarded(Gather(blocks: blocks))
    Workers.run(workers) { _ in
      var counted = part()
      let path = CashPath(plan)
      while let block = gather.with({ $0.next() }) {
        let first = paths.lowerBound + block * Self.blockSize
        let last = min(first + Self.blockSize, paths.upperBound)
        do throws(ProjectionError) {
          for number in first..<last { try run(number, path, &counted) }
        } catch {
          gather.with { $0.error = $0.error ?? error }
        }
      }
      join(counted)
    }
    if let error = gather.with({ $0.error }) { throw error }
  }

  private func run(
    _ number: Int,
    _ path: CashPath,
    _ tally: inout Tally
  ) throws(ProjectionError) {
    path.keepsFlows = number % stride == 0
    path.begin(Chance(seed: seed, path: number), path: number)
    let last = plan.months.count - 1
    for month in plan.months.indices {
      try path.run(month: month)
      path.count(in: &tally, month: month)
      guard path.keepsFlows, month % 12 == 11 || month == last else { continue }
      tally.count(share: path.closedLoopShare(plan.parties), year: month / 12)
      path.clearFlows()
    }
    path.count(in: &tally)
  }
}

/// Where threads fetch blocks and leave what stopped them.
private struct Gather {
  let blocks: Int
  var error: ProjectionError?
  private var block = 0

  init(blocks: Int) { self.blocks = blocks }

  /// The next block: `nil` where none is left, or one failed.
  mutating func next() -> Int? {
    guard block < blocks, error == nil else { return nil }
    block += 1
    return block - 1
  }
}

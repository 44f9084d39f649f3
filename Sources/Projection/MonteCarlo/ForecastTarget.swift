internal import Columns

/// A figure of a projection that can be held against what came.
package enum ForecastTarget: Hashable, Sendable {
  /// What a party takes in for goods and services over some months, by their positions.
  case receipts(party: String, months: Range<Int>)
  /// What a party has at the end of a month.
  case cash(party: String, month: Int)
  /// What a party owes at the end of a month.
  case debt(party: String, month: Int)
  /// What one party pays another over some months.
  case paid(payer: String, payee: String, months: Range<Int>)
  /// What was due to a party, or lent by it, and did not come by the end of a month.
  case lost(party: String, month: Int)
  /// Whether a party has failed by the end of a month: 1, or 0.
  case failed(party: String, month: Int)
}

extension MonteCarlo {
  /// What some figures come to on many paths.
  ///
  /// - Parameters:
  ///   - targets: The figures, of parties and months of the plan; of others the answer is nothing.
  ///   - paths: How many paths.
  ///   - goesOn: Is given how many paths are done, now and then, and says whether to go on.
  /// - Returns: Dollars by target, then path: the same on any number of threads.
  /// - Throws: ``ProjectionError``.
  /// - Complexity: That of a run; memory for one number a target and path.
  package func samples(
    of targets: [ForecastTarget],
    paths: Int,
    while goesOn: (Int) -> Bool = { _ in true }
  ) throws(ProjectionError) -> [[Double]] {
    let readers = targets.map { TargetReader($0, plan) }
    let nothing = [Double](repeating: 0, count: paths)
    let gathered = Guarded([[Double]](repeating: nothing, count: targets.count))
    for from in Swift.stride(from: 0, to: paths, by: Self.blockSize * threads) {
      let until = min(from + Self.blockSize * threads, paths)
      try run(from..<until, readers, into: gathered)
      guard goesOn(until) else { throw .stopped }
    }
    return gathered.with { $0 }
  }

  private func run(
    _ paths: Range<Int>,
    _ readers: [TargetReader],
    into gathered: Guarded<[[Double]]>
  ) throws(ProjectionError) {
    try spread(paths) {
      [(path: Int, cents: [Int64])]()
    } run: { (number, path, part) throws(ProjectionError) in
      path.keepsFlows = true
      var cents = [Int64](repeating: 0, count: readers.count)
      path.begin(Chance(seed: seed, path: number), path: number)
      for month in plan.months.indices {
        try path.run(month: month)
        for target in readers.indices { cents[target] &+= readers[target].cents(path, month) }
        path.clearFlows()
      }
      part.append((number, cents))
    } join: { part in
      gathered.with { whole in
        for one in part {
          for target in readers.indices {
            whole[target][one.path] = Cents.dollars(one.cents[target])
          }
        }
      }
    }
  }
}

/// Reads one figure off a path, month by month.
private struct TargetReader: Sendable {
  private enum Place {
    case receipts(Int), cash(Int), debt(Int), paid(Int), lost(Int), failed(Int), nowhere
  }

  private let place: Place
  private let months: Range<Int>

  init(_ target: ForecastTarget, _ plan: ProjectionPlan) {
    let position = { (party: String) in plan.parties.firstIndex(of: party) }
    let found: Place?
    switch target {
    case .receipts(let party, let months):
      (found, self.months) = (position(party).map(Place.receipts), months)
    case .cash(let party, let month):
      (found, months) = (position(party).map(Place.cash), month..<month + 1)
    case .debt(let party, let month):
      (found, months) = (position(party).map(Place.debt), month..<month + 1)
    case .lost(let party, let month):
      (found, months) = (position(party).map(Place.lost), month..<month + 1)
    case .failed(let party, let month):
      (found, months) = (position(party).map(Place.failed), month..<month + 1)
    case .paid(let payer, let payee, let months):
      let pair = position(payer).flatMap { from in
        position(payee).map { Place.paid(from * plan.parties.count + $0) }
      }
      (found, self.months) = (pair, months)
    }
    place = found ?? .nowhere
  }

  /// What it came to in a month that has just been run.
  func cents(_ path: CashPath, _ month: Int) -> Int64 {
    guard months.contains(month) else { return 0 }
    return switch place {
    case .receipts(let party): path.books.lastReceived[party]
    case .cash(let party): path.accounts.cash[party]
    case .debt(let party): path.books.debt[party]
    case .paid(let pair): path.paidBetween[pair]
    case .lost(let party): path.books.lost[party]
    case .failed(let party): path.books.failedIn[party] >= 0 ? Cents.whole(dollars: 1) : 0
    case .nowhere: 0
    }
  }
}

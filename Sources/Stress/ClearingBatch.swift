internal import Columns
import Networks

/// One network of debts, cleared for many scenarios of what parties own.
///
/// For up to a few hundred parties. Debts and their shares are shared by all scenarios; in each, only
/// those short of cash are worked on. What party *j* leaves unpaid is *x_j = max(0, s_j + Σ_i Π_ij·x_i)*
/// with *s* what it would be short if everybody else paid in full: the shortfalls are pushed on, up
/// to three times, to find who is short, the linear system of those is solved, and the rest are checked
/// against it.
/// Several lanes of a row are worked on at a time. Answers agree with
/// ``ClearingProblem/greatestClearing()`` to rounding.
///
/// Problems with costs of default or classes of debt are cleared one by one.
public struct ClearingBatch: Sendable {
  /// Fills in what each party owns outside in one scenario, in order; it is given zeros.
  public typealias Assets = @Sendable (_ scenario: Int, _ externalAssets: inout [Double]) -> Void

  /// What some scenarios come to.
  public struct Summary: Sendable, Equatable {
    /// How many scenarios there were.
    public var scenarios = 0
    /// What each party pays, added up over the scenarios.
    public var payments: [Double]
    /// In how many scenarios each party defaults.
    public var defaults: [Int]

    /// What no scenarios come to.
    public init(parties: Int) {
      payments = [Double](repeating: 0, count: parties)
      defaults = [Int](repeating: 0, count: parties)
    }

    /// Adds what other scenarios come to.
    public mutating func add(_ other: Summary) {
      scenarios += other.scenarios
      for party in payments.indices {
        payments[party] += other.payments[party]
        defaults[party] += other.defaults[party]
      }
    }

    /// Throws where payments add up to more than a number can hold.
    func checkSums() throws(StressError) {
      guard payments.allSatisfy(\.isFinite) else { throw .tooMuch }
    }
  }

  /// How many scenarios are summed before they are added to the rest, on any number of threads.
  public static let chunk = 1_024

  /// A party that pays less of its debts than this is cleared with care.
  private static let leastShare = 1e-3
  /// One that owes less of what it is owed than this is too, as the two are subtracted.
  private static let leastRatio = 1e-6

  let problem: ClearingProblem
  /// What each creditor gets of each debtor's payments, by debtor, rows filled up with zeros.
  let shares: Column<SIMD4<Double>>
  /// What each party owes less what it is owed, then zeros.
  let need: Column<SIMD4<Double>>
  /// How far each party may fall short and still count as paying in full.
  let slack: Column<SIMD4<Double>>
  /// How much each party may leave unpaid before what it pays is too little of its debts to be their
  /// difference.
  let mostUnpaid: [Double]
  /// Whether anybody owes each party.
  let hasDebtors: [Bool]
  /// The length of a row, in fours.
  let width: Int

  /// Whether the scenarios are worked on by lanes, not one by one.
  private let isPlain: Bool

  /// Prepares the debts of a problem; its external assets are not used.
  ///
  /// - Complexity: O(*n*²) memory.
  public init(_ problem: ClearingProblem) {
    let count = problem.parties.count
    let width = (count + 3) / 4
    let shares = Column<SIMD4<Double>>(repeating: .zero, count: count * width)
    let need = Column<SIMD4<Double>>(repeating: .zero, count: width)
    let slack = Column(repeating: SIMD4<Double>(repeating: .infinity), count: width)
    var claims = [Double](repeating: 0, count: count)
    for party in 0..<count {
      need[party / 4][party % 4] += problem.owed[party]
      slack[party / 4][party % 4] = problem.tolerance[party] * problem.owed[party]
      for rank in 0..<problem.classCount {
        for link in problem.links(party, rank) {
          let creditor = Int(problem.creditor[link])
          claims[creditor] += problem.amount[link]
          need[creditor / 4][creditor % 4] -= problem.amount[link]
          shares[party * width + creditor / 4][creditor % 4] +=
            problem.amount[link] / problem.owed[party]
        }
      }
    }
    self.problem = problem
    self.shares = shares
    self.need = need
    self.slack = slack
    hasDebtors = claims.map { $0 > 0 }
    let isEven = zip(problem.owed, claims).allSatisfy { $0 == 0 || $0 >= Self.leastRatio * $1 }
    isPlain = isEven && problem.alpha == 1 && problem.beta == 1 && problem.classCount == 1
    mostUnpaid = problem.owed.map { $0 * (1 - Self.leastShare) }
    self.width = width
  }

  /// Clears `scenarios` and sums them up, on the thread of the caller.
  ///
  /// - Parameters:
  ///   - scenarios: Which scenarios, by number.
  ///   - assets: What each party owns in a scenario, zero or above.
  /// - Returns: The sums.
  /// - Throws: ``StressError`` for assets that are negative or not a number, and what
  ///   ``ClearingProblem/greatestClearing()`` throws.
  public func summary(of scenarios: Range<Int>, assets: Assets) throws(StressError) -> Summary {
    var sum = Summary(parties: problem.parties.count)
    var lanes = ClearingLanes(of: self)
    for chunk in chunks(of: scenarios) {
      sum.add(try summary(ofChunk: chunk, assets: assets, &lanes))
    }
    try sum.checkSums()
    return sum
  }

  /// Clears `scenarios` and sums them up, the same bits on any number of threads.
  ///
  /// - Parameters:
  ///   - scenarios: Which scenarios, by number.
  ///   - threads: How many threads to share them out to.
  ///   - assets: What each party owns in a scenario, zero or above.
  /// - Returns: The sums.
  /// - Throws: As ``summary(of:assets:)``.
  public func summary(
    of scenarios: Range<Int>,
    threads: Int,
    assets: @escaping Assets
  ) throws(StressError) -> Summary {
    let chunks = chunks(of: scenarios)
    let gather = Guarded<(next: Int, parts: [(Int, Summary)], error: StressError?)>((0, [], nil))
    Workers.run(min(threads, chunks.count)) { _ in
      var lanes = ClearingLanes(of: self)
      // Whoever is free takes the next: a thread that is held up holds up nobody else.
      while let number = gather.with({ state -> Int? in
        guard state.next < chunks.count, state.error == nil else { return nil }
        defer { state.next += 1 }
        return state.next
      }) {
        do throws(StressError) {
          let part = try summary(ofChunk: chunks[number], assets: assets, &lanes)
          gather.with { $0.parts.append((number, part)) }
        } catch {
          gather.with { $0.error = $0.error ?? error }
        }
      }
    }
    let (parts, error) = gather.with { ($0.parts, $0.error) }
    if let error { throw error }
    var sum = Summary(parties: problem.parties.count)
    for (_, part) in parts.sorted(by: { $0.0 < $1.0 }) { sum.add(part) }
    try sum.checkSums()
    return sum
  }

  /// What each party pays in all where it owns `externalAssets`.
  ///
  /// - Parameter externalAssets: What each party owns outside.
  /// - Returns: The greatest clearing payments.
  /// - Throws: As ``summary(of:assets:)``.
  public func payments(externalAssets: [Double]) throws(StressError) -> [Double] {
    try checkFigures("external assets", externalAssets, of: problem.parties)
    var sum = Summary(parties: problem.parties.count)
    var lanes = ClearingLanes(of: self)
    try add(externalAssets, to: &sum, &lanes)
    return sum.payments
  }

  /// Pieces that begin at multiples of ``chunk`` from the first scenario.
  private func chunks(of scenarios: Range<Int>) -> [Range<Int>] {
    stride(from: scenarios.lowerBound, to: scenarios.upperBound, by: Self.chunk).map {
      $0..<min($0 + Self.chunk, scenarios.upperBound)
    }
  }

  private func summary(
    ofChunk chunk: Range<Int>,
    assets: Assets,
    _ lanes: inout ClearingLanes
  ) throws(StressError) -> Summary {
    var sum = Summary(parties: problem.parties.count)
    var owned = [Double](repeating: 0, count: problem.parties.count)
    for scenario in chunk {
      for party in owned.indices { owned[party] = 0 }
      assets(scenario, &owned)
      try checkFigures("external assets", owned, of: problem.parties)
      try add(owned, to: &sum, &lanes)
    }
    return sum
  }

  private func add(
    _ owned: [Double],
    to sum: inout Summary,
    _ lanes: inout ClearingLanes
  ) throws(StressError) {
    sum.scenarios += 1
    let owed = problem.owed
    if isPlain, lanes.settle(owned, self) {
      for party in owed.indices { sum.payments[party] += owed[party] }
      for place in 0..<lanes.shortCount {
        let (party, unpaid) = lanes.unpaid(place)
        sum.payments[party] -= min(unpaid, owed[party])
        sum.defaults[party] += 1
      }
      return
    }
    guard (owed + owned).reduce(0, +).isFinite else { throw .tooMuch }
    let clearing = try problem.with(externalAssets: owned).greatestClearing()
    for party in owed.indices { sum.payments[party] += clearing.payments[party] }
    for party in clearing.defaulted { sum.defaults[party] += 1 }
  }
}

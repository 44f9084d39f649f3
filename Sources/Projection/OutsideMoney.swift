internal import Claims

/// The least outside money with which nobody fails, and when it is needed.
///
/// On each path the outside puts in exactly what a party lacks in the month it lacks it: no less
/// would do, and nobody fails, so nothing spreads. For amounts that are settled beforehand, each
/// party is given the same quantile of what it needs over the paths; the quantile is the smallest for
/// which all parties together have enough on the wanted share of the paths, found by bisection on the
/// same paths.
public struct OutsideMoney: Sendable, Codable {
  /// What one party needs.
  public struct Party: Sendable, Codable {
    /// The party.
    public let id: String
    /// Dollars to have ready beforehand.
    public let amount: Double
    /// Dollars it needs on the middle one of the paths.
    public let median: Double
    /// Share of paths on which it needs any.
    public let share: Double
    /// The month by which half of the paths that need money have begun to; `nil` where none does.
    public let typicalMonth: String?
    /// Dollars to have ready by the end of each year.
    public let byYear: [Double]
  }

  /// The share of paths on which nobody is to fail.
  public let confidence: Double
  /// How many paths.
  public let paths: Int
  /// Where chance began.
  public let seed: UInt64
  /// Dollars for all together, settled beforehand by party.
  public let total: Double
  /// Dollars for all together if one fund stands behind all: the quantile of the sum.
  public let pooled: Double
  /// The ends of the years.
  public let years: [String]
  /// The parties that need any, the most first.
  public let parties: [Party]

  /// Works out the money needed.
  ///
  /// - Parameters:
  ///   - plan: What to run.
  ///   - confidence: The share of paths on which nobody is to fail.
  ///   - paths: How many paths.
  ///   - seed: Where chance begins.
  /// - Throws: ``ProjectionError``.
  public init(
    _ plan: ProjectionPlan,
    confidence: Double,
    paths: Int,
    seed: UInt64
  ) throws(ProjectionError) {
    guard plan.members.contains(where: \.isTracked) else { throw .nobodyTracked }
    let needs = try Needs(plan, paths: paths, seed: seed)
    let level = needs.jointLevel(confidence)
    let last = plan.months.count - 1
    self.confidence = confidence
    (self.paths, self.seed) = (paths, seed)
    let ends = plan.months.indices.filter { $0 % 12 == 11 || $0 == last }
    years = ends.map { plan.months[$0].description }
    parties = plan.parties.indices.filter { needs.everNeeds($0) }.map { party in
      Party(
        id: plan.parties[party],
        amount: needs.quantile(party, level) / 100,
        median: needs.quantile(party, 0.5) / 100,
        share: needs.share(party),
        typicalMonth: needs.typicalMonth(party).map { plan.months[$0].description },
        byYear: needs.years.indices.map { needs.quantile(party, level, year: $0) / 100 }
      )
    }.sorted { ($1.amount, $1.share, $0.id) < ($0.amount, $0.share, $1.id) }
    total = parties.reduce(0) { $0 + $1.amount }
    pooled = needs.pooled(confidence) / 100
  }
}

/// What each party needs on each path, in cents.
private struct Needs {
  let count: Int
  let parties: Int
  /// Ends of years, as positions of months.
  let years: [Int]
  /// By year, party and path: needed so far.
  private var table: [Int64]
  /// By party and path: the first month of need; −1 for none.
  private var firstMonth: [Int32]

  init(
    _ plan: ProjectionPlan,
    paths: Int,
    seed: UInt64
  ) throws(ProjectionError) {
    let count = paths
    self.count = count
    parties = plan.parties.count
    let last = plan.months.count - 1
    years = plan.months.indices.filter { $0 % 12 == 11 || $0 == last }
    var table = [Int64](repeating: 0, count: years.count * parties * count)
    var firstMonth = [Int32](repeating: -1, count: parties * count)
    var path = CashPath(plan)
    path.isRescued = true
    for number in 0..<count {
      path.begin(Chance(seed: seed, path: number), path: number)
      var year = 0
      for month in plan.months.indices {
        try path.run(month: month)
        for party in 0..<parties where path.rescued[party] > 0 {
          table[(year * parties + party) * count + number] &+= path.rescued[party]
          let place = party * count + number
          if firstMonth[place] < 0 { firstMonth[place] = Int32(month) }
        }
        guard month == years[year], month < last else { continue }
        for party in 0..<parties {
          table[((year + 1) * parties + party) * count + number] =
            table[(year * parties + party) * count + number]
        }
        year += 1
      }
    }
    self.table = table
    self.firstMonth = firstMonth
  }

  private func row(_ party: Int, _ year: Int) -> ArraySlice<Int64> {
    let start = (year * parties + party) * count
    return table[start..<start + count]
  }

  func everNeeds(_ party: Int) -> Bool { firstMonths(party).contains { $0 >= 0 } }

  private func firstMonths(_ party: Int) -> ArraySlice<Int32> {
    firstMonth[party * count..<(party + 1) * count]
  }

  func share(_ party: Int) -> Double {
    Double(firstMonths(party).count { $0 >= 0 }) / Double(count)
  }

  func typicalMonth(_ party: Int) -> Int? {
    let months = firstMonths(party).filter { $0 >= 0 }.sorted()
    return months.isEmpty ? nil : Int(months[months.count / 2])
  }

  private func rank(_ level: Double) -> Int {
    min(count - 1, max(0, Int((level * Double(count)).rounded(.up)) - 1))
  }

  func quantile(_ party: Int, _ level: Double, year: Int? = nil) -> Double {
    Double(row(party, year ?? years.count - 1).sorted()[rank(level)])
  }

  func pooled(_ confidence: Double) -> Double {
    let sums = (0..<count).map { path in
      (0..<parties).reduce(Int64(0)) {
        $0 + table[((years.count - 1) * parties + $1) * count + path]
      }
    }
    return Double(sums.sorted()[rank(confidence)])
  }

  /// The least quantile, the same for every party, at which all have enough on the wanted share.
  func jointLevel(_ confidence: Double) -> Double {
    let sorted = (0..<parties).map { row($0, years.count - 1).sorted() }
    var (low, high) = (confidence, 1.0)
    if isEnough(confidence, sorted, confidence) { return confidence }
    for _ in 0..<40 where high - low > 0.5 / Double(count) {
      let middle = (low + high) / 2
      if isEnough(middle, sorted, confidence) { high = middle } else { low = middle }
    }
    return high
  }

  private func isEnough(_ level: Double, _ sorted: [[Int64]], _ confidence: Double) -> Bool {
    let place = rank(level)
    let last = (years.count - 1) * parties
    let enough = (0..<count).count { path in
      (0..<parties).allSatisfy { table[(last + $0) * count + path] <= sorted[$0][place] }
    }
    return Double(enough) >= confidence * Double(count)
  }
}

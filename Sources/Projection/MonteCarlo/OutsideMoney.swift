internal import Columns
public import Claims
internal import Networks

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
    @Nullable public private(set) var typicalMonth: String?
    /// Dollars to have ready by the end of each year.
    public let byYear: [Double]
  }

  /// What all together need by the end of each year on a share of the paths, at most.
  public struct Band: Sendable, Codable {
    /// The share of paths.
    public let level: Double
    /// Dollars, by year.
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
  /// Dollars that all together need by the end of each year, by share of paths that need no more.
  public let bands: [Band]
  /// What moves the money needed, the widest first.
  public let drivers: [Driver]
  /// The parties that need any, the most first.
  public let parties: [Party]

  /// Works out the money needed.
  ///
  /// - Parameters:
  ///   - plan: What to run.
  ///   - confidence: The share of paths on which nobody is to fail.
  ///   - paths: How many paths.
  ///   - seed: Where chance begins.
  ///   - threads: How many threads; the answer has the same bits for any.
  ///   - goesOn: Is given how many paths are done, now and then, and says whether to go on.
  /// - Throws: ``ProjectionError``.
  public init(
    _ plan: ProjectionPlan,
    confidence: Double,
    paths: Int,
    seed: UInt64,
    threads: Int = 1,
    while goesOn: (Int) -> Bool = { _ in true }
  ) throws(ProjectionError) {
    guard plan.members.contains(where: \.isTracked) else { throw .nobodyTracked }
    let needs = try Needs(plan, paths: paths, seed: seed, threads: threads, while: goesOn)
    let level = needs.jointLevel(confidence)
    let last = plan.months.count - 1
    self.confidence = confidence
    (self.paths, self.seed) = (paths, seed)
    let ends = plan.months.indices.filter { $0 % 12 == 11 || $0 == last }
    years = ends.map { plan.months[$0].description }
    parties = plan.parties.indices.filter { needs.everNeeds($0) }.map { party in
      Party(
        id: plan.parties[party],
        amount: Cents.dollars(needs.quantile(party, level)),
        median: Cents.dollars(needs.quantile(party, 0.5)),
        share: needs.share(party),
        typicalMonth: needs.typicalMonth(party).map { plan.months[$0].description },
        byYear: needs.years.indices.map { Cents.dollars(needs.quantile(party, level, year: $0)) }
      )
    }.sorted { ($1.amount, $1.share, $0.id) < ($0.amount, $0.share, $1.id) }
    total = parties.reduce(0) { $0 + $1.amount }
    pooled = Cents.dollars(needs.pooled(confidence))
    bands = [0.05, 0.25, 0.5, 0.75, 0.95].map { level in
      Band(
        level: level,
        byYear: needs.years.indices.map { Cents.dollars(needs.pooled(level, year: $0)) }
      )
    }
    drivers = Driver.all(plan, needs.sums, seed: seed)
  }
}

/// What each party needs on each path, in cents.
struct Needs {
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
    seed: UInt64,
    threads: Int,
    while goesOn: (Int) -> Bool
  ) throws(ProjectionError) {
    count = paths
    parties = plan.parties.count
    let last = plan.months.count - 1
    years = plan.months.indices.filter { $0 % 12 == 11 || $0 == last }
    table = [Int64](repeating: 0, count: years.count * parties * count)
    firstMonth = [Int32](repeating: -1, count: parties * count)
    let batch = Self.partSize * max(1, threads)
    for from in stride(from: 0, to: paths, by: batch) {
      let until = min(from + batch, paths)
      for part in try Self.parts(plan, from..<until, seed, threads) { write(part) }
      guard goesOn(until) else { throw .stopped }
    }
  }

  /// What some paths need.
  private struct Part {
    let first: Int
    /// By path, then year and party.
    var needs: [[Int64]] = []
    /// By path, then party.
    var months: [[Int32]] = []
  }

  private static let partSize = 64

  /// Some paths, cut into parts that threads fetch one by one; in the order of the paths.
  private static func parts(
    _ plan: ProjectionPlan,
    _ paths: Range<Int>,
    _ seed: UInt64,
    _ threads: Int
  ) throws(ProjectionError) -> [Part] {
    let count = (paths.count + partSize - 1) / partSize
    let gather = Guarded<(next: Int, parts: [Part], error: ProjectionError?)>((0, [], nil))
    Workers.run(min(threads, count)) { _ in
      let path = CashPath(plan)
      path.isRescued = true
      while let number = gather.with({ state -> Int? in
        guard state.next < count, state.error == nil else { return nil }
        defer { state.next += 1 }
        return state.next
      }) {
        var part = Part(first: paths.lowerBound + number * partSize)
        do throws(ProjectionError) {
          for number in part.first..<min(part.first + partSize, paths.upperBound) {
            path.begin(Chance(seed: seed, path: number), path: number)
            try run(path, into: &part)
          }
          gather.with { [part] in $0.parts.append(part) }
        } catch {
          gather.with { $0.error = $0.error ?? error }
        }
      }
    }
    let (parts, error) = gather.with { ($0.parts, $0.error) }
    if let error { throw error }
    return parts.sorted { $0.first < $1.first }
  }

  private static func run(_ path: CashPath, into part: inout Part) throws(ProjectionError) {
    let (months, parties) = (path.plan.months.count, path.plan.parties.count)
    var needs = [Int64](repeating: 0, count: (months + 11) / 12 * parties)
    var firsts = [Int32](repeating: -1, count: parties)
    for month in 0..<months {
      let year = month / 12 * parties
      if month % 12 == 0, month > 0 {
        for party in 0..<parties { needs[year + party] = needs[year - parties + party] }
      }
      try path.run(month: month)
      for party in 0..<parties where path.books.rescued[party] > 0 {
        needs[year + party] &+= path.books.rescued[party]
        if firsts[party] < 0 { firsts[party] = Int32(month) }
      }
    }
    part.needs.append(needs)
    part.months.append(firsts)
  }

  private mutating func write(_ part: Part) {
    for (place, needs) in part.needs.enumerated() {
      for row in needs.indices { table[row * count + part.first + place] = needs[row] }
      for party in 0..<parties {
        firstMonth[party * count + part.first + place] = part.months[place][party]
      }
    }
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

  /// What all parties together need in the end, by path.
  var sums: [Int64] { sums(year: years.count - 1) }

  private func sums(year: Int) -> [Int64] {
    (0..<count).map { path in
      (0..<parties).reduce(Int64(0)) { $0 + table[(year * parties + $1) * count + path] }
    }
  }

  /// The quantile of what all parties together need by the end of a year.
  func pooled(_ level: Double, year: Int? = nil) -> Double {
    Double(sums(year: year ?? years.count - 1).sorted()[rank(level)])
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

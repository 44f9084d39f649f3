internal import Columns
import CLanes
import Networks

/// The working memory of one scenario of a ``ClearingBatch``, used again for the next.
struct ClearingLanes {
  /// How many are short.
  private(set) var shortCount = 0
  /// Who is short, in ascending order.
  private let short: Column<Int32>
  /// What each party would be short if everybody else paid in full.
  private let shortfall: Column<SIMD4<Double>>
  /// That, and what it is short because of others.
  private let total: Column<SIMD4<Double>>
  /// 1 for the parties among `short`.
  private let isShort: Column<Int32>
  /// What those who are short leave unpaid at least, filled up with zeros.
  private let least: Column<SIMD4<Double>>
  private let system: LaneSystem

  /// How often shortfalls are pushed on at most before the system is solved: each push costs a third of
  /// a solution, and after three of them one solution in twenty has to be followed by another.
  private static let pushes = 3

  init(of batch: ClearingBatch) {
    let count = batch.width * 4
    shortfall = Column(repeating: .zero, count: batch.width)
    total = Column(repeating: .zero, count: batch.width)
    least = Column(repeating: .zero, count: batch.width)
    isShort = Column(repeating: 0, count: count)
    short = Column(repeating: 0, count: count + 1)
    system = LaneSystem(capacity: count)
  }

  /// The party at `place` of those who are short, and what it leaves unpaid.
  func unpaid(_ place: Int) -> (party: Int, amount: Double) {
    (Int(short[place]), system.result[place / 4][place % 4])
  }

  /// Finds who is short, and what they leave unpaid.
  ///
  /// - Returns: Whether it could: `false` where the system is too near to having no solution for
  ///   plain elimination, or somebody pays so little that it is lost in what it owes, and the careful
  ///   one is called for.
  mutating func settle(_ owned: [Double], _ batch: ClearingBatch) -> Bool {
    begin(owned, batch)
    guard takeShort(batch) else { return true }
    for _ in 0..<Self.pushes {
      gatherLeast()
      push(batch, least)
      guard takeShort(batch) else { break }
    }
    repeat {
      guard system.solve(short.base, count: shortCount, shortfall, batch) else { return false }
      push(batch, system.result)
    } while takeShort(batch)
    return (0..<shortCount).allSatisfy { place in
      let (party, unpaid) = unpaid(place)
      // Who has nothing pays nothing, which is no difference.
      return unpaid <= batch.mostUnpaid[party] || (owned[party] == 0 && !batch.hasDebtors[party])
    }
  }

  private mutating func begin(_ owned: [Double], _ batch: ClearingBatch) {
    shortCount = 0
    let (isShort, shortfall, total) = (isShort.base, shortfall.base, total.base)
    for place in 0..<batch.width * 4 { isShort[place] = 0 }
    for place in 0..<batch.width { shortfall[place] = batch.need.base[place] }
    let single = numbers(shortfall)
    owned.withUnsafeBufferPointer { owned in
      for party in owned.indices { single[party] -= owned[party] }
    }
    for place in 0..<batch.width { total[place] = shortfall[place] }
  }

  /// Adds those whom `total` shows short, without branches, and says whether there were any.
  private mutating func takeShort(_ batch: ClearingBatch) -> Bool {
    let (short, isShort) = (short.base, isShort.base)
    let (total, slack) = (numbers(total.base), numbers(batch.slack.base))
    var count = 0
    for party in 0..<batch.width * 4 {
      let state = isShort[party] | (total[party] > slack[party] ? 1 : 0)
      isShort[party] = state
      short[count] = Int32(truncatingIfNeeded: party)
      count &+= Int(state)
    }
    defer { shortCount = count }
    return count > shortCount
  }

  /// What those who are short lack as far as it is known: they leave that unpaid and maybe more.
  private func gatherLeast() {
    let (short, least, total) = (short.base, numbers(least.base), numbers(total.base))
    for place in 0..<shortCount { least[place] = max(0, total[Int(short[place])]) }
  }

  /// Puts what each party is short by itself, and because of what those `short` leave unpaid, in `total`.
  private func push(_ batch: ClearingBatch, _ unpaid: Column<SIMD4<Double>>) {
    for place in 0..<batch.width { total.base[place] = shortfall.base[place] }
    lanes_add_rows(
      numbers(total.base),
      numbers(unpaid.base),
      short.base,
      Int64(shortCount),
      numbers(batch.shares.base),
      Int64(batch.width * 4),
      Int64(batch.width * 4)
    )
  }
}

/// The numbers that stand in fours, one by one.
func numbers(_ fours: UnsafeMutablePointer<SIMD4<Double>>) -> UnsafeMutablePointer<Double> {
  UnsafeMutableRawPointer(fours).assumingMemoryBound(to: Double.self)
}

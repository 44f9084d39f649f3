internal import Columns
internal import Networks

/// What many paths came to, in whole numbers that add up to the same in any order.
///
/// Flat columns: cash by party and month as counts in ``LogBins``, failures by party and month, who
/// failed first, losses.
public struct Tally: Sendable, Equatable {
  /// Parties.
  public let partyCount: Int
  /// Months.
  public let monthCount: Int
  /// Paths counted.
  public internal(set) var paths = 0
  /// Paths on which nobody failed.
  public internal(set) var quiet = 0
  /// Paths by bin, party and month: `(party * monthCount + month) * bins + bin`.
  var cash: [UInt32]
  /// Paths by party and month of failure.
  public internal(set) var failed: [UInt32]
  /// Paths by the party that failed first.
  public internal(set) var first: [UInt32]
  /// Whole dollars that were due to each party and did not come, over all paths.
  public internal(set) var lost: [Int64]
  /// Whole dollars that each party owed its lenders when it failed, over all paths.
  public internal(set) var owed: [Int64]
  /// Whole dollars of them that they got back.
  public internal(set) var recovered: [Int64]
  /// Paths looked at for the closed loop, by year and thousandth of the money paid inside.
  var shares: [UInt32]
  /// Paths by bin of what everybody lost, and whole dollars by bin.
  var losses: [UInt32]
  var lossDollars: [Int64]
  /// Years, the last perhaps cut short.
  public var yearCount: Int { (monthCount + 11) / 12 }
  /// Bins of a closed-loop share.
  static let shareBins = 1001

  /// Nothing counted.
  public init(parties: Int, months: Int) {
    (partyCount, monthCount) = (parties, months)
    cash = Array(repeating: 0, count: parties * months * LogBins.count)
    failed = Array(repeating: 0, count: parties * months)
    first = Array(repeating: 0, count: parties)
    lost = Array(repeating: 0, count: parties)
    losses = Array(repeating: 0, count: LogBins.count)
    lossDollars = Array(repeating: 0, count: LogBins.count)
    (owed, recovered) = (lost, lost)
    shares = Array(repeating: 0, count: (months + 11) / 12 * Self.shareBins)
  }

  /// Adds what other paths of as many parties and months came to.
  public mutating func add(_ other: Tally) {
    paths += other.paths
    quiet += other.quiet
    Self.add(&cash, other.cash)
    Self.add(&failed, other.failed)
    Self.add(&first, other.first)
    Self.add(&lost, other.lost)
    Self.add(&owed, other.owed)
    Self.add(&recovered, other.recovered)
    Self.add(&shares, other.shares)
    Self.add(&losses, other.losses)
    Self.add(&lossDollars, other.lossDollars)
  }

  private static func add<Number: FixedWidthInteger>(_ sum: inout [Number], _ more: [Number]) {
    for index in sum.indices { sum[index] &+= more[index] }
  }

  /// Counts the cash of some parties at the end of a month.
  mutating func count(_ cents: Column<Int64>, of parties: [Int], month: Int) {
    let months = monthCount
    cash.withUnsafeMutableBufferPointer { cash in
      for party in parties {
        cash[(party * months + month) * LogBins.count + LogBins.bin(cents[party])] &+= 1
      }
    }
  }

  /// Counts what a whole path came to: what was lost, who failed when, who first.
  mutating func count(loss: Int64, first party: Int?) {
    paths += 1
    if let party { first[party] &+= 1 } else { quiet += 1 }
    let bin = LogBins.bin(loss)
    losses[bin] &+= 1
    lossDollars[bin] &+= Cents.wholeDollars(loss)
  }

  /// Counts the closed-loop share of a year, from 0.
  mutating func count(share: Double, year: Int) {
    let bin = Int((min(max(share, 0), 1) * Double(Self.shareBins - 1)).rounded())
    shares[year * Self.shareBins + bin] &+= 1
  }

  // MARK: answers

  /// The closed-loop share of a year below which a share of the paths looked at lies; `nil` where none
  /// was.
  public func closedLoop(year: Int, quantile share: Double) -> Double? {
    let bins = shares[year * Self.shareBins..<(year + 1) * Self.shareBins]
    let paths = bins.reduce(0) { $0 + Int($1) }
    guard paths > 0 else { return nil }
    let rank = min(max(1, Int((Double(paths) * share).rounded(.up))), paths)
    var reached = 0
    for (place, count) in bins.enumerated() {
      reached += Int(count)
      if reached >= rank { return Double(place) / Double(Self.shareBins - 1) }
    }
    return nil
  }

  /// The cash below which a share of the paths lies, in dollars.
  public func cash(_ party: Int, month: Int, quantile: Double) -> Double {
    let start = (party * monthCount + month) * LogBins.count
    return Cents.dollars(Self.quantile(cash[start..<start + LogBins.count], paths, quantile))
  }

  /// The loss of everybody together below which a share of the paths lies, in dollars.
  public func loss(quantile: Double) -> Double {
    Cents.dollars(Self.quantile(losses[...], paths, quantile))
  }

  /// The mean loss of the worst share of the paths, in dollars.
  public func expectedShortfall(worst share: Double) -> Double {
    let wanted = max(1, Int((Double(paths) * share).rounded()))
    var (taken, dollars) = (0, 0.0)
    for bin in losses.indices.reversed() where losses[bin] > 0 {
      let count = min(Int(losses[bin]), wanted - taken)
      dollars += Double(lossDollars[bin]) * Double(count) / Double(losses[bin])
      taken += count
      if taken == wanted { break }
    }
    return dollars / Double(max(1, taken))
  }

  /// The mean loss of everybody together, in dollars.
  public var meanLoss: Double {
    Double(lossDollars.reduce(0, +)) / Double(max(1, paths))
  }

  /// The month by whose end half of the paths on which a party fails have seen it; `nil` where it never
  /// does.
  public func typicalMonth(_ party: Int) -> Int? {
    let months = failed[party * monthCount..<(party + 1) * monthCount]
    let all = months.reduce(0) { $0 + Int($1) }
    var reached = 0
    for (month, count) in months.enumerated() where count > 0 {
      reached += Int(count)
      if 2 * reached >= all { return month }
    }
    return nil
  }

  /// The share of paths on which a party has failed by the end of a month.
  public func failed(_ party: Int, by month: Int) -> Double {
    guard paths > 0 else { return 0 }
    let start = party * monthCount
    return Double(failed[start...start + month].reduce(0) { $0 + Int($1) }) / Double(paths)
  }

  private static func quantile(_ bins: ArraySlice<UInt32>, _ paths: Int, _ share: Double) -> Double
  {
    let rank = min(max(1, Int((Double(paths) * share).rounded(.up))), max(1, paths))
    var reached = 0
    for (place, count) in bins.enumerated() {
      reached += Int(count)
      if reached >= rank { return LogBins.cents(place) }
    }
    return 0
  }
}

public import Columns

/// Money that can have left a party and come back within a window, however it was split on the way.
///
/// For a party and a moment at which money leaves it that comes home: the most that can flow from it and back to it by the payments of the window
/// that begins there, each no further than its amount. A payment passes on only what its payer was paid before (with ties,
/// no later); money waits with others without limit; what they own besides is not considered; what has come home is home. It
/// is what could have come back, and not what did: the same payments may have carried other money. Beside the most by any
/// way stand the most *through others*, by ways of three payments or more, so that what goes back and forth between two does
/// not count, and the most *between two*, by ways of two.
///
/// The labels of the search for loops leave of a window what lies on a way out and home; on that a largest flow in time is exact.
///
/// - Complexity: Memory grows with the payments; time with what the labels leave of each window.
public struct MoneyReturns: Sendable {
  /// What counts.
  public struct Rules: Sendable, Equatable {
    /// The most seconds from the first payment to the last, that many included.
    public var window: Int
    /// The least amount of a payment.
    public var minimumAmount = 0.0
    /// Whether a payment may follow another of the same moment; what comes back is then an upper bound.
    public var allowsTies = false
    /// The earliest time of a start; any where there is none.
    public var startsFrom: Int?
    /// The time before which a start must lie; any where there is none.
    public var startsUntil: Int?

    /// Returns within `window` seconds.
    public init(window: Int) { self.window = window }
  }

  /// The ways by which money may come back.
  public enum Ways: Sendable {
    /// Any.
    case all
    /// Those of three payments or more.
    case throughOthers
  }

  /// What is asked.
  public struct Request: Sendable {
    /// The number of threads; the answer is the same for any.
    public var threads = 1
    /// How many payments and edges to look at in all before the search is given up; 10⁹, and 2,000 for each payment,
    /// where it is not given.
    public var workLimit: Int?
    /// How many edges to look at for one start before it is given up; 10⁸ where it is not given.
    public var startLimit = 100_000_000

    /// All returns, by one thread.
    public init() {}
  }

  /// A start from which on money can have come back.
  public struct Found: Sendable, Equatable {
    /// Whose money it is.
    public let party: Int
    /// When it began to leave; the window begins here.
    public let time: Int
    /// The most that can have come back by any way.
    public let most: Int64
    /// The most through at least two others.
    public let throughOthers: Int64
    /// The most straight back from whom it was paid to.
    public let betweenTwo: Int64

    /// Takes what was found as it is.
    public init(party: Int, time: Int, most: Int64, throughOthers: Int64, betweenTwo: Int64) {
      (self.party, self.time, self.most) = (party, time, most)
      (self.throughOthers, self.betweenTwo) = (throughOthers, betweenTwo)
    }

    /// What cannot have come back between two alone.
    public var beyondTwo: Int64 { most - betweenTwo }
  }

  /// What was found.
  public struct Answer: Sendable, Equatable {
    /// For each party its best start by any way, and then starts whose windows overlap no better one's: the most first.
    public internal(set) var all: [Found] = []
    /// The same through at least two others; those first that exceed the most between two by most.
    public internal(set) var throughOthers: [Found] = []
    /// How many parties were searched, of those that can have money come back as far as their own payments show.
    public internal(set) var searchedParties = 0
    /// How many were not, because the search took too long; those with the largest payments were first.
    public internal(set) var partiesLeft = 0
    /// How many starts were given up because too many payments lie between.
    public internal(set) var startsGivenUp = 0

    /// Whether all was searched.
    public var isComplete: Bool { partiesLeft == 0 && startsGivenUp == 0 }
  }

  let rules: Rules
  let columns: TransferColumns
  let timeline: ReturnTimeline
  /// The parties that may have money come back, those by whose own payments most may first.
  let parties: Column<Int32>

  /// Prepares the payments of `columns`, in any order; the same for any number of threads.
  ///
  /// - Throws: ``MoneyReturnError`` for amounts that are no whole minor units, or too large to be added.
  public init(
    of columns: TransferColumns,
    rules: Rules,
    threads: Int = 1
  ) throws(MoneyReturnError) {
    (self.rules, self.columns) = (rules, columns)
    var cycles = TemporalCycles.Rules(window: rules.window)
    // Payments of nothing carry nothing.
    cycles.minimumAmount = max(rules.minimumAmount, 1)
    cycles.allowsTies = rules.allowsTies
    (cycles.rootsFrom, cycles.rootsUntil) = (rules.startsFrom, rules.startsUntil)
    timeline = try ReturnTimeline(of: columns, rules: cycles, threads: threads)
    parties = Self.ordered(timeline, rules)
  }

  private static func ordered(_ timeline: ReturnTimeline, _ rules: Rules) -> Column<Int32> {
    var starts = ReturnStarts(timeline, allowsTies: rules.allowsTies)
    var found: [(party: Int32, most: Int64)] = []
    for party in 0..<timeline.timeline.nodeCount {
      starts.find(party)
      guard starts.most > 0 else { continue }
      found.append((Int32(truncatingIfNeeded: party), starts.most))
    }
    found.sort { $0.most != $1.most ? $0.most > $1.most : $0.party < $1.party }
    return Column(found.map(\.party))
  }
}

/// Why payments cannot be searched for money that comes back.
public enum MoneyReturnError: Error, Equatable, CustomStringConvertible {
  /// The amount of the payment at this position is no whole number of minor units from 0 on.
  case notWhole(payment: Int)
  /// All amounts together are too large to be added.
  case tooMuch

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .notWhole(let payment): "the amount of payment \(payment + 1) is no whole number of cents"
    case .tooMuch: "the amounts together are too large to be added"
    }
  }
}

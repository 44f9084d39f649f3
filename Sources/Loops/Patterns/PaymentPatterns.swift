public import Columns

/// Shapes of payments that people who hide money make, each with a measure, ranked by how few parties of the same payments have as
/// much.
///
/// The shapes are those of Altman et al., "Realistic Synthetic Financial Transactions for Anti-Money Laundering Models",
/// 2023 (fan-in, fan-out, gather–scatter, scatter–gather, stack, bipartite), with payments just below a threshold,
/// accounts that money only passes through, and what goes back and forth between two. A measure counts parties, payments
/// or shares, and is compared with nothing but the same measure of the other parties.
///
/// - Complexity: O(*n* log *n*) in the payments for what one party does; for shapes of several as many steps as two payments
///   of a party within the window make pairs, up to a limit.
public struct PaymentPatterns: Sendable {
  /// A shape.
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// Many pay one.
    case fanIn = "fan-in"
    /// One pays many.
    case fanOut = "fan-out"
    /// A party is paid often just below a threshold.
    case structuredIn = "structured-in"
    /// A party pays often just below a threshold.
    case structuredOut = "structured-out"
    /// Many pay one, which then pays many others.
    case gatherScatter = "gather-scatter"
    /// One pays many, who all pass it on to one other.
    case scatterGather = "scatter-gather"
    /// What an account is paid leaves it within hours.
    case passThrough = "pass-through"
    /// Each of some pays each of others.
    case bipartite
    /// Each of some pays each of others, each of whom pays each of a third group.
    case stack
    /// Two pay each other again and again.
    case backAndForth = "back-and-forth"
  }

  /// What counts.
  public struct Rules: Sendable, Equatable {
    /// The most seconds from the first payment of a finding to the last.
    public var window: Int
    /// The most seconds that money stays in an account that it passes through.
    public var passing = 86_400
    /// The least amount of a payment.
    public var minimumAmount: Int64 = 0
    /// The amount below which payments are split; none are looked for where there is none.
    public var threshold: Int64?
    /// The most that a hand keeps of what it passes on, as a share.
    public var mostKept = 0.1
    /// With more counterparties than this within the window a party is none of a shape of several.
    public var hub = 50
    /// The earliest time of a finding's first payment; any where there is none.
    public var startsFrom: Int?
    /// The time before which a finding's first payment must lie; any where there is none.
    public var startsUntil: Int?

    /// Patterns within `window` seconds.
    public init(window: Int) { self.window = window }

    /// Amounts from here to the threshold lie just below it.
    var justBelow: Range<Int64>? {
      threshold.map { threshold in
        let (tenths, overflow) = threshold.multipliedReportingOverflow(by: 9)
        return (overflow ? threshold / 10 * 9 : (tenths + 9) / 10)..<threshold
      }
    }
  }

  /// What is asked.
  public struct Request: Sendable {
    /// The kinds to look for.
    public var kinds = Kind.allCases
    /// The number of threads; the answer is the same for any.
    public var threads = 1
    /// How many pairs of payments to look at for a kind before it is given up.
    public var workLimit = 200_000_000

    /// All kinds, by one thread.
    public init() {}
  }

  /// One shape.
  public struct Finding: Sendable, Equatable {
    /// What sort.
    public let kind: Kind
    /// The party that it is about, as a position among the parties.
    public let party: Int
    /// How much of it there is: parties, payments or a share.
    public let measure: Double
    /// How many parties have at least as much.
    public internal(set) var asUnusual = 0
    /// Those who take part, in the order in which money goes.
    public let layers: [[Int]]
    /// The payments, as positions in the columns given, in the order of time.
    public let payments: [Int]
    /// The time of the first.
    public let first: Int
    /// The time of the last.
    public let last: Int
    /// What the payments of the first layer add up to.
    public let paidIn: Int64
    /// What those of the last layer add up to, where money passes somebody.
    public let paidOut: Int64?
  }

  /// What was found.
  public struct Answer: Sendable, Equatable {
    /// The findings of each kind that was asked, the least usual first.
    public internal(set) var findings: [Kind: [Finding]] = [:]
    /// The kinds that were given up because there are too many pairs of payments within the window.
    public internal(set) var givenUp: [Kind] = []
    /// How many parties there are to compare with.
    public internal(set) var partyCount = 0
  }

  let rules: Rules
  let rows: PatternRows

  /// Prepares the payments of `columns`, in any order.
  public init(of columns: TransferColumns, rules: Rules) {
    self.rules = rules
    rows = PatternRows(columns, minimum: rules.minimumAmount)
  }

  /// Finds the shapes.
  ///
  /// - Parameter request: What is asked.
  /// - Returns: What was found: the same for any number of threads.
  public func answer(_ request: Request = Request()) -> Answer {
    let kinds = Kind.allCases.filter {
      request.kinds.contains($0)
        && (rules.threshold != nil || ($0 != .structuredIn && $0 != .structuredOut))
    }
    let found = Guarded([(findings: [Finding], isWhole: Bool)?](repeating: nil, count: kinds.count))
    Workers.share(kinds.count, threads: request.threads) { place in
      let result = search(kinds[place], request.workLimit)
      found.with { $0[place] = result }
    }
    var answer = Answer()
    answer.partyCount = rows.activePartyCount
    for (kind, result) in zip(kinds, found.with { $0 }) {
      guard let result else { continue }
      answer.findings[kind] = ranked(result.findings)
      if !result.isWhole { answer.givenUp.append(kind) }
    }
    return answer
  }

  private func search(_ kind: Kind, _ limit: Int) -> (findings: [Finding], isWhole: Bool) {
    switch kind {
    case .fanIn, .fanOut, .structuredIn, .structuredOut: (fans(kind), true)
    case .gatherScatter: (gatherScatters(), true)
    case .passThrough: (passThroughs(), true)
    case .scatterGather: scatterGathers(limit)
    case .bipartite: bipartites(limit)
    case .stack: stacks(limit)
    case .backAndForth: (backAndForths(), true)
    }
  }

  /// The findings that begin when they should, the least usual first: each with how many parties have as much.
  private func ranked(_ findings: [Finding]) -> [Finding] {
    var best: [Int: Double] = [:]
    for finding in findings { best[finding.party] = max(best[finding.party] ?? 0, finding.measure) }
    let measures = best.values.sorted(by: >)
    func asMuch(_ measure: Double) -> Int {
      var (low, high) = (0, measures.count)
      while low < high {
        let middle = (low + high) / 2
        if measures[middle] >= measure { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return
      findings.filter {
        $0.first >= rules.startsFrom ?? .min && rules.startsUntil.map($0.first.isBelow) ?? true
      }
      .map { finding in
        var finding = finding
        finding.asUnusual = asMuch(finding.measure)
        return finding
      }
      .sorted {
        if $0.measure != $1.measure { return $0.measure > $1.measure }
        if $0.paidIn != $1.paidIn { return $0.paidIn > $1.paidIn }
        return ($0.first, $0.party, $0.last) < ($1.first, $1.party, $1.last)
      }
  }

  /// A finding made of places in the rows.
  func finding(
    _ kind: Kind,
    _ party: Int32,
    _ measure: Double,
    layers: [[Int32]],
    _ incoming: [Int32],
    _ outgoing: [Int32] = []
  ) -> Finding {
    let places = Set(incoming + outgoing).sorted()
    func sum(_ some: [Int32]) -> Int64 { some.reduce(0) { $0 + rows.amount[Int($1)] } }
    return Finding(
      kind: kind,
      party: Int(party),
      measure: measure,
      layers: layers.map { $0.map(Int.init) },
      payments: places.map { Int(rows.original[Int($0)]) },
      first: places.first.map { rows.time[Int($0)] } ?? 0,
      last: places.last.map { rows.time[Int($0)] } ?? 0,
      paidIn: sum(incoming),
      paidOut: outgoing.isEmpty ? nil : sum(outgoing)
    )
  }
}

extension Int {
  fileprivate func isBelow(_ other: Int) -> Bool { self < other }
}

internal import Columns
internal import Graphs
package import Claims
internal import Loops
public import Networks

/// How much goes round on one footing, with its range and what moves it.
package struct FootingLine: Codable, Sendable {
  /// The range within which nine tenths of the draws lie, and what stands.
  package struct Range: Codable, Sendable {
    /// The twentieth part of the draws is below.
    package let low: Double
    /// The twentieth part of the draws is above.
    package let high: Double

    /// The middle nine tenths of `draws`, widened where needed to hold what stands.
    init(_ draws: [Double], standing: Double) {
      let sorted = draws.sorted()
      let last = Double(sorted.count - 1)
      low = min(standing, sorted[Int((last * 0.05).rounded())])
      high = max(standing, sorted[Int((last * 0.95).rounded())])
    }
  }

  /// What is counted.
  package let footing: Footing.Kind
  /// Dollars that go round.
  package let circulation: Double
  /// Dollars between inside parties.
  package let total: Double
  /// The closed-loop share.
  package let share: Double
  /// Its range.
  package let shareRange: Range
  /// The range of the dollars that go round.
  package let circulationRange: Range
  /// The range of the dollars between inside parties.
  package let totalRange: Range
  /// The share of what could be netted away; `nil` where nothing could.
  package let efficiency: Double?
  /// Amounts between inside parties that the figure rests on.
  package let amounts: Int
  /// Of these, amounts filled in from totals.
  package let completed: Int
  /// The share of the inside money that is filled in or rests on an assumption of the book.
  package let assumedShare: Double
  /// The assumptions used, by id.
  package let assumptions: [String]
  /// The largest loops, by the least amount on them.
  package let loops: [EconomyReport.Loop]
  /// The range of the share a year earlier, as seen on the same day; `nil` where nothing is known of it, and of what is
  /// promised.
  @Nullable package internal(set) var lastYear: Range?
  /// The share that chance would give: the median of up to a thousand networks in which every party pays and receives as much
  /// as here; `nil` where there is no money, and of what is promised.
  @Nullable package internal(set) var atRandom: Double?
}

/// What one open question does to the closed-loop share.
package struct Sensitivity: Codable, Sendable {
  /// The deal, or `nil` for a fact about a pair.
  package let deal: String?
  /// In words.
  package let what: String
  /// Who pays, by id.
  package let payer: String
  /// Who is paid, by id.
  package let payee: String
  /// What the deal is called; `nil` for a fact about a pair.
  package let title: String?
  /// The footing it moves.
  package let footing: Footing.Kind
  /// The least share over its readings and range, all else standing.
  package let low: Double
  /// The most.
  package let high: Double
  /// Whether tellers disagree about it.
  package let disputed: Bool
  /// The rows of the book behind it.
  package let evidence: [String]
}

/// A ledger with the way its unknown flows are filled in: one footing to stand on.
public struct Footing: Sendable {
  /// What is counted.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// What a party or the press stated to have moved.
    case known
    /// The same, with what is only estimated beside it.
    case estimated = "with estimates"
    /// The same, with what a rule lays on days.
    case spread = "with what was spread"
    /// The same, with unknown flows filled in from totals.
    case completed = "with what was filled in"
    /// The same, with unknown flows drawn at random among those that fit the totals.
    case sampled = "with what was drawn at random"
    /// What binds and is still to run on a day.
    case bound = "promised: bound"
    /// The same, with what would run if every condition were met.
    case promised = "promised: if all is met"

    /// How unknown flows are filled in.
    var completion: CompletionMethod {
      switch self {
      case .known, .estimated, .spread, .bound, .promised: .none
      case .completed: .entropy
      case .sampled: .sample
      }
    }

    /// The worst grade that counts.
    public var grade: Grade {
      switch self {
      case .known: .press
      case .estimated: .estimated
      case .spread: .spread
      case .completed, .sampled: .filledIn
      case .bound: .due
      case .promised: .conditional
      }
    }

    /// Whether it is of what is still to run, and not of what moved.
    public var isPromised: Bool { self == .bound || self == .promised }
  }

  /// What is counted.
  public let kind: Kind
  /// The amounts.
  public let ledger: Ledger
  /// The network that stands.
  public let standing: LedgerNetwork

  /// Takes the standing network of `ledger`.
  init(_ kind: Kind, _ ledger: Ledger, seed: UInt64 = 1) {
    self.kind = kind
    self.ledger = ledger
    standing = ledger.network(upTo: kind.grade, completion: kind.completion, seed: seed)
  }

  /// How unknown flows are filled in.
  public var completion: CompletionMethod { kind.completion }

  /// What the amounts are of.
  public var unit: AmountUnit { standing.network.unit }

  /// The days that the amounts are of, in words.
  package var period: String {
    kind.isPromised ? "commitments outstanding" : ledger.periodToDate
  }

  /// Deals of the standing network that carry no flow and are not filled in either.
  package var leftOut: [LeftOut] {
    let filled = Set(
      standing.items.filter { $0.item.grade == .filledIn }.map {
        [$0.item.payer, $0.item.payee]
      }
    )
    return ledger.leftOut.filter { left in
      guard let pair = ledger.unknownPair(of: left.deal) else { return true }
      return !filled.contains([pair.payer, pair.payee])
    }
  }

  /// The closed-loop share with its range over `samples` draws of everything the book leaves open.
  package func line(samples: Int, seed: UInt64) -> FootingLine {
    let closure = Circulation(of: standing.network)
    let drawn = LedgerDraws(ledger, upTo: kind.grade, completion: completion, seed: seed)
    var draws = [Draw(closure.amount, of: closure.total, unit)]
    let isDrawn = !drawn.open.isEmpty || completion != .none
    // Draws that fill in have pairs of their own, and no use for a series.
    lazy var series = CirculationSeries(drawn.graph)
    for path in 0..<UInt64(isDrawn ? max(1, samples) : 0) {
      let (amount, total) =
        drawn.weights(path: path).map { series.next($0) }
        ?? Circulation(of: drawn.network(path: path)).sums
      draws.append(Draw(amount, of: total, unit))
    }
    let inside = standing.insideItems
    let assumed = inside.filter(\.item.isAssumed).reduce(0) { $0 + $1.amount }
    return FootingLine(
      footing: kind,
      circulation: unit.whole(closure.amount),
      total: unit.whole(closure.total),
      share: closure.share,
      shareRange: FootingLine.Range(draws.map(\.share), standing: closure.share),
      circulationRange: FootingLine.Range(
        draws.map(\.circulation),
        standing: unit.whole(closure.amount)
      ),
      totalRange: FootingLine.Range(draws.map(\.total), standing: unit.whole(closure.total)),
      efficiency: closure.efficiency,
      amounts: inside.count,
      completed: inside.filter { $0.item.grade == .filledIn }.count,
      assumedShare: closure.total > 0 ? assumed / closure.total : 0,
      assumptions: Set(inside.flatMap(\.item.evidence).filter { $0.table == .assumption }.map(\.id))
        .sorted(),
      loops: largestLoops(3),
      lastYear: nil,
      atRandom: nil
    )
  }

  /// The closed-loop share that chance would give: the median of rewirings at the amounts that stand.
  ///
  /// - Parameters:
  ///   - rewirings: How many, of a small network; of one of more than a hundred flows fewer, as each is surer.
  ///   - seed: Where chance begins.
  /// - Returns: The share; `nil` where there is no money.
  func shareAtRandom(rewirings: Int = 1000, seed: UInt64) -> Double? {
    let network = standing.network
    guard network.flowCount > 0 else { return nil }
    let samples = min(rewirings, max(5, 100 * rewirings / network.flowCount))
    let shares = NullModelComparison.shares(of: network, samples: samples, seed: seed)
    return (shares[(shares.count - 1) / 2] + shares[shares.count / 2]) / 2
  }

  /// The largest loops, each by the least amount on it; the others are not looked for.
  package func largestLoops(_ count: Int) -> [EconomyReport.Loop] {
    let network = standing.network
    let largest = network.largestCycles(count)
    guard !largest.isEmpty else { return [] }
    let lines = FlowLines(self)
    return largest.map { EconomyReport.loop($0, network, lines) }
  }

  /// What each open question does to the share by itself, the widest swings first.
  package func swings() -> [Sensitivity] {
    let draws = LedgerDraws(ledger, upTo: kind.grade, completion: completion, seed: 0)
    let closure = Circulation(of: standing.network)
    let now = closure.share
    let found = Workers.map(draws.open.count) { self.shares(of: $0, draws, closure) }
    let swings = zip(draws.open, found).map { open, others -> Sensitivity in
      let shares = [now] + others
      let name = "\(ledger.view.name(open.payer)) → \(ledger.view.name(open.payee))"
      return Sensitivity(
        deal: open.deal?.deal.id,
        what: open.deal.map { "\(name): \($0.deal.title)" } ?? name,
        payer: open.payer,
        payee: open.payee,
        title: open.deal?.deal.title,
        footing: kind,
        low: shares.min() ?? now,
        high: shares.max() ?? now,
        disputed: open.deal?.isDisputed == true,
        evidence: open.evidence.map(\.id)
      )
    }
    return swings.filter { $0.high > $0.low }.sorted {
      ($1.high - $1.low, $0.what) < ($0.high - $0.low, $1.what)
    }
  }

  /// The share at both ends of the range of one open thing, under each of its readings.
  private func shares(of index: Int, _ draws: LedgerDraws, _ closure: Circulation) -> [Double] {
    guard let extremes = draws.extremes(of: index) else {
      return self.extremes(of: draws.open[index]).map { choice in
        let network = ledger.network(
          choice,
          upTo: kind.grade,
          completion: completion,
          hasBoundary: false
        ).network
        return Circulation(of: network).share
      }
    }
    return extremes.map { changes in
      guard closure.stands(after: changes, in: standing.network) else {
        return Circulation(of: draws.network(with: changes)).share
      }
      let total = changes.reduce(closure.total) { $0 + $1.after - $1.before }
      return total > 0 ? closure.amount / total : 0
    }
  }

  /// Both ends of the range under each reading.
  private func extremes(of open: Ledger.Uncertain) -> [LedgerChoice] {
    open.readings.flatMap { reading in
      (open.varies ? [0, 1] : [0]).map { share in
        var choice = LedgerChoice()
        if case .deal(let index) = open.key { choice.readings[index] = reading }
        if open.varies { choice.shares[open.key] = share }
        return choice
      }
    }
  }
}

extension Circulation {
  /// What goes round, and all there is.
  fileprivate var sums: (amount: Double, total: Double) { (amount, total) }

  /// Whether it is a largest circulation after some changes too, by complementary slackness: what it takes of each pair
  /// is still there, and it left some of each pair that grew.
  fileprivate func stands(after changes: [LedgerDraws.Change], in network: FlowNetwork) -> Bool {
    changes.allSatisfy { change in
      let taken = network.position(from: change.payer, to: change.payee).map { flow[$0] } ?? 0
      return change.after >= taken && (change.after <= change.before || taken < change.before)
    }
  }
}

/// One draw of what goes round.
private struct Draw {
  let circulation: Double
  let total: Double
  let share: Double

  init(_ amount: Double, of total: Double, _ unit: AmountUnit) {
    circulation = unit.whole(amount)
    self.total = unit.whole(total)
    share = total > 0 ? amount / total : 0
  }
}

extension LedgerItem {
  /// Whether the amount is filled in, or rests on an assumption of the book.
  var isAssumed: Bool { grade == .filledIn || evidence.contains { $0.table == .assumption } }
}

extension LedgerNetwork {
  /// The amounts between parties of the network.
  var insideItems: [(item: LedgerItem, amount: Double)] {
    let inside = Set(network.nodes)
    return items.filter { inside.contains($0.item.payer) && inside.contains($0.item.payee) }
  }
}

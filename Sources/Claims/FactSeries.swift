public import Tables

/// What stands of one metric of one party in one period, and what contests it.
public struct FactReading: Sendable {
  /// The period, or the day of a balance.
  public let period: Period
  /// The fact that stands.
  public let standing: Fact
  /// Facts for the same period that cannot be true with it; rumours are left out.
  public let contested: [Fact]
  /// How far the standing fact is trusted.
  public let trust: Trust

  /// Whether the standing value was stated, estimated or foretold.
  public let pen: Pen
  /// Whether another fact, trusted and believed alike and told on the same day, contests it: then neither is the
  /// point.
  public let isTied: Bool

  /// The standing fact first, then those that contest it.
  public var facts: [Fact] { [standing] + contested }
  /// The ids of ``facts``.
  public var evidence: [String] { facts.map(\.id) }
  /// The least that any of them allows; `nil` when open.
  public var low: StrictDecimal? { bounds(\.low).min() }
  /// The most that any of them allows; `nil` when open.
  public var high: StrictDecimal? { bounds(\.high).max() }

  /// One bound of every fact; nothing where one of them leaves it open.
  private func bounds(_ side: (Fact) -> StrictDecimal?) -> [StrictDecimal] {
    let bounds = facts.compactMap(side)
    return bounds.count == facts.count ? bounds : []
  }
}

/// Which facts belong together: the same metric of the same party with the same other side.
public struct FactKey: Sendable, Hashable, Comparable {
  /// Whom the fact is about.
  public let party: String
  /// The other side, where there is one.
  public let counterparty: String?
  /// What is measured.
  public let metric: Fact.Metric
  /// The segment; empty for the whole.
  public let part: String

  /// Names one series.
  public init(
    party: String,
    counterparty: String? = nil,
    metric: Fact.Metric,
    part: String = ""
  ) {
    self.party = party
    self.counterparty = counterparty
    self.metric = metric
    self.part = part
  }

  /// Orders by the other side, then party, metric and segment.
  public static func < (left: FactKey, right: FactKey) -> Bool {
    (left.counterparty ?? "", left.party, left.metric.rawValue, left.part)
      < (right.counterparty ?? "", right.party, right.metric.rawValue, right.part)
  }
}

extension View {
  /// The facts of a view by series, each period once, by time.
  ///
  /// Within a period the most trusted fact stands, of equals the latest. A fact that says it is part
  /// of another that counts, and shares a party with it, is left out, as is one that gives no value or has no period; rumours count
  /// only under the generous policy.
  public func factSeries() -> [FactKey: [FactReading]] {
    let known = Dictionary(facts.map { ($0.id, sides(of: $0)) }) { first, _ in first }
    let usable = facts.filter { fact in
      let whole = fact.says == .part ? fact.about.flatMap { known[$0] } : nil
      let isPart = whole.map { !$0.isDisjoint(with: sides(of: fact)) } == true
      let isHeard = request.policy == .generous || trust(of: fact) > .rumour
      return !isPart && isHeard && fact.party != nil && (fact.low ?? fact.high) != nil
    }
    let grouped = Dictionary(grouping: usable) { fact in
      FactKey(
        party: fact.party ?? "",
        counterparty: fact.counterparty,
        metric: fact.metric,
        part: fact.part
      )
    }
    return grouped.mapValues(readings)
  }

  /// Where facts that others correct would stand, and when, with the facts that correct them.
  public func corrections() -> [FactKey: [(period: Period, trust: Trust, by: [String])]] {
    var found: [FactKey: [(period: Period, trust: Trust, by: [String])]] = [:]
    for (fact, rows) in corrected {
      guard let party = fact.party, let period = fact.datedPeriod else { continue }
      let key = FactKey(
        party: party,
        counterparty: fact.counterparty,
        metric: fact.metric,
        part: fact.part
      )
      found[key, default: []].append((period, trust(of: fact), rows))
    }
    return found
  }

  /// The groups that a fact is about.
  private func sides(of fact: Fact) -> Set<String> {
    Set([fact.party, fact.counterparty].compactMap { $0.map(group(of:)) })
  }

  private func readings(_ facts: [Fact]) -> [FactReading] {
    let dated = facts.compactMap { fact in fact.datedPeriod.map { (period: $0, fact: fact) } }
    return Dictionary(grouping: dated, by: \.period)
      .map { period, entries in reading(period, entries.map(\.fact)) }
      .sorted { ($0.period.first, $0.period.last) < ($1.period.first, $1.period.last) }
  }

  private func reading(_ period: Period, _ facts: [Fact]) -> FactReading {
    let ranked = facts.map { Ranked($0, trust(of: $0), period) }.sorted { $0.precedes($1) }
    let (best, rest) = (ranked[0], ranked.dropFirst())
    let contested = rest.filter {
      $0.trust != .rumour && $0.isFirm == best.isFirm && $0.fact.contradicts(best.fact)
    }
    return FactReading(
      period: period,
      standing: best.fact,
      contested: contested.map(\.fact),
      trust: best.trust,
      pen: best.pen,
      isTied: contested.contains { $0.isTied(with: best) }
    )
  }
}

/// A fact among those of one period: what was stated before what was estimated or foretold, then the most
/// trusted, then the latest, then the most believed.
private struct Ranked {
  let fact: Fact
  let trust: Trust
  let pen: Pen
  private let confidence: Double

  init(_ fact: Fact, _ trust: Trust, _ period: Period) {
    (self.fact, self.trust) = (fact, trust)
    pen = Pen(fact.pen, told: fact.reported.last, of: period.last)
    confidence = fact.confidence?.double ?? 1
  }

  var isFirm: Bool { pen == .stated }

  func isTied(with other: Ranked) -> Bool {
    isFirm == other.isFirm && trust == other.trust && confidence == other.confidence
      && fact.reported.last == other.fact.reported.last
  }

  func precedes(_ other: Ranked) -> Bool {
    if isTied(with: other) { return fact.contentPrecedes(other.fact) }
    if isFirm != other.isFirm { return isFirm }
    return (other.trust, other.fact.reported.last, other.confidence)
      < (trust, fact.reported.last, confidence)
  }
}

extension Fact {
  /// The period, or the day of a balance that has only one end.
  var datedPeriod: Period? {
    if let period { return period }
    return (end ?? start).map { Period($0) }
  }

  /// Whether no value lies in both ranges.
  func contradicts(_ other: Fact) -> Bool {
    guard unit == other.unit else { return true }
    if let high, let least = other.low, high < least { return true }
    if let low, let most = other.high, most < low { return true }
    return false
  }
}

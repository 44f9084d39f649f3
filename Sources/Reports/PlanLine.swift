package import Claims
internal import Networks
internal import Tables

/// What a party was said to plan for a period, every telling of it, beside what came of it.
package struct PlanLine: Codable, Sendable {
  /// One telling of the plan.
  package struct Telling: Codable, Sendable {
    /// The fact's id.
    package let id: String
    /// The day it was told, as its source dates it.
    package let reported: String
    /// Who said so.
    package let teller: String
    /// How much, in words.
    package let value: String
    /// Dollars, the middle of a range, or its one bound; `nil` in another currency.
    @Nullable package private(set) var dollars: Double?
    /// Whether it is who plans that says so.
    package let isOwn: Bool
  }

  /// What came of it.
  package struct Outcome: Codable, Sendable {
    /// How much, in words.
    package let value: String
    /// Dollars, the least.
    package let low: Double
    /// Dollars, the most.
    package let high: Double
    /// The share of the days of the plan for which it is known.
    package let coverage: Double
    /// The facts behind it, by id.
    package let evidence: [String]
  }

  /// Who plans, by id.
  package let party: String
  /// The other side, by id.
  @Nullable package private(set) var counterparty: String?
  /// What is planned, as a metric of the book.
  package let metric: String
  /// From when to when.
  package let period: String
  /// Whether the period is over on the day of the view.
  package let isOver: Bool
  /// What was said, oldest first.
  package let tellings: [Telling]
  /// What came of it; `nil` where nothing is told.
  @Nullable package private(set) var outcome: Outcome?

  /// The plans of a view, by who plans, then what, then when.
  ///
  /// - Parameters:
  ///   - view: The book, as known on a day.
  ///   - isWanted: Which of them, by who plans and for when.
  /// - Returns: A line for each figure and period that somebody planned.
  package static func all(
    of view: View,
    where isWanted: (_ party: String, _ period: Period) -> Bool
  ) -> [PlanLine] {
    let figures = StatedFigures(view)
    let plans = (view.facts + view.corrected.map(\.fact)).filter { fact in
      guard let party = fact.party, let period = fact.period, fact.amount != nil else {
        return false
      }
      return fact.metric == .plan && isWanted(party, period) && !fact.part.isEmpty
    }
    return Dictionary(grouping: plans, by: Key.init).sorted { $0.key < $1.key }
      .compactMap { key, facts in
        PlanLine(
          key,
          facts.sorted { ($0.reported.first, $0.id) < ($1.reported.first, $1.id) },
          view,
          figures
        )
      }
  }

  /// What inside parties planned to spend on property and equipment in a period, or in a part of it.
  static func spending(of view: View, in period: Period) -> [PlanLine] {
    let inside = Set(view.contents.parties.filter(\.isInside).map(\.id))
    return all(of: view) { inside.contains($0) && $1.intersection(period) != nil }
      .filter { $0.metric == Fact.Metric.capex.rawValue && $0.counterparty == nil }
  }

  /// Plans in sentences, under a title.
  static func section(_ plans: [PlanLine], _ names: PartyNames) -> [String] {
    guard !plans.isEmpty else { return [] }
    return [
      "What they said they would spend on property and equipment, and what they spent  [ouro party]"
    ] + plans.flatMap { wrapped($0.sentence(names)) }
  }

  private struct Key: Hashable, Comparable {
    let party: String
    let counterparty: String
    let metric: String
    let period: Period

    init(_ fact: Fact) {
      party = fact.party ?? ""
      counterparty = fact.counterparty ?? ""
      metric = fact.part
      period = fact.period ?? Period(fact.reported)
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.party, left.metric, left.counterparty, left.period.first, left.period.last)
        < (right.party, right.metric, right.counterparty, right.period.first, right.period.last)
    }
  }

  private init?(_ key: Key, _ facts: [Fact], _ view: View, _ figures: StatedFigures) {
    guard let metric = Fact.Metric(rawValue: key.metric) else { return nil }
    party = key.party
    counterparty = key.counterparty.isEmpty ? nil : key.counterparty
    self.metric = key.metric
    period = key.period.description
    isOver = key.period.last <= view.request.asOf
    tellings = facts.map { fact in
      Telling(
        id: fact.id,
        reported: fact.reported.description,
        teller: fact.teller.map(view.name) ?? view.source(fact.source)?.publisher ?? fact.source,
        value: fact.amount.map(Figures.money) ?? "",
        dollars: fact.amount.flatMap(Self.dollars),
        isOwn: fact.teller == key.party
      )
    }
    let figure = figures(
      metric,
      of: key.party,
      towards: key.counterparty.isEmpty ? nil : key.counterparty,
      in: key.period
    )
    outcome = figure.map { found in
      let unit = AmountUnit.minor(.usDollar)
      let (low, high) = (unit.whole(found.amount.low), unit.whole(found.amount.high))
      return Outcome(
        value: found.amount.isOpen
          ? "at least \(Figures.dollars(low))" : Figures.dollars(low, high),
        low: low,
        high: high,
        coverage: Double(found.days) / Double(key.period.dayCount),
        evidence: found.evidence.map(\.id)
      )
    }
  }

  /// The middle of a range of dollars, or its one bound.
  private static func dollars(_ amount: AmountRange) -> Double? {
    guard amount.currency == .usDollar, let least = amount.low ?? amount.high else { return nil }
    let most = amount.high ?? least
    return (Double(least) + Double(most)) / 2 / Double(amount.currency.minorUnitsPerUnit)
  }

  // MARK: Words

  /// The plan and what came of it in a sentence.
  func sentence(_ names: PartyNames) -> String {
    let other = counterparty.map { " towards \(names($0))" } ?? ""
    func told(_ telling: Telling) -> String {
      "\(telling.value) (\(telling.isOwn ? "" : "\(telling.teller), ")\(telling.reported))"
    }
    let first = tellings.first.map(told) ?? ""
    let last = tellings.count > 1 ? tellings.last.map { ", last told as \(told($0))" } ?? "" : ""
    return
      "\(names(party)): \(metric)\(other) \(period) planned at \(first)\(last); \(outcomeWords)"
  }

  /// What came of it, in words.
  var outcomeWords: String {
    guard let outcome else {
      return isOver ? "nobody tells what came of it" : "the period is not over"
    }
    let share =
      outcome.coverage < 0.995 ? ", told for \(Figures.percent(outcome.coverage)) of its days" : ""
    return "it came to \(outcome.value)\(isOver ? "" : " so far")\(share)"
  }

  /// Every telling on a line, and what came of it.
  func lines(_ names: PartyNames) -> [String] {
    let other = counterparty.map { " towards \(names($0))" } ?? ""
    var table = TextTable([.right, .left, .left])
    for telling in tellings {
      table.add(telling.value, "\(telling.teller), \(telling.reported)", "[\(telling.id)]")
    }
    let rows = outcome.map { "  [\($0.evidence.joined(separator: " "))]" } ?? ""
    return ["  \(metric)\(other), \(period): \(outcomeWords)\(rows)"]
      + table.lines().map { "  " + $0 }
  }
}

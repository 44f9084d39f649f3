package import Claims
package import Tables

/// What filings say beside what a book has: what they would confirm, contradict, restate and add.
package struct FilingComparison: Sendable {
  /// What a figure would do to a book.
  package enum Verdict: String, Sendable, CaseIterable, Encodable {
    /// The book has it.
    case confirms
    /// The book has another value for the same period.
    case contradicts
    /// The book has a value that was filed before, and restated since.
    case restates
    /// The book has nothing of that period.
    case adds
  }

  /// A fact of the book that stands beside a figure.
  package struct Known: Sendable, Equatable {
    /// The fact.
    package let fact: Fact
    /// How it agrees where it is not the same to the last digit; empty else.
    package let words: String
  }

  /// One figure beside the book.
  package struct Line: Sendable {
    /// What it would do.
    package let verdict: Verdict
    /// What is measured in the book.
    package let metric: Fact.Metric
    /// The figure of the company as a whole; `nil` for a customer's share.
    package let figure: FiscalFigure?
    /// The share of a customer; `nil` for a figure.
    package let share: CustomerShare?
    /// What the book has.
    package let known: [Known]
    /// The other side that the book gives facts of this kind; `nil` where it gives none.
    package let counterparty: String?

    /// The value, in whole units or in percent.
    package var value: StrictDecimal {
      figure?.value ?? share?.percent ?? StrictDecimal(0)
    }
    /// When it is of.
    package var period: FiledPeriod? { figure?.period ?? share?.figure.period }
    /// The filing.
    package var filing: FilingReference? { figure?.standing.filing ?? share?.figure.filing }
  }

  /// The id of the company in the book, or the one it would get.
  package let party: String
  /// Whether the book has the company.
  package let isKnown: Bool
  /// Periods that end before this day were left out; `nil` where none were.
  package let since: Day?
  /// How many figures were left out for their day.
  package let earlier: Int
  /// The figures, by metric and time.
  package let lines: [Line]

  /// Compares what filings say of a company with a book.
  ///
  /// Facts are compared where they are about the whole company, stand, and are of exactly the same days; the other side of
  /// a fact may be an aggregate, as all suppliers, but no company.
  ///
  /// - Parameters:
  ///   - company: What the filings say.
  ///   - contents: The rows of the book that count.
  ///   - since: Periods that end earlier are left out; by default those before the first that the book has of the company.
  package init(_ company: CompanyFilings, _ contents: BookContents, since: Day? = nil) {
    let matcher = FilingMatcher(company, contents)
    party = matcher.party
    isKnown = matcher.isKnown
    self.since = since ?? matcher.firstDay
    let all = matcher.lines(company)
    let first = self.since
    lines = all.filter { line in
      guard let first, let period = line.period else { return true }
      return period.last >= first
    }
    earlier = all.count - lines.count
  }

  /// How many figures do what.
  package func count(_ verdict: Verdict) -> Int { lines.count { $0.verdict == verdict } }
}

/// Finds the facts of a book that figures stand beside.
private struct FilingMatcher {
  let party: String
  let isKnown: Bool
  private let facts: [Fact]
  private let companies: Set<String>

  private struct Key: Hashable {
    let metric: Fact.Metric
    let unit: String
    let period: Period
  }

  init(_ company: CompanyFilings, _ contents: BookContents) {
    let known =
      contents.parties.first { Self.number($0) == company.cik }
      ?? contents.parties.first { Self.trades($0, as: company.tickers) }
    let id = known?.id ?? Names.id(company.name)
    (party, isKnown) = (id, known != nil)
    let superseded = Set(contents.facts.filter { $0.says == .supersede }.compactMap(\.about))
    facts = contents.facts.filter {
      $0.party == id && $0.part.isEmpty && !superseded.contains($0.id)
        && ($0.pen == nil || $0.pen == .stated) && ($0.low ?? $0.high) != nil
    }
    companies = Set(contents.parties.filter { $0.kind == .company }.map(\.id))
  }

  /// The SEC's number of a party.
  private static func number(_ party: Party) -> Int? {
    party.identifiers.first { $0.scheme == "cik" }.flatMap { CIK.number($0.value) }
  }

  /// Whether the shares of a party of which the book has no number trade under one of the names.
  private static func trades(_ party: Party, as tickers: [String]) -> Bool {
    number(party) == nil
      && party.identifiers.contains { $0.scheme == "ticker" && tickers.contains($0.value) }
  }

  /// The first day of which the book has a fact about the company.
  var firstDay: Day? { facts.compactMap { Self.period($0)?.first }.min() }

  /// The days of a fact, where both ends are days and not months.
  private static func period(_ fact: Fact) -> Period? {
    guard let end = fact.end ?? fact.start, case .day = end else { return nil }
    guard let start = fact.start else { return Period(end) }
    guard case .day = start else { return nil }
    return Period(first: start.first, last: end.last)
  }

  private func isWhole(_ fact: Fact) -> Bool {
    fact.counterparty.map { !companies.contains($0) } ?? true
  }

  func lines(_ company: CompanyFilings) -> [FilingComparison.Line] {
    let table = Dictionary(grouping: facts.filter(isWhole)) { fact in
      Self.period(fact).map {
        Key(metric: fact.metric, unit: fact.unit.description, period: $0)
      }
    }
    var groups: [(key: Key, figures: [FiscalFigure])] = []
    var places: [Key: Int] = [:]
    for figure in company.figures {
      guard let metric = figure.measure.metric, Currency(figure.unit) != nil,
        let period = Period(first: figure.period.first, last: figure.period.last)
      else { continue }
      let key = Key(metric: metric, unit: figure.unit, period: period)
      if let place = places[key] {
        groups[place].figures.append(figure)
      } else {
        places[key] = groups.count
        groups.append((key, [figure]))
      }
    }
    let agreed = groups.map { group in
      group.figures.map { figure in
        (table[group.key] ?? []).compactMap { Self.agreement(figure, $0) }
      }
    }
    let sides = sides(groups.map(\.figures), agreed)
    return zip(groups, agreed).flatMap { group, agreed in
      lines(group.figures, group.key.metric, table[group.key] ?? [], agreed, sides)
    } + shares(company)
  }

  private typealias Agreement = (known: FilingComparison.Known, isOld: Bool)

  /// For each measure the other sides of the facts that its figures agree with, in any period: what tells purchases of
  /// shares from purchases of businesses, which a book has as one metric.
  private func sides(
    _ figures: [[FiscalFigure]],
    _ agreed: [[[Agreement]]]
  ) -> [FilingMeasure: Set<String?>] {
    var sides: [FilingMeasure: Set<String?>] = [:]
    for (figure, agreed) in zip(figures.joined(), agreed.joined()) {
      for agreement in agreed {
        sides[figure.measure, default: []].insert(agreement.known.fact.counterparty)
      }
    }
    return sides
  }

  /// Figures of one metric and period beside the facts of it: what one figure agrees with contradicts no other.
  private func lines(
    _ figures: [FiscalFigure],
    _ metric: Fact.Metric,
    _ facts: [Fact],
    _ agreed: [[Agreement]],
    _ sides: [FilingMeasure: Set<String?>]
  ) -> [FilingComparison.Line] {
    let taken = Set(agreed.joined().map(\.known.fact.id))
    let left = facts.filter { !taken.contains($0.id) }
    return zip(figures, agreed).map { figure, agreed in
      let sides = sides[figure.measure]
      let others = left.filter { sides?.contains($0.counterparty) ?? true }
      return FilingComparison.Line(
        verdict: Self.verdict(agreed, others),
        metric: metric,
        figure: figure,
        share: nil,
        known: agreed.isEmpty
          ? others.map { FilingComparison.Known(fact: $0, words: "") } : agreed.map(\.known),
        counterparty: sides.map { $0.count == 1 ? $0.first.flatMap(\.self) : nil }
          ?? counterparty(metric)
      )
    }
  }

  private static func verdict(
    _ agreed: [Agreement],
    _ others: [Fact]
  ) -> FilingComparison.Verdict {
    if agreed.contains(where: { !$0.isOld }) { return .confirms }
    if !agreed.isEmpty { return .restates }
    return others.isEmpty ? .adds : .contradicts
  }

  /// How a fact agrees with a figure; `nil` where it does not.
  private static func agreement(
    _ figure: FiscalFigure,
    _ fact: Fact
  ) -> Agreement? {
    if contains(fact, figure.value) {
      let words = fact.low == fact.high ? "" : "within its range"
      return (FilingComparison.Known(fact: fact, words: words), false)
    }
    if let point = fact.low, point == fact.high, rounds(figure.value, to: point) {
      return (FilingComparison.Known(fact: fact, words: "rounded"), false)
    }
    for (value, concept) in figure.allValues where contains(fact, value) {
      let isOld = concept == figure.concept
      let words = isOld ? "as filed before" : "as filed under \(concept)"
      return (FilingComparison.Known(fact: fact, words: words), isOld)
    }
    return nil
  }

  private static func contains(_ fact: Fact, _ value: StrictDecimal) -> Bool {
    if let low = fact.low, value < low { return false }
    if let high = fact.high, high < value { return false }
    return true
  }

  /// Whether a value, rounded to the digits that a point is written with, is that point.
  private static func rounds(_ value: StrictDecimal, to point: StrictDecimal) -> Bool {
    guard point.scale == 0, value.scale == 0, point.mantissa != 0 else { return false }
    var step: Int64 = 1
    while point.mantissa % (step * 10) == 0, step < 1_000_000_000_000 { step *= 10 }
    guard step >= 1_000_000 else { return false }
    return (value.mantissa - point.mantissa).magnitude <= UInt64(step / 2)
  }

  /// The other side that all facts of a metric in the book have.
  private func counterparty(_ metric: Fact.Metric) -> String? {
    let sides = Set(facts.filter { $0.metric == metric && isWhole($0) }.map(\.counterparty))
    return sides.count == 1 ? sides.first.flatMap(\.self) : nil
  }

  // MARK: Shares of customers

  private func shares(_ company: CompanyFilings) -> [FilingComparison.Line] {
    let shares = company.concentrations.filter { $0.benchmark == .revenue }
    var free = facts.filter { $0.metric == .revenueShare }
    return shares.map { share in
      let period = Period(first: share.figure.period.first, last: share.figure.period.last)
      let suffix = "-" + Names.id(share.customer)
      let here = free.filter { Self.period($0) == period && $0.counterparty != nil }
      let named = here.first { $0.counterparty?.hasSuffix(suffix) == true }
      let fact = named ?? here.first { Self.contains($0, share.percent) }
      if let fact { free.removeAll { $0.id == fact.id } }
      return FilingComparison.Line(
        verdict: fact.map { Self.contains($0, share.percent) ? .confirms : .contradicts } ?? .adds,
        metric: .revenueShare,
        figure: nil,
        share: share,
        known: fact.map { [FilingComparison.Known(fact: $0, words: $0.counterparty ?? "")] } ?? [],
        counterparty: customer(suffix)
      )
    }
  }

  /// The customer of that name in the book, or the id it would get.
  private func customer(_ suffix: String) -> String {
    let known = facts.compactMap(\.counterparty).first { $0.hasSuffix(suffix) }
    return known ?? String("\(party)\(suffix)".prefix(64))
  }
}

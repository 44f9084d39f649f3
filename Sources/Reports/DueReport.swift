package import Claims
internal import Networks
internal import Tables

/// What parties have to pay within one, two and three years, against the cash they hold and what they may still draw.
package struct DueReport: Report, Codable {
  /// Money due within one, two and three years.
  package struct Years: Codable, Sendable, Equatable {
    /// Dollars by the end of each year, what the years before hold included: the least.
    package fileprivate(set) var low = [0.0, 0, 0]
    /// The most; `nil` where nobody bounds it.
    package fileprivate(set) var high: [Double?] = [0, 0, 0]

    /// Whether nothing is due.
    var isEmpty: Bool { low == [0, 0, 0] && high == [0, 0, 0] }

    fileprivate mutating func add(_ amounts: [Estimate], _ unit: AmountUnit) {
      var sum = Estimate.zero
      for (year, amount) in amounts.enumerated() {
        sum += amount
        low[year] += unit.whole(sum.low)
        high[year] = high[year].flatMap { most in sum.most.map { most + unit.whole($0) } }
      }
    }
  }

  /// One party.
  package struct Line: Codable, Sendable {
    /// The group, by id.
    package let party: String
    /// What binds without condition.
    package let bound: Years
    /// What would come on top if every condition were met, and everything announced or optional were taken up.
    package let conditional: Years
    /// Dollars of cash, as last told; `nil` where nobody tells.
    @Nullable package fileprivate(set) var cash: Double?
    /// The day of which the cash is told.
    @Nullable package fileprivate(set) var cashOn: String?
    /// Dollars that it may still draw under its facilities, at most.
    package let facilities: Double
    /// The deals it has to pay, by id.
    package let deals: [String]
  }

  /// The day.
  package let asOf: String
  /// The parties, those to whom most is due within three years first.
  package let parties: [Line]

  /// Adds up what falls due.
  ///
  /// - Parameters:
  ///   - view: The book, as known on a day.
  ///   - only: Of these groups alone, by id; of all inside parties without any.
  package init(_ view: View, of only: [String] = []) {
    let day = view.request.asOf
    asOf = day.description
    let years = (0..<3).compactMap { year in
      Period(first: day.advanced(by: 1 + 365 * year), last: day.advanced(by: 365 * (year + 1)))
    }
    let rows = DealCalendar(view, periods: years).rows.filter { row in
      row.payer != row.payee && !row.amounts.isEmpty
        && (only.isEmpty ? view.party(row.payer)?.isInside == true : only.contains(row.payer))
    }
    let unit = AmountUnit.minor(.usDollar)
    let found = Dictionary(grouping: rows, by: \.payer).map { payer, rows in
      Self.line(payer, rows, view, unit)
    }
    parties = found.filter { !($0.bound.isEmpty && $0.conditional.isEmpty) }.sorted {
      ($1.bound.low[2], $1.conditional.low[2], $0.party) < (
        $0.bound.low[2], $0.conditional.low[2], $1.party
      )
    }
  }

  private static func line(
    _ payer: String,
    _ rows: [DealCalendar.Row],
    _ view: View,
    _ unit: AmountUnit
  ) -> Line {
    var (bound, conditional) = (Years(), Years())
    for row in rows {
      if row.grade == .due, !row.isDormant {
        bound.add(row.amounts, unit)
      } else {
        conditional.add(row.amounts, unit)
      }
    }
    let cash = view.factSeries()[FactKey(party: payer, metric: .cash)]?.last
    var line = Line(
      party: payer,
      bound: bound,
      conditional: conditional,
      facilities: facilities(of: payer, view, unit),
      deals: rows.map(\.deal.id)
    )
    line.cash = cash.flatMap { ($0.standing.low ?? $0.standing.high)?.double }
    line.cashOn = cash?.period.last.description
    return line
  }

  /// What a group may draw beyond what it has drawn.
  private static func facilities(of party: String, _ view: View, _ unit: AmountUnit) -> Double {
    view.deals.filter { $0.deal.kind == .facility && view.group(of: $0.deal.payee) == party }
      .reduce(0) { sum, dealView in
        let reading = dealView.standing
        guard reading.isInForce, let size = reading.binding ?? reading.headline,
          size.range.currency == .usDollar, let most = size.range.high ?? size.range.low
        else { return sum }
        let drawn = reading.drawn.flatMap { $0.range.low ?? $0.range.high } ?? 0
        return sum + unit.whole(Double(max(0, most - drawn)))
      }
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    guard !parties.isEmpty else { return "Nothing is known to fall due after \(asOf).\n" }
    let cell = { (years: Years, year: Int) in
      years.high[year].map { Figures.dollars(years.low[year], $0) }
        ?? "at least \(Figures.dollars(years.low[year]))"
    }
    var table = TextTable([.left] + Array(repeating: .right, count: 6))
    table.add("", "in 12 months", "in 24", "in 36", "if all is met, in 36", "cash", "may draw")
    for line in parties {
      table.add(
        names(line.party),
        cell(line.bound, 0),
        cell(line.bound, 1),
        cell(line.bound, 2),
        line.conditional.isEmpty ? "" : cell(line.conditional, 2),
        line.cash.map { Figures.dollars($0) } ?? "not told",
        line.facilities > 0 ? Figures.dollars(line.facilities) : ""
      )
    }
    let note = wrapped(
      "Bound by deals of the book and not paid as far as anybody says, after \(asOf); a year is 365 days; what has no term or no amount is not in it. Conditional money comes on top. Cash as last told, of the whole group."
    )
    return (["Due, against cash and facilities"] + table.lines() + [""] + note).legibleText + "\n"
  }
}

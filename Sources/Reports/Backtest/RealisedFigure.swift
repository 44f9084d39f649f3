internal import Claims
internal import Networks
internal import Projection

/// A figure that was ahead on one day and that a later day knows.
package struct RealisedFigure: Sendable, Hashable {
  /// What is measured.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// What a party took in for goods and services.
    case receipts
    /// What it had at the end of a month.
    case cash
    /// What it owed at the end of a month.
    case debt
    /// What one party is known to have paid another.
    case paid
  }

  let kind: Kind
  /// Whom it is of; the payer of a payment.
  let party: String
  /// Who was paid.
  let payee: String?
  let period: Period
  let target: ForecastTarget
  /// Dollars.
  let came: ClosedRange<Double>
  let evidence: [String]
}

/// Finds what came of a plan in a later view of the book.
struct RealisedFigures {
  private let plan: ProjectionPlan
  private let view: View
  private let figures: StatedFigures
  private let inside: Set<String>

  /// Days by which a fiscal period or balance may begin or end beside a month and still count as it.
  private static let slack = 7

  init(of plan: ProjectionPlan, in view: View) {
    (self.plan, self.view) = (plan, view)
    figures = StatedFigures(view)
    inside = Set(plan.parties)
  }

  /// Every figure that can be held against the plan: by kind, party and days.
  var all: [RealisedFigure] {
    (receipts + balances(.cash, .cash) + balances(.debt, .debt) + payments).sorted {
      ($0.kind.rawValue, $0.party, $0.payee ?? "", $0.period.first, $0.period.last)
        < ($1.kind.rawValue, $1.party, $1.payee ?? "", $1.period.first, $1.period.last)
    }
  }

  /// Revenue, cut where facts cut it, so that each day of a party counts once.
  private var receipts: [RealisedFigure] {
    periods(of: .revenue).sorted { $0.key < $1.key }.flatMap { party, periods in
      Self.tiles(periods).compactMap { period -> RealisedFigure? in
        guard let months = months(period),
          let figure = figures(.revenue, of: party, in: period), figure.days == period.dayCount
        else { return nil }
        return realised(
          .receipts,
          party,
          period,
          .receipts(party: party, months: months),
          figure
        )
      }
    }
  }

  private func balances(_ metric: Fact.Metric, _ kind: RealisedFigure.Kind) -> [RealisedFigure] {
    let tracked = Set(plan.tracked)
    return periods(of: metric).filter { tracked.contains($0.key) }.flatMap { party, periods in
      periods.compactMap { period -> RealisedFigure? in
        guard let month = month(endingAt: period.last), month >= 0,
          let figure = figures(metric, of: party, in: period)
        else { return nil }
        let target: ForecastTarget =
          kind == .cash ? .cash(party: party, month: month) : .debt(party: party, month: month)
        return realised(kind, party, period, target, figure)
      }
    }
  }

  /// What pairs are known to have paid, by calendar year as far as the plan goes and the view knows.
  private var payments: [RealisedFigure] {
    let last = min(plan.months.last?.last ?? view.request.asOf, view.request.asOf)
    guard let first = plan.months.first,
      let days = Period(first: first.first, last: Month(index: Month(of: last).index - 1).last)
    else { return [] }
    let schedules = Schedules(view)
    return FlowCalendar.columns(of: days, .year).flatMap { period -> [RealisedFigure] in
      guard let months = months(period) else { return [] }
      let question = Question(view: view.request, period: period, completion: .none)
      return FlowLines(Economy.footing(question, of: schedules)).all.compactMap { line in
        guard line.isKnown, let high = line.high, inside.contains(line.payer),
          inside.contains(line.payee)
        else { return nil }
        return RealisedFigure(
          kind: .paid,
          party: line.payer,
          payee: line.payee,
          period: period,
          target: .paid(payer: line.payer, payee: line.payee, months: months),
          came: line.low...high,
          evidence: line.evidence
        )
      }
    }
  }

  private func realised(
    _ kind: RealisedFigure.Kind,
    _ party: String,
    _ period: Period,
    _ target: ForecastTarget,
    _ figure: StatedFigures.Figure
  ) -> RealisedFigure? {
    guard !figure.amount.isOpen else { return nil }
    let unit = AmountUnit.minor(.usDollar)
    return RealisedFigure(
      kind: kind,
      party: party,
      payee: nil,
      period: period,
      target: target,
      came: unit.whole(figure.amount.low)...unit.whole(figure.amount.high),
      evidence: figure.evidence.map(\.id)
    )
  }

  /// The periods of which facts tell a metric of parties inside.
  private func periods(of metric: Fact.Metric) -> [String: Set<Period>] {
    var found: [String: Set<Period>] = [:]
    for fact in view.facts where fact.metric == metric && fact.counterparty == nil {
      guard let party = fact.party, inside.contains(party), let period = fact.period else {
        continue
      }
      found[party, default: []].insert(period)
    }
    return found
  }

  /// Periods that do not overlap: the shortest, and of longer ones what they leave.
  static func tiles(_ periods: Set<Period>) -> [Period] {
    var tiles: [Period] = []
    for period in periods.sorted(by: { ($0.last, $1.first) < ($1.last, $0.first) }) {
      guard let last = tiles.last, period.first <= last.last else {
        tiles.append(period)
        continue
      }
      // What is left of a longer period is known only where the tiles before fill its beginning.
      var start = period.last.advanced(by: 1)
      for tile in tiles.reversed() where tile.first >= period.first {
        guard tile == last || tile.last.advanced(by: 1) == start else { break }
        start = tile.first
      }
      guard start == period.first,
        let rest = Period(first: last.last.advanced(by: 1), last: period.last)
      else { continue }
      tiles.append(rest)
    }
    return tiles
  }

  /// The months of the plan that a period stands for, by position.
  private func months(_ period: Period) -> Range<Int>? {
    guard let first = month(endingAt: period.first.advanced(by: -1)),
      let last = month(endingAt: period.last), first < last, first >= -1
    else { return nil }
    return first + 1..<last + 1
  }

  /// The position of the month whose end lies within a week of a day, from −1 for the one before the first.
  private func month(endingAt day: Day) -> Int? {
    guard let start = plan.months.first else { return nil }
    let here = Month(of: day)
    let ends = [Month(index: here.index - 1), here].filter {
      ($0.last.ordinal - day.ordinal).magnitude <= Self.slack
    }
    return ends.map { $0.index - start.index }.first { (-1..<plan.months.count).contains($0) }
  }
}

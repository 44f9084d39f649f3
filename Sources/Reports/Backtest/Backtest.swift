package import Claims
internal import Networks
package import Projection

/// What a backtest takes: a scenario laid out on a past day, and the book since.
package struct Backtest: Sendable {
  let plan: ProjectionPlan
  /// The book as known on the day of the forecast.
  package let before: View
  let after: View
  let paths: Int
  let seed: UInt64
  let threads: Int

  /// A backtest that is not run yet.
  ///
  /// - Parameters:
  ///   - plan: The scenario, laid out on `before`.
  ///   - before: The book as known on the day of the forecast.
  ///   - after: The book as known on a later day.
  ///   - paths: How many paths.
  ///   - seed: Where chance begins.
  ///   - threads: How many threads.
  package init(
    _ plan: ProjectionPlan,
    from before: View,
    to after: View,
    paths: Int,
    seed: UInt64,
    threads: Int
  ) {
    (self.plan, self.before, self.after) = (plan, before, after)
    (self.paths, self.seed, self.threads) = (paths, seed, threads)
  }

  /// What the paths say: every figure that came with its forecast, and the share of paths on which parties had failed by
  /// the later day.
  func run() throws(ProjectionError) -> (
    forecasts: [(figure: RealisedFigure, band: ForecastBand)], failed: [String: Double]
  ) {
    let figures = RealisedFigures(of: plan, in: after).all
    let last = plan.months.lastIndex { $0.last <= after.request.asOf }
    let ends = last.map { last in plan.parties.map { ForecastTarget.failed(party: $0, month: last) }
    }
    let run = MonteCarlo(plan, seed: seed, threads: threads, paths: paths)
    let samples = try run.samples(of: figures.map(\.target) + (ends ?? []), paths: paths)
    var failed: [String: Double] = [:]
    for (party, fails) in zip(plan.parties, samples.dropFirst(figures.count)) {
      let share = fails.reduce(0, +) / Double(paths)
      if share > 0 { failed[party] = share }
    }
    return (zip(figures, samples).map { ($0, ForecastBand(of: $1)) }, failed)
  }

  /// Whether the plan says anything of a figure: not of receipts where sales in all are not known, nor of payments that
  /// no path has.
  func foresees(_ figure: RealisedFigure, _ band: ForecastBand) -> Bool {
    switch figure.kind {
    case .receipts: plan.withKnownReceipts.contains(figure.party)
    case .cash, .debt: true
    case .paid: band.p90 > 0
    }
  }

  /// What a forecast of an earlier day says of the width of bands, by what this one's day knows.
  ///
  /// - Returns: The factors.
  /// - Throws: ``ProjectionError``.
  package func fit() throws(ProjectionError) -> BandFit {
    BandFit(
      from: before.request.asOf.description,
      try run().forecasts.filter { foresees($0.figure, $0.band) }.map { ($0.band, $0.figure.came) }
    )
  }
}

/// What one would have said without any model: the last rate of a day goes on, the last balance stays.
struct AsBefore {
  private let view: View
  private let figures: StatedFigures

  init(_ view: View) {
    self.view = view
    figures = StatedFigures(view)
  }

  /// Dollars; `nil` where nothing of the kind was known, and for payments.
  func callAsFunction(_ figure: RealisedFigure) -> Double? {
    let metrics: [RealisedFigure.Kind: Fact.Metric] = [
      .receipts: .revenue, .cash: .cash, .debt: .debt,
    ]
    guard let metric = metrics[figure.kind] else { return nil }
    let periods = view.facts.filter {
      $0.metric == metric && $0.party == figure.party && $0.counterparty == nil && $0.amount != nil
    }.compactMap(\.period)
    let last = periods.filter { $0.last <= view.request.asOf }
      .max { ($0.last, $1.dayCount) < ($1.last, $0.dayCount) }
    guard let last, let known = figures(metric, of: figure.party, in: last) else { return nil }
    let dollars = AmountUnit.minor(.usDollar).whole(known.amount.point)
    guard metric == .revenue else { return dollars }
    return dollars / Double(last.dayCount) * Double(figure.period.dayCount)
  }
}

/// Claims told between two days, by the parties of their deals.
struct NewsSince {
  private let claims: [(claim: Claim, deal: Deal, payer: String, payee: String)]

  init(_ day: Day, _ view: View) {
    let deals = Dictionary(uniqueKeysWithValues: view.contents.deals.map { ($0.id, $0) })
    claims = view.deals.flatMap(\.claims).compactMap { claim in
      guard claim.reported.last > day, let deal = deals[claim.deal] else { return nil }
      return (claim, deal, view.group(of: deal.payer), view.group(of: deal.payee))
    }
  }

  /// The newest claim of each of the three largest deals of a party, or of a pair.
  func largest(of party: String, _ payee: String?) -> [BacktestReport.News] {
    let about = claims.filter { one in
      payee.map { one.payer == party && one.payee == $0 }
        ?? (one.payer == party || one.payee == party)
    }
    let deals = Dictionary(grouping: about, by: \.deal.id).values.sorted {
      (Self.size($1), $0[0].deal.id) < (Self.size($0), $1[0].deal.id)
    }
    return deals.prefix(3).compactMap { told in
      told.max { ($0.claim.reported.last, $0.claim.id) < ($1.claim.reported.last, $1.claim.id) }
        .map {
          BacktestReport.News(
            claim: $0.claim.id,
            reported: $0.claim.reported.description,
            deal: $0.deal.title,
            status: $0.claim.status?.rawValue
          )
        }
    }
  }

  /// The most that any of some claims names, in whole units of its currency.
  private static func size(
    _ told: [(claim: Claim, deal: Deal, payer: String, payee: String)]
  ) -> Double {
    told.compactMap { one in
      one.claim.amount.map { range in
        Double(range.high ?? range.low ?? 0) / Double(range.currency.minorUnitsPerUnit)
      }
    }.max() ?? 0
  }
}

public import Claims
internal import Networks
public import Projection

/// A projection from what was known on a past day, held against what a later day knows.
public struct BacktestReport: Report, Codable {
  /// One figure: what was projected, what came, and why they differ.
  public struct Line: Codable, Sendable {
    /// What is measured.
    public let figure: RealisedFigure.Kind
    /// Whom it is of; the payer of a payment.
    public let party: String
    /// Who was paid; `nil` but for payments.
    @Nullable public private(set) var payee: String?
    /// The days.
    public let period: String
    /// What the paths said, in dollars.
    public let forecast: ForecastBand
    /// What came, in dollars, the least.
    public let cameLow: Double
    /// The most.
    public let cameHigh: Double
    /// Whether it lies in the half of the paths.
    public let inHalf: Bool
    /// Whether it lies in four fifths of them.
    public let inFourFifths: Bool
    /// The interval score of the band of four fifths, in dollars.
    public let score: Double
    /// The same of "as before", a single number; `nil` where nothing was known before.
    @Nullable public private(set) var scoreAsBefore: Double?
    /// The rows that say what came, by id.
    public let evidence: [String]
    /// For a figure outside four fifths of the paths: what was told since of the largest deals it may rest on.
    public let told: [News]

    private enum CodingKeys: String, CodingKey {
      case figure, party, payee, period, forecast, score, evidence, told
      case cameLow = "came_low"
      case cameHigh = "came_high"
      case inHalf = "in_half"
      case inFourFifths = "in_four_fifths"
      case scoreAsBefore = "score_as_before"
    }
  }

  /// A figure that came, of business that nobody knew of on the day: it has no forecast and counts nowhere.
  public struct Unforeseen: Codable, Sendable {
    /// What is measured.
    public let figure: RealisedFigure.Kind
    /// Whom it is of; the payer of a payment.
    public let party: String
    /// Who was paid; `nil` but for payments.
    @Nullable public private(set) var payee: String?
    /// The days.
    public let period: String
    /// What came, in dollars, the least.
    public let cameLow: Double
    /// The most.
    public let cameHigh: Double
    /// The rows that say so, by id.
    public let evidence: [String]

    private enum CodingKeys: String, CodingKey {
      case figure, party, payee, period, evidence
      case cameLow = "came_low"
      case cameHigh = "came_high"
    }
  }

  /// A claim that was told after the day of the forecast.
  public struct News: Codable, Sendable {
    /// The claim's id.
    public let claim: String
    /// When it was told.
    public let reported: String
    /// The deal, as the book titles it.
    public let deal: String
    /// Its status, where the claim gives one.
    @Nullable public private(set) var status: String?
  }

  /// How the figures of one kind, or of one party, came out.
  public struct Summary: Codable, Sendable {
    /// The kind or the party.
    public let of: String
    /// How many figures came.
    public let figures: Int
    /// Of them, how many lie in the half of the paths.
    public let inHalf: Int
    /// How many lie in four fifths.
    public let inFourFifths: Int
    /// The mean interval score as a share of what came, over figures that came to more than nothing.
    @Nullable public private(set) var score: Double?
    /// That of the same figures where "as before" can be said, for the paths.
    @Nullable public private(set) var scoreBeside: Double?
    /// And for "as before".
    @Nullable public private(set) var scoreAsBefore: Double?

    private enum CodingKeys: String, CodingKey {
      case of, figures, score
      case inHalf = "in_half"
      case inFourFifths = "in_four_fifths"
      case scoreBeside = "score_beside"
      case scoreAsBefore = "score_as_before"
    }
  }

  /// An assumption that cites a row told only after the day of the forecast.
  public struct Hindsight: Codable, Sendable {
    /// What it is of.
    public let subject: String
    /// What it says.
    public let words: String
    /// The rows, by id.
    public let rows: [String]
  }

  /// The scenario's name.
  public let scenario: String
  /// The day it is projected from.
  public let from: String
  /// The day whose book knows what came.
  public let asOf: String
  /// The book's hash.
  public let book: String
  /// The program's version.
  public let version: String
  /// First and last month.
  public let months: String
  /// How many paths.
  public let paths: Int
  /// Where chance began.
  public let seed: UInt64
  /// How much the bands were widened, where that was asked for.
  @Nullable public private(set) var fit: BandFit?
  /// By kind of figure.
  public let kinds: [Summary]
  /// By party.
  public let parties: [Summary]
  /// All together.
  public let all: Summary
  /// Every figure.
  public let lines: [Line]
  /// What came of which nobody knew anything on the day.
  public let unforeseen: [Unforeseen]
  /// Assumptions that the day could not have made.
  public let hindsight: [Hindsight]
  /// The share of paths on which parties had failed by the later day, the largest first.
  public let failed: [String: Double]

  private enum CodingKeys: String, CodingKey {
    case scenario, from, book, version, months, paths, seed, fit, kinds, parties, all, lines,
      unforeseen
    case hindsight, failed
    case asOf = "as_of"
  }
}

/// What a backtest takes: a scenario laid out on a past day, and the book since.
public struct Backtest: Sendable {
  let plan: ProjectionPlan
  /// The book as known on the day of the forecast.
  public let before: View
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
  public init(
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

  /// Every figure that came, with its forecast.
  func forecasts() throws(ProjectionError) -> [(figure: RealisedFigure, band: ForecastBand)] {
    let figures = RealisedFigures(of: plan, in: after).all
    let run = MonteCarlo(plan, seed: seed, threads: threads, paths: paths)
    let samples = try run.samples(of: figures.map(\.target), paths: paths)
    return zip(figures, samples).map { ($0, ForecastBand(of: $1)) }
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
  public func fit() throws(ProjectionError) -> BandFit {
    BandFit(
      from: before.request.asOf.description,
      try forecasts().filter { foresees($0.figure, $0.band) }.map { ($0.band, $0.figure.came) }
    )
  }
}

extension BacktestReport {
  /// Runs a backtest.
  ///
  /// - Parameters:
  ///   - backtest: What to run.
  ///   - book: The book's hash, and the program's version.
  ///   - fit: How much to widen bands; `nil` for none.
  /// - Throws: ``ProjectionError``.
  public init(
    _ backtest: Backtest,
    book: (head: String, version: String),
    fit: BandFit? = nil
  ) throws(ProjectionError) {
    let plan = backtest.plan
    let (before, after) = (backtest.before, backtest.after)
    let asBefore = AsBefore(before)
    let news = NewsSince(before.request.asOf, after)
    let forecasts = try backtest.forecasts()
    unforeseen = forecasts.filter { !backtest.foresees($0.figure, $0.band) }.map {
      Unforeseen($0.figure)
    }
    let lines = forecasts.filter { backtest.foresees($0.figure, $0.band) }.map { figure, band in
      Line(
        figure,
        fit?.factors.map(band.widened) ?? band,
        asBefore: asBefore(figure),
        news: news
      )
    }
    scenario = plan.scenario.name
    (from, asOf) = (before.request.asOf.description, after.request.asOf.description)
    (self.book, version) = (book.head, book.version)
    (months, paths, seed, self.fit) = (plan.span, backtest.paths, backtest.seed, fit)
    self.lines = lines
    all = Summary("all", lines)
    kinds = RealisedFigure.Kind.allCases.compactMap { kind in
      let same = lines.filter { $0.figure == kind }
      return same.isEmpty ? nil : Summary(kind.rawValue, same)
    }
    parties = Dictionary(grouping: lines, by: \.party).sorted { $0.key < $1.key }
      .map { Summary($0.key, $0.value) }
    hindsight = Self.hindsight(plan, before.request.asOf, after)
    failed = try Self.failed(backtest)
  }

  /// How often parties had failed by the later day.
  private static func failed(_ backtest: Backtest) throws(ProjectionError) -> [String: Double] {
    let plan = backtest.plan
    var tally = Tally(parties: plan.parties.count, months: plan.months.count)
    let run = MonteCarlo(
      plan,
      seed: backtest.seed,
      threads: backtest.threads,
      paths: backtest.paths
    )
    try run.run(0..<backtest.paths, into: &tally)
    let last = plan.months.lastIndex { $0.last <= backtest.after.request.asOf }
    guard let last else { return [:] }
    var shares: [String: Double] = [:]
    for (index, party) in plan.parties.enumerated() {
      let share = tally.failed(index, by: last)
      if share > 0 { shares[party] = share }
    }
    return shares
  }

  /// Assumptions whose reasons name rows that were told after the day.
  private static func hindsight(_ plan: ProjectionPlan, _ day: Day, _ view: View) -> [Hindsight] {
    let contents = view.contents
    let reported = Dictionary(
      contents.claims.map { ($0.id, $0.reported.last) }
        + contents.facts.map { ($0.id, $0.reported.last) },
      uniquingKeysWith: { first, _ in first }
    )
    return plan.assumptions.compactMap { assumption in
      let words = assumption.because.split { !($0.isLetter || $0.isNumber || $0 == "-") }
      let rows = words.map(String.init).filter { reported[$0].map { $0 > day } ?? false }
      return rows.isEmpty
        ? nil : Hindsight(subject: assumption.subject, words: assumption.words, rows: rows)
    }
  }
}

extension BacktestReport.Summary {
  init(_ of: String, _ lines: [BacktestReport.Line]) {
    self.of = of
    figures = lines.count
    inHalf = lines.count(where: \.inHalf)
    inFourFifths = lines.count(where: \.inFourFifths)
    let scored = lines.filter { $0.cameLow > 0 }
    let beside = scored.filter { $0.scoreAsBefore != nil }
    score = Self.mean(scored.map { $0.score / $0.middle })
    scoreBeside = Self.mean(beside.map { $0.score / $0.middle })
    scoreAsBefore = Self.mean(
      beside.compactMap { line in line.scoreAsBefore.map { $0 / line.middle } }
    )
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}

extension BacktestReport.Unforeseen {
  fileprivate init(_ figure: RealisedFigure) {
    self.figure = figure.kind
    (party, payee, period) = (figure.party, figure.payee, figure.period.description)
    (cameLow, cameHigh) = (figure.came.lowerBound, figure.came.upperBound)
    evidence = figure.evidence
  }
}

extension BacktestReport.Line {
  init(_ figure: RealisedFigure, _ band: ForecastBand, asBefore: Double?, news: NewsSince) {
    self.figure = figure.kind
    (party, payee, period) = (figure.party, figure.payee, figure.period.description)
    forecast = band
    (cameLow, cameHigh) = (figure.came.lowerBound, figure.came.upperBound)
    (inHalf, inFourFifths) = (band.halfHolds(figure.came), band.fourFifthsHold(figure.came))
    score = band.score(of: figure.came)
    scoreAsBefore = asBefore.map { ForecastBand.score(point: $0, of: figure.came) }
    evidence = figure.evidence
    told = inFourFifths ? [] : news.largest(of: figure.party, figure.payee)
  }

  /// The middle of what came.
  var middle: Double { (cameLow + cameHigh) / 2 }
}

/// What one would have said without any model: the last rate of a day goes on, the last balance stays.
private struct AsBefore {
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

package import Claims
internal import Networks
package import Projection

/// A projection from what was known on a past day, held against what a later day knows.
package struct BacktestReport: Report, Codable {
  /// One figure: what was projected, what came, and why they differ.
  package struct Line: Codable, Sendable {
    /// What is measured.
    package let figure: RealisedFigure.Kind
    /// Whom it is of; the payer of a payment.
    package let party: String
    /// Who was paid; `nil` but for payments.
    @Nullable package private(set) var payee: String?
    /// The days.
    package let period: String
    /// What the paths said, in dollars.
    package let forecast: ForecastBand
    /// What came, in dollars, the least.
    package let cameLow: Double
    /// The most.
    package let cameHigh: Double
    /// Whether it lies in the half of the paths.
    package let inHalf: Bool
    /// Whether it lies in four fifths of them.
    package let inFourFifths: Bool
    /// The interval score of the band of four fifths, in dollars.
    package let score: Double
    /// The same of "as before", a single number; `nil` where nothing was known before.
    @Nullable package private(set) var scoreAsBefore: Double?
    /// The rows that say what came, by id.
    package let evidence: [String]
    /// For a figure outside four fifths of the paths: what was told since of the largest deals it may rest on.
    package let told: [News]

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
  package struct Unforeseen: Codable, Sendable {
    /// What is measured.
    package let figure: RealisedFigure.Kind
    /// Whom it is of; the payer of a payment.
    package let party: String
    /// Who was paid; `nil` but for payments.
    @Nullable package private(set) var payee: String?
    /// The days.
    package let period: String
    /// What came, in dollars, the least.
    package let cameLow: Double
    /// The most.
    package let cameHigh: Double
    /// The rows that say so, by id.
    package let evidence: [String]

    private enum CodingKeys: String, CodingKey {
      case figure, party, payee, period, evidence
      case cameLow = "came_low"
      case cameHigh = "came_high"
    }
  }

  /// A claim that was told after the day of the forecast.
  package struct News: Codable, Sendable {
    /// The claim's id.
    package let claim: String
    /// When it was told.
    package let reported: String
    /// The deal, as the book titles it.
    package let deal: String
    /// Its status, where the claim gives one.
    @Nullable package private(set) var status: String?
  }

  /// How the figures of one kind, or of one party, came out.
  package struct Summary: Codable, Sendable {
    /// The kind or the party.
    package let of: String
    /// How many figures came.
    package let figures: Int
    /// Of them, how many lie in the half of the paths.
    package let inHalf: Int
    /// How many lie in four fifths.
    package let inFourFifths: Int
    /// The mean interval score as a share of what came, over figures that came to more than nothing.
    @Nullable package private(set) var score: Double?
    /// That of the same figures where "as before" can be said, for the paths.
    @Nullable package private(set) var scoreBeside: Double?
    /// And for "as before".
    @Nullable package private(set) var scoreAsBefore: Double?

    private enum CodingKeys: String, CodingKey {
      case of, figures, score
      case inHalf = "in_half"
      case inFourFifths = "in_four_fifths"
      case scoreBeside = "score_beside"
      case scoreAsBefore = "score_as_before"
    }
  }

  /// An assumption that cites a row told only after the day of the forecast.
  package struct Hindsight: Codable, Sendable {
    /// What it is of.
    package let subject: String
    /// What it says.
    package let words: String
    /// The rows, by id.
    package let rows: [String]
  }

  /// The scenario's name.
  package let scenario: String
  /// The day it is projected from.
  package let from: String
  /// The day whose book knows what came.
  package let asOf: String
  /// The book's hash.
  package let book: String
  /// The program's version.
  package let version: String
  /// First and last month.
  package let months: String
  /// How many paths.
  package let paths: Int
  /// Where chance began.
  package let seed: UInt64
  /// How much the bands were widened, where that was asked for.
  @Nullable package private(set) var fit: BandFit?
  /// By kind of figure.
  package let kinds: [Summary]
  /// By party.
  package let parties: [Summary]
  /// All together.
  package let all: Summary
  /// Every figure.
  package let lines: [Line]
  /// What came of which nobody knew anything on the day.
  package let unforeseen: [Unforeseen]
  /// Assumptions that the day could not have made.
  package let hindsight: [Hindsight]
  /// The share of paths on which parties had failed by the later day, the largest first.
  package let failed: [String: Double]

  private enum CodingKeys: String, CodingKey {
    case scenario, from, book, version, months, paths, seed, fit, kinds, parties, all, lines,
      unforeseen
    case hindsight, failed
    case asOf = "as_of"
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
  package init(
    _ backtest: Backtest,
    book: (head: String, version: String),
    fit: BandFit? = nil
  ) throws(ProjectionError) {
    let plan = backtest.plan
    let (before, after) = (backtest.before, backtest.after)
    let asBefore = AsBefore(before)
    let news = NewsSince(before.request.asOf, after)
    let (forecasts, failed) = try backtest.run()
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
    self.failed = failed
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

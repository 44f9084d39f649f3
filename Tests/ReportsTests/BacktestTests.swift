import Claims
import Projection
import TestKit
import Testing

@testable import Reports

/// A projection held against what came: worked on paper.
@Suite struct BacktestTests {
  /// Acme sells 1,200 outside in 2025; of 2026 it tells two months, and with them five.
  ///
  /// What Corp sells nobody knew.
  private static let story = Story(
    """
    party acme
    party bolt
    party corp
    party lenders market
    fact acme cash 100 in 2025-12-31 reported=2026-01-10
    fact acme revenue 1200 in 2025-01-01..2025-12-31 reported=2026-01-10
    fact acme costs 1200 in 2025-01-01..2025-12-31 reported=2026-01-10
    fact acme capex 0 in 2025-01-01..2025-12-31 reported=2026-01-10
    fact acme revenue 300 in 2026-02-01..2026-03-31 reported=2026-05-01
    fact acme revenue 900 in 2026-02-01..2026-06-30 reported=2026-08-01
    fact acme cash 130 in 2026-06-28 reported=2026-08-01
    fact corp revenue 50 in 2026-02-01..2026-03-31 reported=2026-05-01
    deal acme > bolt purchase
    c1 filing 2026-06-01 signed binding 1200 in 2026-06..2027-05
    """
  )

  private func backtest(_ scenario: String = "", to day: String = "2026-12-31") throws -> Backtest {
    let before = try Self.story.view("2026-01-31")
    let read = try ScenarioReader(before).scenario("name: goes on\n" + scenario, file: "s") { _ in
      nil
    }
    return Backtest(
      ProjectionPlan(before, read, months: 12),
      from: before,
      to: try Self.story.view(day),
      paths: 40,
      seed: 1,
      threads: 2
    )
  }

  /// Without any draw, acme takes in 100 a month; the rest of the half is told by what the quarter leaves of it.
  @Test func figuresAreHeldAgainstWhatCame() throws {
    let report = try BacktestReport(backtest(), book: ("head", "0"))
    let receipts = report.lines.filter { $0.figure == .receipts }
    #expect(receipts.map(\.period) == ["2026-02-01..2026-03-31", "2026-04-01..2026-06-30"])
    #expect(receipts.map(\.forecast.p50) == [200, 300])
    #expect(receipts.map(\.cameLow) == [300, 600])
    #expect(receipts.map(\.score) == [1000, 3000])
    // By the day, the year's 1,200 are 59/365 and 91/365 of it.
    #expect(abs((receipts[0].scoreAsBefore ?? 0) - 10 * (300 - 1200.0 * 59 / 365)) < 1e-9)
    #expect(receipts.map(\.told.first?.claim) == ["c1", "c1"])
    let cash = try #require(report.lines.first { $0.figure == .cash })
    #expect(cash.forecast.p50 == 100 && cash.cameLow == 130 && cash.score == 300)
    #expect(cash.scoreAsBefore == 300)
    #expect(report.all.figures == 3 && report.all.inFourFifths == 0)
    #expect(report.unforeseen.map(\.party) == ["corp"])
    #expect(report.hindsight.isEmpty)
  }

  /// A row told after the day cannot have been a reason on it.
  @Test func hindsightIsNamed() throws {
    let report = try BacktestReport(
      backtest("parties: {acme: {debt-limit: {value: 1000, because: \"as c1 has it\"}}}"),
      book: ("head", "0")
    )
    #expect(report.hindsight.map(\.rows) == [["c1"]])
    #expect(report.text(PartyNames(try Self.story.view("2026-12-31"))).contains("Hindsight"))
  }

  @Test func nothingCameYet() throws {
    let report = try BacktestReport(backtest(to: "2026-02-15"), book: ("head", "0"))
    #expect(report.lines.isEmpty)
    #expect(report.text(PartyNames(ids: [])).contains("is known yet"))
  }

  /// The band of 10 to 30 is 20 wide; what lies 5 outside costs ten times that (Gneiting and Raftery 2007, (43)).
  @Test func intervalScores() {
    let band = ForecastBand(p10: 10, p25: 15, p50: 20, p75: 25, p90: 30)
    #expect(band.score(of: 20...20) == 20)
    #expect(band.score(of: 35...40) == 70)
    #expect(band.score(of: 0...5) == 70)
    #expect(band.halfHolds(25...99) && !band.halfHolds(26...99))
    #expect(ForecastBand.score(point: 7, of: 5...5) == 20)
  }

  /// Of 4 figures the half needs the third smallest factor, ⌈0.5·5⌉, and four fifths the fourth, ⌈0.8·5⌉; of 3 figures
  /// four fifths would need a fourth.
  @Test func bandsAreFittedByConformalPrediction() throws {
    let band = ForecastBand(p10: 10, p25: 15, p50: 20, p75: 25, p90: 30)
    let came = [20.0, 30, 0, 60].map { $0...$0 }
    let fit = BandFit(from: "2025-03-31", came.map { (band, $0) })
    // Needed of the half: 0, 2, 4, 8; of four fifths: 0, 1, 2, 4.
    #expect(fit.factors == BandFit.Factors(half: 4, fourFifths: 4))
    let widened = band.widened(by: try #require(fit.factors))
    #expect(widened == ForecastBand(p10: -20, p25: 0, p50: 20, p75: 40, p90: 60))
    #expect(BandFit(from: "2025-03-31", came.prefix(3).map { (band, $0) }).factors == nil)
  }

  @Test func quantilesByStraightLines() {
    let band = ForecastBand(of: [4, 1, 3, 2, 0])
    #expect(band == ForecastBand(p10: 0.4, p25: 1, p50: 2, p75: 3, p90: 3.6))
    #expect(ForecastBand(of: [7]).p10 == 7)
  }

  /// A half of which one quarter is told leaves the other; a year that begins before any tile leaves nothing.
  @Test func periodsAreCutIntoTiles() throws {
    func period(_ text: String) throws -> Period { try #require(Period(text: text)) }
    let tiles = RealisedFigures.tiles([
      try period("2026-01..2026-03"), try period("2026-01..2026-06"),
      try period("2025-07..2026-06"),
      try period("2026-09..2026-12"),
    ])
    #expect(
      tiles == [
        try period("2026-01..2026-03"), try period("2026-04..2026-06"),
        try period("2026-09..2026-12"),
      ]
    )
  }
}

internal import Claims
internal import Drawing
package import Reports

/// How closed the economy is year by year, and whether buyers pay for it.
extension BookPage {
  /// The trend, as charts and as tables.
  ///
  /// - Parameters:
  ///   - report: The trend.
  ///   - step: How long each of its periods is, as an address says it.
  /// - Returns: The view.
  package func trend(_ report: TrendReport, by step: String) -> HTML {
    let kinds = report.points.first?.now.footings.map(\.footing) ?? []
    let chart = ChartPictures.trend(of: report)
    let columns = [Column.words("")] + kinds.map { .figure($0.rawValue) }
    let real = report.points.map { point in
      let lines = point.now.realDollars
      return Row([
        "\(point.period)", "\(lines["sector"].map { money($0.entered) } ?? "–")",
        split(lines["sector"]?.direct), split(lines["lab"]?.lookedThrough),
        split(lines["neocloud"]?.lookedThrough),
      ])
    }
    let steps = [("year", "by year"), ("quarter", "by quarter"), ("month", "by month")].map {
      choice($0.1, address("/trend", "by=\($0.0)"), isChosen: $0.0 == step)
    }
    return """
      <div class="choices" role="group" aria-label="How long each period is">\(steps)</div>
      \(figure("trend", "Of each dollar, on loops", chart.picture(chartOptions("trend")).svg, Self.trendWords))
      \(section("shares", "Of each dollar, on loops", table(columns, cells(report, kinds, { $0.now }, isShare: true))))
      \(section("then", "The same, as known on the last day of each period", table(columns, cells(report, kinds, { $0.then }, isShare: true))))
      \(section("paid", "Paid among these companies", table(columns, cells(report, kinds, { $0.now }, isShare: false))))
      \(section("real", "Real dollars: of each dollar, from buyers and from funders", table(
        [
          .words(""), .figure("entered"), .figure("of what entered"), .figure("labs live on"),
          .figure("neoclouds live on"),
        ],
        real
      )))
      """
  }

  private static let trendWords =
    "Each bar is the middle nine tenths of the draws, and every reading; where too little is told of a period that "
    + "is not over, its share is withheld."

  private func cells(
    _ report: TrendReport,
    _ kinds: [Footing.Kind],
    _ account: (TrendReport.Point) -> TrendReport.Account?,
    isShare: Bool
  ) -> [Row] {
    report.points.map { point in
      let cells = kinds.map { kind -> HTML in
        guard let told = account(point), let line = told[kind], line.totalRange.high > 0 else {
          return "–"
        }
        guard isShare else { return "\(money(line.totalRange.low, line.totalRange.high))" }
        guard !told.isWithheld else { return "withheld" }
        return "\(Figures.percent(line.shareRange.low, line.shareRange.high))"
      }
      return Row(["\(point.period)"] + cells)
    }
  }

  private func split(_ split: RealDollars.Split?) -> HTML {
    guard let split else { return "–" }
    return "\(Figures.percent(split.buyers)) / \(Figures.percent(split.funders))"
  }
}

package import Drawing
package import Projection
package import Reports

/// Charts of a projection: cash and the closed loop as fans, and what moves the money needed.
package struct ProjectionPictures: Sendable {
  private let names: PartyNames
  private let subtitle: String
  private let prefix: String
  private let hasStyle: Bool

  /// Charts whose captions name the scenario and the months.
  ///
  /// - Parameters:
  ///   - names: Names of parties.
  ///   - subtitle: The scenario and the months.
  ///   - prefix: What stands before every id, where a page has the charts of several runs.
  ///   - hasStyle: Whether each carries its style sheet; not where the page does.
  package init(_ names: PartyNames, subtitle: String, prefix: String = "", hasStyle: Bool = true) {
    (self.names, self.subtitle) = (names, subtitle)
    (self.prefix, self.hasStyle) = (prefix, hasStyle)
  }

  /// The charts of a run that is done, the most telling first; none of a part.
  ///
  /// - Parameter run: The run.
  /// - Returns: The closed loop, cash of the parties that can run low, and what moves the money needed.
  /// - Throws: ``FanChartError``, which a run does not give.
  package func all(of run: RunFile) throws(FanChartError) -> [PageContent.Picture] {
    guard let result = run.result else { return [] }
    return try all(of: result, middle: run.middle, run.drivers)
  }

  /// The charts of a scenario that was run, as of a run.
  ///
  /// - Parameter report: What it came to.
  /// - Returns: The same charts.
  /// - Throws: ``FanChartError``, which a report does not give.
  package func all(of report: ScenarioReport) throws(FanChartError) -> [PageContent.Picture] {
    try all(of: report.chanceAfter, middle: report.after, report.drivers)
  }

  private func all(
    of result: ProjectionReport,
    middle: CentralPath,
    _ drivers: [Driver]
  ) throws(FanChartError) -> [PageContent.Picture] {
    var pictures: [PageContent.Picture] = []
    if let loop = try closedLoop(result) {
      pictures.append(
        picture(
          loop.picture,
          "loop",
          "Closed-loop share",
          "Of the money paid inside in a year, what goes round; new equity bought inside is part of it."
        )
      )
    }
    let tight = result.parties.filter(\.isTight)
      .sorted { ($1.fails, $0.id) < ($0.fails, $1.id) }
    for party in tight.prefix(8) {
      let name = names.shortName(party.id)
      pictures.append(
        picture(
          try cash(of: party, middle: middle).picture,
          "cash-\(party.id)",
          "Cash of \(name)",
          "Half of the paths, and nine in ten. A party raises exactly what it lacks, so at nothing it lives "
            + "on what it can raise; it fails on \(Figures.percent(party.fails)) of the paths."
        )
      )
    }
    return pictures + swings(drivers)
  }

  /// The charts of the outside money needed: how much by when, and what moves it.
  ///
  /// - Parameter money: The answer.
  /// - Returns: The charts.
  /// - Throws: ``FanChartError``, which an answer does not give.
  package func all(of money: OutsideMoney) throws(FanChartError) -> [PageContent.Picture] {
    let days = money.years.compactMap(Self.lastDay)
    guard days.count > 1 else { return swings(money.drivers) }
    let fan = try FanChart(
      Caption("Outside money needed by the end of each year", subtitle: subtitle),
      days: days,
      quantiles: money.bands.map { FanChart.Quantile(level: $0.level, values: $0.byYear) },
      format: { Figures.dollars($0) }
    )
    return [
      picture(
        fan.picture,
        "needed",
        "Outside money needed",
        "What all parties of known cash together lack beyond what they can raise, so that nobody fails: "
          + "half of the paths, and nine in ten."
      )
    ] + swings(money.drivers)
  }

  /// The closed-loop share of each year of a run.
  ///
  /// - Parameter result: What the run came to.
  /// - Returns: The chart; `nil` of fewer than two years.
  /// - Throws: ``FanChartError``, which a run does not give.
  package func closedLoop(_ result: ProjectionReport) throws(FanChartError) -> FanChart? {
    let bands = result.closedLoop
    let days = bands.compactMap { Self.lastDay(String($0.period.suffix(7))) }
    guard days.count > 1, days.count == bands.count else { return nil }
    return try FanChart(
      Caption("Closed-loop share of each year", subtitle: subtitle),
      days: days,
      quantiles: quantiles(
        bands.map(\.p05),
        bands.map(\.p25),
        bands.map(\.p50),
        bands.map(\.p75),
        bands.map(\.p95)
      ),
      format: { share in
        let text = Figures.decimal(share * 100, digits: 1)
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
      }
    )
  }

  /// The cash of a party at the end of each month of a run.
  ///
  /// - Parameters:
  ///   - party: What the run says of it.
  ///   - middle: The path on which every draw takes its middle.
  /// - Returns: The chart.
  /// - Throws: ``FanChartError``, which a run does not give.
  package func cash(
    of party: ProjectionReport.Party,
    middle: CentralPath
  ) throws(FanChartError) -> FanChart {
    let name = names.shortName(party.id)
    let failure = middle.events.first { $0.failed == party.id }
    let events = [failure].compactMap(\.self).compactMap { event in
      Self.lastDay(event.month).map { FanChart.Event(day: $0, label: "fails, all draws middle") }
    }
    return try FanChart(
      Caption("Cash of \(name) at the end of each month", subtitle: subtitle),
      days: party.cash.compactMap { Self.lastDay($0.month) },
      quantiles: quantiles(
        party.cash.map(\.p05),
        party.cash.map(\.p25),
        party.cash.map(\.p50),
        party.cash.map(\.p75),
        party.cash.map(\.p95)
      ),
      events: events,
      format: { Figures.dollars($0) }
    )
  }

  private func quantiles(_ values: [Double]...) -> [FanChart.Quantile] {
    zip([0.05, 0.25, 0.5, 0.75, 0.95], values).map { FanChart.Quantile(level: $0, values: $1) }
  }

  /// What moves the outside money needed; `nil` where nothing is left to chance.
  package func tornado(_ drivers: [Driver]) -> Tornado? {
    guard let base = drivers.first?.mean else { return nil }
    return Tornado(
      Caption("What moves the outside money needed", subtitle: subtitle),
      base: base,
      baseLabel: "mean",
      swings: drivers.map {
        Tornado.Sensitivity(label: $0.words(names), low: $0.low, high: $0.high)
      },
      top: 15,
      format: { Figures.dollars($0) }
    )
  }

  private func swings(_ drivers: [Driver]) -> [PageContent.Picture] {
    guard let chart = tornado(drivers) else { return [] }
    return [
      picture(
        chart.picture,
        "tornado",
        "What moves the outside money needed",
        "The mean need on the fifth of the paths on which a figure is least, and on the fifth on which it "
          + "is most; all else is left to chance."
      )
    ]
  }

  private func picture(
    _ draw: (ChartOptions) -> Picture,
    _ id: String,
    _ title: String,
    _ caption: String
  ) -> PageContent.Picture {
    let id = prefix + id
    let options = ChartOptions(id: "drawing-\(id)", width: 1_040, hasStyle: hasStyle)
    let svg = draw(options).svg
    return PageContent.Picture(id: id, title: title, caption: caption, svg: svg)
  }

  /// The last day of a month written `2026-09`.
  private static func lastDay(_ month: String) -> ChartDay? {
    let parts = month.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    let (year, next) = parts[1] == 12 ? (parts[0] + 1, 1) : (parts[0], parts[1] + 1)
    return ChartDay(year: year, month: next, day: 1).map { ChartDay(number: $0.number - 1) }
  }
}

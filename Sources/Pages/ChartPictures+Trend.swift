package import Drawing
package import Reports

extension ChartPictures {
  /// How much of each dollar lies on loops, period by period, on every footing with its range; what was known when a
  /// period ended stands beside what is known now.
  ///
  /// - Parameter trend: The trend.
  /// - Returns: The chart: a section for each footing, a row for each period.
  package static func trend(of trend: TrendReport) -> RangeChart {
    let kinds = trend.points.first?.now.footings.map(\.footing) ?? []
    let rows = kinds.flatMap { kind in
      trend.points.filter { ($0.now[kind]?.totalRange.high ?? 0) > 0 }.enumerated()
        .compactMap { place, point in row(point, kind, opensSection: place == 0) }
    }
    return RangeChart(
      Caption("How much of each dollar lies on loops", subtitle: "as known on \(trend.asOf)"),
      rows: rows,
      readingMeans: "as known when the period ended",
      format: { Figures.percent($0) }
    )
  }

  private static func row(
    _ point: TrendReport.Point,
    _ kind: Footing.Kind,
    opensSection: Bool
  ) -> RangeChart.Row? {
    guard let line = point.now[kind] else { return nil }
    let section = opensSection ? kind.rawValue : ""
    let paid = Figures.dollars(line.totalRange.low, line.totalRange.high)
    guard !point.now.isWithheld else {
      return RangeChart.Row(
        section: section,
        label: point.period,
        detail: "of \(paid)",
        value: nil,
        text: "too little is told"
      )
    }
    let then = point.then.flatMap { account in
      account.isWithheld ? nil : account[kind].map { (line: $0, day: account.asOf) }
    }
    return RangeChart.Row(
      section: section,
      label: point.period,
      detail: "of \(paid)",
      value: line.share,
      range: line.shareRange.low...max(line.shareRange.low, line.shareRange.high),
      readings: then.map {
        [RangeChart.Reading(value: $0.line.share, label: "as known on \($0.day)")]
      } ?? []
    )
  }
}

package import Drawing
package import Reports

extension ChartPictures {
  /// What a party said it would spend beside what came of it: a row for each figure and period, what came as its bar, and
  /// every telling of the plan beside it.
  ///
  /// - Parameters:
  ///   - plans: The plans of one party.
  ///   - asOf: The day.
  ///   - links: Where marks lead.
  /// - Returns: The chart; `nil` where nothing was planned in dollars.
  package static func plans(
    _ plans: [PlanLine],
    asOf: String,
    links: FlowPictures.Links
  ) -> RangeChart? {
    let rows = plans.compactMap { plan -> RangeChart.Row? in
      let tellings = plan.tellings.compactMap { telling in
        telling.dollars.map {
          RangeChart.Reading(
            value: $0,
            label: "\(telling.teller), \(telling.reported)",
            href: links.row(telling.id)
          )
        }
      }
      guard !tellings.isEmpty else { return nil }
      let outcome = plan.outcome
      let isPart = (outcome?.coverage ?? 1) < 0.995
      return RangeChart.Row(
        label: "\(plan.metric) \(plan.period)",
        detail: outcome == nil ? "nothing told" : isPart ? "so far" : "",
        value: outcome.map { ($0.low + $0.high) / 2 },
        range: outcome.map { $0.low...max($0.low, $0.high) },
        text: outcome?.value,
        readings: tellings,
        href: outcome?.evidence.first.flatMap(links.row)
      )
    }
    guard !rows.isEmpty else { return nil }
    return RangeChart(
      Caption("Planned, and what came of it", subtitle: "as known on \(asOf)"),
      rows: rows,
      readingMeans: "planned",
      format: { Figures.dollars($0) }
    )
  }
}

package import Claims
package import Drawing
internal import Reports

extension ChartPictures {
  /// What is said of one party's accounts over time, in dollars: a chart for each metric, a row for each period.
  ///
  /// - Parameters:
  ///   - view: The book as seen.
  ///   - party: The party.
  ///   - least: The fewest periods of which a chart is drawn.
  ///   - links: Where marks lead.
  /// - Returns: The metrics with their charts, in the order of metrics.
  package static func facts(
    of view: View,
    party: String,
    least: Int = 2,
    links: FlowPictures.Links
  ) -> [(metric: String, chart: RangeChart)] {
    let series = view.factSeries().filter { $0.key.party == party && $0.key.counterparty == nil }
      .sorted { $0.key < $1.key }
    return series.compactMap { key, readings in
      let rows = readings.sorted {
        ($0.period.first, $0.period.last) < ($1.period.first, $1.period.last)
      }
      .compactMap { row($0, view, links) }
      guard rows.count >= least, key.part.isEmpty else { return nil }
      let chart = RangeChart(
        Caption(key.metric.rawValue, subtitle: "as known on \(view.request.asOf)"),
        rows: rows,
        startsAtZero: true,
        format: { Figures.dollars($0) }
      )
      return (key.metric.rawValue, chart)
    }
  }

  private static func row(
    _ reading: FactReading,
    _ view: View,
    _ links: FlowPictures.Links
  ) -> RangeChart.Row? {
    guard let (low, high) = dollars(reading.standing) else { return nil }
    let others = reading.contested.compactMap { fact -> RangeChart.Reading? in
      guard let (low, high) = dollars(fact) else { return nil }
      let teller = fact.teller.map(view.name) ?? view.source(fact.source)?.publisher ?? fact.source
      return RangeChart.Reading(value: (low + high) / 2, label: teller, href: links.row(fact.id))
    }
    return RangeChart.Row(
      label: reading.period.description,
      detail: reading.pen == .stated ? "" : reading.pen.rawValue,
      value: low == high ? low : nil,
      range: low...max(low, high),
      text: Figures.dollars(low, high),
      readings: others,
      href: links.row(reading.standing.id)
    )
  }

  /// What a fact says in dollars; `nil` of other units, and where a bound is open.
  private static func dollars(_ fact: Fact) -> (low: Double, high: Double)? {
    guard let amount = fact.amount, amount.currency == .usDollar, let low = amount.low,
      let high = amount.high
    else { return nil }
    let unit = Double(amount.currency.minorUnitsPerUnit)
    return (Double(low) / unit, Double(high) / unit)
  }
}

/// Many possible courses over time as bands of quantiles around a line in the middle.
package struct FanChart: Sendable {
  /// The values below which a share of the courses stays.
  package struct Quantile: Sendable {
    /// The share of courses below, 0 to 1; 0.5 is the median.
    package let level: Double
    /// The value on each of the chart's days.
    package let values: [Double]

    /// The values below which a share of the courses stays.
    ///
    /// - Parameters:
    ///   - level: The share of courses below, 0 to 1.
    ///   - values: The value on each of the chart's days.
    package init(level: Double, values: [Double]) {
      self.level = level
      self.values = values
    }
  }

  /// A day to mention.
  package struct Event: Sendable {
    /// The day.
    package let day: ChartDay
    /// What happens.
    package let label: String
    /// Where it leads.
    package let href: String?

    /// A day to mention.
    ///
    /// - Parameters:
    ///   - day: The day.
    ///   - label: What happens.
    ///   - href: Where it leads.
    package init(day: ChartDay, label: String, href: String? = nil) {
      self.day = day
      self.label = label
      self.href = href
    }
  }

  /// Its words.
  package let caption: Caption
  /// The days, ascending.
  package let days: [ChartDay]
  /// The quantiles, by level.
  package let quantiles: [Quantile]
  /// Days to mention.
  package let events: [Event]
  /// Where the whole leads.
  package let href: String?
  /// How a value is written.
  package let format: @Sendable (Double) -> String

  /// Many possible courses over time.
  ///
  /// - Parameters:
  ///   - caption: Its words.
  ///   - days: The days, ascending.
  ///   - quantiles: The quantiles in any order, each with a value for every day.
  ///   - events: Days to mention.
  ///   - href: Where the whole leads.
  ///   - format: How a value is written.
  /// - Throws: ``FanChartError`` where days are not in order, or a quantile has too few values, a
  ///   value that is no number, or a level beyond 0 to 1.
  package init(
    _ caption: Caption,
    days: [ChartDay],
    quantiles: [Quantile],
    events: [Event] = [],
    href: String? = nil,
    format: @escaping @Sendable (Double) -> String
  ) throws(FanChartError) {
    for index in days.indices.dropFirst() where days[index] <= days[index - 1] {
      throw .daysNotAscending(days[index])
    }
    for quantile in quantiles {
      guard (0...1).contains(quantile.level) else { throw .badLevel(quantile.level) }
      guard quantile.values.count == days.count, quantile.values.allSatisfy(\.isFinite) else {
        throw .badValues(level: quantile.level)
      }
    }
    self.caption = caption
    self.days = days
    self.quantiles = quantiles.enumerated()
      .sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }.map(\.element)
    self.events = events
    self.href = href
    self.format = format
  }
}

/// Why courses cannot be drawn.
package enum FanChartError: Error, Equatable {
  /// The day is not after the one before it.
  case daysNotAscending(ChartDay)
  /// The level is not between 0 and 1.
  case badLevel(Double)
  /// The quantile has not one number for each day.
  case badValues(level: Double)
}

/// The words of a chart.
package struct Caption: Sendable {
  /// What it is called; drawn at its head.
  package let title: String
  /// A line or two below the title: period, day, unit.
  package let subtitle: String
  /// What to keep in mind; drawn at its foot.
  package let note: String
  /// What it shows, for who cannot see it; what the marks say follows by itself.
  package let description: String

  /// The words of a chart.
  ///
  /// - Parameters:
  ///   - title: What it is called.
  ///   - subtitle: Period, day, unit.
  ///   - note: What to keep in mind.
  ///   - description: What it shows, for who cannot see it.
  package init(_ title: String, subtitle: String = "", note: String = "", description: String = "")
  {
    self.title = title
    self.subtitle = subtitle
    self.note = note
    self.description = description
  }
}

/// How a chart is set.
package struct ChartOptions: Sendable {
  /// What stands before every identifier; different for each drawing of a page.
  package var id: String
  /// The width, 320 at least; the height follows.
  ///
  /// Below 680 labels stand above their rows.
  package var width: Double
  /// Whether title and subtitle are drawn.
  package var hasTitle: Bool
  /// Whether the drawing carries its style sheet; `false` where the page does.
  package var hasStyle: Bool

  /// How a chart is set.
  ///
  /// - Parameters:
  ///   - id: What stands before every identifier.
  ///   - width: The width, 320 at least.
  ///   - hasTitle: Whether title and subtitle are drawn.
  ///   - hasStyle: Whether it carries its style sheet.
  package init(id: String, width: Double = 960, hasTitle: Bool = true, hasStyle: Bool = true) {
    self.id = id
    self.width = width
    self.hasTitle = hasTitle
    self.hasStyle = hasStyle
  }
}

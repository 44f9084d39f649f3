/// Ranges side by side: how low and how high, where it stands, and what others say.
///
/// It serves readings of disputed deals, measures with their ranges, and what moves a measure.
package struct RangeChart: Sendable {
  /// A reading beside the standing one.
  package struct Reading: Sendable {
    /// Its value.
    package let value: Double
    /// Who says so, or under what; the value follows.
    package let label: String
    /// Where it leads.
    package let href: String?

    /// A reading beside the standing one.
    ///
    /// - Parameters:
    ///   - value: Its value.
    ///   - label: Who says so, or under what.
    ///   - href: Where it leads.
    package init(value: Double, label: String, href: String? = nil) {
      self.value = value
      self.label = label
      self.href = href
    }
  }

  /// A row.
  package struct Row: Sendable {
    /// The section it opens; empty for none.
    package let section: String
    /// Its name.
    package let label: String
    /// What it rests on.
    package let detail: String
    /// Where it stands; `nil` where nobody knows.
    package let value: Double?
    /// The range it lies in.
    package let range: ClosedRange<Double>?
    /// How it is written, such as `4 % of $241bn`; value by default.
    package let text: String?
    /// What others say, which makes the row disputed.
    package let readings: [Reading]
    /// Where it leads.
    package let href: String?

    /// A row.
    ///
    /// - Parameters:
    ///   - section: The section it opens; empty for none.
    ///   - label: Its name.
    ///   - detail: What it rests on.
    ///   - value: Where it stands; `nil` where nobody knows.
    ///   - range: The range it lies in.
    ///   - text: How it is written.
    ///   - readings: What others say.
    ///   - href: Where it leads.
    package init(
      section: String = "",
      label: String,
      detail: String = "",
      value: Double?,
      range: ClosedRange<Double>? = nil,
      text: String? = nil,
      readings: [Reading] = [],
      href: String? = nil
    ) {
      self.section = section
      self.label = label
      self.detail = detail
      self.value = value
      self.range = range
      self.text = text
      self.readings = readings
      self.href = href
    }
  }

  /// Its words.
  package let caption: Caption
  /// The rows.
  package let rows: [Row]
  /// A value all rows are held against, such as the share as it stands, with its name.
  package let base: (value: Double, label: String)?
  /// What a reading beside the standing one is.
  package let readingMeans: String
  /// Whether the scale begins at zero.
  package let startsAtZero: Bool
  /// How a value is written.
  package let format: @Sendable (Double) -> String

  /// Ranges side by side.
  ///
  /// - Parameters:
  ///   - caption: Its words.
  ///   - rows: The rows.
  ///   - base: A value all rows are held against, with its name.
  ///   - readingMeans: What a reading beside the standing one is, for the legend.
  ///   - startsAtZero: Whether the scale begins at zero.
  ///   - format: How a value is written, such as `4 %` or `$1.3bn`.
  package init(
    _ caption: Caption,
    rows: [Row],
    base: (value: Double, label: String)? = nil,
    readingMeans: String = "another reading: disputed",
    startsAtZero: Bool = true,
    format: @escaping @Sendable (Double) -> String
  ) {
    self.caption = caption
    self.rows = rows
    self.base = base
    self.readingMeans = readingMeans
    self.startsAtZero = startsAtZero
    self.format = format
  }

  /// The drawing.
  ///
  /// - Parameter options: How it is set.
  /// - Returns: The drawing.
  package func picture(_ options: ChartOptions) -> Picture {
    var sheet = Sheet(caption, options)
    var domain = rows.flatMap { row in
      [row.value, row.range?.lowerBound, row.range?.upperBound].compactMap { $0 }
        + row.readings.map(\.value)
    }
    if startsAtZero { domain.append(0) }
    if let base { domain.append(base.value) }
    var plot = RowPlot(rows: rows.map(plotted), domain: domain, format: format)
    plot.base = base.map { ($0.value, $0.label) }
    plot.draw(on: &sheet)
    legend(on: &sheet)
    return sheet.picture()
  }

  private func plotted(_ row: Row) -> RowPlot.Row {
    let standing = row.text ?? row.value.map { format($0) } ?? "unknown"
    var values = [LabelLine(standing, .amount)]
    let range = row.range.map { inWords($0) }
    if let range, range != standing { values.append(LabelLine(range, .small, .muted)) }
    let others = row.readings.map { "\($0.label) \(format($0.value))" }
    var words = row.label + ": " + standing
    if let range { words += ", range " + range }
    if !others.isEmpty { words += "; disputed: " + others.joined(separator: ", ") }
    if !row.detail.isEmpty { words += "; " + row.detail }
    return RowPlot.Row(
      section: row.section,
      label: row.label,
      detail: row.detail,
      values: values,
      href: row.href,
      words: words,
      notes: row.readings.map { note($0, of: row) }
    ) { scale, y, sheet in
      draw(row, scale, y, on: &sheet)
    }
  }

  private func inWords(_ range: ClosedRange<Double>) -> String {
    let low = format(range.lowerBound)
    let high = format(range.upperBound)
    return low == high ? low : low + " – " + high
  }

  private func note(_ reading: Reading, of row: Row) -> RowPlot.Note {
    let text = "\(format(reading.value)) \(reading.label)"
    return RowPlot.Note(
      value: reading.value,
      text: text,
      href: reading.href ?? row.href,
      words: "\(row.label), \(readingMeans.prefix { $0 != ":" }): \(text)",
      glyph: .diamond
    )
  }

  private func draw(
    _ row: Row,
    _ scale: NumberScale,
    _ y: Double,
    on sheet: inout Sheet
  ) -> [Element] {
    var elements: [Element] = []
    if let range = row.range {
      let low = scale.place(range.lowerBound)
      let high = scale.place(range.upperBound)
      let box = Box(x: low, y: y - 6, width: max(high - low, 1.5), height: 12)
      elements.append(Sheet.rect(box, "f0 band"))
      for x in [low, high] {
        elements.append(Sheet.line(Point(x, y - 7), Point(x, y + 7), "l0", width: 2))
      }
    }
    if !row.readings.isEmpty { elements += split(row, scale, y, on: &sheet) }
    if let value = row.value, value.isFinite {
      elements.append(
        Element(
          "circle",
          ["cx": .number(scale.place(value)), "cy": .number(y), "r": 5.5, "class": "f0 ls"]
        )
      )
    }
    return elements
  }

  /// A hatched line from the standing value to what others say.
  private func split(
    _ row: Row,
    _ scale: NumberScale,
    _ y: Double,
    on sheet: inout Sheet
  ) -> [Element] {
    let places = (row.readings.map(\.value) + (row.value.map { [$0] } ?? []))
      .map { scale.place($0) }
    guard let low = places.min(), let high = places.max() else { return [] }
    return [Sheet.line(Point(low, y), Point(high, y), "l0 dash", width: 2)]
  }

  private func legend(on sheet: inout Sheet) {
    var legend = Legend()
    if rows.contains(where: { $0.value != nil }) {
      legend.add("as it stands") { box in
        [
          Element(
            "circle",
            ["cx": .number(box.centre.x), "cy": .number(box.centre.y), "r": 5.5, "class": "f0 ls"]
          )
        ]
      }
    }
    if rows.contains(where: { $0.range != nil }) {
      legend.add("range") { [Sheet.rect($0, "f0 band")] }
    }
    if rows.contains(where: { !$0.readings.isEmpty }) {
      legend.add(readingMeans) { Glyph.diamond.elements(at: $0.centre, .hollow) }
    }
    legend.draw(on: &sheet)
  }
}

/// Measures of one network side by side: a dot and its range on an axis from 0 to 100 %.
package struct MeasuresPanel: Sendable {
  /// A measure.
  package struct Measure: Sendable {
    /// Its name.
    package let label: String
    /// What it is a share of, or how to read it.
    package let detail: String
    /// The measure as a fraction; `nil` where it is no share, and its text alone is shown.
    package let share: Double?
    /// The range it lies in, as fractions.
    package let range: ClosedRange<Double>?
    /// How it is written; by default in percent.
    package let text: String
    /// Where it leads.
    package let href: String?

    /// A measure.
    ///
    /// - Parameters:
    ///   - label: Its name.
    ///   - detail: What it is a share of, or how to read it.
    ///   - share: The measure as a fraction; `nil` where it is no share.
    ///   - range: The range it lies in, as fractions.
    ///   - text: How it is written; in percent where it is not given.
    ///   - href: Where it leads.
    package init(
      label: String,
      detail: String = "",
      share: Double?,
      range: ClosedRange<Double>? = nil,
      text: String? = nil,
      href: String? = nil
    ) {
      self.label = label
      self.detail = detail
      self.share = share
      self.range = range
      self.text = text ?? share.map { percent($0) } ?? "unknown"
      self.href = href
    }
  }

  /// Measures under one heading.
  package struct Section: Sendable {
    /// The heading; empty for none.
    package let label: String
    /// The measures.
    package let measures: [Measure]

    /// Measures under one heading.
    ///
    /// - Parameters:
    ///   - label: The heading; empty for none.
    ///   - measures: The measures.
    package init(_ label: String = "", measures: [Measure]) {
      self.label = label
      self.measures = measures
    }
  }

  /// Its words.
  package let caption: Caption
  /// The measures.
  package let sections: [Section]

  /// Measures side by side.
  ///
  /// - Parameters:
  ///   - caption: Its words.
  ///   - sections: The measures.
  package init(_ caption: Caption, sections: [Section]) {
    self.caption = caption
    self.sections = sections
  }

  /// The drawing.
  ///
  /// - Parameter options: How it is set.
  /// - Returns: The drawing.
  package func picture(_ options: ChartOptions) -> Picture {
    var sheet = Sheet(caption, options)
    let rows = sections.flatMap { section in
      section.measures.enumerated().map { row($1, section: $0 == 0 ? section.label : "") }
    }
    var plot = RowPlot(rows: rows, domain: [0, 1], format: { percent($0) })
    plot.keepsEnds = true
    plot.draw(on: &sheet)
    return sheet.picture()
  }

  private func row(_ measure: Measure, section: String) -> RowPlot.Row {
    let range = measure.range.map { percentRange($0) }
    var values = [LabelLine(measure.text, .amount)]
    if let range { values.append(LabelLine(range, .small, .muted)) }
    let words = measure.label + ": " + measure.text + (range.map { ", range " + $0 } ?? "")
    return RowPlot.Row(
      section: section,
      label: measure.label,
      detail: measure.detail,
      values: values,
      href: measure.href,
      words: measure.detail.isEmpty ? words : words + ", " + measure.detail
    ) { scale, y, _ in
      draw(measure, scale, y)
    }
  }

  private func draw(_ measure: Measure, _ scale: NumberScale, _ y: Double) -> [Element] {
    let track = Sheet.rect(
      Box(x: scale.from, y: y - 1.5, width: scale.to - scale.from, height: 3),
      "ff"
    )
    guard let share = measure.share, share.isFinite else { return [] }
    let x = scale.place(share)
    let stem = Sheet.rect(Box(x: scale.from, y: y - 1.5, width: x - scale.from, height: 3), "f0")
    var elements = [track, stem]
    if let range = measure.range {
      let low = scale.place(range.lowerBound)
      let width = max(scale.place(range.upperBound) - low, 1.5)
      elements.append(Sheet.rect(Box(x: low, y: y - 6, width: width, height: 12), "f0 band"))
    }
    if share > scale.high {
      elements += Glyph.arrow.elements(at: Point(x + 3, y), radius: 5.5)
    } else {
      elements.append(
        Element("circle", ["cx": .number(x), "cy": .number(y), "r": 5, "class": "f0 ls"])
      )
    }
    return elements
  }
}

/// A fraction in words: `4 %`, `0.3 %`.
func percent(_ share: Double) -> String {
  let value = share * 100
  let isSmall = value.magnitude < 0.95 && value != 0
  let text = decimal(value, decimals: isSmall ? 1 : 0)
  return (text == "0" && value > 0 ? "under 0.1" : text) + " %"
}

/// A range of fractions in words: `3 – 5 %`.
func percentRange(_ range: ClosedRange<Double>) -> String {
  let decimals = range.upperBound - range.lowerBound < 0.02 ? 1 : 0
  let ends = [range.lowerBound, range.upperBound].map { decimal($0 * 100, decimals: decimals) }
  return ends[0] == ends[1] ? ends[0] + " %" : ends[0] + " – " + ends[1] + " %"
}

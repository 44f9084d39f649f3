/// What moves a result most: bars from the result at the low end of an input to that at its high
/// end, the widest first.
package struct Tornado: Sendable {
  /// An input that is moved, all else standing.
  package struct Sensitivity: Sendable {
    /// The input.
    package let label: String
    /// What it rests on.
    package let detail: String
    /// The result where the input is low.
    package let low: Double
    /// The result where the input is high.
    package let high: Double
    /// The input where it is low, such as `cost 60 %`; empty for none.
    package let lowInput: String
    /// The input where it is high.
    package let highInput: String
    /// Where it leads.
    package let href: String?

    /// An input that is moved.
    ///
    /// - Parameters:
    ///   - label: The input.
    ///   - detail: What it rests on.
    ///   - low: The result where the input is low.
    ///   - high: The result where the input is high.
    ///   - lowInput: The input where it is low, in words.
    ///   - highInput: The input where it is high, in words.
    ///   - href: Where it leads.
    package init(
      label: String,
      detail: String = "",
      low: Double,
      high: Double,
      lowInput: String = "",
      highInput: String = "",
      href: String? = nil
    ) {
      self.label = label
      self.detail = detail
      self.low = low
      self.high = high
      self.lowInput = lowInput
      self.highInput = highInput
      self.href = href
    }

    var width: Double { (high - low).magnitude }
  }

  /// Its words.
  package let caption: Caption
  /// The result as it stands.
  package let base: Double
  /// What the result is called.
  package let baseLabel: String
  /// The inputs, in any order.
  package let swings: [Sensitivity]
  /// How many to draw.
  package let top: Int
  /// How a result is written.
  package let format: @Sendable (Double) -> String

  /// What moves a result most.
  ///
  /// - Parameters:
  ///   - caption: Its words.
  ///   - base: The result as it stands.
  ///   - baseLabel: What the result is called.
  ///   - swings: The inputs, in any order.
  ///   - top: How many to draw.
  ///   - format: How a result is written.
  package init(
    _ caption: Caption,
    base: Double,
    baseLabel: String,
    swings: [Sensitivity],
    top: Int = 20,
    format: @escaping @Sendable (Double) -> String
  ) {
    self.caption = caption
    self.base = base
    self.baseLabel = baseLabel
    self.swings = swings
    self.top = top
    self.format = format
  }

  /// The drawing.
  ///
  /// - Parameter options: How it is set.
  /// - Returns: The drawing.
  package func picture(_ options: ChartOptions) -> Picture {
    var sheet = Sheet(caption, options)
    let known = swings.filter { $0.low.isFinite && $0.high.isFinite }
    let ranked = known.indices.sorted { (known[$1].width, $0) < (known[$0].width, $1) }
      .prefix(max(top, 1)).map { known[$0] }
    let domain = ranked.flatMap { [$0.low, $0.high] } + [base]
    var plot = RowPlot(rows: ranked.map(row), domain: domain, format: format)
    plot.base = (base, baseLabel + " " + format(base))
    plot.padding = min(ends(ranked), sheet.width * 0.14)
    plot.keepsEnds = true
    plot.draw(on: &sheet)
    if known.count > ranked.count {
      sheet.paragraph("And \(known.count - ranked.count) that move it less.", .small, .muted)
    }
    legend(on: &sheet)
    return sheet.picture()
  }

  /// The room that the widest label beside a bar takes.
  private func ends(_ swings: [Sensitivity]) -> Double {
    let texts = swings.flatMap { [format($0.low), format($0.high)] }
    return (texts.map { FontMetrics.width($0, .small) }.max() ?? 0) + 8
  }

  private func row(_ swing: Sensitivity) -> RowPlot.Row {
    let inputs = [swing.lowInput, swing.highInput].filter { !$0.isEmpty }
    let detail = [swing.detail, inputs.joined(separator: " to ")].filter { !$0.isEmpty }
      .joined(separator: " · ")
    let words = """
      \(swing.label): \(format(swing.low)) at its low end, \(format(swing.high)) at its high end\
      \(detail.isEmpty ? "" : "; " + detail)
      """
    return RowPlot.Row(
      label: swing.label,
      detail: detail,
      values: [],
      href: swing.href,
      words: words
    ) { scale, y, sheet in
      draw(swing, scale, y, on: &sheet)
    }
  }

  private func draw(
    _ swing: Sensitivity,
    _ scale: NumberScale,
    _ y: Double,
    on sheet: inout Sheet
  ) -> [Element] {
    let middle = scale.place(base)
    let low = scale.place(swing.low)
    let high = scale.place(swing.high)
    label(swing, scale, y, on: &sheet)
    let bars = [
      bar(middle, low, y, group: 1, on: &sheet), bar(middle, high, y, group: 0, on: &sheet),
    ]
    // Where both ends lie on one side, the longer bar goes below.
    let isLowLonger = (low - middle).magnitude >= (high - middle).magnitude
    return isLowLonger ? bars[0] + bars[1] : bars[1] + bars[0]
  }

  private func bar(
    _ from: Double,
    _ to: Double,
    _ y: Double,
    group: Int,
    on sheet: inout Sheet
  ) -> [Element] {
    let width = (to - from).magnitude
    guard width > 0 else { return [] }
    let box = Box(x: min(from, to), y: y - 7, width: width, height: 14)
    return Hatch.area(box, group: group, on: &sheet)
  }

  /// The results beside the ends of the bar.
  private func label(_ swing: Sensitivity, _ scale: NumberScale, _ y: Double, on sheet: inout Sheet)
  {
    let least = min(swing.low, swing.high)
    let most = max(swing.low, swing.high)
    let room = scale.from - sheet.left
    let left = scale.place(min(least, base)) - 5
    let right = scale.place(max(most, base)) + 5
    if least < base || least == most {
      let position = LabelPosition(Point(left, y), .end, .middle, room: room)
      sheet.text(LabelLine(format(least), .small), at: position)
    }
    if most > base {
      let position = LabelPosition(Point(right, y), .start, .middle, room: room)
      sheet.text(LabelLine(format(most), .small), at: position)
    }
  }

  private func legend(on sheet: inout Sheet) {
    guard !swings.isEmpty else { return }
    var legend = Legend()
    let low = Hatch.pattern(1, on: &sheet)
    legend.add("input at its low end") { box in
      [Sheet.rect(box, "f1")] + (low.map { [Hatch.over(box, $0)] } ?? [])
    }
    legend.add("at its high end") { [Sheet.rect($0, "f0")] }
    legend.draw(on: &sheet)
  }
}

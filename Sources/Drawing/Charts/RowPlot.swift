/// Rows with a label, a plot on one scale, and a text: what measures, ranges and swings share.
struct RowPlot {
  /// A row: what stands beside its plot, and how it is drawn.
  struct Row {
    /// The name of the section it opens; empty for none.
    var section = ""
    var label: String
    var detail: String
    /// What stands to the right, line by line.
    var values: [LabelLine]
    var href: String?
    /// Read aloud and shown on hover.
    var words: String
    /// Marks with a label of their own below the bar.
    var notes: [Note] = []
    /// Draws the marks around a line, given the scale and the middle of the row.
    var draw: (NumberScale, Double, inout Sheet) -> [Element]
  }

  /// A labelled mark in the plot.
  struct Note {
    let value: Double
    let text: String
    let href: String?
    let words: String
    let glyph: Glyph
  }

  let rows: [Row]
  let domain: [Double]
  let format: (Double) -> String
  /// A line through all rows, and what it is called.
  var base: (value: Double, text: String)?
  var keepsEnds = false
  /// Room within the plot at both ends, for labels beside bars.
  var padding = 0.0

  private struct Columns {
    let label: Double
    let values: Double
    let plotLeft: Double
    let plotRight: Double
  }

  func draw(on sheet: inout Sheet) {
    guard !rows.isEmpty else {
      sheet.paragraph("Nothing to show.", .label, .muted)
      return
    }
    let columns = columns(sheet)
    let raw = NumberScale(
      domain,
      from: columns.plotLeft + 8 + padding,
      to: columns.plotRight - 8 - padding
    )
    let spacing = max(64, domain.map { FontMetrics.width(format($0), .small) + 18 }.max() ?? 0)
    let scale = keepsEnds ? raw : raw.rounded(every: spacing)
    let ticks = ticks(scale, spacing)
    axis(ticks, scale, on: &sheet)
    let top = sheet.y
    var marks: [Element] = []
    var spans: [(top: Double, bottom: Double)] = []
    for row in rows {
      marks += draw(row, scale, columns, &spans, on: &sheet)
    }
    if !sheet.isNarrow { spans = [(top - 4, sheet.y)] }
    grid(ticks, scale, from: top, on: &sheet)
    baseLine(scale, spans, on: &sheet)
    sheet.add(marks)
    sheet.y += 6
  }

  private func columns(_ sheet: Sheet) -> Columns {
    let needed = rows.flatMap(\.values).map { FontMetrics.width($0.text, $0.style) }.max() ?? 0
    let values = min(needed, sheet.width * (sheet.isNarrow ? 0.45 : 0.24))
    guard !sheet.isNarrow else {
      return Columns(
        label: sheet.right - sheet.left - values - 10,
        values: values,
        plotLeft: sheet.left,
        plotRight: sheet.right
      )
    }
    let widest =
      rows.map { row in
        max(FontMetrics.width(row.label, .label), FontMetrics.width(row.detail, .small))
      }.max() ?? 0
    let label = min(max(widest, 80), sheet.width * 0.34)
    return Columns(
      label: label,
      values: values,
      plotLeft: sheet.left + label + 12,
      plotRight: sheet.right - values - 12
    )
  }

  /// Ticks whose labels stand apart and within the canvas.
  private func ticks(_ scale: NumberScale, _ spacing: Double) -> [Double] {
    scale.ticks(every: spacing)
  }

  private func axis(_ ticks: [Double], _ scale: NumberScale, on sheet: inout Sheet) {
    if let base, !base.text.isEmpty {
      let half = FontMetrics.width(base.text, .amount) / 2
      let x = min(max(scale.place(base.value), sheet.left + half), sheet.right - half)
      let position = LabelPosition(Point(x, sheet.y), .middle, .top)
      sheet.text(LabelLine(base.text, .amount), at: position)
      sheet.y += 17
    }
    var end = -Double.infinity
    for tick in ticks {
      let text = format(tick)
      let half = FontMetrics.width(text, .small) / 2
      let x = min(max(scale.place(tick), sheet.left + half), sheet.right - half)
      guard x - half >= end + 4 else { continue }
      let position = LabelPosition(Point(x, sheet.y), .middle, .top)
      sheet.text(LabelLine(text, .small, .muted), at: position)
      end = x + half
    }
    sheet.y += 18
  }

  private func grid(
    _ ticks: [Double],
    _ scale: NumberScale,
    from top: Double,
    on sheet: inout Sheet
  ) {
    for tick in ticks {
      let x = scale.place(tick)
      sheet.add(Sheet.rect(Box(x: x - 0.5, y: top, width: 1, height: sheet.y - top), "ff"))
    }
    sheet.add(Sheet.line(Point(scale.from, top), Point(scale.to, top), "ln"))
  }

  /// The line all rows are held against; broken where texts stand above the rows.
  private func baseLine(
    _ scale: NumberScale,
    _ spans: [(top: Double, bottom: Double)],
    on sheet: inout Sheet
  ) {
    guard let base else { return }
    let x = scale.place(base.value)
    for span in spans {
      sheet.add(Sheet.line(Point(x, span.top), Point(x, span.bottom), "li", width: 1.4))
    }
  }

  /// One row; its marks come back, to lie over the grid.
  private func draw(
    _ row: Row,
    _ scale: NumberScale,
    _ columns: Columns,
    _ spans: inout [(top: Double, bottom: Double)],
    on sheet: inout Sheet
  ) -> [Element] {
    if !row.section.isEmpty { section(row.section, on: &sheet) }
    sheet.y += 4
    let top = sheet.y
    let text = texts(row, columns, on: &sheet)
    let middle = sheet.isNarrow ? top + text + 9 : top + max(text, 18) / 2
    let barsEnd = sheet.isNarrow ? top + text + 18 : top + max(text, 18)
    var marks = [Element.mark(row.words, to: row.href, "x", row.draw(scale, middle, &sheet))]
    sheet.y = middle + 9
    marks += notes(row.notes, scale, columns, middle, on: &sheet)
    sheet.y = max(sheet.y, barsEnd) + 4
    spans.append((middle - 10, sheet.y - 2))
    sheet.say(row.words + ".")
    return marks
  }

  private func section(_ name: String, on sheet: inout Sheet) {
    sheet.y += 8
    let room = sheet.right - sheet.left
    let position = LabelPosition(Point(sheet.left, sheet.y), .start, .top, room: room)
    sheet.text(LabelLine(name, .strong), at: position)
    sheet.y += 17
  }

  /// The texts beside a row; how high they stand.
  private func texts(_ row: Row, _ columns: Columns, on sheet: inout Sheet) -> Double {
    var lines = FontMetrics.lines(row.label, .label, within: columns.label, most: 3)
      .map { LabelLine($0, .label) }
    lines += FontMetrics.lines(row.detail, .small, within: columns.label, most: 2)
      .map { LabelLine($0, .small, .muted) }
    let left = column(lines, x: sheet.left, .start, room: columns.label, row.href, on: &sheet)
    let right = column(row.values, x: sheet.right, .end, room: columns.values, nil, on: &sheet)
    return max(left, right)
  }

  private func column(
    _ lines: [LabelLine],
    x: Double,
    _ across: HorizontalAnchor,
    room: Double,
    _ href: String?,
    on sheet: inout Sheet
  ) -> Double {
    var y = sheet.y
    for (index, line) in lines.enumerated() {
      let position = LabelPosition(Point(x, y), across, .top, room: room + 0.01)
      sheet.text(line, at: position, to: index == 0 ? href : nil)
      y += line.style.lineHeight
    }
    return y - sheet.y
  }

  /// Marks with labels beside them, each in a line where nothing else stands.
  private func notes(
    _ notes: [Note],
    _ scale: NumberScale,
    _ columns: Columns,
    _ middle: Double,
    on sheet: inout Sheet
  ) -> [Element] {
    guard !notes.isEmpty else { return [] }
    var lanes = Lanes()
    let top = sheet.y
    let marks = notes.flatMap { note -> [Element] in
      let x = scale.place(note.value)
      let placed = sheet.beside(x, note.text, within: columns.plotLeft...columns.plotRight, &lanes)
      let y = top + Double(placed.lane) * 15 + 7.5
      sheet.text(LabelLine(placed.text, .small), at: placed.position(y), to: note.href)
      let stem = Sheet.line(Point(x, middle), Point(x, y), "ln dash")
      let sign = note.glyph.elements(at: Point(x, y), .hollow)
      return [stem, .mark(note.words, to: note.href, "x", sign)]
    }
    sheet.y = top + Double(lanes.count) * 15
    return marks
  }
}

extension FontMetrics {
  /// The text in so many lines at most; what is left stands in the last, to be cut there.
  static func lines(
    _ text: String,
    _ style: TextStyle,
    within room: Double,
    most: Int
  ) -> [String] {
    let lines = lines(text, style, within: room)
    guard lines.count > most else { return lines }
    return lines.prefix(most - 1) + [lines.dropFirst(most - 1).joined(separator: " ")]
  }
}

/// A text beside a mark, on the side where there is room.
struct SideLabel {
  let lane: Int
  let text: String
  let x: Double
  let across: HorizontalAnchor
  let room: Double

  func position(_ y: Double) -> LabelPosition {
    LabelPosition(Point(x, y), across, .middle, room: room + 0.01)
  }
}

extension Sheet {
  /// Finds a line for a mark and the text beside it, to the right or else to the left.
  func beside(
    _ x: Double,
    _ text: String,
    within area: ClosedRange<Double>,
    avoiding line: Double? = nil,
    _ lanes: inout Lanes
  ) -> SideLabel {
    let reach = 6.0
    let gap = 9.0
    let full = FontMetrics.width(text, .small)
    let right = area.upperBound - x - gap
    let left = x - gap - area.lowerBound
    let toRight = min(full, max(right, 0))
    let toLeft = min(full, max(left, 0))
    let atRight = (low: x - reach, high: x + gap + toRight + 4)
    let atLeft = (low: x - gap - toLeft - 4, high: x + reach)
    let fitsBoth = toRight >= full && toLeft >= full
    let crosses = line.map { $0 >= x && $0 < atRight.high } ?? false
    let isRightFirst = fitsBoth ? !crosses : toRight >= toLeft
    var candidates = isRightFirst ? [atRight, atLeft] : [atLeft, atRight]
    if !fitsBoth || crosses { candidates.removeLast() }
    let placed = lanes.place(candidates)
    let isRight = isRightFirst == (placed.choice == 0)
    return SideLabel(
      lane: placed.lane,
      text: text,
      x: isRight ? x + gap : x - gap,
      across: isRight ? .start : .end,
      room: isRight ? toRight : toLeft
    )
  }
}

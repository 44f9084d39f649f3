extension FanChart {
  /// Where things stand.
  private struct Frame {
    let time: TimeScale
    let value: NumberScale
    let top: Double
    let bottom: Double
    let right: Double
  }

  /// The drawing.
  ///
  /// - Parameter options: How it is set.
  /// - Returns: The drawing.
  package func picture(_ options: ChartOptions) -> Picture {
    var sheet = Sheet(caption, options)
    guard let first = days.first, let last = days.last, !quantiles.isEmpty else {
      sheet.paragraph("Nothing to show.", .label, .muted)
      return sheet.picture()
    }
    let frame = frame(first...last, on: &sheet)
    drawAxes(frame, on: &sheet)
    sheet.add(.mark(words, to: href, "x", bands(frame) + lines(frame)))
    drawEvents(frame, on: &sheet)
    drawEnds(frame, on: &sheet)
    sheet.say(words + ".")
    legend(on: &sheet)
    return sheet.picture()
  }

  private func frame(_ window: ClosedRange<ChartDay>, on sheet: inout Sheet) -> Frame {
    let height = sheet.isNarrow ? 220.0 : 300
    let top = sheet.y + eventHeight(sheet, window)
    let bottom = top + height
    let values = quantiles.flatMap(\.values) + [0]
    let scale = NumberScale(values, from: bottom, to: top).rounded(every: 44)
    let ticks = scale.ticks(every: 44).map { FontMetrics.width(format($0), .small) }
    let ends = endTexts.map { FontMetrics.width($0.text, .small) }
    let left = sheet.left + min(ticks.max() ?? 0, sheet.width * 0.25) + 8
    let right = sheet.right - min(ends.max() ?? 0, sheet.width * 0.3) - 20
    return Frame(
      time: TimeScale(window, from: left, to: right),
      value: scale,
      top: top,
      bottom: bottom,
      right: right
    )
  }

  private func drawAxes(_ frame: Frame, on sheet: inout Sheet) {
    for tick in frame.value.ticks(every: 44) {
      let y = frame.value.place(tick)
      let box = Box(x: frame.time.from, y: y - 0.5, width: frame.right - frame.time.from, height: 1)
      sheet.add(Sheet.rect(box, "ff"))
      let room = frame.time.from - 8 - sheet.left
      let position = LabelPosition(Point(frame.time.from - 8, y), .end, .middle, room: room + 0.01)
      sheet.text(LabelLine(format(tick), .small, .muted), at: position)
    }
    sheet.y = frame.bottom + 4
    for line in sheet.axis(frame.time, isAtFoot: true) where line.isMajor {
      let box = Box(x: line.x - 0.5, y: frame.top, width: 1, height: frame.bottom - frame.top)
      sheet.add(Sheet.rect(box, "ff"))
    }
    let zero = frame.value.place(0)
    sheet.add(Sheet.line(Point(frame.time.from, zero), Point(frame.right, zero), "lm", width: 1.2))
  }

  /// Pairs of quantiles from the outside inwards, each a little denser.
  private func bands(_ frame: Frame) -> [Element] {
    let pairs = quantiles.count / 2
    return (0..<pairs).flatMap { pair -> [Element] in
      let low = points(quantiles[pair], frame)
      let high = points(quantiles[quantiles.count - 1 - pair], frame)
      let area = Element(
        "path",
        ["d": .text(Sheet.path(high + low.reversed())), "class": "f0", "fill-opacity": 0.24]
      )
      let edges = [low, high].map { line in
        Element(
          "path",
          [
            "d": .text(Sheet.path(line, isClosed: false)), "class": "l0", "fill": "none",
            "stroke-width": 1, "stroke-dasharray": .text(pair == 0 ? "2 2" : "5 2"),
          ]
        )
      }
      return [area] + edges
    }
  }

  /// The line in the middle, where there is one.
  private func lines(_ frame: Frame) -> [Element] {
    guard quantiles.count % 2 == 1 else { return [] }
    let line = points(quantiles[quantiles.count / 2], frame)
    guard line.count > 1 else {
      return line.map {
        Element("circle", ["cx": .number($0.x), "cy": .number($0.y), "r": 4, "class": "f0 ls"])
      }
    }
    return [
      Element(
        "path",
        [
          "d": .text(Sheet.path(line, isClosed: false)), "class": "l0", "fill": "none",
          "stroke-width": 2.6,
        ]
      )
    ]
  }

  private func points(_ quantile: Quantile, _ frame: Frame) -> [Point] {
    zip(days, quantile.values).map { Point(frame.time.place($0), frame.value.place($1)) }
  }

  // MARK: Labels

  /// What stands at the right end of each quantile, from the top.
  private var endTexts: [(value: Double, text: String, isMiddle: Bool)] {
    quantiles.enumerated().reversed().compactMap { index, quantile in
      guard let value = quantile.values.last else { return nil }
      let isMiddle = quantile.level == 0.5
      let level = isMiddle ? "median" : decimal(quantile.level * 100, decimals: 1) + " %"
      return (value, level + "  " + format(value), isMiddle)
    }
  }

  /// Writes what the quantiles are at the end, apart from each other.
  private func drawEnds(_ frame: Frame, on sheet: inout Sheet) {
    let texts = endTexts
    let wanted = texts.map { frame.value.place($0.value) }
    let places = spread(wanted, apart: 15, within: frame.top...(frame.bottom + 15))
    for ((place, want), end) in zip(zip(places, wanted), texts) {
      guard let place else { continue }
      let elbow = [
        Point(frame.right, want), Point(frame.right + 5, want), Point(frame.right + 13, place),
        Point(frame.right + 16, place),
      ]
      sheet.add(Element("path", ["d": .text(Sheet.path(elbow, isClosed: false)), "class": "ln"]))
      let x = frame.right + 19
      let line = LabelLine(end.text, end.isMiddle ? .amount : .small)
      sheet.text(line, at: LabelPosition(Point(x, place), room: sheet.right + 12 - x))
    }
  }

  private func eventHeight(_ sheet: Sheet, _ window: ClosedRange<ChartDay>) -> Double {
    Double(events.filter { window.contains($0.day) }.count) * 15 + (events.isEmpty ? 8 : 16)
  }

  /// Events as lines, each with its label in a line of its own above the plot.
  private func drawEvents(_ frame: Frame, on sheet: inout Sheet) {
    let shown = events.indices.filter { frame.time.contains(events[$0].day) }
      .sorted { (events[$0].day, $0) < (events[$1].day, $1) }.map { events[$0] }
    for (index, event) in shown.enumerated() {
      let x = frame.time.place(event.day)
      let y = frame.top - 16 - Double(shown.count - 1 - index) * 15
      let words = event.day.text + ": " + event.label
      let line = Sheet.line(Point(x, y), Point(x, frame.bottom), "li dash")
      sheet.add(.mark(words, to: event.href, "x", [line]))
      var lanes = Lanes()
      let place = sheet.beside(x - 4, event.label, within: sheet.left...sheet.right, &lanes)
      sheet.text(LabelLine(place.text, .small), at: place.position(y, step: 0), to: event.href)
      sheet.say(words + ".")
    }
  }

  private func legend(on sheet: inout Sheet) {
    sheet.y += 8
    var legend = Legend()
    if quantiles.count % 2 == 1 {
      let middle = quantiles[quantiles.count / 2]
      let name = middle.level == 0.5 ? "median" : decimal(middle.level * 100) + " % below"
      legend.add(name) { box in
        let y = box.centre.y
        return [Sheet.line(Point(box.x, y), Point(box.maxX, y), "l0", width: 2.6)]
      }
    }
    for pair in (0..<(quantiles.count / 2)).reversed() {
      let share = quantiles[quantiles.count - 1 - pair].level - quantiles[pair].level
      let dash = pair == 0 ? "2 2" : "5 2"
      let depth = pair + 1
      legend.add(decimal(share * 100, decimals: 1) + " of 100 courses") { box in
        let areas = (0..<depth).map { _ in
          Element(
            "rect",
            [
              "x": .number(box.x), "y": .number(box.y), "width": 20, "height": 12, "class": "f0",
              "fill-opacity": 0.24,
            ]
          )
        }
        let edges = [box.y, box.maxY].map { y in
          Element(
            "path",
            [
              "d": .text(Sheet.path([Point(box.x, y), Point(box.maxX, y)], isClosed: false)),
              "class": "l0", "fill": "none", "stroke-dasharray": .text(dash),
            ]
          )
        }
        return areas + edges
      }
    }
    legend.draw(on: &sheet)
  }

  private var words: String {
    let ends = endTexts.map(\.text).joined(separator: ", ")
    let span = (days.first?.text ?? "") + " to " + (days.last?.text ?? "")
    return "\(caption.title), \(span); at the end: \(ends)"
  }
}

/// Places near the wanted ones, in their order, so far apart, within an area; `nil` where there is
/// no room for all.
///
/// - Parameters:
///   - wanted: Where each would stand, in any order.
///   - apart: The least distance between two.
///   - area: Where they may stand.
/// - Returns: Where each stands.
func spread(_ wanted: [Double], apart: Double, within area: ClosedRange<Double>) -> [Double?] {
  guard !wanted.isEmpty else { return [] }
  let most = max(Int((area.upperBound - area.lowerBound) / apart), 1)
  let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
  // Where there are too many, some in between go.
  let kept = order.enumerated().filter { index, _ in
    order.count <= most || index * most / order.count != (index - 1) * most / order.count
      || index == 0
  }.map(\.element)
  var places = [Double?](repeating: nil, count: wanted.count)
  var next = area.lowerBound
  for index in kept {
    let place = max(wanted[index], next)
    places[index] = place
    next = place + apart
  }
  var limit = area.upperBound
  for index in kept.reversed() {
    guard let place = places[index] else { continue }
    places[index] = min(place, limit)
    limit = (places[index] ?? place) - apart
  }
  return places
}

extension Timeline {
  /// A stretch of the axis, with what happens at its ends.
  struct Stretch {
    let low: Double
    let high: Double
    /// How far in from the left the bar grows to its full colour.
    var fadeIn = 0.0
    /// How far from its right end it begins to fade.
    var fadeOut = 0.0
    /// Whether it goes on beyond the window.
    var isCutLeft = false
    var isCutRight = false
  }

  /// The bar of a reading over its term; a lozenge on the day of the report where it has none.
  func bar(
    _ reading: Reading,
    of deal: Deal,
    _ line: Box,
    isStanding: Bool,
    _ frame: Frame,
    on sheet: inout Sheet
  ) -> [Element] {
    let colour = frame.colour(deal.kind)
    if let edge = edge(reading, deal, frame) { return [chevron(edge, line, frame)] }
    guard let stretch = stretch(reading, frame) else {
      guard let day = deal.reported else { return [] }
      let x = frame.time.place(day)
      let shape = lozenge(at: x, line, colour, reading.standing, on: &sheet)
      let inner = Box(x: x - 7, y: line.y, width: 18, height: line.height)
      return isStanding ? shape : shape + contested(inner)
    }
    let box = Box(x: stretch.low, y: line.y, width: stretch.high - stretch.low, height: line.height)
    var elements = filled(box, stretch, colour, reading.standing, on: &sheet)
    if !isStanding { elements += contested(box) }
    if stretch.isCutLeft { elements.append(chevron(false, line, frame)) }
    if stretch.isCutRight { elements.append(chevron(true, line, frame)) }
    return elements
  }

  /// The edge beyond which all of it lies: `true` for the right one.
  private func edge(_ reading: Reading, _ deal: Deal, _ frame: Frame) -> Bool? {
    let time = frame.time
    if let start = reading.start, start > time.last { return true }
    if let end = reading.end, end < time.first { return false }
    guard reading.start == nil, reading.end == nil, let day = deal.reported else { return nil }
    return time.contains(day) ? nil : day > time.last
  }

  private func stretch(_ reading: Reading, _ frame: Frame) -> Stretch? {
    let time = frame.time
    let longest = min((time.to - time.from) * 0.16, 90)
    switch (reading.start, reading.end) {
    case (nil, nil): return nil
    case (let start?, let end?):
      let low = time.place(start)
      let high = max(time.place(max(end, start)), low + 3)
      let isOver = high > time.to
      return Stretch(
        low: isOver ? time.to - 3 : low,
        high: isOver ? time.to : high,
        isCutLeft: start < time.first,
        isCutRight: end > time.last
      )
    case (let start?, nil):
      let low = min(time.place(start), time.to - 6)
      let solid = max(low, asOf.map { time.place($0) } ?? low)
      let high = min(solid + longest, time.to)
      return Stretch(
        low: low,
        high: high,
        fadeOut: min(longest, high - low),
        isCutLeft: start < time.first
      )
    case (nil, let end?):
      let high = max(time.place(end), time.from + 6)
      let low = max(high - longest, time.from)
      return Stretch(low: low, high: high, fadeIn: high - low, isCutRight: end > time.last)
    }
  }

  /// The bar in the manner of its standing.
  private func filled(
    _ box: Box,
    _ stretch: Stretch,
    _ colour: Int,
    _ standing: Standing,
    on sheet: inout Sheet
  ) -> [Element] {
    let solid = Box(
      x: box.x + stretch.fadeIn,
      y: box.y,
      width: box.width - stretch.fadeIn - stretch.fadeOut,
      height: box.height
    )
    var elements: [Element] = []
    if solid.width > 0.5 {
      let pattern = standing == .firm ? Hatch.pattern(colour, on: &sheet) : nil
      elements += body(solid, colour, standing, pattern: pattern)
    }
    if stretch.fadeOut > 0 {
      let box = Box(x: solid.maxX, y: box.y, width: stretch.fadeOut, height: box.height)
      elements += faded(box, colour, standing, isOut: true, on: &sheet)
    }
    if stretch.fadeIn > 0 {
      let box = Box(x: box.x, y: box.y, width: stretch.fadeIn, height: box.height)
      elements += faded(box, colour, standing, isOut: false, on: &sheet)
    }
    return elements
  }

  /// A part of a bar in full strength.
  func body(_ box: Box, _ colour: Int, _ standing: Standing, pattern: String?) -> [Element] {
    let inner = box.inset(0.7, 0.7)
    switch standing {
    case .firm:
      return [Sheet.rect(box, "f\(colour)")] + (pattern.map { [Hatch.over(box, $0)] } ?? [])
    case .planned:
      return [
        Sheet.rect(box, "fs"), Sheet.rect(box, "f\(colour) rest"),
        outlined(inner, "l\(colour)", dash: nil),
      ]
    case .contingent:
      return [Sheet.rect(box, "fs"), outlined(inner, "l\(colour)", dash: "3 2")]
    case .ended:
      let y = box.centre.y
      let strike = Sheet.line(Point(box.x, y), Point(box.maxX, y), "lm", width: 1.4)
      return [Sheet.rect(box, "fs"), outlined(inner, "l\(colour)", dash: "1.5 2"), strike]
    }
  }

  private func outlined(_ box: Box, _ className: String, dash: String?) -> Element {
    Element(
      "path",
      [
        "d": .text(
          Sheet.path([
            Point(box.x, box.y), Point(box.maxX, box.y), Point(box.maxX, box.maxY),
            Point(box.x, box.maxY),
          ])
        ), "class": .text(className), "fill": "none", "stroke-width": 1.4,
        "stroke-dasharray": .text(dash ?? "none"),
      ]
    )
  }

  /// A part of a bar that goes from its colour to nothing.
  private func faded(
    _ box: Box,
    _ colour: Int,
    _ standing: Standing,
    isOut: Bool,
    on sheet: inout Sheet
  ) -> [Element] {
    let strength = standing == .firm ? 1.0 : standing == .planned ? 0.45 : 0.2
    let name = "fade\(colour)-\(decimal(strength * 100))-\(isOut ? "out" : "in")"
    let reference = sheet.define(name) { id in
      let ends = isOut ? [strength, 0] : [0, strength]
      return Element(
        "linearGradient",
        ["id": .text(id)],
        ends.enumerated().map { index, opacity in
          Element(
            "stop",
            [
              "offset": .number(Double(index)), "class": .text("g\(colour)"),
              "stop-opacity": .number(opacity),
            ]
          )
        }
      )
    }
    return [Hatch.over(box, reference)]
  }

  /// Marks a half bar as the reading that does not stand.
  func contested(_ box: Box) -> [Element] {
    let count = min(Int(box.width / 9), 200)
    guard count > 0 else { return [] }
    return [
      Element(
        "path",
        [
          "d": .text(
            (0..<count).map { index in
              let x = box.x + 3 + Double(index) * 9
              return "M\(decimal(x)) \(decimal(box.maxY))L\(decimal(x + 5)) \(decimal(box.y))"
            }.joined()
          ), "class": "ls", "fill": "none", "stroke-width": 2.4,
        ]
      )
    ]
  }

  private func lozenge(
    at x: Double,
    _ line: Box,
    _ colour: Int,
    _ standing: Standing,
    on sheet: inout Sheet
  ) -> [Element] {
    let middle = line.y + line.height / 2
    let half = line.height / 2
    let points = [
      Point(x - 9, middle), Point(x - 4, middle - half), Point(x + 4, middle - half),
      Point(x + 9, middle), Point(x + 4, middle + half), Point(x - 4, middle + half),
    ]
    let shape = Element.Value.text(Sheet.path(points))
    let ground = Element("path", ["d": shape, "class": "fs"])
    let dash = standing == .contingent ? "3 2" : standing == .ended ? "1.5 2" : "none"
    let edge = Element(
      "path",
      [
        "d": shape, "class": .text("l\(colour)"), "fill": "none", "stroke-width": 1.4,
        "stroke-dasharray": .text(dash),
      ]
    )
    let strike = Sheet.line(Point(x - 9, middle), Point(x + 9, middle), "lm", width: 1.4)
    switch standing {
    case .firm:
      let pattern = Hatch.pattern(colour, on: &sheet).map { reference in
        [Element("path", ["d": shape, "fill": .text(reference)])]
      }
      return [Element("path", ["d": shape, "class": .text("f\(colour)")])] + (pattern ?? []) + [
        edge
      ]
    case .planned:
      return [ground, Element("path", ["d": shape, "class": .text("f\(colour) rest")]), edge]
    case .contingent: return [ground, edge]
    case .ended: return [ground, edge, strike]
    }
  }

  /// Points over the edge of the window, to where a bar goes on.
  private func chevron(_ isRight: Bool, _ line: Box, _ frame: Frame) -> Element {
    let x = isRight ? frame.time.to : frame.time.from
    let way = isRight ? -6.0 : 6
    let points = [
      Point(x + way, line.y), Point(x, line.y + line.height / 2), Point(x + way, line.maxY),
    ]
    return Element("path", ["d": .text(Sheet.path(points)), "class": "fi ls"])
  }
}

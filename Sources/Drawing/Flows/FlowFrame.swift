/// What stands around a drawing of flows: title and reading notes above, the key below.
struct FlowFrame {
  /// What an entry of the key shows.
  enum Swatch {
    case group(Int)
    case loop
    case hatched
    case hollow
    case disputed
    case fading
    case height(Double)
    case stroke(Double)
    case shape(Int)
    case none
  }

  struct Entry {
    let swatch: Swatch
    let text: String
  }

  private static let margin = 20.0
  private static let swatchWidth = 20.0

  let titleLines: [String]
  let noteLines: [String]
  let entries: [Entry]
  let width: Double

  init(title: String, notes: [String], entries: [Entry], width: Double) {
    let room = width - 2 * Self.margin
    titleLines = FontMetrics.lines(title, .heading, within: room)
    noteLines = notes.flatMap { FontMetrics.lines($0, .small, within: room) }
    self.entries = entries
    self.width = width
  }

  var headerHeight: Double {
    let titles = Double(titleLines.count) * TextStyle.heading.lineHeight
    let notes = Double(noteLines.count) * TextStyle.small.lineHeight
    return 14 + titles + notes + 14
  }

  var footerHeight: Double {
    let rows = rows()
    return rows.isEmpty ? 14 : rows.reduce(30) { $0 + height($1) }
  }

  /// The entries of the key in rows as wide as the drawing.
  private func rows() -> [[Entry]] {
    var rows: [[Entry]] = []
    var x = 0.0
    for entry in entries {
      let wide = extent(entry)
      if rows.isEmpty || x + wide > width - 2 * Self.margin {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append(entry)
      x += wide
    }
    return rows
  }

  private func extent(_ entry: Entry) -> Double {
    let swatch = if case .none = entry.swatch { 0.0 } else { Self.swatchWidth + 6 }
    return swatch + FontMetrics.width(entry.text, .small) + 20
  }

  private func height(_ row: [Entry]) -> Double {
    row.reduce(19) { height, entry in
      if case .height(let bar) = entry.swatch { max(height, bar + 6) } else { height }
    }
  }

  /// Draws the header from the top of the canvas and the key from `y`.
  func draw(on canvas: inout Canvas, keyFrom y: Double) {
    var top = 14.0
    for (lines, style, tone) in [
      (titleLines, TextStyle.heading, Tone.ink), (noteLines, .small, .muted),
    ] {
      for line in lines {
        let position = LabelPosition(Point(Self.margin, top), .start, .top)
        canvas.text(LabelLine(line, style, tone), at: position)
        top += style.lineHeight
      }
    }
    var rowTop = y + 16
    for row in rows() {
      var x = Self.margin
      let middle = rowTop + height(row) / 2
      for entry in row {
        draw(entry, x: x, middle: middle, on: &canvas)
        x += extent(entry)
      }
      rowTop += height(row)
    }
  }

  private func draw(_ entry: Entry, x: Double, middle: Double, on canvas: inout Canvas) {
    var textX = x + Self.swatchWidth + 6
    switch entry.swatch {
    case .group(let colour):
      canvas.add(area(x, middle, "f\(colour)"))
      let centre = Point(x + 10, middle)
      canvas.add(GroupShape.element(colour, at: centre, radius: 3.6, className: "fs"))
    case .loop: canvas.add(area(x, middle, "fl chosen"))
    case .hatched:
      canvas.add(
        Element(
          "rect",
          [
            "x": .number(x), "y": .number(middle - 5.5), "width": 20, "height": 11,
            "fill": .text(canvas.reference("hatch-m")),
          ]
        )
      )
    case .hollow:
      let path = "M\(decimal(x)) \(decimal(middle))h20"
      canvas.add(Element("path", ["d": .text(path), "class": "lm", "stroke-width": 8]))
      canvas.add(Element("path", ["d": .text(path), "class": "ls", "stroke-width": 5]))
    case .disputed:
      canvas.add(area(x, middle, "ff"))
      canvas.add(
        Element(
          "rect",
          [
            "x": .number(x), "y": .number(middle - 5.5), "width": 20, "height": 11,
            "class": "edge dash li",
          ]
        )
      )
    case .fading:
      canvas.add(
        Element(
          "rect",
          [
            "x": .number(x), "y": .number(middle - 5.5), "width": 20, "height": 11,
            "fill": .text(canvas.reference("in-m")),
          ]
        )
      )
    case .height(let bar):
      let (start, end) = (decimal(middle - bar / 2), decimal(middle + bar / 2))
      let (left, right) = (decimal(x + 7), decimal(x + 17))
      let path =
        "M\(left) \(start)H\(right)M\(left) \(end)H\(right)M\(decimal(x + 12)) \(start)V\(end)"
      canvas.add(Element("path", ["d": .text(path), "class": "edge li"]))
    case .stroke(let wide):
      let path = "M\(decimal(x)) \(decimal(middle))h20"
      canvas.add(
        Element("path", ["d": .text(path), "class": "lm", "stroke-width": .number(wide)])
      )
    case .shape(let group):
      canvas.add(GroupShape.element(group, at: Point(x + 10, middle), radius: 6.5))
    case .none: textX = x
    }
    let position = LabelPosition(Point(textX, middle))
    canvas.text(LabelLine(entry.text, .small), at: position)
  }

  private func area(_ x: Double, _ middle: Double, _ className: String) -> Element {
    Element(
      "rect",
      [
        "x": .number(x), "y": .number(middle - 5.5), "width": 20, "height": 11,
        "class": .text(className),
      ]
    )
  }
}

/// A shape for each group, so that colour is never the only sign.
enum GroupShape {
  /// The shape of a group about a point.
  static func element(
    _ group: Int,
    at centre: Point,
    radius: Double,
    className: String? = nil
  ) -> Element {
    let className = Element.Value.text(className ?? "f\(group)")
    let (x, y) = (centre.x, centre.y)
    switch group {
    case 0:
      return Element(
        "circle",
        ["cx": .number(x), "cy": .number(y), "r": .number(radius), "class": className]
      )
    case 1:
      let side = radius * 1.76
      return Element(
        "rect",
        [
          "x": .number(x - side / 2), "y": .number(y - side / 2), "width": .number(side),
          "height": .number(side), "class": className,
        ]
      )
    default:
      return Element("path", ["d": .text(path(group, centre, radius)), "class": className])
    }
  }

  /// Corners on a circle: how many, and where the first stands, in turns from the top.
  private static func path(_ group: Int, _ centre: Point, _ radius: Double) -> String {
    let shapes: [(corners: Int, turn: Double, size: Double)] = [
      (4, 0, 1.2), (3, 0, 1.25), (3, 0.5, 1.25), (6, 0, 1.08), (5, 0, 1.1), (8, 0.0625, 1.02),
    ]
    let shape = shapes[min(max(group - 2, 0), shapes.count - 1)]
    let points = (0..<shape.corners).map { corner in
      let turn = shape.turn + Double(corner) / Double(shape.corners)
      return centre.moved(turn: turn, by: radius * shape.size)
    }
    return "M" + points.map { "\(decimal($0.x)) \(decimal($0.y))" }.joined(separator: "L") + "Z"
  }
}

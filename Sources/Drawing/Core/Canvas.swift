/// A drawing in the making: shapes, texts, and labels that look for a place.
///
/// ```swift
/// var canvas = Canvas(id: "loops", size: Size(width: 600, height: 300), title: "Loops")
/// canvas.add(Element("rect", ["x": 10, "y": 10, "width": 80, "height": 12, "class": "f0"]))
/// canvas.text(LabelLine("OpenAI"), at: LabelPosition(Point(100, 16)))
/// let picture = canvas.picture()
/// ```
package struct Canvas: Sendable {
  /// The size of the drawing.
  package let size: Size
  /// What stands before every identifier, so that many drawings can share a page.
  package let prefix: String
  /// Keeps account of what is taken.
  package var placer: LabelPlacer

  private let title: String
  private let description: String
  private let hasStyle: Bool
  private var definitions: [Element] = []
  private var shapes: [Element] = []
  private var texts: [Element] = []
  private var waiting: [Label] = []
  private var placed: [PlacedText] = []
  private var dropped: [String] = []

  /// An empty drawing.
  ///
  /// - Parameters:
  ///   - id: What stands before every identifier in it; different for each drawing of a page.
  ///   - size: Its size.
  ///   - title: What it is called; read aloud, and not drawn by itself.
  ///   - description: What it shows, for who cannot see it.
  ///   - hasStyle: Whether it carries ``Theme/styleSheet``; `false` where the page does.
  package init(
    id: String,
    size: Size,
    title: String,
    description: String = "",
    hasStyle: Bool = true
  ) {
    self.size = size
    self.title = title
    self.description = description
    self.hasStyle = hasStyle
    prefix = identifier(id)
    let whole = Box(x: 0, y: 0, width: size.width, height: size.height)
    placer = LabelPlacer(area: whole.inset(4, 2))
  }

  /// An identifier of this drawing.
  ///
  /// - Parameter name: Its name within the drawing.
  /// - Returns: The identifier, unique in the page.
  package func id(_ name: String) -> String { prefix + "-" + identifier(name) }

  /// A reference to something defined, as `fill` and `stroke` take it.
  ///
  /// - Parameter name: Its name within the drawing.
  /// - Returns: `url(#…)`.
  package func reference(_ name: String) -> String { "url(#\(id(name)))" }

  /// Adds a gradient, pattern or marker; its `id` comes from ``id(_:)``.
  ///
  /// - Parameter element: The definition.
  package mutating func define(_ element: Element) { definitions.append(element) }

  /// Adds a shape, over those before it and under all text.
  ///
  /// - Parameter element: The shape.
  package mutating func add(_ element: Element) { shapes.append(element) }

  /// Sets a line at a given place; cut where it would leave the canvas, and nothing covers it later.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - position: Where it stands.
  ///   - address: Where it leads.
  /// - Returns: The box it takes; `nil` where not even a shortened text fits.
  @discardableResult
  package mutating func text(
    _ line: LabelLine,
    at position: LabelPosition,
    to address: String? = nil
  ) -> Box? {
    let room = min(position.room, roomInCanvas(position))
    guard let shown = FontMetrics.fitted(line.text, line.style, within: room) else {
      dropped.append(line.text)
      return nil
    }
    let width = FontMetrics.width(shown, line.style)
    let box = position.box(width: width, height: line.style.lineHeight)
    set([(line, shown, box)], across: position.across, of: line.text, to: address)
    return box
  }

  /// Adds a label that looks for a place once all are known.
  ///
  /// - Parameter label: The label.
  package mutating func label(_ label: Label) { waiting.append(label) }

  /// Places the waiting labels, by priority, and keeps what has been taken.
  package mutating func placeLabels() {
    let order = waiting.indices.sorted {
      (waiting[$0].priority, $1) > (waiting[$1].priority, $0)
    }
    for index in order where !place(waiting[index]) {
      dropped.append(waiting[index].lines.map(\.text).joined(separator: " "))
    }
    waiting = []
  }

  /// The finished drawing.
  ///
  /// - Returns: The drawing, its texts with their boxes, and the labels left out.
  package func picture() -> Picture {
    var canvas = self
    canvas.placeLabels()
    return Picture(
      svg: canvas.written(),
      size: size,
      labels: canvas.placed,
      dropped: canvas.dropped
    )
  }

  private func roomInCanvas(_ position: LabelPosition) -> Double {
    let left = position.point.x
    let right = size.width - left
    return switch position.across {
    case .start: right
    case .end: left
    case .middle: 2 * min(left, right)
    }
  }
}

extension Canvas {
  private typealias Setting = (line: LabelLine, shown: String, box: Box)

  private mutating func place(_ label: Label) -> Bool {
    let fewest = label.mayShorten ? 1 : label.lines.count
    for isCut in label.mayShorten ? [false, true] : [false] {
      for count in stride(from: label.lines.count, through: max(fewest, 1), by: -1) {
        let lines = Array(label.lines.prefix(count))
        guard let best = best(label, lines, isCut: isCut) else { continue }
        let full = label.lines.map(\.text).joined(separator: " ")
        if label.isBacked { texts += best.settings.map { backing($0.box) } }
        set(best.settings, across: best.across, of: full, to: label.address)
        return true
      }
    }
    return label.lines.isEmpty
  }

  /// The first place where the lines fit; the least cluttered for a label that minds.
  private func best(
    _ label: Label,
    _ lines: [LabelLine],
    isCut: Bool
  ) -> (settings: [Setting], across: HorizontalAnchor)? {
    var best: (settings: [Setting], across: HorizontalAnchor)?
    var least = Double.infinity
    for (rank, position) in label.positions.enumerated() {
      guard let settings = settings(lines, at: position, isCut: isCut) else { continue }
      guard label.avoidsClutter else { return (settings, position.across) }
      let clutter = settings.reduce(0) { $0 + placer.clutter($1.box) } / Double(settings.count)
      // A later place must be clearly better than an earlier one.
      let cost = clutter + Double(rank) * 0.06
      if cost < least {
        least = cost
        best = (settings, position.across)
      }
    }
    return best
  }

  /// The lines at a position, if they fit there.
  private func settings(
    _ lines: [LabelLine],
    at position: LabelPosition,
    isCut: Bool
  ) -> [Setting]? {
    let room = min(position.room, isCut ? min(roomInCanvas(position), 110) : .infinity)
    let shown = lines.compactMap { line in
      isCut || position.room.isFinite
        ? FontMetrics.fitted(line.text, line.style, within: room) : line.text
    }
    guard shown.count == lines.count else { return nil }
    let widths = zip(shown, lines).map { FontMetrics.width($0, $1.style) }
    let height = lines.reduce(0) { $0 + $1.style.lineHeight }
    let whole = position.box(width: widths.max() ?? 0, height: height)
    guard placer.isFree(whole.inset(-1, 0)) || placer.isFree(whole) else { return nil }
    var y = whole.y
    return zip(zip(lines, shown), widths).map { pair, width in
      let line = pair.0
      let anchor = LabelPosition(Point(position.point.x, y), position.across, .top)
      y += line.style.lineHeight
      return (line, pair.1, anchor.box(width: width, height: line.style.lineHeight))
    }
  }

  private func backing(_ box: Box) -> Element {
    Element(
      "rect",
      [
        "x": .number(box.x - 2), "y": .number(box.y + 1), "width": .number(box.width + 4),
        "height": .number(box.height - 2), "rx": 3, "class": "fs", "fill-opacity": "0.88",
      ]
    )
  }

  /// Writes lines and takes their boxes.
  private mutating func set(
    _ settings: [Setting],
    across: HorizontalAnchor,
    of full: String,
    to address: String?
  ) {
    let elements = settings.map { line, shown, box in
      let x =
        switch across {
        case .start: box.x
        case .middle: box.x + box.width / 2
        case .end: box.maxX
        }
      return Element(
        "text",
        [
          "x": .number(x), "y": .number(box.y + line.style.ascent),
          "text-anchor": .text(across.rawValue),
          "class": "\(line.style.rawValue) \(line.tone.rawValue) halo",
        ],
        text: shown
      )
    }
    for (line, shown, box) in settings {
      placer.block(box)
      placed.append(PlacedText(text: shown, box: box, style: line.style))
    }
    let isShortened = settings.contains { $0.line.text != $0.shown }
    if address.flatMap(Address.init) != nil || isShortened {
      texts.append(.mark(full, to: address, "x", elements))
    } else {
      texts += elements
    }
  }

  private func written() -> String {
    let width = decimal(size.width)
    let height = decimal(size.height)
    let role = (shapes + texts).contains(where: \.hasLink) ? "group" : "img"
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" class="ouro" id="\(prefix)" \
      width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="\(role)" \
      aria-labelledby="\(id("title")) \(id("desc"))">

      """
    Element("title", ["id": .text(id("title"))], text: title).write(to: &text)
    text += "\n"
    Element("desc", ["id": .text(id("desc"))], text: fullDescription).write(to: &text)
    text += "\n"
    if hasStyle { text += "<style>\(escaped(lines: Theme.styleSheet))</style>\n" }
    if !definitions.isEmpty { Element("defs", [:], definitions).write(to: &text) }
    Element("rect", ["width": .number(size.width), "height": .number(size.height), "class": "fs"])
      .write(to: &text)
    text += "\n"
    for element in shapes + texts {
      element.write(to: &text)
      if text.last != "\n" { text += "\n" }
    }
    return text + "</svg>\n"
  }

  private var fullDescription: String {
    guard !dropped.isEmpty else { return description }
    let list = dropped.joined(separator: "; ")
    return description + (description.isEmpty ? "" : " ")
      + "Not labelled for want of room: \(list)."
  }
}

/// Escaped text that keeps its line breaks.
private func escaped(lines: String) -> String {
  lines.split(separator: "\n", omittingEmptySubsequences: false)
    .map { escaped(String($0)) }.joined(separator: "\n")
}

/// A chart that grows downwards: what is drawn is kept until its height is known.
struct Sheet {
  private enum Step {
    case shape(Element)
    case definition(Element)
    case text(LabelLine, LabelPosition, String?)
  }

  static let margin = 16.0

  let options: ChartOptions
  let caption: Caption
  let width: Double
  /// Where the next thing begins.
  var y = margin
  private var steps: [Step] = []
  private var defined: Set<String> = []
  private var said: [String] = []

  /// A sheet with its title and subtitle.
  init(_ caption: Caption, _ options: ChartOptions) {
    self.options = options
    self.caption = caption
    width = min(max(options.width.isFinite ? options.width : 960, 320), 4000)
    guard options.hasTitle else { return }
    paragraph(caption.title, .heading, .ink)
    paragraph(caption.subtitle, .small, .muted)
    y += caption.title.isEmpty && caption.subtitle.isEmpty ? 0 : 10
  }

  var left: Double { Self.margin }
  var right: Double { width - Self.margin }
  /// Whether labels stand above their rows.
  var isNarrow: Bool { width < 560 }

  /// What stands before identifiers.
  func id(_ name: String) -> String { identifier(options.id) + "-" + name }

  mutating func add(_ element: Element) { steps.append(.shape(element)) }

  mutating func add(_ elements: [Element]) { elements.forEach { add($0) } }

  /// Defines something once; its name comes back as a reference.
  mutating func define(_ name: String, _ make: (String) -> Element) -> String {
    if defined.insert(name).inserted { steps.append(.definition(make(id(name)))) }
    return "url(#\(id(name)))"
  }

  mutating func text(_ line: LabelLine, at position: LabelPosition, to address: String? = nil) {
    guard !line.text.isEmpty else { return }
    steps.append(.text(line, position, address))
  }

  /// A sentence for who cannot see the chart.
  mutating func say(_ sentence: String) { said.append(sentence) }

  /// Text over the whole width, in as many lines as it takes.
  mutating func paragraph(_ text: String, _ style: TextStyle, _ tone: Tone) {
    for line in FontMetrics.lines(text, style, within: right - left) {
      self.text(LabelLine(line, style, tone), at: LabelPosition(Point(left, y), .start, .top))
      y += style.lineHeight
    }
  }

  /// The finished drawing, with its note.
  func picture() -> Picture {
    var sheet = self
    if !caption.note.isEmpty {
      sheet.y += 8
      sheet.paragraph(caption.note, .small, .muted)
    }
    return sheet.drawn()
  }

  private func drawn() -> Picture {
    var canvas = Canvas(
      id: options.id,
      size: Size(width: width, height: (y + Self.margin).rounded(.up)),
      title: caption.title.isEmpty ? "Chart" : caption.title,
      description: description,
      hasStyle: options.hasStyle
    )
    for step in steps {
      switch step {
      case .shape(let element): canvas.add(element)
      case .definition(let element): canvas.define(element)
      case .text(let line, let position, let address): canvas.text(line, at: position, to: address)
      }
    }
    return canvas.picture()
  }

  /// The caller's description, and what the rows say, as far as a listener would bear it.
  private var description: String {
    let most = 60
    let rest = said.count > most ? ["And \(said.count - most) more."] : []
    let lead = [caption.description, caption.subtitle, caption.note].filter { !$0.isEmpty }
    return (lead + said.prefix(most) + rest).joined(separator: " ")
  }
}

extension Sheet {
  /// An upright rectangle.
  static func rect(_ box: Box, _ className: String) -> Element {
    Element(
      "rect",
      [
        "x": .number(box.x), "y": .number(box.y), "width": .number(max(box.width, 0)),
        "height": .number(max(box.height, 0)), "class": .text(className),
      ]
    )
  }

  /// A straight line.
  static func line(_ from: Point, _ to: Point, _ className: String, width: Double = 1) -> Element {
    Element(
      "line",
      [
        "x1": .number(from.x), "y1": .number(from.y), "x2": .number(to.x), "y2": .number(to.y),
        "class": .text(className), "stroke-width": .number(width),
      ]
    )
  }

  /// A closed or open line through points.
  static func path(_ points: [Point], isClosed: Bool = true) -> String {
    let start = points.first.map { "M\(decimal($0.x)) \(decimal($0.y))" } ?? "M0 0"
    let rest = points.dropFirst().map { "L\(decimal($0.x)) \(decimal($0.y))" }
    return start + rest.joined() + (isClosed ? "Z" : "")
  }
}

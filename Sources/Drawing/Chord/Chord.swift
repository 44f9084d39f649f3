extension FlowDiagram {
  /// Who deals with whom: parties around a circle, and a ribbon for each flow, pointed at the payee.
  ///
  /// An arc is as long as what its party pays and receives; a ribbon has the payer's colour, begins
  /// flush with the payer's arc and ends in a point short of the payee's.
  ///
  /// - Parameter options: How it is drawn.
  /// - Returns: The drawing.
  package func chord(_ options: FlowOptions) -> Picture {
    ChordDrawing(self, options).picture()
  }
}

/// Draws a chord diagram.
struct ChordDrawing {
  private enum Measure {
    static let ring = 12.0
    static let gap = 7.0
    static let tip = 13.0
    static let name = 190.0
  }

  let diagram: FlowDiagram
  let options: FlowOptions
  let graph: FlowGraph
  let paint: FlowPaint
  let layout: ChordLayout
  let frame: FlowFrame
  let radius: Double
  /// How far above and below the centre names may stand.
  let reach: Double
  let centre: Point
  let size: Size

  init(_ diagram: FlowDiagram, _ options: FlowOptions) {
    self.diagram = diagram
    self.options = options
    graph = FlowGraph(diagram, top: options.top)
    paint = FlowPaint(graph)
    layout = ChordLayout(graph)
    let onRight = layout.arcs.count { $0.middle < 0.5 }
    let lines = Double(max(onRight, layout.arcs.count - onRight)) * TextStyle.strong.lineHeight
    let room = 130 + 14 * Double(graph.nodes.count)
    radius = max(
      min(min(options.height, options.width - 2 * Measure.name) / 2 - 60, room),
      150,
      lines / 2.6
    )
    reach = max(radius + 26, lines / 2) + 8
    let width = max(2 * (radius + Measure.name + 50), 560)
    frame = FlowFrame(
      title: options.hasTitle ? diagram.title : "",
      notes: ["Each ribbon has its payer's colour and points at the payee."]
        + [paint.foldingNote(options.amount)].compactMap { $0 },
      entries: Self.entries(layout, paint, options, radius: radius),
      width: width
    )
    centre = Point(width / 2, frame.headerHeight + reach)
    size = Size(width: width, height: centre.y + reach + frame.footerHeight)
  }

  private static func entries(
    _ layout: ChordLayout,
    _ paint: FlowPaint,
    _ options: FlowOptions,
    radius: Double
  ) -> [FlowFrame.Entry] {
    let perUnit = layout.turnPerAmount * 2 * .pi * radius
    let unit = roundAmount(upTo: 40 / max(perUnit, 1e-300))
    return [
      FlowFrame.Entry(
        swatch: .height(unit * perUnit),
        text: "this much of the circle is \(options.amount(unit))"
      )
    ] + paint.entries { .group($0) }
  }

  func picture() -> Picture {
    let largest = order.prefix(10).map { graph.words(graph.flows[$0], options.amount) }
    let start = diagram.description.isEmpty ? "" : diagram.description + " "
    var canvas = Canvas(
      id: options.id,
      size: size,
      title: diagram.title,
      description: start + "Largest flows: " + largest.joined(separator: "; ") + ".",
      hasStyle: options.hasStyle
    )
    paint.define(on: &canvas)
    frame.draw(on: &canvas, keyFrom: size.height - frame.footerHeight)
    let ranked = order.sorted { !isChosen($0) && isChosen($1) }
    for index in ranked { canvas.add(ribbon(index, on: canvas)) }
    for node in graph.nodes.indices { canvas.add(arc(node)) }
    addNames(to: &canvas)
    addAmounts(to: &canvas)
    return canvas.picture()
  }

  private func isChosen(_ index: Int) -> Bool { graph.flows[index].mark.contains(.loop) }

  /// The flows, largest first.
  private var order: [Int] {
    graph.flows.indices.sorted {
      (graph.flows[$0].amount, $1) > (graph.flows[$1].amount, $0)
    }
  }

  private func point(_ turn: Double, _ distance: Double) -> String {
    let point = centre.moved(turn: turn, by: distance)
    return "\(decimal(point.x)) \(decimal(point.y))"
  }

  private func arcTo(_ turn: Double, _ distance: Double, from start: Double) -> String {
    let isLong = abs(turn - start) > 0.5 ? 1 : 0
    let radius = decimal(distance)
    return "A\(radius) \(radius) 0 \(isLong) \(turn >= start ? 1 : 0) \(point(turn, distance))"
  }

  private func ribbon(_ index: Int, on canvas: Canvas) -> Element {
    let flow = graph.flows[index]
    let payer = layout.paying[index]
    let path = outline(index)
    var shapes = paint.fill(flow, on: canvas) { outline(index, share: $0) }
    let isThin = (payer.end - payer.start) * radius * 2 * .pi < 1.2
    if let edge = paint.edge(flow, path) {
      shapes.append(edge)
    } else if isThin {
      let strength = paint.strength(flow)
      shapes.append(
        Element(
          "path",
          ["d": .text(path), "class": "\(strength) l\(paint.colour(flow))", "fill": "none"]
        )
      )
    }
    return .mark(graph.words(flow, options.amount), to: flow.href, "flow", shapes)
  }

  /// The outline of a share of a flow, about its middle.
  private func outline(_ index: Int, share: Double = 1) -> String {
    let payer = layout.paying[index].narrowed(to: share)
    let payee = layout.receiving[index].narrowed(to: share)
    let inner = radius - 1
    let far = radius - Measure.gap
    let near = far - min(Measure.tip, radius * 0.1)
    let middle = "\(decimal(centre.x)) \(decimal(centre.y))"
    return "M\(point(payer.start, inner))\(arcTo(payer.end, inner, from: payer.start))"
      + "Q\(middle) \(point(payee.start, near))\(tip(payee, near, far))"
      + "Q\(middle) \(point(payer.start, inner))Z"
  }

  /// The edge towards the payee, with a point in its middle.
  private func tip(_ payee: ChordLayout.Span, _ near: Double, _ far: Double) -> String {
    let half = min((payee.end - payee.start) / 2, 11 / (2 * .pi * radius))
    let (start, end) = (payee.middle - half, payee.middle + half)
    return arcTo(start, near, from: payee.start) + "L\(point(payee.middle, far))"
      + "L\(point(end, near))" + arcTo(payee.end, near, from: end)
  }

  private func arc(_ node: Int) -> Element {
    let span = layout.arcs[node]
    // No arc is shorter than two pixels.
    let least = 2 / (2 * .pi * radius)
    let half = max(span.end - span.start, least) / 2
    let (start, end) = (span.middle - half, span.middle + half)
    let outer = radius + Measure.ring
    let path =
      "M\(point(start, radius))\(arcTo(end, radius, from: start))L\(point(end, outer))"
      + "\(arcTo(start, outer, from: end))Z"
    let shape = Element("path", ["d": .text(path), "class": "f\(graph.colours[node])"])
    let sign = GroupShape.element(
      graph.colours[node],
      at: centre.moved(turn: span.middle, by: radius + Measure.ring / 2),
      radius: 3.6,
      className: "fs"
    )
    let isLong = half * 2 * .pi * radius > 7
    return .mark(
      graph.words(node, options.amount),
      to: graph.nodes[node].href,
      "n",
      isLong ? [shape, sign] : [shape]
    )
  }
}

extension ChordDrawing {
  /// Names stand in two columns beside the circle, moved apart, each with a line to its arc.
  private func addNames(to canvas: inout Canvas) {
    for isRight in [true, false] {
      let nodes = layout.arcs.indices.filter { (layout.arcs[$0].middle < 0.5) == isRight }
        .sorted { height($0) < height($1) }
      let lineHeight = TextStyle.strong.lineHeight
      let tops = spread(
        nodes.map(height),
        apart: lineHeight,
        in: centre.y - reach + 8...centre.y + reach - 8
      )
      for (node, y) in zip(nodes, tops) { addName(node, y, isRight, to: &canvas) }
    }
  }

  private func height(_ node: Int) -> Double {
    centre.moved(turn: layout.arcs[node].middle, by: radius + 26).y
  }

  private func addName(_ node: Int, _ y: Double, _ isRight: Bool, to canvas: inout Canvas) {
    let direction = isRight ? 1.0 : -1
    let arc = layout.arcs[node].middle
    let start = centre.moved(turn: arc, by: radius + Measure.ring + 1)
    let bend = centre.moved(turn: arc, by: radius + Measure.ring + 9)
    let end = Point(centre.x + direction * (radius + Measure.ring + 20), y)
    let path =
      "M\(decimal(start.x)) \(decimal(start.y))L\(decimal(bend.x)) \(decimal(bend.y))"
      + "L\(decimal(end.x - direction * 4)) \(decimal(y))H\(decimal(end.x))"
    canvas.add(Element("path", ["d": .text(path), "class": "ln"]))
    let tone = layout.isChosen(node) ? Tone.loop : .ink
    canvas.text(
      LabelLine(graph.nodes[node].label, .strong, tone),
      at: LabelPosition(
        Point(end.x + direction * 4, y),
        isRight ? .start : .end,
        room: Measure.name
      ),
      to: graph.nodes[node].href
    )
  }

  private func addAmounts(to canvas: inout Canvas) {
    let order = self.order
    let chosen = order.filter(isChosen)
    let labelled = chosen + order.filter { !isChosen($0) }.prefix(options.labelledFlows)
    for (rank, index) in labelled.enumerated() {
      let flow = graph.flows[index]
      let line = LabelLine(options.amount(flow.amount), .amount, isChosen(index) ? .loop : .ink)
      let start = centre.moved(turn: layout.paying[index].middle, by: radius)
      let end = centre.moved(turn: layout.receiving[index].middle, by: radius)
      let positions = [0.16, 0.22, 0.3, 0.72, 0.8, 0.4].map { part in
        LabelPosition(curve(start, end, at: part), .middle)
      }
      canvas.label(
        Label(
          [line],
          at: positions,
          priority: -Double(rank),
          address: flow.href,
          mayShorten: false,
          isBacked: flow.amount * layout.turnPerAmount * 2 * .pi * radius < 12
        )
      )
    }
  }

  /// A point of the curve from one end to the other that is drawn to the centre.
  private func curve(_ start: Point, _ end: Point, at part: Double) -> Point {
    let (a, b, c) = ((1 - part) * (1 - part), 2 * part * (1 - part), part * part)
    return Point(
      a * start.x + b * centre.x + c * end.x,
      a * start.y + b * centre.y + c * end.y
    )
  }
}

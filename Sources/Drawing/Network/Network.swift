extension FlowDiagram {
  /// Who pays whom as arrows between parties, in columns by group.
  ///
  /// Columns follow the money between groups; arrows point at the payee, opposite flows are two
  /// arrows, and lines are as thick as the amounts. Made for up to 60 parties.
  ///
  /// - Parameter options: How it is drawn.
  /// - Returns: The drawing.
  package func network(_ options: FlowOptions) -> Picture {
    NetworkDrawing(self, options).picture()
  }
}

/// Draws a network.
struct NetworkDrawing {
  let diagram: FlowDiagram
  let options: FlowOptions
  let graph: FlowGraph
  let paint: FlowPaint
  let layout: NetworkLayout
  let frame: FlowFrame
  let shift: Double

  init(_ diagram: FlowDiagram, _ options: FlowOptions) {
    self.diagram = diagram
    self.options = options
    graph = FlowGraph(diagram, top: options.top)
    paint = FlowPaint(graph)
    layout = NetworkLayout(graph, options: options)
    frame = FlowFrame(
      title: options.hasTitle ? diagram.title : "",
      notes: ["Arrows point at who is paid; a party is as large as what it gets or pays."]
        + [paint.foldingNote(options.amount)].compactMap { $0 },
      entries: Self.entries(layout, paint, options),
      width: layout.width
    )
    shift = frame.headerHeight + 6
  }

  private static func entries(
    _ layout: NetworkLayout,
    _ paint: FlowPaint,
    _ options: FlowOptions
  ) -> [FlowFrame.Entry] {
    let unit = roundAmount(upTo: 12 / layout.strokePerAmount)
    var entries = [
      FlowFrame.Entry(
        swatch: .stroke(unit * layout.strokePerAmount),
        text: "a line this thick is \(options.amount(unit))"
      )
    ]
    let least = NetworkLayout.Measure.thinnest / layout.strokePerAmount
    if paint.graph.flows.contains(where: { $0.amount < least }) {
      let text = "under \(options.amount(least)): no thinner"
      entries.append(.init(swatch: .stroke(NetworkLayout.Measure.thinnest), text: text))
    }
    return entries + paint.entries(assumed: .hollow) { .shape($0) }
  }

  func picture() -> Picture {
    let largest = order.prefix(10).map { graph.words(graph.flows[$0], options.amount) }
    let start = diagram.description.isEmpty ? "" : diagram.description + " "
    let end = shift + layout.height
    var canvas = Canvas(
      id: options.id,
      size: Size(width: layout.width, height: end + frame.footerHeight),
      title: diagram.title,
      description: start + "Largest flows: " + largest.joined(separator: "; ") + ".",
      hasStyle: options.hasStyle
    )
    frame.draw(on: &canvas, keyFrom: end)
    addHeadings(to: &canvas)
    for index in order.sorted(by: { !isChosen($0) && isChosen($1) }) {
      canvas.add(arrow(index))
      avoid(index, on: &canvas)
    }
    for node in graph.nodes.indices { addNode(node, to: &canvas) }
    addLabels(to: &canvas)
    return canvas.picture()
  }

  func isChosen(_ index: Int) -> Bool { graph.flows[index].mark.contains(.loop) }

  /// The flows, largest first.
  var order: [Int] {
    graph.flows.indices.sorted {
      (graph.flows[$0].amount, $1) > (graph.flows[$1].amount, $0)
    }
  }

  private func addHeadings(to canvas: inout Canvas) {
    guard layout.columns.count > 1 else { return }
    for column in layout.columns {
      canvas.text(
        LabelLine(column.name, .label, .muted),
        at: LabelPosition(Point(column.x, shift + 8), .middle, room: column.room)
      )
    }
  }

  private func point(_ point: Point) -> Point { Point(point.x, point.y + shift) }

  private func arrow(_ index: Int) -> Element {
    let flow = graph.flows[index]
    let curve = layout.curves[index]
    let colour = paint.colour(flow)
    let width = layout.stroke(index)
    let strength = paint.strength(flow, isReturning: true)
    let head = layout.head(index)
    let tip = point(curve.end)
    let base = point(curve.neck)
    let (start, control) = (point(curve.start), point(curve.control))
    let path =
      "M\(decimal(start.x)) \(decimal(start.y))Q\(decimal(control.x)) \(decimal(control.y)) "
      + "\(decimal(base.x)) \(decimal(base.y))"
    let isDashed = flow.mark.contains(.disputed)
    var shapes = [
      Element(
        "path",
        [
          "d": .text(path), "class": "\(strength) l\(colour)\(isDashed ? " dash" : "")",
          "fill": "none", "stroke-width": .number(width),
        ]
      )
    ]
    if let share = flow.firmShare, width > 2 {
      // A hollow line: what is not sure has no core.
      shapes.append(
        Element(
          "path",
          [
            "d": .text(path), "class": "ls", "fill": "none",
            "stroke-width": .number((width - max(1.4, width * 0.3)) * (1 - share)),
            "stroke-opacity": "0.75",
          ]
        )
      )
    }
    let side = head * 0.55
    let length = max(
      ((tip.x - base.x) * (tip.x - base.x) + (tip.y - base.y) * (tip.y - base.y)).squareRoot(),
      0.01
    )
    let (dx, dy) = ((tip.x - base.x) / length, (tip.y - base.y) / length)
    let triangle =
      "M\(decimal(tip.x)) \(decimal(tip.y))L\(decimal(base.x - dy * side)) "
      + "\(decimal(base.y + dx * side))L\(decimal(base.x + dy * side)) "
      + "\(decimal(base.y - dx * side))Z"
    let faded = paint.hasLoop && !isChosen(index) ? " rest" : ""
    shapes.append(Element("path", ["d": .text(triangle), "class": "f\(colour)\(faded)"]))
    return .mark(graph.words(flow, options.amount), to: flow.href, "flow", shapes)
  }

  private func avoid(_ index: Int, on canvas: inout Canvas) {
    let points = (0...8).map { point(layout.curves[index].point(Double($0) / 8)) }
    let half = layout.stroke(index) / 2 + 1
    for (start, end) in zip(points, points.dropFirst()) {
      let box = Box(
        x: min(start.x, end.x),
        y: min(start.y, end.y),
        width: abs(end.x - start.x),
        height: abs(end.y - start.y)
      )
      canvas.placer.avoid(box.inset(-half, -half))
    }
  }

  private func addNode(_ node: Int, to canvas: inout Canvas) {
    let centre = point(layout.centres[node])
    let radius = layout.radii[node]
    let shape = GroupShape.element(graph.colours[node], at: centre, radius: radius)
    let title = graph.words(node, options.amount)
    canvas.add(.mark(title, to: graph.nodes[node].href, "n", [shape]))
    canvas.placer.block(
      Box(x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius)
    )
  }
}

extension NetworkDrawing {
  private func addLabels(to canvas: inout Canvas) {
    let chosen = order.filter(isChosen)
    let labelled = chosen + order.filter { !isChosen($0) }.prefix(options.labelledFlows)
    for (rank, index) in labelled.enumerated() {
      let flow = graph.flows[index]
      let line = LabelLine(options.amount(flow.amount), .amount, isChosen(index) ? .loop : .ink)
      let positions = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map { part in
        LabelPosition(point(layout.curves[index].point(part)), .middle)
      }
      canvas.label(
        Label(
          [line],
          at: positions,
          priority: (isChosen(index) ? 4 : 1) - Double(rank) * 1e-3,
          address: flow.href,
          mayShorten: false,
          isBacked: layout.stroke(index) < 10
        )
      )
    }
    for node in graph.nodes.indices { canvas.label(name(node)) }
  }

  private func name(_ node: Int) -> Label {
    let centre = point(layout.centres[node])
    let radius = layout.radii[node] + 4
    let isChosen = graph.flows.contains {
      $0.mark.contains(.loop) && ($0.source == node || $0.target == node)
    }
    let text = FontMetrics.fitted(graph.nodes[node].label, .strong, within: 170)
    let lift = radius * 0.8
    let positions = [
      LabelPosition(Point(centre.x, centre.y + radius), .middle, .top),
      LabelPosition(Point(centre.x, centre.y - radius), .middle, .bottom),
      LabelPosition(Point(centre.x + radius, centre.y), .start),
      LabelPosition(Point(centre.x - radius, centre.y), .end),
      LabelPosition(Point(centre.x + lift, centre.y + lift), .start, .top),
      LabelPosition(Point(centre.x - lift, centre.y + lift), .end, .top),
      LabelPosition(Point(centre.x + lift, centre.y - lift), .start, .bottom),
      LabelPosition(Point(centre.x - lift, centre.y - lift), .end, .bottom),
    ]
    return Label(
      [LabelLine(text ?? graph.nodes[node].label, .strong, isChosen ? .loop : .ink)],
      at: positions,
      priority: 2 + graph.throughflow(node)
        / (graph.nodes.indices.map(graph.throughflow).max() ?? 1),
      address: graph.nodes[node].href,
      avoidsClutter: true
    )
  }
}

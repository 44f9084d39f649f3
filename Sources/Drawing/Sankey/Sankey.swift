extension FlowDiagram {
  /// Who pays whom, from left to right, with what returns drawn back around.
  ///
  /// Columns follow the money, after the flows of least weight that close loops have been set
  /// aside; those turn back over the top or under the bottom. All widths share one scale, and on
  /// each side of a party they sum up to its height. Flows under one pixel are drawn as a line.
  ///
  /// - Parameter options: How it is drawn.
  /// - Returns: The drawing.
  package func sankey(_ options: FlowOptions) -> Picture {
    SankeyDrawing(self, options).picture()
  }
}

/// Draws a Sankey diagram that has coordinates.
struct SankeyDrawing {
  let diagram: FlowDiagram
  let options: FlowOptions
  let layout: SankeyLayout
  let paint: FlowPaint
  let frame: FlowFrame
  /// How far everything moves down, to stand below the header.
  let shift: Double

  var graph: FlowGraph { layout.graph }

  init(_ diagram: FlowDiagram, _ options: FlowOptions) {
    self.diagram = diagram
    self.options = options
    let graph = FlowGraph(diagram, top: options.top)
    layout = SankeyLayout(SankeyPlan(graph), options: options)
    paint = FlowPaint(graph)
    frame = FlowFrame(
      title: options.hasTitle ? diagram.title : "",
      notes: Self.notes(layout, paint, options),
      entries: Self.entries(layout, paint, options),
      width: layout.width
    )
    shift = frame.headerHeight + 6 - layout.top
  }

  func picture() -> Picture {
    let end = layout.bottom + shift + 8
    var canvas = Canvas(
      id: options.id,
      size: Size(width: layout.width, height: end + frame.footerHeight),
      title: diagram.title,
      description: description,
      hasStyle: options.hasStyle
    )
    paint.define(on: &canvas)
    if options.boundary != .hidden { paint.defineFading(on: &canvas) }
    frame.draw(on: &canvas, keyFrom: end)
    drawFlows(on: &canvas)
    drawNodes(on: &canvas)
    addLabels(to: &canvas)
    return canvas.picture()
  }

  private var description: String {
    let largest = graph.flows.indices.sorted(by: isLarger).prefix(10)
    let words = largest.map { graph.words(graph.flows[$0], options.amount) }
    let start = diagram.description.isEmpty ? "" : diagram.description + " "
    return start + "Largest flows: " + words.joined(separator: "; ") + "."
  }

  func isLarger(_ one: Int, _ other: Int) -> Bool {
    (graph.flows[one].amount, other) > (graph.flows[other].amount, one)
  }

  private static func notes(
    _ layout: SankeyLayout,
    _ paint: FlowPaint,
    _ options: FlowOptions
  ) -> [String] {
    let turns = layout.plan.courses.contains { $0 != .forward }
    let reading =
      turns
      ? "Money runs from left to right; what turns back to an earlier payer runs around, from right to left."
      : "Money runs from left to right; nothing returns."
    return [reading] + [paint.foldingNote(options.amount)].compactMap { $0 }
  }

  private static func entries(
    _ layout: SankeyLayout,
    _ paint: FlowPaint,
    _ options: FlowOptions
  ) -> [FlowFrame.Entry] {
    let unit = roundAmount(upTo: 40 / layout.scale)
    var entries = [
      FlowFrame.Entry(
        swatch: .height(unit * layout.scale),
        text: "this height is \(options.amount(unit))"
      )
    ]
    entries += paint.entries { .group($0) }
    let balances = layout.graph.nodes.indices.map(layout.balance)
    if options.boundary != .hidden, balances.contains(where: { $0.left > 0 || $0.right > 0 }) {
      let text =
        options.boundary == .net
        ? "fading: the balance with outside, to scale" : "fading: from and to outside, to scale"
      entries.append(.init(swatch: .fading, text: text))
    }
    if layout.graph.flows.indices.contains(where: { layout.flowWidth($0) < 1 }) {
      entries.append(
        .init(swatch: .stroke(1), text: "under \(options.amount(1 / layout.scale)): a thin line")
      )
    }
    return entries
  }
}

extension SankeyDrawing {
  private func drawFlows(on canvas: inout Canvas) {
    func rank(_ index: Int) -> Int { graph.flows[index].mark.contains(.loop) ? 1 : 0 }
    let order = graph.flows.indices.sorted { one, other in
      rank(one) == rank(other) ? isLarger(one, other) : rank(one) < rank(other)
    }
    for index in order { canvas.add(band(index, on: canvas)) }
  }

  private func band(_ index: Int, on canvas: Canvas) -> Element {
    let flow = graph.flows[index]
    let width = layout.flowWidth(index)
    let isReturning = layout.lanes[index] != nil
    let ribbon = ribbon(index)
    var shapes: [Element] = []
    if width < 1 {
      let dash = flow.mark.contains(.disputed) ? " dash" : ""
      let strength = paint.strength(flow, isReturning: isReturning)
      let className = "\(strength) l\(paint.colour(flow))\(dash)"
      shapes.append(
        Element(
          "path",
          [
            "d": .text(ribbon.middle), "class": .text(className), "fill": "none",
            "stroke-width": isReturning ? 1.5 : 1,
          ]
        )
      )
    } else {
      shapes += paint.fill(flow, isReturning: isReturning, on: canvas) { share in
        self.ribbon(index, share: share).outline
      }
      if let edge = paint.edge(flow, ribbon.outline) { shapes.append(edge) }
    }
    shapes += arrows(index)
    return .mark(graph.words(flow, options.amount), to: flow.href, "flow", shapes)
  }

  /// Where a flow leaves its payer, and where it enters its payee.
  func ends(_ index: Int) -> (start: Point, end: Point) {
    let flow = graph.flows[index]
    let startX = layout.columns[layout.plan.layerOf[flow.source]] + SankeyLayout.Measure.nodeWidth
    let endX = layout.columns[layout.plan.layerOf[flow.target]]
    let startY = layout.tops[flow.source] + layout.leavingOffsets[index] + shift
    let endY = layout.tops[flow.target] + layout.enteringOffsets[index] + shift
    return (Point(startX, startY), Point(endX, endY))
  }

  /// The level pieces of a forward flow.
  func stations(_ index: Int) -> [(start: Double, end: Double, y: Double)] {
    let (start, end) = ends(index)
    let chain = layout.plan.chains[index]
    let bends = chain.dropFirst().dropLast().map { item in
      let x = layout.columns[layout.plan.layerOf[item]]
      let y = layout.tops[item] + layout.heights[item] / 2 + shift
      return (start: x, end: x + SankeyLayout.Measure.nodeWidth, y: y)
    }
    return [(start.x, start.x, start.y)] + bends + [(end.x, end.x, end.y)]
  }

  private func ribbon(_ index: Int, share: Double = 1) -> Ribbon {
    let whole = layout.flowWidth(index)
    let width = whole * share
    guard let lane = layout.lanes[index] else {
      return Ribbon(stations: stations(index), width: width)
    }
    let (start, end) = ends(index)
    let y = lane.y + shift
    let corners = [
      start, Point(lane.startX, start.y), Point(lane.startX, y), Point(lane.endX, y),
      Point(lane.endX, end.y), end,
    ]
    return Ribbon(
      corners: corners,
      width: width,
      innerRadius: SankeyLayout.Measure.innerRadius + (whole - width) / 2
    )
  }

  /// Arrowheads: one where a flow arrives, more along the way where it returns.
  private func arrows(_ index: Int) -> [Element] {
    let flow = graph.flows[index]
    let width = layout.flowWidth(index)
    let isMarked = flow.mark.contains(.loop)
    let lane = layout.lanes[index]
    guard isMarked || width >= 3 || lane != nil else { return [] }
    let size = min(max(width * 0.45, lane == nil ? 3 : 4), 8)
    let end = ends(index).end
    var path = Self.arrow(tip: Point(end.x - 1, end.y), size: size, direction: 1)
    if let lane {
      let length = lane.startX - lane.endX
      let count = max(1, Int(length / 160))
      for step in 0..<count {
        let x = lane.startX - length * (Double(step) + 0.5) / Double(count) - 34
        guard x > lane.endX + size else { continue }
        path += Self.arrow(tip: Point(x, lane.y + shift), size: size, direction: -1)
      }
    }
    let strength = paint.hasLoop && !isMarked ? " rest" : ""
    return [Element("path", ["d": .text(path), "class": "f\(paint.colour(flow))\(strength)"])]
  }

  private static func arrow(tip: Point, size: Double, direction: Double) -> String {
    let x = decimal(tip.x - direction * size)
    return "M\(x) \(decimal(tip.y - size))L\(decimal(tip.x)) \(decimal(tip.y))"
      + "L\(x) \(decimal(tip.y + size))Z"
  }
}

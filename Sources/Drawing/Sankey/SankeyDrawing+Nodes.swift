extension SankeyDrawing {
  /// The box of a node; never flatter than two pixels.
  func box(_ node: Int) -> Box {
    let x = layout.columns[layout.plan.layerOf[node]]
    let height = layout.heights[node]
    let shown = max(height, 2)
    let y = layout.tops[node] + shift - (shown - height) / 2
    return Box(x: x, y: y, width: SankeyLayout.Measure.nodeWidth, height: shown)
  }

  func drawNodes(on canvas: inout Canvas) {
    for node in graph.nodes.indices {
      let box = box(node)
      let bar = Element(
        "rect",
        [
          "x": .number(box.x), "y": .number(box.y), "width": .number(box.width),
          "height": .number(box.height), "class": "f\(graph.colours[node])",
        ]
      )
      let sign = GroupShape.element(
        graph.colours[node],
        at: box.centre,
        radius: 3.8,
        className: "fs"
      )
      let shapes = stubs(node, on: canvas) + (box.height > 10 ? [bar, sign] : [bar])
      canvas.add(.mark(graph.words(node, options.amount), to: graph.nodes[node].href, "n", shapes))
      canvas.placer.block(box)
    }
  }

  /// What a node has with the outside: bands that fade away from it.
  private func stubs(_ node: Int, on canvas: Canvas) -> [Element] {
    guard options.boundary != .hidden else { return [] }
    let balance = layout.balance(node)
    let box = box(node)
    let length = SankeyLayout.Measure.stub
    let top = layout.tops[node] + shift
    let plan = layout.plan
    return [
      (balance.left, plan.entering[node], box.x - length, "in"),
      (balance.right, plan.leaving[node], box.maxX, "out"),
    ].compactMap { amount, flows, x, side in
      let height = amount * layout.scale
      guard height >= 0.3 else { return nil }
      return Element(
        "rect",
        [
          "x": .number(x), "y": .number(top + layout.stubOffset(flows)), "width": .number(length),
          "height": .number(height),
          "fill": .text(canvas.reference("\(side)-\(graph.colours[node])")),
        ]
      )
    }
  }

  func addLabels(to canvas: inout Canvas) {
    avoidBands(on: &canvas)
    let largest = graph.nodes.indices.map(graph.throughflow).max() ?? 1
    for node in graph.nodes.indices { canvas.label(nodeLabel(node, largest: largest)) }
    for index in labelledFlows() { canvas.label(flowLabel(index)) }
  }

  private func nodeLabel(_ node: Int, largest: Double) -> Label {
    let lines = SankeyText.lines(node, graph, options)
    let isChosen = lines.first?.tone == .loop
    return Label(
      lines,
      at: nodePositions(node),
      priority: 2 + graph.throughflow(node) / largest + (isChosen ? 1 : 0),
      address: graph.nodes[node].href,
      avoidsClutter: true
    )
  }

  /// Labels of nodes look for places beside bands rather than on them.
  private func avoidBands(on canvas: inout Canvas) {
    for index in graph.flows.indices {
      let half = max(layout.flowWidth(index), 2) / 2
      for piece in pieces(index) {
        let box = Box(
          x: min(piece.start.x, piece.end.x),
          y: min(piece.start.y, piece.end.y),
          width: abs(piece.end.x - piece.start.x),
          height: abs(piece.end.y - piece.start.y)
        )
        canvas.placer.avoid(box.inset(-(box.width < 1 ? half : 0), -half))
      }
    }
  }

  /// The way of a flow in short straight pieces.
  private func pieces(_ index: Int) -> [(start: Point, end: Point)] {
    let points: [Point]
    if let lane = layout.lanes[index] {
      let (start, end) = ends(index)
      let y = lane.y + shift
      points = [
        start, Point(lane.startX, start.y), Point(lane.startX, y), Point(lane.endX, y),
        Point(lane.endX, end.y), end,
      ]
    } else {
      points = curvePoints(index, at: (0...6).map { Double($0) / 6 })
    }
    return zip(points, points.dropFirst()).map { ($0, $1) }
  }

  /// Beside the node where less money runs, else on the other side, else above or below.
  private func nodePositions(_ node: Int) -> [LabelPosition] {
    let box = box(node)
    let right = LabelPosition(Point(box.maxX + 6, box.centre.y), .start)
    let left = LabelPosition(Point(box.x - 6, box.centre.y), .end)
    let layer = layout.plan.layerOf[node]
    let isLast = layer == layout.plan.columnCount - 1
    let prefersLeft = layer == 0 || (!isLast && graph.received[node] < graph.paid[node] * 0.5)
    let sides = prefersLeft ? [left, right] : [right, left]
    let raised = sides.flatMap { side in
      [-14.0, 14, -26, 26].map { shift in
        LabelPosition(Point(side.point.x, side.point.y + shift), side.across)
      }
    }
    return sides + [
      LabelPosition(Point(box.centre.x, box.y - 3), .middle, .bottom),
      LabelPosition(Point(box.centre.x, box.maxY + 3), .middle, .top),
    ] + raised
  }

  /// The largest flows, the largest of those that return, and all those in the loop.
  private func labelledFlows() -> [Int] {
    let order = graph.flows.indices.sorted(by: isLarger)
    let returning = order.filter { layout.lanes[$0] != nil }.prefix(options.labelledFlows / 2)
    let chosen = order.filter { graph.flows[$0].mark.contains(.loop) }
    let wanted = Set(order.prefix(options.labelledFlows)).union(returning).union(chosen)
    return order.filter(wanted.contains)
  }

  private func flowLabel(_ index: Int) -> Label {
    let flow = graph.flows[index]
    let isChosen = flow.mark.contains(.loop)
    let amount = options.amount(flow.amount)
    let isReturning = layout.lanes[index] != nil
    let payee = flow.source == flow.target ? "itself" : graph.nodes[flow.target].label
    let text = isReturning ? "\(amount) back to \(payee)" : amount
    let rank = flow.amount / (graph.flows.map(\.amount).max() ?? 1)
    let isLarge = layout.flowWidth(index) > 16
    return Label(
      [LabelLine(text, .amount, isChosen ? .loop : .ink)],
      at: flowPositions(index),
      priority: (isChosen ? 5 : isReturning ? 4 : isLarge ? 3.5 : 1) + rank,
      address: flow.href,
      mayShorten: isReturning,
      isBacked: layout.flowWidth(index) < 12
    )
  }

  /// Along the band: its lane where it returns, else its level pieces and the curves between.
  private func flowPositions(_ index: Int) -> [LabelPosition] {
    let parts = [0.5, 0.3, 0.7, 0.2, 0.8]
    let points: [Point]
    if let lane = layout.lanes[index] {
      points = parts.map { part in
        Point(lane.startX + (lane.endX - lane.startX) * part, lane.y + shift)
      }
    } else {
      points = parts.flatMap { curvePoints(index, at: [$0]) }
    }
    return points.map { LabelPosition($0, .middle) }
  }

  /// Points of a forward flow at parts of each of its curves.
  private func curvePoints(_ index: Int, at parts: [Double]) -> [Point] {
    let stations = stations(index)
    return zip(stations, stations.dropFirst()).flatMap { start, end in
      parts.map { part in
        let across = 1.5 * part - 1.5 * part * part + part * part * part
        let down = 3 * part * part - 2 * part * part * part
        let x = start.end + (end.start - start.end) * across
        return Point(x, start.y + (end.y - start.y) * down)
      }
    }
  }
}

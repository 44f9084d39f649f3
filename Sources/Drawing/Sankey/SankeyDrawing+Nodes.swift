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
      let shapes = stubs(node, on: canvas) + [bar]
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
    let largest = graph.nodes.indices.map(graph.throughflow).max() ?? 1
    for node in graph.nodes.indices { canvas.label(nodeLabel(node, largest: largest)) }
    for index in labelledFlows() { canvas.label(flowLabel(index)) }
    for node in graph.nodes.indices { addBoundaryLabels(node, to: &canvas) }
  }

  private func nodeLabel(_ node: Int, largest: Double) -> Label {
    let isChosen = graph.flows.contains {
      $0.mark.contains(.loop) && ($0.source == node || $0.target == node)
    }
    var lines = [LabelLine(graph.nodes[node].label, .strong, isChosen ? .loop : .ink)]
    if layout.heights[node] > 20 || graph.nodes.count <= 12 {
      lines.append(LabelLine(totals(node), .small, .muted))
    }
    return Label(
      lines,
      at: nodePositions(node),
      priority: 2 + graph.throughflow(node) / largest + (isChosen ? 1 : 0),
      address: graph.nodes[node].href
    )
  }

  private func totals(_ node: Int) -> String {
    let received = graph.received[node]
    let paid = graph.paid[node]
    if paid == 0 { return "gets \(options.amount(received))" }
    if received == 0 { return "pays \(options.amount(paid))" }
    return "gets \(options.amount(received)), pays \(options.amount(paid))"
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
      [-9.0, 9, -18, 18].map { shift in
        LabelPosition(Point(side.point.x, side.point.y + shift), side.across)
      }
    }
    return sides + [
      LabelPosition(Point(box.centre.x, box.y - 3), .middle, .bottom),
      LabelPosition(Point(box.centre.x, box.maxY + 3), .middle, .top),
    ] + raised
  }

  /// The largest flows, and all those in the loop.
  private func labelledFlows() -> [Int] {
    let order = graph.flows.indices.sorted(by: isLarger)
    let largest = order.prefix(options.labelledFlows)
    return Array(largest)
      + order.dropFirst(options.labelledFlows).filter { graph.flows[$0].mark.contains(.loop) }
  }

  private func flowLabel(_ index: Int) -> Label {
    let flow = graph.flows[index]
    let isChosen = flow.mark.contains(.loop)
    let line = LabelLine(options.amount(flow.amount), .amount, isChosen ? .loop : .ink)
    let rank = flow.amount / (graph.flows.map(\.amount).max() ?? 1)
    return Label(
      [line],
      at: flowPositions(index),
      priority: (isChosen ? 3 : 1) + rank,
      address: flow.href,
      mayShorten: false
    )
  }

  /// Along the band: its lane where it returns, else its level pieces and the curves between.
  private func flowPositions(_ index: Int) -> [LabelPosition] {
    if let lane = layout.lanes[index] {
      return [0.5, 0.35, 0.65, 0.2, 0.8].map { part in
        let x = lane.startX + (lane.endX - lane.startX) * part
        return LabelPosition(Point(x, lane.y + shift), .middle)
      }
    }
    let stations = stations(index)
    let curves = zip(stations, stations.dropFirst())
    return [0.5, 0.3, 0.7, 0.2, 0.8].flatMap { part in
      curves.map { start, end in
        let across = 1.5 * part - 1.5 * part * part + part * part * part
        let down = 3 * part * part - 2 * part * part * part
        let x = start.end + (end.start - start.end) * across
        return LabelPosition(Point(x, start.y + (end.y - start.y) * down), .middle)
      }
    }
  }

  /// The largest amount that a party has from outside, and the largest it has to there.
  private func addBoundaryLabels(_ node: Int, to canvas: inout Canvas) {
    guard options.boundary != .hidden else { return }
    let box = box(node)
    let sides = [
      (graph.nodes[node].inflows, box.x - 4, HorizontalAnchor.end, "from"),
      (graph.nodes[node].outflows, box.maxX + 4, .start, "to"),
    ]
    for (boundaries, x, across, word) in sides {
      guard let largest = boundaries.max(by: { $0.amount < $1.amount }), largest.amount > 0
      else { continue }
      let more = boundaries.count > 1 ? " +\(boundaries.count - 1)" : ""
      let text = "\(options.amount(largest.amount)) \(word) \(largest.label)\(more)"
      let heights = [box.maxY - 6, box.centre.y + 22, box.centre.y - 22, box.y + 6]
      canvas.label(
        Label(
          [LabelLine(text, .small, .muted)],
          at: heights.map { LabelPosition(Point(x, $0), across) },
          priority: graph.throughflow(node) * 1e-15
        )
      )
    }
  }
}

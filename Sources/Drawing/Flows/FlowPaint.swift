/// Colours and patterns of flows, shared by the drawings of them.
struct FlowPaint {
  let graph: FlowGraph
  /// Whether a loop is marked, so that all else stands back.
  let hasLoop: Bool

  init(_ graph: FlowGraph) {
    self.graph = graph
    hasLoop = graph.flows.contains { $0.mark.contains(.loop) }
  }

  /// The letter or number of a flow's colour: its payer's group, or the loop.
  func colour(_ flow: FlowGraph.Flow) -> String {
    flow.mark.contains(.loop) ? "l" : "\(graph.colours[flow.source])"
  }

  /// How strongly a flow shows.
  func strength(_ flow: FlowGraph.Flow, isReturning: Bool = false) -> String {
    guard hasLoop else { return isReturning ? "band turn" : "band" }
    return flow.mark.contains(.loop) ? "band chosen" : "band rest"
  }

  /// The filled outline of a flow: plain, or hatched with what is sure of it plain along its middle.
  ///
  /// - Parameters:
  ///   - flow: The flow.
  ///   - isReturning: Whether it turns back.
  ///   - canvas: What it is drawn on.
  ///   - path: The outline of a share of it, about its middle.
  /// - Returns: The shapes, the hatched one first.
  func fill(
    _ flow: FlowGraph.Flow,
    isReturning: Bool = false,
    on canvas: Canvas,
    path: (Double) -> String
  ) -> [Element] {
    let strength = strength(flow, isReturning: isReturning)
    func plain(_ share: Double) -> Element {
      Element("path", ["d": .text(path(share)), "class": "\(strength) f\(colour(flow))"])
    }
    guard let share = flow.firmShare else { return [plain(1)] }
    let hatch = canvas.reference("hatch-\(colour(flow))")
    let whole = Element(
      "path",
      ["d": .text(path(1)), "class": .text(strength), "fill": .text(hatch)]
    )
    return share < 0.01 ? [whole] : [whole, plain(share)]
  }

  /// The line around a flow that is disputed (dashed) or in the loop; none for others.
  func edge(_ flow: FlowGraph.Flow, _ path: String) -> Element? {
    if flow.mark.contains(.disputed) {
      return Element("path", ["d": .text(path), "class": "edge dash li"])
    }
    guard flow.mark.contains(.loop) else { return nil }
    return Element("path", ["d": .text(path), "class": "edge ll"])
  }

  /// Defines the patterns that the drawing needs.
  func define(on canvas: inout Canvas) {
    let assumed = graph.flows.filter { $0.firmShare != nil }
    guard !assumed.isEmpty else { return }
    for name in Set(assumed.map(colour)).union(["m"]).sorted() {
      let paint = Element(
        "rect",
        ["width": 6, "height": 6, "class": "f\(name)", "fill-opacity": "0.3"]
      )
      let stripe = Element("rect", ["width": 1.7, "height": 6, "class": "f\(name)"])
      canvas.define(
        Element(
          "pattern",
          [
            "id": .text(canvas.id("hatch-\(name)")), "width": 6, "height": 6,
            "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)",
          ],
          [paint, stripe]
        )
      )
    }
  }

  /// Defines gradients that fade to nothing on the left (`in-…`) and on the right (`out-…`).
  func defineFading(on canvas: inout Canvas) {
    let names = Set(graph.colours.map { "\($0)" }).union(["m"]).sorted()
    for name in names {
      for (side, first, last) in [("in", "0", "0.5"), ("out", "0.5", "0")] {
        let stops = [("0", first), ("1", last)].map { offset, opacity in
          Element(
            "stop",
            ["offset": .text(offset), "class": "g\(name)", "stop-opacity": .text(opacity)]
          )
        }
        canvas.define(
          Element("linearGradient", ["id": .text(canvas.id("\(side)-\(name)"))], stops)
        )
      }
    }
  }

  /// The entries of the key about groups and marks.
  func entries(
    assumed: FlowFrame.Swatch = .hatched,
    _ swatch: (Int) -> FlowFrame.Swatch
  ) -> [FlowFrame.Entry] {
    let drawn = graph.groups.enumerated().filter { graph.colours.contains($0.offset) }
    var entries = drawn.map { FlowFrame.Entry(swatch: swatch($0.offset), text: $0.element) }
    if graph.groups.count > 0, graph.colours.contains(Theme.groupCount) {
      entries.append(.init(swatch: swatch(Theme.groupCount), text: "other parties"))
    }
    let marks = graph.flows.reduce(FlowDiagram.Mark()) { $0.union($1.mark) }
    if marks.contains(.loop) { entries.append(.init(swatch: .loop, text: "the chosen loop")) }
    if graph.flows.contains(where: { $0.firmShare != nil }) {
      entries.append(
        .init(swatch: assumed, text: "not sure: filled in, estimated or within a range")
      )
    }
    if marks.contains(.disputed) { entries.append(.init(swatch: .disputed, text: "disputed")) }
    return entries
  }

  /// What was folded, in words.
  func foldingNote(_ amount: (Double) -> String) -> String? {
    guard graph.foldedCount > 0 else { return nil }
    let start = "The \(graph.foldedCount) smallest parties are drawn as one"
    guard graph.foldedAmount > 0 else { return start + "." }
    return start + "; \(amount(graph.foldedAmount)) among themselves is not drawn."
  }
}

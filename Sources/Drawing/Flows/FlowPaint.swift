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

  /// The filled outline of a flow: plain, or hatched where it is assumed.
  func fill(
    _ flow: FlowGraph.Flow,
    _ path: String,
    isReturning: Bool = false,
    on canvas: Canvas
  ) -> Element {
    let strength = strength(flow, isReturning: isReturning)
    guard flow.mark.contains(.assumed) else {
      return Element(
        "path",
        ["d": .text(path), "class": "\(strength) f\(colour(flow))"]
      )
    }
    let hatch = canvas.reference("hatch-\(colour(flow))")
    return Element(
      "path",
      ["d": .text(path), "class": .text(strength), "fill": .text(hatch)]
    )
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
    let assumed = graph.flows.filter { $0.mark.contains(.assumed) }
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
    var entries = graph.groups.enumerated().map { index, group in
      FlowFrame.Entry(swatch: swatch(index), text: group)
    }
    if graph.groups.count > 0, graph.colours.contains(Theme.groupCount) {
      entries.append(.init(swatch: swatch(Theme.groupCount), text: "other parties"))
    }
    let marks = graph.flows.reduce(FlowDiagram.Mark()) { $0.union($1.mark) }
    if marks.contains(.loop) { entries.append(.init(swatch: .loop, text: "the chosen loop")) }
    if marks.contains(.assumed) {
      entries.append(.init(swatch: assumed, text: "filled in or assumed"))
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

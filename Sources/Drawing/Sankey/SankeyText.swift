/// What is written beside a party of a Sankey diagram.
enum SankeyText {
  /// Its name, what it receives and pays inside, and what it has from outside and pays there.
  static func lines(_ node: Int, _ graph: FlowGraph, _ options: FlowOptions) -> [LabelLine] {
    let isChosen = graph.flows.contains {
      $0.mark.contains(.loop) && ($0.source == node || $0.target == node)
    }
    let party = graph.nodes[node]
    let name = FontMetrics.fitted(party.label, .strong, within: 190) ?? party.label
    var lines = [LabelLine(name, .strong, isChosen ? .loop : .ink)]
    let largest = graph.nodes.indices.map(graph.throughflow).max() ?? 0
    let isLarge = graph.nodes.count <= 12 || graph.throughflow(node) > largest / 12
    if isLarge { lines.append(LabelLine(totals(node, graph, options), .small, .muted)) }
    guard options.boundary != .hidden else { return lines }
    let outside = [
      outside(party.inflows, "+", "from", options), outside(party.outflows, "−", "to", options),
    ]
    let most = graph.nodes.map { total($0.inflows) }.max() ?? 0
    guard isLarge || total(party.inflows) > most / 12 else { return lines }
    return lines + outside.compactMap { $0 }
  }

  private static func total(_ boundaries: [FlowDiagram.Boundary]) -> Double {
    boundaries.reduce(0) { $0 + $1.amount }
  }

  private static func totals(_ node: Int, _ graph: FlowGraph, _ options: FlowOptions) -> String {
    let received = graph.received[node]
    let paid = graph.paid[node]
    if paid == 0 { return "gets \(options.amount(received))" }
    if received == 0 { return "pays \(options.amount(paid))" }
    return "gets \(options.amount(received)), pays \(options.amount(paid))"
  }

  /// All of it, and whose most of it is.
  private static func outside(
    _ boundaries: [FlowDiagram.Boundary],
    _ sign: String,
    _ word: String,
    _ options: FlowOptions
  ) -> LabelLine? {
    let total = total(boundaries)
    guard total > 0, let largest = boundaries.max(by: { $0.amount < $1.amount }) else { return nil }
    let isMost = largest.amount > total * 0.6
    let who = isMost ? largest.label : "outside"
    let text = "\(sign)\(options.amount(total)) \(word) \(who)"
    let shown = FontMetrics.fitted(text, .small, within: 186) ?? text
    return LabelLine(shown, .small, .muted)
  }
}

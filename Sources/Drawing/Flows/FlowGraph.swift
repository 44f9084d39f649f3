/// The parties and flows of a diagram by position, smaller parties folded into one.
struct FlowGraph {
  struct Flow {
    let source: Int
    let target: Int
    let amount: Double
    let firm: Double
    let label: String?
    let href: String?
    let mark: FlowDiagram.Mark

    /// The share of it that is sure, where that is less than all.
    var firmShare: Double? { firm < amount * 0.999 ? firm / amount : nil }
  }

  let nodes: [FlowDiagram.Node]
  let flows: [Flow]
  /// What each receives from the others, and pays them.
  let received: [Double]
  let paid: [Double]
  /// The group of each node as a place in the palette.
  let colours: [Int]
  /// The groups that have a colour, in order.
  let groups: [String]
  /// What was folded into one party, and what flowed between those.
  let foldedCount: Int
  let foldedAmount: Double

  init(_ diagram: FlowDiagram, top: Int?) {
    let folding = Folding(diagram, top: top)
    nodes = folding.nodes
    flows = folding.flows
    foldedCount = folding.count
    foldedAmount = folding.amount
    var received = [Double](repeating: 0, count: nodes.count)
    var paid = received
    for flow in flows {
      paid[flow.source] += flow.amount
      received[flow.target] += flow.amount
    }
    self.received = received
    self.paid = paid
    let weights = zip(received, paid).map { max($0, $1) }
    groups =
      diagram.groups.isEmpty
      ? Self.palette(nodes, weights: weights) : Array(diagram.groups.prefix(Theme.groupCount))
    let places = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
    colours = nodes.map { places[$0.group] ?? Theme.groupCount }
  }

  /// The groups by the order in which parties name them; the smallest go without a colour where
  /// there are too many.
  private static func palette(_ nodes: [FlowDiagram.Node], weights: [Double]) -> [String] {
    var names: [String] = []
    var totals: [String: Double] = [:]
    for (node, weight) in zip(nodes, weights) where !node.group.isEmpty {
      if totals[node.group] == nil { names.append(node.group) }
      totals[node.group, default: 0] += weight
    }
    let largest = names.sorted { (totals[$0] ?? 0) > (totals[$1] ?? 0) }.prefix(Theme.groupCount)
    return names.filter(largest.contains)
  }

  /// The larger of what a party receives and pays inside the picture.
  func throughflow(_ node: Int) -> Double { max(received[node], paid[node]) }

  /// A flow in words: who pays whom how much, and what is special about it.
  func words(_ flow: Flow, _ amount: (Double) -> String) -> String {
    let names = "\(nodes[flow.source].label) → \(nodes[flow.target].label): \(amount(flow.amount))"
    let marks = [
      flow.mark.contains(.loop) ? "in the loop" : nil,
      flow.mark.contains(.assumed) ? "filled in or assumed" : nil,
      flow.mark.contains(.disputed) ? "disputed" : nil,
    ].compactMap { $0 }
    let tail = (flow.label.map { [$0] } ?? []) + marks
    return tail.isEmpty ? names : names + " (" + tail.joined(separator: ", ") + ")"
  }

  /// A party in words: what it receives and pays inside and outside.
  func words(_ node: Int, _ amount: (Double) -> String) -> String {
    var parts: [String] = []
    if received[node] > 0 { parts.append("receives \(amount(received[node]))") }
    if paid[node] > 0 { parts.append("pays \(amount(paid[node]))") }
    parts += nodes[node].inflows.map { "\(amount($0.amount)) from outside: \($0.label)" }
    parts += nodes[node].outflows.map { "\(amount($0.amount)) to outside: \($0.label)" }
    return nodes[node].label + ": " + parts.joined(separator: "; ")
  }
}

/// The largest parties, and the rest as one.
private struct Folding {
  var nodes: [FlowDiagram.Node] = []
  var flows: [FlowGraph.Flow] = []
  var count = 0
  var amount = 0.0

  private struct Key: Hashable {
    let source: Int
    let target: Int
    let mark: Int
  }

  init(_ diagram: FlowDiagram, top: Int?) {
    let ids = diagram.nodes.enumerated().map { ($1.id, $0) }
    let index = Dictionary(uniqueKeysWithValues: ids)
    let plain = diagram.flows.compactMap { flow -> FlowGraph.Flow? in
      guard let source = index[flow.source], let target = index[flow.target], flow.amount > 0
      else { return nil }
      return FlowGraph.Flow(
        source: source,
        target: target,
        amount: flow.amount,
        firm: flow.firm,
        label: flow.label,
        href: flow.href,
        mark: flow.mark
      )
    }
    let kept = Self.kept(diagram.nodes.count, plain, top: top)
    count = diagram.nodes.count - kept.count
    nodes = kept.map { diagram.nodes[$0] }
    guard count > 0 else {
      flows = plain
      return
    }
    nodes.append(Self.others(diagram.nodes, without: Set(kept), count: count))
    fold(plain, kept: kept)
  }

  /// The parties that stay: the largest, and all those on the chosen loop.
  private static func kept(_ count: Int, _ flows: [FlowGraph.Flow], top: Int?) -> [Int] {
    guard let top, top + 1 < count else { return Array(0..<count) }
    var received = [Double](repeating: 0, count: count)
    var paid = received
    var chosen: Set<Int> = []
    for flow in flows {
      paid[flow.source] += flow.amount
      received[flow.target] += flow.amount
      if flow.mark.contains(.loop) { chosen.formUnion([flow.source, flow.target]) }
    }
    let weights = zip(received, paid).map { max($0, $1) }
    let ranked = weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }
    return chosen.union(ranked.prefix(max(top, 1))).sorted()
  }

  private static func others(
    _ nodes: [FlowDiagram.Node],
    without kept: Set<Int>,
    count: Int
  ) -> FlowDiagram.Node {
    let rest = nodes.indices.filter { !kept.contains($0) }.map { nodes[$0] }
    let inflow = rest.flatMap(\.inflows).reduce(0) { $0 + $1.amount }
    let outflow = rest.flatMap(\.outflows).reduce(0) { $0 + $1.amount }
    return FlowDiagram.Node(
      id: "others",
      label: "others (\(count))",
      inflows: inflow > 0 ? [.init(label: "outside", amount: inflow)] : [],
      outflows: outflow > 0 ? [.init(label: "outside", amount: outflow)] : []
    )
  }

  private mutating func fold(_ plain: [FlowGraph.Flow], kept: [Int]) {
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    let others = kept.count
    var merged: [Key: Int] = [:]
    for flow in plain {
      let source = places[flow.source] ?? others
      let target = places[flow.target] ?? others
      guard source != others || target != others else {
        amount += flow.amount
        continue
      }
      let isWhole = source != others && target != others
      let key = Key(source: source, target: target, mark: flow.mark.rawValue)
      let old = isWhole ? nil : merged[key]
      let joined = FlowGraph.Flow(
        source: source,
        target: target,
        amount: flow.amount + (old.map { flows[$0].amount } ?? 0),
        firm: flow.firm + (old.map { flows[$0].firm } ?? 0),
        label: isWhole ? flow.label : nil,
        href: isWhole ? flow.href : nil,
        mark: flow.mark
      )
      if let old {
        flows[old] = joined
      } else {
        if !isWhole { merged[key] = flows.count }
        flows.append(joined)
      }
    }
  }
}

/// A Sankey diagram with coordinates.
struct SankeyLayout {
  /// The measures of the drawing, in its units.
  enum Measure {
    static let nodeWidth = 13.0
    static let innerRadius = 6.0
    static let laneGap = 5.0
    static let tallestNode = 170.0
    static let stub = 44.0
  }

  let plan: SankeyPlan
  let options: FlowOptions
  /// How tall one unit of money is.
  private(set) var scale = 1.0
  /// The left edge of each column.
  private(set) var columns: [Double] = []
  /// The top edge of each item.
  var tops: [Double] = []
  /// The height of each item.
  private(set) var heights: [Double] = []
  /// The middle of each flow where it leaves its payer, down from the node's top.
  private(set) var leavingOffsets: [Double] = []
  /// The middle of each flow where it enters its payee, down from the node's top.
  private(set) var enteringOffsets: [Double] = []
  /// Where each returning flow turns, by flow.
  var lanes: [Int: Lane] = [:]
  /// The whole drawing's extent.
  private(set) var width: Double
  var top = 0.0
  var bottom = 0.0

  /// The way of a returning flow: its run up or down beside the payer, its lane, its run beside the
  /// payee.
  struct Lane {
    var startX: Double
    var y: Double
    var endX: Double
  }

  init(_ plan: SankeyPlan, options: FlowOptions) {
    self.plan = plan
    self.options = options
    width = options.width
    tops = [Double](repeating: 0, count: plan.layerOf.count)
    setScale(height: options.height)
    setPorts()
    setColumns()
    settle()
    setLanes()
    setExtent()
  }

  var graph: FlowGraph { plan.graph }

  func flowWidth(_ flow: Int) -> Double { graph.flows[flow].amount * scale }

  /// The money that a node is as tall as.
  func wholeAmount(_ node: Int) -> Double {
    guard options.boundary == .gross else { return graph.throughflow(node) }
    let inflow = graph.nodes[node].inflows.reduce(0) { $0 + $1.amount }
    let outflow = graph.nodes[node].outflows.reduce(0) { $0 + $1.amount }
    return max(graph.received[node] + inflow, graph.paid[node] + outflow)
  }

  /// What a node has, on its left and right side, beside its flows.
  func balance(_ node: Int) -> (left: Double, right: Double) {
    let whole = wholeAmount(node)
    return (max(0, whole - graph.received[node]), max(0, whole - graph.paid[node]))
  }

  /// How much room two items leave between them.
  func gap(_ upper: Int, _ lower: Int) -> Double {
    let isUpperNode = plan.flowOf[upper] < 0
    let isLowerNode = plan.flowOf[lower] < 0
    let base =
      switch (isUpperNode, isLowerNode) {
      case (true, true): nodeGap(plan.layerOf[upper])
      case (false, false): 2.0
      default: 9.0
      }
    return base + headroom(lower)
  }

  /// Room for two lines of text between nodes, one where a column is full.
  private func nodeGap(_ layer: Int) -> Double {
    let nodes = plan.layers[layer].count { plan.flowOf[$0] < 0 }
    return nodes > 14 ? 11 : nodes > 8 ? 17 : 28
  }

  /// What stands above a node: the loop of what it pays itself.
  func headroom(_ item: Int) -> Double {
    guard plan.flowOf[item] < 0 else { return 0 }
    let own = plan.leaving[item].filter { plan.courses[$0] == .own }
    guard !own.isEmpty else { return 0 }
    return own.reduce(2 * Measure.innerRadius) { $0 + flowWidth($1) + Measure.laneGap }
  }

  /// The largest scale at which every column fits, and no node is taller than is good.
  private mutating func setScale(height: Double) {
    let returning = graph.flows.indices.filter {
      plan.courses[$0] != .forward && plan.courses[$0] != .own
    }
    let turning = returning.reduce(0) { $0 + graph.flows[$1].amount }
    let own = graph.flows.indices.filter { plan.courses[$0] == .own }
      .reduce(0) { $0 + graph.flows[$1].amount }
    let laneGaps = Double(min(returning.count, 24)) * Measure.laneGap
    scale = .infinity
    let tallest = graph.nodes.indices.map(wholeAmount).max() ?? 0
    if tallest > 0 { scale = Measure.tallestNode / tallest }
    for column in plan.layers {
      let money = column.reduce(turning + own) { sum, item in
        let flow = plan.flowOf[item]
        return sum + (flow < 0 ? wholeAmount(item) : graph.flows[flow].amount)
      }
      let gaps = zip(column, column.dropFirst()).reduce(laneGaps) { $0 + gap($1.0, $1.1) }
      if money > 0 { scale = min(scale, max(height - gaps, height * 0.45) / money) }
    }
    if !scale.isFinite { scale = 1 }
    heights = plan.layerOf.indices.map { item in
      let flow = plan.flowOf[item]
      return (flow < 0 ? wholeAmount(item) : graph.flows[flow].amount) * scale
    }
  }

  /// Stacks the flows on each side of each node; what outside pays stands below what runs forward.
  private mutating func setPorts() {
    leavingOffsets = [Double](repeating: 0, count: graph.flows.count)
    enteringOffsets = leavingOffsets
    for node in graph.nodes.indices {
      let balance = balance(node)
      stack(plan.entering[node], balance.left * scale) { enteringOffsets[$0] = $1 }
      stack(plan.leaving[node], balance.right * scale) { leavingOffsets[$0] = $1 }
    }
  }

  private func stack(_ flows: [Int], _ stub: Double, _ put: (Int, Double) -> Void) {
    var offset = 0.0
    var isPastStub = false
    for flow in flows {
      if plan.courses[flow] == .under, !isPastStub {
        offset += stub
        isPastStub = true
      }
      put(flow, offset + flowWidth(flow) / 2)
      offset += flowWidth(flow)
    }
  }

  /// The stub of outside money on a side of a node: its top, down from the node's top.
  func stubOffset(_ flows: [Int]) -> Double {
    flows.filter { plan.courses[$0] != .under }.reduce(0) { $0 + flowWidth($1) }
  }

  /// Where the columns stand: room for what turns between them, the rest shared out evenly.
  private mutating func setColumns() {
    let count = plan.columnCount
    let runs = (0..<count).map {
      (left: runRoom($0, isLeft: true), right: runRoom($0, isLeft: false))
    }
    let turning = runs.reduce(0) { $0 + $1.left + $1.right }
    let left = margin(column: 0, least: 58) - (runs.first?.left ?? 0)
    let right = margin(column: count - 1, least: 72)
    let least = count > 12 ? 56.0 : 88.0
    let nodes = Double(count) * Measure.nodeWidth
    let spare = width - left - right - turning - nodes
    let between = count > 1 ? min(max(least, spare / Double(count - 1)), 330) : 0
    var x = left
    for run in runs {
      x += run.left
      columns.append(x)
      x += Measure.nodeWidth + run.right + between
    }
    width = max(560, x - between + right)
  }

  /// Room for the names beside an outer column.
  private func margin(column: Int, least: Double) -> Double {
    guard plan.layers.indices.contains(column) else { return least }
    let names = plan.layers[column].filter { plan.flowOf[$0] < 0 }.flatMap { node in
      SankeyText.lines(node, graph, options).map { FontMetrics.width($0.text, $0.style) }
    }
    return max(least, (names.max() ?? 0) + 26)
  }

  /// The room that returning flows take beside a column.
  private func runRoom(_ layer: Int, isLeft: Bool) -> Double {
    let flows = turningFlows(layer, isLeft: isLeft)
    guard !flows.isEmpty else { return 0 }
    return flows.reduce(Measure.innerRadius) { $0 + flowWidth($1) + Measure.laneGap }
  }

  /// The returning flows that leave (or, on its left, enter) the nodes of a column.
  func turningFlows(_ layer: Int, isLeft: Bool) -> [Int] {
    plan.layers[layer].filter { plan.flowOf[$0] < 0 }.flatMap { node in
      (isLeft ? plan.entering[node] : plan.leaving[node]).filter { plan.courses[$0] != .forward }
    }
  }

  private mutating func setExtent() {
    top = min(top, tops.indices.map { tops[$0] - headroom($0) }.min() ?? 0)
    bottom = max(bottom, tops.indices.map { tops[$0] + heights[$0] }.max() ?? 0)
  }
}

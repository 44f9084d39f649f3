/// A Sankey diagram before it has coordinates: columns, order, which flows turn back and on which
/// side, and in which order flows meet each node.
struct SankeyPlan {
  enum Course: Equatable {
    case forward
    case over
    case under
    case own
  }

  let graph: FlowGraph
  /// The column of each item: first the nodes, then the bends of flows that pass columns by.
  private(set) var layerOf: [Int]
  private(set) var layers: [[Int]] = []
  private(set) var places: [Int] = []
  /// The items that each forward flow runs through, payer and payee included.
  private(set) var chains: [[Int]] = []
  private(set) var courses: [Course] = []
  /// The flow of each bend, by item; -1 for a node.
  private(set) var flowOf: [Int]
  /// The flows that enter each node from the left, and leave it to the right, from top to bottom.
  private(set) var entering: [[Int]] = []
  private(set) var leaving: [[Int]] = []

  init(_ graph: FlowGraph) {
    self.graph = graph
    flowOf = [Int](repeating: -1, count: graph.nodes.count)
    let edges = graph.flows.map { (source: $0.source, target: $0.target, weight: $0.amount) }
    let order = FeedbackOrder(count: graph.nodes.count, edges: edges).places
    let forward = edges.filter { order[$0.source] < order[$0.target] }
    let layers = Layering(order: order, edges: forward).layers
    layerOf = layers
    // What was set aside may yet run forward, where no other flow holds its payee back.
    courses = graph.flows.map { flow in
      if flow.source == flow.target { return .own }
      return layers[flow.source] < layers[flow.target] ? .forward : .over
    }
    addBends()
    arrange(order)
    chooseSides()
    orderPorts()
  }

  var columnCount: Int { layers.count }

  /// Bends keep flows clear of the nodes they pass.
  ///
  /// Where there would be thousands, the smallest flows do without: they are hairlines.
  private mutating func addBends() {
    let forward = graph.flows.indices.filter { courses[$0] == .forward }
    let spans = forward.map { layerOf[graph.flows[$0].target] - layerOf[graph.flows[$0].source] }
    let ranked = zip(forward, spans).sorted { isHeavier($0.0, $1.0) }
    var room = 1500
    var straight: Set<Int> = []
    for (index, span) in ranked {
      room -= span - 1
      if room < 0 { straight.insert(index) }
    }
    chains = graph.flows.indices.map { index in
      let flow = graph.flows[index]
      guard courses[index] == .forward, !straight.contains(index) else {
        return [flow.source, flow.target]
      }
      let bends = (layerOf[flow.source] + 1)..<layerOf[flow.target]
      let added = bends.map { layer in
        layerOf.append(layer)
        flowOf.append(index)
        return layerOf.count - 1
      }
      return [flow.source] + added + [flow.target]
    }
  }

  private mutating func arrange(_ order: [Int]) {
    let count = (layerOf.max() ?? -1) + 1
    var columns = [[Int]](repeating: [], count: count)
    let start = layerOf.indices.sorted { rank($0, order) < rank($1, order) }
    for item in start { columns[layerOf[item]].append(item) }
    var before = [[LayerOrder.Link]](repeating: [], count: layerOf.count)
    var after = before
    let largest = graph.flows.map(\.amount).max() ?? 1
    for (index, chain) in chains.enumerated() where courses[index] == .forward {
      // A little for being there, so that small flows keep an order too.
      let weight = graph.flows[index].amount / largest + 0.002
      for (item, next) in zip(chain, chain.dropFirst())
      where layerOf[next] == layerOf[item] + 1 {
        after[item].append((next, weight))
        before[next].append((item, weight))
      }
    }
    let arranged = LayerOrder(layers: columns, before: before, after: after)
    layers = arranged.layers
    places = arranged.places
  }

  /// Nodes by the order of the diagram, bends with the node their flow comes from.
  private func rank(_ item: Int, _ order: [Int]) -> Int {
    let node = flowOf[item] < 0 ? item : graph.flows[flowOf[item]].source
    return node * (layerOf.count + 1) + (flowOf[item] < 0 ? 0 : item)
  }

  /// Sends each returning flow over the top or under the bottom, whichever is nearer to its ends;
  /// where both are, the side that carries less.
  private mutating func chooseSides() {
    var over = 0.0
    var under = 0.0
    let returning = graph.flows.indices.filter { courses[$0] == .over }
    for index in returning.sorted(by: isHeavier) {
      let flow = graph.flows[index]
      let height = (height(flow.source) + height(flow.target)) / 2
      let isOver = abs(height - 0.5) < 0.12 ? over <= under : height < 0.5
      courses[index] = isOver ? .over : .under
      if isOver { over += flow.amount } else { under += flow.amount }
    }
  }

  private func isHeavier(_ one: Int, _ other: Int) -> Bool {
    (graph.flows[one].amount, other) > (graph.flows[other].amount, one)
  }

  /// How far down its column a node stands, 0 to 1, by the money above it.
  private func height(_ node: Int) -> Double {
    let column = layers[layerOf[node]]
    let total = column.reduce(0) { $0 + amount($1) }
    let above = column.prefix { $0 != node }.reduce(0) { $0 + amount($1) }
    return total > 0 ? (above + amount(node) / 2) / total : 0.5
  }

  private func amount(_ item: Int) -> Double {
    flowOf[item] < 0 ? graph.throughflow(item) : graph.flows[flowOf[item]].amount
  }

  private mutating func orderPorts() {
    entering = [[Int]](repeating: [], count: graph.nodes.count)
    leaving = entering
    for (index, flow) in graph.flows.enumerated() {
      entering[flow.target].append(index)
      leaving[flow.source].append(index)
    }
    for node in graph.nodes.indices {
      entering[node] = entering[node].sorted {
        portKey($0, isEntering: true) < portKey($1, isEntering: true)
      }
      leaving[node] = leaving[node].sorted {
        portKey($0, isEntering: false) < portKey($1, isEntering: false)
      }
    }
  }

  /// From the top: its own loop, what turns over the top with the shortest way innermost, what runs
  /// forward, what turns under the bottom.
  private func portKey(_ index: Int, isEntering: Bool) -> (Int, Int, Int, Int) {
    let flow = graph.flows[index]
    let other = isEntering ? flow.source : flow.target
    let span = layerOf[flow.source] - layerOf[flow.target]
    switch courses[index] {
    case .own: return (0, 0, 0, index)
    case .over: return (1, span, places[other], index)
    case .under: return (3, -span, places[other], index)
    case .forward:
      let chain = chains[index]
      return (2, places[isEntering ? chain[chain.count - 2] : chain[1]], 0, index)
    }
  }
}

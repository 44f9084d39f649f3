/// Where parties stand and how arrows run between them.
struct NetworkLayout {
  enum Measure {
    static let thickest = 16.0
    static let thinnest = 0.9
    static let smallest = 5.0
    static let largest = 30.0
    static let pitch = 34.0
    static let rows = 11
  }

  struct Column {
    let name: String
    let x: Double
    let room: Double
  }

  let graph: FlowGraph
  let strokePerAmount: Double
  let radii: [Double]
  private(set) var centres: [Point]
  private(set) var curves: [Curve] = []
  private(set) var columns: [Column] = []
  private(set) var width: Double
  private(set) var height = 0.0

  init(_ graph: FlowGraph, options: FlowOptions) {
    self.graph = graph
    let largestFlow = graph.flows.map(\.amount).max() ?? 1
    strokePerAmount = Measure.thickest / max(largestFlow, 1e-300)
    let largest = max(graph.nodes.indices.map(graph.throughflow).max() ?? 1, 1e-300)
    radii = graph.nodes.indices.map { node in
      max(Measure.smallest, Measure.largest * (graph.throughflow(node) / largest).squareRoot())
    }
    centres = [Point](repeating: Point(0, 0), count: graph.nodes.count)
    width = options.width
    place(Self.sorted(Self.grouped(graph), graph))
    bend()
  }

  func stroke(_ flow: Int) -> Double {
    max(Measure.thinnest, graph.flows[flow].amount * strokePerAmount)
  }

  /// The length of a flow's arrowhead.
  func head(_ flow: Int) -> Double { 6 + stroke(flow) * 1.1 }

  /// The nodes by group, the groups in the order in which money runs through them; a group of many
  /// takes several columns.
  private static func grouped(_ graph: FlowGraph) -> [(group: Int, nodes: [Int])] {
    let count = Theme.groupCount + 1
    let edges = graph.flows.map { flow in
      let ends = (graph.colours[flow.source], graph.colours[flow.target])
      return (source: ends.0, target: ends.1, weight: flow.amount)
    }
    let places = FeedbackOrder(count: count, edges: edges.filter { $0.source != $0.target }).places
    let groups = (0..<count).sorted { places[$0] < places[$1] }
    return groups.flatMap { group -> [(group: Int, nodes: [Int])] in
      let nodes = graph.nodes.indices.filter { graph.colours[$0] == group }
      guard !nodes.isEmpty else { return [] }
      let parts = (nodes.count + Measure.rows - 1) / Measure.rows
      return (0..<parts).map { part in
        (group, nodes.enumerated().filter { $0.offset % parts == part }.map(\.element))
      }
    }
  }

  /// Each column in the order of where its nodes' partners stand, by repeated means.
  private static func sorted(
    _ columns: [(group: Int, nodes: [Int])],
    _ graph: FlowGraph
  ) -> [(group: Int, nodes: [Int])] {
    var columns = columns
    var heights = [Double](repeating: 0.5, count: graph.nodes.count)
    func number() {
      for column in columns {
        for (place, node) in column.nodes.enumerated() {
          heights[node] = (Double(place) + 0.5) / Double(column.nodes.count)
        }
      }
    }
    number()
    let largest = graph.flows.map(\.amount).max() ?? 1
    for _ in 0..<16 {
      for index in columns.indices {
        var sums = [Double](repeating: 0, count: heights.count)
        var weights = sums
        for flow in graph.flows where flow.source != flow.target {
          let weight = (flow.amount / largest).squareRoot()
          sums[flow.source] += weight * heights[flow.target]
          sums[flow.target] += weight * heights[flow.source]
          weights[flow.source] += weight
          weights[flow.target] += weight
        }
        let means = zip(sums, weights).map { $1 > 0 ? $0 / $1 : 0.5 }
        columns[index].nodes.sort { (means[$0], $0) < (means[$1], $1) }
        number()
      }
    }
    return columns
  }

  private mutating func place(_ sorted: [(group: Int, nodes: [Int])]) {
    let top = 26.0
    func extent(_ nodes: [Int]) -> Double {
      nodes.reduce(0) { $0 + 2 * radii[$1] + Measure.pitch }
    }
    let tallest = sorted.map { extent($0.nodes) }.max() ?? 0
    let margin = 96.0
    let between = Double(sorted.count - 1)
    width = max(560, min(width, 2 * margin + between * 340), 2 * margin + between * 150)
    let tall = max(tallest, graph.nodes.count > 6 ? 330 : 190)
    height = top + tall + 8
    let pitch = sorted.count > 1 ? (width - 2 * margin) / Double(sorted.count - 1) : 0
    for (index, column) in sorted.enumerated() {
      let x = sorted.count > 1 ? margin + Double(index) * pitch : width / 2
      let name = column.group < graph.groups.count ? graph.groups[column.group] : "other parties"
      let isFirst = index == 0 || sorted[index - 1].group != column.group
      if isFirst {
        columns.append(Column(name: name, x: x, room: max(pitch - 8, 120)))
      }
      let spare = tall - extent(column.nodes)
      let gap = spare / Double(column.nodes.count + 1)
      var y = top + gap
      for node in column.nodes {
        centres[node] = Point(x, y + radii[node] + Measure.pitch / 2)
        y += 2 * radii[node] + Measure.pitch + gap
      }
    }
  }

  /// Bends each arrow to its own side, as little as keeps it clear of other parties.
  private mutating func bend() {
    curves = graph.flows.indices.map { index in
      let flow = graph.flows[index]
      guard flow.source != flow.target else { return loop(index) }
      let candidates = [0.1, 0.18, 0.28, 0.4, 0.55, -0.16, -0.3].map { curve(index, bend: $0) }
      var best = candidates[0]
      var least = Double.infinity
      for (rank, candidate) in candidates.enumerated() {
        let cost = hits(candidate, index) * 3 + Double(rank)
        if cost < least {
          least = cost
          best = candidate
        }
      }
      return best
    }
  }

  /// How often a curve runs over parties that are not its ends, or off the canvas.
  private func hits(_ curve: Curve, _ index: Int) -> Double {
    let flow = graph.flows[index]
    let clearance = stroke(index) / 2 + 3
    return (1..<20).reduce(0.0) { count, step in
      let point = curve.point(Double(step) / 20)
      let isOff = point.x < 8 || point.x > width - 8 || point.y < 22 || point.y > height - 4
      let isOver = centres.indices.contains { node in
        guard node != flow.source, node != flow.target else { return false }
        let (dx, dy) = (point.x - centres[node].x, point.y - centres[node].y)
        let near = radii[node] + clearance
        return dx * dx + dy * dy < near * near
      }
      return count + (isOff ? 1.5 : 0) + (isOver ? 1 : 0)
    }
  }

  private func curve(_ index: Int, bend: Double) -> Curve {
    let flow = graph.flows[index]
    let (a, b) = (centres[flow.source], centres[flow.target])
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let control = Point((a.x + b.x) / 2 + dy * bend, (a.y + b.y) / 2 - dx * bend)
    let start = a.towards(control, by: radii[flow.source])
    let end = b.towards(control, by: radii[flow.target] * 1.12 + 2)
    return Curve(start: start, control: control, end: end, head: head(index))
  }

  /// What a party pays itself, above it.
  private func loop(_ index: Int) -> Curve {
    let node = graph.flows[index].source
    let (centre, radius) = (centres[node], radii[node])
    return Curve(
      start: Point(centre.x - radius * 0.7, centre.y - radius * 0.7),
      control: Point(centre.x, centre.y - radius * 3.4 - 14),
      end: Point(centre.x + radius * 0.7, centre.y - radius * 0.7 - 2),
      head: head(index)
    )
  }
}

/// An arrow: a curve with one control point, that ends at the neck of its head.
struct Curve {
  let start: Point
  let control: Point
  /// The tip of the head.
  let end: Point
  /// Where the line ends and the head begins.
  let neck: Point

  init(start: Point, control: Point, end: Point, head: Double) {
    self.start = start
    self.control = control
    self.end = end
    neck = end.towards(control, by: min(head, end.distance(to: start) * 0.6))
  }

  func point(_ part: Double) -> Point {
    let (a, b, c) = ((1 - part) * (1 - part), 2 * part * (1 - part), part * part)
    return Point(
      a * start.x + b * control.x + c * neck.x,
      a * start.y + b * control.y + c * neck.y
    )
  }
}

extension Point {
  func distance(to other: Point) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }

  /// The point this far on the way to another.
  func towards(_ other: Point, by distance: Double) -> Point {
    let whole = self.distance(to: other)
    guard whole > 0 else { return self }
    return Point(x + (other.x - x) * distance / whole, y + (other.y - y) * distance / whole)
  }
}

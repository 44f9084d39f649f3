extension SankeyLayout {
  /// Gives each returning flow a lane of its own around the columns it passes, short ones nearest.
  mutating func setLanes() {
    for layer in plan.layers.indices {
      setRuns(layer, isLeft: false)
      setRuns(layer, isLeft: true)
    }
    setOwnLanes()
    let returning = returningFlows()
    // Room for words between lanes, while they are few.
    let gap = returning.count <= 8 ? 10 : Measure.laneGap
    var upper = Skyline(
      plan.layers.map { column in column.map { headroom($0) - tops[$0] }.max() ?? 0 },
      gap: gap
    )
    var lower = Skyline(
      plan.layers.map { column in column.map { tops[$0] + heights[$0] }.max() ?? 0 },
      gap: gap
    )
    for flow in returning {
      let ends = graph.flows[flow]
      let passed = plan.layerOf[ends.target]...plan.layerOf[ends.source]
      let width = flowWidth(flow)
      if plan.courses[flow] == .over {
        lanes[flow]?.y = -upper.add(width, over: passed)
      } else {
        lanes[flow]?.y = lower.add(width, over: passed)
      }
    }
    top = -upper.height
    bottom = lower.height
  }

  private func returningFlows() -> [Int] {
    let returning = graph.flows.indices.filter {
      plan.courses[$0] == .over || plan.courses[$0] == .under
    }
    func key(_ index: Int) -> (Int, Int, Int) {
      let flow = graph.flows[index]
      let span = plan.layerOf[flow.source] - plan.layerOf[flow.target]
      let depth = plan.places[flow.source] + plan.places[flow.target]
      return (span, plan.courses[index] == .over ? depth : -depth, index)
    }
    return returning.sorted { key($0) < key($1) }
  }

  /// Where the flows that turn beside a column run up or down, side by side.
  private mutating func setRuns(_ layer: Int, isLeft: Bool) {
    let flows = turningFlows(layer, isLeft: isLeft)
    let over = flows.filter { plan.courses[$0] != .under }
    let under = flows.filter { plan.courses[$0] == .under }
    let after = run(over, from: Measure.innerRadius, layer, isLeft)
    let isApart = over.allSatisfy { one in
      under.allSatisfy { place(one, isLeft) <= place($0, isLeft) }
    }
    _ = run(under.reversed(), from: isApart ? Measure.innerRadius : after, layer, isLeft)
  }

  private func place(_ flow: Int, _ isLeft: Bool) -> Int {
    plan.places[isLeft ? graph.flows[flow].target : graph.flows[flow].source]
  }

  private mutating func run(
    _ flows: [Int],
    from start: Double,
    _ layer: Int,
    _ isLeft: Bool
  ) -> Double {
    var distance = start
    for flow in flows {
      let middle = distance + flowWidth(flow) / 2
      var lane = lanes[flow] ?? Lane(startX: 0, y: 0, endX: 0)
      if isLeft {
        lane.endX = columns[layer] - middle
      } else {
        lane.startX = columns[layer] + Measure.nodeWidth + middle
      }
      lanes[flow] = lane
      distance += flowWidth(flow) + Measure.laneGap
    }
    return distance
  }

  /// What a party pays itself turns just above it.
  private mutating func setOwnLanes() {
    for node in graph.nodes.indices {
      var edge = tops[node] - 2 * Measure.innerRadius
      for flow in plan.leaving[node] where plan.courses[flow] == .own {
        let width = flowWidth(flow)
        lanes[flow]?.y = edge - width / 2
        edge -= width + Measure.laneGap
      }
    }
  }
}

/// How far out each column reaches, and how far the lanes around it do.
private struct Skyline {
  private let columns: [Double]
  private let gap: Double
  private var lanes: [Double]

  init(_ columns: [Double], gap: Double) {
    self.gap = gap
    self.columns = columns
    lanes = columns.map { _ in -.infinity }
  }

  var height: Double { max(columns.max() ?? 0, lanes.max() ?? 0) }

  /// Lays a lane as near as may be: clear of other lanes, and with room for two turns beside nodes.
  mutating func add(_ width: Double, over passed: ClosedRange<Int>) -> Double {
    let turns = 2 * SankeyLayout.Measure.innerRadius + 1
    let clear = passed.map { columns[$0] }.max().map { $0 + turns } ?? 0
    let free = passed.map { lanes[$0] }.max().map { $0 + gap } ?? 0
    let edge = max(clear, free)
    for layer in passed { lanes[layer] = edge + width }
    return edge + width / 2
  }
}

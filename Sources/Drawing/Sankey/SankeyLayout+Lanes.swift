extension SankeyLayout {
  /// Gives each returning flow a lane of its own around the columns it passes, short ones nearest.
  mutating func setLanes() {
    for layer in plan.layers.indices {
      setRuns(layer, isLeft: false)
      setRuns(layer, isLeft: true)
    }
    setOwnLanes()
    var upper = plan.layers.map { column in
      column.map { tops[$0] - headroom($0) }.min() ?? 0
    }
    var lower = plan.layers.map { column in column.map { tops[$0] + heights[$0] }.max() ?? 0 }
    for flow in returningFlows() {
      let ends = graph.flows[flow]
      let passed = plan.layerOf[ends.target]...plan.layerOf[ends.source]
      let width = flowWidth(flow)
      if plan.courses[flow] == .over {
        let edge = (passed.map { upper[$0] }.min() ?? 0) - laneGap(upper, passed)
        lanes[flow]?.y = edge - width / 2
        for layer in passed { upper[layer] = edge - width }
      } else {
        let edge = (passed.map { lower[$0] }.max() ?? 0) + laneGap(lower, passed)
        lanes[flow]?.y = edge + width / 2
        for layer in passed { lower[layer] = edge + width }
      }
    }
    top = upper.min() ?? 0
    bottom = lower.max() ?? 0
  }

  /// Twice the inner radius, so that both turns have room whatever lies beneath.
  private func laneGap(_ edges: [Double], _ passed: ClosedRange<Int>) -> Double {
    2 * Measure.innerRadius + 1
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

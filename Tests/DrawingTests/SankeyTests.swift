import Graphs
import TestKit
import Testing

@testable import Drawing

@Suite struct SankeyTests {
  /// On each side of a party its bands, with the balance of outside, are as wide as it is tall.
  @Test(arguments: UInt64(0)..<30) func widthsConserve(seed: UInt64) throws {
    let diagram = try Sample.random(
      parties: 2 + Int(seed) * 3,
      flows: 5 + Int(seed) * 7,
      seed: seed
    )
    for boundary in [BoundaryStyle.net, .gross, .hidden] {
      var options = Sample.options()
      options.boundary = boundary
      let graph = FlowGraph(diagram, top: nil)
      let layout = SankeyLayout(SankeyPlan(graph), options: options)
      for node in graph.nodes.indices {
        let height = layout.heights[node]
        let entering = layout.plan.entering[node].reduce(0) { $0 + layout.flowWidth($1) }
        let leaving = layout.plan.leaving[node].reduce(0) { $0 + layout.flowWidth($1) }
        let balance = layout.balance(node)
        #expect(abs(entering + balance.left * layout.scale - height) < 1e-9)
        #expect(abs(leaving + balance.right * layout.scale - height) < 1e-9)
        #expect(min(balance.left, balance.right) >= 0)
        if boundary != .gross { #expect(min(balance.left, balance.right) < 1e-3) }
      }
    }
  }

  /// The bands on a side touch and do not overlap.
  @Test(arguments: UInt64(0)..<10) func portsAreStacked(seed: UInt64) throws {
    let diagram = try Sample.random(parties: 12, flows: 40, seed: seed)
    let layout = SankeyLayout(SankeyPlan(FlowGraph(diagram, top: nil)), options: Sample.options())
    for node in layout.graph.nodes.indices {
      for (flows, offsets) in [
        (layout.plan.entering[node], layout.enteringOffsets),
        (layout.plan.leaving[node], layout.leavingOffsets),
      ] {
        let edges = flows.map { flow in
          (offsets[flow] - layout.flowWidth(flow) / 2, offsets[flow] + layout.flowWidth(flow) / 2)
        }
        for (upper, lower) in zip(edges, edges.dropFirst()) { #expect(upper.1 <= lower.0 + 1e-9) }
        if let last = edges.last { #expect(last.1 <= layout.heights[node] + 1e-9) }
      }
    }
  }

  /// Items of a column keep their gaps, and returning flows have lanes of their own.
  @Test(arguments: UInt64(0)..<20) func nothingLiesOnAnother(seed: UInt64) throws {
    let diagram = try Sample.random(parties: 30, flows: 70, seed: seed)
    let layout = SankeyLayout(SankeyPlan(FlowGraph(diagram, top: nil)), options: Sample.options())
    for column in layout.plan.layers {
      for (upper, lower) in zip(column, column.dropFirst()) {
        #expect(layout.tops[upper] + layout.heights[upper] < layout.tops[lower])
      }
    }
    let lanes = layout.lanes.sorted { $0.key < $1.key }
    for (flow, lane) in lanes {
      for (other, beside) in lanes where other > flow {
        let isApart = lane.startX < beside.endX || beside.startX < lane.endX
        let distance = abs(lane.y - beside.y)
        let widths = (layout.flowWidth(flow) + layout.flowWidth(other)) / 2
        #expect(isApart || distance >= widths, "\(flow) \(other)")
      }
    }
  }

  @Test(arguments: UInt64(0)..<60) func cyclesAreBrokenAtLeastWeight(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    let count = Int.random(in: 2...6, using: &rng)
    let edges = (0..<12).map { _ in
      (
        source: Int.random(in: 0..<count, using: &rng),
        target: Int.random(in: 0..<count, using: &rng),
        weight: Double(Int.random(in: 1...9, using: &rng))
      )
    }
    func backward(_ places: [Int]) -> Double {
      edges.filter { places[$0.source] > places[$0.target] }.reduce(0) { $0 + $1.weight }
    }
    let found = backward(FeedbackOrder(count: count, edges: edges).places)
    let least = permutations(Array(0..<count)).map(backward).min()
    #expect(found == least)
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard let first = items.first else { return [[]] }
    return permutations(Array(items.dropFirst())).flatMap { rest in
      (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
    }
  }

  @Test(arguments: UInt64(0)..<20) func largeComponentsAreOrderedWell(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    // A hidden order, with one light edge back for every five forward.
    let edges = (0..<300).map { index in
      let one = Int.random(in: 0..<29, using: &rng)
      let other = Int.random(in: (one + 1)...29, using: &rng)
      return index.isMultiple(of: 6)
        ? (source: other, target: one, weight: 1.0) : (source: one, target: other, weight: 9.0)
    }
    let places = FeedbackOrder(count: 30, edges: edges).places
    let found = edges.filter { places[$0.source] > places[$0.target] }.reduce(0) { $0 + $1.weight }
    #expect(found <= 50)
    #expect(Set(places).count == 30)
  }

  @Test func everyForwardFlowRunsToALaterColumn() throws {
    let diagram = try Sample.random(parties: 50, flows: 160, seed: 9)
    let plan = SankeyPlan(FlowGraph(diagram, top: nil))
    for (index, flow) in plan.graph.flows.enumerated() {
      let isForward = plan.layerOf[flow.source] < plan.layerOf[flow.target]
      #expect((plan.courses[index] == .forward) == isForward)
      #expect((plan.courses[index] == .own) == (flow.source == flow.target))
    }
  }
}

/// Where parties and flows stand around the circle, in turns clockwise from the top.
struct ChordLayout {
  struct Span {
    let start: Double
    let end: Double
    var middle: Double { (start + end) / 2 }

    /// The same about its middle, a share as long.
    func narrowed(to share: Double) -> Span {
      let half = (end - start) / 2 * share
      return Span(start: middle - half, end: middle + half)
    }
  }

  let graph: FlowGraph
  /// How much of the circle one unit of money takes.
  let turnPerAmount: Double
  /// The arc of each party.
  private(set) var arcs: [Span]
  /// The part of the payer's arc that each flow takes.
  private(set) var paying: [Span]
  /// The part of the payee's arc that each flow takes.
  private(set) var receiving: [Span]

  init(_ graph: FlowGraph) {
    self.graph = graph
    let count = graph.nodes.count
    let total = 2 * graph.flows.reduce(0) { $0 + $1.amount }
    let gap = min(0.01, 0.3 / Double(max(count, 1)))
    turnPerAmount = total > 0 ? (1 - Double(count) * gap) / total : 0
    let empty = Span(start: 0, end: 0)
    arcs = [Span](repeating: empty, count: count)
    paying = [Span](repeating: empty, count: graph.flows.count)
    receiving = paying
    var turn = gap / 2
    for node in Self.order(graph) {
      let end = turn + (graph.paid[node] + graph.received[node]) * turnPerAmount
      arcs[node] = Span(start: turn, end: end)
      turn = end + gap
    }
    share()
  }

  /// By group, and within it by size.
  private static func order(_ graph: FlowGraph) -> [Int] {
    graph.nodes.indices.sorted { one, other in
      if graph.colours[one] != graph.colours[other] {
        return graph.colours[one] < graph.colours[other]
      }
      let sizes = (graph.throughflow(one), graph.throughflow(other))
      return sizes.0 == sizes.1 ? one < other : sizes.0 > sizes.1
    }
  }

  /// Shares each arc among its flows, so that those to the next party clockwise come last.
  private mutating func share() {
    var ends = [[(flow: Int, isPaying: Bool)]](repeating: [], count: arcs.count)
    for (index, flow) in graph.flows.enumerated() {
      ends[flow.source].append((index, true))
      ends[flow.target].append((index, false))
    }
    for node in arcs.indices {
      let order = ends[node].map { end -> (distance: Double, place: Int, end: (Int, Bool)) in
        let flow = graph.flows[end.flow]
        let other = end.isPaying ? flow.target : flow.source
        let ahead = arcs[other].middle - arcs[node].middle
        let distance = ahead <= 0 ? ahead + 1 : ahead
        return (distance, end.flow * 2 + (end.isPaying ? 0 : 1), (end.flow, end.isPaying))
      }
      var turn = arcs[node].start
      for item in order.sorted(by: { ($0.distance, $1.place) > ($1.distance, $0.place) }) {
        let end = turn + graph.flows[item.end.0].amount * turnPerAmount
        if item.end.1 {
          paying[item.end.0] = Span(start: turn, end: end)
        } else {
          receiving[item.end.0] = Span(start: turn, end: end)
        }
        turn = end
      }
    }
  }

  func isChosen(_ node: Int) -> Bool {
    graph.flows.contains { $0.mark.contains(.loop) && ($0.source == node || $0.target == node) }
  }
}

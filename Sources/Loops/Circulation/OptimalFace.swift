internal import Columns
internal import Graphs
import Networks

/// All largest circulations, given one of them and its potentials.
///
/// By complementary slackness, a circulation is optimal just if arcs that would gain are full and arcs
/// that would lose are empty. What is left are the arcs that gain nothing: any two optima differ by flows
/// that go round over these, forwards where they have room and backwards where they carry something.
///
/// To see what goes through a party, it is cut in two, with an edge from where it is paid to where it pays.
/// What goes over an edge is the same in all optima just if it lies on no such way round: if its ends are
/// in different strong components, or if it is a bridge of its component (for then the only way back is
/// the way there). In a strong component without bridges every edge lies on one, by a theorem of Boesch
/// and Tindell, "Robbins's theorem for mixed multigraphs", *American Mathematical Monthly* 87(9), 1980.
/// So most parties are settled by two searches, and only the others need flows.
struct OptimalFace: Sendable {
  /// A free arc, or the edge within a party.
  struct Edge: Sendable {
    /// The half of a party it leads from: twice its number where it is paid, one more where it pays.
    let source: Int32
    let target: Int32
    /// How much more can go over it.
    var room: Int
    /// How much less can.
    var carried: Int
  }

  /// What goes through each party.
  let through: [Int]
  /// The edges on which optima differ.
  let edges: [Edge]

  /// Takes a least flow and what it leaves.
  init(_ least: MinimumCostFlow) {
    let arcs = least.arcs
    var through = [Int](repeating: 0, count: arcs.nodeCount)
    var isFree = [Bool](repeating: false, count: arcs.nodeCount)
    var edges: [Edge] = []
    for node in 0..<arcs.nodeCount {
      let potential = least.potential.base[node]
      for half in arcs.row(node) where arcs.capacity.base[half] > 0 {
        let taken = max(0, arcs.flow.base[half])
        let kept = arcs.capacity.base[half] - taken
        through[node] += kept
        let head = Int(arcs.head.base[half])
        guard 1 + potential == least.potential.base[head] else { continue }
        edges.append(
          Edge(source: Int32(2 * node + 1), target: Int32(2 * head), room: taken, carried: kept)
        )
        isFree[node] = true
        isFree[head] = true
      }
    }
    for node in isFree.indices where isFree[node] {
      edges.append(
        Edge(
          source: Int32(2 * node),
          target: Int32(2 * node + 1),
          room: .max / 4,
          carried: .max / 4
        )
      )
    }
    self.through = through
    self.edges = Self.onWaysRound(edges, nodeCount: 2 * arcs.nodeCount)
  }

  /// The edges that lie on a way round.
  private static func onWaysRound(_ edges: [Edge], nodeCount: Int) -> [Edge] {
    let incidence = Incidence(edges, nodeCount: nodeCount)
    let component = StrongComponents(of: incidence.graph(edges)).component
    let inside = edges.filter { component[Int($0.source)] == component[Int($0.target)] }
    let isBridge = Incidence(inside, nodeCount: nodeCount).bridges(inside)
    return zip(inside, isBridge).filter { !$1 }.map(\.0)
  }

  /// The least and the most that goes through each party, over all optima.
  ///
  /// - Parameter workLimit: How many edges may be looked at in all. Parties of few edges come first.
  /// - Returns: By party; `nil` where the limit came first.
  func ranges(workLimit: Int) -> [(low: Int, high: Int)?] {
    var result: [(low: Int, high: Int)?] = through.map { ($0, $0) }
    let incidence = Incidence(edges, nodeCount: 2 * through.count)
    let open = edges.indices.filter { edges[$0].source & 1 == 0 }
    func size(_ edge: Int) -> Int {
      incidence.row(edges[edge].source).count + incidence.row(edges[edge].target).count
    }
    var search = FaceFlow(edges, incidence, workLimit: workLimit)
    for edge in open.sorted(by: { (size($0), $0) < (size($1), $1) }) {
      let party = Int(edges[edge].source) / 2
      result[party] = search.range(of: edge).map {
        (low: through[party] - $0.less, high: through[party] + $0.more)
      }
    }
    return result
  }
}

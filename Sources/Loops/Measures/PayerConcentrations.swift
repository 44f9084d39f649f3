public import Graphs
public import Networks

/// How concentrated the payers of each party are, of a network turned round once for all of them.
public struct PayerConcentrations: Sendable {
  private let network: FlowNetwork
  private let incoming: (graph: SparseGraph, arc: [Int])
  /// Where the inflows of each party begin; one longer than there are parties.
  private let inflowStart: [Int]

  /// Turns `network` round.
  public init(of network: FlowNetwork) {
    self.network = network
    incoming = network.reversedGraph
    var start = [Int](repeating: 0, count: network.nodes.count + 1)
    for flow in network.inflows { start[flow.node + 1] += 1 }
    for node in network.nodes.indices { start[node + 1] += start[node] }
    inflowStart = start
  }

  /// The concentration over payers of what `party` receives, direct payers inside and outside.
  ///
  /// - Complexity: O(*d* log *d*) in the number of its payers.
  public func ofPayers(of party: NodeIndex) -> Concentration {
    var amounts = incoming.graph.row(party).map { arc in
      (id: network.nodes[incoming.graph.target[arc]], amount: network.weight[incoming.arc[arc]])
    }
    for flow in network.inflows[inflowStart[party]..<inflowStart[party + 1]] {
      if case .party(let id) = flow.outside { amounts.append((id: id, amount: flow.weight)) }
    }
    return Concentration(of: amounts)
  }
}

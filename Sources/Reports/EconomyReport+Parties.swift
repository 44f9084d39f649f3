internal import Graphs
package import Loops
package import Networks

extension EconomyReport.PartyLine {
  /// What each party of a network that takes anything in lives on, largest first.
  ///
  /// - Parameter network: A network that balances.
  /// - Returns: The parties, by what passes through them.
  /// - Throws: ``MeasureError`` where a measure cannot be taken.
  package static func all(
    of network: FlowNetwork
  ) throws(MeasureError) -> [EconomyReport.PartyLine] {
    all(
      of: network,
      cycling: try Cycling(of: network),
      provenance: try Provenance(of: network)
    )
  }

  static func all(
    of network: FlowNetwork,
    cycling: Cycling,
    provenance: Provenance
  ) -> [EconomyReport.PartyLine] {
    let through = network.throughflow
    let received = network.received
    let payers = PayerConcentrations(of: network)
    return network.nodes.indices.filter { through[$0] > 0 }
      .sorted { (through[$1], network.nodes[$0]) < (through[$0], network.nodes[$1]) }
      .map { node in
        EconomyReport.PartyLine(
          node,
          network,
          provenance,
          payers: payers.ofPayers(of: node),
          throughflow: through[node],
          received: received[node],
          returnProbability: cycling.returnProbability[node]
        )
      }
  }

  /// What the party at `node` lives on, whether it takes anything in or not.
  init(_ node: NodeIndex, in network: FlowNetwork) throws(MeasureError) {
    self.init(
      node,
      network,
      try Provenance(of: network),
      payers: Concentration(ofPayersOf: node, in: network),
      throughflow: network.throughflow[node],
      received: network.received[node],
      returnProbability: try Cycling(of: network).returnProbability[node]
    )
  }

  private init(
    _ node: NodeIndex,
    _ network: FlowNetwork,
    _ provenance: Provenance,
    payers direct: Concentration,
    throughflow: Double,
    received: Double,
    returnProbability: Double
  ) {
    id = network.nodes[node]
    self.throughflow = network.unit.whole(throughflow)
    fromInside = network.unit.whole(received)
    self.returnProbability = returnProbability
    origins =
      provenance.origins(of: node).map { Share(id: $0.id, share: $0.share) }
      .sorted { ($1.share, $0.id) < ($0.share, $1.id) }
    unsourced = provenance.unsourced[node]
    through = provenance.through(node, above: 0.0005)
      .map { Share(id: network.nodes[$0.party], share: $0.share) }
      .sorted { ($1.share, $0.id) < ($0.share, $1.id) }
    payers = direct.shares.map { Share(id: $0.id, share: $0.share) }
    (payersLow, payersHigh) = Self.bounds(of: direct)
    (sourcesLow, sourcesHigh) = Self.bounds(
      of: Concentration(ofSourcesOf: provenance.receipts(of: node))
    )
  }

  /// The concentration if the unnamed of each party were many, and if they were one.
  private static func bounds(of all: Concentration) -> (low: Double?, high: Double?) {
    let named = all.shares.filter { UnnamedCounterparty.parse($0.id) == nil }
    return (named.reduce(0) { $0 + $1.share * $1.share }, all.hhi)
  }
}

internal import Graphs
internal import Loops
internal import Networks

/// Where what each party receives entered the network.
package struct ProvenanceReport: MeasureReport {
  /// Where the receipts of one party began.
  private struct Party: Encodable {
    let id: String
    let origins: [PartyShare]
    let unsourced: Double
    /// What began at sources too small to be told apart.
    let others: Double
    /// What was not followed to its beginning: the most by which all of these can be short.
    let untraced: Double
    /// Only where one party is asked for.
    let through: [PartyShare]?
  }

  private enum CodingKeys: CodingKey { case measure, parties }

  private let network: FlowNetwork
  /// The party asked for.
  private let node: NodeIndex?
  /// Where what a party receives began, of the party asked for, else of all.
  private let receipts: @Sendable (NodeIndex) -> ReceiptOrigins
  /// Through whom the money of the party asked for came, most first.
  private let through: [PartyShare]?
  private let listed: ListedParties
  /// Whether all sources are told apart.
  package let notices: [String]

  /// Traces the network of `source`.
  ///
  /// - Parameters:
  ///   - source: The flows.
  ///   - party: The only party asked for; `nil` for all.
  ///   - listed: How many parties the words list.
  /// - Throws: ``NoSuchParty``, ``NetworkError`` and ``MeasureError``.
  package init(of source: FlowSource, party: String?, listed: ListedParties) throws {
    let network = try source.network()
    let node = try party.map { try network.node($0) }
    let isLarge = network.nodes.count > Provenance.largestNetwork
    (self.network, self.node, self.listed) = (network, node, listed)
    if let node, isLarge {
      let receipts = try Provenance.receipts(of: node, in: network)
      (self.receipts, through, notices) = ({ _ in receipts }, nil, [])
      return
    }
    let provenance = try Provenance(of: network)
    receipts = { provenance.receipts(of: $0) }
    through = node.map { Self.passages(network, provenance, $0) }
    notices =
      isLarge
      ? [
        "more than \(Provenance.largestNetwork) parties: only the largest sources are told apart; "
          + "--of tells all of one party"
      ] : []
  }

  private static func passages(
    _ network: FlowNetwork,
    _ provenance: Provenance,
    _ node: NodeIndex
  ) -> [PartyShare] {
    network.nodes.indices.filter { $0 != node }
      .map {
        PartyShare(id: network.nodes[$0], share: provenance.share(of: node, through: $0) ?? 0)
      }
      .filter { $0.share > 0 }
      .sorted { $0.share == $1.share ? $0.id < $1.id : $0.share > $1.share }
  }

  /// Writes the parties asked for.
  package func encode(to encoder: any Encoder) throws {
    let parties = (node.map { [$0] } ?? Array(network.nodes.indices)).map { node in
      let receipts = receipts(node)
      return Party(
        id: network.nodes[node],
        origins: receipts.origins.map { PartyShare(id: $0.id, share: $0.share) },
        unsourced: receipts.unsourced,
        others: receipts.others,
        untraced: receipts.untraced,
        through: through
      )
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("provenance", forKey: .measure)
    try container.encode(parties, forKey: .parties)
  }
}

extension ProvenanceReport {
  /// What the cells of ``line`` are called.
  package static let headings = ["party", "most began at", "its share", "nowhere"]

  /// Of the party asked for.
  package var line: [String] {
    guard let node else { return Self.headings.map { _ in "–" } }
    let receipts = receipts(node)
    let largest = receipts.origins.first
    return [
      network.nodes[node], largest?.id ?? "–", Figures.tenths(largest?.share),
      Figures.tenths(receipts.unsourced),
    ]
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    var lines = ["Of what each party receives, this much began at:"]
    let received = network.received
    let shown = node.map { [$0] } ?? listed.first(of: network.nodes.indices) { received[$0] }
    for node in shown {
      lines += TextTable.figures([network.nodes[node], ""], rows(receipts(node)))
    }
    if node == nil { lines += listed.rest(of: network.nodes.count) }
    if let through {
      let rows = through.prefix(listed.top).map { ["  " + $0.id, Figures.tenths($0.share)] }
      lines += ["", "It came through:"] + TextTable.figures(["", ""], rows)
      lines += listed.rest(of: through.count)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func rows(_ receipts: ReceiptOrigins) -> [[String]] {
    let rest = receipts.origins.dropFirst(listed.top)
    let besides = [
      ("\(Figures.count(rest.count, "source")) more", rest.map(\.share).reduce(0, +)),
      ("other sources", receipts.others),
      ("nowhere: it never entered", receipts.unsourced),
      ("not followed to its beginning", receipts.untraced > 1e-9 ? receipts.untraced : 0),
    ]
    let shares =
      receipts.origins.prefix(listed.top).map { ($0.id, $0.share) } + besides.filter { $0.1 > 0 }
    return shares.map { ["  " + $0.0, Figures.tenths($0.1)] }
  }
}

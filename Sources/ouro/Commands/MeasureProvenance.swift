import Graphs
import ArgumentParser
import Loops
import Networks

struct MeasureProvenance: ParsableCommand, NetworkMeasure {
  static let configuration = CommandConfiguration(
    commandName: "provenance",
    abstract: "Trace what each party receives to where it entered the network.",
    discussion: """
      What a party draws from reserves begins at the party itself.

      EXAMPLES
        ouro measure provenance edges.csv --nodes nodes.csv
        ouro measure provenance edges.csv --of CoreWeave
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods
  @OptionGroup var listed: PartyRows

  @Option(help: "Only this party, and through whom its money came.")
  var of: String?

  func validate() throws {
    guard periods.by == .all || of != nil || input.json else {
      throw ValidationError("--by month tells of one party: name it with --of, or take --json")
    }
  }

  struct Answer: Encodable {
    struct Party: Encodable {
      let id: String
      let origins: [ShareAnswer]
      let unsourced: Double
      /// What began at sources too small to be told apart.
      let others: Double
      /// What was not followed to its beginning: the most by which all of these can be short.
      let untraced: Double
      /// Only where one party is asked for.
      let through: [ShareAnswer]?
    }

    let measure = "provenance"
    let parties: [Party]
  }

  /// What was found of one network.
  struct Finding {
    let network: FlowNetwork
    /// The party asked for.
    let node: NodeIndex?
    /// Where what a party receives began, of the party asked for, else of all.
    let receipts: (NodeIndex) -> ReceiptOrigins
    /// Through whom its money came.
    let through: [ShareAnswer]?
  }

  static let headings = ["party", "most began at", "its share", "nowhere"]

  var party: String? { of }

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> Finding {
    let network = try source.network()
    let node = try of.map { try input.node($0, in: network) }
    let isLarge = network.nodes.count > Provenance.largestNetwork
    if let node, isLarge {
      let receipts = try Provenance.receipts(of: node, in: network)
      return Finding(network: network, node: node, receipts: { _ in receipts }, through: nil)
    }
    let provenance = try Provenance(of: network)
    if isLarge {
      say(
        "more than \(Provenance.largestNetwork) parties: only the largest sources are told apart; "
          + "--of tells all of one party"
      )
    }
    return Finding(
      network: network,
      node: node,
      receipts: provenance.receipts,
      through: node.map { passages(network, provenance, $0) }
    )
  }

  func answer(_ found: Finding) -> Answer {
    Answer(
      parties: (found.node.map { [$0] } ?? Array(found.network.nodes.indices)).map { node in
        let receipts = found.receipts(node)
        return Answer.Party(
          id: found.network.nodes[node],
          origins: receipts.origins.map { ShareAnswer(id: $0.id, share: $0.share) },
          unsourced: receipts.unsourced,
          others: receipts.others,
          untraced: receipts.untraced,
          through: found.through
        )
      }
    )
  }

  /// Of the party asked for.
  func line(_ found: Finding) -> [String] {
    guard let node = found.node else { return Self.headings.map { _ in "–" } }
    let receipts = found.receipts(node)
    let largest = receipts.origins.first
    return [
      found.network.nodes[node], largest?.id ?? "–", percent(largest?.share),
      percent(receipts.unsourced),
    ]
  }

  /// Through whom the money of a party came, most first.
  private func passages(
    _ network: FlowNetwork,
    _ provenance: Provenance,
    _ node: NodeIndex
  ) -> [ShareAnswer] {
    network.nodes.indices.filter { $0 != node }
      .map {
        ShareAnswer(id: network.nodes[$0], share: provenance.share(of: node, through: $0) ?? 0)
      }
      .filter { $0.share > 0 }
      .sorted { $0.share == $1.share ? $0.id < $1.id : $0.share > $1.share }
  }

  func words(_ found: Finding) -> String {
    let network = found.network
    var lines = ["Of what each party receives, this much began at:"]
    let received = network.received
    let shown = found.node.map { [$0] } ?? listed.first(of: network.nodes.indices) { received[$0] }
    for node in shown {
      lines.append(table([network.nodes[node], ""], rows(found.receipts(node))))
    }
    if found.node == nil { lines += listed.rest(of: network.nodes.count) }
    if let through = found.through {
      let rows = through.prefix(listed.top).map { ["  " + $0.id, percent($0.share)] }
      lines += ["", "It came through:", table(["", ""], Array(rows))]
      lines += listed.rest(of: through.count)
    }
    return lines.joined(separator: "\n")
  }

  private func rows(_ receipts: ReceiptOrigins) -> [[String]] {
    let shown = receipts.origins.prefix(listed.top)
    let rest = receipts.origins.dropFirst(listed.top)
    var rows = shown.map { ["  " + $0.id, percent($0.share)] }
    let besides = [
      ("\(count(rest.count, "source")) more", rest.map(\.share).reduce(0, +)),
      ("other sources", receipts.others),
      ("nowhere: it never entered", receipts.unsourced),
      ("not followed to its beginning", receipts.untraced > 1e-9 ? receipts.untraced : 0),
    ]
    rows += besides.filter { $0.1 > 0 }.map { ["  " + $0.0, percent($0.1)] }
    return rows
  }
}

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
    let provenance: Provenance
    /// The parties asked for.
    let chosen: [NodeIndex]
  }

  static let headings = ["party", "most began at", "its share", "nowhere"]

  var party: String? { of }

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> Finding {
    let network = try source.network()
    let provenance = try Provenance(of: network)
    let chosen = try of.map { [try input.node($0, in: network)] } ?? Array(network.nodes.indices)
    if network.nodes.count > Provenance.largestNetwork {
      say("more than \(Provenance.largestNetwork) parties: only the largest sources are told apart")
    }
    return Finding(network: network, provenance: provenance, chosen: chosen)
  }

  func answer(_ found: Finding) -> Answer {
    Answer(
      parties: found.chosen.map { node in
        Answer.Party(
          id: found.network.nodes[node],
          origins: found.provenance.origins(of: node).map {
            ShareAnswer(id: $0.id, share: $0.share)
          },
          unsourced: found.provenance.unsourced[node],
          others: found.provenance.others[node],
          untraced: found.provenance.untraced[node],
          through: of.flatMap { _ in passages(found.network, found.provenance, node) }
        )
      }
    )
  }

  /// Of the first party asked for.
  func line(_ found: Finding) -> [String] {
    guard let node = found.chosen.first else { return Self.headings.map { _ in "–" } }
    let largest = found.provenance.origins(of: node).first
    return [
      found.network.nodes[node], largest?.id ?? "–", percent(largest?.share),
      percent(found.provenance.unsourced[node]),
    ]
  }

  /// Through whom the money of a party came, most first: `nil` where the network is too large for it.
  private func passages(
    _ network: FlowNetwork,
    _ provenance: Provenance,
    _ node: NodeIndex
  ) -> [ShareAnswer]? {
    guard provenance.share(of: node, through: node) != nil else { return nil }
    return network.nodes.indices.filter { $0 != node }
      .map {
        ShareAnswer(id: network.nodes[$0], share: provenance.share(of: node, through: $0) ?? 0)
      }
      .filter { $0.share > 0 }
      .sorted { $0.share == $1.share ? $0.id < $1.id : $0.share > $1.share }
  }

  func words(_ found: Finding) -> String {
    let (network, provenance) = (found.network, found.provenance)
    var lines = ["Of what each party receives, this much began at:"]
    let received = network.received
    let shown =
      of == nil ? listed.first(of: network.nodes.indices) { received[$0] } : found.chosen
    for node in shown {
      var rows = provenance.origins(of: node).map { ["  " + $0.id, percent($0.share)] }
      if provenance.others[node] > 0 {
        rows.append(["  other sources", percent(provenance.others[node])])
      }
      if provenance.unsourced[node] > 0 {
        rows.append(["  nowhere: it never entered", percent(provenance.unsourced[node])])
      }
      if provenance.untraced[node] > 1e-9 {
        rows.append(["  not followed to its beginning", percent(provenance.untraced[node])])
      }
      lines.append(table([network.nodes[node], ""], rows))
    }
    if of == nil { lines += listed.rest(of: network.nodes.count) }
    if let node = found.chosen.first, of != nil {
      let rows = passages(network, provenance, node)?.map { ["  " + $0.id, percent($0.share)] }
      lines += rows.map { ["", "It came through:", table(["", ""], $0)] } ?? []
    }
    return lines.joined(separator: "\n")
  }
}

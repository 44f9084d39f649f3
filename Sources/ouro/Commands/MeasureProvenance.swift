import ArgumentParser
import Loops
import Networks

struct MeasureProvenance: ParsableCommand {
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

  @Option(help: "Only this party, and through whom its money came.")
  var of: String?

  private struct Answer: Encodable {
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

  func run() throws {
    let network = try input.network()
    let provenance = try Provenance(of: network)
    let chosen = try of.map { [try input.node($0, in: network)] } ?? Array(network.nodes.indices)
    if network.nodes.count > Provenance.largestNetwork {
      say("more than \(Provenance.largestNetwork) parties: only the largest sources are told apart")
    }
    guard input.json else { return try show(words(network, provenance, chosen)) }
    try show(
      json: Answer(
        parties: chosen.map { node in
          Answer.Party(
            id: network.nodes[node],
            origins: provenance.origins(of: node).map { ShareAnswer(id: $0.id, share: $0.share) },
            unsourced: provenance.unsourced[node],
            others: provenance.others[node],
            untraced: provenance.untraced[node],
            through: of.flatMap { _ in passages(network, provenance, node) }
          )
        }
      )
    )
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

  private func words(
    _ network: FlowNetwork,
    _ provenance: Provenance,
    _ chosen: [NodeIndex]
  ) -> String {
    var lines = ["Of what each party receives, this much began at:"]
    for node in chosen {
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
    if let node = chosen.first, of != nil {
      let rows = passages(network, provenance, node)?.map { ["  " + $0.id, percent($0.share)] }
      lines += rows.map { ["", "It came through:", table(["", ""], $0)] } ?? []
    }
    return lines.joined(separator: "\n")
  }
}

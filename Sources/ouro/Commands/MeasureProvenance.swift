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
    guard input.json else { return try show(words(network, provenance, chosen)) }
    try show(
      json: Answer(
        parties: chosen.map { node in
          Answer.Party(
            id: network.nodes[node],
            origins: provenance.origins[node].map { ShareAnswer(id: $0.id, share: $0.share) },
            unsourced: provenance.unsourced[node],
            through: of.map { _ in passages(network, provenance, node) }
          )
        }
      )
    )
  }

  /// Through whom the money of a party came, most first.
  private func passages(
    _ network: FlowNetwork,
    _ provenance: Provenance,
    _ node: NodeIndex
  ) -> [ShareAnswer] {
    network.nodes.indices.filter { $0 != node }
      .map { ShareAnswer(id: network.nodes[$0], share: provenance.share(of: node, through: $0)) }
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
      var rows = provenance.origins[node].map { ["  " + $0.id, percent($0.share)] }
      if provenance.unsourced[node] > 0 {
        rows.append(["  nowhere: it never entered", percent(provenance.unsourced[node])])
      }
      lines.append(table([network.nodes[node], ""], rows))
    }
    if let node = chosen.first, of != nil {
      let rows = passages(network, provenance, node).map { ["  " + $0.id, percent($0.share)] }
      lines += ["", "It came through:", table(["", ""], rows)]
    }
    return lines.joined(separator: "\n")
  }
}

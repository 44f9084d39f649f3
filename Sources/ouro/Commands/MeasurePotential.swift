public import ArgumentParser
public import Loops
import Networks

extension Potential.Weighting: ExpressibleByArgument {}

struct MeasurePotential: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "potential",
    abstract: "Tell who is upstream, and how much of the net flows goes round.",
    discussion: """
      EXAMPLES
        ouro measure potential edges.csv --weighting unit
        ouro measure potential edges.csv --json | jq .circular_share
      """
  )

  @OptionGroup var input: NetworkInput

  @Option(help: "How links count: each alike, by their number of directions, or by their money.")
  var weighting = Potential.Weighting.flow

  private struct Answer: Encodable {
    struct Party: Encodable {
      let id: String
      let potential: Double
    }

    let measure = "potential"
    let weighting: String
    let circular_share: OrNull<Double>
    let reciprocity: OrNull<Double>
    let incoherence: OrNull<Double>
    let parties: [Party]
  }

  func run() throws {
    let network = try input.network()
    let potential = try Potential(of: network, weighting: weighting)
    let levels = try TrophicLevels(of: network)
    guard input.json else { return try show(words(network, potential, levels)) }
    try show(
      json: Answer(
        weighting: weighting.rawValue,
        circular_share: OrNull(potential.circularShare),
        reciprocity: OrNull(network.reciprocity),
        incoherence: OrNull(levels.incoherence),
        parties: zip(network.nodes, potential.potential).map(Answer.Party.init)
      )
    )
  }

  private func words(
    _ network: FlowNetwork,
    _ potential: Potential,
    _ levels: TrophicLevels
  ) -> String {
    let order = network.nodes.indices.sorted {
      (-potential.potential[$0], $0) < (-potential.potential[$1], $1)
    }
    let rows = order.map { [network.nodes[$0], figure(potential.potential[$0])] }
    return """
      Of net flows, \(percent(potential.circularShare)) goes round (links weighted by \
      \(weighting.rawValue)).
        paid back to who paid it    \(percent(network.reciprocity))
        incoherence of levels       \(percent(levels.incoherence))

      From upstream down:
      \(table(["", "potential"], rows))
      """
  }
}

import ArgumentParser
import Loops
import Networks

struct MeasureCycling: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cycling",
    abstract: "Tell the chance that a dollar passing through a party comes back to it.",
    discussion: """
      EXAMPLES
        ouro measure cycling edges.csv --nodes nodes.csv
        ouro measure cycling edges.csv --json | jq .finn
      """
  )

  @OptionGroup var input: NetworkInput

  private struct Answer: Encodable {
    struct Party: Encodable {
      let id: String
      let return_probability: OrNull<Double>
    }

    let measure = "cycling"
    let finn: OrNull<Double>
    let throughflow: Double
    let path_length: OrNull<Double>
    let parties: [Party]
  }

  func run() throws {
    let network = try input.network()
    let cycling = try Cycling(of: network)
    if cycling.returnProbability.contains(where: { $0 == nil }) {
      say("no chance of return in components of more than \(Cycling.largestComponent) parties")
    }
    guard input.json else { return try show(words(network, cycling)) }
    try show(
      json: Answer(
        finn: OrNull(cycling.finn),
        throughflow: cycling.totalThroughflow,
        path_length: OrNull(cycling.pathLength),
        parties: zip(network.nodes, cycling.returnProbability).map {
          Answer.Party(id: $0, return_probability: OrNull($1))
        }
      )
    )
  }

  private func words(_ network: FlowNetwork, _ cycling: Cycling) -> String {
    let rows = network.nodes.indices.map { node in
      [
        network.nodes[node], figure(cycling.throughflow[node]),
        percent(cycling.returnProbability[node]),
      ]
    }
    return """
      Of all that passes through parties, \(percent(cycling.finn)) has been there before (Finn's index).
        passes through in all    \(figure(cycling.totalThroughflow))
        parties on the way       \(figure(cycling.pathLength))

      The chance that a dollar passing through comes back:
      \(table(["", "passes through", "comes back"], rows))
      """
  }
}

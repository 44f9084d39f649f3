import ArgumentParser
import Loops
import Networks

struct MeasureCycling: ParsableCommand, NetworkMeasure {
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
  @OptionGroup var periods: MeasuredPeriods

  struct Answer: Encodable {
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

  static let headings = ["passes through", "Finn's index", "parties on the way"]

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> (network: FlowNetwork, cycling: Cycling) {
    let network = try source.network()
    let cycling = try Cycling(of: network)
    if cycling.returnProbability.contains(where: { $0 == nil }) {
      say("no chance of return in components of more than \(Cycling.largestComponent) parties")
    }
    return (network, cycling)
  }

  func answer(_ found: (network: FlowNetwork, cycling: Cycling)) -> Answer {
    Answer(
      finn: OrNull(found.cycling.finn),
      throughflow: found.cycling.totalThroughflow,
      path_length: OrNull(found.cycling.pathLength),
      parties: zip(found.network.nodes, found.cycling.returnProbability).map {
        Answer.Party(id: $0, return_probability: OrNull($1))
      }
    )
  }

  func line(_ found: (network: FlowNetwork, cycling: Cycling)) -> [String] {
    [
      figure(found.cycling.totalThroughflow), percent(found.cycling.finn),
      figure(found.cycling.pathLength),
    ]
  }

  func words(_ found: (network: FlowNetwork, cycling: Cycling)) -> String {
    let (network, cycling) = found
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

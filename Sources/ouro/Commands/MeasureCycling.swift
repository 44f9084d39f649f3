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
      let return_probability: Double
      /// 0 where the probability is exact.
      let standard_error: Double
    }

    let measure = "cycling"
    let finn: OrNull<Double>
    /// 0 where the index is exact.
    let finn_standard_error: Double
    let throughflow: Double
    let path_length: OrNull<Double>
    let parties: [Party]
  }

  func run() throws {
    let network = try input.network()
    let cycling = try Cycling(of: network, threads: Workers.processorCount)
    guard input.json else { return try show(words(network, cycling)) }
    try show(
      json: Answer(
        finn: OrNull(cycling.finn),
        finn_standard_error: cycling.finnStandardError,
        throughflow: cycling.totalThroughflow,
        path_length: OrNull(cycling.pathLength),
        parties: network.nodes.indices.map { node in
          Answer.Party(
            id: network.nodes[node],
            return_probability: cycling.returnProbability[node],
            standard_error: cycling.standardError[node]
          )
        }
      )
    )
  }

  private func words(_ network: FlowNetwork, _ cycling: Cycling) -> String {
    let rows = network.nodes.indices.map { node in
      let chance = cycling.returnProbability[node]
      return [
        network.nodes[node], figure(cycling.throughflow[node]),
        percent(chance) + margin(cycling.standardError[node]),
      ]
    }
    return """
      Of all that passes through parties, \(percent(cycling.finn))\(margin(cycling.finnStandardError)) has been there before (Finn's index).
        passes through in all    \(figure(cycling.totalThroughflow))
        parties on the way       \(figure(cycling.pathLength))

      The chance that a dollar passing through comes back:
      \(table(["", "passes through", "comes back"], rows))
      """
  }

  /// What an estimate may be off by, nothing for an exact figure.
  private func margin(_ standardError: Double) -> String {
    standardError > 0 ? " ± \(percent(standardError))" : ""
  }
}

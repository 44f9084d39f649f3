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
  @OptionGroup var listed: PartyRows

  struct Answer: Encodable {
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

  static let headings = ["passes through", "Finn's index", "parties on the way"]

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> (network: FlowNetwork, cycling: Cycling) {
    let network = try source.network()
    return (network, try Cycling(of: network, threads: input.payments.threadCount))
  }

  func answer(_ found: (network: FlowNetwork, cycling: Cycling)) -> Answer {
    let (network, cycling) = found
    return Answer(
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
  }

  func line(_ found: (network: FlowNetwork, cycling: Cycling)) -> [String] {
    [
      figure(found.cycling.totalThroughflow),
      percent(found.cycling.finn) + margin(found.cycling.finnStandardError),
      figure(found.cycling.pathLength),
    ]
  }

  func words(_ found: (network: FlowNetwork, cycling: Cycling)) -> String {
    let (network, cycling) = found
    let shown = listed.first(of: network.nodes.indices) {
      cycling.returnProbability[$0] * cycling.throughflow[$0]
    }
    let rows = shown.map { node in
      let chance = cycling.returnProbability[node]
      return [
        network.nodes[node], figure(cycling.throughflow[node]),
        percent(chance) + margin(cycling.standardError[node]),
      ]
    }
    let lines = [
      """
      Of all that passes through parties, \(percent(cycling.finn))\
      \(margin(cycling.finnStandardError)) has been there before (Finn's index).
        passes through in all    \(figure(cycling.totalThroughflow))
        parties on the way       \(figure(cycling.pathLength))

      The chance that a dollar passing through comes back:
      \(table(["", "passes through", "comes back"], rows))
      """
    ]
    return (lines + listed.rest(of: network.nodes.count)).joined(separator: "\n")
  }

  /// What an estimate may be off by, nothing for an exact figure.
  private func margin(_ standardError: Double) -> String {
    standardError > 0 ? " ± \(percent(standardError))" : ""
  }
}

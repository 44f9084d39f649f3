import ArgumentParser
import Reports

struct MeasureGain: MeasureCommand {
  static let configuration = CommandConfiguration(
    commandName: "gain",
    abstract: "Tell whether a push dies out or feeds itself.",
    discussion: """
      EXAMPLES
        ouro measure gain edges.csv --nodes nodes.csv
        ouro measure gain edges.csv --funding CoreWeave=0.4 --funding Oracle=0.1
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods

  @Option(
    help: "How much more a party raises for each extra dollar it receives, as PARTY=FRACTION."
  )
  var funding: [String] = []

  func report(on source: FlowSource) throws -> GainReport {
    let funding = try funding.map { assignment in
      guard let read = partyFraction(assignment) else {
        throw ValidationError("--funding \(assignment) is not PARTY=FRACTION")
      }
      return read
    }
    return try GainReport(of: source, funding: funding)
  }
}

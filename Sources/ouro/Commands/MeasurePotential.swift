public import ArgumentParser
public import Loops
import Reports

extension Potential.Weighting: ExpressibleByArgument {}

struct MeasurePotential: MeasureCommand {
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
  @OptionGroup var periods: MeasuredPeriods
  @OptionGroup var listed: PartyRows

  @Option(help: "How links count: each alike, by their number of directions, or by their money.")
  var weighting = Potential.Weighting.flow

  func report(on source: FlowSource) throws -> PotentialReport {
    try PotentialReport(of: source, weighting: weighting, listed: listed.listed)
  }
}

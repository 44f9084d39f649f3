import ArgumentParser
import Reports

struct MeasureClosure: MeasureCommand {
  static let configuration = CommandConfiguration(
    commandName: "closure",
    abstract: "Find the most money that can be seen as going round inside.",
    discussion: """
      EXAMPLES
        ouro measure closure edges.csv
        ouro measure closure edges.csv --samples 200 --json | jq .share
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods
  @OptionGroup var listed: PartyRows

  @Option(
    help: "Compare with this many random networks in which every party's totals are the same."
  )
  var samples = 0

  func validate() throws {
    guard samples >= 0 else { throw ValidationError("--samples must be 0 or more") }
  }

  func report(on source: FlowSource) throws -> ClosureReport {
    try ClosureReport(
      of: source,
      samples: samples,
      seed: input.options.seed,
      listed: listed.listed
    )
  }
}

import ArgumentParser
import Reports

struct MeasureCycling: MeasureCommand {
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

  func report(on source: FlowSource) throws -> CyclingReport {
    try CyclingReport(of: source, threads: input.payments.threadCount, listed: listed.listed)
  }
}

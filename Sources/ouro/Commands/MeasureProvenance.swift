import ArgumentParser
import Reports

struct MeasureProvenance: MeasureCommand {
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
  @OptionGroup var periods: MeasuredPeriods
  @OptionGroup var listed: PartyRows

  @Option(help: "Only this party, and through whom its money came.")
  var of: String?

  func validate() throws {
    guard periods.by == .all || of != nil || input.json else {
      throw ValidationError("--by month tells of one party: name it with --of, or take --json")
    }
  }

  var party: String? { of }

  func report(on source: FlowSource) throws -> ProvenanceReport {
    try ProvenanceReport(of: source, party: of, listed: listed.listed)
  }
}

import ArgumentParser
import Reports

struct MeasureConcentration: MeasureCommand {
  static let configuration = CommandConfiguration(
    commandName: "concentration",
    abstract: "Tell how much depends on how few.",
    discussion: """
      Of all parties: the shares of what they receive. Of one party: the shares of those who pay it.

      EXAMPLES
        ouro measure concentration edges.csv
        ouro measure concentration edges.csv --of CoreWeave --looked-through
        ouro measure concentration edges.csv --of CoreWeave --undisclosed 120 --at-most 40
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods

  @Option(help: "The payers of this party, rather than the receipts of all.")
  var of: String?

  @Flag(help: "Not who pays the party, but where that money began.")
  var lookedThrough = false

  @Option(help: "How many of the largest to list.")
  var top = 10

  @Option(help: "An amount besides, of holders without a name: gives the least and the most.")
  var undisclosed: Double?

  @Option(help: "The most that one holder without a name can have.")
  var atMost: Double?

  func validate() throws {
    guard !lookedThrough || of != nil else { throw ValidationError("--looked-through needs --of") }
    guard top >= 0 else { throw ValidationError("--top must be 0 or more") }
    for (name, value) in [("--undisclosed", undisclosed), ("--at-most", atMost)] {
      guard let value else { continue }
      guard value >= 0, value.isFinite else { throw ValidationError("\(name) must be 0 or more") }
    }
    guard undisclosed == nil || !lookedThrough else {
      throw ValidationError(
        "--undisclosed is an amount of payers, and does not go with --looked-through"
      )
    }
    guard atMost == nil || undisclosed != nil else {
      throw ValidationError("--at-most needs --undisclosed")
    }
  }

  var party: String? { of }

  func report(on source: FlowSource) throws -> ConcentrationReport {
    var request = ConcentrationReport.Request()
    (request.party, request.isLookedThrough, request.top) = (of, lookedThrough, top)
    (request.undisclosed, request.atMost) = (undisclosed, atMost ?? .infinity)
    return try ConcentrationReport(of: source, request)
  }
}

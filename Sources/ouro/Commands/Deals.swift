import ArgumentParser
import Claims
import Networks
import Reports

struct Deals: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The deals as they stand, the flows of a period, or what is left out.",
    discussion: """
      EXAMPLES
        ouro deals Examples/ai-economy --party oracle
        ouro deals Examples/ai-economy --period 2025 --flows
        ouro deals Examples/ai-economy --period 2024..2025 --flows --by quarter --party coreweave
        ouro deals Examples/ai-economy --basis commitments --flows --policy binding
        ouro deals Examples/ai-economy --left-out

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions
  @Option(help: "Only deals or flows of this party.") var party: String?
  @Flag(help: "The flows between parties, with the rows each rests on.") var flows = false
  @Option(help: "With --flows: laid on each month, quarter or year of the period.")
  var by: FlowCalendar.Step?
  @Flag(help: "The deals that carry no flow, and why.") var leftOut = false

  func validate() throws {
    if by != nil, !flows || network.basis == .commitments {
      throw ValidationError("--by goes with --flows of a period.")
    }
    if flows, leftOut { throw ValidationError("--flows and --left-out: ask for one at a time.") }
  }

  func run() throws {
    let (view, _) = try options.view()
    let only = try party.map { try ouro.party($0, in: view) }
    if let by { return try showCalendar(view, by, only) }
    let report: DealsReport
    if flows {
      report = DealsReport(flowsOf: try network.footing(of: view), party: only)
    } else if leftOut {
      report = DealsReport(leftOutOf: try network.footing(of: view), party: only)
    } else {
      report = DealsReport(view, party: only)
    }
    try options.show(report, view)
  }

  private func showCalendar(_ view: View, _ step: FlowCalendar.Step, _ party: String?) throws {
    try options.show(
      FlowCalendar(try network.question(of: view), of: view, by: step, party: party),
      view
    )
  }
}

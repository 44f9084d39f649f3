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
        ouro deals Examples/ai-economy --kind equity --at-least 10bn --sort size
        ouro deals Examples/ai-economy --left-out
        ouro deals Examples/ai-economy --flows --csv flows.csv

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var tables: TableOptions
  @Option(help: "Only deals or flows of this party; repeatable.") var party: [String] = []
  @OptionGroup var selection: SelectionOptions
  @Flag(help: "The flows between parties, with the rows each rests on.") var flows = false
  @Option(help: "With --flows: laid on each month, quarter or year of the period.")
  var by: FlowCalendar.Step?
  @Flag(help: "The deals that carry no flow, and why.") var leftOut = false

  func validate() throws {
    if by != nil, !flows || network.basis == .commitments {
      throw ValidationError("--by goes with --flows of a period.")
    }
    try selection.check(ofFlows: flows, isCalendar: by != nil)
    if flows, leftOut { throw ValidationError("--flows and --left-out: ask for one at a time.") }
  }

  func run() throws {
    let asked = try options.view()
    let view = asked.view
    let only = try party.map { try ouro.party($0, in: view) }
    let selection = try selection.selection(of: only, in: view)
    guard flows || leftOut else {
      return try options.show(DealsReport(view, selection), asked, nil, tables)
    }
    let question = try network.question(of: view)
    if let by {
      let calendar = FlowCalendar(question, of: view, by: by, parties: only)
      return try options.show(calendar, asked, question, tables)
    }
    let footing = Economy.footing(question, of: view)
    let report =
      flows
      ? DealsReport(flowsOf: footing, selection) : DealsReport(leftOutOf: footing, selection)
    try options.show(report, asked, question, tables)
  }
}

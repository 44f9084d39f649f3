import ArgumentParser
import Books
import Claims
import Pages
import Reports

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How closed the economy is, through which loops, and whose money it is.",
    discussion: """
      How much money goes round on three footings: the cash of the period that somebody stated, the \
      same with unknown flows filled in from totals, and what is promised and still to run on the day. \
      Then the loops, who returns money to itself, whose money each party lives on, how concentrated \
      that is, what is disputed, and what was left out and why.

      EXAMPLES
        ouro report Examples/ai-economy
        ouro report Examples/ai-economy --period 2024 --policy binding
        ouro report Examples/ai-economy --as-of 2025-03-31 --told-by press
        ouro report Examples/ai-economy --html report
        ouro report Examples/ai-economy --xlsx report.xlsx
        ouro report Examples/ai-economy --json | jq '.footings[] | {footing, share}'

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var tables: TableOptions
  @Option(help: "How many draws the ranges rest on.") var samples = 200
  @Flag(help: "Also all measures of the same network by their technical names.") var measures =
    false

  @Option(
    help: ArgumentHelp("Also write the report as a page, index.html.", valueName: "folder"),
    completion: .directory
  )
  var html: String?

  func validate() throws {
    guard (1...100_000).contains(samples) else {
      throw ValidationError("--samples takes 1 to 100000.")
    }
  }

  func run() throws {
    let (view, opened) = try options.view()
    let economy = Economy(view, try network.question(of: view, samples: samples))
    let report = try EconomyReport(
      economy,
      book: (name: opened.name, head: opened.headHash, version: version)
    )
    if measures, !options.json {
      try show(report.text(options.names(view), withMeasures: true))
      try options.write(report, (view, opened), economy.question, tables)
    } else {
      try options.show(report, (view, opened), economy.question, tables)
    }
    if let html { try writePage(economy, report, to: html) }
  }

  private func writePage(_ economy: Economy, _ report: EconomyReport, to folder: String) throws {
    let content = try PageContent(economy, report: report, command: PageOptions.command)
    try ouro.writePage(ReportPage(content).document, in: folder)
  }
}

import ArgumentParser
import Claims
import Reports

struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Whose money a party lives on: through whom it came, and where it started.",
    discussion: """
      EXAMPLES
        ouro trace Examples/ai-economy coreweave
        ouro trace Examples/ai-economy openai --period 2024 --complete none

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Argument(help: "The party, by id or name.") var party: String
  @OptionGroup var network: NetworkOptions
  @OptionGroup var tables: TableOptions
  @Option(help: "How many payers back.") var depth = 3
  @Option(help: ArgumentHelp("The least share still followed.", valueName: "percent")) var least =
    2.0

  func validate() throws {
    guard (1...20).contains(depth) else { throw ValidationError("--depth takes 1 to 20.") }
    guard (0...100).contains(least) else { throw ValidationError("--least takes 0 to 100.") }
  }

  func run() throws {
    let asked = try options.view()
    let id = try ouro.party(party, in: asked.view)
    let question = try network.question(of: asked.view)
    let report = try TraceReport(
      of: id,
      in: Economy.footing(question, of: asked.view),
      depth: depth,
      least: least / 100
    )
    try options.show(report, asked, question, tables)
  }
}

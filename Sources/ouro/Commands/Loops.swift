import ArgumentParser
import Claims
import Reports

struct LoopsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loops",
    abstract: "The loops of payments, with the rows each payment rests on.",
    discussion: """
      EXAMPLES
        ouro loops Examples/ai-economy
        ouro loops Examples/ai-economy --basis commitments --top 20
        ouro loops Examples/ai-economy --xlsx loops.xlsx
        ouro loops Examples/ai-economy --policy generous --max-hops 3 --json

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var tables: TableOptions
  @Option(help: "How many loops to show, by the least amount on them.") var top = 10
  @Option(help: "How many loops to count before giving up.") var limit = 1_000_000
  @Option(help: "The most payments in a loop.") var maxHops: Int?

  func validate() throws {
    guard top >= 0, limit > 0, maxHops ?? 2 > 0 else {
      throw ValidationError("--top, --limit and --max-hops take counts above zero.")
    }
  }

  func run() throws {
    let asked = try options.view()
    let question = try network.question(of: asked.view)
    let report = LoopReport(
      Economy.footing(question, of: asked.view),
      limit: limit,
      top: top,
      maximumLength: maxHops ?? .max
    )
    try options.show(report, asked, question, tables)
  }
}

import ArgumentParser
import Claims
import Reports

struct Disputes: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What tellers disagree about: both sides, with their sources.",
    discussion: """
      EXAMPLES
        ouro disputes Examples/ai-economy --as-of 2025-03-31
        ouro disputes Examples/ai-economy --party nvidia --json

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var tables: TableOptions
  @Option(help: "Only deals of this party.") var party: String?

  func run() throws {
    let asked = try options.view()
    let only = try party.map { try ouro.party($0, in: asked.view) }
    try options.show(DisputeReport(asked.view, party: only), asked, nil, tables)
  }
}

import ArgumentParser
import Claims
import Reports

struct PartyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "party",
    abstract: "What the book says of one party; without a name, who is in it.",
    discussion: """
      EXAMPLES
        ouro party Examples/ai-economy
        ouro party Examples/ai-economy coreweave --period 2025

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Argument(help: "The party, by id or name.") var party: String?
  @OptionGroup var network: NetworkOptions
  @OptionGroup var tables: TableOptions

  func run() throws {
    let asked = try options.view()
    guard let party else { return try options.show(PartyList(asked.view), asked, nil, tables) }
    let id = try ouro.party(party, in: asked.view)
    let question = try network.question(of: asked.view)
    guard let report = PartyReport(id, in: Economy.footing(question, of: asked.view)) else {
      return
    }
    try options.show(report, asked, question, tables)
  }
}

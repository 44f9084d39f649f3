import ArgumentParser
import Claims
import Reports

struct PathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract: "What is known between each two of some parties, and what is missing for a loop.",
    discussion: """
      EXAMPLES
        ouro path Examples/ai-economy nvidia openai oracle
        ouro path Examples/ai-economy microsoft coreweave --period 2024

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions
  @Argument(help: "Two parties or more, by id or name, in the order of the loop.") var parties:
    [String]

  func validate() throws {
    guard parties.count > 1 else { throw ValidationError("name two parties or more.") }
  }

  func run() throws {
    let (view, _) = try options.view()
    let ids = try parties.map { try party($0, in: view, countedAlone: network.unconsolidated) }
    guard Set(ids).count == ids.count else { throw ValidationError("name each party once.") }
    let economy = Economy(view, try network.question(of: view))
    try options.show(PathReport(ids, in: economy), view)
  }
}

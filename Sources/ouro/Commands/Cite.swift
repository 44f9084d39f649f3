import ArgumentParser
import Books
import Claims
import Reports

struct Cite: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A figure's sentence, its sources and its book, ready to paste.",
    discussion: """
      Of two parties, what the first pays the second; of none, the first paragraphs of the report, with the \
      rows that its loops rest on.

      EXAMPLES
        ouro cite Examples/ai-economy nvidia tsmc --period 2025
        ouro cite Examples/ai-economy --period FY2025:nvidia

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions
  @Argument(help: "Who pays and who is paid, by id or name.") var parties: [String] = []

  func validate() throws {
    guard parties.isEmpty || parties.count == 2 else {
      throw ValidationError("name two parties, who pays and who is paid, or none.")
    }
  }

  func run() throws {
    let (view, opened) = try options.view()
    let ids = try parties.map { try party($0, in: view) }
    let names = options.names(view)
    let book = (name: opened.name, head: opened.headHash, version: ouro.version)
    guard ids.isEmpty else {
      let footing = try network.footing(of: view)
      return try options.show(CiteReport(ids[0], ids[1], in: footing, book: book, names), view)
    }
    let economy = Economy(view, try network.question(of: view))
    let report = try EconomyReport(economy, book: book)
    try options.show(CiteReport(report, of: economy, book: book, names), view)
  }
}

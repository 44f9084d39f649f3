import ArgumentParser
import Books
import Reports

struct ShowRows: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Rows of a book by id: what each says, where, and which rows name it.",
    discussion: """
      EXAMPLES
        ouro show Examples/ai-economy c004 f469
        ouro show Examples/ai-economy openai-coreweave-2025-03 --json

      EXIT CODES
        0 shown · 64 usage · 65 no such row · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Argument(help: "The ids of claims, facts, deals, parties, sources or assumptions.") var ids:
    [String]

  func run() throws {
    let (view, opened) = try options.view()
    do {
      try options.show(ShowReport(ids, in: opened.contents), view)
    } catch let unknown as ShowReport.UnknownID {
      throw BookError.refused(
        reason: "there is no row \(unknown.id)",
        advice: unknown.nearest.map { "did you mean \($0)?" } ?? "find it with `ouro search`"
      )
    }
  }
}

import ArgumentParser
import Books
import Reports

struct Search: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The rows of a book in which some words stand.",
    discussion: """
      EXAMPLES
        ouro search Examples/ai-economy coreweave option
        ouro search Examples/ai-economy closed loop --top 50

      EXIT CODES
        0 found · 64 usage · 65 nothing found · 66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: ViewOptions
  @Argument(help: "The words, all of which a row must hold.") var words: [String]
  @Option(help: "How many rows to list.") var top = 30

  func validate() throws {
    guard top > 0 else { throw ValidationError("--top takes a count above zero.") }
  }

  func run() throws {
    let (view, opened) = try options.view()
    let report = SearchReport(words.joined(separator: " "), in: opened.contents, top: top)
    guard report.count > 0 else {
      throw BookError.refused(
        reason: "no row of the book holds \(report.query)",
        advice: "try fewer words, or a part of one"
      )
    }
    try options.show(report, view)
  }
}

import ArgumentParser
import Books
import Inputs
import Tables

struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what was added, retracted and undone, oldest first.",
    discussion: """
      EXAMPLES
        ouro history market.ouro
        ouro history market.ouro c17
        ouro history market.ouro --json | jq '.[-1].hash'

      EXIT CODES
        0 listed · 64 usage · 65 no such row, or damaged book
        66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  @Argument(help: "The id of a row, in whatever table.")
  var id: String?

  func run() throws {
    let entries = try bookFile(options.book).history(of: id)
    if let id, entries.isEmpty {
      throw BookError.refused(
        reason: "\(options.book) never had a row \(id)",
        advice: "list all with `ouro history`"
      )
    }
    guard !options.json else { return try show(json: entries.map(HistoryLine.init)) }
    guard !entries.isEmpty else { return say("the book is empty") }
    try show(entries.map { HistoryLine($0).text }.legibleText)
  }
}

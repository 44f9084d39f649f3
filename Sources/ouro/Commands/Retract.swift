import ArgumentParser
import Books

struct Retract: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Retract rows: they no longer count, and stay in the history.",
    discussion: """
      A row that others refer to is not retracted before those are. `ouro undo` takes a retraction back.

      EXAMPLES
        ouro retract market.ouro claims c17 --reason "the paper corrected it"
        ouro retract market.ouro claims c17 c18 --reason "wrong table"

      EXIT CODES
        0 retracted · 64 usage · 65 no such row, row needed, or damaged book
        66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  @Argument(help: "The table.")
  var table: BookTable

  @Argument(help: "The ids of the rows.")
  var ids: [String]

  @Option(help: "Why, for the history.")
  var reason: String

  func run() throws {
    let book = try bookFile(options.book)
    let receipt = try book.retract(ids, from: table, reason: reason, now: now())
    try report(receipt, "retracted", asJSON: options.json)
  }
}

import ArgumentParser
import Books

struct Undo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Undo the last batch of a book; again, the one before it.",
    discussion: """
      What the batch added no longer counts, what it retracted counts again. Nothing is deleted: the \
      undo is a batch of its own in the history.

      EXAMPLES
        ouro undo market.ouro

      EXIT CODES
        0 undone · 64 usage · 65 nothing left to undo, or damaged book
        66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  func run() throws {
    let receipt = try bookFile(options.book).undo(now: now())
    try report(receipt, "undid", asJSON: options.json)
  }
}

import ArgumentParser
import Books
import Inputs

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
    say(receipt.namedRows)
    try report(receipt, "undid", asJSON: options.json)
  }
}

struct Redo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take back the last undo of a book; again, the one before it.",
    discussion: """
      Only where nothing was written since the undo. Nothing is deleted: the redo is a batch of its own in the \
      history.

      EXAMPLES
        ouro redo market.ouro

      EXIT CODES
        0 redone · 64 usage · 65 nothing left to redo, or damaged book
        66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  func run() throws {
    let receipt = try bookFile(options.book).redo(now: now())
    say(receipt.namedRows)
    try report(receipt, "redid", asJSON: options.json)
  }
}

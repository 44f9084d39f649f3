import ArgumentParser
import Books

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Begin a book of your own: a file to add to, or a folder to edit.",
    discussion: """
      A name that ends in .ouro becomes an empty book file, to which `ouro add` adds. Any other name \
      becomes a folder of six tables with their headers, for a text editor or a spreadsheet, and a \
      README.txt that says what each column holds and which words it allows. A book with a loop then \
      takes two lines: `ouro add market.ouro "Nvidia invests 2bn in OpenAI in 2025"` and \
      `ouro add market.ouro "OpenAI pays Nvidia 1.5bn in 2025"`.

      EXAMPLES
        ouro new market.ouro
        ouro new mine

      EXIT CODES
        0 made · 64 usage · 66 no such place · 74 could not write, or there is one already
      """
  )

  @Argument(help: "The book to make: NAME.ouro, or the name of a folder.")
  var book: String

  func run() throws {
    guard !book.hasSuffix(".ouro") else {
      try Book.create(at: book, now: now())
      return say("made \(book): ouro add \(book) \"Nvidia invests 2bn in OpenAI in 2025\"")
    }
    try BookFolder.create(at: book)
    say("made \(book): \(book)/README.txt says what each table holds; ouro check \(book)")
  }
}

import ArgumentParser
import Books

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import a book folder into a book file: all its rows or none.",
    discussion: """
      The book file is made where there is none. Rows it already has, cell by cell the same, are \
      passed over and counted; an id that it has with other cells is an error.

      EXAMPLES
        ouro import Examples/ai-economy market.ouro

      EXIT CODES
        0 imported · 64 usage · 65 bad row or damaged book · 66 no such folder
        74 could not write
      """
  )

  @Argument(help: "The folder of six CSV files.", completion: .directory)
  var folder: String

  @OptionGroup var options: BookOptions

  func run() throws {
    try refuseFolder(options.book)
    let rows = try BookFolder.rows(folder)
    let book = try Book.openOrCreate(at: options.book, now: now())
    let receipt = try book.add(rows, present: .skip, reason: "import", now: now())
    try report(receipt, "imported", asJSON: options.json)
  }
}

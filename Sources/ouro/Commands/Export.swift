import ArgumentParser
import Books
import Claims

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the rows of a book in another format.",
    discussion: """
      csv is a book folder, sorted by id: exporting what was imported from a sorted folder gives the \
      same bytes. A cell that a spreadsheet would run as a formula has an apostrophe before it, which \
      importing takes off. json is one object of the six tables, cells as text by column.

      EXAMPLES
        ouro export market.ouro --format csv -o market
        ouro export market.ouro --format json | jq '.claims | length'
        ouro export market.ouro --format csv -o then --recorded-by 2026-03

      EXIT CODES
        0 written · 64 usage · 65 damaged book · 66 no such book
        74 could not write
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json }

  @Argument(help: "The book: a file or a folder.", completion: .file())
  var book: String

  @Option(help: "csv or json.")
  var format: Format = .csv

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The folder (csv) or file (json; standard output by default).",
      valueName: "path"
    ),
    completion: .file()
  )
  var output: String?

  @Option(help: ArgumentHelp("Only what the book knew by then.", valueName: "time"))
  var recordedBy: RecordedTime?

  @Flag(help: "The same as --format json.")
  var json = false

  func validate() throws {
    if chosen == .csv, output == nil {
      throw ValidationError("csv is six files: give their folder with -o.")
    }
  }

  private var chosen: Format { json ? .json : format }

  func run() throws {
    let contents = try BookFile.open(book, recordedBy: recordedBy?.timestamp).contents
    switch chosen {
    case .csv: try BookFolder.write(contents, to: output ?? ".")
    case .json: try writeJSON(contents)
    }
    guard let output else { return }
    say("wrote \(count(contents.rows.count, "row")) to \(output)")
  }

  private func writeJSON(_ contents: BookContents) throws {
    var tables: [String: [[String: String]]] = [:]
    for table in BookTable.allCases {
      tables[table.rawValue] = contents.rows(of: table).map { row in
        Dictionary(uniqueKeysWithValues: zip(table.record.columns, row.values))
      }
    }
    let text = try ouro.json(tables)
    guard let output, output != "-" else { return try show(text) }
    try Files.replace(output, with: Array("\(text)\n".utf8))
  }
}

import ArgumentParser
import Books
import Claims
import Readers

struct Add: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add rows to a book: all of them or none.",
    discussion: """
      The usual case in one line of plain words: who pays whom how much, and when. Parties, source and \
      deal are made where they are new. Anything else is a row of a table.

      An id is used once: a correction is a new row, with says=supersede where it is a claim. What was \
      added by mistake goes by `ouro undo` or `ouro retract`.

      EXAMPLES
        ouro add market.ouro "Nvidia invests 2bn in OpenAI in 2025" --source https://…
        ouro add market.ouro "OpenAI orders at least 1.5bn from Oracle until 2027"
        ouro add market.ouro parties id=acme name=Acme kind=company inside=yes
        ouro add market.ouro claims --from claims.csv
        ouro add market.ouro facts --from - < facts.csv

      EXIT CODES
        0 added · 64 usage · 65 bad row or damaged book · 66 no such file
        74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  @Argument(
    help: ArgumentHelp(
      "A table, or a line of plain words. Tables: \(tables).",
      valueName: "table-or-words"
    )
  )
  var what: String

  @Argument(help: "Of a table: the cells of one row, as column=value; amounts may be 1.5bn.")
  var cells: [String] = []

  @Option(
    help: ArgumentHelp("Read rows from a CSV file with the table's header.", valueName: "file"),
    completion: .file(extensions: ["csv"])
  )
  var from: String?

  @Option(help: ArgumentHelp("Of words: where it stands.", valueName: "address or name"))
  var source = ""

  @Option(help: "Of words: who says so, if not the source itself.")
  var teller = ""

  @Option(
    help: ArgumentHelp("Of words: the day it was reported, today by default.", valueName: "date")
  )
  var on: PartialDateArgument?

  @Flag(help: "Of words: parties that are new are not of the sector under study.")
  var outside = false

  @Option(help: "Why, for the history.")
  var reason = ""

  private static let tables = BookTable.allCases.map(\.rawValue).joined(separator: ", ")
  private var table: BookTable? { BookTable(rawValue: what) }

  func validate() throws {
    guard let table else {
      let isRow = from != nil || !what.contains(" ") && cells.allSatisfy { $0.contains("=") }
      guard !isRow else {
        throw ValidationError(
          "\(what) is no table, nor a line of plain words as \"\(PlainSentence.example)\"; the tables: \(Self.tables)."
        )
      }
      return
    }
    guard source.isEmpty, teller.isEmpty, on == nil, !outside else {
      throw ValidationError("--source, --teller, --on and --outside go with a line of plain words.")
    }
    guard cells.isEmpty != (from == nil) else {
      throw ValidationError("Give either cells, as column=value, or --from FILE.")
    }
    for cell in cells {
      guard let equals = cell.firstIndex(of: "="), equals != cell.startIndex else {
        throw ValidationError("\"\(cell)\" is not a cell; write column=value.")
      }
      let column = String(cell[..<equals])
      guard table.record.allColumns.contains(column) else {
        let columns = table.record.allColumns.joined(separator: ", ")
        throw ValidationError("\(table.rawValue) has no column \(column); its columns: \(columns).")
      }
    }
    guard Set(cells.map { $0.prefix { $0 != "=" } }).count == cells.count else {
      throw ValidationError("A column is given twice.")
    }
  }

  func run() throws {
    guard let table else { return try addWords() }
    let book = try bookFile(options.book)
    let rows = try from.map { path throws(BookError) in try BookFolder.read(table, from: path) }
    let receipt = try book.add(rows ?? [row(of: table)], reason: reason, now: now())
    try report(receipt, "added", asJSON: options.json)
  }

  private func addWords() throws {
    let sentence = try PlainSentence(([what] + cells).joined(separator: " "))
    let book = try bookFile(options.book)
    let origin = PlainRows.Origin(
      reported: on?.date.last ?? now().day,
      source: source,
      teller: teller,
      isInside: !outside
    )
    let made = try PlainRows(sentence, from: origin, into: book.snapshot().contents)
    let rows = made.rows
    for (new, known) in made.doubtful {
      say("\(new) is new to the book, which has \(known); if it is that, ouro undo \(options.book)")
    }
    if source.isEmpty, !options.json {
      say("no --source: what you say yourself counts as an estimate")
    }
    let receipt = try book.add(rows.map { NewRow($0) }, reason: reason, now: now())
    if !options.json { say(rows.map { "\(type(of: $0).table) \($0.id)" }.joined(separator: " · ")) }
    try report(receipt, "added", asJSON: options.json)
  }

  private func row(of table: BookTable) throws(BookError) -> NewRow {
    var fields: [String: String] = [:]
    for cell in cells {
      let column = String(cell.prefix { $0 != "=" })
      fields[column] = String(cell.dropFirst(column.count + 1))
    }
    do throws(FieldFault) {
      return NewRow(try table.record.init(PlainAmount.fields(fields)))
    } catch {
      throw .badRow(table: table, id: fields["id"] ?? "", fault: error)
    }
  }
}

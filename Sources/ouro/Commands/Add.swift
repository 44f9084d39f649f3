import ArgumentParser
import Books
import Claims

struct Add: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add rows to a book: all of them or none.",
    discussion: """
      An id is used once: a correction is a new row, with says=supersede where it is a claim. What was \
      added by mistake goes by `ouro undo` or `ouro retract`.

      EXAMPLES
        ouro add market.ouro parties id=acme name=Acme kind=company inside=yes
        ouro add market.ouro claims --from claims.csv
        ouro add market.ouro facts --from - < facts.csv

      EXIT CODES
        0 added · 64 usage · 65 bad row or damaged book · 66 no such file
        74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  @Argument(help: "The table.")
  var table: BookTable

  @Argument(help: "The cells of one row, as column=value.")
  var cells: [String] = []

  @Option(
    help: ArgumentHelp("Read rows from a CSV file with the table's header.", valueName: "file"),
    completion: .file(extensions: ["csv"])
  )
  var from: String?

  @Option(help: "Why, for the history.")
  var reason = ""

  func validate() throws {
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
    let book = try bookFile(options.book)
    let rows = try from.map { path throws(BookError) in try BookFolder.read(table, from: path) }
    let receipt = try book.add(rows ?? [row()], reason: reason, now: now())
    try report(receipt, "added", asJSON: options.json)
  }

  private func row() throws(BookError) -> NewRow {
    var fields: [String: String] = [:]
    for cell in cells {
      let column = cell.prefix { $0 != "=" }
      fields[String(column)] = String(cell.dropFirst(column.count + 1))
    }
    do throws(FieldFault) {
      return NewRow(try table.record.init(Fields(fields)))
    } catch {
      throw .badRow(table: table, id: fields["id"] ?? "", fault: error)
    }
  }
}

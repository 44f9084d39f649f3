import ArgumentParser
import Books
import Claims
import Disk
import Payments
import Readers
import Reports

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Import a book folder, or what other tools wrote, into a book file: all its rows or none.",
    discussion: """
      Takes a book folder; entities of FollowTheMoney as JSON lines, or its statements as CSV; statements of beneficial \
      ownership (BODS 0.4): told apart by what they hold, plain or packed by gzip. The book file is made where there is \
      none. Rows it already has, cell by cell the same, are passed over and counted; an id that it has with other cells is \
      an error. Of others' files what no row can hold is listed with why; parties are known again by their numbers, else \
      by their names. --dry-run tells what would be added and changes nothing.

      EXAMPLES
        ouro import Examples/ai-economy market.ouro
        ouro import market.ftm.json copy.ouro
        ouro import owners.json market.ouro --publisher "Companies House" --dry-run
        ouro import contracts.xlsx market.ouro --map contracts.json --dry-run

      EXIT CODES
        0 imported · 64 usage · 65 bad row, no such format, or damaged book · 66 no such input
        74 could not write
      """
  )

  @Argument(help: "The folder of six CSV files, or the file of another tool.", completion: .file())
  var input: String

  @OptionGroup var options: BookOptions

  @OptionGroup var origin: OriginOptions

  @Option(
    help: ArgumentHelp(
      "How the columns of a table of claims are to be read; written where there is none.",
      valueName: "file"
    ),
    completion: .file(extensions: ["json"])
  )
  var map: String?

  @Flag(help: "Tell what would be added, and add nothing.")
  var dryRun = false

  func run() throws {
    try refuseFolder(options.book)
    if let map {
      guard Files.kind(map) != .nothing else { return try propose(map) }
      let reading = try table(map, try contents())
      try finish(reading.rows.map { NewRow($0) }, leftOut: reading.leftOut)
    } else if isFolder(input) || Files.kind(input) == .nothing {
      try finish(try BookFolder.rows(input), leftOut: [])
    } else {
      let reading = try read(try contents())
      try finish(reading.rows.map { NewRow($0) }, leftOut: reading.leftOut)
    }
  }

  /// The rows of the book that is there.
  private func contents() throws -> BookContents {
    guard Files.kind(options.book) != .nothing else { return .empty }
    return try BookFile.open(options.book).contents
  }

  private func read(_ contents: BookContents) throws -> ExchangeReading {
    let bytes = try UnpackedFile.bytes(of: input, atMost: ExchangeFormat.limit)
    do throws(ExchangeError) {
      guard let format = ExchangeFormat(of: bytes) else { throw .unknownFile }
      return try format.read(bytes, from: origin.origin(of: input), into: contents)
    } catch {
      throw UnreadableExchange(file: input, error: error)
    }
  }

  /// Writes how the table seems to be meant.
  private func propose(_ map: String) throws {
    let table = try TableText(input, columns: [])
    try Files.replace(map, with: Array(TableMap.proposal(table.proposal).utf8))
    say("wrote how \(input) seems to be meant to \(map): correct it, and import again with it")
    say("columns: \(table.header.joined(separator: ", "))")
    say("cells: \(TableMap.cells.joined(separator: ", "))")
  }

  private func table(_ path: String, _ contents: BookContents) throws -> ExchangeReading {
    let bytes = try Files.bytes(of: path)
    let map: TableMap
    do throws(TableMap.Fault) {
      map = try TableMap(bytes)
    } catch {
      throw UnreadableMap(file: path, error: error)
    }
    let rows = try MappedTable(try TableText(input, columns: Array(map.columns.values)), map, input)
    var reader = ClaimTableReader(rows.rows, from: origin.origin(of: input), into: contents)
    do throws(ExchangeError) {
      guard rows.faults.isEmpty else { throw .badRows(rows.faults) }
      return try reader.read()
    } catch {
      throw UnreadableExchange(file: input, error: error)
    }
  }

  private func finish(_ rows: [NewRow], leftOut: [ExchangeReading.LeftOut]) throws {
    guard !dryRun else { return try tell(rows, leftOut) }
    let book = try Book.openOrCreate(at: options.book, now: now())
    let receipt = try book.add(rows, present: .skip, reason: "import", now: now())
    tellLeftOut(leftOut)
    try report(receipt, "imported", asJSON: options.json)
  }

  private func tell(_ rows: [NewRow], _ leftOut: [ExchangeReading.LeftOut]) throws {
    let fresh =
      Files.kind(options.book) == .nothing
      ? try Book.checked(rows) : try Book(at: options.book).lacking(rows)
    let answer = ImportPreview(fresh, of: rows.count, leftOut)
    if options.json { return try show(json: answer) }
    try show(answer.text)
    tellLeftOut(leftOut)
  }

  private func tellLeftOut(_ leftOut: [ExchangeReading.LeftOut]) {
    for thing in leftOut.prefix(20) { say("left out: \(thing.what): \(thing.reason)") }
    if leftOut.count > 20 {
      say("and \(Figures.count(leftOut.count - 20, "thing")) more; --dry-run --json lists all")
    }
  }
}

/// Where a file of another tool is from.
struct OriginOptions: ParsableArguments {
  @Option(help: "Who published the file; its name by default.")
  var publisher: String?

  @Option(
    help: ArgumentHelp(
      "When, for what names no day of its own; today by default.",
      valueName: "date"
    )
  )
  var published: PartialDateArgument?

  func origin(of file: String) -> ExchangeOrigin {
    ExchangeOrigin(publisher: publisher, file: file, day: published?.date.last ?? now().day)
  }
}

/// What an import would add.
private struct ImportPreview: Encodable {
  struct Row: Encodable {
    let table: String
    let id: String
    let cells: [String: String]
  }

  struct LeftOut: Encodable {
    let what: String
    let reason: String
  }

  let new: [String: Int]
  let skipped: Int
  let rows: [Row]
  let leftOut: [LeftOut]

  init(_ fresh: [NewRow], of count: Int, _ leftOut: [ExchangeReading.LeftOut]) {
    rows = fresh.map { row in
      let cells = zip(type(of: row.record).allColumns, row.record.values).filter { !$1.isEmpty }
      return Row(
        table: type(of: row.record).table,
        id: row.record.id,
        cells: Dictionary(uniqueKeysWithValues: Array(cells))
      )
    }
    new = Dictionary(rows.map { ($0.table, 1) }, uniquingKeysWith: +)
    skipped = count - fresh.count
    self.leftOut = leftOut.map { LeftOut(what: $0.what, reason: $0.reason) }
  }

  var text: String {
    let counts = BookTable.allCases.compactMap { table in
      new[table.rawValue].map { "\($0) \(table.rawValue)" }
    }
    let there = skipped > 0 ? "; \(Figures.count(skipped, "row")) there already" : ""
    let head = "would add \(counts.isEmpty ? "nothing" : counts.joined(separator: ", "))\(there)"
    let lines = rows.prefix(40).map { row in
      let cells = row.cells.filter { $0.key != "id" }.sorted { $0.key < $1.key }
      return "  \(row.table) \(row.id)  "
        + cells.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
    let more = rows.count > 40 ? ["  and \(rows.count - 40) more; --json lists all"] : []
    return ([head] + lines + more).joined(separator: "\n")
  }
}

/// A file of another tool that was not read, and which.
struct UnreadableExchange: Error, CustomStringConvertible {
  let file: String
  let error: ExchangeError

  var description: String { "\(file): \(error)" }
}

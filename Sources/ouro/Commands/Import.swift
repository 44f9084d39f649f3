import ArgumentParser
import Books
import Claims
import Disk
import Inputs
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

  /// The file of another tool.
  private var file: ExchangeFile {
    let day = origin.published?.date.last ?? now().day
    return ExchangeFile(input, publisher: origin.publisher, on: day)
  }

  func run() throws {
    try refuseFolder(options.book)
    if let map {
      guard Files.kind(map) != .nothing else {
        for words in try file.proposeMap(to: map) { say(words) }
        return
      }
      let reading = try file.read(by: map, into: try contents())
      try finish(reading.rows.map { NewRow($0) }, leftOut: reading.leftOut)
    } else if isFolder(input) || Files.kind(input) == .nothing {
      try finish(try BookFolder.rows(input), leftOut: [])
    } else {
      let reading = try file.read(into: try contents())
      try finish(reading.rows.map { NewRow($0) }, leftOut: reading.leftOut)
    }
  }

  /// The rows of the book that is there.
  private func contents() throws -> BookContents {
    guard Files.kind(options.book) != .nothing else { return .empty }
    return try BookFile.open(options.book).contents
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
    let answer = ImportPreview(fresh.map(\.record), of: rows.count, leftOut)
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
}

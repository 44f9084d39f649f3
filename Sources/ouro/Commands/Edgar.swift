import ArgumentParser
import Books
import Claims
import Readers
import Reports

struct Edgar: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read what companies filed with the SEC: figures by period, and shares of customers.",
    discussion: """
      Takes companyfacts, submissions and filings in inline XBRL as the SEC serves them, plain or packed by gzip, by \
      what they hold. A value that was filed again otherwise supersedes the earlier one; a quarter that nobody files \
      is the year less its nine months, and marked so. With a book it tells what it would confirm, contradict and add, \
      and changes nothing; --add puts what is new in the inbox (`ouro review`), and adds nothing the second time. \
      Nothing is asked of any network.

      EXAMPLES
        ouro edgar --from filings
        ouro edgar 1045810 --from filings --json
        ouro edgar 1045810 --from filings --book market.ouro
        ouro edgar 1045810 --from filings --book market.ouro --since 2025-01-01 --add

      EXIT CODES
        0 read · 64 usage · 65 nothing was read, or bad book · 66 no such folder or book · 74 could not write
      """
  )

  @Argument(help: "The SEC's numbers of companies, as 1045810; all that are there by default.")
  var cik: [CIKArgument] = []

  @Option(
    help: ArgumentHelp("The folder, or the file, to read from; repeatable.", valueName: "path"),
    completion: .directory
  )
  var from: [String]

  @Option(
    help: ArgumentHelp("Compare with this book.", valueName: "book"),
    completion: .file()
  )
  var book: String?

  @Option(
    help: ArgumentHelp(
      "Compare periods that end from this day on; by default from the first that the book has of the company.",
      valueName: "date"
    )
  )
  var since: PartialDateArgument?

  @Flag(help: "Put what is new, restated or contradicts in the inbox of the book.")
  var add = false

  @Flag(help: "Answer in JSON: one object a company.")
  var json = false

  func validate() throws {
    guard !from.isEmpty else { throw ValidationError("Say where the files are: --from FOLDER.") }
    guard book != nil || (!add && since == nil) else {
      throw ValidationError("--add and --since go with a --book.")
    }
  }

  func run() throws {
    if add, let book { try refuseInboxOfFolder(book) }
    let files = try FilingFiles(from)
    for company in try files.companies(cik.map(\.number)) {
      let comparison = try book.map { path in
        FilingComparison(company, try BookFile.open(path).contents, since: since?.date.first)
      }
      let report = EdgarReport(company, beside: comparison)
      try show(report, asJSON: json, names: PartyNames(ids: []))
      if add, let book, let comparison { try propose(company, comparison, book) }
    }
    files.tellSkipped()
  }

  private func propose(
    _ company: CompanyFilings,
    _ comparison: FilingComparison,
    _ path: String
  ) throws {
    let numbers = try Book(at: path).propose(FilingCells.cells(of: comparison, company), now: now())
    say("\(Figures.count(numbers.count, "candidate")) in the inbox: see ouro review \(path)")
  }
}

/// The SEC's number of a company, as it is given on a command line.
struct CIKArgument: ExpressibleByArgument {
  let number: Int

  init?(argument: String) {
    guard let number = CIK.number(argument) else { return nil }
    self.number = number
  }
}

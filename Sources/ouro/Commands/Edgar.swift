import ArgumentParser
import Books
import Claims
import Foundation
import Inputs
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
      Nothing is asked of any network but with --fetch: then the SEC's servers are asked for the lists of facts and \
      filings of each company and its newest annual reports, by the system's curl, under the name that you give as \
      --user-agent or in OURO_USER_AGENT (they want a name and an address), at most ten times a second. Files are kept \
      in a folder and asked for once; --refresh asks again for the lists, which grow.

      EXAMPLES
        ouro edgar --from filings
        ouro edgar 1045810 --from filings --json
        ouro edgar 1045810 --from filings --book market.ouro
        ouro edgar 1045810 --from filings --book market.ouro --since 2025-01-01 --add
        ouro edgar 1045810 --fetch --user-agent "Ada ada@example.com" --json

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
  var from: [String] = []

  @OptionGroup(title: "Network") var network: FetchOptions

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
    guard !from.isEmpty || network.fetch else {
      throw ValidationError("Say where the files are: --from FOLDER; or --fetch them.")
    }
    guard !network.fetch || !cik.isEmpty else {
      throw ValidationError("--fetch asks for companies: give their numbers, as 1045810.")
    }
    guard book != nil || (!add && since == nil) else {
      throw ValidationError("--add and --since go with a --book.")
    }
  }

  func run() throws {
    if add, let book { try refuseInboxOfFolder(book) }
    let files = try FilingFiles(from + network.files(of: cik.map(\.number)))
    defer { for words in files.skipped { say(words) } }
    for company in try files.companies(cik.map(\.number)) {
      let comparison = try book.map { path in
        FilingComparison(company, try BookFile.open(path).contents, since: since?.date.first)
      }
      let report = EdgarReport(company, beside: comparison)
      try show(report, asJSON: json, names: PartyNames(ids: []))
      if add, let book, let comparison { try propose(company, comparison, book) }
    }
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

/// Whether, and how, the network is asked.
struct FetchOptions: ParsableArguments {
  @Flag(help: "Ask the SEC's servers for what is not there yet.")
  var fetch = false

  @Option(
    help: ArgumentHelp(
      "Who asks, with a name and an address; OURO_USER_AGENT by default.",
      valueName: "words"
    )
  )
  var userAgent: String?

  @Option(help: "How many of a company's newest annual reports to fetch.")
  var reports = 1

  @Option(
    help: ArgumentHelp("Where files are kept; ~/.cache/ouro by default.", valueName: "folder"),
    completion: .directory
  )
  var cache: String?

  @Flag(help: "Ask again for the lists of facts and filings.")
  var refresh = false

  @Option(help: ArgumentHelp("Another server in place of the SEC's.", valueName: "address"))
  var server: String?

  private var agent: String? {
    let told = userAgent ?? ProcessInfo.processInfo.environment["OURO_USER_AGENT"]
    return told.flatMap { $0.isEmpty ? nil : $0 }
  }

  func validate() throws {
    guard fetch || (userAgent == nil && cache == nil && server == nil && !refresh) else {
      throw ValidationError("--user-agent, --cache, --server and --refresh go with --fetch.")
    }
    guard !fetch || agent?.unicodeScalars.allSatisfy({ (0x20..<0x7F).contains($0.value) }) == true
    else {
      throw ValidationError(
        "The SEC wants to know who asks: --user-agent \"NAME ADDRESS\", or OURO_USER_AGENT, in plain letters."
      )
    }
    guard (0...20).contains(reports) else { throw ValidationError("--reports is from 0 to 20.") }
    if let server, !server.hasPrefix("http://"), !server.hasPrefix("https://") {
      throw ValidationError("--server is an address, as http://127.0.0.1:8000.")
    }
  }

  /// The paths of what there is about companies; none where nobody asked to fetch.
  func files(of ciks: [Int]) throws -> [String] {
    guard fetch, let agent else { return [] }
    let kept = FileCache(folder: cache ?? FileCache.usual, userAgent: agent)
    let edgar = EdgarServer(cache: kept, server: server)
    return try ciks.flatMap { try edgar.files(of: $0, filings: reports, isFresh: refresh) }
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

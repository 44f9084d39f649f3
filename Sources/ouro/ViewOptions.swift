public import ArgumentParser
import Books
public import Claims
import Inputs
public import Networks
public import Reports

extension Policy: ExpressibleByArgument {}
extension Basis: ExpressibleByArgument {}
extension CompletionMethod: ExpressibleByArgument {}
extension FlowCalendar.Step: ExpressibleByArgument {}

/// What of a book is asked: on which day, by whose word, under which policy.
struct ViewChoice: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "As known on this day: the last day of a report in the book by default.",
      valueName: "date"
    )
  )
  var asOf: PartialDateArgument?

  @Option(
    help: ArgumentHelp(
      "Whose word counts: tellers, publishers or sources, with commas; `press` or `companies`.",
      valueName: "names"
    )
  )
  var toldBy: String?

  @Option(help: "What is admitted: binding, reported or generous.")
  var policy: Policy = .reported

  @Option(help: ArgumentHelp("Only what the book knew by then.", valueName: "time"))
  var recordedBy: RecordedTime?

  /// Whether anything was asked of a day or a teller.
  var isAsked: Bool { asOf != nil || toldBy != nil || recordedBy != nil }

  /// Opens a book as it knew things by then.
  func open(_ book: String) throws(BookError) -> OpenedBook {
    try BookFile.open(book, recordedBy: recordedBy?.timestamp)
  }

  func view(of opened: OpenedBook, on day: Day? = nil) throws -> View {
    if opened.contents.claims.isEmpty, opened.contents.facts.isEmpty {
      say("the book is empty: it has no claim and no fact yet; see ouro add --help")
    }
    let tellers = (toldBy ?? "").split(separator: ",").map { word in
      String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    let request = ViewRequest(
      asOf: day ?? asOf?.date.last ?? opened.contents.lastReport,
      toldBy: tellers,
      policy: policy
    )
    return try View(of: opened.contents, request)
  }
}

/// Which book, and what of it: what every command that asks a book takes.
struct ViewOptions: ParsableArguments {
  @Argument(help: "The book: a file or a folder.", completion: .file())
  var book: String

  @OptionGroup var choice: ViewChoice

  @Flag(help: "Answer in JSON.")
  var json = false

  @Flag(help: "Names with their legal forms: OpenAI Group PBC.")
  var legalNames = false

  /// Shows an answer, in JSON where that was asked for.
  func show(_ report: some Reports.Report, _ view: View) throws {
    try ouro.show(report, asJSON: json, names: names(view))
  }

  /// What people call the parties, or their legal names where these were asked for.
  func names(_ view: View) -> PartyNames { PartyNames(view, isLegal: legalNames) }

  /// Opens the book and takes the view, on `day` instead of the day asked for where given.
  func view(on day: Day? = nil) throws -> (view: View, opened: OpenedBook) {
    let opened = try choice.open(book)
    return (try choice.view(of: opened, on: day), opened)
  }
}

/// The period, and how the network of it is made.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The period: YYYY, YYYY-MM, two dates as 2025-07..2026-06, or FY2025:nvidia; the last full year by default.",
      valueName: "dates"
    )
  )
  var period: PeriodArgument?

  @Option(help: "Money of the period, or still to run on the day: flows or commitments.")
  var basis: Basis = .flows

  @Option(help: "How unknown flows are filled in: none, entropy or sample.")
  var complete: CompletionMethod = .entropy

  @Option(help: "Where chance begins, for ranges and samples.")
  var seed: UInt64 = 1

  @Flag(help: "Count each party by itself, not by group.")
  var unconsolidated = false

  @Option(
    help: ArgumentHelp(
      "The parties of the sector, by id or name, a line each: others than the book says.",
      valueName: "file"
    ),
    completion: .file()
  )
  var inside: String?

  /// What is asked of the book that `view` was taken of.
  func question(of view: View, samples: Int = 200) throws -> Question {
    Question(
      view: view.request,
      period: try period?.days(in: view),
      basis: basis,
      completion: complete,
      seed: seed,
      samples: samples,
      isConsolidated: !unconsolidated,
      inside: try inside.map { try view.parties(namedIn: $0) }
    )
  }

  /// The network of loops and provenance, on the footing asked for.
  func footing(of view: View) throws -> Footing {
    Economy.footing(try question(of: view), of: view)
  }
}

/// Reads a date of the command line.
struct PartialDateArgument: ExpressibleByArgument {
  let date: PartialDate

  init?(argument: String) {
    guard let date = PartialDate(argument) else { return nil }
    self.date = date
  }
}

/// Reads a period of the command line: a date, two with `..` between, or the fiscal year of a company.
struct PeriodArgument: ExpressibleByArgument {
  private enum Words {
    case days(Period)
    case fiscal(FiscalPeriod)
  }

  private let words: Words

  init?(argument: String) {
    if let fiscal = FiscalPeriod(argument) {
      words = .fiscal(fiscal)
    } else if let period = Period(text: argument) {
      words = .days(period)
    } else {
      return nil
    }
  }

  /// The days, those of a fiscal year as the book has them.
  func days(in view: View) throws -> Period {
    switch words {
    case .days(let period): period
    case .fiscal(let fiscal): try fiscal.days(of: party(fiscal.company, in: view), in: view)
    }
  }
}

/// Whether a path names a book rather than payments, for commands that take either: a folder, or a file.ouro.
func isBookPath(_ path: String) -> Bool { path.hasSuffix(".ouro") || isFolder(path) }

/// The id of the party that a user names by id or by name.
func party(_ wanted: String, in view: View) throws -> String { try view.party(named: wanted) }

/// The id of the party that a user names, with a word where it is counted with others.
func party(_ wanted: String, in view: View, countedAlone: Bool) throws -> String {
  let id = try party(wanted, in: view)
  let group = view.group(of: id)
  if !countedAlone, group != id {
    say(
      "\(name(id, in: view)) is counted with \(name(group, in: view)); --unconsolidated asks of it by itself"
    )
  }
  return id
}

/// The name of a party, or what stands for people without one.
func name(_ id: String, in view: View) -> String { PartyNames(view).name(id) }

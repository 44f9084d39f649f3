import ArgumentParser
import Books
import Claims
import Inputs
import Readers
import Reports

struct Review: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The inbox of a book: candidates read out of documents, to accept or to reject.",
    discussion: """
      Without an option it lists what waits. A candidate that is accepted becomes a claim or a fact, with its source, \
      and its parties and deal where they are new: one batch, which ouro undo takes back, and the candidate waits \
      again. --set corrects a cell first, by the names that --show gives; inside=ID,ID says which new parties belong \
      to the sector. --each goes through what waits and asks: accept, reject, merge, correct, undo.

      EXAMPLES
        ouro review market.ouro --read article.txt --publisher Gazette
        ouro review market.ouro
        ouro review market.ouro --each
        ouro review market.ouro --show 3
        ouro review market.ouro --accept 3 --set status=signed --set inside=orion-labs
        ouro review market.ouro --accept 4 --merge microsoft-coreweave-services
        ouro review market.ouro --reject 5 --reason "a headline"

      EXIT CODES
        0 done · 64 usage · 65 bad document, cell or book · 66 no such file · 74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  @Option(
    help: ArgumentHelp(
      "Read a document and put what it says in the inbox; repeatable.",
      valueName: "file"
    ),
    completion: .file()
  )
  var read: [String] = []

  @OptionGroup var document: DocumentOptions

  @OptionGroup(title: "Second reader") var second: ModelOptions
  @Option(help: ArgumentHelp("With --read: where it stands.", valueName: "address"))
  var url = ""

  @Option(
    help: ArgumentHelp(
      "Show a candidate with the words around it, what the book knows, and what it would change.",
      valueName: "number"
    )
  )
  var show: Int?

  @Option(help: ArgumentHelp("Accept a candidate.", valueName: "number"))
  var accept: Int?

  @Option(help: ArgumentHelp("Reject a candidate; repeatable.", valueName: "number"))
  var reject: [Int] = []

  @Option(
    help: ArgumentHelp("Correct a cell before accepting; repeatable.", valueName: "cell=value")
  )
  var set: [String] = []

  @Option(help: ArgumentHelp("Accept it as a claim about this deal.", valueName: "deal"))
  var merge: String?

  @Flag(help: "Accept it as a claim about a deal of its own, whatever it names.")
  var split = false

  @Option(help: "Why, for the history.")
  var reason = ""

  @Flag(help: "Go through what waits one after another, and be asked what to do with each.")
  var each = false

  @Flag(help: "List what was decided too.")
  var all = false

  func validate() throws {
    let asked = [!read.isEmpty, show != nil, accept != nil, !reject.isEmpty, each]
      .count(where: \.self)
    guard asked <= 1 else {
      throw ValidationError("Give one of --read, --show, --accept, --reject and --each at a time.")
    }
    guard !each || !options.json else {
      throw ValidationError("--each asks a person; scripts take --show and --accept with --json.")
    }
    guard second.model == nil || !read.isEmpty else {
      throw ValidationError("--model goes with --read.")
    }
    guard reject.isEmpty || !reason.isEmpty else {
      throw ValidationError("--reject needs a --reason.")
    }
    guard url.isEmpty || !read.isEmpty else { throw ValidationError("--url goes with --read.") }
    guard merge == nil || !split else {
      throw ValidationError("--merge and --split exclude each other.")
    }
    guard accept != nil || show != nil || (set.isEmpty && merge == nil && !split) else {
      throw ValidationError("--set, --merge and --split go with --accept or --show.")
    }
    for cell in set where !cell.dropFirst().contains("=") {
      throw ValidationError("\"\(cell)\" is not a cell; write name=value.")
    }
  }

  func run() throws {
    try refuseInboxOfFolder(options.book)
    let book = try Book(at: options.book)
    let desk = InboxDesk(book, now: now)
    if !read.isEmpty { return try put(into: desk) }
    if let accept { return try take(accept, into: desk) }
    if !reject.isEmpty {
      try book.reject(reject, reason: reason, now: now())
      return say("rejected \(Figures.count(reject.count, "candidate"))")
    }
    if let show { return try tell(show, of: desk) }
    if each { return try ReviewDialogue(desk, path: options.book).run() }
    try list(book)
  }

  private func put(into desk: InboxDesk) throws {
    let documents = document.files(BookMatch(try desk.book.snapshot().contents))
    var numbers: [Int] = []
    for file in read {
      let put = try desk.read(file, at: url, documents, by: second.server)
      numbers += put.numbers
      for words in put.refused { say(words) }
    }
    if options.json { return try ouro.show(json: ["added": numbers]) }
    say(
      "\(Figures.count(numbers.count, "candidate")) in the inbox: see ouro review \(options.book)"
    )
  }

  private func list(_ book: Book) throws {
    let items = try book.inbox().filter { all || $0.state == .open }
    if options.json { return try ouro.show(json: items.map(InboxLine.init)) }
    guard !items.isEmpty else { return say("nothing waits in the inbox") }
    try ouro.show(items.map { InboxLine($0).text }.joined(separator: "\n"))
    if Terminal.takesOutput { say("one after another: ouro review \(options.book) --each") }
  }

  // MARK: One candidate

  private func take(_ number: Int, into desk: InboxDesk) throws {
    let receipt = try desk.accept(try desk.item(number), with: changes, reason: reason)
    try report(receipt, "accepted: added", asJSON: options.json)
  }

  private func tell(_ number: Int, of desk: InboxDesk) throws {
    let answer = try desk.answer(try desk.item(number), with: changes)
    if options.json { try ouro.show(json: answer) } else { try ouro.show(answer.text) }
  }

  private var changes: InboxDesk.Changes {
    var changes = InboxDesk.Changes()
    for cell in set { changes.set(cell) }
    changes.target = split ? .new : merge.map { .deal($0) } ?? .found
    return changes
  }
}

/// Refuses a folder, in which nothing waits.
func refuseInboxOfFolder(_ path: String) throws(BookError) {
  guard isFolder(path) else { return }
  throw .refused(
    reason:
      "\(path) is a book folder, which has no inbox: a folder is edited by hand and kept in git",
    advice:
      "see what a document says with ouro read --book \(path), or import it first: ouro import \(path) NAME.ouro"
  )
}

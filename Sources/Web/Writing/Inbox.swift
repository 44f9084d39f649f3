internal import Books
internal import Claims
internal import Disk
internal import Readers
internal import Reports
internal import Tables

/// What is done with candidates: read out of a text, accepted with corrections, rejected.
enum Inbox {
  /// The longest text that is read, in bytes.
  static let longestText = 500_000

  /// Reads a text that somebody pasted, and puts what it says in the inbox.
  static func read(_ writing: Writing) throws -> String {
    let text = Array((writing.fields["text"] ?? "").utf8)
    guard !text.isEmpty else { throw Refusal(422, "Paste the text that is to be read.") }
    guard text.count <= longestText else {
      throw Refusal(
        413,
        "At most \(longestText) bytes are read at a time; give the passages that matter."
      )
    }
    let published = writing.fields["published"].flatMap { PartialDate($0) }
    guard writing.fields["published"] == nil || published != nil else {
      throw Refusal(422, "published takes a date as 2025, 2025-03 or 2025-03-31.")
    }
    _ = try writing.book()
    let numbers = try readApart(text, writing)
    guard !numbers.isEmpty else {
      throw Refusal(422, "No claim and no figure was found in that text that the inbox has not.")
    }
    return numbers.first.map { "/inbox/\($0)" } ?? "/inbox"
  }

  /// Has the program read a text, apart, and put what it says in the inbox.
  private static func readApart(_ text: [UInt8], _ writing: Writing) throws -> [String] {
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    try Files.replace("\(scratch.path)/pasted", with: text)
    let options = ["publisher", "published", "url"].compactMap { name in
      writing.fields[name].map { "--\(name)=\($0)" }
    }
    let result = writing.house.program.run(
      ["review", writing.house.path, "--read", "pasted", "--json"] + options,
      in: scratch.path
    )
    switch result.end {
    case .exit(0):
      return try JSONValue(result.output)["added"]?.elements.compactMap(\.text) ?? []
    case .exit(74): throw Refusal(503, "The book could not be written.")
    case .exit(64), .exit(65), .exit(66):
      throw Refusal(422, "That text is no document that can be read.")
    case .tooLong, .tooMuch, .signal:
      throw Refusal(
        422,
        "Reading that text took too much memory or time, or met a fault of the program; nothing was put in the inbox."
      )
    case .exit, .notBegun: throw Refusal(500, "The text could not be read.")
    }
  }

  /// Accepts a candidate, its cells corrected.
  static func accept(_ writing: Writing) throws -> String {
    let book = try writing.book()
    let item = try item(writing.id, among: try book.inbox())
    let rows = try rows(item, cells(item, writing.fields), writing, try book.snapshot().contents)
    let receipt = try book.accept(
      item.number,
      as: rows.map { NewRow($0) },
      reason: writing.fields["reason"]
        ?? "candidate \(item.number), read from \(item.fields["document"] ?? "a document")",
      now: writing.now
    )
    precondition(receipt.batch != nil, "what was accepted has a batch")
    return "/inbox/\(item.number)"
  }

  /// Rejects a candidate, with why.
  static func reject(_ writing: Writing) throws -> String {
    guard let reason = writing.fields["reason"] else {
      throw Refusal(422, "Say why it is rejected, for whoever reads the history.")
    }
    let book = try writing.book()
    let item = try item(writing.id, among: try book.inbox())
    try book.reject([item.number], reason: reason, now: writing.now)
    return "/inbox/\(item.number)"
  }

  /// A candidate by its number.
  static func item(_ number: String, among items: [InboxItem]) throws -> InboxItem {
    guard let item = items.first(where: { String($0.number) == number }) else {
      throw Refusal(404, "The inbox has no such candidate.")
    }
    return item
  }

  /// Cells that nobody edits: the words that were read, and those around them.
  static let fixed: Set = ["before", "quote", "after", "table", "because"]

  /// The cells of a candidate as a form corrects them; one that was emptied is none.
  private static func cells(_ item: InboxItem, _ fields: [String: String]) -> [String: String] {
    var cells = item.fields.filter { fixed.contains($0.key) }
    for (name, value) in fields where name.hasPrefix("cell-") {
      cells[String(name.dropFirst(5))] = value
    }
    for column in ["low", "high"] {
      cells[column] = cells[column].map { PlainAmount($0)?.value ?? $0 }
    }
    return cells
  }

  /// Why a candidate cannot be accepted, for who has a form before them.
  static func words(_ error: AcceptanceError) -> String {
    error.reason.contains("--set")
      ? "Nobody said its \(error.cell == "published" ? "day (published)" : error.cell): fill it in."
      : error.description
  }

  private static func rows(
    _ item: InboxItem,
    _ cells: [String: String],
    _ writing: Writing,
    _ contents: BookContents
  ) throws -> [any Record] {
    let target: Acceptance.Target =
      switch writing.fields["target"] {
      case "new": .new
      case let deal?: .deal(deal)
      case nil: .found
      }
    return try Acceptance(
      cells,
      number: item.number,
      into: contents,
      target: target,
      readOn: day(writing.now, contents)
    ).rows()
  }

  /// The day of a time.
  static func day(_ now: Timestamp, _ contents: BookContents) -> Day {
    PartialDate(String(now.description.prefix(10)))?.last ?? contents.lastReport
  }
}

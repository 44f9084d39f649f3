import Books
import Claims
import Readers
import Reports

/// The inbox of a book while somebody decides: a candidate with corrections, shown and accepted.
struct InboxDesk {
  /// What somebody changed of a candidate.
  struct Changes {
    private(set) var cells: [String: String] = [:]
    /// Where the claim belongs.
    var target = Acceptance.Target.found

    /// Notes a correction, `cell=value`; an empty value takes the cell away.
    mutating func set(_ correction: String) {
      let name = String(correction.prefix { $0 != "=" })
      cells[name] = String(correction.dropFirst(name.count + 1))
    }

    /// The cells of a candidate, corrected.
    func corrected(_ item: InboxItem) -> [String: String] {
      item.fields.merging(cells) { $1 }.filter { !$0.value.isEmpty || cells[$0.key] == nil }
    }
  }

  /// The book.
  let book: Book

  init(_ book: Book) { self.book = book }

  /// What waits, oldest first.
  func waiting() throws -> [InboxItem] { try book.inbox().filter { $0.state == .open } }

  /// The candidate of a number.
  func item(_ number: Int) throws -> InboxItem {
    guard let item = try book.inbox().first(where: { $0.number == number }) else {
      throw BookError.refused(
        reason: "the inbox has no candidate \(number)",
        advice: "list them with ouro review"
      )
    }
    return item
  }

  private func rows(
    _ item: InboxItem,
    _ changes: Changes,
    _ contents: BookContents
  ) throws -> [any Record] {
    try Acceptance(
      changes.corrected(item),
      number: item.number,
      into: contents,
      target: changes.target,
      readOn: now().day
    ).rows()
  }

  /// Accepts a candidate: its rows enter the book.
  func accept(_ item: InboxItem, with changes: Changes, reason: String) throws -> Book.Receipt {
    let rows = try rows(item, changes, book.snapshot().contents)
    let why =
      reason.isEmpty
      ? "candidate \(item.number), read from \(item.fields["document"] ?? "a document")" : reason
    return try book.accept(item.number, as: rows.map { NewRow($0) }, reason: why, now: now())
  }

  /// A candidate with the words around it, what the book knows, and what accepting would change.
  func answer(_ item: InboxItem, with changes: Changes) throws -> CandidateAnswer {
    let contents = try book.snapshot().contents
    let cells = changes.corrected(item)
    return CandidateAnswer(
      line: InboxLine(item),
      cells: cells,
      known: Standing.claims(of: cells, in: contents, target: changes.target),
      effect: item.state == .open ? try effect(item, changes, contents) : nil
    )
  }

  /// What accepting would change; what a row lacks is told in its place.
  private func effect(
    _ item: InboxItem,
    _ changes: Changes,
    _ contents: BookContents
  ) throws -> CandidateEffect {
    do {
      return try CandidateEffect(before: contents, adding: rows(item, changes, contents))
    } catch let error as AcceptanceError {
      return CandidateEffect(missing: error.description)
    }
  }
}

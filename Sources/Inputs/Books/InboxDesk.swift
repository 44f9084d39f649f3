package import Books
internal import Claims
package import Readers
package import Reports

/// The inbox of a book while somebody decides: a candidate with corrections, shown and accepted.
package struct InboxDesk {
  /// What somebody changed of a candidate.
  package struct Changes {
    private var cells: [String: String] = [:]
    /// Where the claim belongs.
    package var target = Acceptance.Target.found

    /// Nothing is changed yet.
    package init() {}

    /// Notes a correction, `cell=value`; an empty value takes the cell away.
    package mutating func set(_ correction: String) {
      let name = String(correction.prefix { $0 != "=" })
      cells[name] = String(correction.dropFirst(name.count + 1))
    }

    /// The cells of a candidate, corrected.
    func corrected(_ item: InboxItem) -> [String: String] {
      item.fields.merging(cells) { $1 }.filter { !$0.value.isEmpty || cells[$0.key] == nil }
    }
  }

  /// The book.
  package let book: Book
  private let now: () -> Timestamp

  /// The inbox of a book.
  ///
  /// - Parameters:
  ///   - book: The book.
  ///   - now: Gives the time of recording.
  package init(_ book: Book, now: @escaping () -> Timestamp) { (self.book, self.now) = (book, now) }

  /// Reads a document, and puts what it says in the inbox.
  ///
  /// - Parameters:
  ///   - file: The document's file.
  ///   - url: Where it stands; empty where nobody says.
  ///   - documents: How it is read.
  ///   - model: A second reader, where one is named.
  /// - Returns: The numbers of the candidates that are new, and what of the second reader's was refused, and why.
  /// - Throws: ``BookError``, ``UnreadableFile``, and ``ModelUnavailable`` after what the grammar read is in.
  package func read(
    _ file: String,
    at url: String,
    _ documents: DocumentFiles,
    by model: ModelServer?
  ) throws -> (numbers: [Int], refused: [String]) {
    let text = try documents.text(of: file)
    let reading = documents.reading(of: text)
    let source = CandidateCells.Document(name: file, url: url, text: text)
    var numbers = try book.propose(CandidateCells.cells(of: reading, from: source), now: now())
    guard let other = try documents.reading(of: text, beside: reading, by: model) else {
      return (numbers, [])
    }
    let own = reading.with(claims: other.onlyModel)
    numbers += try book.propose(CandidateCells.cells(of: own, from: source), now: now())
    return (numbers, other.refused.map { "the model's: \($0.reason): \($0.quote)" })
  }

  /// What waits, oldest first.
  ///
  /// - Throws: ``BookError``.
  package func waiting() throws -> [InboxItem] { try book.inbox().filter { $0.state == .open } }

  /// The candidate of a number.
  ///
  /// - Throws: ``BookError`` where there is none.
  package func item(_ number: Int) throws -> InboxItem {
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
  ///
  /// - Parameters:
  ///   - item: The candidate.
  ///   - changes: What somebody corrected of it.
  ///   - reason: Why, for the history.
  /// - Returns: What was written.
  /// - Throws: ``AcceptanceError`` where cells are missing, and ``BookError``.
  package func accept(_ item: InboxItem, with changes: Changes, reason: String) throws
    -> Book.Receipt
  {
    let rows = try rows(item, changes, book.snapshot().contents)
    let why =
      reason.isEmpty
      ? "candidate \(item.number), read from \(item.fields["document"] ?? "a document")" : reason
    return try book.accept(item.number, as: rows.map { NewRow($0) }, reason: why, now: now())
  }

  /// A candidate with the words around it, what the book knows, and what accepting would change.
  ///
  /// - Parameters:
  ///   - item: The candidate.
  ///   - changes: What somebody corrected of it.
  /// - Returns: All of it.
  /// - Throws: ``BookError``, and ``AcceptanceProblem`` where its rows do not fit the book.
  package func answer(_ item: InboxItem, with changes: Changes) throws -> CandidateAnswer {
    let contents = try book.snapshot().contents
    let cells = changes.corrected(item)
    return CandidateAnswer(
      InboxLine(item),
      cells,
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

extension InboxLine {
  /// The line of a candidate.
  package init(_ item: InboxItem) {
    switch item.state {
    case .open: self.init(item.number, item.recorded.description, item.fields)
    case .accepted(let batch):
      self.init(item.number, item.recorded.description, item.fields, accepted: batch)
    case .rejected(let reason):
      self.init(item.number, item.recorded.description, item.fields, rejected: reason)
    }
  }
}

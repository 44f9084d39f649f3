internal import GRDB

extension Book {
  /// What a book that verifies consists of.
  public struct Verification: Sendable, Equatable {
    /// How many entries it has.
    public let entries: Int
    /// How many batches they came in.
    public let batches: Int
    /// How many rows count now.
    public let rows: Int
    /// The hash of the last entry: noted elsewhere, it shows later that nobody rewrote the book.
    public let headHash: String
  }

  /// Checks every entry against its hash, its place and what went before, then the head, the tables
  /// with their triggers, and the file.
  ///
  /// What this cannot find: a book rewritten from some entry to the end by somebody who computes the
  /// hashes anew, or an older copy of the whole file put back. Both change the head hash: compare it with
  /// one noted elsewhere, on a report or in a mail, by `expecting`.
  ///
  /// - Parameter expecting: The hash, or its first digits, of an entry that must be there.
  /// - Returns: What was counted.
  /// - Throws: ``BookError/damaged(path:_:)`` for the first fault, else other ``BookError``.
  public func verify(expecting: String? = nil) throws(BookError) -> Verification {
    try read { db in
      let (replay, isFound) = try verifyEntries(db, expecting)
      try verifyHead(db, replay)
      let contents = try replay.contents()
      try verifySchema(db)
      try verifyFile(db)
      if let expecting, !isFound {
        throw Damage(
          "no entry has the hash \(expecting); the book was rewritten since it was noted"
        )
      }
      return Verification(
        entries: replay.last?.sequence ?? 0,
        batches: replay.last?.batch ?? 0,
        rows: contents.rows.count,
        headHash: replay.headHash
      )
    }
  }

  private func verifyEntries(
    _ db: Database,
    _ expecting: String?
  ) throws -> (replay: Replay, isFound: Bool) {
    let identity = try BookIdentity(db)
    var replay = Replay(genesis: identity.genesis)
    var isFound = expecting.map { replay.headHash.hasPrefix($0) } ?? true
    let rows = try Row.fetchCursor(db, sql: "\(Entry.selection) ORDER BY sequence")
    while let row = try rows.next() {
      let entry = try Entry(row)
      try checkPlace(entry, after: replay)
      guard entry.hash == entry.expectedHash(book: identity.id) else {
        throw Damage(entry, "the entry was changed: its hash does not fit its content")
      }
      try replay.take(entry)
      if entry.action == .add { _ = try entry.record() }
      if let expecting, entry.hash.hasPrefix(expecting) { isFound = true }
    }
    return (replay, isFound)
  }

  /// Checks that an entry follows the one before it.
  private func checkPlace(_ entry: Entry, after replay: Replay) throws(Damage) {
    let next = (replay.last?.sequence ?? 0) + 1
    guard entry.sequence == next else {
      throw Damage(sequence: next, "the entry is missing; the next there is is \(entry.sequence)")
    }
    guard entry.previousHash == replay.headHash else {
      throw Damage(entry, "the entry does not follow the one before it: it was moved or put in")
    }
    guard let last = replay.last else {
      guard entry.batch == 1 else { throw Damage(entry, "the first batch is not batch 1") }
      return
    }
    guard entry.recorded >= last.recorded else {
      throw Damage(entry, "the entry was recorded before the one before it")
    }
    guard entry.batch == last.batch || entry.batch == last.batch + 1 else {
      throw Damage(entry, "batch \(entry.batch) does not follow batch \(last.batch)")
    }
  }

  private func verifyHead(_ db: Database, _ replay: Replay) throws {
    let heads = try Row.fetchAll(db, sql: "SELECT count, CAST(hash AS BLOB) FROM head")
    let count = replay.last?.sequence ?? 0
    guard heads.count == 1, case .int64(let noted) = (heads[0][0] as DatabaseValue).storage,
      case .blob(let hash) = (heads[0][1] as DatabaseValue).storage
    else { throw Damage("the head of the book is gone") }
    guard noted <= count else {
      throw Damage(sequence: count + 1, "the entry is missing: the book had \(noted) entries")
    }
    guard noted == count else {
      throw Damage(sequence: Int(noted) + 1, "the entry was put in: the book has \(noted) entries")
    }
    guard hash.elementsEqual(replay.headHash.utf8) else {
      throw Damage(sequence: count, "the last entry is not the one the head names")
    }
  }

  private func verifySchema(_ db: Database) throws {
    let found = try BookSchema.statements(db)
    let expected = try BookSchema.expected()
    for name in Set(found.keys).union(expected.keys).sorted() where found[name] != expected[name] {
      let what = found[name] == nil ? "missing" : expected[name] == nil ? "not ours" : "changed"
      throw Damage("the \(name) of the database is \(what)")
    }
  }

  private func verifyFile(_ db: Database) throws {
    let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
    guard answer == "ok" else { throw Damage("SQLite finds the file damaged: \(answer)") }
  }
}

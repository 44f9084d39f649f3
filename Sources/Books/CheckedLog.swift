internal import GRDB

/// The log of a book as it may be answered from: every entry fits its hash, its place and what went
/// before, and the tables are those that this program makes.
///
/// Whatever opens a book reads it through here, in the transaction that answers or writes.
struct CheckedLog {
  /// The book whose log it is.
  let identity: BookIdentity
  /// Every entry, oldest first.
  private(set) var entries: [Entry] = []
  /// Which rows count after the last of them.
  private(set) var replay: Replay

  /// Reads and checks the log of an open book, one pass over its entries.
  ///
  /// - Parameter db: The book, inside a transaction.
  /// - Throws: ``Damage`` for the first thing that is not as it was written.
  init(_ db: Database) throws {
    let version = try BookSchema.check(db)
    identity = try BookIdentity(db)
    replay = Replay(genesis: identity.genesis)
    let rows = try Row.fetchCursor(db, sql: "\(Entry.selection) ORDER BY sequence")
    while let row = try rows.next() {
      let entry = try Entry(row)
      try Self.checkPlace(entry, after: replay)
      guard entry.hash == entry.expectedHash(book: identity.id) else {
        throw Damage(entry, "the entry was changed: its hash does not fit its content")
      }
      try replay.take(entry)
      entries.append(entry)
    }
    if version > 1 { try checkHead(db) }
  }

  /// The rows that counted after the last entry recorded by `time`.
  func replay(by time: Timestamp?) throws(Damage) -> Replay {
    guard let time, let last = entries.last, last.recorded > time else { return replay }
    var asked = Replay(genesis: identity.genesis)
    for entry in entries.prefix(while: { $0.recorded <= time }) { try asked.take(entry) }
    return asked
  }

  /// Checks that an entry follows the one before it.
  private static func checkPlace(_ entry: Entry, after replay: Replay) throws(Damage) {
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

  private func checkHead(_ db: Database) throws {
    let heads = try Row.fetchAll(db, sql: "SELECT count, CAST(hash AS BLOB) FROM head LIMIT 2")
    let count = entries.count
    guard heads.count == 1, case .int64(let noted) = (heads[0][0] as DatabaseValue).storage,
      case .blob(let hash) = (heads[0][1] as DatabaseValue).storage
    else { throw Damage("the head of the book is gone") }
    guard noted <= count else {
      throw Damage(sequence: count + 1, "the entry is missing: the book had \(noted) entries")
    }
    guard noted == count else {
      let first = max(0, Int(noted)) + 1
      throw Damage(sequence: first, "the entry was put in: the book has \(noted) entries")
    }
    guard hash.elementsEqual(replay.headHash.utf8) else {
      throw Damage(sequence: count, "the last entry is not the one the head names")
    }
  }
}

extension [Entry] {
  /// The batches that no longer count: those that a batch which counts undoes.
  var undone: Set<Int> {
    reversed().reduce(into: []) { undone, entry in
      if let target = entry.undoes, !undone.contains(entry.batch) { undone.insert(target) }
    }
  }

  /// The entries of the last batch that is neither an undo nor undone; empty where there is none.
  package var lastToUndo: [Entry] {
    let undone = undone
    return batch(of: last { $0.undoes == nil && !undone.contains($0.batch) })
  }

  /// The entries of the last undo that counts, of a batch that somebody wrote, where nothing was written since; empty
  /// where there is none.
  package var lastToRedo: [Entry] {
    let undone = undone
    let written = Set(filter { $0.undoes == nil }.map(\.batch))
    let last = last { entry in
      entry.undoes.map(written.contains) == true && !undone.contains(entry.batch)
    }
    return batch(of: last.flatMap { $0.batch > written.max() ?? 0 ? $0 : nil })
  }

  private func batch(of entry: Entry?) -> [Entry] {
    entry.map { entry in filter { $0.batch == entry.batch } } ?? []
  }
}

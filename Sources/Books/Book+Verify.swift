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

  /// Checks what every opening of a book checks (the tables with their triggers, every entry against its
  /// hash, its place and what went before, the head), then every row ever added and the file.
  ///
  /// What this cannot find: a book rewritten from some entry to the end by somebody who computes the
  /// hashes anew, or an older copy of the whole file put back. Both change the head hash: compare it with
  /// one noted elsewhere, on a report or in a mail, by `expecting`.
  ///
  /// - Parameter expecting: Hashes, or their first digits, of entries that must be there; none where there is none.
  /// - Returns: What was counted.
  /// - Throws: ``BookError/damaged(path:_:)`` for the first fault, else other ``BookError``.
  public func verify(expecting: String?...) throws(BookError) -> Verification {
    try read { db in
      let log = try CheckedLog(db)
      let contents = try log.replay.contents()
      for entry in log.entries where entry.action == .add && !log.replay.isStanding(entry) {
        _ = try entry.record()
      }
      try verifyFile(db)
      for hash in expecting.compactMap(\.self) where !log.hasHash(hash) {
        throw Damage("no entry has the hash \(hash); the book was rewritten since it was noted")
      }
      return Verification(
        entries: log.entries.count,
        batches: log.entries.last?.batch ?? 0,
        rows: contents.rows.count,
        headHash: log.replay.headHash
      )
    }
  }

  /// Checks what the hashes do not hold: the pages of the file, and that its indexes fit its tables.
  func verifyFile(_ db: Database) throws {
    let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
    guard answer == "ok" else { throw Damage("SQLite finds the file damaged: \(answer)") }
  }
}

extension CheckedLog {
  /// Whether a hash that stood in the book at some time begins with `digits`.
  fileprivate func hasHash(_ digits: String) -> Bool {
    identity.genesis.hasPrefix(digits) || entries.contains { $0.hash.hasPrefix(digits) }
  }
}

internal import Claims
internal import GRDB

extension Book {
  /// What a write did.
  public struct Receipt: Sendable, Equatable {
    /// The batch that was written; `nil` when there was nothing to write.
    public let batch: Int?
    /// How many entries were written.
    public let written: Int
    /// How many rows were there already, cell by cell the same.
    public let skipped: Int
    /// The hash of the last entry of the book.
    public let headHash: String
  }

  /// What to do with a row that the book already has, cell by cell the same.
  public enum Present: Sendable { case refuse, skip }

  /// Adds rows: all in one batch, or none.
  ///
  /// An id is used once in its table: a correction is a new row. Only a row whose batch was undone may
  /// be added again.
  ///
  /// - Parameters:
  ///   - rows: The rows; they may refer to each other in any order.
  ///   - present: What to do with a row that is there already.
  ///   - reason: Why, in somebody's words.
  ///   - now: The time of recording; a clock that runs behind the last entry is held at it.
  /// - Returns: What was written.
  /// - Throws: ``BookError``, naming the first row that cannot be added.
  public func add(
    _ rows: [NewRow],
    present: Present = .refuse,
    reason: String = "",
    now: Timestamp
  ) throws(BookError) -> Receipt {
    try write { db in
      var log = try Log(db, now: now, reason: reason)
      var fresh: [NewRow] = []
      var known: Set<Replay.Key> = []
      for row in rows {
        guard known.insert(Replay.Key(row.record)).inserted else {
          throw row.error(.taken(row.record.id, "stands twice in this batch"))
        }
        if try log.lacks(row, present) { fresh.append(row) }
      }
      for row in fresh {
        for reference in row.record.references where !known.contains(Replay.Key(reference)) {
          guard case .standing = try log.status(Replay.Key(reference)) else {
            throw row.error(reference.fault)
          }
        }
        try log.write(.add, Replay.Key(row.record), cells: row.record.json)
      }
      return log.receipt(skipped: rows.count - fresh.count)
    }
  }

  /// Retracts rows: they no longer count, and stay in the history with the reason.
  ///
  /// - Parameters:
  ///   - ids: The rows.
  ///   - table: Their table.
  ///   - reason: Why, in somebody's words.
  ///   - now: The time of recording.
  /// - Returns: What was written.
  /// - Throws: ``BookError/refused(reason:advice:)`` when a row does not stand, or others that stand
  ///   refer to it.
  public func retract(
    _ ids: [String],
    from table: BookTable,
    reason: String,
    now: Timestamp
  ) throws(BookError) -> Receipt {
    try write { db in
      var log = try Log(db, now: now, reason: reason)
      let standing = try log.standing()
      for id in ids {
        let key = Replay.Key(table: table.rawValue, id: id)
        guard case .standing = try log.status(key) else {
          throw BookError.refused(
            reason: "\(table.rawValue) has no row \(id) that stands",
            advice: "see `ouro history` for what became of it"
          )
        }
        try refuseWhileNeeded(
          key,
          by: standing.filter { !ids.contains($0.id) || $0.table != key.table }
        )
        try log.write(.retract, key, cells: "{}")
      }
      return log.receipt(skipped: 0)
    }
  }

  private func refuseWhileNeeded(_ key: Replay.Key, by others: [Entry]) throws(BookError) {
    var needing: [String] = []
    for entry in others {
      guard let record = try? entry.record() else { continue }
      if record.references.contains(where: { Replay.Key($0) == key }) {
        needing.append("\(entry.table) \(entry.id)")
      }
    }
    guard !needing.isEmpty else { return }
    let more = needing.count > 5 ? " and \(needing.count - 5) more" : ""
    throw .refused(
      reason:
        "\(key.table) \(key.id) is referred to by \(needing.prefix(5).joined(separator: ", "))\(more)",
      advice: "retract those first"
    )
  }

  /// Undoes the last batch that is neither an undo nor undone: what it added no longer counts, what it
  /// retracted counts again.
  ///
  /// - Parameter now: The time of recording.
  /// - Returns: What was written.
  /// - Throws: ``BookError/refused(reason:advice:)`` when nothing is left to undo.
  public func undo(now: Timestamp) throws(BookError) -> Receipt {
    try write { db in
      let last = try Int.fetchOne(
        db,
        sql: """
          SELECT batch FROM entries AS e WHERE undoes IS NULL
            AND NOT EXISTS (SELECT 1 FROM entries WHERE undoes = e.batch)
          ORDER BY sequence DESC LIMIT 1
          """
      )
      guard let last else {
        throw BookError.refused(reason: "nothing is left to undo", advice: "see `ouro history`")
      }
      var log = try Log(db, now: now, reason: "undo of batch \(last)", undoes: last)
      let rows = try Row.fetchAll(
        db,
        sql: "\(Entry.selection) WHERE batch = ? ORDER BY sequence DESC",
        arguments: [last]
      )
      for row in rows {
        let entry = try Entry(row)
        let action: Entry.Action = entry.action == .retract ? .restore : .retract
        try log.write(action, Replay.Key(table: entry.table, id: entry.id), cells: "{}")
      }
      return log.receipt(skipped: 0)
    }
  }
}

/// The end of a book's log, where one batch is being written.
private struct Log {
  private let db: Database
  private let identity: BookIdentity
  private let recorded: Timestamp
  private let batch: Int
  private let undoes: Int?
  private let reason: String
  private var sequence: Int
  private var hash: String
  private var written = 0

  init(_ db: Database, now: Timestamp, reason: String, undoes: Int? = nil) throws {
    (self.db, self.reason, self.undoes) = (db, reason, undoes)
    identity = try BookIdentity(db)
    let row = try Row.fetchOne(db, sql: "\(Entry.selection) ORDER BY sequence DESC LIMIT 1")
    let last = try row.map { try Entry($0) }
    recorded = max(now, last?.recorded ?? now)
    batch = (last?.batch ?? 0) + 1
    sequence = last?.sequence ?? 0
    hash = last?.hash ?? identity.genesis
  }

  mutating func write(_ action: Entry.Action, _ key: Replay.Key, cells: String) throws {
    sequence += 1
    let entry = Entry(
      sequence: sequence,
      recorded: recorded,
      batch: batch,
      undoes: undoes,
      action: action,
      table: key.table,
      id: key.id,
      cells: cells,
      reason: reason,
      previousHash: hash,
      book: identity.id
    )
    try db.execute(
      sql: "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        sequence, recorded.description, batch, undoes, action.rawValue, key.table, key.id, cells,
        reason, entry.previousHash, entry.hash,
      ]
    )
    hash = entry.hash
    written += 1
  }

  func receipt(skipped: Int) -> Book.Receipt {
    Book.Receipt(
      batch: written > 0 ? batch : nil,
      written: written,
      skipped: skipped,
      headHash: hash
    )
  }

  /// How far a row has come; `nil` when it was never there.
  func status(_ key: Replay.Key) throws -> Replay.Status? {
    let rows = try Row.fetchAll(
      db,
      sql: "\(Entry.selection) WHERE kind = ? AND row_id = ? ORDER BY sequence",
      arguments: [key.table, key.id]
    )
    var replay = Replay(genesis: "")
    for row in rows { try replay.take(Entry(row)) }
    return replay.rows[key]
  }

  /// The entries whose rows count.
  func standing() throws -> [Entry] {
    var replay = Replay(genesis: "")
    let rows = try Row.fetchCursor(db, sql: "\(Entry.selection) ORDER BY sequence")
    while let row = try rows.next() { try replay.take(Entry(row)) }
    return replay.standing
  }

  /// Whether a row may be added; throws where it may not, and it is not one to skip.
  func lacks(_ row: NewRow, _ present: Book.Present) throws -> Bool {
    let id = row.record.id
    switch try status(Replay.Key(row.record)) {
    case nil, .undone: return true
    case .standing(let entry) where entry.cells.utf8.elementsEqual(row.record.json.utf8):
      guard present == .refuse else { return false }
      throw row.error(.taken(id, "is in the book already"))
    case .standing:
      throw row.error(.taken(id, "is in the book already, with other cells"))
    case .retracted(_, let by):
      throw row.error(.taken(id, "was retracted on \(by.recorded): \(by.reason)"))
    }
  }
}

extension FieldFault {
  fileprivate static func taken(_ id: String, _ why: String) -> FieldFault {
    FieldFault(
      column: "id",
      reason: "the id \(id) \(why)",
      advice: "a correction is a new row: give it an id of its own"
    )
  }
}

extension Replay.Key {
  init(_ record: any Claims.Record) { self.init(table: type(of: record).table, id: record.id) }
  init(_ reference: Reference) { self.init(table: reference.table, id: reference.id) }
}

extension Claims.Record {
  /// The cells as they are kept in an entry.
  fileprivate var json: String { Books.json(columns: Self.columns, values: values) }
}

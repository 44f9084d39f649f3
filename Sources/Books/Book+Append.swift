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
    /// The rows that were written of, table and id, in order.
    public let rows: [String]
  }

  /// What to do with a row that the book already has, cell by cell the same.
  public enum ExistingRowPolicy: Sendable { case refuse, skip }

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
    present: ExistingRowPolicy = .refuse,
    reason: String = "",
    now: Timestamp
  ) throws(BookError) -> Receipt {
    try write { db in try add(rows, to: db, present: present, reason: reason, now: now) }
  }

  /// The rows among `rows` that ``add(_:present:reason:now:)`` would write, those that are there passed over; nothing
  /// changes.
  ///
  /// - Parameter rows: The rows; they may refer to each other in any order.
  /// - Returns: Those that the book lacks.
  /// - Throws: ``BookError``, naming the first row that cannot be added.
  public func lacking(_ rows: [NewRow]) throws(BookError) -> [NewRow] {
    try read { db in
      let log = Log(try CheckedLog(db), now: Timestamp(secondsSince1970: 0), reason: "")
      let fresh = try rows.filter { row throws(BookError) in try log.lacks(row, .skip) }
      try log.check(fresh)
      return fresh
    }
  }

  /// Rows that a new book could be made of.
  ///
  /// - Parameter rows: The rows; they may refer to each other in any order.
  /// - Returns: The rows.
  /// - Throws: ``BookError``, naming the first row that cannot be added.
  public static func checked(_ rows: [NewRow]) throws(BookError) -> [NewRow] {
    do throws(BookContents.ReferenceFault) {
      _ = try BookContents(rows: rows.map(\.record))
      return rows
    } catch {
      let row = rows.first {
        type(of: $0.record).table == error.table && $0.record.id == error.id
      }
      guard let row else { throw .refused(reason: error.fault.reason, advice: error.fault.advice) }
      throw row.error(error.fault)
    }
  }

  /// Adds rows inside a transaction.
  func add(
    _ rows: [NewRow],
    to db: Database,
    present: ExistingRowPolicy,
    reason: String,
    now: Timestamp
  ) throws -> Receipt {
    var log = Log(try CheckedLog(db), now: now, reason: reason)
    var known: Set<Replay.Key> = []
    for row in rows where !known.insert(Replay.Key(row.record)).inserted {
      throw row.error(.taken(row.record.id, "stands twice in this batch"))
    }
    let fresh = try rows.filter { row throws(BookError) in try log.lacks(row, present) }
    try log.check(fresh)
    for row in fresh {
      try log.write(db, .add, Replay.Key(row.record), cells: row.record.json)
    }
    return log.receipt(skipped: rows.count - fresh.count)
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
      var log = Log(try CheckedLog(db), now: now, reason: reason)
      let keys = ids.map { Replay.Key(table: table.rawValue, id: $0) }
      let needing = try needing(keys, in: log.replay)
      var gone: Set<Replay.Key> = []
      for key in keys {
        guard case .standing = log.replay.rows[key], gone.insert(key).inserted else {
          throw BookError.refused(
            reason: "\(key.table) has no row \(key.id) that stands",
            advice: "see `ouro history` for what became of it"
          )
        }
        try refuse(key, neededBy: needing[key] ?? [])
        try log.write(db, .retract, key, cells: "{}")
      }
      return log.receipt(skipped: 0)
    }
  }

  /// The rows that stand and are not among `keys`, by the row of `keys` that they refer to.
  private func needing(
    _ keys: [Replay.Key],
    in replay: Replay
  ) throws(Damage) -> [Replay.Key: [String]] {
    let leaving = Set(keys)
    var needing: [Replay.Key: [String]] = [:]
    for record in try replay.records() where !leaving.contains(Replay.Key(record)) {
      for key in Set(record.references.map { Replay.Key($0) }) where leaving.contains(key) {
        needing[key, default: []].append("\(type(of: record).table) \(record.id)")
      }
    }
    return needing
  }

  private func refuse(_ key: Replay.Key, neededBy needing: [String]) throws(BookError) {
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
      let checked = try CheckedLog(db)
      let undone = checked.entries.lastToUndo
      guard let batch = undone.first?.batch else {
        throw BookError.refused(reason: "nothing is left to undo", advice: "see `ouro history`")
      }
      var log = Log(checked, now: now, reason: "undo of batch \(batch)", undoes: batch)
      for entry in undone.reversed() {
        let action: Entry.Action = entry.action == .retract ? .restore : .retract
        try log.write(db, action, Replay.Key(table: entry.table, id: entry.id), cells: "{}")
      }
      return log.receipt(skipped: 0)
    }
  }

  /// Takes back the last undo, where nothing was written since: what the undone batch said is said again.
  ///
  /// - Parameter now: The time of recording.
  /// - Returns: What was written.
  /// - Throws: ``BookError/refused(reason:advice:)`` when nothing is left to redo.
  public func redo(now: Timestamp) throws(BookError) -> Receipt {
    try write { db in
      let checked = try CheckedLog(db)
      guard let undo = checked.entries.lastToRedo.first, let batch = undo.undoes else {
        throw BookError.refused(
          reason: "nothing is left to redo",
          advice: "an undo can be taken back until something else is written; see `ouro history`"
        )
      }
      var log = Log(checked, now: now, reason: "redo of batch \(batch)", undoes: undo.batch)
      for entry in checked.entries where entry.batch == batch {
        let key = Replay.Key(table: entry.table, id: entry.id)
        try log.write(db, entry.action, key, cells: entry.cells)
      }
      return log.receipt(skipped: 0)
    }
  }
}

/// The end of a book's log, where one batch is being written.
private struct Log {
  /// The rows that counted before the batch.
  let replay: Replay
  private let book: String
  private let recorded: Timestamp
  private let batch: Int
  private let undoes: Int?
  private let reason: String
  private var sequence: Int
  private var hash: String
  private var written: [String] = []

  init(_ log: CheckedLog, now: Timestamp, reason: String, undoes: Int? = nil) {
    (replay, book, self.reason, self.undoes) = (log.replay, log.identity.id, reason, undoes)
    let last = log.entries.last
    recorded = max(now, last?.recorded ?? now)
    batch = (last?.batch ?? 0) + 1
    sequence = log.entries.count
    hash = log.replay.headHash
  }

  mutating func write(
    _ db: Database,
    _ action: Entry.Action,
    _ key: Replay.Key,
    cells: String
  ) throws {
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
      book: book
    )
    let insert = try db.cachedStatement(
      sql: "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    try insert.execute(arguments: [
      sequence, recorded.description, batch, undoes, action.rawValue, key.table, key.id, cells,
      reason, entry.previousHash, entry.hash,
    ])
    hash = entry.hash
    written.append("\(key.table) \(key.id)")
  }

  func receipt(skipped: Int) -> Book.Receipt {
    Book.Receipt(
      batch: written.isEmpty ? nil : batch,
      written: written.count,
      skipped: skipped,
      headHash: hash,
      rows: written
    )
  }

  /// Checks that rows fit those that stand, and each other.
  func check(_ fresh: [NewRow]) throws {
    guard !fresh.isEmpty else { return }
    let standing = try replay.records()
    do throws(BookContents.ReferenceFault) {
      _ = try BookContents(rows: standing + fresh.map(\.record))
    } catch {
      let key = Replay.Key(table: error.table, id: error.id)
      let row = fresh.first { Replay.Key($0.record) == key }
      throw row?.error(error.fault) ?? Damage(table: error.table, id: error.id, error.fault.reason)
    }
  }

  /// Whether a row may be added; throws where it may not, and it is not one to skip.
  func lacks(_ row: NewRow, _ present: Book.ExistingRowPolicy) throws(BookError) -> Bool {
    let id = row.record.id
    switch replay.rows[Replay.Key(row.record)] {
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
  fileprivate var json: String { Cells.json(columns: Self.allColumns, values: values) }
}

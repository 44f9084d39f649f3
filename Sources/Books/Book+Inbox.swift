internal import GRDB

/// A candidate that waits in a book, or waited: somebody reads it, and accepts or rejects it.
public struct InboxItem: Sendable, Equatable {
  /// What became of it.
  public enum State: Sendable, Equatable {
    /// It waits.
    case open
    /// Its rows entered the book with a batch.
    case accepted(batch: Int)
    /// Somebody refused it, and said why.
    case rejected(reason: String)
  }

  /// Its number, from 1.
  public let number: Int
  /// When it was put in.
  public let recorded: Timestamp
  /// What was read, by name.
  public let fields: [String: String]
  /// What became of it.
  public let state: State
}

extension Book {
  /// Everything that was ever put in the inbox, oldest first; nothing where the book has no inbox.
  ///
  /// What was accepted with a batch that was undone waits again.
  ///
  /// - Returns: The candidates.
  /// - Throws: ``BookError``.
  public func inbox() throws(BookError) -> [InboxItem] {
    try read { db in try Inbox.items(db, CheckedLog(db)) }
  }

  /// Puts candidates in the inbox, all or none; what is there already is passed over.
  ///
  /// A book gets its inbox with the first candidate; before that its file is as it was.
  ///
  /// - Parameters:
  ///   - candidates: The candidates, each a list of named cells.
  ///   - now: The time of recording.
  /// - Returns: The numbers of those that are new.
  /// - Throws: ``BookError``.
  public func propose(
    _ candidates: [[String: String]],
    now: Timestamp
  ) throws(BookError) -> [Int] {
    try write { db in
      let log = try CheckedLog(db)
      try BookSchema.addInbox(db)
      var known = Set(try Inbox.items(db, log).map(\.fields))
      var numbers: [Int] = []
      for fields in candidates where known.insert(fields).inserted {
        numbers.append(try Inbox.insert(db, fields, now))
      }
      return numbers
    }
  }

  /// Rejects candidates that wait.
  ///
  /// - Parameters:
  ///   - numbers: Their numbers.
  ///   - reason: Why, in somebody's words.
  ///   - now: The time of recording.
  /// - Throws: ``BookError/refused(reason:advice:)`` when one does not wait.
  public func reject(_ numbers: [Int], reason: String, now: Timestamp) throws(BookError) {
    try write { db in
      let items = try Inbox.items(db, CheckedLog(db))
      for number in numbers {
        try Inbox.checkOpen(number, items)
        try Inbox.decide(db, number, "rejected", batch: nil, reason: reason, now)
      }
    }
  }

  /// Accepts a candidate that waits: its rows enter the book, and it is noted with which batch; both or neither.
  ///
  /// - Parameters:
  ///   - number: Its number.
  ///   - rows: The rows.
  ///   - reason: Why, in somebody's words.
  ///   - now: The time of recording.
  /// - Returns: What was written.
  /// - Throws: ``BookError``.
  public func accept(
    _ number: Int,
    as rows: [NewRow],
    reason: String,
    now: Timestamp
  ) throws(BookError) -> Receipt {
    try write { db in
      try Inbox.checkOpen(number, Inbox.items(db, CheckedLog(db)))
      let receipt = try add(rows, to: db, present: .refuse, reason: reason, now: now)
      try Inbox.decide(db, number, "accepted", batch: receipt.batch, reason: reason, now)
      return receipt
    }
  }
}

/// The tables of the inbox, read and written inside a transaction.
private enum Inbox {
  static func items(_ db: Database, _ log: CheckedLog) throws -> [InboxItem] {
    guard try BookSchema.hasInbox(db) else { return [] }
    let states = try states(db, undone: log.entries.undone)
    return try Row.fetchAll(
      db,
      sql: "SELECT number, recorded, cells FROM candidates ORDER BY number"
    )
    .map { row in
      guard let number = row[0] as Int?, let time = row[1] as String?,
        let cells = row[2] as String?,
        let recorded = Timestamp(time), let fields = Cells.read(cells)
      else { throw Damage("a candidate of the inbox is not as it was written") }
      return InboxItem(
        number: number,
        recorded: recorded,
        fields: fields,
        state: states[number] ?? .open
      )
    }
  }

  private static func states(_ db: Database, undone: Set<Int>) throws -> [Int: InboxItem.State] {
    var states: [Int: InboxItem.State] = [:]
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT candidate, verdict, batch, reason FROM decisions ORDER BY number"
    )
    for row in rows {
      guard let candidate = row[0] as Int?, let verdict = row[1] as String? else {
        throw Damage("a decision of the inbox is not as it was written")
      }
      let batch = row[2] as Int?
      if verdict == "rejected" {
        states[candidate] = .rejected(reason: (row[3] as String?) ?? "")
      } else if let batch {
        states[candidate] = undone.contains(batch) ? .open : .accepted(batch: batch)
      }
    }
    return states
  }

  static func checkOpen(_ number: Int, _ items: [InboxItem]) throws(BookError) {
    guard let item = items.first(where: { $0.number == number }) else {
      throw .refused(
        reason: "the inbox has no candidate \(number)",
        advice: "list them with ouro review"
      )
    }
    switch item.state {
    case .open: return
    case .accepted(let batch):
      throw .refused(
        reason: "candidate \(number) was accepted with batch \(batch)",
        advice: "ouro undo takes the last batch back, and the candidate waits again"
      )
    case .rejected(let reason):
      throw .refused(
        reason: "candidate \(number) was rejected: \(reason)",
        advice: "read the document again with another note, or add the row by ouro add"
      )
    }
  }

  static func insert(_ db: Database, _ fields: [String: String], _ now: Timestamp) throws -> Int {
    let number = 1 + (try Int.fetchOne(db, sql: "SELECT max(number) FROM candidates") ?? 0)
    let columns = fields.keys.sorted()
    try db.execute(
      sql: "INSERT INTO candidates VALUES (?, ?, ?)",
      arguments: [
        number, now.description,
        Cells.json(columns: columns, values: columns.map { fields[$0] ?? "" }),
      ]
    )
    return number
  }

  static func decide(
    _ db: Database,
    _ candidate: Int,
    _ verdict: String,
    batch: Int?,
    reason: String,
    _ now: Timestamp
  ) throws {
    let number = 1 + (try Int.fetchOne(db, sql: "SELECT max(number) FROM decisions") ?? 0)
    try db.execute(
      sql: "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [number, candidate, now.description, verdict, batch, reason]
    )
  }
}

public import Claims
internal import GRDB

extension Book {
  /// What a book holds at one time.
  public struct Snapshot: Sendable, Equatable {
    /// The rows that count.
    public let contents: BookContents
    /// The hash of the last entry taken in: it stands for all before it.
    public let headHash: String
  }

  /// The rows that count, as the book knew them at a time.
  ///
  /// - Parameter recordedBy: Entries recorded later are passed over; `nil` takes all.
  /// - Returns: The rows, and the hash of the last entry taken in.
  /// - Throws: ``BookError``.
  public func snapshot(recordedBy: Timestamp? = nil) throws(BookError) -> Snapshot {
    try read { db in
      let replay = try CheckedLog(db).replay(by: recordedBy)
      return Snapshot(contents: try replay.contents(), headHash: replay.headHash)
    }
  }

  /// The entries of the book, oldest first.
  ///
  /// - Parameter id: The row to tell of, in whatever table; `nil` tells of all.
  /// - Returns: The entries.
  /// - Throws: ``BookError``.
  public func history(of id: String? = nil) throws(BookError) -> [Entry] {
    try read { db in
      let entries = try CheckedLog(db).entries
      return id.map { id in entries.filter { $0.id == id } } ?? entries
    }
  }
}

/// Entries played one after another, to see which rows count in the end.
struct Replay {
  /// One row of one table.
  struct Key: Hashable {
    let table: String
    let id: String
  }

  /// How far a row has come.
  enum Status {
    /// It counts, with the cells of this entry.
    case standing(Entry)
    /// Somebody retracted it; the first entry has its cells, the second the reason.
    case retracted(Entry, by: Entry)
    /// Its batch was undone, as if it had never been.
    case undone(Entry)
  }

  private(set) var rows: [Key: Status] = [:]
  private(set) var headHash: String
  private(set) var last: Entry?
  /// The batches that undo others.
  private var undos: Set<Int> = []

  init(genesis: String) { headHash = genesis }

  /// Plays one entry; throws where it does not fit what went before.
  mutating func take(_ entry: Entry) throws(Damage) {
    let key = Key(table: entry.table, id: entry.id)
    switch (entry.action, rows[key]) {
    case (.add, nil), (.add, .undone): rows[key] = .standing(entry)
    case (.retract, .standing(let row)):
      // What an undo retracts was never said; what a redo retracts again was.
      rows[key] = isUndo(entry) ? .undone(row) : .retracted(row, by: entry)
    case (.restore, .retracted(let row, _)): rows[key] = .standing(row)
    case (.add, _): throw Damage(entry, "a row is added that was there before")
    case (.retract, _): throw Damage(entry, "a row is retracted that does not stand")
    case (.restore, _): throw Damage(entry, "a row is restored that was not retracted")
    }
    if isUndo(entry) { undos.insert(entry.batch) }
    headHash = entry.hash
    last = entry
  }

  /// Whether an entry is of an undo, and not of what takes one back.
  private func isUndo(_ entry: Entry) -> Bool { entry.undoes.map { !undos.contains($0) } == true }

  /// Whether the row counts with the cells of `entry`.
  func isStanding(_ entry: Entry) -> Bool {
    guard case .standing(let row) = rows[Key(table: entry.table, id: entry.id)] else {
      return false
    }
    return row.sequence == entry.sequence
  }

  /// The entries whose rows count, oldest first.
  var standing: [Entry] {
    let entries = rows.values.compactMap { status -> Entry? in
      guard case .standing(let entry) = status else { return nil }
      return entry
    }
    return entries.sorted { $0.sequence < $1.sequence }
  }

  /// The rows that count, oldest first.
  func records() throws(Damage) -> [any Claims.Record] {
    var records: [any Claims.Record] = []
    for entry in standing { records.append(try entry.record()) }
    return records
  }

  /// The rows that count, checked again.
  func contents() throws(Damage) -> BookContents {
    let records = try records()
    do throws(BookContents.ReferenceFault) {
      return try BookContents(rows: records)
    } catch {
      throw Damage(
        sequence: standing.first { $0.table == error.table && $0.id == error.id }?.sequence,
        table: error.table,
        id: error.id,
        "column \(error.fault.column): \(error.fault.reason); \(error.fault.advice)"
      )
    }
  }
}

extension Entry {
  /// The row that an entry adds.
  func record() throws(Damage) -> any Claims.Record {
    guard let table = BookTable(rawValue: table), let fields else {
      throw Damage(self, "the cells of the row cannot be read")
    }
    do throws(FieldFault) {
      return try table.record.init(Fields(fields))
    } catch {
      throw Damage(self, "column \(error.column): \(error.reason)")
    }
  }
}

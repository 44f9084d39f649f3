import Books
import Claims
import Foundation
import GRDB
import TestKit
import Testing

/// Opens the database behind a book, as somebody with a database tool would.
private func raw<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
  let queue = try DatabaseQueue(path: path)
  defer { try? queue.close() }
  return try queue.write(body)
}

@Test(arguments: [
  "UPDATE entries SET reason = 'x' WHERE sequence = 3",
  "UPDATE entries SET sequence = 99 WHERE sequence = 3",
  "DELETE FROM entries WHERE sequence = 14", "DELETE FROM entries", "DELETE FROM book",
  "UPDATE book SET created = '2020-01-01T00:00:00Z'", "DELETE FROM head",
  "UPDATE head SET count = 3", "UPDATE head SET hash = (SELECT hash FROM entries LIMIT 1)",
  "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE sequence = 3",
  """
  INSERT INTO entries SELECT 15, recorded, batch, undoes, action, kind, 'other', cells, reason,
    previous_hash, 'x' || substr(hash, 2) FROM entries WHERE sequence = 14
  """,
])
func theDatabaseRefusesChanges(sql: String) throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    #expect(throws: DatabaseError.self) { try raw(book.path) { db in try db.execute(sql: sql) } }
    _ = try book.verify()
  }
}

/// The triggers of a book: gone while `body` runs, and back afterwards.
private func withoutTriggers(_ db: Database, _ body: () throws -> Void) throws {
  let triggers = try Row.fetchAll(
    db,
    sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
  )
  for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
  try body()
  for trigger in triggers { try db.execute(sql: trigger["sql"]) }
}

private enum Edit: CaseIterable { case cell, delete, insert, swap, shift, book, head, truncate }

/// Changes one random thing, and gives the first entry that is no longer as written, if one.
private func tamper(_ db: Database, using rng: inout SplitMix64) throws -> Int? {
  let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM entries") ?? 0
  let one = Int.random(in: 1..<count, using: &rng)
  let other = Int.random(in: (one + 1)...count, using: &rng)
  switch Edit.allCases.randomElement(using: &rng) ?? .cell {
  case .cell:
    let edits = [
      "recorded = '2001-01-01T00:00:00Z'", "batch = batch + 1",
      "undoes = CASE WHEN batch > 1 AND undoes IS NULL THEN 1 END, reason = reason || 'y'",
      "action = CASE action WHEN 'add' THEN 'retract' ELSE 'add' END",
      "kind = CASE kind WHEN 'facts' THEN 'deals' ELSE 'facts' END", "row_id = row_id || 'x'",
      "cells = replace(cells, 'id', 'ID') || ' '", "cells = json_set(cells, '$.note', 'é')",
      "reason = reason || char(0) || 'x'", "previous_hash = hash",
      "hash = lower(hex(randomblob(32)))",
    ]
    let edit = edits.randomElement(using: &rng) ?? ""
    try db.execute(sql: "UPDATE entries SET \(edit) WHERE sequence = \(one)")
    return one
  case .delete:
    try db.execute(sql: "DELETE FROM entries WHERE sequence = \(one)")
    return one
  case .insert:
    try db.execute(
      sql: """
        INSERT INTO entries SELECT \(count + 1), recorded, batch, undoes, 'add', kind, 'new-row', cells,
          reason, hash, lower(hex(randomblob(32))) FROM entries WHERE sequence = \(count)
        """
    )
    return count + 1
  case .swap:
    try db.execute(sql: "UPDATE entries SET sequence = 1000 WHERE sequence = \(one)")
    try db.execute(sql: "UPDATE entries SET sequence = \(one) WHERE sequence = \(other)")
    try db.execute(sql: "UPDATE entries SET sequence = \(other) WHERE sequence = 1000")
    return one
  case .shift:
    try db.execute(sql: "UPDATE entries SET sequence = -sequence + 2000 WHERE sequence > \(one)")
    return one + 1
  case .book:
    try db.execute(sql: "UPDATE book SET id = '\(String(repeating: "a", count: 32))'")
    return 1
  case .head:
    try db.execute(sql: "UPDATE head SET count = count + \(one)")
    return count + 1
  case .truncate:
    try db.execute(sql: "DELETE FROM entries WHERE sequence >= \(other)")
    return other
  }
}

@Test(arguments: 0..<10)
func aThousandEditsAreFoundAndNamed(block: Int) throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    _ = try book.retract(["f2"], from: .facts, reason: "misread", now: noon)
    _ = try book.undo(now: noon)
    _ = try book.add([party("late")], now: noon)
    let copy = folder + "/copy.ouro"
    for seed in 0..<100 {
      var rng = SplitMix64(seed: UInt64(block * 100 + seed))
      try? FileManager.default.removeItem(atPath: copy)
      try FileManager.default.copyItem(atPath: book.path, toPath: copy)
      var expected: Int?
      try raw(copy) { db in
        try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
        try withoutTriggers(db) { expected = try tamper(db, using: &rng) }
      }
      let error = bookError { _ = try Book(at: copy).verify() }
      guard case BookError.damaged(_, let damage)? = error else {
        #expect(Bool(false), "seed \(seed) of block \(block): \(String(describing: error))")
        continue
      }
      #expect(damage.sequence == expected, "seed \(seed) of block \(block): \(damage)")
    }
  }
}

@Test(arguments: [
  "DROP TRIGGER entries_stay", "DROP INDEX entries_by_row", "CREATE TABLE extra (x)",
  "DROP TABLE head",
  "DROP TRIGGER entries_follow; CREATE TRIGGER entries_follow BEFORE INSERT ON entries BEGIN SELECT 1; END",
])
func aChangedSchemaIsFound(sql: String) throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    try raw(book.path) { db in try db.execute(sql: sql) }
    let error = bookError { _ = try book.verify() }
    guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
  }
}

@Test(arguments: UInt64(0)..<100) func aFileOfAnyBytesIsRefused(seed: UInt64) throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    var rng = SplitMix64(seed: seed)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: book.path)))
    for _ in 0..<20 {
      let limit = seed % 2 == 0 ? bytes.count : 4096
      bytes[Int.random(in: 0..<limit, using: &rng)] = UInt8.random(in: 0...255, using: &rng)
    }
    if seed % 10 == 0 { bytes = Array(bytes[..<Int.random(in: 0..<bytes.count, using: &rng)]) }
    let path = folder + "/torn.ouro"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    // Bytes that no page uses may change unseen; whatever verifies still says the same.
    do throws(BookError) {
      let torn = try Book(at: path)
      _ = try torn.verify()
      #expect(try torn.snapshot() == book.snapshot())
    } catch {
      #expect(!error.description.isEmpty)
    }
  }
}

/// Makes a book of version 1 as the first version wrote it: without a head.
private func writeVersionOne(_ path: String) throws {
  let book = try Book.openOrCreate(at: path, now: noon)
  _ = try book.add([party("acme")], now: noon)
  _ = try book.add([party("sub", parent: "acme")], now: noon)
  try raw(path) { db in
    for trigger in ["entries_follow", "head_follows", "head_is_true", "head_is_kept"] {
      try db.execute(sql: "DROP TRIGGER \(trigger)")
    }
    try db.execute(sql: "DROP TABLE head; PRAGMA user_version = 1")
  }
}

@Test func aBookOfVersionOneIsUpgradedByTheFirstWrite() throws {
  try inTemporaryFolder { folder in
    let path = folder + "/old.ouro"
    try writeVersionOne(path)
    let before = try Data(contentsOf: URL(filePath: path))
    let book = try Book(at: path)
    #expect(try book.verify().rows == 2)
    #expect(try book.snapshot().contents.parties.count == 2)
    // Who only reads leaves the file as it is.
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    _ = try book.add([party("more")], now: noon)
    #expect(try raw(path) { db in try Int.fetchOne(db, sql: "PRAGMA user_version") } == 2)
    #expect(try Book(at: path).verify().batches == 3)
  }
}

@Test func aNewerBookIsLeftAsItIs() throws {
  try inTemporaryFolder { folder in
    let path = try fixtureBook(in: folder).path
    let sealed = folder + "/new.ouro"
    try FileManager.default.copyItem(atPath: path, toPath: sealed)
    try raw(sealed) { db in try db.execute(sql: "PRAGMA user_version = 4") }
    let before = try Data(contentsOf: URL(fileURLWithPath: sealed))
    let error = bookError { _ = try Book(at: sealed) }
    #expect(error?.description.contains("schema version 4") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: sealed)) == before)
  }
}

@Test(arguments: ["", "SQLite format 3\0", "hello"])
func whatIsNoBookIsRefused(text: String) throws {
  try inTemporaryFolder { folder in
    let path = folder + "/x.ouro"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let error = bookError { _ = try Book.openOrCreate(at: path, now: noon) }
    #expect(error?.description.contains("is not a book") == true)
  }
}

/// Rows are read by the table and not by its indexes, which no hash holds: into a file whose index is damaged nothing is
/// written, and what stands in it can still be read.
@Test(arguments: ["entries_by_batch", "entries_by_row", "sqlite_autoindex_entries_1"])
func nothingIsAddedToAFileWithADamagedIndex(index: String) throws {
  try inTemporaryFolder { folder in
    let path = try fixtureBook(in: folder).path
    let (page, size) = try raw(path) { db in
      let root = "SELECT rootpage FROM sqlite_master WHERE name = ?"
      return (
        try Int.fetchOne(db, sql: root, arguments: [index]) ?? 0,
        try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
      )
    }
    let file = try FileHandle(forUpdating: URL(filePath: path))
    // The places of the first two cells of the page, exchanged: each entry is there, out of order.
    try file.seek(toOffset: UInt64((page - 1) * size + 8))
    let places = try #require(try file.read(upToCount: 4))
    try file.seek(toOffset: UInt64((page - 1) * size + 8))
    try file.write(contentsOf: places.suffix(2) + places.prefix(2))
    try file.close()
    let before = try Data(contentsOf: URL(filePath: path))
    let book = try Book(at: path)
    let error = bookError { _ = try book.add([party("more")], now: noon) }
    #expect(error?.description.contains("damaged") == true)
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try book.snapshot().contents.rows.count > 0)
  }
}

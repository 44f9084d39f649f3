import Books
import Claims
import Foundation
import GRDB
import TestKit
import Testing

/// Opens the database behind a book, as somebody with a database tool would.
private func raw(_ path: String, _ sql: String) throws {
  var configuration = Configuration()
  configuration.foreignKeysEnabled = false
  let queue = try DatabaseQueue(path: path, configuration: configuration)
  defer { try? queue.close() }
  try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
}

/// Everything that answers from a book or writes into it.
private let operations: [(name: String, run: @Sendable (String) throws(BookError) -> Void)] = [
  ("snapshot", { path throws(BookError) in _ = try Book(at: path).snapshot() }),
  (
    "snapshot at a time",
    { path throws(BookError) in
      _ = try Book(at: path).snapshot(recordedBy: Timestamp(secondsSince1970: 0))
    }
  ),
  ("open", { path throws(BookError) in _ = try BookFile.open(path) }),
  ("history", { path throws(BookError) in _ = try Book(at: path).history(of: "acme") }),
  ("verify", { path throws(BookError) in _ = try Book(at: path).verify() }),
  ("undo", { path throws(BookError) in _ = try Book(at: path).undo(now: noon) }),
  ("add", { path throws(BookError) in _ = try Book(at: path).add([], now: noon) }),
  (
    "retract",
    { path throws(BookError) in
      _ = try Book(at: path).retract(["a1"], from: .assumptions, reason: "x", now: noon)
    }
  ),
]

/// Expects that every operation finds the damage, and leaves the file as it is.
private func expectRefusal(_ path: String, naming sequence: Int?, _ what: String) throws {
  let before = try Data(contentsOf: URL(fileURLWithPath: path))
  for (name, run) in operations {
    let error = bookError { try run(path) }
    guard case .damaged(_, let damage) = error else {
      #expect(Bool(false), "\(name), \(what): \(String(describing: error))")
      continue
    }
    #expect(damage.sequence == sequence, "\(name), \(what): \(damage)")
  }
  #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
}

private let endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"

@Test(arguments: [
  """
  DROP TABLE entries; CREATE VIEW entries AS \(endless)
  SELECT n AS sequence, '2026-01-01T00:00:00Z' AS recorded, 1 AS batch, NULL AS undoes,
    'add' AS action, 'parties' AS kind, 'p' || n AS row_id, '{}' AS cells, '' AS reason,
    '' AS previous_hash, '' AS hash FROM r
  """,
  "DROP TABLE head; CREATE VIEW head AS \(endless) SELECT n AS count, n AS hash FROM r",
  "DROP TABLE book; CREATE VIEW book AS \(endless) SELECT n AS id, n AS created FROM r",
  "CREATE VIEW more AS \(endless) SELECT n FROM r",
  "CREATE VIRTUAL TABLE words USING fts5(x)",
  "CREATE TRIGGER more AFTER INSERT ON entries BEGIN DELETE FROM head; END",
  "CREATE INDEX more ON entries (reason)", "CREATE TABLE more (x)", "ANALYZE",
  "ALTER TABLE entries ADD COLUMN more TEXT GENERATED ALWAYS AS (upper(reason))",
  "ALTER TABLE book ADD COLUMN more TEXT", "DROP TRIGGER head_follows",
  """
  DROP TABLE head; CREATE TABLE head (one INTEGER PRIMARY KEY, count, hash) WITHOUT ROWID
  """,
])
func aSchemaThatIsNotOursIsRefusedBeforeAnyRowIsRead(sql: String) throws {
  try inTemporaryFolder { folder in
    let path = try fixtureBook(in: folder).path
    try raw(path, sql)
    try expectRefusal(path, naming: nil, sql)
  }
}

/// Changes rows of a book as nothing in its schema allows, and puts the schema back.
private func changeRows(_ path: String, _ sql: String) throws {
  var triggers = ""
  let queue = try DatabaseQueue(path: path)
  try queue.read { db in
    let rows = try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = rows.joined(separator: ";\n")
  }
  let names = try queue.read { db in
    try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
  }
  let table = try queue.read { db in
    try String.fetchOne(db, sql: "SELECT sql FROM sqlite_master WHERE name = 'entries'") ?? ""
  }
  try queue.close()
  let plain = table.replacingOccurrences(of: " STRICT", with: "")
    .replacingOccurrences(of: " NOT NULL", with: "").replacingOccurrences(of: "TEXT", with: "BLOB")
    .replacingOccurrences(of: "batch INTEGER", with: "batch BLOB")
    .replacingOccurrences(of: "undoes INTEGER", with: "undoes BLOB")
  try raw(path, names.map { "DROP TRIGGER \($0);" }.joined())
  func setTable(_ sql: String) throws {
    let text = sql.replacingOccurrences(of: "'", with: "''")
    try raw(
      path,
      """
      PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = '\(text)' WHERE name = 'entries';
      """
    )
  }
  try setTable(plain)
  try raw(path, "PRAGMA ignore_check_constraints = ON; " + sql)
  try setTable(table)
  try raw(path, triggers)
}

private let hostile = [
  "NULL", "-1", "0", "9223372036854775807", "-9223372036854775808", "1e300", "'text'", "''",
  "x'00ff'", "zeroblob(100000)", "'{' || char(0)", "replace(hex(zeroblob(20000)), '00', '[')",
]

@Test(
  arguments: [
    "sequence", "recorded", "batch", "undoes", "action", "kind", "row_id", "cells", "reason",
    "previous_hash", "hash",
  ]
)
func aValueOfAnyClassInAnyColumnIsNamed(column: String) throws {
  try inTemporaryFolder { folder in
    let genuine = try fixtureBook(in: folder).path
    let path = folder + "/changed.ouro"
    for value in hostile {
      // An id of a row is an integer whatever the table says; `undoes` is NULL and `reason` text already.
      if column == "sequence", !["-1", "0", "9223372036854775807"].contains(value) { continue }
      if column == "undoes", value == "NULL" { continue }
      try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.copyItem(atPath: genuine, toPath: path)
      try changeRows(path, "UPDATE entries SET \(column) = \(value) WHERE sequence = 7;")
      let isMovedAhead = column == "sequence" && value != "9223372036854775807"
      let error = bookError { _ = try Book(at: path).snapshot() }
      guard case .damaged(_, let damage) = error else {
        #expect(Bool(false), "\(column) = \(value): \(String(describing: error))")
        continue
      }
      #expect(damage.sequence != nil || value == "NULL", "\(column) = \(value): \(damage)")
      if isMovedAhead { #expect(damage.sequence == 1) }
    }
  }
}

@Test func aChangedAmountIsNeverAnsweredFrom() throws {
  try inTemporaryFolder { folder in
    let path = try fixtureBook(in: folder).path
    try changeRows(
      path,
      "UPDATE entries SET cells = replace(cells, '62', '63') WHERE row_id = 'f2';"
    )
    try expectRefusal(path, naming: 12, "an amount")
  }
}

@Test func aRowTakenOutWithTheHeadMovedBackIsNamed() throws {
  try inTemporaryFolder { folder in
    let path = try fixtureBook(in: folder).path
    try changeRows(
      path,
      """
      DELETE FROM entries WHERE sequence = 5;
      UPDATE entries SET sequence = sequence - 1 WHERE sequence > 5; UPDATE head SET count = count - 1;
      """
    )
    try expectRefusal(path, naming: 5, "a row taken out")
  }
}

@Test func aBookOfVersionOneIsCheckedBeforeItIsUpgraded() throws {
  try inTemporaryFolder { folder in
    let path = try fixtureBook(in: folder).path
    try changeRows(path, "UPDATE entries SET reason = 'x' WHERE sequence = 4;")
    try raw(
      path,
      """
      DROP TRIGGER entries_follow; DROP TRIGGER head_follows; DROP TRIGGER head_is_true;
      DROP TRIGGER head_is_kept; DROP TABLE head; PRAGMA user_version = 1
      """
    )
    try expectRefusal(path, naming: 4, "version 1")
  }
}

@Test(arguments: 0..<8) func aTornFileIsNeverAnsweredFromOtherwise(block: Int) throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let truth = try book.snapshot()
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: book.path)))
    let path = folder + "/torn.ouro"
    for seed in 0..<25 {
      var rng = SplitMix64(seed: UInt64(block * 25 + seed))
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &rng) {
        // The first page holds the header and the schema.
        let limit = Bool.random(using: &rng) ? bytes.count : 4096
        bytes[Int.random(in: 0..<limit, using: &rng)] ^= 1 << UInt8.random(in: 0...7, using: &rng)
      }
      if seed % 6 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &rng)) }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      for journal in ["-journal", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + journal)
        if seed % 9 == 0 {
          try Data(bytes.reversed()).write(to: URL(fileURLWithPath: path + journal))
        }
      }
      do throws(BookError) {
        #expect(try Book(at: path).snapshot() == truth, "seed \(seed) of block \(block)")
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}

@Test func aBookSomebodyPutIntoAnotherJournalModeIsRead() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let truth = try book.snapshot()
    let path = folder + "/wal.ouro"
    try FileManager.default.copyItem(atPath: book.path, toPath: path)
    try raw(path, "PRAGMA journal_mode = WAL")
    #expect(try Book(at: path).snapshot() == truth)
  }
}

@Test func manyRowsThatNeedEachOtherAreRetractedTogether() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    var rows = [try party("p0")]
    for number in 1..<300 { rows.append(try party("p\(number)", parent: "p\(number - 1)")) }
    _ = try book.add(rows, now: noon)
    let ids = rows.map(\.record.id)
    let error = bookError {
      _ = try book.retract(Array(ids.dropLast()), from: .parties, reason: "x", now: noon)
    }
    #expect(
      error?.description == "parties p298 is referred to by parties p299; retract those first"
    )
    #expect(throws: BookError.self) {
      try book.retract(ids + ["p7"], from: .parties, reason: "x", now: noon)
    }
    #expect(try book.retract(ids, from: .parties, reason: "x", now: noon).written == 300)
    #expect(try book.snapshot().contents.parties.count == 4)
    _ = try book.undo(now: noon)
    #expect(try book.verify().rows == 314)
  }
}

@Test func whatDoesNotFitTheRowsThatStandIsNotAdded() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let more = """
      id,name,low,high,unit,basis,reason,source,note
      a2,end:d2,2031-01,2031-01,date,judgment,six years,s1,

      """
    let path = folder + "/more.csv"
    try Data(more.utf8).write(to: URL(fileURLWithPath: path))
    let error = bookError {
      _ = try book.add(BookFolder.read(.assumptions, from: path), now: noon)
    }
    #expect(
      error?.description == "\(path):2, column name: a1 is called end:d2 already; "
        + "keep one of the two, or retract the older"
    )
    _ = try book.retract(["a1"], from: .assumptions, reason: "x", now: noon)
    #expect(try book.add(BookFolder.read(.assumptions, from: path), now: noon).written == 1)
  }
}

@Test func cellsComeBackWhateverCharactersTheyHold() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let controls = String(String.UnicodeScalarView((1..<32).compactMap { Unicode.Scalar($0) }))
    let note = controls + "\"\\/\u{7F}é\u{2028}😀{}[],:"
    _ = try book.add([party("odd", note: note)], now: noon)
    let entry = try #require(try book.history(of: "odd").first)
    #expect(entry.fields?["note"] == note)
    let foundation = try JSONDecoder().decode([String: String].self, from: Data(entry.cells.utf8))
    #expect(entry.fields == foundation)
  }
}

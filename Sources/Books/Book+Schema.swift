internal import GRDB

/// The tables of a book file, and how older ones become the present ones.
///
/// `docs/model.md` describes them. The database keeps its own rules: entries are only ever added, each
/// after the last, and `head` follows them.
enum BookSchema {
  /// `Ouro`, in the file's header.
  static let applicationID: Int32 = 0x4F75_726F
  /// The newest version that this program reads.
  static let version: Int32 = 3
  /// The version of a book in whose inbox nothing was ever put.
  static let versionWithoutInbox: Int32 = 2

  /// Version 1: the book and its entries.
  private static let first = """
    CREATE TABLE book (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      id TEXT NOT NULL CHECK (length(id) = 32),
      created TEXT NOT NULL CHECK (length(created) = 20)
    ) STRICT;
    CREATE TABLE entries (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      recorded TEXT NOT NULL CHECK (length(recorded) = 20),
      batch INTEGER NOT NULL CHECK (batch > 0),
      undoes INTEGER CHECK (undoes > 0 AND undoes < batch),
      action TEXT NOT NULL CHECK (action IN ('add', 'retract', 'restore')),
      kind TEXT NOT NULL CHECK (
        kind IN ('parties', 'sources', 'deals', 'claims', 'facts', 'assumptions')),
      row_id TEXT NOT NULL CHECK (length(row_id) BETWEEN 1 AND 64),
      cells TEXT NOT NULL CHECK (json_valid(cells)),
      reason TEXT NOT NULL,
      previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
      hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
    ) STRICT;
    CREATE INDEX entries_by_row ON entries (kind, row_id, sequence);
    CREATE INDEX entries_by_batch ON entries (batch);
    CREATE INDEX entries_by_undone ON entries (undoes) WHERE undoes IS NOT NULL;
    CREATE TRIGGER book_stays BEFORE UPDATE ON book
    BEGIN SELECT RAISE(ABORT, 'a book keeps its id'); END;
    CREATE TRIGGER book_is_kept BEFORE DELETE ON book
    BEGIN SELECT RAISE(ABORT, 'a book keeps its id'); END;
    CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
    CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
    """

  /// Version 2: how many entries there are and the hash of the last, so that a lost tail shows.
  private static let second = """
    CREATE TABLE head (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      count INTEGER NOT NULL CHECK (count >= 0),
      hash TEXT NOT NULL CHECK (length(hash) = 64)
    ) STRICT;
    CREATE TRIGGER entries_follow BEFORE INSERT ON entries
    WHEN NEW.sequence IS NOT (SELECT count + 1 FROM head)
      OR NEW.previous_hash IS NOT (SELECT hash FROM head)
    BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
    CREATE TRIGGER head_follows AFTER INSERT ON entries
    BEGIN UPDATE head SET count = NEW.sequence, hash = NEW.hash; END;
    CREATE TRIGGER head_is_true BEFORE UPDATE ON head
    WHEN NEW.count IS NOT OLD.count + 1 OR NOT EXISTS (
      SELECT 1 FROM entries
      WHERE sequence = NEW.count AND hash = NEW.hash AND previous_hash = OLD.hash)
    BEGIN SELECT RAISE(ABORT, 'the head follows the entries'); END;
    CREATE TRIGGER head_is_kept BEFORE DELETE ON head
    BEGIN SELECT RAISE(ABORT, 'the head follows the entries'); END;
    """

  /// Version 3: candidates that wait for somebody, and what became of each.
  ///
  /// A book gets it with its first candidate; until then it stays at version 2, and older programs read it.
  private static let third = """
    CREATE TABLE candidates (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      recorded TEXT NOT NULL CHECK (length(recorded) = 20),
      cells TEXT NOT NULL CHECK (json_valid(cells))
    ) STRICT;
    CREATE TABLE decisions (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      candidate INTEGER NOT NULL REFERENCES candidates (number),
      recorded TEXT NOT NULL CHECK (length(recorded) = 20),
      verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected')),
      batch INTEGER CHECK (batch > 0),
      reason TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER candidates_stay BEFORE UPDATE ON candidates
    BEGIN SELECT RAISE(ABORT, 'candidates are never changed'); END;
    CREATE TRIGGER candidates_are_kept BEFORE DELETE ON candidates
    BEGIN SELECT RAISE(ABORT, 'candidates are never deleted'); END;
    CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
    CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
    """

  /// Whether something was ever put in the inbox of the book.
  static func hasInbox(_ db: Database) throws -> Bool {
    try Int32.fetchOne(db, sql: "PRAGMA user_version") == version
  }

  /// Gives a book its inbox, inside a transaction, where it has none.
  static func addInbox(_ db: Database) throws {
    guard try !hasInbox(db) else { return }
    try db.execute(sql: third)
    try db.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// Makes an empty book of version 1 in an empty database, inside a transaction.
  static func createFirst(_ db: Database, id: String, created: Timestamp) throws {
    try db.execute(sql: first)
    try db.execute(
      sql: "INSERT INTO book VALUES (1, ?, ?)",
      arguments: [id, created.description]
    )
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = 1")
  }

  /// Brings the tables up to the present version, inside a transaction.
  static func upgrade(_ db: Database) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA user_version") == 1 else { return }
    let log = try CheckedLog(db)
    try db.execute(sql: second)
    try db.execute(
      sql: "INSERT INTO head VALUES (1, ?, ?)",
      arguments: [log.entries.count, log.replay.headHash]
    )
    try db.execute(sql: "PRAGMA user_version = 2")
  }

  /// Makes an empty book of the present version in an empty database, inside a transaction.
  static func create(_ db: Database, id: String, created: Timestamp) throws {
    try createFirst(db, id: id, created: created)
    try upgrade(db)
  }

  /// Refuses tables, indexes and triggers that are not, to the letter, those of the book's version.
  ///
  /// It comes before any row is read: behind the name of a table of ours somebody may have put a view
  /// that never ends.
  ///
  /// - Parameter db: The book, inside a transaction.
  /// - Returns: The version.
  /// - Throws: ``Damage``, naming the first thing that is changed, not ours, or missing.
  @discardableResult static func check(_ db: Database) throws -> Int32 {
    guard let found = try Int32.fetchOne(db, sql: "PRAGMA user_version"),
      (1...version).contains(found)
    else { throw Damage("the book has lost its schema version") }
    let scripts = [first, second, third].prefix(Int(found))
    var missing = schema(of: scripts.joined(separator: "\n"))
    missing["index sqlite_autoindex_entries_1"] = ""
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT type || ' ' || name, CAST(coalesce(sql, '') AS TEXT) FROM main.sqlite_master"
    )
    while let row = try rows.next() {
      let name = (row[0] as String?) ?? "nameless part"
      guard let expected = missing.removeValue(forKey: name) else {
        throw Damage("the \(name) of the database is not ours")
      }
      guard expected == row[1] else { throw Damage("the \(name) of the database is changed") }
    }
    if let name = missing.keys.min() {
      throw Damage("the \(name) of the database is missing")
    }
    return found
  }

  /// The statements of `script`, each ended by a semicolon and a line break, by what they make.
  private static func schema(of script: String) -> [String: String] {
    let statements = (script + "\n").split(separator: ";\n").map(String.init)
    return Dictionary(
      uniqueKeysWithValues: statements.map { statement in
        let words = statement.split(separator: " ", maxSplits: 3)
        return ("\(words[1].lowercased()) \(words[2])", statement)
      }
    )
  }

  /// Refuses, by the first bytes of the file alone, what is not a book or is newer than we are.
  static func check(header: [UInt8], path: String) throws(BookError) {
    guard header.starts(with: Array("SQLite format 3\0".utf8)), header.count >= 100,
      word(header, at: 68) == applicationID
    else {
      throw .notABook(path: path, reason: "the file is not a book; `ouro import` makes one")
    }
    let found = word(header, at: 60)
    guard (1...version).contains(found) else {
      throw .notABook(
        path: path,
        reason: "the book has schema version \(found), this program knows up to \(version); "
          + "it was left as it is: use a newer ouro"
      )
    }
  }

  private static func word(_ bytes: [UInt8], at index: Int) -> Int32 {
    bytes[index..<index + 4].reduce(0) { $0 << 8 | Int32($1) }
  }
}

/// What makes one book another than the next.
struct BookIdentity: Sendable {
  /// 128 random bits, as hexadecimal digits.
  let id: String
  /// What stands in for the hash before the first entry.
  let genesis: String

  /// Reads the identity of an open book.
  init(_ db: Database) throws {
    guard
      let row = try Row.fetchOne(
        db,
        sql: "SELECT CAST(id AS BLOB), CAST(created AS BLOB) FROM book LIMIT 1"
      ),
      case .blob(let idBytes) = (row[0] as DatabaseValue).storage,
      case .blob(let createdBytes) = (row[1] as DatabaseValue).storage,
      let id = String(validating: idBytes, as: UTF8.self),
      let created = String(validating: createdBytes, as: UTF8.self)
    else { throw Damage("the book has lost its id") }
    self.id = id
    genesis = Entry.genesis(book: id, created: created)
  }
}

internal import Tables
internal import Disk
internal import GRDB

/// A book in one SQLite file, to which entries are only ever added.
///
/// Every write is one transaction that holds the file from its first read on; a rollback journal and
/// full synchronisation see to it that what was acknowledged survives a crash of the machine. Many
/// processes may use one book at a time.
public final class Book: Sendable {
  /// The file.
  public let path: String
  private let queue: DatabaseQueue

  /// Opens a book; one of an older version is read as it is, and brought up to date by the first write.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``BookError``, when there is no book, it is newer than this program, or damaged.
  public init(at path: String) throws(BookError) {
    switch Files.kind(path) {
    case .file, .device: break
    case .folder: throw .notABook(path: path, reason: "this is a folder, not a book file")
    case .nothing: throw .noSuchInput(path: path, reason: "there is no such file")
    }
    let header = try BookError.ofFiles { () throws(FileError) in
      try Files.bytes(of: path, atMost: 100)
    }
    try BookSchema.check(header: header, path: path)
    self.path = path
    queue = try Self.connect(path)
    _ = try read { db in try BookSchema.check(db) }
  }

  /// Opens a book, or makes an empty one where there is no file.
  ///
  /// The new book gets its name only when it is whole, so nobody ever finds half of one.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - now: The time the new book says it was made at.
  /// - Returns: The open book.
  /// - Throws: ``BookError``.
  public static func openOrCreate(at path: String, now: Timestamp) throws(BookError) -> Book {
    if Files.kind(path) == .nothing {
      // A link that leads nowhere yet is to lead to the book.
      let target = Files.target(of: path)
      do throws(BookError) {
        let part = try BookError.ofFiles { () throws(FileError) in try PartFile(beside: target) }
        defer { withExtendedLifetime(part) {} }
        try fill(part.path, now)
        // Where another process was faster, its book is as good.
        _ = try BookError.ofFiles { () throws(FileError) in try Files.name(part.path, target) }
      } catch {
        guard case .couldNotWrite(_, let reason) = error else { throw error }
        throw .couldNotWrite(path: path, reason: reason)
      }
    } else {
      PartFile.sweep(beside: Files.target(of: path))
    }
    return try Book(at: path)
  }

  /// Makes an empty book.
  ///
  /// - Parameters:
  ///   - path: The file; nothing may be there.
  ///   - now: The time it says it was made at.
  /// - Throws: ``BookError/refused(reason:advice:)`` where something is there.
  public static func create(at path: String, now: Timestamp) throws(BookError) {
    try BookError.refuse(existing: path)
    _ = try openOrCreate(at: path, now: now)
  }

  private static func fill(_ path: String, _ now: Timestamp) throws(BookError) {
    try BookError.mapping(path: path) {
      let queue = try connect(path)
      let id = hexadecimal((0..<16).map { _ in UInt8.random(in: 0...255) })
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try BookSchema.create(db, id: id, created: now)
          return .commit
        }
      }
      try queue.close()
    }
  }

  private static func connect(_ path: String) throws(BookError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      // A file may come from anybody: its pages are looked at closely. What its schema holds runs only
      // once it is known to be ours, since the JSON functions of our checks count as not to be trusted.
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
      // Beyond full: the folder is forced to disk too once the journal is gone.
      try db.execute(sql: "PRAGMA synchronous = EXTRA")
    }
    return try BookError.mapping(path: path) {
      try DatabaseQueue(
        path: path.hasPrefix("/") ? path : "./" + path,
        configuration: configuration
      )
    }
  }

  /// Reads in one transaction.
  func read<Value: Sendable>(
    _ body: @Sendable (Database) throws -> Value
  ) throws(BookError) -> Value {
    try BookError.mapping(path: path) { try queue.read(body) }
  }

  /// Writes in one transaction that excludes other writers from its first read on; nothing into a file that is damaged.
  func write<Value>(_ body: (Database) throws -> Value) throws(BookError) -> Value {
    try BookError.mapping(path: path) {
      try queue.writeWithoutTransaction { db in
        var value: Value?
        try db.inTransaction(.immediate) {
          try BookSchema.upgrade(db)
          value = try body(db)
          try verifyFile(db)
          return .commit
        }
        guard let value else { preconditionFailure("a committed transaction has its value") }
        return value
      }
    }
  }
}

public import Claims
internal import Disk
internal import GRDB
public import Tables

/// Why a book could not be read or written.
public enum BookError: Error, Equatable, CustomStringConvertible {
  /// There is no such file or folder, or it cannot be read.
  case noSuchInput(path: String, reason: String)
  /// A CSV file is broken.
  case badTable(TableError)
  /// CSV files are broken in several places: all of them, in the order they stand.
  case badTables([TableError])
  /// A row given directly is broken.
  case badRow(table: BookTable, id: String, fault: FieldFault)
  /// The file is not a book, or a book that this version cannot read.
  case notABook(path: String, reason: String)
  /// The book does not hold what was written into it.
  case damaged(path: String, Damage)
  /// What was asked for would break a rule of the book.
  case refused(reason: String, advice: String)
  /// The system would not read or write; nothing was changed.
  case couldNotWrite(path: String, reason: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noSuchInput(let path, let reason): "\(path): \(reason)"
    case .badTable(let error): error.description
    case .badTables(let errors):
      "\(errors[0].description), and \(errors.count - 1) more like it"
    case .badRow(let table, let id, let fault):
      "\(table.rawValue) \(id), column \(fault.column): \(fault.reason); \(fault.advice)"
    case .notABook(let path, let reason): "\(path): \(reason)"
    case .damaged(let path, let damage): "\(path): \(damage)"
    case .refused(let reason, let advice): "\(reason); \(advice)"
    case .couldNotWrite(let path, let reason): "\(path): could not write: \(reason)"
    }
  }
}

extension BookError {
  /// A sentence for each place that is broken: what a person who mends a file wants to see at once.
  public var sentences: [String] {
    guard case .badTables(let errors) = self else { return [description] }
    return errors.map(\.description)
  }

  /// The error of some places, at least one.
  init(_ faults: [TableError]) {
    self = faults.count == 1 ? .badTable(faults[0]) : .badTables(faults)
  }

  /// The places of CSV files that it tells of.
  var faults: [TableError] {
    switch self {
    case .badTable(let error): [error]
    case .badTables(let errors): errors
    default: []
    }
  }
}

/// The first place where a book is not what was written.
public struct Damage: Error, Equatable, Sendable, CustomStringConvertible {
  /// The entry, counted from 1; `nil` when no single entry is at fault.
  public let sequence: Int?
  /// The table of the row that the entry is about.
  public let table: String?
  /// The id of the row that the entry is about.
  public let id: String?
  /// What is wrong.
  public let reason: String

  init(sequence: Int? = nil, table: String? = nil, id: String? = nil, _ reason: String) {
    (self.sequence, self.table, self.id, self.reason) = (sequence, table, id, reason)
  }

  init(_ entry: Entry, _ reason: String) {
    self.init(sequence: entry.sequence, table: entry.table, id: entry.id, reason)
  }

  /// One sentence for a person.
  public var description: String {
    let row = [table, id].compactMap { $0 }.joined(separator: " ")
    let place = sequence.map { "entry \($0)" + (row.isEmpty ? "" : " (\(row))") + ": " } ?? ""
    return "the book is damaged: \(place)\(reason)"
  }
}

extension FieldFault {
  /// The fault with the file and line it stands on.
  func at(_ file: String, _ line: Int) -> TableError {
    TableError(file: file, line: line, column: column, reason: reason, advice: advice)
  }
}

extension BookError {
  /// Refuses a place at which something is.
  static func refuse(existing path: String) throws(BookError) {
    guard Files.kind(path) == .nothing else {
      throw .refused(reason: "\(path) is there already", advice: "give another name")
    }
  }
}

extension BookError {
  /// What an error of SQLite means to the user of the book at `path`.
  init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_FULL:
      self = .couldNotWrite(path: path, reason: "the disk is full; the book is as it was before")
    case .SQLITE_IOERR:
      self = .couldNotWrite(
        path: path,
        reason: "the disk does not take or give the data; the book is as it was before"
      )
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      self = .couldNotWrite(
        path: path,
        reason: "the file or its folder is missing or write-protected"
      )
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self = .couldNotWrite(path: path, reason: "another process holds the book; try again")
    case .SQLITE_NOTADB:
      self = .notABook(path: path, reason: "the file is not a book")
    default:
      self = .damaged(path: path, Damage(error.message ?? "SQLite error \(error.resultCode)"))
    }
  }

  /// Reads or writes files.
  static func ofFiles<Value>(_ body: () throws(FileError) -> Value) throws(BookError) -> Value {
    do throws(FileError) {
      return try body()
    } catch {
      switch error {
      case .noSuchInput(let path, let reason): throw .noSuchInput(path: path, reason: reason)
      case .couldNotWrite(let path, let reason): throw .couldNotWrite(path: path, reason: reason)
      }
    }
  }

  /// Runs `body`, whose errors come from this module or from SQLite.
  static func mapping<Value>(
    path: String,
    _ body: () throws -> Value
  ) throws(BookError) -> Value {
    do {
      return try body()
    } catch let error as BookError {
      throw error
    } catch let error as Damage {
      throw .damaged(path: path, error)
    } catch let error as DatabaseError {
      throw BookError(error, path: path)
    } catch {
      throw .damaged(path: path, Damage("\(error)"))
    }
  }
}

private import Foundation
internal import GRDB

/// One line of a book's log: a row added, retracted, or restored.
public struct Entry: Sendable, Equatable {
  /// What an entry does to a row.
  public enum Action: String, Sendable, CaseIterable {
    /// The row counts from here on.
    case add
    /// The row no longer counts.
    case retract
    /// The row counts again.
    case restore
  }

  /// Its place in the book, from 1.
  public let sequence: Int
  /// When the book learned it.
  public let recorded: Timestamp
  /// The batch it came with; all entries of a batch enter together or not at all.
  public let batch: Int
  /// The batch that this one undoes, where it is an undo.
  public let undoes: Int?
  /// What it does.
  public let action: Action
  /// The table of the row; one of ``BookTable``.
  public let table: String
  /// The row's id.
  public let id: String
  /// The cells that are not empty, as a JSON object in the order of the columns.
  public let cells: String
  /// Why, in somebody's words; may be empty.
  public let reason: String
  /// The hash of the entry before, or of the book's beginning.
  public let previousHash: String
  /// The hash over all of the above and the book's id.
  public private(set) var hash: String

  /// An entry that follows the one with `previousHash` in the book `book`.
  init(
    sequence: Int,
    recorded: Timestamp,
    batch: Int,
    undoes: Int?,
    action: Action,
    table: String,
    id: String,
    cells: String,
    reason: String,
    previousHash: String,
    book: String
  ) {
    self.sequence = sequence
    self.recorded = recorded
    self.batch = batch
    self.undoes = undoes
    self.action = action
    self.table = table
    self.id = id
    self.cells = cells
    self.reason = reason
    self.previousHash = previousHash
    hash = ""
    hash = expectedHash(book: book)
  }

  /// The hash that the entry must have in the book `book`.
  func expectedHash(book: String) -> String {
    var digest = Digest()
    digest.add("ouroboros entry 1")
    digest.add(book)
    digest.add(previousHash)
    digest.add(String(sequence))
    digest.add(recorded.description)
    digest.add(String(batch))
    digest.add(undoes.map(String.init) ?? "")
    digest.add(action.rawValue)
    digest.add(table)
    digest.add(id)
    digest.add(cells)
    digest.add(reason)
    return digest.hexadecimal
  }

  /// What stands in for the hash before the first entry.
  static func genesis(book: String, created: String) -> String {
    var digest = Digest()
    digest.add("ouroboros book 1")
    digest.add(book)
    digest.add(created)
    return digest.hexadecimal
  }

  /// The cells by column; `nil` where the text is not an object of strings.
  public var fields: [String: String]? { Cells.read(cells) }
}

extension Entry {
  /// What to select to read entries, text as bytes so that nothing is cut at a NUL or repaired.
  static let selection = """
    SELECT sequence, batch, undoes, CAST(recorded AS BLOB), CAST(action AS BLOB),
      CAST(kind AS BLOB), CAST(row_id AS BLOB), CAST(cells AS BLOB), CAST(reason AS BLOB),
      CAST(previous_hash AS BLOB), CAST(hash AS BLOB)
    FROM entries
    """

  /// Reads a row of ``selection``.
  init(_ row: Row) throws(Damage) {
    let sequence = number(row, 0)
    func text(_ index: Int) throws(Damage) -> String {
      let text = try? row.withUnsafeData(atIndex: index) { data in
        data?.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
      }
      guard let text else {
        throw Damage(sequence: sequence, "the entry holds something that is not text")
      }
      return text
    }
    (table, id) = (try text(5), try text(6))
    let undoes = number(row, 2)
    guard let sequence, let batch = number(row, 1), undoes != nil || row.hasNull(atIndex: 2),
      let recorded = Timestamp(try text(3)), let action = Action(rawValue: try text(4))
    else {
      throw Damage(sequence: sequence, table: table, id: id, "a number, time or action is no such")
    }
    (self.sequence, self.batch, self.recorded, self.action) = (sequence, batch, recorded, action)
    self.undoes = undoes
    (cells, reason, previousHash, hash) = (try text(7), try text(8), try text(9), try text(10))
  }
}

private func number(_ row: Row, _ index: Int) -> Int? {
  guard case .int64(let value) = (row[index] as DatabaseValue).storage else { return nil }
  return Int(value)
}

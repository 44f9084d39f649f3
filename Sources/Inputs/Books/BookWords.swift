package import Books
package import Claims
internal import Reports

/// An entry of a book's log, in one line.
package struct HistoryLine: Encodable {
  private let action: String
  private let batch: Int
  private let cells: [String: String]
  private let hash: String
  private let id: String
  private let reason: String
  private let recorded: String
  private let sequence: Int
  private let table: String
  private let undoes: Int?

  /// The line of an entry.
  package init(_ entry: Entry) {
    (action, batch, cells) = (entry.action.rawValue, entry.batch, entry.fields ?? [:])
    (hash, id, reason) = (entry.hash, entry.id, entry.reason)
    (recorded, sequence) = (entry.recorded.description, entry.sequence)
    (table, undoes) = (entry.table, entry.undoes)
  }

  /// When what was done to which row, and why.
  package var text: String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let place = padded("\(sequence)", 6) + padded("\(batch)", 5)
    let row = padded("\(table) \(id)", 24)
    let why = reason.isEmpty ? "" : "  \(reason)"
    return "\(place) \(recorded)  \(padded(action, 7))  \(row)  \(hash.prefix(8))\(why)"
  }
}

/// What a write to a book did.
package struct ReceiptAnswer: Encodable {
  private let batch: Int?
  private let head: String
  private let skipped: Int
  private let written: Int

  /// The answer that a receipt gives.
  package init(_ receipt: Book.Receipt) {
    (batch, head) = (receipt.batch, receipt.headHash)
    (skipped, written) = (receipt.skipped, receipt.written)
  }

  /// What was done, in words.
  ///
  /// - Parameter what: What an entry written stands for, as `added`.
  /// - Returns: One sentence.
  package func text(_ what: String) -> String {
    let there = skipped > 0 ? ", \(Figures.count(skipped, "row")) there already" : ""
    let place = batch.map { " in batch \($0)" } ?? ""
    return "\(what) \(Figures.count(written, "row"))\(place)\(there) · book \(head.prefix(8))"
  }
}

extension Book.Receipt {
  /// The first rows that were written of, and how many more.
  package var namedRows: String {
    let more = rows.count > 8 ? " · and \(rows.count - 8) more" : ""
    return rows.prefix(8).joined(separator: " · ") + more
  }
}

extension BookContents {
  /// The rows of each table, cells by column.
  package var cells: [String: [[String: String]]] {
    var tables: [String: [[String: String]]] = [:]
    for table in BookTable.allCases {
      let columns = columns(of: table)
      tables[table.rawValue] = rows(of: table).map { row in
        Dictionary(uniqueKeysWithValues: zip(columns, row.values))
      }
    }
    return tables
  }
}

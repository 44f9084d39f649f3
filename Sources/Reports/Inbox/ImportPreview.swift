package import Claims
package import Readers

/// What an import would add to a book.
package struct ImportPreview: Encodable, Sendable {
  private struct Row: Encodable {
    let table: String
    let id: String
    let cells: [String: String]
  }

  private struct LeftOut: Encodable {
    let what: String
    let reason: String
  }

  private let new: [String: Int]
  private let skipped: Int
  private let rows: [Row]
  private let leftOut: [LeftOut]

  /// What would be added.
  ///
  /// - Parameters:
  ///   - fresh: The rows that the book has not.
  ///   - count: How many rows there are in all.
  ///   - leftOut: What became no row.
  package init(_ fresh: [any Record], of count: Int, _ leftOut: [ExchangeReading.LeftOut]) {
    rows = fresh.map { row in
      let cells = zip(type(of: row).allColumns, row.values).filter { !$1.isEmpty }
      return Row(
        table: type(of: row).table,
        id: row.id,
        cells: Dictionary(uniqueKeysWithValues: Array(cells))
      )
    }
    new = Dictionary(rows.map { ($0.table, 1) }, uniquingKeysWith: +)
    skipped = count - fresh.count
    self.leftOut = leftOut.map { LeftOut(what: $0.what, reason: $0.reason) }
  }

  /// How many rows of each table, and the first forty.
  package var text: String {
    let tables = [
      Party.table, Source.table, Deal.table, Claim.table, Fact.table, Assumption.table,
    ]
    let counts = tables.compactMap { table in new[table].map { "\($0) \(table)" } }
    let there = skipped > 0 ? "; \(Figures.count(skipped, "row")) there already" : ""
    let head = "would add \(counts.isEmpty ? "nothing" : counts.joined(separator: ", "))\(there)"
    let lines = rows.prefix(40).map { row in
      let cells = row.cells.filter { $0.key != "id" }.sorted { $0.key < $1.key }
      return "  \(row.table) \(row.id)  "
        + cells.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
    let more = rows.count > 40 ? ["  and \(rows.count - 40) more; --json lists all"] : []
    return ([head] + lines + more).joined(separator: "\n")
  }
}

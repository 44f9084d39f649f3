internal import Claims

/// The rows of a book by id, whatever table they are of.
struct BookRows {
  /// One row, its cells by column.
  struct Row {
    let table: String
    let id: String
    let cells: [(column: String, value: String)]
    let references: [Reference]

    init(_ row: some Record) {
      table = type(of: row).table
      id = row.id
      cells = Array(zip(type(of: row).allColumns, row.values)).filter { !$0.1.isEmpty }
        .map { (column: $0.0, value: $0.1) }
      references = row.references
    }

    /// The cell of a column; empty where it has none.
    subscript(column: String) -> String { cells.first { $0.column == column }?.value ?? "" }
  }

  /// Table by table, by id.
  let all: [Row]

  init(_ contents: BookContents) {
    all =
      contents.parties.map(Row.init) + contents.sources.map(Row.init)
      + contents.deals.map(Row.init) + contents.claims.map(Row.init)
      + contents.facts.map(Row.init) + contents.assumptions.map(Row.init)
  }
}

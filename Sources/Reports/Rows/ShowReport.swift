package import Claims
internal import Tables

/// Rows of a book by their ids, each with its source and with the rows that speak of it.
package struct ShowReport: Report, Codable {
  /// A row.
  package struct Entry: Codable, Sendable {
    /// The table it is of.
    package let table: String
    /// Its id.
    package let id: String
    /// Its cells by column, without those that are empty.
    package let cells: [String: String]
    /// The columns in their order.
    package let columns: [String]
    /// The source that says so.
    @Nullable package private(set) var source: SourceLine?
    /// The rows that name it, by id.
    package let namedBy: [String]
  }

  /// Where something is said.
  package struct SourceLine: Codable, Sendable {
    /// The source's id.
    package let id: String
    /// Who published it.
    package let publisher: String
    /// What it is called.
    package let title: String
    /// When it came out.
    package let published: String
    /// Where it is.
    package let url: String
  }

  /// Nothing in the book has the id.
  package struct UnknownID: Error, Equatable {
    /// The id.
    package let id: String
    /// The id that is nearest to it, where one is near.
    package let nearest: String?
  }

  /// The rows, in the order asked for.
  package let rows: [Entry]

  /// Finds rows by id; an id may be of more than one table.
  ///
  /// - Parameters:
  ///   - ids: The ids.
  ///   - contents: The book.
  /// - Throws: ``UnknownID`` for the first that no row has.
  package init(_ ids: [String], in contents: BookContents) throws(UnknownID) {
    let all = BookRows(contents).all
    let byID = Dictionary(grouping: all, by: \.id)
    var namedBy: [String: [String]] = [:]
    for row in all {
      for reference in row.references {
        namedBy["\(reference.table) \(reference.id)", default: []].append(row.id)
      }
    }
    let sources = Dictionary(uniqueKeysWithValues: contents.sources.map { ($0.id, $0) })
    var rows: [Entry] = []
    for id in ids {
      guard let found = byID[id] else {
        throw UnknownID(id: id, nearest: Nearest.word(to: id, among: all.map(\.id)))
      }
      rows += found.map { row in
        Entry(
          table: row.table,
          id: row.id,
          cells: Dictionary(uniqueKeysWithValues: row.cells.map { ($0.column, $0.value) }),
          columns: row.cells.map(\.column),
          source: sources[row["source"]].map(SourceLine.init),
          namedBy: namedBy["\(row.table) \(row.id)"] ?? []
        )
      }
    }
    self.rows = rows
  }

  /// The rows for a person.
  package func text(_ names: PartyNames) -> String {
    rows.map { $0.lines(names).legibleText }.joined(separator: "\n\n") + "\n"
  }
}

extension ShowReport.SourceLine {
  init(_ source: Source) {
    (id, publisher, title, url) = (source.id, source.publisher, source.title, source.url)
    published = source.published?.description ?? ""
  }
}

extension ShowReport.Entry {
  private static let singular = [
    "parties": "party", "sources": "source", "deals": "deal", "claims": "claim", "facts": "fact",
    "assumptions": "assumption",
  ]

  fileprivate func lines(_ names: PartyNames) -> [String] {
    var table = TextTable([.left, .left])
    for column in columns where column != "id" {
      let value = cells[column] ?? ""
      let isParty = ["payer", "payee", "party", "counterparty", "new_payer", "parent"].contains(
        column
      )
      let name = isParty && names(value) != value ? "  (\(names(value)))" : ""
      table.add(column.replacing("_", with: " "), value + name)
    }
    var lines = ["\(Self.singular[self.table] ?? self.table) \(id)"] + table.lines()
    if let source {
      lines += wrapped(
        "said in: \(source.publisher): \(source.title), \(source.published) \(source.url)"
      )
    }
    if !namedBy.isEmpty {
      let shown = namedBy.prefix(24).joined(separator: " ")
      let more = namedBy.count > 24 ? " and \(namedBy.count - 24) more" : ""
      lines += wrapped("named by: \(shown)\(more)")
    }
    return lines
  }
}

extension String {
  /// The same with one character for another.
  fileprivate func replacing(_ old: Character, with new: Character) -> String {
    String(map { $0 == old ? new : $0 })
  }
}

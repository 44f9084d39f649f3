package import Claims
internal import Tables

/// A table of an answer: typed cells in named columns, as spreadsheets and CSV files hold them.
package struct Sheet: Sendable, Equatable {
  /// What a column holds, which decides how a spreadsheet shows it.
  package enum Kind: Sendable, Equatable {
    /// Words.
    case text
    /// Money, or another amount, to so many digits after the point.
    case amount(digits: Int)
    /// Numbers, with the digits they have.
    case number
    /// Whole numbers of things.
    case count
    /// Shares of one, shown in percent.
    case share
    /// Days, and words where a date is no whole day: `2025-03`.
    case day
    /// Days with a time of day.
    case moment
    /// Yes or no.
    case flag
    /// Ids of rows of the book.
    case rows
  }

  /// One column: what it is called and what it holds.
  package struct Heading: Sendable, Equatable {
    /// What it is called.
    package let title: String
    /// What it holds.
    package let kind: Kind
  }

  /// What stands in one place.
  package enum Cell: Sendable, Equatable {
    /// Nothing: not said, or not known.
    case nothing
    /// Words, which are never run as a formula.
    case text(String)
    /// A number.
    case number(Double)
    /// An amount in minor units, of which so many digits stand after the point.
    case units(Int64, digits: Int)
    /// A day.
    case day(Day)
    /// Seconds since the beginning of 1970.
    case moment(Int)
    /// Yes or no.
    case flag(Bool)
    /// Ids of rows of the book.
    case rows([String])
  }

  /// What it is called: at most 31 characters, as spreadsheets want it.
  package let name: String
  /// The columns.
  package let headings: [Heading]
  /// The rows, a cell for each column.
  package let rows: [[Cell]]

  /// Lays out rows by columns.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - values: What a row each is of.
  ///   - columns: What is told of each.
  package init<Value>(
    _ name: String,
    _ values: some Sequence<Value>,
    _ columns: [SheetColumn<Value>]
  ) {
    precondition(Self.isName(name), "\(name) cannot be the name of a sheet")
    self.name = name
    headings = columns.map(\.heading)
    rows = values.map { value in columns.map { $0.cell(value) } }
  }

  /// Whether every spreadsheet takes the name.
  private static func isName(_ name: String) -> Bool {
    (1...31).contains(name.utf16.count) && !name.contains { "[]:*?/\\'".contains($0) }
  }

  /// The ids of rows of the book that it cites, in the order in which they first stand in it.
  package var cited: [String] {
    var seen: Set<String> = []
    return rows.joined().flatMap { cell -> [String] in
      guard case .rows(let ids) = cell else { return [] }
      return ids
    }.filter { seen.insert($0).inserted }
  }

  /// The table as CSV: a header, and numbers with all their digits.
  package var csv: [UInt8] {
    var writer = CSVWriter(header: headings.map(\.title))
    for row in rows { writer.append(row.map(\.plain)) }
    return writer.bytes
  }
}

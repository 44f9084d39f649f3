public import Claims

/// The six tables of a book, in the order they are read and written: what others refer to first.
public enum BookTable: String, Sendable, CaseIterable {
  case parties, sources, deals, claims, facts, assumptions

  /// The type of its rows.
  public var record: any Record.Type {
    switch self {
    case .parties: Party.self
    case .sources: Source.self
    case .deals: Deal.self
    case .claims: Claim.self
    case .facts: Fact.self
    case .assumptions: Assumption.self
    }
  }

  /// The table that rows of a type stand in.
  init(of record: any Record) {
    guard let table = BookTable(rawValue: type(of: record).table) else {
      preconditionFailure("every record has a table")
    }
    self = table
  }
}

extension BookContents {
  /// All rows, table by table, each by id.
  public var rows: [any Record] {
    BookTable.allCases.flatMap { rows(of: $0) }
  }

  /// The rows of one table, by id.
  ///
  /// - Parameter table: The table to take.
  /// - Returns: Rows of the type `table.record`.
  public func rows(of table: BookTable) -> [any Record] {
    switch table {
    case .parties: parties
    case .sources: sources
    case .deals: deals
    case .claims: claims
    case .facts: facts
    case .assumptions: assumptions
    }
  }

  /// The columns that one table is written with: the optional ones only where a row has a value in one.
  public func columns(of table: BookTable) -> [String] {
    let isExtended = rows(of: table).contains(where: \.usesOptionalColumns)
    return isExtended ? table.record.allColumns : table.record.columns
  }

  /// Sorts rows of any type into their tables and checks how they refer to each other.
  ///
  /// - Parameter rows: The rows, in any order.
  /// - Throws: ``ReferenceFault`` for the first row that fails.
  init(rows: [any Record]) throws(ReferenceFault) {
    try self.init(
      parties: rows.compactMap { $0 as? Party },
      sources: rows.compactMap { $0 as? Source },
      deals: rows.compactMap { $0 as? Deal },
      claims: rows.compactMap { $0 as? Claim },
      facts: rows.compactMap { $0 as? Fact },
      assumptions: rows.compactMap { $0 as? Assumption }
    )
  }
}

/// A row on its way into a book, and where it was read.
public struct NewRow: Sendable {
  /// The row.
  public let record: any Record
  /// The file it was read from, as the user named it; `nil` when it was given directly.
  public let file: String?
  /// The line it begins on in `file`.
  public let line: Int

  /// A row given directly.
  public init(_ record: any Record) {
    (self.record, file, line) = (record, nil, 0)
  }

  /// A row read from a file.
  public init(_ record: any Record, file: String, line: Int) {
    (self.record, self.file, self.line) = (record, file, line)
  }

  /// The error that says what is wrong with the row, and where it stands.
  func error(_ fault: FieldFault) -> BookError {
    guard let file else {
      return .badRow(table: BookTable(of: record), id: record.id, fault: fault)
    }
    return .badTable(fault.at(file, line))
  }
}

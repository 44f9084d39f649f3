/// What is wrong with one cell of a row, and what to do about it.
public struct FieldFault: Error, Equatable, Sendable {
  /// The column the cell stands in.
  public let column: String
  /// What was found and what was expected.
  public let reason: String
  /// What to do.
  public let advice: String

  /// Notes a fault in `column`.
  public init(column: String, reason: String, advice: String) {
    self.column = column
    self.reason = reason
    self.advice = advice
  }
}

/// One row of a book: it reads itself from named cells, checking each, and writes itself back.
public protocol Record: Sendable, Equatable {
  /// The name of its table and, with `.csv`, of its file in a book folder.
  static var table: String { get }
  /// The columns that every file of the table has, in the order they are written.
  static var columns: [String] { get }
  /// The columns that a file may have besides: an older book has none, and a row without a value in any of
  /// them is written, and hashed, as if there were none.
  static var optionalColumns: [String] { get }
  /// The row's id, unique within its table.
  var id: String { get }
  /// Reads a row; throws the first fault.
  init(_ fields: Fields) throws(FieldFault)
  /// The cells, in the order of ``allColumns``; reading them gives the same row.
  var values: [String] { get }
  /// The other rows it names.
  var references: [Reference] { get }
}

extension Record {
  /// None but those every file has.
  public static var optionalColumns: [String] { [] }
  /// Every column, in the order they are written.
  public static var allColumns: [String] { columns + optionalColumns }
  /// Whether the row has a value that only an optional column can hold.
  public var usesOptionalColumns: Bool {
    values.dropFirst(Self.columns.count).contains { !$0.isEmpty }
  }

  /// The cells by column, as a row is read.
  var fields: Fields { Fields(Dictionary(uniqueKeysWithValues: zip(Self.allColumns, values))) }

  /// Whether what the row says comes before what another says, cell by cell; ids come last.
  func contentPrecedes(_ other: Self) -> Bool {
    let names: Set = [
      "id", "deal", "source", "about", "party", "counterparty", "new_payer", "teller",
    ]
    func content(_ row: Self) -> [String] {
      zip(Self.allColumns, row.values).filter { !names.contains($0.0) }.map(\.1)
    }
    let (mine, others) = (content(self), content(other))
    return mine == others ? id < other.id : mine.lexicographicallyPrecedes(others)
  }
}

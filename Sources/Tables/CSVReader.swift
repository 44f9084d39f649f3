/// One record of a CSV file: its cells, unquoted, and the line it begins on.
public struct CSVRecord: Sendable {
  /// The line the record begins on, from 1.
  public let line: Int
  /// The cells one after another, as UTF-8.
  let bytes: [UInt8]
  /// Where each cell ends in `bytes`.
  let ends: [Int]

  /// How many cells it has.
  public var count: Int { ends.count }

  /// The UTF-8 of the cell at `index`.
  public func utf8(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The cell at `index`.
  public subscript(_ index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }

  /// All cells.
  public var cells: [String] { ends.indices.map { self[$0] } }
}

/// Reads the records of a CSV file one after another: RFC 4180 without leniency.
///
/// Lines end in LF or CRLF, a byte order mark is passed over, quotes stand around whole cells and
/// are doubled within, every record has as many cells as the header. An apostrophe that
/// ``CSVWriter`` put before a formula is taken off again.
///
///     var reader = try CSVReader(bytes: bytes, file: "edges.csv")
///     while let record = try reader.next() { print(record.line, record.cells) }
///
/// - Complexity: O(*n*) in the bytes of the file.
public struct CSVReader: Sendable {
  /// The longest cell accepted unless told otherwise, in bytes.
  public static let longestCell = 65_536

  /// The names of the columns, in the order of the file.
  public let header: [String]
  private var scanner: CSVScanner

  /// Reads the header.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - file: The name used in errors.
  ///   - columns: The columns that must be there, in any order; `nil` accepts any header.
  ///   - optional: The columns that may be there besides.
  ///   - longestCell: The longest cell accepted, in bytes.
  /// - Throws: ``TableError`` when there is no header, or a column is empty, stands twice, is not
  ///   known, or is missing.
  public init(
    bytes: [UInt8],
    file: String,
    columns: [String]? = nil,
    optional: [String] = [],
    longestCell: Int = CSVReader.longestCell
  ) throws(TableError) {
    scanner = CSVScanner(bytes: bytes, file: file, longestCell: longestCell)
    guard let record = try scanner.record() else {
      throw TableError(
        file: file,
        line: 1,
        column: nil,
        reason: "the file is empty",
        advice: "begin it with a header" + (columns.map { ": \($0.joined(separator: ","))" } ?? "")
      )
    }
    header = record.cells
    scanner.header = header
    try checkHeader(file: file, line: record.line, columns: columns, optional: optional)
  }

  private func checkHeader(
    file: String,
    line: Int,
    columns: [String]?,
    optional: [String]
  ) throws(TableError) {
    func fault(_ column: String?, _ reason: String, _ advice: String) -> TableError {
      TableError(file: file, line: line, column: column, reason: reason, advice: advice)
    }
    var seen: Set<String> = []
    for (index, name) in header.enumerated() {
      guard !name.isEmpty else {
        throw fault(String(index + 1), "the column has no name", "name it, or delete the column")
      }
      guard seen.insert(name).inserted else {
        throw fault(excerpt(name), "the column stands twice", "delete or rename one of the two")
      }
      if let columns, !columns.contains(name), !optional.contains(name) {
        let all = (columns + optional).joined(separator: ", ")
        throw fault(excerpt(name), "the column is not known", "the columns are: \(all)")
      }
    }
    for name in columns ?? [] where !seen.contains(name) {
      throw fault(name, "the column is missing from the header", "add it; its cells may be empty")
    }
  }

  /// The next record, or `nil` at the end of the file.
  ///
  /// - Returns: A record with as many cells as the header.
  /// - Throws: ``TableError`` for the first fault; nothing can be read past it.
  public mutating func next() throws(TableError) -> CSVRecord? { try scanner.record() }
}

/// A whole CSV file in memory.
public struct CSVTable: Sendable {
  /// The names of the columns, in the order of the file.
  public let header: [String]
  /// The records in the order of the file, each with as many cells as the header.
  public let records: [CSVRecord]

  /// Reads a whole file; see ``CSVReader``.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - file: The name used in errors.
  ///   - columns: The columns that must be there, in any order; `nil` accepts any header.
  ///   - optional: The columns that may be there besides.
  /// - Throws: ``TableError`` for the first fault.
  public init(
    bytes: [UInt8],
    file: String,
    columns: [String]? = nil,
    optional: [String] = []
  ) throws(TableError) {
    var reader = try CSVReader(bytes: bytes, file: file, columns: columns, optional: optional)
    header = reader.header
    var records: [CSVRecord] = []
    while let record = try reader.next() { records.append(record) }
    self.records = records
  }

  /// Where the column `name` stands in the header and in each record.
  public func index(of name: String) -> Int? { header.firstIndex(of: name) }
}

internal import Claims
internal import Tables

/// A table of any kind as text: cells between commas, semicolons, tabs or bars, in any encoding, or the first sheet of a
/// workbook that has the columns.
package struct TableText: Sendable {
  /// A row below the header.
  package struct Row: Sendable {
    /// The line, or the number of the row in its sheet.
    package let line: Int
    /// The cells, as many as the header has, without blanks around them.
    package let cells: [String]
  }

  /// The names of the columns.
  package let header: [String]
  /// The rows below it in which anything stands.
  package let rows: [Row]

  /// The largest file that is read, in bytes.
  package static let limit = 1 << 29
  /// How many rows are looked at for the header.
  private static let headerRows = 80

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - columns: Columns that the header has; where none are told, the header is the row that speaks of payments.
  /// - Throws: ``PaymentError``, which names the columns that are missing.
  package init(_ path: String, columns: [String]) throws(PaymentError) {
    let bytes = try UnpackedFile.bytes(of: path, atMost: Self.limit)
    var missing: PaymentError?
    for sheet in try Self.sheets(bytes, path) {
      do throws(PaymentError) {
        (header, rows) = try Self.table(sheet.bytes, sheet.delimiters, columns, path)
        return
      } catch {
        missing = missing ?? error
      }
    }
    throw missing ?? .unreadable(path: path, reason: "the workbook has no rows")
  }

  private typealias Text = (bytes: [UInt8], delimiters: [UInt8])

  /// The texts that may hold the table: one, or one a sheet.
  private static func sheets(_ bytes: [UInt8], _ path: String) throws(PaymentError) -> [Text] {
    switch FileFormat(bytes) {
    case .zip:
      do throws(Zip.Fault) {
        let zip = try Zip(bytes)
        let isOpen = zip.named("content.xml") != nil
        let sheets = isOpen ? try ODS(zip).sheets() : try XLSX(zip).sheets()
        return sheets.filter { !$0.rows.isEmpty }.map { ($0.text, [9]) }
      } catch {
        throw error.cause ?? .unreadable(path: path, reason: error.reason)
      }
    case .other(let reason): throw .unreadable(path: path, reason: reason)
    case .table: return [(try utf8(bytes, path), TableSample.delimiters)]
    default:
      throw .unreadable(path: path, reason: "it is a statement of a bank: read it with ouro scan")
    }
  }

  private static func utf8(_ bytes: [UInt8], _ path: String) throws(PaymentError) -> [UInt8] {
    let stream = try ByteStream(bytes, from: path)
    defer { stream.shut() }
    var encoding = TextEncoding(beginning: bytes)
    if encoding == .utf8, !TextEncoding.isUTF8(bytes) { encoding = .windows1252 }
    stream.decode(encoding)
    return try stream.all(atMost: limit)
  }

  /// The header and the rows of a text, split by what splits it most evenly.
  private static func table(
    _ bytes: [UInt8],
    _ delimiters: [UInt8],
    _ columns: [String],
    _ path: String
  ) throws(PaymentError) -> (header: [String], rows: [Row]) {
    var names: [String] = []
    for delimiter in delimiters {
      let head = TableSample(bytes, delimiter: delimiter, isWhole: true, most: headerRows)
      let fitting = head.records.firstIndex { isHeader($0.cells, columns) }
      guard let fitting else {
        // The row with most in it is what a person takes for the header.
        for record in head.records where Self.filled(record.cells) > Self.filled(names) {
          names = record.cells
        }
        continue
      }
      let all = TableSample(bytes, delimiter: delimiter, isWhole: true, most: .max)
      let header = head.records[fitting].cells.map(\.trimmedText)
      let rows = all.records[(fitting + 1)...].filter { !$0.isBlank }.map { record in
        Row(line: record.line, cells: fitted(record.cells, header.count))
      }
      return (header, rows)
    }
    throw .badTable(missing(columns, names.map(\.trimmedText), path))
  }

  private static func filled(_ cells: [String]) -> Int { cells.count { !$0.trimmedText.isEmpty } }

  private static func missing(_ columns: [String], _ names: [String], _ path: String) -> TableError
  {
    let column = columns.sorted().first { !names.contains($0) }
    return TableError(
      file: path,
      line: 1,
      column: column,
      reason: column == nil
        ? "no row is a header that speaks of parties" : "the column is missing from the header",
      advice: "the header has: \(names.prefix(20).joined(separator: ", "))"
    )
  }

  private static func isHeader(_ cells: [String], _ columns: [String]) -> Bool {
    let names = cells.map(\.trimmedText)
    guard columns.isEmpty else { return columns.allSatisfy { names.contains($0) } }
    return names.count { !HeaderTags(of: $0).isEmpty } > 1
  }

  private static func fitted(_ cells: [String], _ count: Int) -> [String] {
    let cells = cells.prefix(count).map(\.trimmedText)
    return cells + Array(repeating: "", count: count - cells.count)
  }

  // MARK: What cells say

  /// The mark before decimals of some columns; `nil` where their cells do not decide it.
  package func decimalMark(of columns: [Int]) -> DecimalMark? {
    var evidence = DecimalEvidence()
    for row in rows { for column in columns { evidence.add(row.cells[column]) } }
    return evidence.mark
  }

  /// The orders of day, month and year by which every cell of some columns is a day: of several that all give the same
  /// days the first alone.
  package func dayOrders(of columns: [Int]) -> [DayOrder] {
    let cells = rows.flatMap { row in columns.map { row.cells[$0] } }
      .filter { !$0.isEmpty && PartialDate($0) == nil }
    var fitting: [(order: DayOrder, days: [String])] = []
    for order in DayOrder.allCases {
      let days = cells.compactMap { Self.date($0, order) }
      guard days.count == cells.count, !fitting.contains(where: { $0.days == days }) else {
        continue
      }
      fitting.append((order, days))
    }
    return fitting.map(\.order)
  }

  /// A day, a month or a year as books write it; `nil` for anything else.
  package static func date(_ cell: String, _ order: DayOrder) -> String? {
    if let date = PartialDate(cell) { return date.description }
    guard let seconds = ColumnProfile.moment(cell, order) else { return nil }
    return Day(ordinal: Int((Double(seconds) / 86_400).rounded(.down))).description
  }

  /// An amount as books write it, in units of `unit`, and the currency beside it; `nil` where a cell is none.
  package static func amount(
    _ cell: String,
    _ mark: DecimalMark,
    unit: Int64
  ) -> (value: String, currency: String?)? {
    ColumnProfile.withBytes(cell) { bytes -> (value: String, currency: String?)? in
      guard
        case .units(let units, let isNegative, let affix) = AmountReader(
          mark,
          digits: 2,
          rounds: false
        ).read(bytes), !isNegative
      else { return nil }
      let name = affix.map { String(decoding: $0, as: UTF8.self) }
      let currency = name.flatMap(CurrencyName.code)
      guard name == nil || currency != nil else { return nil }
      let (scaled, overflow) = units.multipliedReportingOverflow(by: unit)
      guard !overflow else { return nil }
      let (whole, cents) = (scaled / 100, scaled % 100)
      let value = cents == 0 ? "\(whole)" : "\(whole).\(cents < 10 ? "0" : "")\(cents)"
      return (value, currency == "$" ? "USD" : currency)
    }
  }

  /// What columns are called that say who pays whom how much and when, as a map could name them.
  package var proposal: [(target: String, column: String)] {
    let wanted: [(String, HeaderTags)] = [
      ("payer", .payer), ("payee", .payee), ("amount", .amount), ("currency", .currency),
      ("reported", .date), ("note", .text),
    ]
    var taken: Set<String> = []
    return wanted.compactMap { target, tag in
      let column = header.first {
        HeaderTags(of: $0).contains(tag) && !taken.contains($0) && !$0.isEmpty
      }
      guard let column, taken.insert(column).inserted else { return nil }
      return (target, column)
    }
  }
}

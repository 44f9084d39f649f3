/// The first rows of a table, as text.
struct TableSample {
  struct Record {
    let line: Int
    let cells: [String]

    /// Whether nothing stands in it.
    var isBlank: Bool { cells.allSatisfy { $0.trimmedText.isEmpty } }
  }

  let delimiter: UInt8
  private(set) var records: [Record] = []

  /// How many rows are looked at.
  static let most = 4_000
  static let delimiters: [UInt8] = [9, 59, 44, 124]

  /// Splits the beginning of a text; where it goes on behind, its last row is left out.
  init(_ bytes: [UInt8], delimiter: UInt8, isWhole: Bool, most: Int = Self.most) {
    self.delimiter = delimiter
    var bytes = bytes.starts(with: BlockReader.mark) ? bytes[3...] : bytes[...]
    if let instruction = Self.separatorLine(bytes) { bytes = bytes.dropFirst(instruction) }
    var line = bytes.startIndex == 0 || bytes.startIndex == 3 ? 1 : 2
    while !bytes.isEmpty, records.count < most {
      guard let (cells, lines, size) = Self.row(bytes, delimiter) else { break }
      if size == bytes.count, !isWhole, records.count > 1 { break }
      records.append(Record(line: line, cells: cells))
      line += lines
      bytes = bytes.dropFirst(size)
    }
  }

  /// A first line `sep=;`, as spreadsheets write it: how many bytes it has.
  static func separatorLine(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.starts(with: Array("sep=".utf8)),
      let end = bytes.prefix(16).firstIndex(of: 10)
    else { return nil }
    return end + 1 - bytes.startIndex
  }

  /// The cells of the first row, how many lines and bytes it has.
  private static func row(
    _ bytes: ArraySlice<UInt8>,
    _ delimiter: UInt8
  ) -> (cells: [String], lines: Int, size: Int)? {
    let scan = bytes.withUnsafeBufferPointer { bytes -> (end: Int, lines: Int, isTorn: Bool) in
      var scanner = RowScanner(delimiter)
      guard let base = bytes.baseAddress else { return (0, 0, false) }
      if let end = scanner.rowEnd(base, from: 0, to: bytes.count) {
        return (end, scanner.lineEnds, false)
      }
      if !scanner.isInQuotes { return (bytes.count, scanner.lineEnds + 1, false) }
      return (bytes.firstIndex(of: 10) ?? bytes.count, 1, true)
    }
    let row = bytes.prefix(scan.end)
    let cells =
      scan.isTorn
      ? row.split(separator: delimiter, omittingEmptySubsequences: false).map(Array.init)
      : split(row, delimiter)
    return (
      cells.map { String(decoding: $0, as: UTF8.self) }, max(1, scan.lines),
      min(scan.end + 1, bytes.count)
    )
  }

  private static func split(_ row: ArraySlice<UInt8>, _ delimiter: UInt8) -> [[UInt8]] {
    var row = row
    if row.last == 13 { row.removeLast() }
    var cells: [[UInt8]] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var place = row.startIndex
    while place < row.endIndex {
      let byte = row[place]
      if isQuoted {
        if byte == 34, place + 1 < row.endIndex, row[place + 1] == 34 {
          cell.append(34)
          place += 1
        } else if byte == 34 {
          isQuoted = false
        } else {
          cell.append(byte)
        }
      } else if byte == 34, cell.isEmpty {
        isQuoted = true
      } else if byte == delimiter {
        cells.append(cell)
        cell = []
      } else {
        cell.append(byte)
      }
      place += 1
    }
    cells.append(cell)
    return cells
  }

  /// The number of cells that most rows have which have more than one.
  var width: Int {
    var counts: [Int: Int] = [:]
    for record in records.suffix(max(1, records.count - records.count / 3))
    where record.cells.count > 1 && !record.isBlank {
      counts[record.cells.count, default: 0] += 1
    }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
  }
}

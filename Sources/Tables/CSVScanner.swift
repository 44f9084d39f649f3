/// The bytes of a CSV file and how far they have been read.
struct CSVScanner: Sendable {
  private let bytes: [UInt8]
  private let file: String
  private let longestCell: Int
  private var position = 0
  private var line = 1
  /// The record under way.
  private var content: [UInt8] = []
  private var ends: [Int] = []
  /// The columns every later record must fill; `nil` before the header is read.
  var header: [String]?

  init(bytes: [UInt8], file: String, longestCell: Int) {
    (self.bytes, self.file, self.longestCell) = (bytes, file, longestCell)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next record, or `nil` at the end.
  mutating func record() throws(TableError) -> CSVRecord? {
    guard position < bytes.count else { return nil }
    let first = line
    content.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    try refuseBlankLine()
    while try cell() {}
    let record = CSVRecord(line: first, bytes: content, ends: ends)
    try checkEncoding(record)
    try checkCount(record)
    return record
  }

  private func refuseBlankLine() throws(TableError) {
    guard lineEnd(at: position) != nil else { return }
    throw fault(line, column: nil, "the line is empty", "delete it")
  }

  /// Reads one cell with what ends it; tells whether another follows on the line.
  private mutating func cell() throws(TableError) -> Bool {
    let start = content.count
    if position < bytes.count, bytes[position] == .quote {
      try quotedCell(from: start)
    } else {
      try plainCell(from: start)
    }
    takeApostropheOff(from: start)
    ends.append(content.count)
    guard position < bytes.count else { return false }
    if let length = lineEnd(at: position) {
      position += length
      line += 1
      return false
    }
    position += 1
    return true
  }

  /// Reads up to a comma or the end of the line.
  private mutating func plainCell(from start: Int) throws(TableError) {
    let first = position
    while position < bytes.count, bytes[position] != .comma, lineEnd(at: position) == nil {
      switch bytes[position] {
      case .quote:
        throw fault(
          line,
          "a quote stands in a cell that does not begin with one",
          "put quotes around the whole cell and double those within"
        )
      case .carriageReturn:
        throw fault(
          line,
          "a carriage return stands without a line feed",
          "end lines in LF or CRLF, or put quotes around the cell"
        )
      case 0: throw nulFault()
      default: position += 1
      }
    }
    content += bytes[first..<position]
    try checkLength(from: start, line)
  }

  /// Reads from an opening quote past the closing one.
  private mutating func quotedCell(from start: Int) throws(TableError) {
    let opened = line
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == .quote {
        guard position < bytes.count, bytes[position] == .quote else {
          return try checkClosed(opened: opened)
        }
        position += 1
      } else if byte == .lineFeed {
        line += 1
      } else if byte == 0 {
        throw nulFault()
      }
      content.append(byte)
      try checkLength(from: start, opened)
    }
    throw fault(opened, "the quote opened here is never closed", "close it, or double it")
  }

  private func checkClosed(opened: Int) throws(TableError) {
    guard position < bytes.count, bytes[position] != .comma, lineEnd(at: position) == nil else {
      return
    }
    let place = opened == line ? "" : ", opened on line \(opened)"
    throw fault(
      line,
      "text follows the closing quote of the cell\(place)",
      "double the quotes within a cell; put a comma after its end"
    )
  }

  private func checkLength(from start: Int, _ line: Int) throws(TableError) {
    guard content.count - start > longestCell else { return }
    throw fault(
      line,
      "the cell has more than \(longestCell) bytes",
      "shorten it, or look for a quote that is not closed"
    )
  }

  private func nulFault() -> TableError {
    fault(line, "a NUL byte stands in the cell", "delete it, or save the file as UTF-8")
  }

  /// Undoes what `CSVWriter` does to formulas.
  private mutating func takeApostropheOff(from start: Int) {
    guard start < content.count, content[start] == .apostrophe, isFormula(content[start...])
    else { return }
    content.remove(at: start)
  }

  /// The length of the line end at `index`; `nil` where there is none.
  private func lineEnd(at index: Int) -> Int? {
    switch bytes[index] {
    case .lineFeed: 1
    case .carriageReturn:
      index + 1 < bytes.count && bytes[index + 1] == .lineFeed ? 2 : nil
    default: nil
    }
  }

  private func checkEncoding(_ record: CSVRecord) throws(TableError) {
    guard record.bytes.contains(where: { $0 >= 0x80 }), let index = utf8Fault(in: record.bytes)
    else { return }
    let lines = record.bytes[..<index].count { $0 == .lineFeed }
    let column = record.ends.firstIndex { index < $0 } ?? 0
    throw fault(
      record.line + lines,
      column: columnName(column),
      "byte 0x\(String(record.bytes[index], radix: 16)) is not UTF-8",
      "save the file as UTF-8"
    )
  }

  private func checkCount(_ record: CSVRecord) throws(TableError) {
    guard let header, record.count != header.count else { return }
    let advice =
      record.count < header.count
      ? "add commas for the empty cells: the first missing is \(header[record.count])"
      : "put quotes around a cell that holds a comma"
    throw fault(
      record.line,
      column: nil,
      "the record has \(record.count) cells, the header has \(header.count)",
      advice
    )
  }

  private func columnName(_ index: Int) -> String {
    guard let header, index < header.count else { return String(index + 1) }
    return header[index]
  }

  /// A fault in the cell being read.
  private func fault(_ line: Int, _ reason: String, _ advice: String) -> TableError {
    fault(line, column: columnName(ends.count), reason, advice)
  }

  private func fault(
    _ line: Int,
    column: String?,
    _ reason: String,
    _ advice: String
  ) -> TableError {
    TableError(file: file, line: line, column: column, reason: reason, advice: advice)
  }
}

/// Where the first byte stands that no UTF-8 text has there.
private func utf8Fault(in bytes: [UInt8]) -> Int? {
  if String(validating: bytes, as: UTF8.self) != nil { return nil }
  var parser = Unicode.UTF8.ForwardParser()
  var rest = bytes.makeIterator()
  var index = 0
  while case .valid(let scalar) = parser.parseScalar(from: &rest) { index += scalar.count }
  return index < bytes.count ? index : nil
}

/// Writes a CSV file: LF line ends, quotes only where they are needed, formulas neutralised.
///
/// A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return. Such a
/// cell, unless it is a plain number, is written with an apostrophe before it; a cell that begins
/// with apostrophes and then such a character gets one more, so that ``CSVReader``, which takes one
/// off, gives back what was written, whatever it was.
public struct CSVWriter: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8] = []
  private let columnCount: Int

  /// Writes the header.
  public init(header: [String]) {
    columnCount = header.count
    append(header)
  }

  /// Writes one record, which has a cell for each column.
  public mutating func append(_ cells: [String]) {
    precondition(cells.count == columnCount, "a record has a cell for each column")
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(.comma) }
      append(cell, isAlone: cells.count == 1)
    }
    bytes.append(.lineFeed)
  }

  /// What has been written since the last call, for writing on piece by piece.
  public mutating func drain() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Writes one cell; a lone empty one is quoted, because an empty line is no record.
  private mutating func append(_ cell: String, isAlone: Bool) {
    let isNeutralised = isFormula(cell.utf8) && StrictDecimal(cell) == nil
    let isQuoted = (isAlone && cell.isEmpty) || cell.utf8.contains(where: \.needsQuotes)
    if isQuoted { bytes.append(.quote) }
    if isNeutralised { bytes.append(.apostrophe) }
    for byte in cell.utf8 {
      if byte == .quote { bytes.append(.quote) }
      bytes.append(byte)
    }
    if isQuoted { bytes.append(.quote) }
  }
}

/// Whether a cell is written as it stands.
package func isPlainCell(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
  !isFormula(cell) && !cell.contains(where: \.needsQuotes)
}

/// Whether a cell, after any apostrophes, begins as what a spreadsheet would run.
package func isFormula(_ cell: some Sequence<UInt8>) -> Bool {
  guard let first = cell.first(where: { $0 != .apostrophe }) else { return false }
  return first.beginsFormula
}

extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")

  fileprivate var needsQuotes: Bool {
    self == .comma || self == .quote || self == .lineFeed || self == .carriageReturn
  }

  fileprivate var beginsFormula: Bool {
    switch self {
    case .tab, .carriageReturn, UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "@"):
      true
    default: false
    }
  }
}

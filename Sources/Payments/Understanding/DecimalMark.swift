/// What stands before the decimals of an amount.
public enum DecimalMark: String, Sendable, Codable, CaseIterable {
  case point
  case comma
}

/// What the amounts of a column say of the mark before decimals.
struct DecimalEvidence {
  private(set) var point = 0
  private(set) var comma = 0
  /// Amounts that read differently with either, and one of each such mark.
  private(set) var either = 0
  /// The first cell that speaks for each, and the first that does for neither.
  private(set) var examples: [String?] = [nil, nil, nil]

  /// Looks at a cell.
  mutating func add(_ cell: String) {
    let marks = cell.filter { $0 == "." || $0 == "," }
    guard let last = marks.last, cell.contains(where: \.isNumber) else { return }
    let body = cell.filter { $0.isNumber || $0 == "." || $0 == "," }
    let after = body.reversed().prefix { $0 != last }.count
    let before = body.prefix { $0 != last }
    if Set(marks).count == 2 {
      note(last, cell)
    } else if marks.count > 1 {
      note(last == "." ? "," : ".", cell)
    } else if after != 3 || before.count > 3 || before.isEmpty || before.first == "0"
      || cell.contains(where: { $0 == "'" || $0 == "’" })
      || Self.hasBlankBetweenDigits(cell) || Self.hasPower(cell)
    {
      note(last, cell)
    } else {
      either += 1
      examples[2] = examples[2] ?? cell
    }
  }

  private static func hasBlankBetweenDigits(_ cell: String) -> Bool {
    let parts = cell.split(whereSeparator: \.isWhitespace)
    return parts.count { $0.contains(where: \.isNumber) } > 1
  }

  /// Whether a power of ten follows the digits, as in 5.689E7.
  private static func hasPower(_ cell: String) -> Bool {
    let letters = Array(cell)
    return letters.indices.dropFirst().dropLast().contains { index in
      letters[index].lowercased() == "e" && letters[index - 1].isNumber
        && (letters[index + 1].isNumber || "+-".contains(letters[index + 1]))
    }
  }

  private mutating func note(_ mark: Character, _ cell: String) {
    // What cannot be read with a mark does not speak for it.
    let reader = AmountReader(mark == "." ? .point : .comma, digits: 2, rounds: true)
    switch ColumnProfile.withBytes(cell, { reader.read($0) }) {
    case .units, .large: break
    default: return
    }
    if mark == "." {
      point += 1
      examples[0] = examples[0] ?? cell
    } else {
      comma += 1
      examples[1] = examples[1] ?? cell
    }
  }

  mutating func add(_ other: DecimalEvidence) {
    (point, comma, either) = (point + other.point, comma + other.comma, either + other.either)
    for index in 0..<3 { examples[index] = examples[index] ?? other.examples[index] }
  }

  /// The mark, where the column decides it or it does not matter; else the cells that say otherwise.
  var mark: DecimalMark? {
    if point > 0, comma > 0 { return nil }
    if comma > 0 { return .comma }
    return point > 0 || either == 0 ? .point : nil
  }
}

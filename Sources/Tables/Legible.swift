extension Unicode.Scalar {
  /// Whether a reader sees the character for what it is, and it moves nothing but the place after it.
  ///
  /// Not legible are controls, ends of lines, marks of direction, whatever else shows nothing by itself, and
  /// what never will be a character.
  public var isLegible: Bool {
    guard !isASCII else { return value >= 0x20 && value != 0x7F }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return false
    default: return !properties.isDefaultIgnorableCodePoint && !properties.isNoncharacterCodePoint
    }
  }
}

/// A text for a person, on one line: what is not legible in it is told by its number, as `\u{1b}`.
///
/// What others wrote (names, titles, notes, cells, paths) can so neither steer a terminal, nor turn what stands
/// around it, nor forge a line.
///
/// - Parameter text: Any text.
/// - Returns: The text, in which every character is legible.
public func legible(_ text: String) -> String {
  guard !text.unicodeScalars.allSatisfy(\.isLegible) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar.isLegible {
      result.unicodeScalars.append(scalar)
    } else {
      result += "\\u{\(String(scalar.value, radix: 16))}"
    }
  }
  return result
}

/// The beginning of a cell, for a message about it.
///
/// - Parameter cell: The cell.
/// - Returns: At most its first forty characters, made legible.
public func excerpt(_ cell: String) -> String {
  let beginning = cell.unicodeScalars.prefix(40)
  return legible(String(beginning)) + (cell.unicodeScalars.count > 40 ? "…" : "")
}

extension Sequence<String> {
  /// A text for people, made of its lines: what ends a line inside one of them does not end it here.
  public var legibleText: String { map(legible).joined(separator: "\n") }
}

/// Text of many lines, each of them legible.
///
/// - Parameter text: The text.
/// - Returns: The text, as it is where it is legible already.
package func legibleLines(_ text: [UInt8]) -> [UInt8] {
  let isPlain = text.allSatisfy { $0 == 10 || ($0 >= 0x20 && $0 < 0x7F) }
  if isPlain { return text }
  let lines = text.split(separator: 10, omittingEmptySubsequences: false)
  return Array(lines.map { String(decoding: $0, as: UTF8.self) }.legibleText.utf8)
}

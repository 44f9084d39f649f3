/// The cells of an entry as they are kept: a JSON object whose values are strings.
enum Cells {
  /// A JSON object of the cells that are not empty, in the order of the columns.
  static func json(columns: [String], values: [String]) -> String {
    let pairs = zip(columns, values).filter { !$0.1.isEmpty }
    return "{" + pairs.map { "\(quoted($0.0)):\(quoted($0.1))" }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// The cells by column; `nil` where `text` is not one object of strings, each named once.
  static func read(_ text: String) -> [String: String]? {
    var reader = CellReader(bytes: Array(text.utf8))
    return reader.object()
  }
}

/// Reads a JSON object of strings (RFC 8259) from its bytes; each step gives `nil` for anything else.
private struct CellReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func object() -> [String: String]? {
    var cells: [String: String] = [:]
    guard takes("{") else { return nil }
    if !takes("}") {
      repeat {
        guard let column = string(), takes(":"), let cell = string(),
          cells.updateValue(cell, forKey: column) == nil
        else { return nil }
      } while takes(",")
      guard takes("}") else { return nil }
    }
    skipBlanks()
    return position == bytes.count ? cells : nil
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  /// Takes `mark`, if it stands next but for blanks.
  private mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func string() -> String? {
    guard takes("\"") else { return nil }
    var text = ""
    while true {
      let start = position
      while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
        bytes[position] != UInt8(ascii: "\\")
      { position += 1 }
      text += String(decoding: bytes[start..<position], as: UTF8.self)
      guard position < bytes.count, bytes[position] >= 0x20 else { return nil }
      position += 1
      if bytes[position - 1] == UInt8(ascii: "\"") { return text }
      guard let scalar = escaped() else { return nil }
      text.unicodeScalars.append(scalar)
    }
  }

  /// What stands after a backslash.
  private mutating func escaped() -> Unicode.Scalar? {
    guard position < bytes.count else { return nil }
    position += 1
    switch Unicode.Scalar(bytes[position - 1]) {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return codePoint()
    default: return nil
    }
  }

  /// Four hexadecimal digits, or two such halves of a pair.
  private mutating func codePoint() -> Unicode.Scalar? {
    guard let first = unit() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    position += 2
    guard let second = unit(), (0xDC00..<0xE000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func unit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}

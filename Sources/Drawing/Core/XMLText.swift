/// Text that is safe as character data and as an attribute's value, in XML and in HTML.
///
/// Characters that XML forbids, and those that steer what stands around them, become U+FFFD.
///
/// - Parameter text: Any text.
/// - Returns: The escaped text.
package func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r": result += " "
    default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
    }
  }
  return result
}

/// Whether XML 1.0 admits the character (its production 2, less noncharacters), and it steers nothing:
/// no control, no mark of direction, nothing without a look of its own but what joins letters.
private func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0xFDD0...0xFDEF: return false
  case 0x200C, 0x200D: return true
  case let value where value & 0xFFFE == 0xFFFE: return false
  default: break
  }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: return false
  default: return true
  }
}

/// An identifier that can stand in `id`, `url(#…)` and a style sheet; never empty.
///
/// - Parameter text: Any text.
/// - Returns: Its ASCII letters, digits and hyphens, after a letter.
package func identifier(_ text: String) -> String {
  let kept = text.unicodeScalars.map { scalar -> Character in
    let isPlain = scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    return isPlain ? Character(scalar) : "-"
  }
  guard let first = kept.first, first.isLetter else { return "d" + String(kept) }
  return String(kept)
}

/// A place where a file breaks a rule of ours.
struct Violation: Equatable, CustomStringConvertible {
  let file: String
  let line: Int
  let reason: String

  var description: String { "\(file):\(line): \(reason)" }
}

/// A rule about one file, told its path from the package's root and its text.
typealias Rule = (_ name: String, _ text: String) -> [Violation]

/// The lines of a file with their numbers from 1, as an editor counts them.
///
/// Splits bytes, not characters: to Swift `\r\n` is one character and no newline.
func numberedLines(_ text: String) -> [(number: Int, line: String)] {
  var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  if lines.last?.isEmpty == true { lines.removeLast() }
  return lines.enumerated().map { ($0.offset + 1, String($0.element) ?? "") }
}

extension StringProtocol {
  /// The text without the blanks at its two ends.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

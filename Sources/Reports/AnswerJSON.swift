private import Foundation
internal import Tables

/// How answers are written as JSON: keys sorted and in snake_case, the same bytes for the same value.
package enum AnswerJSON {
  /// A value as JSON; nothing in it needs more than legible characters.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - isPretty: Whether on many lines.
  ///   - isAnswer: Whether keys are snake_case, as in all that people and scripts read; a file that is read back keeps
  ///     its own.
  /// - Returns: The text.
  /// - Throws: `EncodingError` for a number that JSON cannot hold.
  package static func text(
    of value: some Encodable,
    isPretty: Bool = true,
    isAnswer: Bool = true
  ) throws -> String {
    let encoder = JSONEncoder()
    if isAnswer { encoder.keyEncodingStrategy = .convertToSnakeCase }
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    let text = String(decoding: try encoder.encode(value), as: UTF8.self)
    guard !text.unicodeScalars.allSatisfy({ $0.isLegible || $0 == "\n" }) else { return text }
    return text.unicodeScalars.map { $0.isLegible || $0 == "\n" ? String($0) : $0.escapedInJSON }
      .joined()
  }
}

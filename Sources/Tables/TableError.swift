/// Why a table could not be read: where, what was found, what was expected, what to do.
public struct TableError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The file as the user named it, or `-` for standard input.
  public let file: String
  /// The line the trouble is on, from 1.
  public let line: Int
  /// The name of the column, or its number from 1 when it has no name; `nil` for a whole line.
  public let column: String?
  /// What is wrong, and what was found.
  public let reason: String
  /// What to do about it.
  public let advice: String

  /// Notes one fault in one place of one file.
  public init(file: String, line: Int, column: String?, reason: String, advice: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.advice = advice
  }

  /// One sentence for a person: `claims.csv:12, column low: …`.
  public var description: String {
    let place = column.map { "\(file):\(line), column \($0)" } ?? "\(file):\(line)"
    return "\(place): \(reason); \(advice)"
  }
}

import Claims
import Disk
import Foundation
import Reports
import Tables

/// What standard output is.
enum Terminal {
  /// Whether standard output is a terminal, which obeys controls in what it is given.
  static let takesOutput = isatty(1) == 1
}

/// Writes words to standard error, on one line, or to nobody where it is closed.
///
/// - Parameter words: The words; what is not legible among them, ends of lines too, is told by its number.
func say(_ words: String) { say(lines: legible(words)) }

/// Writes words to standard error, in place of any progress there, or to nobody where it is closed.
///
/// - Parameter words: The words, on as many lines as they have.
func say(lines words: String) {
  let text = Data(Progress.clearing.utf8 + legibleLines(Array("\(words)\n".utf8)))
  try? FileHandle.standardError.write(contentsOf: text)
}

/// Writes words to standard output.
///
/// - Parameter words: The words, to which a line end is added where they have none.
/// - Throws: ``FileError/couldNotWrite(path:reason:)`` when nobody takes them.
func show(_ words: String) throws(FileError) {
  let lines = words.hasSuffix("\n") ? words : words + "\n"
  try Files.replace("-", with: legibleLines(Array(lines.utf8)))
}

/// Writes data to standard output: as it is, but to a terminal as words are written.
///
/// - Parameter data: The data.
/// - Throws: ``FileError/couldNotWrite(path:reason:)`` when nobody takes it.
func show(data: [UInt8]) throws(FileError) {
  try Files.replace("-", with: Terminal.takesOutput ? legibleLines(data) : data)
}

/// Writes a value to standard output as JSON with sorted keys.
///
/// - Parameter value: The value.
/// - Throws: ``FileError/couldNotWrite(path:reason:)`` when nobody takes it.
func show(json value: some Encodable) throws {
  try show(json(value))
}

/// Writes an answer to standard output.
///
/// - Parameters:
///   - report: The answer.
///   - asJSON: Whether in JSON rather than in words.
///   - names: What people call the parties.
///   - inputs: The files that it rests on, which JSON tells.
///   - currency: The currency of all of its amounts, where it is of payments.
/// - Throws: ``FileError/couldNotWrite(path:reason:)`` when nobody takes it.
func show(
  _ report: some Reports.Report,
  asJSON: Bool,
  names: PartyNames,
  inputs: @autoclosure () throws -> [InputFile] = [],
  currency: Nullable<String>? = nil
) throws {
  guard asJSON else { return try show(report.text(names)) }
  try show(json: AnswerOfFiles(report, inputs: inputs(), currency: currency))
}

/// A value as JSON with sorted keys, the same bytes for the same value; nothing in it needs more than legible
/// characters.
///
/// - Parameters:
///   - value: The value.
///   - isPretty: Whether on many lines.
///   - isAnswer: Whether keys are snake_case, as in all that people and scripts read; a file that is read back keeps
///     its own.
/// - Returns: The text.
/// - Throws: `EncodingError` for a number that JSON cannot hold.
func json(
  _ value: some Encodable,
  isPretty: Bool = true,
  isAnswer: Bool = true
) throws -> String {
  try AnswerJSON.text(of: value, isPretty: isPretty, isAnswer: isAnswer)
}

import ArgumentParser
import Books
import Claims
import Drawing
import Foundation
import Loops
import Networks
import Payments
import Projection
import Reports
import Stress
import Tables

/// The exit codes, after `sysexits.h`, and the one place that maps errors to them.
///
/// 0 fine · 64 usage · 65 bad data · 66 no such input · 74 could not write.
enum Exit {
  static let badData: Int32 = 65
  static let noInput: Int32 = 66
  static let couldNotWrite: Int32 = 74

  /// Ends the program as `error` asks for: one sentence on standard error, and its code.
  static func end(_ error: any Error) -> Never {
    guard let code = code(for: error) else { Ouro.exit(withError: error) }
    say("ouro: \(error)")
    exit(code)
  }

  /// The code of our own errors; `nil` leaves the rest to the argument parser.
  static func code(for error: any Error) -> Int32? {
    switch error {
    case BookError.noSuchInput, PaymentError.noSuchInput: noInput
    case BookError.couldNotWrite, PaymentError.couldNotWrite: couldNotWrite
    case is PaymentError, is SumTooLarge, is BookError, is TableError, is ViewError,
      is NetworkError, is MeasureError, is StressError,
      is ScenarioError, is ProjectionError, is RunFileError, is FlowDiagramError, is EncodingError:
      badData
    default: nil
    }
  }

  /// Leaves a closed pipe and a full disk to be reported by the call that meets them.
  static func ignoreSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}

/// Writes words to standard error, in place of any progress there, or to nobody where it is closed.
func say(_ words: String) {
  try? FileHandle.standardError.write(contentsOf: Data("\(Progress.clearing)\(words)\n".utf8))
}

/// Writes data to standard output.
///
/// - Parameter text: The data, to which a line end is added where it has none.
/// - Throws: ``BookError/couldNotWrite(path:reason:)`` when nobody takes it.
func show(_ text: String) throws(BookError) {
  try Files.show(Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
}

/// Writes a value to standard output as JSON with sorted keys.
///
/// - Parameter value: The value.
/// - Throws: ``BookError/couldNotWrite(path:reason:)`` when nobody takes it.
func show(json value: some Encodable) throws {
  try show(json(value))
}

/// Writes an answer to standard output.
///
/// - Parameters:
///   - report: The answer.
///   - asJSON: Whether in JSON rather than in words.
///   - names: What people call the parties.
/// - Throws: ``BookError/couldNotWrite(path:reason:)`` when nobody takes it.
func show(_ report: some Reports.Report, asJSON: Bool, names: Reports.PartyNames) throws {
  try asJSON ? show(json: report) : show(report.text(names))
}

/// A value as JSON with sorted keys, the same bytes for the same value.
func json(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

import ArgumentParser
import Books
import Claims
import Drawing
import Disk
import Foundation
import Inputs
import Loops
import Networks
import Payments
import Projection
import Readers
import Reports
import Stress
import Tables
import Tracing

/// The exit codes, after `sysexits.h`, and the one place that maps errors to them.
///
/// 0 fine · 64 usage · 65 bad data · 66 no such input · 74 could not write.
enum Exit {
  static let badData: Int32 = 65
  static let noInput: Int32 = 66
  static let couldNotWrite: Int32 = 74

  /// How many faults of a file are told at once.
  private static let mostSentences = 50

  /// Ends the program as `error` asks for: a sentence on standard error, or one for each fault of a file, and its code.
  static func end(_ error: any Error) -> Never {
    if let code = code(for: error) {
      let sentences = (error as? BookError)?.sentences ?? ["\(error)"]
      for sentence in sentences.prefix(mostSentences) { say("ouro: \(sentence)") }
      let more = sentences.count - mostSentences
      if more > 0 { say("ouro: and \(Figures.count(more, "more fault"))") }
      exit(code)
    }
    let (code, message) = (Ouro.exitCode(for: error), message(for: error))
    guard !message.isEmpty else { exit(code.rawValue) }
    guard code == .success else {
      say(lines: message)
      exit(code.rawValue)
    }
    do throws(FileError) {
      try show("\(message)\n")
      exit(code.rawValue)
    } catch {
      end(error)
    }
  }

  /// Ends the program with a fault of its arguments that a command found when it ran, and with how that command is used.
  static func end(_ error: ValidationError, of command: any ParsableCommand.Type) -> Never {
    let usage = Ouro.usageString(for: command)
    let names = usage.prefix { $0 != "[" && $0 != "<" }.split(separator: " ")
      .joined(separator: " ")
    say(
      lines: """
        Error: \(legible(error.message))
        Usage: \(usage)
          See '\(names) --help' for more information.
        """
    )
    exit(Ouro.exitCode(for: error).rawValue)
  }

  /// Ends the program where too few files may be open: threads and event loops trap without theirs.
  static func refuseTooFewFiles() {
    let needed = 24
    var open: [Int32] = []
    while open.count < needed, case let copy = dup(STDERR_FILENO), copy >= 0 { open.append(copy) }
    for copy in open { close(copy) }
    guard open.count < needed, fcntl(STDERR_FILENO, F_GETFD) >= 0 else { return }
    say("ouro: too many open files: \(needed) more are needed; raise the limit (ulimit -n 1024)")
    exit(noInput)
  }

  /// Ends the program where an argument is not UTF-8: Swift would mend it, and another file would be meant.
  static func refuseArgumentsOutsideUnicode() {
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[place], String(validatingCString: argument) == nil
      else { continue }
      say("ouro: argument \(place) is not UTF-8: rename the file, or give it another name by ln -s")
      exit(64)
    }
  }

  /// What the argument parser says: many lines, of which what it repeats makes none.
  private static func message(for error: any Error) -> String {
    let given = CommandLine.arguments.flatMap { [$0] + $0.split(separator: "=").map(String.init) }
    let repeated = [(error as? ValidationError)?.message].compactMap(\.self) + given
    return repeated.filter { legible($0) != $0 }
      .reduce(Ouro.fullMessage(for: error)) { $0.replacing($1, with: legible($1)) }
  }

  /// The code of our own errors; `nil` leaves the rest to the argument parser.
  static func code(for error: any Error) -> Int32? {
    switch error {
    case is CannotFetch, FileError.noSuchInput, BookError.noSuchInput, PaymentError.noSuchInput:
      noInput
    case FileError.couldNotWrite, BookError.couldNotWrite, PaymentError.couldNotWrite,
      is CannotListen:
      couldNotWrite
    case is PaymentError, is SumTooLarge, is MoneyReturnError, is TracingError, is BookError,
      is TableError,
      is ViewError,
      is NetworkError, is MeasureError, is StressError,
      is ScenarioError, is ProjectionError, is RunFileError, is ScanPartError,
      is UnreadableFile, is NoFilings, is ModelUnavailable,
      is AcceptanceError, is AcceptanceProblem,
      is PlainSentence.Fault, is FiscalPeriod.Unknown, is TrailError,
      is FlowDiagramError, is EncodingError:
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

import Columns
import Disk
import Foundation
import Networks
import Payments
import Tables

/// Writes loops one after another to a file or to standard output.
///
/// As CSV a row is a payment: the loop's number, the step in it, the payment's line, and what it says. As
/// JSON lines a line is a loop.
final class LoopWriter {
  private let format: ListFormat
  private let payments: Payments
  private let file: NewFile
  private let isOnTerminal: Bool
  private var csv = CSVWriter(
    header: ["loop", "step", "line", "payer", "payee", "time", "amount"]
  )
  private var lines: [UInt8] = []
  private var number = 0
  private var pending = 0
  private var error: FileError?

  init(_ path: String, _ format: ListFormat, _ payments: Payments) throws {
    (self.format, self.payments) = (format, payments)
    file = try NewFile(path)
    isOnTerminal = path == "-" && Terminal.takesOutput
  }

  /// Writes a loop of payments; says whether it could.
  func write(_ loop: [Int]) -> Bool {
    number += 1
    pending += 1
    switch format {
    case .csv:
      for (step, payment) in loop.enumerated() {
        csv.append([
          String(number), String(step + 1), String(payments.line(of: payment)),
          payments.parties[Int(payments.payer[payment])],
          payments.parties[Int(payments.payee[payment])],
          PaymentTime.text(payments.time[payment]), amount(payment),
        ])
      }
    case .jsonl: lines += Array(line(loop).utf8)
    }
    if pending >= 1_000 { flush() }
    return error == nil
  }

  /// Writes what is left.
  func end() throws {
    flush()
    if let error { throw error }
    try file.end()
  }

  private func amount(_ payment: Int) -> String {
    amountText(payments.amountMinorUnits[payment], digits: payments.digits)
  }

  private func line(_ loop: [Int]) -> String {
    func list(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }
    let parties = loop.map { quoted(payments.parties[Int(payments.payer[$0])]) }
    let times = loop.map { quoted(PaymentTime.text(payments.time[$0])) }
    let lines = loop.map { String(payments.line(of: $0)) }
    return """
      {"loop":\(number),"parties":\(list(parties)),"times":\(list(times)),\
      "amounts":\(list(loop.map(amount))),"lines":\(list(lines))}

      """
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where !scalar.isLegible: result += escaped(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private func flush() {
    guard error == nil else { return }
    do throws(FileError) {
      let bytes = format == .csv ? csv.drain() : lines
      try file.write(isOnTerminal ? legibleLines(bytes) : bytes)
    } catch {
      self.error = error
    }
    lines.removeAll(keepingCapacity: true)
    pending = 0
  }
}

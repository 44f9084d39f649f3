internal import Columns
public import Payments
internal import Tables

/// Loops of payments as rows, one after another.
///
/// As CSV a row is a payment: the loop's number, the step in it, the payment's line, and what it says. As
/// JSON lines a line is a loop.
public struct LoopListing {
  /// How a list of loops is written.
  public enum Format: String, Sendable, CaseIterable { case csv, jsonl }

  private let format: Format
  private let payments: Payments
  private var csv = CSVWriter(
    header: ["loop", "step", "line", "payer", "payee", "time", "amount"]
  )
  private var lines: [UInt8] = []
  private var number = 0

  /// How many loops were added since rows were last taken.
  public private(set) var pending = 0

  /// A list of loops among `payments`.
  public init(_ payments: Payments, _ format: Format) {
    (self.payments, self.format) = (payments, format)
  }

  /// Adds a loop, as positions among the payments.
  public mutating func add(_ loop: [Int]) {
    number += 1
    pending += 1
    switch format {
    case .csv: for (step, payment) in loop.enumerated() { csv.append(row(step, payment)) }
    case .jsonl: lines += line(loop).utf8
    }
  }

  /// Takes the rows added since the last time; of CSV the first time the header too.
  ///
  /// - Returns: The rows.
  public mutating func drain() -> [UInt8] {
    pending = 0
    guard format == .jsonl else { return csv.drain() }
    defer { lines.removeAll(keepingCapacity: true) }
    return lines
  }

  private func row(_ step: Int, _ payment: Int) -> [String] {
    [
      String(number), String(step + 1), String(payments.line(of: payment)),
      payments.parties[Int(payments.payer[payment])],
      payments.parties[Int(payments.payee[payment])],
      PaymentTime.text(payments.time[payment]), amount(payment),
    ]
  }

  private func amount(_ payment: Int) -> String {
    Figures.exact(minorUnits: payments.amountMinorUnits[payment], digits: payments.digits)
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
      case _ where !scalar.isLegible: result += scalar.escapedInJSON
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

internal import Columns
public import Payments
internal import Tables

/// Loops of payments as rows, one after another.
///
/// As CSV a row is a payment: the loop's place, the step in it, the payment's line, what it says, and the loop's number. As
/// JSON lines a line is a loop.
public struct LoopListing {
  /// How a list of loops is written.
  public enum Format: String, Sendable, CaseIterable { case csv, jsonl }

  private let format: Format
  private let payments: Payments
  private var csv = CSVWriter(
    header: ["loop", "step", "line", "payer", "payee", "time", "amount", "finding"]
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
    case .csv:
      let id = FindingNumber.of(loop: loop, payments)
      for (step, payment) in loop.enumerated() { csv.append(row(step, payment) + [id]) }
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
    LoopLine(
      id: FindingNumber.of(loop: loop, payments),
      parties: loop.map { payments.parties[Int(payments.payer[$0])] },
      times: loop.map { PaymentTime.text(payments.time[$0]) },
      amounts: loop.map(amount),
      lines: loop.map { payments.line(of: $0) }
    ).json(number: number)
  }
}

/// A loop as one line of JSON.
struct LoopLine {
  let id: String
  let parties: [String]
  let times: [String]
  let amounts: [String]
  let lines: [Int]

  /// The line, with its end.
  func json(number: Int) -> String {
    func list(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }
    return """
      {"loop":\(number),"id":"\(id)","parties":\(list(parties.map(quoted))),\
      "times":\(list(times.map(quoted))),"amounts":\(list(amounts)),\
      "lines":\(list(lines.map(String.init)))}

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

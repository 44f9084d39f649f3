internal import Columns
package import Payments
internal import Tables

/// Loops of payments as rows, one after another.
///
/// As CSV a row is a payment: the loop's place, the step in it, the payment's line, what it says, the loop's number, and the
/// currency. As JSON lines a line is a loop.
package struct LoopListing {
  /// How a list of loops is written.
  package enum Format: String, Sendable, CaseIterable { case csv, jsonl }

  private let payments: Payments
  private var rows: LoopRows

  /// How many loops were added since rows were last taken.
  package var pending: Int { rows.pending }

  /// A list of loops among `payments`.
  package init(_ payments: Payments, _ format: Format) {
    self.payments = payments
    rows = LoopRows(format)
  }

  /// Adds a loop, as positions among the payments.
  package mutating func add(_ loop: [Int]) { rows.add(LoopLine(loop, payments)) }

  /// Takes the rows added since the last time; of CSV the first time the header too.
  ///
  /// - Returns: The rows.
  package mutating func drain() -> [UInt8] { rows.drain() }
}

/// The rows of a list of loops, whether they were just found or are told again from the parts of a scan.
package struct LoopRows {
  private let format: LoopListing.Format
  private var csv = CSVWriter(
    header: ["loop", "step", "line", "payer", "payee", "time", "amount", "finding", "currency"]
  )
  private var lines: [UInt8] = []
  private var number = 0

  /// How many loops were added since rows were last taken.
  package private(set) var pending = 0

  /// No loops yet.
  package init(_ format: LoopListing.Format) { self.format = format }

  mutating func add(_ loop: LoopLine) {
    number += 1
    pending += 1
    switch format {
    case .csv: for row in loop.rows(number: number) { csv.append(row) }
    case .jsonl: lines += loop.json(number: number).utf8
    }
  }

  /// Takes the rows added since the last time; of CSV the first time the header too.
  ///
  /// - Returns: The rows.
  package mutating func drain() -> [UInt8] {
    pending = 0
    guard format == .jsonl else { return csv.drain() }
    defer { lines.removeAll(keepingCapacity: true) }
    return lines
  }
}

/// A loop as one line of JSON, or as rows of CSV.
struct LoopLine: Equatable {
  let id: String
  let parties: [String]
  let times: [String]
  let amounts: [String]
  let lines: [Int]
  /// The currency of each amount, where the file says it.
  let currencies: [String?]

  /// The line, with its end.
  func json(number: Int) -> String {
    func list(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }
    return """
      {"loop":\(number),"id":"\(id)","parties":\(list(parties.map(quoted))),\
      "times":\(list(times.map(quoted))),"amounts":\(list(amounts)),\
      "currencies":\(list(currencies.map { $0.map(quoted) ?? "null" })),\
      "lines":\(list(lines.map(String.init)))}

      """
  }

  /// A row for each payment.
  func rows(number: Int) -> [[String]] {
    parties.indices.map { step in
      [
        String(number), String(step + 1), String(lines[step]), parties[step],
        parties[(step + 1) % parties.count], times[step], amounts[step], id,
        currencies[step] ?? "",
      ]
    }
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

extension LoopLine {
  /// A loop of payments, as positions among them.
  init(_ loop: [Int], _ payments: Payments) {
    self.init(
      id: FindingNumber.of(loop: loop, payments),
      parties: loop.map { payments.parties[Int(payments.payer[$0])] },
      times: loop.map { PaymentTime.text(payments.time[$0]) },
      amounts: loop.map {
        Figures.exact(minorUnits: payments.amountMinorUnits[$0], digits: payments.digits)
      },
      lines: loop.map { payments.line(of: $0) },
      currencies: loop.map { payments.currency(of: $0) }
    )
  }

  /// A loop as ``json(number:)`` wrote it; `nil` of anything else.
  init?(_ line: [UInt8]) {
    guard let value = try? JSONValue(line), let id = value["id"]?.text else { return nil }
    func texts(_ key: String) -> [String]? { value[key]?.elements.compactMap(\.text) }
    guard let parties = texts("parties"), let times = texts("times"),
      let amounts = texts("amounts"), let lines = texts("lines")?.compactMap(Int.init),
      !parties.isEmpty,
      [times.count, amounts.count, lines.count].allSatisfy({ $0 == parties.count })
    else { return nil }
    // Parts of scans that were written before amounts had currencies have none.
    let named = value["currencies"]?.elements.map(\.text) ?? parties.map { _ in nil }
    guard named.count == parties.count else { return nil }
    self.init(
      id: id,
      parties: parties,
      times: times,
      amounts: amounts,
      lines: lines,
      currencies: named
    )
  }
}

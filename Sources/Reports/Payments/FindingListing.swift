internal import Columns
internal import Tables

/// Findings as rows, one after another.
///
/// As CSV a row is a payment: the finding's number, the payment's line, and what it says. As JSON lines a line is a finding.
package struct FindingListing<Finding> {
  private let format: LoopListing.Format
  private let rows: (Finding) -> [[String]]
  private var csv: CSVWriter
  private var lines: [UInt8] = []

  fileprivate init(
    _ format: LoopListing.Format,
    header: [String],
    _ rows: @escaping (Finding) -> [[String]]
  ) {
    (self.format, self.rows) = (format, rows)
    csv = CSVWriter(header: header)
  }

  /// Adds a finding.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - json: Writes it as one line of JSON.
  /// - Throws: What `json` throws.
  package mutating func add(_ finding: Finding, json: (Finding) throws -> String) rethrows {
    guard format == .csv else {
      lines += try json(finding).utf8
      lines.append(10)
      return
    }
    for row in rows(finding) { csv.append(row) }
  }

  /// Takes the rows added since the last time; of CSV the first time the header too.
  ///
  /// - Returns: The rows.
  package mutating func drain() -> [UInt8] {
    guard format == .jsonl else { return csv.drain() }
    defer { lines.removeAll(keepingCapacity: true) }
    return lines
  }
}

extension FindingListing<ReturnFinding> {
  /// An empty list of returns, with how much of it each payment can have carried.
  package init(returns format: LoopListing.Format) {
    let header = ["finding", "party", "line", "payer", "payee", "time", "amount", "carried"]
    self.init(format, header: header) { finding in
      finding.payments.map { payment in
        [
          finding.id, finding.party, String(payment.line), payment.payer, payment.payee,
          payment.time, payment.exactAmount, payment.exactCarried,
        ]
      }
    }
  }
}

extension FindingListing<PatternFinding> {
  /// An empty list of patterns.
  package init(patterns format: LoopListing.Format) {
    let header = ["finding", "kind", "party", "line", "payer", "payee", "time", "amount"]
    self.init(format, header: header) { finding in
      finding.payments.map { payment in
        [
          finding.id, finding.kind, finding.party, String(payment.line), payment.payer,
          payment.payee, payment.time, payment.exact,
        ]
      }
    }
  }
}

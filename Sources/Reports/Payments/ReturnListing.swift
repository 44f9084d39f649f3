internal import Columns
internal import Tables

/// Returns as rows, one after another.
///
/// As CSV a row is a payment: the finding's number, the payment's line, what it says, and how much of it came back. As JSON
/// lines a line is a finding.
public struct ReturnListing {
  private let format: LoopListing.Format
  private var csv = CSVWriter(
    header: ["finding", "party", "line", "payer", "payee", "time", "amount", "carried"]
  )
  private var lines: [UInt8] = []

  /// An empty list.
  public init(_ format: LoopListing.Format) { self.format = format }

  /// Adds a finding.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - json: Writes it as one line of JSON.
  /// - Throws: What `json` throws.
  public mutating func add(
    _ finding: ReturnFinding,
    json: (ReturnFinding) throws -> String
  ) rethrows {
    guard format == .csv else {
      lines += try json(finding).utf8
      lines.append(10)
      return
    }
    for payment in finding.payments {
      csv.append([
        finding.id, finding.party, String(payment.line), payment.payer, payment.payee, payment.time,
        payment.exactAmount, payment.exactCarried,
      ])
    }
  }

  /// Takes the rows added since the last time; of CSV the first time the header too.
  ///
  /// - Returns: The rows.
  public mutating func drain() -> [UInt8] {
    guard format == .jsonl else { return csv.drain() }
    defer { lines.removeAll(keepingCapacity: true) }
    return lines
  }
}

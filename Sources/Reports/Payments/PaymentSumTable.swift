internal import Claims
internal import Columns
public import Payments
internal import Tables

/// The sums of payments as an edge list: `from,to,weight`, and the month's first day as `time` where months are
/// kept apart.
public struct PaymentSumTable {
  /// What the file calls the party at a position; the payments themselves are let go.
  private let name: (Int) -> String
  private let partyCount: Int
  private let digits: Int
  private let sums: PaymentSums
  private let isByMonth: Bool

  /// Adds up `payments`.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - byMonth: Whether months are kept apart.
  ///   - threads: The number of threads; the answer is the same for any.
  /// - Throws: ``SumTooLarge``.
  public init(of payments: consuming Payments, byMonth: Bool, threads: Int) throws {
    let parties = payments.parties
    name = { parties[$0] }
    (partyCount, digits, isByMonth) = (parties.count, payments.digits, byMonth)
    sums = try payments.sums(byMonth: byMonth, threads: threads)
  }

  /// Hands the rows on, a megabyte at a time.
  ///
  /// - Parameter consume: Takes some of the rows.
  /// - Throws: What `consume` throws.
  public func write(_ consume: ([UInt8]) throws -> Void) rethrows {
    let names = (0..<partyCount).map { cell(name($0)) }
    let months = sums.months.map { Array(",\($0.first)".utf8) }
    var bytes = Array("from,to,weight\(isByMonth ? ",time" : "")\n".utf8)
    for index in 0..<sums.count {
      bytes += names[Int(sums.payer[index])]
      bytes.append(UInt8(ascii: ","))
      bytes += names[Int(sums.payee[index])]
      bytes.append(UInt8(ascii: ","))
      bytes += Figures.exact(minorUnits: sums.amountMinorUnits[index], digits: digits).utf8
      if isByMonth { bytes += months[Int(sums.month[index])] }
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count > 1 << 20 {
        try consume(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try consume(bytes)
  }

  /// A name as it stands in a CSV file.
  private func cell(_ name: String) -> [UInt8] {
    var writer = CSVWriter(header: ["name", ""])
    _ = writer.drain()
    writer.append([name, ""])
    return writer.drain().dropLast(2)
  }
}

internal import Claims
internal import Columns
internal import Networks
package import Payments
internal import Tables

/// The sums of payments as an edge list: `from,to,weight`, the period's first day as `time` where periods are kept
/// apart, and the currency where there are several.
package struct PaymentSumTable {
  private let parties: NameTable
  let digits: Int
  private let sums: PaymentSums
  let isByPeriod: Bool
  /// The currency to write beside each sum.
  let currency: String?

  /// Adds up `payments`, which are let go.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - period: What is kept apart.
  ///   - currency: The currency to write beside each sum, where there are several.
  ///   - threads: The number of threads; the answer is the same for any.
  /// - Throws: ``SumTooLarge``.
  package init(
    of payments: consuming Payments,
    by period: SumPeriod,
    currency: String? = nil,
    threads: Int
  ) throws {
    let (parties, digits) = (payments.parties, payments.digits)
    let sums = try payments.sums(by: period, threads: threads)
    self.init(sums, parties, digits: digits, by: period, currency: currency)
  }

  private init(
    _ sums: PaymentSums,
    _ parties: NameTable,
    digits: Int,
    by period: SumPeriod,
    currency: String?
  ) {
    (self.sums, self.parties, self.digits) = (sums, parties, digits)
    (isByPeriod, self.currency) = (period != .all, currency)
  }

  /// How many payments are added up at once: of more, those of some payers after those of others.
  package static let paymentsAtOnce = 1 << 24

  /// Adds up payments and hands the rows on as they come, so that not all sums need be held.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - period: What is kept apart.
  ///   - currency: The currency to write beside each sum, where there are several.
  ///   - threads: The number of threads; the answer is the same for any.
  ///   - atOnce: How many payments are added up at once.
  ///   - withHeader: Whether to begin with the header.
  ///   - consume: Takes some of the rows.
  /// - Throws: ``SumTooLarge``, before any row, and what `consume` throws.
  package static func write(
    _ payments: Payments,
    by period: SumPeriod,
    currency: String? = nil,
    threads: Int,
    atOnce: Int = paymentsAtOnce,
    withHeader: Bool = true,
    _ consume: ([UInt8]) throws -> Void
  ) throws {
    let (parties, digits) = (payments.parties, payments.digits)
    var isFirst = withHeader
    try payments.forEachSums(by: period, atOnce: atOnce, threads: threads) { sums in
      let table = PaymentSumTable(sums, parties, digits: digits, by: period, currency: currency)
      try table.write(withHeader: isFirst, consume)
      isFirst = false
    }
  }

  /// Hands the rows on, a megabyte at a time.
  private func write(withHeader: Bool, _ consume: ([UInt8]) throws -> Void) rethrows {
    let periods = sums.periods.map { Array(",\($0)".utf8) }
    let money = currency.map { Array(",\($0)".utf8) } ?? []
    let header = "from,to,weight\(isByPeriod ? ",time" : "")\(currency == nil ? "" : ",currency")\n"
    var bytes = withHeader ? Array(header.utf8) : []
    for index in 0..<sums.count {
      append(Int(sums.payer[index]), to: &bytes)
      bytes.append(UInt8(ascii: ","))
      append(Int(sums.payee[index]), to: &bytes)
      bytes.append(UInt8(ascii: ","))
      appendExactAmount(sums.amountMinorUnits[index], digits: digits, to: &bytes)
      if isByPeriod { bytes += periods[Int(sums.period[index])] }
      bytes += money
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count > 1 << 20 {
        try consume(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try consume(bytes)
  }

  /// Writes the name of a party as it stands in a CSV file.
  private func append(_ party: Int, to bytes: inout [UInt8]) {
    let isPlain = parties.withUTF8(of: party) { name in
      guard isPlainCell(name) else { return false }
      bytes.append(contentsOf: name)
      return true
    }
    guard !isPlain else { return }
    var writer = CSVWriter(header: ["name", ""])
    _ = writer.drain()
    writer.append([parties[party], ""])
    bytes += writer.drain().dropLast(2)
  }

  /// The rows as JSON tells them.
  ///
  /// - Parameter currency: The currency of all of them, where it is known.
  /// - Returns: The rows, in order.
  package func rows(currency: String?) -> [Row] {
    (0..<count).map { index in
      Row(
        from: payer(of: index),
        to: payee(of: index),
        weight: AmountUnit(currency: nil, digits: digits).whole(
          Double(sums.amountMinorUnits[index])
        ),
        payments: paymentCount(of: index),
        time: firstDay(of: index),
        currency: currency
      )
    }
  }

  /// What one pays another, in all or in a period.
  package struct Row: Encodable, Sendable {
    let from: String
    let to: String
    let weight: Double
    let payments: Int
    /// The first day of the period.
    let time: String?
    @Nullable var currency: String?
  }

  /// How many sums there are.
  var count: Int { sums.count }

  /// Who pays.
  func payer(of index: Int) -> String { parties[Int(sums.payer[index])] }

  /// Who is paid.
  func payee(of index: Int) -> String { parties[Int(sums.payee[index])] }

  /// How much in all.
  func amountMinorUnits(of index: Int) -> Int64 { sums.amountMinorUnits[index] }

  /// How many payments it is the sum of.
  func paymentCount(of index: Int) -> Int { Int(sums.paymentCount[index]) }

  /// The first day of its period.
  func firstDay(of index: Int) -> String? {
    isByPeriod ? sums.periods[Int(sums.period[index])].description : nil
  }
}

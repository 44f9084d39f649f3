internal import Columns

extension PaymentStream {
  /// Some of the rows as payments of their own: parties are those that stand in them, in the order in which they come.
  ///
  /// - Parameter rows: The rows, at least one.
  /// - Returns: The payments, with the lines on which they stood, the last that a number of 32 bits holds where they are beyond.
  package func payments(of rows: [Row]) -> Payments {
    var numbers: [Int32: Int32] = [:]
    var (bytes, starts): ([UInt8], [Int]) = ([], [0])
    func number(_ party: Int32) -> Int32 {
      if let known = numbers[party] { return known }
      let own = Int32(truncatingIfNeeded: numbers.count)
      numbers[party] = own
      bytes += name(of: party).utf8
      starts.append(bytes.count)
      return own
    }
    let (payers, payees) = (rows.map { number($0.payer) }, rows.map { number($0.payee) })
    return Payments(
      payer: Column(payers),
      payee: Column(payees),
      time: Column(rows.map(\.time)),
      amountMinorUnits: Column(rows.map(\.amountMinorUnits)),
      parties: NameTable(bytes: Column(bytes), starts: Column(starts)),
      digits: format.digits,
      currency: format.currency,
      rejected: RejectedRows(LineRuns(), first: []),
      otherCurrencyRows: 0,
      lines: Column(rows.map { Int32(clamping: $0.line) })
    )
  }
}

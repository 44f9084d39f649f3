package import Tables

/// What accounts held before the first payment, as somebody states it.
///
/// A file of them has the columns `party,balance`, amounts as `1250.50` or `-40`.
package struct OpeningBalances: Sendable {
  /// The balance of each party that has one, in minor units.
  package let minorUnits: [Int: Int64]

  /// Reads a file of balances of the parties of `payments`.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, for errors.
  ///   - payments: The payments.
  /// - Throws: ``TableError`` for the first fault.
  package init(bytes: [UInt8], file: String, of payments: Payments) throws(TableError) {
    var reader = try CSVReader(bytes: bytes, file: file)
    let header = reader.header.map { $0.lowercased() }
    func fault(_ line: Int, _ column: String, _ reason: String, _ advice: String) -> TableError {
      TableError(file: file, line: line, column: column, reason: reason, advice: advice)
    }
    guard let party = header.firstIndex(of: "party"), let balance = header.firstIndex(of: "balance")
    else {
      let missing = header.contains("party") ? "balance" : "party"
      throw fault(1, missing, "the column is missing from the header", "begin with party,balance")
    }
    var units: [Int: Int64] = [:]
    while let record = try reader.next() {
      let named = payments.parties(named: record[party])
      guard let index = named.first, named.count == 1 else {
        let reason = named.isEmpty ? "no party of the payments" : "several parties"
        throw fault(record.line, "party", "\(reason) is called so", "write the account")
      }
      guard let amount = StrictDecimal(record[balance])?.scaled(by: payments.digits),
        amount.magnitude <= 1 << 53
      else {
        throw fault(record.line, "balance", "this is no amount", "write it as 1250.50, or -40")
      }
      guard units.updateValue(amount, forKey: index) == nil else {
        throw fault(record.line, "party", "the party has two balances", "keep one of the rows")
      }
    }
    minorUnits = units
  }
}

package import Columns
public import Tables

/// What one unit of each currency is worth in one of them, day by day, as somebody states it.
///
/// A file of rates has the columns `currency,rate,to` and perhaps `day`. A payment converts at the latest rate
/// of its day or before, or at the earliest there is.
public struct PaymentRates: Sendable {
  private struct Rate {
    let day: Int
    let rate: StrictDecimal
  }

  /// The currency that all others are worth so much of.
  public let base: String
  private var rates: [String: [Rate]] = [:]

  /// Reads a file of rates.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, for errors.
  /// - Throws: ``TableError`` for the first fault.
  public init(bytes: [UInt8], file: String) throws(TableError) {
    var reader = try CSVReader(bytes: bytes, file: file)
    let header = reader.header.map { $0.lowercased() }
    func column(_ name: String) throws(TableError) -> Int {
      guard let index = header.firstIndex(of: name) else {
        let advice = "begin with the header currency,rate,to,day"
        throw TableError(
          file: file,
          line: 1,
          column: name,
          reason: "the column is missing from the header",
          advice: advice
        )
      }
      return index
    }
    let (currency, rate, to) = (try column("currency"), try column("rate"), try column("to"))
    let day = header.firstIndex(of: "day")
    var base: String?
    while let record = try reader.next() {
      func fault(_ column: String, _ reason: String, _ advice: String) -> TableError {
        TableError(file: file, line: record.line, column: column, reason: reason, advice: advice)
      }
      guard let code = CurrencyName.code(record[currency]) else {
        throw fault(
          "currency",
          "\(excerpt(record[currency])) is no currency",
          "give its code, as USD"
        )
      }
      guard let other = CurrencyName.code(record[to]), base == nil || base == other else {
        throw fault(
          "to",
          "\(excerpt(record[to])) is not the one currency of all rates",
          "give all rates in one currency"
        )
      }
      guard let number = StrictDecimal(record[rate]), number.mantissa > 0 else {
        throw fault(
          "rate",
          "\(excerpt(record[rate])) is no rate",
          "write a number above 0, as 1.0650"
        )
      }
      var ordinal = Int.min
      if let day, !record[day].isEmpty {
        guard let read = PaymentTime.seconds(record[day]).map({ $0 / 86_400 }) else {
          throw fault("day", "\(excerpt(record[day])) is no day", "write 2026-01-31")
        }
        ordinal = read
      }
      base = other
      rates[code, default: []].append(Rate(day: ordinal, rate: number))
    }
    guard let base else {
      throw TableError(
        file: file,
        line: 1,
        column: nil,
        reason: "there are no rates below the header",
        advice: "add a row for each currency"
      )
    }
    self.base = base
    for code in rates.keys { rates[code]?.sort { $0.day < $1.day } }
  }

  /// Whether amounts of a currency convert.
  public func has(_ currency: String) -> Bool { currency == base || rates[currency] != nil }

  /// An amount in minor units of the base, rounded to the nearer; `nil` without a rate, or where it is too large.
  func converted(_ units: Int64, _ currency: String, time: Int) -> Int64? {
    if currency == base { return units }
    guard let own = rates[currency] else { return nil }
    let day = Int((Double(time) / 86_400).rounded(.down))
    let rate = (own.last { $0.day <= day } ?? own[0]).rate
    let product = Int128(units) * Int128(rate.mantissa)
    let scale = (0..<rate.scale).reduce(Int128(1)) { power, _ in power * 10 }
    let rounded = (product + scale / 2) / scale
    return rounded <= 1 << 53 ? Int64(rounded) : nil
  }
}

/// Payments as loops are searched in them: within one currency, or across those that rates make one.
package struct PaymentSearch: Sendable {
  /// The columns; a party stands in them once for each currency that converts into no other.
  package let columns: TransferColumns
  /// The party of each of their nodes.
  fileprivate let party: [Int32]?
  /// The currency of amounts in ``columns`` where payments of several meet.
  package let base: String?
  /// Currencies of payments that meet no others, because nobody gives their rates.
  package let apart: [String]

  /// The party that a node stands for.
  package func party(of node: Int) -> Int { party.map { Int($0[node]) } ?? node }
}

extension Payments {
  /// The payments to search for loops.
  ///
  /// - Parameter rates: What currencies are worth, where that is given.
  /// - Returns: The columns, and whom their nodes stand for.
  package func search(_ rates: PaymentRates?) -> PaymentSearch {
    guard let currencyNumber else {
      return PaymentSearch(columns: columns, party: nil, base: nil, apart: [])
    }
    // Amounts that name no currency are of one of their own.
    let converts = currencyCodes.map { code in !code.isEmpty && rates?.has(code) == true }
    let amounts = Column<Int64>(unwritten: count)
    var numbers: [UInt64: Int32] = [:]
    var party: [Int32] = []
    func node(_ own: Int32, _ currency: Int) -> Int32 {
      let group = converts[currency] ? 0 : UInt64(currency) + 1
      let key = group << 32 | UInt64(UInt32(bitPattern: own))
      if let known = numbers[key] { return known }
      numbers[key] = Int32(party.count)
      party.append(own)
      return Int32(party.count - 1)
    }
    let (payers, payees) = (Column<Int32>(unwritten: count), Column<Int32>(unwritten: count))
    for index in 0..<count {
      let currency = Int(currencyNumber.base[index])
      let units = amountMinorUnits.base[index]
      let code = currencyCodes[currency]
      amounts.base[index] =
        converts[currency] ? rates?.converted(units, code, time: time.base[index]) ?? units : units
      payers.base[index] = node(payer.base[index], currency)
      payees.base[index] = node(payee.base[index], currency)
    }
    let used = Set((0..<count).map { currencyNumber.base[$0] }).map { Int($0) }
    let apart = used.filter { !converts[$0] }.map { currencyCodes[$0] }.sorted()
    return PaymentSearch(
      columns: TransferColumns(
        payer: payers,
        payee: payees,
        time: time,
        amounts: .minorUnits(amounts),
        nodeCount: party.count
      ),
      party: party,
      base: used.contains { converts[$0] } ? rates?.base : nil,
      apart: apart
    )
  }

  /// The payments with all amounts in the currency of `rates`.
  ///
  /// - Parameter rates: What currencies are worth.
  /// - Returns: Those that convert, and how many do not.
  public func converted(by rates: PaymentRates) -> (payments: Payments, leftOut: Int) {
    var kept: [Int] = []
    var amounts: [Int64] = []
    for index in 0..<count {
      guard let code = currency(of: index),
        let units = rates.converted(amountMinorUnits.base[index], code, time: time.base[index])
      else { continue }
      kept.append(index)
      amounts.append(units)
    }
    return (picked(kept, currency: rates.base, amounts: Column(amounts)), count - kept.count)
  }
}

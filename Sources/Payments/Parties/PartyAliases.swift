internal import Columns
package import Tables

/// Names that a person says stand for others.
///
/// A file of them has the columns `alias,party`, and what else stands in it is for people.
package struct PartyAliases: Sendable {
  /// The party that each name stands for, at the end of names that stand for names.
  let party: [String: String]

  /// Reads a file of aliases.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, for errors.
  /// - Throws: ``TableError`` for the first fault.
  package init(bytes: [UInt8], file: String) throws(TableError) {
    var reader = try CSVReader(bytes: bytes, file: file)
    let header = reader.header.map { $0.lowercased() }
    func fault(_ line: Int, _ column: String, _ reason: String, _ advice: String) -> TableError {
      TableError(file: file, line: line, column: column, reason: reason, advice: advice)
    }
    guard let alias = header.firstIndex(of: "alias"), let party = header.firstIndex(of: "party")
    else {
      let missing = header.contains("alias") ? "party" : "alias"
      throw fault(1, missing, "the column is missing from the header", "begin with alias,party")
    }
    var known: [String: String] = [:]
    while let record = try reader.next() {
      let (from, to) = (Self.key(record[alias]), Self.key(record[party]))
      guard !from.isEmpty, !to.isEmpty else {
        throw fault(
          record.line,
          from.isEmpty ? "alias" : "party",
          "the cell is empty",
          "name both, or delete the row"
        )
      }
      guard known[from] == nil || known[from] == to else {
        throw fault(
          record.line,
          "alias",
          "\(excerpt(from)) stands for two parties",
          "keep one of the rows"
        )
      }
      if from != to { known[from] = to }
    }
    for start in known.keys {
      var (name, steps) = (start, 0)
      while let next = known[name] {
        (name, steps) = (next, steps + 1)
        guard steps <= known.count else {
          throw fault(
            1,
            "alias",
            "\(excerpt(start)) stands for itself by way of others",
            "break the circle"
          )
        }
      }
    }
    self.party = known.mapValues { first in
      var name = first
      while let next = known[name] { name = next }
      return name
    }
  }

  /// A name or an account as it is compared.
  static func key(_ text: String) -> String {
    let number = AccountNumber(text)
    return number.isIBAN ? number.text : text.trimmedText
  }
}

extension Payments {
  /// The payments with each party by the name that it stands for.
  ///
  /// - Parameter aliases: Names and whom they stand for, by accounts or names.
  /// - Returns: The payments, and how many parties go by another name.
  package func renamed(_ aliases: PartyAliases) -> (payments: Payments, used: Int) {
    var roll = Interner()
    var used = 0
    var labels: [Int32: String] = [:]
    let numbers = (0..<parties.count).map { index -> Int32 in
      let own = parties[index]
      let label = self.labels[Int32(index)]
      let other = aliases.party[own] ?? label.flatMap { aliases.party[$0] }
      if other != nil { used += 1 }
      let number = ColumnProfile.withBytes(other ?? own) { roll.number($0, seen: 0) }
      if let label, labels[number] == nil { labels[number] = label }
      return number
    }
    guard used > 0 else { return (self, 0) }
    var renamed = Payments(
      payer: Column((0..<count).map { numbers[Int(payer.base[$0])] }),
      payee: Column((0..<count).map { numbers[Int(payee.base[$0])] }),
      time: time,
      amountMinorUnits: amountMinorUnits,
      parties: NameTable(bytes: Column(roll.bytes), starts: Column(roll.starts)),
      digits: digits,
      currency: currency,
      rejected: rejected,
      otherCurrencyRows: otherCurrencyRows
    )
    renamed.takeRest(from: self)
    renamed.labels = labels
    return (renamed, used)
  }

  /// What stands beside the columns of payments, from others of the same rows.
  private mutating func takeRest(from other: Payments) {
    (otherLines, lines) = (other.otherLines, other.lines)
    (currencyNumber, currencyCodes) = (other.currencyNumber, other.currencyCodes)
    (sources, sourceEnds, twiceTold) = (other.sources, other.sourceEnds, other.twiceTold)
    (pipeHashes, packedFrom) = (other.pipeHashes, other.packedFrom)
  }

  /// What is left out of one party's.
  package struct LeftOut: Sendable {
    /// The name or account that was given.
    package let name: String
    /// How many payments it made or got.
    package let payments: Int
    /// What they add up to, by currency.
    package let totals: [PaymentTotal]
  }

  /// The payments without those of some parties.
  ///
  /// - Parameter names: Names or accounts.
  /// - Returns: The payments that are left, the parties as they are, and what was left out for each name.
  package func leavingOut(_ names: [String]) -> (payments: Payments, leftOut: [LeftOut]) {
    var reason: [Int32: Int] = [:]
    let wanted = Dictionary(
      names.enumerated().map { (PartyAliases.key($1), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for index in 0..<parties.count {
      let label = labels[Int32(index)]
      if let found = wanted[parties[index]] ?? label.flatMap({ wanted[$0] }) {
        reason[Int32(index)] = found
      }
    }
    var kept: [Int] = []
    var left = names.map { _ in [Int]() }
    for index in 0..<count {
      if let found = reason[payer.base[index]] ?? reason[payee.base[index]] {
        left[found].append(index)
      } else {
        kept.append(index)
      }
    }
    let told = zip(names, left).map { name, rows in
      LeftOut(name: name, payments: rows.count, totals: rows.isEmpty ? [] : taking(rows).totals)
    }
    return (kept.count == count ? self : taking(kept).withoutIdleParties, told)
  }

  /// The payments at some places, currencies as they are.
  private func taking(_ rows: [Int]) -> Payments {
    var taken = picked(rows, currency: currency ?? "")
    if let currencyNumber {
      taken.currencyNumber = Column(rows.map { currencyNumber.base[$0] })
      taken.currencyCodes = currencyCodes
    }
    return taken
  }

  /// The same payments without parties that neither pay nor are paid.
  private var withoutIdleParties: Payments {
    var roll = Interner()
    var numbers = [Int32](repeating: -1, count: parties.count)
    var labels: [Int32: String] = [:]
    func number(_ party: Int32) -> Int32 {
      if numbers[Int(party)] < 0 {
        numbers[Int(party)] = ColumnProfile.withBytes(parties[Int(party)]) {
          roll.number($0, seen: 0)
        }
        if let label = self.labels[party] { labels[numbers[Int(party)]] = label }
      }
      return numbers[Int(party)]
    }
    let sides = (0..<count).map { (number(payer.base[$0]), number(payee.base[$0])) }
    var kept = Payments(
      payer: Column(sides.map(\.0)),
      payee: Column(sides.map(\.1)),
      time: time,
      amountMinorUnits: amountMinorUnits,
      parties: NameTable(bytes: Column(roll.bytes), starts: Column(roll.starts)),
      digits: digits,
      currency: currency,
      rejected: rejected,
      otherCurrencyRows: otherCurrencyRows
    )
    kept.takeRest(from: self)
    kept.labels = labels
    return kept
  }
}

internal import Columns

/// What all payments of one currency add up to.
public struct PaymentTotal: Sendable, Equatable {
  /// The currency, where the file says it.
  public let currency: String?
  /// How many payments are in it.
  public let payments: Int
  /// Their sum, in minor units.
  public let minorUnits: Int128
}

extension Payments {
  /// What the payments of each currency add up to, in the order of the currencies' names.
  public var totals: [PaymentTotal] {
    guard let currencyNumber else {
      let sum = (0..<count).reduce(Int128(0)) { $0 + Int128(amountMinorUnits.base[$1]) }
      return [PaymentTotal(currency: currency, payments: count, minorUnits: sum)]
    }
    var sums = currencyCodes.map { _ in (count: 0, sum: Int128(0)) }
    for index in 0..<count {
      sums[Int(currencyNumber.base[index])].count += 1
      sums[Int(currencyNumber.base[index])].sum += Int128(amountMinorUnits.base[index])
    }
    return zip(currencyCodes, sums).filter { $1.count > 0 }
      .sorted { $0.0 < $1.0 }
      .map { PaymentTotal(currency: $0.isEmpty ? nil : $0, payments: $1.count, minorUnits: $1.sum) }
  }

  /// Whether no payment has a time of day: all are of days, or of one moment.
  package var knowsOnlyDays: Bool {
    guard count > 1 else { return false }
    let first = time.base[0]
    return (0..<count).allSatisfy { time.base[$0] % 86_400 == 0 }
      || (0..<count).allSatisfy { time.base[$0] == first }
  }

  /// The payments of one currency, the parties as they are.
  func only(currency number: UInt16) -> Payments {
    guard let currencyNumber else { return self }
    let kept = (0..<count).filter { currencyNumber.base[$0] == number }
    return picked(kept, currency: currencyCodes[Int(number)])
  }

  /// The payments at `kept`, in one currency.
  func picked(_ kept: [Int], currency: String, amounts: Column<Int64>? = nil) -> Payments {
    let amounts = amounts ?? Column(kept.map { amountMinorUnits.base[$0] })
    var picked = Payments(
      payer: Column(kept.map { payer.base[$0] }),
      payee: Column(kept.map { payee.base[$0] }),
      time: Column(kept.map { time.base[$0] }),
      amountMinorUnits: amounts,
      parties: parties,
      digits: digits,
      currency: currency.isEmpty ? nil : currency,
      rejected: rejected,
      otherCurrencyRows: otherCurrencyRows
    )
    picked.lines = Column(kept.map { Int32(truncatingIfNeeded: line(of: $0)) })
    (picked.labels, picked.sources, picked.pipeHashes) = (labels, sources, pipeHashes)
    picked.packedFrom = packedFrom
    picked.sourceEnds = sourceEnds.map { end in kept.partitionPoint { $0 >= end } }
    return picked
  }

  /// The payments of each currency by themselves, in the order of the currencies' names.
  public var byCurrency: [(currency: String?, payments: Payments)] {
    guard currencyNumber != nil else { return [(currency, self)] }
    let used = currencyCodes.indices.sorted { currencyCodes[$0] < currencyCodes[$1] }
    return used.map {
      (currencyCodes[$0].isEmpty ? nil : currencyCodes[$0], only(currency: UInt16($0)))
    }
    .filter { $0.1.count > 0 }
  }
}

extension [Int] {
  /// Where the first value stands for which `isBehind` holds, as it does for all after it.
  fileprivate func partitionPoint(_ isBehind: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

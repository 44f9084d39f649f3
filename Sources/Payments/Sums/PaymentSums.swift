public import Columns
public import Claims

/// What each party paid each other, in all or period by period.
public struct PaymentSums: Sendable {
  /// Who pays, ascending.
  public let payer: Column<Int32>
  /// Who is paid, ascending for one payer.
  public let payee: Column<Int32>
  /// The position of the period among ``periods``, ascending for one pair; 0 for sums of all time.
  public let period: Column<Int32>
  /// How much in all, in minor units.
  public let amountMinorUnits: Column<Int64>
  /// How many payments.
  public let paymentCount: Column<Int32>
  /// The first day of each period from that of the first payment to that of the last; none for sums of all time.
  public let periods: [Day]

  /// The number of sums.
  public var count: Int { payer.count }
}

/// A sum is more than a number can hold.
public struct SumTooLarge: Error, Equatable, CustomStringConvertible {
  /// Who pays.
  public let payer: String
  /// Who is paid.
  public let payee: String
  /// What was to be kept apart, where it is too many.
  let period: SumPeriod?

  init(payer: String, payee: String) { (self.payer, self.payee, period) = (payer, payee, nil) }

  init(period: SumPeriod) { (payer, payee, self.period) = ("", "", period) }

  /// One sentence for a person.
  public var description: String {
    if let period {
      return
        "there is more than one \(period.rawValue) for each of \(PeriodTable.most); sum longer periods"
    }
    return "what \(payer) pays \(payee) adds up to more than can be counted; sum shorter times"
  }
}

extension Payments {
  /// Adds up the payments of each pair.
  ///
  /// The payments themselves are let go on the way, where nobody else keeps them.
  ///
  /// - Parameters:
  ///   - period: What to keep apart.
  ///   - threads: The number of threads; the answer is the same for any.
  /// - Returns: The sums, by payer, payee and period.
  /// - Throws: ``SumTooLarge``, where one is, or where there are more periods than can be kept apart.
  /// - Complexity: O(*n* log *d*) for *d* payments of one payer.
  public consuming func sums(
    by period: SumPeriod,
    threads: Int = 1
  ) throws(SumTooLarge) -> PaymentSums {
    let parties = parties
    guard let calendar = PeriodTable(time, period) else { throw SumTooLarge(period: period) }
    let buckets = PayerBuckets(self, calendar, threads: threads)
    let assembly = Guarded(SumAssembly(room: buckets.entries.count))
    let next = Guarded(0)
    Workers.run(threads) { _ in
      var part = SumPart(room: buckets.largest, payers: buckets.width)
      while true {
        let bucket = next.with { next in
          next += 1
          return next - 1
        }
        guard bucket < buckets.count else { break }
        part.add(buckets, bucket)
        let spare = assembly.with { $0.take(part, bucket) }
        part = spare ?? SumPart(room: buckets.largest, payers: buckets.width)
      }
    }
    let assembled = assembly.with { $0 }
    if let (payer, payee) = assembled.overflow {
      throw SumTooLarge(payer: parties[Int(payer)], payee: parties[Int(payee)])
    }
    return assembled.sums(calendar.starts)
  }
}

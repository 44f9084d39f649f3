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
    let buckets = PayerBuckets(self, of: 0..<parties.count, calendar, threads: threads)
    return try Self.sums(buckets, calendar, parties, threads)
  }

  /// Adds up the payments of each pair, group by group of payers, of payments that stay.
  ///
  /// - Parameters:
  ///   - period: What to keep apart.
  ///   - rows: About how many payments to add up at once.
  ///   - threads: The number of threads; the answer is the same for any.
  ///   - body: Takes the sums of each group, as they stand among those of all.
  /// - Throws: ``SumTooLarge``, before any group is taken, and what `body` throws.
  package func forEachSums(
    by period: SumPeriod,
    atOnce rows: Int,
    threads: Int,
    _ body: (PaymentSums) throws -> Void
  ) throws {
    guard let calendar = PeriodTable(time, period) else { throw SumTooLarge(period: period) }
    for payers in payers(of: rows) {
      let buckets = PayerBuckets(self, of: payers, calendar, threads: threads)
      try body(Self.sums(buckets, calendar, parties, threads))
    }
  }

  /// Payers one after another, in groups that pay about `rows` times each; one group where any sum could be too large
  /// for a number, so that this is found before others are told.
  package func payers(of rows: Int) -> [Range<Int>] {
    let all = 0..<parties.count
    let total = (0..<count).reduce(Int128(0)) { $0 + Int128(amountMinorUnits.base[$1]) }
    guard count > rows, total <= Int128(Int64.max) else { return [all] }
    var counts = [Int](repeating: 0, count: parties.count)
    for row in 0..<count { counts[Int(payer.base[row])] += 1 }
    var (groups, from, held) = ([Range<Int>](), 0, 0)
    for party in all {
      held += counts[party]
      guard held >= rows else { continue }
      groups.append(from..<party + 1)
      (from, held) = (party + 1, 0)
    }
    return from < all.upperBound ? groups + [from..<all.upperBound] : groups
  }

  private static func sums(
    _ buckets: PayerBuckets,
    _ calendar: PeriodTable,
    _ parties: NameTable,
    _ threads: Int
  ) throws(SumTooLarge) -> PaymentSums {
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

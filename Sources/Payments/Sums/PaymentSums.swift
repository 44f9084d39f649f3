public import Columns
public import Claims

/// What each party paid each other, in all or month by month.
public struct PaymentSums: Sendable {
  /// Who pays, ascending.
  public let payer: Column<Int32>
  /// Who is paid, ascending for one payer.
  public let payee: Column<Int32>
  /// The position of the month among ``months``, ascending for one pair; 0 for sums of all time.
  public let month: Column<Int32>
  /// How much in all, in minor units.
  public let amountMinorUnits: Column<Int64>
  /// How many payments.
  public let paymentCount: Column<Int32>
  /// The months from the first payment to the last; none for sums of all time.
  public let months: [Month]

  /// The number of sums.
  public var count: Int { payer.count }
}

/// A sum is more than a number can hold.
public struct SumTooLarge: Error, Equatable, CustomStringConvertible {
  /// Who pays.
  public let payer: String
  /// Who is paid.
  public let payee: String

  /// One sentence for a person.
  public var description: String {
    "what \(payer) pays \(payee) adds up to more than can be counted; sum shorter times"
  }
}

extension Payments {
  /// Adds up the payments of each pair.
  ///
  /// The payments themselves are let go on the way, where nobody else keeps them.
  ///
  /// - Parameters:
  ///   - byMonth: Whether to keep months apart.
  ///   - threads: The number of threads; the answer is the same for any.
  /// - Returns: The sums, by payer, payee and month.
  /// - Throws: ``SumTooLarge``.
  /// - Complexity: O(*n* log *d*) for *d* payments of one payer.
  public consuming func sums(byMonth: Bool, threads: Int = 1) throws(SumTooLarge) -> PaymentSums {
    let parties = parties
    let calendar = MonthTable(byMonth ? time : Column(repeating: 0, count: 0))
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
    return assembled.sums(calendar.months)
  }
}

/// Months by day.
struct MonthTable: Sendable {
  let months: [Month]
  private let firstDay: Int
  private let monthOfDay: Column<Int32>

  init(_ time: Column<Int>) {
    guard time.count > 0 else {
      (months, firstDay, monthOfDay) = ([], 0, Column(repeating: 0, count: 0))
      return
    }
    var (first, last) = (time.base[0], time.base[0])
    for index in 0..<time.count {
      first = min(first, time.base[index])
      last = max(last, time.base[index])
    }
    let (begin, end) = (Self.day(first), Self.day(last))
    let firstMonth = Month(of: Day(ordinal: begin)).index
    let lastMonth = Month(of: Day(ordinal: end)).index
    months = (firstMonth...lastMonth).map(Month.init(index:))
    firstDay = begin
    monthOfDay = Column(repeating: 0, count: end - begin + 1)
    for (index, month) in months.enumerated() {
      for day in max(begin, month.first.ordinal)...min(end, month.last.ordinal) {
        monthOfDay.base[day - begin] = Int32(index)
      }
    }
  }

  @inline(__always)
  private static func day(_ time: Int) -> Int {
    time >= 0 ? time / 86_400 : -((86_399 - time) / 86_400)
  }

  @inline(__always)
  func month(of time: Int) -> Int32 { monthOfDay.base[Self.day(time) - firstDay] }
}

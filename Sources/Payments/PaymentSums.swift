public import Claims
public import Networks

/// What each party paid each other, in all or month by month.
public struct PaymentSums: Sendable {
  /// Who pays, ascending.
  public let payer: FlatArray<Int32>
  /// Who is paid, ascending for one payer.
  public let payee: FlatArray<Int32>
  /// The position of the month among ``months``, ascending for one pair; 0 for sums of all time.
  public let month: FlatArray<Int32>
  /// How much in all, in minor units.
  public let amountMinorUnits: FlatArray<Int64>
  /// How many payments.
  public let paymentCount: FlatArray<Int32>
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

/// A payment in the row of its payer.
private struct Entry: BitwiseCopyable {
  /// The payee, and in the lowest 17 bits the month.
  var key: UInt64
  var amount: Int64
}

extension Payments {
  /// Adds up the payments of each pair.
  ///
  /// - Parameters:
  ///   - byMonth: Whether to keep months apart.
  ///   - threads: The number of threads; the answer is the same for any.
  /// - Returns: The sums, by payer, payee and month.
  /// - Throws: ``SumTooLarge``.
  /// - Complexity: O(*n* log *d*) for *d* payments of one payer.
  public func sums(byMonth: Bool, threads: Int = 1) throws(SumTooLarge) -> PaymentSums {
    let calendar = MonthTable(byMonth ? time : FlatArray(repeating: 0, count: 0))
    let rows = rows(calendar)
    let parts = Guarded<[Int: SumPart]>([:])
    let next = Guarded(0)
    let chunk = max(1, parties.count / 256)
    Workers.run(threads) { _ in
      while true {
        let first = next.with { next in
          next += 1
          return (next - 1) * chunk
        }
        guard first < parties.count else { break }
        let part = SumPart(rows.start, rows.entries, first..<min(parties.count, first + chunk))
        parts.with { $0[first] = part }
      }
    }
    let found = parts.with { parts in
      parts.sorted { $0.key < $1.key }.map(\.value)
    }
    for part in found {
      guard let (payer, payee) = part.overflow else { continue }
      throw SumTooLarge(payer: parties[payer], payee: parties[payee])
    }
    return SumPart.joined(found, calendar.months)
  }

  /// The payments in rows by payer.
  private func rows(_ calendar: MonthTable) -> (start: FlatArray<Int>, entries: FlatArray<Entry>) {
    let start = FlatArray(repeating: 0, count: parties.count + 1)
    for index in 0..<count { start.base[Int(payer.base[index]) + 1] += 1 }
    for party in 0..<parties.count { start.base[party + 1] += start.base[party] }
    let place = FlatArray<Int>(unwritten: parties.count)
    place.base.update(from: start.base, count: parties.count)
    let entries = FlatArray<Entry>(unwritten: count)
    for index in 0..<count {
      let party = Int(payer.base[index])
      let month = calendar.months.isEmpty ? 0 : calendar.month(of: time.base[index])
      entries.base[place.base[party]] = Entry(
        key: UInt64(payee.base[index]) << 17 | UInt64(month),
        amount: amountMinorUnits.base[index]
      )
      place.base[party] += 1
    }
    return (start, entries)
  }
}

/// Months by day.
private struct MonthTable: Sendable {
  let months: [Month]
  private let firstDay: Int
  private let monthOfDay: FlatArray<Int32>

  init(_ time: FlatArray<Int>) {
    guard time.count > 0 else {
      (months, firstDay, monthOfDay) = ([], 0, FlatArray(repeating: 0, count: 0))
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
    monthOfDay = FlatArray(repeating: 0, count: end - begin + 1)
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

/// The sums of some payers.
private struct SumPart: Sendable {
  private var payer: [Int32] = []
  private var key: [UInt64] = []
  private var amount: [Int64] = []
  private var number: [Int32] = []
  private(set) var overflow: (payer: Int, payee: Int)?

  init(_ start: FlatArray<Int>, _ entries: FlatArray<Entry>, _ parties: Range<Int>) {
    let room = start.base[parties.upperBound] - start.base[parties.lowerBound]
    payer.reserveCapacity(room)
    key.reserveCapacity(room)
    amount.reserveCapacity(room)
    number.reserveCapacity(room)
    for party in parties {
      let first = start.base[party]
      let row = UnsafeMutableBufferPointer(
        start: entries.base + first,
        count: start.base[party + 1] - first
      )
      Self.sort(row)
      add(party, row)
    }
  }

  @inline(__always)
  private static func sort(_ row: UnsafeMutableBufferPointer<Entry>) {
    guard row.count <= 32 else {
      var row = row
      return row.sort { $0.key < $1.key }
    }
    for index in row.indices.dropFirst() {
      let entry = row[index]
      var place = index
      while place > 0, row[place - 1].key > entry.key {
        row[place] = row[place - 1]
        place -= 1
      }
      row[place] = entry
    }
  }

  @inline(__always)
  private mutating func add(_ party: Int, _ row: UnsafeMutableBufferPointer<Entry>) {
    var index = 0
    while index < row.count {
      let key = row[index].key
      var sum: Int64 = 0
      let first = index
      while index < row.count, row[index].key == key {
        let (next, isOver) = sum.addingReportingOverflow(row[index].amount)
        if isOver { overflow = overflow ?? (party, Int(key >> 17)) }
        sum = next
        index += 1
      }
      payer.append(Int32(truncatingIfNeeded: party))
      self.key.append(key)
      amount.append(sum)
      number.append(Int32(truncatingIfNeeded: index - first))
    }
  }

  static func joined(_ parts: [SumPart], _ months: [Month]) -> PaymentSums {
    let count = parts.reduce(0) { $0 + $1.payer.count }
    let payer = FlatArray<Int32>(unwritten: count)
    let payee = FlatArray<Int32>(unwritten: count)
    let month = FlatArray<Int32>(unwritten: count)
    let amount = FlatArray<Int64>(unwritten: count)
    let number = FlatArray<Int32>(unwritten: count)
    var next = 0
    for part in parts {
      for index in part.payer.indices {
        payer.base[next] = part.payer[index]
        payee.base[next] = Int32(truncatingIfNeeded: part.key[index] >> 17)
        month.base[next] = Int32(truncatingIfNeeded: part.key[index] & 0x1FFFF)
        amount.base[next] = part.amount[index]
        number.base[next] = part.number[index]
        next += 1
      }
    }
    return PaymentSums(
      payer: payer,
      payee: payee,
      month: month,
      amountMinorUnits: amount,
      paymentCount: number,
      months: months
    )
  }
}

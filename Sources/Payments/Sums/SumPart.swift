internal import Columns
internal import Claims

/// The sums of one bucket of payers; the memory is used again for another once they are taken.
final class SumPart: @unchecked Sendable {
  fileprivate(set) var count = 0
  fileprivate let payer: Column<Int32>
  fileprivate let payee: Column<Int32>
  fileprivate let period: Column<Int32>
  fileprivate let amount: Column<Int64>
  fileprivate let number: Column<Int32>
  fileprivate var overflow: (payer: Int32, payee: Int32)?
  private let sorted: Column<PayerBuckets.Entry>
  /// Where the payments of each payer end.
  private let ends: Column<Int>

  /// Room for a bucket of as many payments, and as many payers.
  init(room: Int, payers: Int) {
    payer = Column(unwritten: room)
    payee = Column(unwritten: room)
    period = Column(unwritten: room)
    amount = Column(unwritten: room)
    number = Column(unwritten: room)
    sorted = Column(unwritten: room)
    ends = Column(unwritten: payers)
  }

  /// Adds up the payments of a bucket.
  func add(_ buckets: PayerBuckets, _ bucket: Int) {
    count = 0
    overflow = nil
    let first = buckets.start.base[bucket]
    let entries = UnsafeBufferPointer(
      start: buckets.entries.base + first,
      count: buckets.start.base[bucket + 1] - first
    )
    bringTogether(entries, buckets.width)
    var begin = 0
    for payer in 0..<buckets.width {
      let end = ends.base[payer]
      guard end > begin else { continue }
      let row = UnsafeMutableBufferPointer(start: sorted.base + begin, count: end - begin)
      Self.sort(row)
      let number = buckets.firstPayer + bucket * buckets.width + payer
      add(row, Int32(truncatingIfNeeded: number))
      begin = end
    }
  }

  /// Puts the payments of each payer next to one another.
  private func bringTogether(
    _ entries: UnsafeBufferPointer<PayerBuckets.Entry>,
    _ payers: Int
  ) {
    ends.base.update(repeating: 0, count: payers)
    for entry in entries { ends.base[Int(entry.key &>> 48)] += 1 }
    var sum = 0
    for payer in 0..<payers {
      sum += ends.base[payer]
      ends.base[payer] = sum - ends.base[payer]
    }
    for entry in entries {
      let payer = Int(entry.key &>> 48)
      sorted.base[ends.base[payer]] = entry
      ends.base[payer] += 1
    }
  }

  @inline(__always)
  private static func sort(_ row: UnsafeMutableBufferPointer<PayerBuckets.Entry>) {
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
  private func add(_ row: UnsafeMutableBufferPointer<PayerBuckets.Entry>, _ payer: Int32) {
    var index = 0
    while index < row.count {
      let key = row[index].key
      let payee = Int32(truncatingIfNeeded: key &>> 17 & 0x7FFF_FFFF)
      var sum: Int64 = 0
      let first = index
      while index < row.count, row[index].key == key {
        let (next, isOver) = sum.addingReportingOverflow(row[index].amount)
        if isOver { overflow = overflow ?? (payer, payee) }
        sum = next
        index += 1
      }
      self.payer.base[count] = payer
      self.payee.base[count] = payee
      period.base[count] = Int32(truncatingIfNeeded: key & 0x1FFFF)
      amount.base[count] = sum
      number.base[count] = Int32(truncatingIfNeeded: index - first)
      count += 1
    }
  }
}

/// Puts the sums of buckets one after another, whichever thread has worked them out.
struct SumAssembly {
  private var count = 0
  private let payer: Column<Int32>
  private let payee: Column<Int32>
  private let period: Column<Int32>
  private let amount: Column<Int64>
  private let number: Column<Int32>
  /// The first pair whose sum is too large.
  private(set) var overflow: (payer: Int32, payee: Int32)?
  private var next = 0
  private var waiting: [Int: SumPart] = [:]
  private var spare: [SumPart] = []

  /// Room for as many sums as there are payments, of which those not needed are never touched.
  init(room: Int) {
    payer = Column(unwritten: room)
    payee = Column(unwritten: room)
    period = Column(unwritten: room)
    amount = Column(unwritten: room)
    number = Column(unwritten: room)
  }

  /// Takes the sums of a bucket, and with them those that waited for it; gives memory for another.
  mutating func take(_ part: SumPart, _ bucket: Int) -> SumPart? {
    waiting[bucket] = part
    while let part = waiting.removeValue(forKey: next) {
      (payer.base + count).update(from: part.payer.base, count: part.count)
      (payee.base + count).update(from: part.payee.base, count: part.count)
      (period.base + count).update(from: part.period.base, count: part.count)
      (amount.base + count).update(from: part.amount.base, count: part.count)
      (number.base + count).update(from: part.number.base, count: part.count)
      count += part.count
      overflow = overflow ?? part.overflow
      next += 1
      spare.append(part)
    }
    return spare.popLast()
  }

  /// All of them.
  func sums(_ periods: [Day]) -> PaymentSums {
    PaymentSums(
      payer: payer.first(count),
      payee: payee.first(count),
      period: period.first(count),
      amountMinorUnits: amount.first(count),
      paymentCount: number.first(count),
      periods: periods
    )
  }
}

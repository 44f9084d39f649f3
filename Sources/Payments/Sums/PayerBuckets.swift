internal import Columns

/// Payments with those of neighbouring payers together, so many that a bucket fits a processor's own memory.
struct PayerBuckets: Sendable {
  /// A payment in its bucket.
  struct Entry: BitwiseCopyable {
    /// The payer's place in its bucket, the payee, and in the lowest 17 bits the period.
    var key: UInt64
    var amount: Int64
  }

  /// The payer of the first place of the first bucket.
  let firstPayer: Int
  /// How many payers are in a bucket, as a power of two of at most 16.
  private let bits: Int
  let entries: Column<Entry>
  /// Where each bucket begins; one longer than the number of buckets.
  let start: Column<Int>

  /// The number of buckets.
  var count: Int { start.count - 1 }
  /// How many payers a bucket is for.
  var width: Int { 1 << bits }
  /// The most payments in a bucket.
  var largest: Int { (0..<count).reduce(0) { max($0, start.base[$1 + 1] - start.base[$1]) } }

  /// The payments a bucket is meant to have: half a megabyte.
  private static let bucketSize = 1 << 15

  /// Sorts the payments of some payers into buckets, by several threads.
  init(_ payments: Payments, of payers: Range<Int>, _ calendar: PeriodTable, threads: Int) {
    let share = Double(payers.count) / Double(max(1, payments.parties.count))
    let expected = Int(Double(payments.count) * share)
    var bits = 0
    while bits < 16, payers.count >> bits > expected / Self.bucketSize { bits += 1 }
    let bucketCount = payers.count >> bits + 1
    let pieces = max(1, min(threads, payments.count / Self.bucketSize))
    let rows = payments.count
    func piece(_ number: Int) -> Range<Int> {
      rows * number / pieces..<rows * (number + 1) / pieces
    }
    let ranges = (0..<pieces).map(piece)
    // How many payments each thread has for each bucket, then where it puts the next of them.
    let places = Column(repeating: 0, count: pieces * bucketCount)
    let shift = UInt32(bits)
    let (first, width) = (Int32(payers.lowerBound), UInt32(payers.count))
    Workers.run(pieces) { worker in
      let counts = places.base + worker * bucketCount
      for row in ranges[worker] {
        let place = UInt32(bitPattern: payments.payer.base[row] &- first)
        if place < width { counts[Int(place &>> shift)] += 1 }
      }
    }
    let start = Column<Int>(unwritten: bucketCount + 1)
    var sum = 0
    for bucket in 0..<bucketCount {
      start.base[bucket] = sum
      for piece in 0..<pieces {
        let number = places.base[piece * bucketCount + bucket]
        places.base[piece * bucketCount + bucket] = sum
        sum += number
      }
    }
    start.base[bucketCount] = sum
    let entries = Column<Entry>(unwritten: sum)
    let mask = UInt64(1 &<< bits) &- 1
    Workers.run(pieces) { worker in
      let next = places.base + worker * bucketCount
      for row in ranges[worker] {
        let payer = UInt32(bitPattern: payments.payer.base[row] &- first)
        guard payer < width else { continue }
        let period = calendar.starts.isEmpty ? 0 : calendar.period(of: payments.time.base[row])
        let bucket = Int(payer &>> shift)
        entries.base[next[bucket]] = Entry(
          key: (UInt64(payer) & mask) << 48 | UInt64(payments.payee.base[row]) << 17
            | UInt64(period),
          amount: payments.amountMinorUnits.base[row]
        )
        next[bucket] += 1
      }
    }
    (firstPayer, self.bits) = (payers.lowerBound, bits)
    (self.entries, self.start) = (entries, start)
  }
}

/// Sorting by whole numbers, stable, in passes over their digits.
package enum RadixSort {
  /// Sorts positions by the `keys` they stand for, equal ones in the order they were in.
  ///
  /// - Complexity: O(*n*) for each 11 bits in which the keys differ.
  package static func sort(_ order: Column<Int32>, by keys: Column<Int>) {
    guard order.count > 1 else { return }
    let count = order.count
    var least = Int.max
    var largest = Int.min
    for index in 0..<count {
      let key = keys.base[Int(order.base[index])]
      least = min(least, key)
      largest = max(largest, key)
    }
    let other = Column<Int32>(unwritten: count)
    var (from, to) = (order.base, other.base)
    let span = UInt(bitPattern: largest &- least)
    var shift: UInt = 0
    while shift < 64, span >> shift != 0 {
      var places = [Int](repeating: 0, count: 2049)
      for index in 0..<count {
        let digit = (UInt(bitPattern: keys.base[Int(from[index])] &- least) >> shift) & 2047
        places[Int(digit) + 1] += 1
      }
      for digit in 0..<2048 { places[digit + 1] += places[digit] }
      for index in 0..<count {
        let digit = (UInt(bitPattern: keys.base[Int(from[index])] &- least) >> shift) & 2047
        to[places[Int(digit)]] = from[index]
        places[Int(digit)] += 1
      }
      swap(&from, &to)
      shift += 11
    }
    if from != order.base { order.base.update(from: from, count: count) }
  }
}

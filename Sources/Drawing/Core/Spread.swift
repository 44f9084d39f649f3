/// Heights moved apart as little as may be, in order, and kept in a range.
///
/// - Parameters:
///   - wanted: Where each would be, in rising order.
///   - apart: How far neighbours must be apart.
///   - range: Where all must be; it gives way below where there are too many.
/// - Returns: The heights.
package func spread(
  _ wanted: [Double],
  apart: Double,
  in range: ClosedRange<Double>
) -> [Double] {
  var pools: [(sum: Double, count: Int)] = []
  for (index, height) in wanted.enumerated() {
    pools.append((height - Double(index) * apart, 1))
    while pools.count > 1 {
      let last = pools[pools.count - 1]
      let before = pools[pools.count - 2]
      guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
      pools.removeLast(2)
      pools.append((before.sum + last.sum, before.count + last.count))
    }
  }
  let means = pools.flatMap { pool in
    [Double](repeating: pool.sum / Double(pool.count), count: pool.count)
  }
  let last = Double(max(wanted.count - 1, 0)) * apart
  let highest = max(range.lowerBound, range.upperBound - last)
  return means.enumerated().map { index, mean in
    min(max(mean, range.lowerBound), highest) + Double(index) * apart
  }
}

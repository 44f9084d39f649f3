#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension Point {
  /// The point at a distance in a direction.
  ///
  /// - Parameters:
  ///   - turn: The direction in whole turns, clockwise from the top.
  ///   - distance: How far.
  /// - Returns: The point there.
  package func moved(turn: Double, by distance: Double) -> Point {
    let angle = turn * 2 * .pi
    return Point(x + sin(angle) * distance, y - cos(angle) * distance)
  }
}

/// Round amounts for scales: 1, 2 or 5 times a power of ten, the largest not above a limit.
///
/// - Parameter limit: The limit, above 0.
/// - Returns: The round amount.
package func roundAmount(upTo limit: Double) -> Double {
  guard limit.isFinite, limit > 0 else { return 1 }
  let power = pow(10, floor(log10(limit)))
  for step in [10.0, 5, 2, 1] where step * power <= limit * (1 + 1e-12) { return step * power }
  return power
}

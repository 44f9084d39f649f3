/// Which bin of a histogram an amount of cents falls in: 64 bins between a power of two and the next.
///
/// Bins hold whole counts, so histograms of parts of a run add up to that of the whole in any order.
/// A value read back is the middle of its bin, within one part in 128 of the amount.
package enum LogBins {
  /// Amounts under this many cents share the bin of nothing: a million dollars.
  private static let least: UInt64 = 1 << 27
  private static let firstOctave = 27
  private static let perOctave = 64
  private static let octaves = 24
  /// Bins on one side of nothing.
  static let half = octaves * perOctave
  /// All bins: below nothing, nothing, above.
  package static let count = 2 * half + 1

  /// The bin of an amount.
  @inline(__always)
  package static func bin(_ cents: Int64) -> Int {
    let size = cents.magnitude
    guard size >= least else { return half }
    let octave = 63 - size.leadingZeroBitCount
    let step = Int((size >> UInt64(octave - 6)) & 63)
    let place = min(half, (octave - firstOctave) * perOctave + step + 1)
    return cents < 0 ? half - place : half + place
  }

  /// The amount in the middle of a bin.
  package static func cents(_ bin: Int) -> Double {
    let place = (bin - half).magnitude
    guard place > 0 else { return 0 }
    let (octave, step) = (Int(place) - 1).quotientAndRemainder(dividingBy: perOctave)
    let floor = Double(UInt64(1) << UInt64(octave + firstOctave))
    let size = floor * (1 + (Double(step) + 0.5) / Double(perOctave))
    return bin < half ? -size : size
  }
}

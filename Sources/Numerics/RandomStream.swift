/// A stream of random bits that depends on a seed, a purpose and a path number, and on nothing else.
///
/// Steele, Lea and Flood's SplitMix64, started from all three, each mixed in turn, so that the samples
/// of a run have the same bits in any order and on any number of threads, and draws of different seeds,
/// or for different purposes, have nothing in common.
public struct RandomStream: RandomNumberGenerator, Sendable {
  /// What random bits are drawn for; uses that share a seed share no bits.
  public enum Purpose: UInt64, Sendable {
    /// Nothing that shares its seed with another use.
    case alone
    /// Readings and amounts among those that a book leaves open.
    case choice
    /// Unknown flows among those that fit the totals.
    case completion
    /// Networks in which every party's totals are the same.
    case rewiring
  }

  private var state: UInt64

  /// The stream of one `path` under a `seed`, for one `purpose`.
  public init(seed: UInt64, path: UInt64 = 0, for purpose: Purpose = .alone) {
    state = seed
    let mixed = next()
    state = mixed ^ (path &* 0xD134_2543_DE82_EF95)
    state = next()
    guard purpose != .alone else { return }
    state ^= purpose.rawValue &* 0xA076_1D64_78BD_642F
    state = next()
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from 0 up to but not including `bound`, each equally likely.
  ///
  /// - Precondition: `bound` is above zero.
  public mutating func whole(below bound: Int) -> Int {
    precondition(bound > 0, "there is no whole number from 0 up to \(bound)")
    let bound = UInt64(bound)
    let unfair = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= unfair { return Int(product.high) }
    }
  }

  /// A number from 0 up to but not including 1, in steps of 2⁻⁵³.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

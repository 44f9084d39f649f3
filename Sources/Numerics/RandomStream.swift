/// A stream of random bits that depends on a seed, a purpose and a path number, and on nothing else.
///
/// ``Philox`` with the seed as key, and path, purpose and place in the stream as counter, so that the
/// samples of a run have the same bits in any order and on any number of threads, and draws for different
/// paths or purposes have nothing in common; nor have they with those of a projection under the same seed,
/// whose counters hold a month where these have their highest bit set.
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

  private let key: Philox.Key
  private let path: UInt64
  private let purpose: UInt32
  /// How many blocks were drawn; a stream has 2⁵⁶ of them.
  private var block: UInt64 = 0
  /// The second half of the last block, where it was not drawn yet.
  private var rest: UInt64?

  /// The stream of one `path` under a `seed`, for one `purpose`.
  public init(seed: UInt64, path: UInt64 = 0, for purpose: Purpose = .alone) {
    key = Philox.Key(words: seed)
    self.path = path
    self.purpose = UInt32(0x80 | purpose.rawValue) << 24
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    if let bits = rest {
      rest = nil
      return bits
    }
    let place = Philox.Key(words: block)
    let counter = Philox.Block(
      lowHalf: Philox.Key(place.x, purpose | place.y & 0xFF_FFFF),
      highHalf: Philox.Key(words: path)
    )
    let bits = Philox.block(counter, key: key)
    block += 1
    rest = bits.highHalf.bits
    return bits.lowHalf.bits
  }

  /// A whole number from 0 up to but not including `bound`, each equally likely.
  ///
  /// - Precondition: `bound` is above zero.
  public mutating func whole(below bound: Int) -> Int {
    precondition(bound > 0, "there is no whole number from 0 up to \(bound)")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    // Of the lowest products as many are passed over as do not share out evenly; that takes a division to know.
    if product.low < bound {
      let unfair = (0 &- bound) % bound
      while product.low < unfair { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A number from 0 up to but not including 1, in steps of 2⁻⁵³.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

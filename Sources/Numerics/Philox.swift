/// Philox 4×32-10: four 32-bit words of random bits for a counter under a key.
///
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", *Proceedings of SC11*,
/// 2011. The bits depend on counter and key alone, so that any path can be drawn by any worker.
public struct Philox: Sendable {
  /// Two words of a key.
  public typealias Key = SIMD2<UInt32>
  /// Four words of a counter, or of random bits.
  public typealias Block = SIMD4<UInt32>

  /// The random bits of one counter.
  ///
  /// - Parameters:
  ///   - counter: Which block.
  ///   - key: Which generator.
  /// - Returns: Four words.
  public static func block(_ counter: Block, key: Key) -> Block {
    // By words, not by lanes: the products are of single words.
    var (x, y, z, w) = (counter.x, counter.y, counter.z, counter.w)
    var (even, odd) = (key.x, key.y)
    for _ in 0..<10 {
      let first = UInt64(x) &* 0xD251_1F53
      let second = UInt64(z) &* 0xCD9E_8D57
      x = UInt32(truncatingIfNeeded: second >> 32) ^ y ^ even
      y = UInt32(truncatingIfNeeded: second)
      z = UInt32(truncatingIfNeeded: first >> 32) ^ w ^ odd
      w = UInt32(truncatingIfNeeded: first)
      even &+= 0x9E37_79B9
      odd &+= 0xBB67_AE85
    }
    return Block(x, y, z, w)
  }
}

extension Philox.Key {
  /// The two words of 64 bits, the lower first.
  @inline(__always)
  package init(words bits: UInt64) {
    self.init(UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32))
  }

  /// The 64 bits of two words, the lower first.
  @inline(__always)
  package var bits: UInt64 { UInt64(x) | UInt64(y) << 32 }
}

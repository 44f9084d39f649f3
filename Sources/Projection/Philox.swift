/// Philox 4×32-10: four 32-bit words of random bits for a counter under a key.
///
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", *Proceedings of SC11*,
/// 2011. The bits depend on counter and key alone, so any path and
/// month can be drawn by any worker.
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
    var (block, key) = (counter, key)
    for round in 0..<10 {
      if round > 0 { key = key &+ Key(0x9E37_79B9, 0xBB67_AE85) }
      let first = UInt64(block.x) &* 0xD251_1F53
      let second = UInt64(block.z) &* 0xCD9E_8D57
      block = Block(
        UInt32(truncatingIfNeeded: second >> 32) ^ block.y ^ key.x,
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ block.w ^ key.y,
        UInt32(truncatingIfNeeded: first)
      )
    }
    return block
  }
}

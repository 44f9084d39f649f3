import Testing

import Numerics

@Suite struct PhiloxTests {
  /// The known answers that the authors publish with Random123 (`kat_vectors`, philox4x32 10).
  @Test func knownAnswers() {
    #expect(
      Philox.block(Philox.Block(repeating: 0), key: Philox.Key(repeating: 0))
        == Philox.Block(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
    )
    #expect(
      Philox.block(Philox.Block(repeating: .max), key: Philox.Key(repeating: .max))
        == Philox.Block(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
    )
    #expect(
      Philox.block(
        Philox.Block(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
        key: Philox.Key(0xA409_3822, 0x299F_31D0)
      ) == Philox.Block(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
    )
  }

  /// A stream is the blocks of its counters in turn, apart from those of a projection's months.
  @Test func streamsAreBlocks() {
    var stream = RandomStream(
      seed: 0xA409_3822 | 0x299F_31D0 << 32,
      path: 5 << 32 | 7,
      for: .choice
    )
    let key = Philox.Key(0xA409_3822, 0x299F_31D0)
    for place in UInt32(0)..<3 {
      let block = Philox.block(Philox.Block(place, 0x8100_0000, 7, 5), key: key)
      #expect(stream.next() == UInt64(block.x) | UInt64(block.y) << 32)
      #expect(stream.next() == UInt64(block.z) | UInt64(block.w) << 32)
    }
  }
}

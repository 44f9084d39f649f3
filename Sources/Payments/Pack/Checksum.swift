internal import Columns

/// A sum over bytes that tells a damaged file from a sound one; no protection against ill will.
///
/// Blocks of a megabyte are summed by themselves, so that threads can share them, and then in their order.
package struct Checksum {
  private static let blockSize = 1 << 20

  private var pending: [UInt8] = []
  private var sums: [UInt64] = []

  /// The sum of nothing yet.
  package init() {}

  /// Adds bytes to those before.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      if pending.isEmpty, rest.count >= Self.blockSize {
        sums.append(Self.sum(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.blockSize))))
        rest = rest.dropFirst(Self.blockSize)
        continue
      }
      let taken = rest.prefix(Self.blockSize - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      if pending.count == Self.blockSize {
        sums.append(pending.withUnsafeBytes { Self.sum($0) })
        pending.removeAll(keepingCapacity: true)
      }
    }
  }

  /// The sum of all bytes so far.
  package var value: UInt64 {
    let last = pending.isEmpty ? [] : [pending.withUnsafeBytes { Self.sum($0) }]
    return (sums + last).reduce(0x6F75_726F) { mixed($0 ^ $1) }
  }

  /// The sum of bytes that are read on the way, by several threads.
  ///
  /// - Parameters:
  ///   - bytes: Where they are to stand.
  ///   - threads: The number of threads.
  ///   - read: Puts the bytes of a stretch in their place; says whether it could.
  /// - Returns: The sum; `nil` where a stretch could not be read.
  static func of(
    _ bytes: UnsafeRawBufferPointer,
    threads: Int,
    reading read: @escaping @Sendable (Range<Int>) -> Bool
  ) -> UInt64? {
    let count = (bytes.count + blockSize - 1) / blockSize
    let sums = Column<UInt64>(repeating: 0, count: count)
    let next = Guarded(0)
    let isWhole = Guarded(true)
    nonisolated(unsafe) let bytes = bytes
    Workers.run(min(threads, max(1, count))) { _ in
      while true {
        let block = next.with { next in
          next += 1
          return next - 1
        }
        guard block < count else { break }
        let range = block * blockSize..<min(bytes.count, (block + 1) * blockSize)
        guard read(range) else {
          isWhole.with { $0 = false }
          break
        }
        sums.base[block] = sum(UnsafeRawBufferPointer(rebasing: bytes[range]))
      }
    }
    guard isWhole.with({ $0 }) else { return nil }
    return (0..<count).reduce(0x6F75_726F) { mixed($0 ^ sums.base[$1]) }
  }

  private static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    var place = 0
    while place + 32 <= bytes.count {
      lanes.0 = mixed(lanes.0 ^ word(bytes, place))
      lanes.1 = mixed(lanes.1 ^ word(bytes, place + 8))
      lanes.2 = mixed(lanes.2 ^ word(bytes, place + 16))
      lanes.3 = mixed(lanes.3 ^ word(bytes, place + 24))
      place += 32
    }
    var sum = UInt64(bytes.count)
    while place < bytes.count {
      sum = mixed(sum ^ UInt64(bytes[place]))
      place += 1
    }
    for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { sum = mixed(sum ^ lane) }
    return sum
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }
}

/// A word whose every bit depends on all of `word`.
@inline(__always)
func mixed(_ word: UInt64) -> UInt64 {
  let product = (word ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
  return product.high ^ product.low
}

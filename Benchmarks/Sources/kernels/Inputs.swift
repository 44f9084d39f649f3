import Foundation
import Loops
import Networks

/// Lines of `from to time`, whole numbers with one blank between them.
func triples(_ path: String) throws -> TransferColumns {
  let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
  return data.withUnsafeBytes { bytes in
    var numbers = NumberReader(bytes)
    // No row is shorter than "0 0 0" and a line end.
    let rows = bytes.count / 6 + 1
    var (payee, time) = (FlatArray<Int32>([]), FlatArray<Int>([]))
    var largest = -1
    let payer = FlatArray<Int32>(capacity: rows) { payers in
      var count = 0
      payee = FlatArray<Int32>(capacity: rows) { payees in
        time = FlatArray<Int>(capacity: rows) { times in
          while let payer = numbers.next(), let payee = numbers.next(), let time = numbers.next() {
            payers[count] = Int32(truncatingIfNeeded: payer)
            payees[count] = Int32(truncatingIfNeeded: payee)
            times[count] = time
            largest = max(largest, payer, payee)
            count += 1
          }
          return count
        }
        return count
      }
      return count
    }
    return TransferColumns(
      payer: payer,
      payee: payee,
      time: time,
      amounts: .same(1, count: payer.count),
      nodeCount: largest + 1
    )
  }
}

/// Reads whole numbers, one after another, up to eight digits at a time.
private struct NumberReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  @inline(__always)
  mutating func next() -> Int? {
    guard place &+ 8 <= bytes.count, let base = bytes.baseAddress else { return slowNext() }
    let text = UInt64(littleEndian: (base + place).loadUnaligned(as: UInt64.self))
    // The lowest bit set is that of the first byte below "0".
    let low = (text &- 0x3030_3030_3030_3030) & ~text & 0x8080_8080_8080_8080
    let count = low.trailingZeroBitCount &>> 3
    guard low != 0, count > 0 else { return slowNext() }
    place &+= count &+ 1
    let eight = (text &<< UInt64(64 &- 8 &* count)) & 0x0F0F_0F0F_0F0F_0F0F
    let pairs = (eight &* 10 &+ (eight &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    return Int((fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF)
  }

  private mutating func slowNext() -> Int? {
    while place < bytes.count, bytes[place] < 48 { place += 1 }
    guard place < bytes.count else { return nil }
    var value = 0
    while place < bytes.count, bytes[place] >= 48 {
      value = value * 10 + Int(bytes[place] & 15)
      place += 1
    }
    place += 1
    return value
  }
}

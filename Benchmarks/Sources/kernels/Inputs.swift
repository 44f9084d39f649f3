import Claims
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

/// Payments as of a bank: few parties pay much, half answer an earlier payment, days run over a year.
///
/// SplitMix64 with a fixed seed, so that the file is the same everywhere.
func generate(rows: Int, to path: String) throws {
  var state: UInt64 = 0x6F75_726F
  func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
  let parties = UInt64(max(100, rows / 10))
  func party() -> UInt64 {
    // The square of an even draw: the first hundredth of the parties pays a tenth.
    let draw = random() % parties
    return draw * (random() % parties) / parties
  }
  _ = FileManager.default.createFile(atPath: path, contents: nil)
  guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
  var text = "payer,payee,amount,date\n"
  var recent = [(UInt64, UInt64)](repeating: (0, 1), count: 1_024)
  for row in 0..<rows {
    var pair = (party(), party())
    let former = recent[Int(random() % 1_024)]
    if random() % 2 == 0 { pair = (former.1, former.0) }
    if pair.0 == pair.1 { pair.1 = (pair.1 + 1) % parties }
    recent[row % 1_024] = pair
    let day = Day(ordinal: 20_089 + row * 365 / rows)
    let cents = random() % 10_000_000
    text += "A\(pair.0),A\(pair.1),\(cents / 100).\(cents / 10 % 10)\(cents % 10),\(day)\n"
    if text.utf8.count > 1 << 20 {
      try file.write(contentsOf: Data(text.utf8))
      text = ""
    }
  }
  try file.write(contentsOf: Data(text.utf8))
  try file.close()
}

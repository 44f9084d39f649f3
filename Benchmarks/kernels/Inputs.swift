import Columns
import Foundation
import Loops
import Networks

/// Lines of `from to time`, whole numbers with one blank between them, read by several threads.
func triples(_ path: String, threads: Int) throws -> TransferColumns {
  let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
  return data.withUnsafeBytes { bytes in
    let parts = lineParts(bytes, threads)
    let counts = Column(repeating: 0, count: threads)
    // No row is shorter than "0 0 0" and a line end: the last part need not be counted beforehand.
    Workers.run(threads) { part in
      counts[part] = part < threads - 1 ? parts[part].lineCount : parts[part].bytes.count / 6 + 1
    }
    let begins = (0..<threads).map { part in (0..<part).reduce(0) { $0 + counts[$1] } }
    let room = begins[threads - 1] + counts[threads - 1]
    let largest = Column(repeating: 0, count: threads)
    var (payee, time) = (Column<Int32>([]), Column<Int>([]))
    let payer = Column<Int32>(capacity: room) { payers in
      var count = 0
      payee = Column<Int32>(capacity: room) { payees in
        time = Column<Int>(capacity: room) { times in
          let rows = Rows(payer: payers, payee: payees, time: times)
          Workers.run(threads) { part in
            (counts[part], largest[part]) = parts[part].read(into: rows, from: begins[part])
          }
          count = begins[threads - 1] + counts[threads - 1]
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
      nodeCount: (0..<threads).reduce(0) { max($0, largest[$1] + 1) }
    )
  }
}

/// As many parts as there are threads, of whole lines.
private func lineParts(_ bytes: UnsafeRawBufferPointer, _ threads: Int) -> [TripleLines] {
  var ends = (1...threads).map { bytes.count * $0 / threads }
  for part in 0..<threads - 1 {
    while ends[part] < bytes.count, ends[part] > 0, bytes[ends[part] - 1] != 10 { ends[part] += 1 }
  }
  return (0..<threads).map { part in
    let begin = part > 0 ? ends[part - 1] : 0
    return TripleLines(
      bytes: UnsafeRawBufferPointer(rebasing: bytes[begin..<max(begin, ends[part])])
    )
  }
}

/// Where rows are written.
private struct Rows: @unchecked Sendable {
  let payer: UnsafeMutablePointer<Int32>
  let payee: UnsafeMutablePointer<Int32>
  let time: UnsafeMutablePointer<Int>
}

/// Some lines of three numbers.
private struct TripleLines: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  var lineCount: Int {
    var count = 0
    for start in stride(from: 0, to: bytes.count, by: 128) {
      var ends: UInt8 = 0
      for byte in bytes[start..<min(start + 128, bytes.count)] { ends &+= byte == 10 ? 1 : 0 }
      count += Int(ends)
    }
    return count
  }

  /// Reads all lines; how many, and the largest party.
  func read(into rows: Rows, from first: Int) -> (count: Int, largest: Int) {
    var place = 0
    var row = first
    var largest = -1
    while place < bytes.count {
      guard let (payer, payee, time) = short(&place) ?? long(&place) else { break }
      rows.payer[row] = Int32(truncatingIfNeeded: payer)
      rows.payee[row] = Int32(truncatingIfNeeded: payee)
      rows.time[row] = time
      largest = max(largest, payer, payee)
      row += 1
    }
    return (row - first, largest)
  }

  /// A line of numbers of at most eight digits: all of it is looked at together, so that no number waits
  /// for the one before to end.
  @inline(__always)
  private func short(_ place: inout Int) -> (Int, Int, Int)? {
    guard place &+ 40 <= bytes.count, let base = bytes.baseAddress else { return nil }
    let line = base + place
    var ends: UInt64 = 0
    for word in 0..<4 {
      let text = Self.word(line + 8 &* word)
      // The highest bit of each byte below "0", gathered in one byte.
      let low = ~((text | 0x8080_8080_8080_8080) &- 0x3030_3030_3030_3030) & 0x8080_8080_8080_8080
      let gathered = ((low &>> 7) &* 0x0102_0408_1020_4080) &>> 56
      ends |= gathered &<< UInt64(8 &* word)
    }
    let first = ends.trailingZeroBitCount
    ends &= ends &- 1
    let second = ends.trailingZeroBitCount
    ends &= ends &- 1
    let third = ends.trailingZeroBitCount
    let lengths = (first, second &- first &- 1, third &- second &- 1)
    guard ends != 0, Self.isShort(lengths.0), Self.isShort(lengths.1), Self.isShort(lengths.2)
    else { return nil }
    place &+= third &+ 1
    return (
      Self.number(line, lengths.0), Self.number(line + first + 1, lengths.1),
      Self.number(line + second + 1, lengths.2)
    )
  }

  @inline(__always)
  private static func isShort(_ length: Int) -> Bool { UInt(bitPattern: length &- 1) < 8 }

  @inline(__always)
  private static func word(_ place: UnsafeRawPointer) -> UInt64 {
    UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
  }

  /// The number that `count` digits make.
  @inline(__always)
  private static func number(_ place: UnsafeRawPointer, _ count: Int) -> Int {
    let eight = (word(place) &<< UInt64(64 &- 8 &* count)) & 0x0F0F_0F0F_0F0F_0F0F
    let pairs = (eight &* 10 &+ (eight &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    return Int((fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF)
  }

  /// Any line, digit by digit.
  private func long(_ place: inout Int) -> (Int, Int, Int)? {
    guard let payer = number(&place), let payee = number(&place), let time = number(&place) else {
      return nil
    }
    return (payer, payee, time)
  }

  private func number(_ place: inout Int) -> Int? {
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

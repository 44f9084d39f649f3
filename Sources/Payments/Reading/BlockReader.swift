#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// Reads a file, plain or compressed, in blocks that end where a row ends.
///
/// Memory does not grow with the file, nor with a row: one longer than ``longestLine`` is passed over,
/// and the block that follows says so.
struct BlockReader {
  /// Whole rows, with a line end after the last byte, whether or not the file has one there.
  struct Block {
    /// The number of the block, from 0.
    let number: Int
    let bytes: UnsafeMutableBufferPointer<UInt8>
    /// How many lines the row too long to read had that came before; 0 where none did.
    let skippedLines: Int
  }

  /// The bytes after which a block ends with the next line: few, so that a block stays near its reader.
  static let blockSize = 1 << 18
  /// The longest row, and so the most bytes in a block.
  static let longestLine = 1 << 20
  /// The memory that a block needs: words are read beyond its end.
  static let memorySize = longestLine + 64

  /// The bytes of the file, where it is a plain one.
  var fileSize: Int? { source.fileSize }

  private let source: ByteStream
  /// What stands between cells.
  private let delimiter: UInt8
  /// Read, but not yet handed out.
  private var carry: UnsafeMutablePointer<UInt8>
  private var carryCount = 0
  private var blocks = 0
  private var scanner: RowScanner
  private var isInLongRow = false
  private var isAtEnd = false

  /// Reads what is in `source`, whose cells stand between delimiters.
  init(_ source: ByteStream, delimiter: UInt8 = UInt8(ascii: ",")) {
    (self.source, self.delimiter) = (source, delimiter)
    scanner = RowScanner(delimiter)
    carry = .allocate(capacity: Self.longestLine)
  }

  func shut() {
    carry.deallocate()
    source.shut()
  }

  /// The next block, in `memory` of ``memorySize``; `nil` at the end.
  ///
  /// Where a quote is not closed within ``longestLine`` bytes, or never, the block ends with a line instead of a row.
  mutating func next(
    into memory: UnsafeMutablePointer<UInt8>
  ) throws(PaymentError) -> Block? {
    var skipped = 0
    var count = carryCount
    memory.update(from: carry, count: count)
    carryCount = 0
    var goal = Self.blockSize
    while true {
      while count < goal, !isAtEnd {
        count += try fill(memory + count, goal - count)
      }
      if isInLongRow {
        guard let end = scanner.rowEnd(memory, from: 0, to: count) else {
          if isAtEnd { return lastLongRow(memory) }
          if scanner.quotedBytes > Self.longestLine, scanner.isInQuotes {
            scanner = RowScanner(delimiter)
          }
          count = 0
          continue
        }
        count -= end + 1
        memory.update(from: memory + end + 1, count: count)
        isInLongRow = false
        skipped = scanner.lineEnds
        continue
      }
      let end = lastRowEnd(memory, count)
      if isAtEnd {
        return count == 0 && skipped == 0 ? nil : block(memory, count, skipped)
      }
      guard let end = end ?? tornEnd(memory, count) else {
        guard count == Self.longestLine else {
          goal = Self.longestLine
          continue
        }
        isInLongRow = true
        count = 0
        if skipped > 0 { return block(memory, 0, skipped) }
        continue
      }
      carryCount = count - end - 1
      carry.update(from: memory + end + 1, count: carryCount)
      return block(memory, end + 1, skipped)
    }
  }

  /// A row without end that was too long is the last thing in the file.
  private mutating func lastLongRow(_ memory: UnsafeMutablePointer<UInt8>) -> Block? {
    isInLongRow = false
    return block(memory, 0, scanner.lineEnds + 1)
  }

  /// Where the last line ends of a row whose quote is not closed within as many bytes as a row may have.
  private func tornEnd(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int? {
    guard count == Self.longestLine, scanner.isInQuotes else { return nil }
    return lastLineEnd(memory, count)
  }

  private mutating func block(
    _ memory: UnsafeMutablePointer<UInt8>,
    _ count: Int,
    _ skipped: Int
  ) -> Block {
    blocks += 1
    memory[count] = 10
    return Block(
      number: blocks - 1,
      bytes: UnsafeMutableBufferPointer(start: memory, count: count),
      skippedLines: skipped
    )
  }

  /// Where the last row ends; the scanner then knows what is open behind it.
  ///
  /// Without a quote every line is a row, as a look for one tells at the speed of memory.
  private mutating func lastRowEnd(
    _ memory: UnsafeMutablePointer<UInt8>,
    _ count: Int
  ) -> Int? {
    scanner = RowScanner(delimiter)
    guard count == Self.longestLine || memchr(memory, 34, count) != nil else {
      return lastLineEnd(memory, count)
    }
    // A byte order mark is no part of the first cell.
    let isMarked = blocks == 0 && count >= 3 && memcmp(memory, Self.mark, 3) == 0
    var last: Int?
    var place = isMarked ? 3 : 0
    while let end = scanner.rowEnd(memory, from: place, to: count) {
      last = end
      place = end + 1
    }
    return last
  }

  /// The byte order mark of UTF-8.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private func lastLineEnd(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int? {
    var index = count - 1
    while index >= 0, memory[index] != 10 { index -= 1 }
    return index >= 0 ? index : nil
  }

  private mutating func fill(
    _ memory: UnsafeMutablePointer<UInt8>,
    _ room: Int
  ) throws(PaymentError) -> Int {
    let count = try source.read(memory, room)
    if count == 0 { isAtEnd = true }
    return count
  }
}

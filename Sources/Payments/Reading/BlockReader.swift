#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// Reads a file, plain or compressed, in blocks that end where a line ends.
///
/// Memory does not grow with the file, nor with a line: one longer than ``longestLine`` is passed over,
/// and the block that follows says so.
struct BlockReader {
  /// Whole lines, with a line end after the last byte, whether or not the file has one there.
  struct Block {
    /// The number of the block, from 0.
    let number: Int
    let bytes: UnsafeMutableBufferPointer<UInt8>
    /// Whether a line too long to read came before, which counts as one.
    let followsLongLine: Bool
  }

  /// The bytes after which a block ends with the next line: few, so that a block stays near its reader.
  static let blockSize = 1 << 18
  /// The longest line, and so the most bytes in a block.
  static let longestLine = 1 << 20
  /// The memory that a block needs: words are read beyond its end.
  static let memorySize = longestLine + 64

  /// The bytes of the file, where it is a plain one.
  private(set) var fileSize: Int?

  private var source: ByteSource
  /// What undoes the compression of the source, where it is compressed.
  private var gunzip: Gunzip?
  /// Read, but not yet handed out.
  private var carry: UnsafeMutablePointer<UInt8>
  private var carryCount = 0
  private var blocks = 0
  private var isInLongLine = false
  private var isAtEnd = false

  /// Opens `path`; `-` is standard input.
  init(_ path: String) throws(PaymentError) { try self.init(ByteSource(path)) }

  /// Reads `text`, which came from `path`.
  init(_ text: [UInt8], from path: String) throws(PaymentError) {
    try self.init(ByteSource(text, from: path))
  }

  /// Reads what is in `source`, compressed if its first bytes say so.
  private init(_ source: ByteSource) throws(PaymentError) {
    self.source = source
    let isCompressed: Bool
    do throws(PaymentError) {
      isCompressed = try self.source.begins(with: Gunzip.magic)
    } catch {
      source.shut()
      throw error
    }
    if isCompressed {
      gunzip = Gunzip(self.source)
    } else {
      fileSize = source.size
    }
    carry = .allocate(capacity: Self.longestLine)
  }

  func shut() {
    carry.deallocate()
    if gunzip == nil { source.shut() }
  }

  /// The next block, in `memory` of ``memorySize``; `nil` at the end.
  mutating func next(
    into memory: UnsafeMutablePointer<UInt8>
  ) throws(PaymentError) -> Block? {
    var followsLongLine = false
    var count = carryCount
    memory.update(from: carry, count: count)
    carryCount = 0
    var goal = Self.blockSize
    while true {
      while count < goal, !isAtEnd {
        count += try fill(memory + count, goal - count)
      }
      if isInLongLine {
        guard let end = firstLineEnd(memory, count) else {
          if isAtEnd { return followsLongLine ? block(memory, 0, true) : lastLongLine(memory) }
          count = 0
          continue
        }
        count -= end + 1
        memory.update(from: memory + end + 1, count: count)
        isInLongLine = false
        followsLongLine = true
        continue
      }
      if isAtEnd {
        return count == 0 && !followsLongLine ? nil : block(memory, count, followsLongLine)
      }
      guard let end = lastLineEnd(memory, count) else {
        guard count == Self.longestLine else {
          goal = Self.longestLine
          continue
        }
        isInLongLine = true
        count = 0
        if followsLongLine { return block(memory, 0, true) }
        continue
      }
      carryCount = count - end - 1
      carry.update(from: memory + end + 1, count: carryCount)
      return block(memory, end + 1, followsLongLine)
    }
  }

  /// A line without end that was too long is the last thing in the file.
  private mutating func lastLongLine(_ memory: UnsafeMutablePointer<UInt8>) -> Block {
    isInLongLine = false
    return block(memory, 0, true)
  }

  private mutating func block(
    _ memory: UnsafeMutablePointer<UInt8>,
    _ count: Int,
    _ followsLongLine: Bool
  ) -> Block {
    blocks += 1
    memory[count] = 10
    return Block(
      number: blocks - 1,
      bytes: UnsafeMutableBufferPointer(start: memory, count: count),
      followsLongLine: followsLongLine
    )
  }

  private func firstLineEnd(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int? {
    memchr(memory, 10, count).map { $0 - UnsafeMutableRawPointer(memory) }
  }

  private func lastLineEnd(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int? {
    var index = count - 1
    while index >= 0, memory[index] != 10 { index -= 1 }
    return index >= 0 ? index : nil
  }

  private mutating func fill(
    _ memory: UnsafeMutablePointer<UInt8>,
    _ room: Int
  ) throws(PaymentError) -> Int {
    let count =
      if let gunzip { try gunzip.read(memory, room) } else { try source.read(memory, room) }
    if count == 0 { isAtEnd = true }
    return count
  }
}

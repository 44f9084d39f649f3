private import CZlib
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

  private let path: String
  private let descriptor: Int32
  /// What is read in place of a file, and how much of it has been.
  private var text: [UInt8] = []
  private var taken = 0
  private var compressed: gzFile?
  /// Read, but not yet handed out.
  private var carry: UnsafeMutablePointer<UInt8>
  private var carryCount = 0
  private var blocks = 0
  private var isInLongLine = false
  private var isAtEnd = false

  /// Opens `path`; `-` is standard input.
  init(_ path: String) throws(PaymentError) {
    self.path = path
    descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .noSuchInput(path: path, reason: lastReason())
    }
    carry = .allocate(capacity: Self.longestLine)
    do throws(PaymentError) {
      try peek()
    } catch {
      carry.deallocate()
      close(descriptor)
      throw error
    }
  }

  /// Reads `text`, which came from `path`.
  init(_ text: [UInt8], from path: String) {
    (self.path, self.text, fileSize) = (path, text, text.count)
    descriptor = -1
    carry = .allocate(capacity: Self.longestLine)
  }

  /// Looks whether the file is compressed: by its first two bytes, or not at all where it is a pipe.
  private mutating func peek() throws(PaymentError) {
    var magic: (UInt8, UInt8) = (0, 0)
    let count = withUnsafeMutableBytes(of: &magic) { pread(descriptor, $0.baseAddress, 2, 0) }
    if count < 0, errno != ESPIPE {
      throw .noSuchInput(path: path, reason: lastReason())
    }
    guard count < 0 || (count == 2 && magic == (0x1F, 0x8B)) else {
      var status = stat()
      if fstat(descriptor, &status) == 0 { fileSize = Int(status.st_size) }
      return
    }
    compressed = gzdopen(descriptor, "rb")
    if let compressed { _ = gzbuffer(compressed, 1 << 18) }
  }

  func shut() {
    carry.deallocate()
    if let compressed {
      gzclose(compressed)
    } else if descriptor >= 0 {
      close(descriptor)
    }
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
    guard let compressed else {
      if descriptor < 0 { return take(memory, room) }
      while true {
        let count = read(descriptor, memory, room)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw .noSuchInput(path: path, reason: lastReason()) }
        if count == 0 { isAtEnd = true }
        return count
      }
    }
    let count = gzread(compressed, memory, UInt32(room))
    if count <= 0 {
      isAtEnd = true
      var code: Int32 = 0
      _ = gzerror(compressed, &code)
      guard count == 0, code == 0 || code == 1 else {
        let reason = "the compressed data ends too early or is damaged; compress the file again"
        throw .unreadable(path: path, reason: reason)
      }
    }
    return Int(max(0, count))
  }
}

extension BlockReader {
  /// Copies what is left of the text.
  private mutating func take(_ memory: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int {
    let count = min(room, text.count - taken)
    text.withUnsafeBufferPointer { text in
      if let base = text.baseAddress { memory.update(from: base + taken, count: count) }
    }
    taken += count
    isAtEnd = taken == text.count
    return count
  }
}

/// The system's words for what went wrong last.
func lastReason() -> String {
  let code = errno
  if code == ENOENT { return "there is no such file or folder" }
  if code == ENOSPC { return "the disk is full" }
  return String(cString: strerror(code)).lowercased()
}

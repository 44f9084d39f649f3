internal import Disk
#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// The bytes of a file, of a pipe, or of a text in memory, as they are.
struct ByteSource {
  /// What the bytes are called in errors.
  let path: String
  /// The size of the file, where it is a plain one.
  let size: Int?
  /// The hash of what is read, where it cannot be read again by its name.
  let hash: PipeHash?

  private let descriptor: Int32
  /// Bytes in memory, which come before those of the file.
  private var text: [UInt8] = []
  private var taken = 0

  /// Opens `path`; `-` is standard input.
  init(_ path: String) throws(PaymentError) {
    self.path = path
    descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .noSuchInput(path: path, reason: lastReason()) }
    var status = stat()
    let isPlain = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isPlain ? Int(status.st_size) : nil
    hash = isPlain && path != "-" ? nil : PipeHash()
  }

  /// Reads `text`, which came from `path`.
  init(_ text: [UInt8], from path: String) {
    (self.path, self.text, size, descriptor) = (path, text, text.count, -1)
    hash = nil
  }

  /// The next `count` bytes, or all there are; they are still to be read.
  mutating func first(_ count: Int) throws(PaymentError) -> [UInt8] {
    guard descriptor >= 0 else { return Array(text.dropFirst(taken).prefix(count)) }
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    defer { memory.deallocate() }
    var found = 0
    while found < count {
      let more = try read(memory + found, count - found)
      guard more > 0 else { break }
      found += more
    }
    (text, taken) = (Array(UnsafeBufferPointer(start: memory, count: found)), 0)
    return text
  }

  /// Reads at most `room` bytes; 0 at the end.
  mutating func read(
    _ memory: UnsafeMutablePointer<UInt8>,
    _ room: Int
  ) throws(PaymentError) -> Int {
    if taken < text.count { return take(memory, room) }
    guard descriptor >= 0 else { return 0 }
    while true {
      let count = Self.get(descriptor, memory, room)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .noSuchInput(path: path, reason: lastReason()) }
      hash?.add(memory, count)
      return count
    }
  }

  private static func get(_ file: Int32, _ memory: UnsafeMutableRawPointer, _ room: Int) -> Int {
    #if canImport(Glibc)
    Glibc.read(file, memory, room)
    #else
    Darwin.read(file, memory, room)
    #endif
  }

  /// Copies what is left of the text.
  private mutating func take(_ memory: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int {
    let count = min(room, text.count - taken)
    text.withUnsafeBufferPointer { text in
      if let base = text.baseAddress { memory.update(from: base + taken, count: count) }
    }
    taken += count
    return count
  }

  func shut() {
    if descriptor >= 0 { close(descriptor) }
  }
}

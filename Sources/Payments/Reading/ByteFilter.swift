/// What gives bytes, perhaps as they were before a compression or in another encoding.
protocol ByteFilter: AnyObject {
  /// Reads at most `count` bytes; 0 at the end.
  func read(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PaymentError) -> Int
}

/// The bytes of a file as they were before it was compressed, the first of which may be looked at beforehand.
final class ByteStream: ByteFilter {
  let path: String
  /// The size of the file, where it is a plain one and not compressed.
  let fileSize: Int?
  private var source: ByteSource
  /// The SHA-256 of what was read, where it came through a pipe.
  var pipeHash: String? { source.hash?.text }
  /// What undoes the compression, and then the encoding.
  private var filter: (any ByteFilter)?
  /// Whether the file is compressed; what undoes that then shuts it.
  private let isCompressed: Bool
  private var ahead: [UInt8] = []
  private var taken = 0

  /// Opens `path`; `-` is standard input.
  convenience init(_ path: String) throws(PaymentError) { try self.init(ByteSource(path)) }

  /// Reads `text`, which came from `path`.
  convenience init(_ text: [UInt8], from path: String) throws(PaymentError) {
    try self.init(ByteSource(text, from: path))
  }

  private init(_ source: ByteSource) throws(PaymentError) {
    var source = source
    let magic: [UInt8]
    do throws(PaymentError) {
      magic = try source.first(6)
    } catch {
      source.shut()
      throw error
    }
    self.source = source
    path = source.path
    filter = Compression(magic)?.filter(source)
    isCompressed = filter != nil
    fileSize = isCompressed ? nil : source.size
  }

  /// The first bytes that are still to be read: `count` of them, or all there are.
  func peek(_ count: Int) throws(PaymentError) -> [UInt8] {
    while ahead.count - taken < count {
      var room = [UInt8](repeating: 0, count: 1 << 16)
      let more = try room.withUnsafeMutableBufferPointer { room throws(PaymentError) in
        guard let base = room.baseAddress else { return 0 }
        return try behind(base, room.count)
      }
      guard more > 0 else { break }
      ahead += room[..<more]
    }
    return Array(ahead[taken...].prefix(count))
  }

  /// Takes what is still to be read for text in `encoding`, which is read as UTF-8 from now on.
  func decode(_ encoding: TextEncoding) {
    guard encoding != .utf8 else { return }
    let (rest, before) = (Array(ahead[taken...]), filter)
    (ahead, taken) = ([], 0)
    filter = Transcoder(encoding, after: rest) { [self] memory, count throws(PaymentError) in
      if let before { return try before.read(memory, count) }
      return try source.read(memory, count)
    }
  }

  func read(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PaymentError) -> Int {
    guard taken < ahead.count else { return try behind(memory, count) }
    let part = min(count, ahead.count - taken)
    ahead.withUnsafeBufferPointer { ahead in
      if let base = ahead.baseAddress { memory.update(from: base + taken, count: part) }
    }
    taken += part
    if taken == ahead.count { (ahead, taken) = ([], 0) }
    return part
  }

  /// What comes after what was looked at.
  private func behind(
    _ memory: UnsafeMutablePointer<UInt8>,
    _ count: Int
  ) throws(PaymentError) -> Int {
    if let filter { return try filter.read(memory, count) }
    return try source.read(memory, count)
  }

  /// All bytes that are left, of which there may be at most so many.
  func all(atMost limit: Int) throws(PaymentError) -> [UInt8] {
    let bytes = try peek(limit + 1)
    guard bytes.count <= limit else {
      throw .unreadable(path: path, reason: "it holds more than \(limit >> 20) MB; split it")
    }
    return bytes
  }

  func shut() {
    filter = nil
    if !isCompressed { source.shut() }
  }
}

/// How a file is compressed, as its first bytes tell.
enum Compression {
  case gzip, bzip2, zstandard

  init?(_ magic: [UInt8]) {
    if magic.starts(with: Gunzip.magic) {
      self = .gzip
    } else if magic.starts(with: Array("BZh".utf8)) {
      self = .bzip2
    } else if magic.starts(with: Unzstd.magic) {
      self = .zstandard
    } else {
      return nil
    }
  }

  /// What undoes it.
  func filter(_ source: ByteSource) -> any ByteFilter {
    switch self {
    case .gzip: Gunzip(source)
    case .bzip2: Bunzip(source)
    case .zstandard: Unzstd(source)
    }
  }
}

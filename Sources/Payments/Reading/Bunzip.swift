private import CBzip2

/// Bytes as they were before bzip2, of any number of streams one after another.
final class Bunzip: ByteFilter {
  private static let roomSize = 1 << 16

  private var source: ByteSource
  private let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)
  private let room = UnsafeMutablePointer<CChar>.allocate(capacity: roomSize)
  private var isInStream = false

  /// Reads what `source` has.
  init(_ source: ByteSource) {
    self.source = source
    stream.initialize(to: bz_stream())
    begin()
  }

  deinit {
    BZ2_bzDecompressEnd(stream)
    stream.deallocate()
    room.deallocate()
    source.shut()
  }

  private func begin() {
    precondition(BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK, "there is memory for a block")
    isInStream = true
  }

  func read(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PaymentError) -> Int {
    let text = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: CChar.self)
    stream.pointee.next_out = text
    stream.pointee.avail_out = UInt32(count)
    while Int(stream.pointee.avail_out) == count {
      let isAtEnd = try !hasInput()
      if !isInStream {
        if isAtEnd { break }
        let (next, left) = (stream.pointee.next_in, stream.pointee.avail_in)
        BZ2_bzDecompressEnd(stream)
        begin()
        (stream.pointee.next_in, stream.pointee.avail_in) = (next, left)
        stream.pointee.next_out = text
        stream.pointee.avail_out = UInt32(count)
      }
      guard !isAtEnd else { throw damage("the compressed data ends too early") }
      switch BZ2_bzDecompress(stream) {
      case BZ_OK: break
      case BZ_STREAM_END: isInStream = false
      default: throw damage("the compressed data is damaged")
      }
    }
    return count - Int(stream.pointee.avail_out)
  }

  /// Whether there is more to read, which then is at hand.
  private func hasInput() throws(PaymentError) -> Bool {
    guard stream.pointee.avail_in == 0 else { return true }
    let bytes = UnsafeMutableRawPointer(room).assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(try source.read(bytes, Self.roomSize))
    stream.pointee.next_in = room
    return stream.pointee.avail_in > 0
  }

  private func damage(_ reason: String) -> PaymentError {
    .unreadable(path: source.path, reason: "\(reason); compress the file again")
  }
}

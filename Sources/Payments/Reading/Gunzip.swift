private import CZlib

/// Bytes as they were before gzip, of any number of members one after another.
///
/// Every member must be whole, with its checksum and its length. Zeros may follow a member, as on tapes and
/// in files filled up to a block, and further members after them; anything else that follows is an error,
/// because it may be a member that was damaged.
final class Gunzip: ByteFilter {
  static let magic: [UInt8] = [0x1F, 0x8B]
  private static let roomSize = 1 << 18

  private var source: ByteSource
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let room = UnsafeMutablePointer<UInt8>.allocate(capacity: roomSize)
  private var isInMember = true

  /// Reads what `source` has, which begins with ``magic``.
  init(_ source: ByteSource) {
    self.source = source
    stream.initialize(to: z_stream())
    precondition(gunzip_begin(stream) == Z_OK, "there is memory for a window")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    room.deallocate()
    source.shut()
  }

  /// Reads at most `count` bytes; 0 at the end.
  func read(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PaymentError) -> Int {
    stream.pointee.next_out = memory
    stream.pointee.avail_out = UInt32(count)
    while stream.pointee.avail_out == count {
      let isAtEnd = try !hasInput()
      guard isInMember else {
        if isAtEnd { break }
        try beginMember()
        continue
      }
      guard !isAtEnd else { throw damage("the compressed data ends too early") }
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK: break
      case Z_STREAM_END: isInMember = false
      default: throw damage("the compressed data is damaged")
      }
    }
    return count - Int(stream.pointee.avail_out)
  }

  /// Whether there is more to read, which then is at hand.
  private func hasInput() throws(PaymentError) -> Bool {
    guard stream.pointee.avail_in == 0 else { return true }
    stream.pointee.avail_in = UInt32(try source.read(room, Self.roomSize))
    stream.pointee.next_in = room
    return stream.pointee.avail_in > 0
  }

  /// Passes over zeros; what then comes must be a member.
  private func beginMember() throws(PaymentError) {
    while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
    guard stream.pointee.avail_in > 0 else { return }
    guard stream.pointee.next_in.pointee == Self.magic[0] else {
      throw damage("what follows the compressed data is damaged, or does not belong to it")
    }
    inflateReset(stream)
    isInMember = true
  }

  private func damage(_ reason: String) -> PaymentError {
    .unreadable(path: source.path, reason: "\(reason); compress the file again")
  }
}

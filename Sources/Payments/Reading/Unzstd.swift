private import CZstd

/// Bytes as they were before Zstandard, of any number of frames one after another.
///
/// A frame may look back by 128 MB at most: what asks for more is refused, as by `zstd -d` without `--long=31`.
final class Unzstd: ByteFilter {
  static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  private static let roomSize = 1 << 17

  private var source: ByteSource
  private let stream: OpaquePointer
  private let room = UnsafeMutablePointer<UInt8>.allocate(capacity: roomSize)
  private var input: ZSTD_inBuffer
  private var isInFrame = true

  /// Reads what `source` has.
  init(_ source: ByteSource) {
    self.source = source
    guard let stream = ZSTD_createDStream() else {
      preconditionFailure("there is memory for a stream")
    }
    self.stream = stream
    input = ZSTD_inBuffer(src: room, size: 0, pos: 0)
  }

  deinit {
    ZSTD_freeDStream(stream)
    room.deallocate()
    source.shut()
  }

  func read(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PaymentError) -> Int {
    var output = ZSTD_outBuffer(dst: memory, size: count, pos: 0)
    while output.pos == 0 {
      if input.pos == input.size {
        input = ZSTD_inBuffer(src: room, size: try source.read(room, Self.roomSize), pos: 0)
        // What is decoded already may still wait to be written.
        if input.size == 0, !isInFrame { break }
      }
      let (isAtEnd, before) = (input.size == 0, input.pos)
      let left = ZSTD_decompressStream(stream, &output, &input)
      guard ZSTD_isError(left) == 0 else {
        throw damage("the compressed data is damaged (\(String(cString: ZSTD_getErrorName(left))))")
      }
      isInFrame = left != 0
      guard !isAtEnd || output.pos > 0 || input.pos > before || !isInFrame else {
        throw damage("the compressed data ends too early")
      }
    }
    return output.pos
  }

  private func damage(_ reason: String) -> PaymentError {
    .unreadable(path: source.path, reason: "\(reason); compress the file again")
  }
}

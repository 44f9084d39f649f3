#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// A file that is added to, and of which what came after a known length can be taken back.
///
/// For what is told as it happens: nobody waits for its end. It is on disk as far as ``force()`` was called.
public final class GrowingFile {
  private let path: String
  private let descriptor: Int32
  /// How many bytes it has.
  public private(set) var length: Int

  /// Opens a file, or makes it, and cuts off what is beyond a length.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - length: How much of it is kept; a file that is shorter cannot go on.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  public init(_ path: String, keeping length: Int) throws(FileError) {
    (self.path, self.length) = (path, length)
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .couldNotWrite(path: path, reason: lastReason()) }
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= length else {
      throw .couldNotWrite(
        path: path,
        reason: "it has \(size) bytes, and had \(length) when it was last added to"
      )
    }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, 0, SEEK_END) == length else {
      throw .couldNotWrite(path: path, reason: lastReason())
    }
  }

  deinit { close(descriptor) }

  /// Adds to it.
  ///
  /// - Parameter bytes: What is added.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  public func append(_ bytes: [UInt8]) throws(FileError) {
    var begin = 0
    while begin < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress.map { $0 + begin }, bytes.count - begin)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .couldNotWrite(path: path, reason: lastReason()) }
      begin += count
    }
    length += bytes.count
  }

  /// Waits until all of it is on disk.
  ///
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  public func force() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw .couldNotWrite(path: path, reason: lastReason()) }
  }
}

/// What comes through a pipe, piece by piece.
public struct ArrivingBytes {
  // Small, so that nothing waits long for what came with it.
  private var buffer = [UInt8](repeating: 0, count: 1 << 13)

  /// Standard input.
  public init() {}

  /// What has come, waiting where nothing has; nothing at the end.
  ///
  /// - Returns: The bytes.
  /// - Throws: ``FileError/noSuchInput(path:reason:)``.
  public mutating func next() throws(FileError) -> ArraySlice<UInt8> {
    while true {
      let count = read(0, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .noSuchInput(path: "standard input", reason: lastReason())
      }
      return buffer[..<count]
    }
  }
}

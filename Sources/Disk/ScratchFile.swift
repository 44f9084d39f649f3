#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// A file without a name, for what others can write only to a path: gone with the process, however that ends.
package final class ScratchFile {
  /// The folder in which it lies.
  package static var folder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  private let descriptor: Int32

  /// What can be opened, as long as this lives.
  package var path: String { "/dev/fd/\(descriptor)" }

  /// Makes an empty file.
  ///
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  package init() throws(FileError) {
    var name = Array("\(Self.folder)/ouro-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw .couldNotWrite(path: Self.folder, reason: lastReason())
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(name)
  }

  deinit { close(descriptor) }

  /// All that it holds.
  ///
  /// - Returns: The bytes.
  /// - Throws: ``FileError/noSuchInput(path:reason:)``.
  package func bytes() throws(FileError) -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    return try Files.bytes(of: path)
  }
}

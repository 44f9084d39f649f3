#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// A hidden file that is to get another name once it is whole, locked as long as its writer lives.
///
/// The lock ends with the process, however that ends: who next makes such a file in the same folder takes away those that
/// nobody holds any more.
package final class PartFile {
  /// Where it is.
  package let path: String
  private let descriptor: Int32

  /// Makes an empty file in the folder of `target`.
  ///
  /// - Parameter target: The name it is to have.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  package init(beside target: String) throws(FileError) {
    guard let (path, descriptor) = Self.opened(beside: target, 0o666) else {
      throw .couldNotWrite(path: target, reason: lastReason())
    }
    (self.path, self.descriptor) = (path, descriptor)
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  /// A file that is open and locked, after those that were left behind beside it are gone.
  static func opened(beside target: String, _ mode: Int) -> (path: String, descriptor: Int32)? {
    sweep(beside: target)
    while true {
      let path = name(beside: target)
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
      guard descriptor >= 0 else { return nil }
      lock(descriptor)
      var found = stat()
      // Between the two somebody may have thought it left behind.
      if fstat(descriptor, &found) != 0 || found.st_nlink > 0 { return (path, descriptor) }
      close(descriptor)
    }
  }

  /// Says that the writer of a file lives; where the system has no such locks, nothing is ever taken away.
  static func lock(_ descriptor: Int32) { _ = flock(descriptor, LOCK_EX) }

  /// A name that nothing has yet, in the folder of `target`.
  static func name(beside target: String) -> String {
    let random = String(UInt64.random(in: 0 ... .max), radix: 36)
    return "\(Files.parent(of: target))/\(beginning)\(random)\(end)"
  }

  private static let beginning = ".ouro-new-"
  private static let end = ".part"

  /// Takes away what writers that were killed left beside a file, and the journals of books among it.
  package static func sweep(beside path: String) {
    let folder = Files.parent(of: path)
    for name in Files.names(in: folder) where name.hasPrefix(beginning) && name.hasSuffix(end) {
      let path = "\(folder)/\(name)"
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      unlink(path)
      unlink("\(path)-journal")
    }
  }
}

internal import Columns

#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// A file that gets its name once it is whole, so that no half is ever seen.
///
/// It is written beside its place. What stands there and is no plain file, such as a pipe or a device, is
/// written to as it is.
package final class NewFile {
  private let path: String
  /// Where it is written, if it has yet to get its name.
  private var part: String?
  private var descriptor: Int32

  /// Opens a file to be at `path`; `-` is standard output.
  ///
  /// - Throws: ``PaymentError/couldNotWrite(path:reason:)``.
  package init(_ path: String) throws(PaymentError) {
    self.path = path
    var status = stat()
    let isPlain = stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    part = path != "-" && isPlain ? "\(path).part" : nil
    descriptor =
      path == "-" ? dup(1) : open(part ?? path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure() }
  }

  deinit { abandon() }

  /// Writes bytes at the end.
  ///
  /// - Parameter bytes: The bytes.
  /// - Throws: ``PaymentError/couldNotWrite(path:reason:)``, after which there is no file.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(PaymentError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress
      let count = Self.put(descriptor, start, min(rest.count, 1 << 30))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes bytes at the end.
  ///
  /// - Parameter bytes: The bytes.
  /// - Throws: ``PaymentError/couldNotWrite(path:reason:)``, after which there is no file.
  package func write(_ bytes: [UInt8]) throws(PaymentError) {
    let copy = FlatArray(bytes)
    defer { withExtendedLifetime(copy) {} }
    try write(copy.raw)
  }

  private static func put(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
    Glibc.write(file, start, count)
    #else
    Darwin.write(file, start, count)
    #endif
  }

  /// Gives the file its name.
  ///
  /// - Throws: ``PaymentError/couldNotWrite(path:reason:)``, after which there is no file.
  package func end() throws(PaymentError) {
    guard let part else { return abandon() }
    guard fsync(descriptor) == 0, rename(part, path) == 0 else { throw failure() }
    self.part = nil
    abandon()
  }

  /// Why the system would not write; takes away what has been written.
  private func failure() -> PaymentError {
    let reason = lastReason()
    abandon()
    return .couldNotWrite(path: path == "-" ? "standard output" : path, reason: reason)
  }

  private func abandon() {
    if descriptor >= 0 { close(descriptor) }
    if let part { unlink(part) }
    (descriptor, part) = (-1, nil)
  }
}

extension FlatArray {
  /// The bytes of the values; they are there as long as the array is.
  var raw: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(UnsafeBufferPointer(start: base, count: count))
  }
}

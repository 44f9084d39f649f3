#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// Why a file could not be read or written.
public enum FileError: Error, Equatable, CustomStringConvertible {
  /// There is no such file, or it cannot be read.
  case noSuchInput(path: String, reason: String)
  /// The system would not write; what stood there before still does.
  case couldNotWrite(path: String, reason: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noSuchInput(let path, let reason): "\(path): \(reason)"
    case .couldNotWrite(let path, let reason): "\(path): could not write: \(reason)"
    }
  }
}

/// The system's words for what went wrong last.
package func lastReason() -> String {
  let code = errno
  if code == ENOENT { return "there is no such file or folder" }
  if code == ENOSPC { return "the disk is full" }
  return String(cString: strerror(code)).lowercased()
}

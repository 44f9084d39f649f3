private import CLibcrypto
internal import Tables
#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// The SHA-256 of files, by which an answer says what it rests on.
package enum FileHash {
  /// The SHA-256 of the file at `path`, as 64 hexadecimal digits; `nil` of what cannot be read again.
  package static func of(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    // By pieces: a file that somebody cuts short meanwhile ends, where mapped memory would fault.
    var hash = RunningHash()
    return withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { room in
      while true {
        let count = read(descriptor, room.baseAddress, room.count)
        guard count >= 0 else { return nil }
        guard count > 0 else { return hash.text }
        hash.add(UnsafeRawBufferPointer(rebasing: room[..<count]))
      }
    }
  }

  /// The SHA-256 of bytes.
  package static func of(_ bytes: [UInt8]) -> String {
    var hash = RunningHash()
    bytes.withUnsafeBytes { hash.add($0) }
    return hash.text
  }
}

/// The SHA-256 of bytes as they come, of which it can be told at any moment.
package struct RunningHash: Sendable {
  private var state = SHA256_CTX()

  /// Of no bytes yet.
  package init() { SHA256_Init(&state) }

  /// Adds bytes.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&state, bytes.baseAddress, bytes.count)
  }

  /// The hash of what came so far, as 64 hexadecimal digits.
  package var text: String {
    var ended = state
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
      SHA256_Final(digest.baseAddress, &ended)
      return hexadecimal(digest)
    }
  }
}

/// The hash of what comes through a pipe, which nobody can read again, shared by all who read of it in turn.
final class PipeHash {
  private var running = RunningHash()

  /// Adds the bytes that were read last.
  func add(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) {
    running.add(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// The hash of all that was read.
  var text: String { running.text }
}

private import CLibcrypto
internal import Tables

/// A SHA-256 over parts, each preceded by its length, so that no two lists of parts hash alike.
struct Digest {
  private var bytes: [UInt8] = []

  /// Adds one part.
  mutating func add(_ part: some Collection<UInt8>) {
    withUnsafeBytes(of: UInt64(part.count).bigEndian) { bytes += $0 }
    bytes += part
  }

  /// Adds the UTF-8 of `text` as one part.
  mutating func add(_ text: String) { add(text.utf8) }

  /// The hash of what was added, as 64 hexadecimal digits.
  var hexadecimal: String { Self.hexadecimal(of: bytes) }

  /// The SHA-256 of `bytes` alone, as 64 hexadecimal digits.
  static func hexadecimal(of bytes: [UInt8]) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
      SHA256(bytes, bytes.count, digest.baseAddress)
      return Tables.hexadecimal(UnsafeBufferPointer(digest))
    }
  }
}

/// A short name for exact contents.
public enum Fingerprint {
  /// The SHA-256 over parts in their order, as 64 hexadecimal digits.
  public static func of(_ parts: [String]) -> String {
    var digest = Digest()
    for part in parts { digest.add(part) }
    return digest.hexadecimal
  }

  /// The SHA-256 of bytes alone, as 64 hexadecimal digits.
  public static func of(_ bytes: [UInt8]) -> String { Digest.hexadecimal(of: bytes) }
}

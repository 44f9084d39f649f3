/// Texts with the escapes of JSON in them.
enum JSONEscapes {
  /// The text that `bytes` stand for; `nil` where an escape is broken.
  static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    var units: [UInt8] = []
    units.reserveCapacity(bytes.count)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      guard bytes[at] == UInt8(ascii: "\\") else {
        units.append(bytes[at])
        at += 1
        continue
      }
      guard at + 1 < bytes.endIndex else { return nil }
      if bytes[at + 1] == UInt8(ascii: "u") {
        guard let (scalar, next) = scalar(bytes, at) else { return nil }
        units += Array(String(scalar).utf8)
        at = next
      } else {
        guard let plain = plain(bytes[at + 1]) else { return nil }
        units.append(plain)
        at += 2
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  private static func plain(_ mark: UInt8) -> UInt8? {
    switch mark {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): mark
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    default: nil
    }
  }

  /// The character of one escape, or of the two of a surrogate pair; half a pair is the replacement character.
  private static func scalar(_ bytes: ArraySlice<UInt8>, _ at: Int) -> (Unicode.Scalar, Int)? {
    guard let first = unit(bytes, at) else { return nil }
    if let scalar = Unicode.Scalar(first) { return (scalar, at + 6) }
    guard (0xD800..<0xDC00).contains(first), let second = unit(bytes, at + 6),
      (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { return ("\u{FFFD}", at + 6) }
    return (scalar, at + 12)
  }

  private static func unit(_ bytes: ArraySlice<UInt8>, _ at: Int) -> UInt32? {
    guard at >= bytes.startIndex, at + 6 <= bytes.endIndex, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[(at + 2)..<(at + 6)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

extension Unicode.Scalar {
  /// The character in a string of JSON, by its number: `\u001b`.
  public var escapedInJSON: String {
    String(self).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    .joined()
  }
}

/// How the characters of a text stand in its bytes.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case windows1252 = "Windows-1252"
  case latin9 = "ISO-8859-15"

  /// Tells by the first bytes of a text; what is plain ASCII so far is taken for UTF-8.
  init(beginning: [UInt8]) {
    if beginning.starts(with: [0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if beginning.starts(with: [0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else if let wide = Self.unmarked(beginning) {
      self = wide
    } else {
      self = Self.isUTF8(beginning) ? .utf8 : Self.narrow(beginning)
    }
  }

  /// UTF-16 without a mark: every other byte of western text is nought.
  private static func unmarked(_ bytes: [UInt8]) -> TextEncoding? {
    let beginning = bytes.prefix(4_096)
    guard beginning.count >= 8 else { return nil }
    let noughts = (0...1).map { odd in
      beginning.enumerated().count { $0.offset % 2 == odd && $0.element == 0 }
    }
    let half = beginning.count / 2
    if noughts[1] * 10 > half * 8, noughts[0] * 10 < half { return .utf16LittleEndian }
    if noughts[0] * 10 > half * 8, noughts[1] * 10 < half { return .utf16BigEndian }
    return nil
  }

  /// Whether bytes are UTF-8, but for a character cut off at their end.
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return true }
    return (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }

  /// One byte a character: letters that only ISO 8859-15 has tell it from Windows-1252, whose own stand lower.
  static func narrow(_ bytes: [UInt8]) -> TextEncoding {
    let own: Set<UInt8> = [0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE]
    let isLow = bytes.contains { (0x80...0x9F).contains($0) }
    return !isLow && bytes.contains(where: own.contains) ? .latin9 : .windows1252
  }

  /// The first byte that is not UTF-8, of a text that is said to be, or most of whose letters beyond ASCII are.
  static func damage(_ bytes: [UInt8], isSaid: Bool) -> Int? {
    var (sound, broken) = (0, 0)
    var first: Int?
    var place = 0
    while place < bytes.count {
      guard bytes[place] >= 0x80 else {
        place += 1
        continue
      }
      let length = bytes[place] >= 0xF0 ? 4 : bytes[place] >= 0xE0 ? 3 : 2
      let letter = bytes[place..<min(place + length, bytes.count)]
      if String(validating: letter, as: UTF8.self) != nil {
        (sound, place) = (sound + 1, place + length)
      } else {
        (broken, first, place) = (broken + 1, first ?? place, place + 1)
      }
    }
    return isSaid || sound > broken ? first : nil
  }

  /// The character of a byte from 0x80 on, in an encoding of one byte a character.
  func scalar(_ byte: UInt8) -> Unicode.Scalar {
    if self == .latin9, let other = Self.latin[byte] { return other }
    if self == .windows1252, byte < 0xA0 { return Self.windows[Int(byte) - 0x80] }
    return Unicode.Scalar(byte)
  }

  private static let latin: [UInt8: Unicode.Scalar] = [
    0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
  ]

  /// The five bytes that are no letter stay told apart, as controls of the same number.
  private static let windows: [Unicode.Scalar] = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars
  )
}

/// Text in another encoding, as UTF-8.
final class Transcoder: ByteFilter {
  typealias Source = (UnsafeMutablePointer<UInt8>, Int) throws(PaymentError) -> Int

  private let encoding: TextEncoding
  private let source: Source
  /// Read, but not yet decoded.
  private var bytes: [UInt8]
  /// Decoded, but not yet read.
  private var text: [UInt8] = []
  private var taken = 0
  private var isAtEnd = false

  init(_ encoding: TextEncoding, after beginning: [UInt8], _ source: @escaping Source) {
    (self.encoding, self.source, bytes) = (encoding, source, beginning)
    if encoding == .utf16LittleEndian || encoding == .utf16BigEndian, bytes.count >= 2,
      Self.unit(bytes, 0, encoding) == 0xFEFF
    {
      bytes.removeFirst(2)
    }
  }

  func read(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) throws(PaymentError) -> Int {
    while taken == text.count {
      guard try decodeMore() else { return 0 }
    }
    let part = min(count, text.count - taken)
    text.withUnsafeBufferPointer { text in
      if let base = text.baseAddress { memory.update(from: base + taken, count: part) }
    }
    taken += part
    return part
  }

  private func decodeMore() throws(PaymentError) -> Bool {
    (text, taken) = ([], 0)
    if bytes.count < 4, !isAtEnd {
      var room = [UInt8](repeating: 0, count: 1 << 16)
      let more = try room.withUnsafeMutableBufferPointer { room throws(PaymentError) in
        guard let base = room.baseAddress else { return 0 }
        return try source(base, room.count)
      }
      isAtEnd = more == 0
      bytes += room[..<more]
    }
    guard !bytes.isEmpty else { return false }
    switch encoding {
    case .utf8: (text, bytes) = (bytes, [])
    case .windows1252, .latin9: decodeNarrow()
    case .utf16LittleEndian, .utf16BigEndian: decodeWide()
    }
    return true
  }

  /// What each byte above those of ASCII is in UTF-8.
  private lazy var above = (UInt8(0x80)...0xFF).map { byte in
    Array(UTF8.encode(encoding.scalar(byte)) ?? UTF8.encodedReplacementCharacter)
  }

  private func decodeNarrow() {
    let (bytes, above) = (bytes, above)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    var start = 0
    for place in bytes.indices where bytes[place] >= 0x80 {
      text += bytes[start..<place]
      text += above[Int(bytes[place] - 0x80)]
      start = place + 1
    }
    text += bytes[start...]
    (self.text, self.bytes) = (text, [])
  }

  private static func unit(_ bytes: [UInt8], _ place: Int, _ encoding: TextEncoding) -> UInt16 {
    let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
    return encoding == .utf16LittleEndian ? second << 8 | first : first << 8 | second
  }

  /// What is no character becomes U+FFFD, so that the row in which it stands is told.
  private func decodeWide() {
    let (bytes, encoding, isAtEnd) = (bytes, encoding, isAtEnd)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var place = 0
    while place + 1 < bytes.count {
      let unit = Self.unit(bytes, place, encoding)
      if unit < 0x80 {
        text.append(UInt8(unit))
        place += 2
        continue
      }
      var scalar = Unicode.Scalar(unit)
      var size = 2
      if unit & 0xFC00 == 0xD800 {
        guard place + 3 < bytes.count || isAtEnd else { break }
        if place + 3 < bytes.count {
          let low = Self.unit(bytes, place + 2, encoding)
          if low & 0xFC00 == 0xDC00 {
            size = 4
            scalar = Unicode.Scalar(0x10000 + UInt32(unit & 0x3FF) << 10 + UInt32(low & 0x3FF))
          }
        }
      }
      text += Array(UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
      place += size
    }
    var rest = Array(bytes[place...])
    if isAtEnd, !rest.isEmpty {
      text += Array("\u{FFFD}".utf8)
      rest = []
    }
    (self.text, self.bytes) = (text, rest)
  }
}

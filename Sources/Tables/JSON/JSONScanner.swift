/// A reader of JSON that goes through a text once, from value to value, and builds nothing that nobody asks for.
///
/// Strict as RFC 8259 has it: no comments, no commas too many, no numbers in other spellings. Numbers stay the digits that
/// were written, so that an amount is exact. Nothing stands deeper than ``deepest``. A value is either asked for
/// (``string()``, ``number()``, …) or passed over (``skip()``).
public struct JSONScanner: Sendable {
  /// How deep values may stand in one another.
  public static let deepest = 64

  /// What a value begins as.
  public enum Kind: Sendable { case object, array, string, number, literal }

  private let bytes: [UInt8]
  private var place: Int
  private let end: Int
  /// For each container that is open: whether nothing of it was read yet.
  private var fresh: [Bool] = []

  /// Begins to read `bytes`, or a part of them.
  public init(_ bytes: [UInt8], _ part: Range<Int>? = nil) {
    self.bytes = bytes
    place = part?.lowerBound ?? 0
    end = part?.upperBound ?? bytes.count
    if part == nil, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// Where the reader stands, in bytes from the start.
  public var offset: Int { place }

  // MARK: Containers

  /// What the next value is.
  public mutating func kind() throws(JSONError) -> Kind {
    skipBlanks()
    guard place < end else { throw error("the text ends where a value was expected") }
    switch bytes[place] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return .literal
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw error("a value was expected")
    }
  }

  /// Enters an object; ``nextKey()`` then leads through it.
  public mutating func beginObject() throws(JSONError) { try begin(UInt8(ascii: "{"), "an object") }

  /// Enters an array; ``nextElement()`` then leads through it.
  public mutating func beginArray() throws(JSONError) { try begin(UInt8(ascii: "["), "a list") }

  private mutating func begin(_ mark: UInt8, _ what: String) throws(JSONError) {
    skipBlanks()
    guard place < end, bytes[place] == mark else { throw error("\(what) was expected") }
    guard fresh.count < Self.deepest else {
      throw error("values stand more than \(Self.deepest) deep in one another")
    }
    place += 1
    fresh.append(true)
  }

  /// The next key of an object, between its quotes; `nil` at its end, which is passed.
  public mutating func nextKey() throws(JSONError) -> JSONKey? {
    guard try advance(to: UInt8(ascii: "}")) else { return nil }
    skipBlanks()
    guard place < end, bytes[place] == UInt8(ascii: "\"") else {
      throw error("a key in quotes was expected")
    }
    let inside = try quoted()
    skipBlanks()
    guard place < end, bytes[place] == UInt8(ascii: ":") else {
      throw error("a colon was expected")
    }
    place += 1
    return JSONKey(bytes: bytes[inside])
  }

  /// Whether an array has another element, which then is next; at its end that is passed.
  public mutating func nextElement() throws(JSONError) -> Bool {
    try advance(to: UInt8(ascii: "]"))
  }

  private mutating func advance(to mark: UInt8) throws(JSONError) -> Bool {
    skipBlanks()
    guard place < end, let isFirst = fresh.last else {
      throw error("the text ends inside a list or an object")
    }
    if bytes[place] == mark {
      place += 1
      fresh.removeLast()
      return false
    }
    if isFirst {
      fresh[fresh.count - 1] = false
      return true
    }
    guard bytes[place] == UInt8(ascii: ",") else { throw error("a comma was expected") }
    place += 1
    skipBlanks()
    guard place < end, bytes[place] != mark else { throw error("a comma stands before the end") }
    return true
  }

  // MARK: Values

  /// The text of a string.
  public mutating func string() throws(JSONError) -> String {
    skipBlanks()
    guard place < end, bytes[place] == UInt8(ascii: "\"") else {
      throw error("a text in quotes was expected")
    }
    let inside = try quoted()
    return try text(inside)
  }

  /// The text of a string; `nil` for `null`.
  public mutating func optionalString() throws(JSONError) -> String? {
    try takesNull() ? nil : string()
  }

  /// The digits of a number as they were written.
  public mutating func number() throws(JSONError) -> String {
    skipBlanks()
    let start = place
    if place < end, bytes[place] == UInt8(ascii: "-") { place += 1 }
    let first = place
    passDigits()
    guard place > first, bytes[first] != UInt8(ascii: "0") || place == first + 1 else {
      place = start
      throw error("a number was expected")
    }
    if place < end, bytes[place] == UInt8(ascii: ".") { try passDigits(after: 1) }
    if place < end, bytes[place] | 0x20 == UInt8(ascii: "e") {
      let isSigned = place + 1 < end && [0x2B, 0x2D].contains(bytes[place + 1])
      try passDigits(after: isSigned ? 2 : 1)
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func passDigits() {
    while place < end, (0x30...0x39).contains(bytes[place]) { place += 1 }
  }

  private mutating func passDigits(after count: Int) throws(JSONError) {
    place += count
    let start = place
    passDigits()
    guard place > start else { throw error("digits were expected") }
  }

  /// `true` or `false`.
  public mutating func boolean() throws(JSONError) -> Bool {
    if takes("true") { return true }
    if takes("false") { return false }
    throw error("true or false was expected")
  }

  /// Passes `null`, where it is next.
  public mutating func takesNull() throws(JSONError) -> Bool { takes("null") }

  private mutating func takes(_ word: StaticString) -> Bool {
    skipBlanks()
    let count = word.utf8CodeUnitCount
    guard place + count <= end else { return false }
    for index in 0..<count where bytes[place + index] != word.utf8Start[index] { return false }
    place += count
    return true
  }

  /// Passes over a value, whatever it is.
  public mutating func skip() throws(JSONError) {
    switch try kind() {
    case .string: _ = try quoted()
    case .number: _ = try number()
    case .literal:
      guard try takesNull() || takes("true") || takes("false") else {
        throw error("a value was expected")
      }
    case .array:
      try beginArray()
      while try nextElement() { try skip() }
    case .object:
      try beginObject()
      while try nextKey() != nil { try skip() }
    }
  }

  /// Makes sure that nothing but blanks is left.
  public mutating func finish() throws(JSONError) {
    skipBlanks()
    guard place == end else { throw error("something follows the value") }
  }

  // MARK: Text

  private mutating func skipBlanks() {
    while place < end {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      place += 1
    }
  }

  /// Passes a string, and gives where it stands between its quotes.
  private mutating func quoted() throws(JSONError) -> Range<Int> {
    let start = place + 1
    var at = start
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        place = at + 1
        return start..<at
      case UInt8(ascii: "\\"): at += 2
      case 0..<0x20:
        place = at
        throw error("a control character stands in a text")
      default: at += 1
      }
    }
    throw error("a text is not closed")
  }

  private func text(_ range: Range<Int>) throws(JSONError) -> String {
    let part = bytes[range]
    guard part.contains(UInt8(ascii: "\\")) else { return String(decoding: part, as: UTF8.self) }
    guard let text = JSONEscapes.text(part) else { throw error("a text has a broken escape") }
    return text
  }

  /// An error at the place where the reader stands.
  public func error(_ reason: String) -> JSONError { JSONError(offset: place, reason: reason) }
}

/// A key of an object, compared without making a text of it.
public struct JSONKey: Sendable {
  let bytes: ArraySlice<UInt8>

  /// Whether it is `name`.
  public static func == (key: JSONKey, name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    guard key.bytes.count == count else { return false }
    let start = key.bytes.startIndex
    for index in 0..<count where key.bytes[start + index] != name.utf8Start[index] { return false }
    return true
  }

  /// The key as a text.
  public var text: String {
    JSONEscapes.text(bytes) ?? String(decoding: bytes, as: UTF8.self)
  }
}

/// Why a text is not JSON, or not the JSON that was expected.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// Where, in bytes from the start.
  public let offset: Int
  /// What is wrong.
  public let reason: String

  /// Notes what is wrong at `offset`.
  public init(offset: Int, reason: String) { (self.offset, self.reason) = (offset, reason) }

  /// One sentence for a person.
  public var description: String { "byte \(offset): \(reason)" }
}

/// A value of JSON, held whole: for small objects; ``JSONScanner`` reads large ones.
public enum JSONValue: Sendable, Equatable {
  /// Keys and values, in the order they were written.
  case object([(key: String, value: JSONValue)])
  /// Values.
  case array([JSONValue])
  /// A text.
  case string(String)
  /// A number, as it was written.
  case number(String)
  /// `true` or `false`.
  case boolean(Bool)
  /// `null`.
  case null

  /// Reads one value, and nothing after it.
  ///
  /// - Parameter bytes: The text, in UTF-8.
  /// - Throws: ``JSONError``.
  public init(_ bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    try self.init(&scanner)
    try scanner.finish()
  }

  /// Reads the next value.
  public init(_ scanner: inout JSONScanner) throws(JSONError) {
    switch try scanner.kind() {
    case .string: self = .string(try scanner.string())
    case .number: self = .number(try scanner.number())
    case .literal: self = try scanner.takesNull() ? .null : .boolean(scanner.boolean())
    case .array:
      var values: [JSONValue] = []
      try scanner.beginArray()
      while try scanner.nextElement() { values.append(try JSONValue(&scanner)) }
      self = .array(values)
    case .object:
      var pairs: [(key: String, value: JSONValue)] = []
      try scanner.beginObject()
      while let key = try scanner.nextKey() { pairs.append((key.text, try JSONValue(&scanner))) }
      self = .object(pairs)
    }
  }

  /// The value under a key, of keys that stand twice the last; `nil` where there is none, or `null`.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let pairs) = self, let value = pairs.last(where: { $0.key == key })?.value,
      value != .null
    else { return nil }
    return value
  }

  /// The text of a string, or of a number as it was written.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// The values of a list; of anything else itself alone, and none of `null`.
  public var elements: [JSONValue] {
    switch self {
    case .array(let values): values
    case .null: []
    default: [self]
    }
  }

  /// Keys and values of an object; none of anything else.
  public var pairs: [(key: String, value: JSONValue)] {
    if case .object(let pairs) = self { return pairs }
    return []
  }

  /// Whether both hold the same, keys in the same order.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.object(let one), .object(let other)):
      one.count == other.count
        && zip(one, other).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    case (.array(let one), .array(let other)): one == other
    case (.string(let one), .string(let other)), (.number(let one), .number(let other)):
      one == other
    case (.boolean(let one), .boolean(let other)): one == other
    case (.null, .null): true
    default: false
    }
  }

  /// The value as text, on one line; the same value gives the same text.
  public var encoded: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): Self.quoted(text)
    case .array(let values): "[" + values.map(\.encoded).joined(separator: ",") + "]"
    case .object(let pairs):
      "{" + pairs.map { Self.quoted($0.key) + ":" + $0.value.encoded }.joined(separator: ",") + "}"
    }
  }

  /// A text in quotes; what is not legible is escaped.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default: quoted += scalar.isLegible ? String(scalar) : scalar.escapedInJSON
      }
    }
    return quoted + "\""
  }
}

/// The path and the parameters of a request, read strictly: what could mean two things is refused.
struct Target: Equatable {
  /// A parameter, decoded.
  struct Parameter: Equatable {
    let name: String
    let value: String
  }

  /// The longest target that is read, in bytes.
  static let longest = 8_192
  /// The most parameters.
  static let mostParameters = 64

  /// The path, without encoding: letters, digits, and `/ - . _`.
  let path: String
  /// The parameters in their order.
  let parameters: [Parameter]

  /// Reads the target of a request line.
  ///
  /// - Parameter text: The target, as it was sent.
  /// - Throws: ``Refusal``.
  init(_ text: String) throws(Refusal) {
    guard text.utf8.count <= Self.longest else {
      throw Refusal(414, "Addresses here have at most \(Self.longest) bytes.")
    }
    let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = try Self.path(halves[0])
    parameters = halves.count > 1 ? try Self.parameters(halves[1]) : []
  }

  private static func path(_ text: Substring) throws(Refusal) -> String {
    guard text.utf8.first == UInt8(ascii: "/") else {
      throw Refusal(400, "An address here begins with a slash.")
    }
    let steps = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for step in steps {
      guard step.utf8.allSatisfy(isPlain) else {
        throw Refusal(400, "Paths here are of small letters, digits, and the signs - . _")
      }
      guard !step.allSatisfy({ $0 == "." }) || step.isEmpty && steps.count == 1 else {
        throw Refusal(400, "No step of a path here is empty, or of dots.")
      }
    }
    return String(text)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func parameters(_ text: Substring) throws(Refusal) -> [Parameter] {
    let pieces = text.split(separator: "&")
    guard pieces.count <= mostParameters else {
      throw Refusal(400, "An address here has at most \(mostParameters) parameters.")
    }
    var parameters: [Parameter] = []
    for piece in pieces {
      let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count > 1 ? sides[1] : ""
      parameters.append(Parameter(name: try decoded(sides[0]), value: try decoded(value)))
    }
    return parameters
  }

  /// Text without its percent signs; a plus is a blank, as forms send it.
  ///
  /// - Parameters:
  ///   - text: What was sent.
  ///   - isForm: Whether it is a field of a form, in which lines may end.
  /// - Returns: The text.
  /// - Throws: ``Refusal`` for what is no text.
  static func decoded(_ text: Substring, isForm: Bool = false) throws(Refusal) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { throw Refusal(400, "A percent sign in an address has two hexadecimal digits.") }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      throw Refusal(400, "Addresses here are in UTF-8.")
    }
    let lineEnds: Set<Unicode.Scalar> = ["\n", "\r", "\t"]
    let isText = decoded.unicodeScalars.allSatisfy { scalar in
      scalar.properties.generalCategory != .control || isForm && lineEnds.contains(scalar)
    }
    guard isText else {
      throw Refusal(400, "No address and no field here holds a control character.")
    }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Text as it stands in the query of an address.
  static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      if isPlain(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}

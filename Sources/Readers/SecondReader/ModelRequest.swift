internal import Claims
internal import Tables

/// What a language model is asked, and the form that its answer must have.
package enum ModelRequest {
  /// The most bytes of a text that are asked about at once.
  package static let pieceSize = 12_000
  /// The most pieces that one text is cut into.
  package static let mostPieces = 40

  /// A text cut at the ends of paragraphs, else of lines, else anywhere between characters.
  ///
  /// - Parameter text: The text that was read.
  /// - Returns: Pieces with their first byte; those that come after the last that is asked about are left out.
  package static func pieces(of text: [UInt8]) -> [(start: Int, bytes: [UInt8])] {
    var pieces: [(start: Int, bytes: [UInt8])] = []
    var start = 0
    while start < text.count, pieces.count < mostPieces {
      let end = cut(text, from: start)
      pieces.append((start, Array(text[start..<end])))
      start = end
    }
    return pieces
  }

  private static func cut(_ text: [UInt8], from start: Int) -> Int {
    let limit = min(text.count, start + pieceSize)
    guard limit < text.count else { return limit }
    let part = text[start..<limit]
    if let line = part.lastIndex(of: 0x0A), line > start { return line + 1 }
    // No character is cut in two.
    var end = limit
    while end > start + 1, text[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  private static let task = """
    You read documents about who pays whom. List every payment, purchase, investment, loan, lease, option or grant \
    between two named parties that the text tells of, whether done, promised, rumoured, denied or ended. Copy the \
    words that say so into quote, exactly as they stand. Give party names as the text has them. Give amounts as plain \
    numbers in whole units, low and high the same where one figure is stated, low null for "up to", high null for \
    "at least", both null where none is stated. Market values, revenues, fines and prices per share are none.
    """

  /// The body of a request to a chat that follows a schema.
  ///
  /// - Parameters:
  ///   - model: The name of the model.
  ///   - text: What to read.
  /// - Returns: JSON.
  package static func body(model: String, text: [UInt8]) -> [UInt8] {
    let message = { (role: String, content: String) in
      JSONValue.object([("role", .string(role)), ("content", .string(content))])
    }
    let words = String(decoding: text, as: UTF8.self)
    let format = JSONValue.object([
      ("type", .string("json_schema")),
      (
        "json_schema",
        .object([("name", .string("claims")), ("strict", .boolean(true)), ("schema", schema)])
      ),
    ])
    return Array(
      JSONValue.object([
        ("model", .string(model)), ("temperature", .number("0")), ("seed", .number("1")),
        ("stream", .boolean(false)),
        ("messages", .array([message("system", task), message("user", words)])),
        ("response_format", format),
      ]).encoded.utf8
    )
  }

  private static var schema: JSONValue {
    let text = JSONValue.object([("type", .string("string"))])
    let number = JSONValue.object([("type", .array([.string("number"), .string("null")]))])
    let words = { (words: [String]) in
      JSONValue.object([("type", .string("string")), ("enum", .array(words.map(JSONValue.string)))])
    }
    let properties: [(key: String, value: JSONValue)] = [
      ("payer", text), ("payee", text), ("kind", words(Deal.Kind.allCases.map(\.rawValue))),
      ("status", words(Claim.Status.allCases.map(\.rawValue))), ("low", number), ("high", number),
      ("currency", .object([("type", .array([.string("string"), .string("null")]))])),
      ("quote", text),
    ]
    let claim = object(properties)
    return object([
      ("claims", .object([("type", .string("array")), ("items", claim)]))
    ])
  }

  private static func object(_ properties: [(key: String, value: JSONValue)]) -> JSONValue {
    .object([
      ("type", .string("object")), ("properties", .object(properties)),
      ("required", .array(properties.map { .string($0.key) })),
      ("additionalProperties", .boolean(false)),
    ])
  }
}

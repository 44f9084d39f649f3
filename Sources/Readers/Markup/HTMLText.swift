/// The text of a page of HTML: one pass over its bytes, whatever they are, with nothing kept of tags but where blocks end.
///
/// No tree is built, so that depth costs nothing; attributes are passed over without a look, so that their number does
/// not matter; no file is opened and nothing runs. Only the entities that HTML itself names are known.
struct HTMLText {
  private let bytes: [UInt8]
  private var at = 0
  private var text: [UInt8] = []
  /// How many line ends the next word needs before it.
  private var breaks = 0
  private var needsBlank = false

  /// The text of a page.
  ///
  /// - Parameter bytes: The page.
  /// - Returns: Its text; a blank line between blocks, `- ` before items, a row of dots before the last cell of a row.
  /// - Throws: ``DocumentError/declaresEntities(offset:)`` for a document type with a subset of its own.
  static func text(of bytes: [UInt8]) throws(DocumentError) -> [UInt8] {
    var reader = HTMLText(bytes: bytes)
    reader.text.reserveCapacity(bytes.count / 2)
    while reader.at < bytes.count { try reader.step() }
    return reader.text
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func step() throws(DocumentError) {
    switch bytes[at] {
    case UInt8(ascii: "<") where isMarkup: try markup()
    case UInt8(ascii: "&"): entity()
    case 0...0x20, 0x7F:
      needsBlank = true
      at += 1
    default:
      put(bytes[at])
      at += 1
    }
  }

  private mutating func put(_ byte: UInt8) {
    if breaks > 0 {
      if !text.isEmpty { text += [UInt8](repeating: 0x0A, count: breaks) }
    } else if needsBlank, !text.isEmpty {
      text.append(0x20)
    }
    (breaks, needsBlank) = (0, false)
    text.append(byte)
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// A letter, `/`, `!` or `?` behind `<`: else it is only a sign.
  private var isMarkup: Bool {
    let next = byte(at + 1) | 0x20
    return (next >= UInt8(ascii: "a") && next <= UInt8(ascii: "z"))
      || [0x2F, 0x21, 0x3F].contains(byte(at + 1))
  }

  private mutating func markup() throws(DocumentError) {
    if starts(with: "<!--") { return skip(past: "-->") }
    if starts(with: "<![cdata[") { return skip(past: "]]>") }
    if starts(with: "<!doctype") { return try doctype() }
    if starts(with: "<!entity") { throw .declaresEntities(offset: at) }
    let name = tagName()
    endTag()
    if Self.silent.contains(name) { return skip(past: "</\(name)") }
    if name.hasPrefix("/"), name.dropFirst().allSatisfy({ $0 != " " }) {
      return block(String(name.dropFirst()))
    }
    block(name)
    if name == "li" { item() }
  }

  private mutating func item() {
    for byte in "- ".utf8 { put(byte) }
    needsBlank = false
  }

  private mutating func block(_ name: String) {
    if Self.blocks.contains(name) { breaks = max(breaks, 2) }
    if Self.lines.contains(name) { breaks = max(breaks, 1) }
    if name == "td" || name == "th" { needsBlank = true }
  }

  /// A document type may name HTML and its public identifiers, and no more.
  private mutating func doctype() throws(DocumentError) {
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
      if bytes[at] == UInt8(ascii: "[") { throw .declaresEntities(offset: start) }
      at += 1
    }
    at += 1
  }

  private mutating func tagName() -> String {
    var end = at + 1
    if byte(end) == 0x2F { end += 1 }
    while end < bytes.count, end - at < 24, isNamePart(bytes[end]) { end += 1 }
    let name = String(decoding: bytes[at + 1..<end], as: UTF8.self).lowercased()
    at = end
    return name
  }

  private func isNamePart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
      || (byte >= 0x30 && byte <= 0x3A) || byte == 0x2D
  }

  /// To the end of the tag; `>` in a quoted attribute ends nothing.
  private mutating func endTag() {
    var quote: UInt8?
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
        bytes[at - 2] == UInt8(ascii: "=")
      {
        quote = byte
      }
    }
    // A quotation mark that is never closed hides no text: the tag ends at its first `>`.
    guard quote != nil, let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { return }
    at = end + 1
  }

  private func starts(with word: String) -> Bool {
    var index = at
    for letter in word.utf8 {
      let byte = byte(index)
      let small = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
      guard small == letter else { return false }
      index += 1
    }
    return true
  }

  private mutating func skip(past mark: String) {
    let first = mark.utf8.first ?? 0
    while at < bytes.count {
      if bytes[at] == first, starts(with: mark) {
        at += mark.utf8.count
        if first == UInt8(ascii: "<") { endTag() }
        return
      }
      at += 1
    }
  }

  // MARK: Entities

  private mutating func entity() {
    let end = (at + 1..<min(bytes.count, at + 12)).first { bytes[$0] == UInt8(ascii: ";") }
    guard let end,
      let character = Self.character(String(decoding: bytes[at + 1..<end], as: UTF8.self))
    else {
      put(bytes[at])
      at += 1
      return
    }
    at = end + 1
    if character == "\u{A0}" || character == " " {
      needsBlank = true
    } else {
      for byte in String(character).utf8 { put(byte) }
    }
  }

  private static func character(_ name: String) -> Character? {
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
      let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      // Numbers from 128 to 159 are those of Windows, as browsers read them.
      let known: [UInt32: UInt32] = [
        128: 0x20AC, 145: 0x2018, 146: 0x2019, 147: 0x201C, 148: 0x201D, 149: 0x2022, 150: 0x2013,
        151: 0x2014,
      ]
      guard let code, let scalar = Unicode.Scalar(known[code] ?? code), scalar.value > 0x1F else {
        return nil
      }
      return Character(scalar)
    }
    return names[name]
  }

  private static let names: [String: Character] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ensp": " ",
    "emsp": " ", "thinsp": " ",
    "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "mdash": "—", "ndash": "–", "hellip": "…",
    "rsquo": "’", "lsquo": "‘",
    "rdquo": "”", "ldquo": "“", "bull": "•", "middot": "·", "sect": "§", "copy": "©", "reg": "®",
    "trade": "™", "deg": "°",
    "aacute": "á", "eacute": "é", "iacute": "í", "oacute": "ó", "uacute": "ú", "agrave": "à",
    "egrave": "è", "ccedil": "ç",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
    "ntilde": "ñ", "aring": "å",
    "oslash": "ø", "aelig": "æ", "acirc": "â", "ecirc": "ê", "icirc": "î", "ocirc": "ô",
    "times": "×", "frac12": "½",
  ]
  private static let silent: Set<String> = [
    "script", "style", "noscript", "template", "svg", "head", "ix:header", "iframe", "select",
    "textarea", "object",
  ]
  private static let blocks: Set<String> = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "header", "footer",
    "aside", "main", "table", "ul",
    "ol", "dl", "blockquote", "figure", "figcaption", "nav", "form", "pre", "hr", "title",
    "address", "body", "li",
  ]
  private static let lines: Set<String> = ["br", "tr", "dt", "dd", "option"]
}

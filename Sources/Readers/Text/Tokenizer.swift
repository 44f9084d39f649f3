/// Cuts bytes into tokens: any bytes are taken, and every token keeps the bytes it stands on.
struct Tokenizer {
  private let bytes: [UInt8]
  private var at = 0
  private var tokens: [Token] = []
  private var lineBreaks: UInt8 = 0
  private var isSpaced = true

  /// The tokens of a text.
  ///
  /// - Parameter bytes: The text.
  /// - Returns: The text with its tokens.
  static func tokenize(_ bytes: [UInt8]) -> TokenizedText {
    var tokenizer = Tokenizer(bytes: bytes)
    tokenizer.run()
    return TokenizedText(bytes: bytes, tokens: tokenizer.tokens)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 5)
  }

  private mutating func run() {
    while at < bytes.count {
      let start = at
      switch next() {
      case .blank:
        isSpaced = true
      case .token(let kind):
        add(kind, start)
      }
    }
  }

  private enum Step { case blank, token(Token.Kind) }

  private mutating func next() -> Step {
    let byte = bytes[at]
    switch byte {
    case 0x0A:
      at += 1
      if lineBreaks < 2 { lineBreaks += 1 }
      return .blank
    case 0...0x20, 0x7F:
      at += 1
      return .blank
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      number()
      return .token(.number)
    default: break
    }
    if let (mark, width) = Self.mark(bytes, at) {
      at += width
      guard let mark else { return .blank }
      if mark == .stop { return .token(dots()) }
      return .token(mark)
    }
    return .token(word())
  }

  /// More than two dots in a row are a leader.
  private mutating func dots() -> Token.Kind {
    var count = 1
    while at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      count += 1
    }
    return count > 2 ? .leader : .stop
  }

  private mutating func number() {
    while at < bytes.count {
      if isDigit(at) {
        at += 1
      } else if bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ","), isDigit(at + 1) {
        at += 2
      } else {
        return
      }
    }
  }

  private mutating func word() -> Token.Kind {
    let start = at
    while at < bytes.count {
      if isLetter(at) || isDigit(at) {
        at += max(1, width(at))
      } else if bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "&"), isLetter(at + 1),
        at > start
      {
        at += 1
      } else if let quote = apostrophe(at), at > start, isLetter(at + quote) {
        if isPossessive(at + quote) {
          return currencyOrWord(start)
        }
        at += quote
      } else if bytes[at] == UInt8(ascii: "."), isAbbreviationDot(start) {
        at += 1
      } else {
        break
      }
    }
    if at == start { return lonelyApostrophe() }
    return currencyOrWord(start)
  }

  /// `'s` by itself, or a mark.
  private mutating func lonelyApostrophe() -> Token.Kind {
    if let quote = apostrophe(at) {
      if !isSpacedBefore, isPossessive(at + quote) {
        at += quote + 1
        return .possessive
      }
      at += quote
      return .other
    }
    at += max(1, width(at))
    return .other
  }

  private var isSpacedBefore: Bool { at == 0 || bytes[at - 1] <= 0x20 }

  /// `C$`, `HK$`: letters with the sign of a dollar or a pound behind them.
  private mutating func currencyOrWord(_ start: Int) -> Token.Kind {
    if at < bytes.count, bytes[at] == UInt8(ascii: "$"), at - start <= 3 {
      at += 1
      return .currency
    }
    return .word
  }

  /// A dot between letters that stand alone or in twos, as in `S.p.A` and `U.S`.
  private func isAbbreviationDot(_ start: Int) -> Bool {
    guard isLetter(at + 1) else { return false }
    var before = at
    while before > start, bytes[before - 1] != UInt8(ascii: ".") { before -= 1 }
    guard at - before <= 2 else { return false }
    var after = at + 1
    while after < bytes.count, isLetter(after) { after += 1 }
    return after - at - 1 <= 2
  }

  /// How many bytes the apostrophe at `index` has; `nil` where there is none.
  private func apostrophe(_ index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "'") { return 1 }
    if index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80,
      bytes[index + 2] == 0x99
    {
      return 3
    }
    return nil
  }

  private func isPossessive(_ index: Int) -> Bool {
    guard index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "s") else { return false }
    return index + 1 >= bytes.count || !(isLetter(index + 1) || isDigit(index + 1))
  }

  private func isDigit(_ index: Int) -> Bool {
    index < bytes.count && bytes[index] >= UInt8(ascii: "0") && bytes[index] <= UInt8(ascii: "9")
  }

  private func isLetter(_ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let byte = bytes[index]
    if byte < 0x80 {
      return (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }
    return Self.mark(bytes, index) == nil
  }

  /// How many bytes the character at `index` has, by its first byte.
  private func width(_ index: Int) -> Int {
    let byte = bytes[index]
    let width = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    return min(width, bytes.count - index)
  }

  private mutating func add(_ kind: Token.Kind, _ start: Int) {
    let isWord = kind == .word
    let capitals = isWord ? Self.capitals(bytes, start, at) : (any: false, all: false)
    let lower = small(start, hasCapitals: capitals.any || kind == .currency)
    let entry = isWord ? Lexicon.place(of: lower) : -1
    tokens.append(
      Token(
        start: start,
        end: at,
        lower: lower,
        kind: kind,
        isCapital: capitals.any,
        isAllCapitals: capitals.all,
        lineBreaks: lineBreaks,
        isSpaced: isSpaced,
        classes: entry < 0 ? [] : Lexicon.entries[Int(entry)].classes,
        entry: entry
      )
    )
    lineBreaks = 0
    isSpaced = false
  }

  /// The token in small letters.
  private func small(_ start: Int, hasCapitals: Bool) -> String {
    let part = bytes[start..<at]
    guard hasCapitals else { return String(decoding: part, as: UTF8.self) }
    guard part.allSatisfy({ $0 < 0x80 }) else {
      return String(decoding: part, as: UTF8.self).lowercased()
    }
    return String(unsafeUninitializedCapacity: part.count) { buffer in
      for (index, byte) in part.enumerated() {
        let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        buffer[index] = isCapital ? byte | 0x20 : byte
      }
      return part.count
    }
  }

  /// Whether there is a capital among the letters, and whether there is no small one.
  private static func capitals(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (any: Bool, all: Bool)
  {
    var (large, small) = (0, 0)
    for index in start..<end {
      switch bytes[index] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): large += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"): small += 1
      // Letters of Latin and Cyrillic beyond ASCII: the capital ones by their second byte.
      case 0xC3 where index + 1 < end:
        if bytes[index + 1] < 0x9F { large += 1 } else { small += 1 }
      case 0xD0 where index + 1 < end:
        if bytes[index + 1] < 0xB0 { large += 1 } else { small += 1 }
      case 0xC5 where index == start: large += 1
      default: break
      }
    }
    return (large > 0, large > 1 && small == 0)
  }

  /// The mark at `index` and its width, a mark of `nil` being a blank; `nil` where a letter begins.
  private static func mark(_ bytes: [UInt8], _ index: Int) -> (Token.Kind?, Int)? {
    let byte = bytes[index]
    if byte < 0x80 { return asciiMark(byte).map { ($0, 1) } }
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    let third = index + 2 < bytes.count ? bytes[index + 2] : 0
    switch (byte, second, third) {
    case (0xC2, 0xA0, _): return (nil, 2)
    case (0xC2, 0xA3, _), (0xC2, 0xA5, _): return (.currency, 2)
    case (0xC2, 0xAB, _), (0xC2, 0xBB, _): return (.quote, 2)
    case (0xC2, 0x80...0xBF, _): return (.other, 2)
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF): return (nil, 3)
    case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92): return (.dash, 3)
    case (0xE2, 0x80, 0x98), (0xE2, 0x80, 0x9A): return (.other, 3)
    case (0xE2, 0x80, 0x99): return nil
    case (0xE2, 0x80, 0x9C...0x9F): return (.quote, 3)
    case (0xE2, 0x80, 0xA2), (0xE2, 0x97, _), (0xE2, 0x96, _): return (.bullet, 3)
    case (0xE2, 0x80, 0xA6): return (.leader, 3)
    case (0xE2, 0x82, 0xA0...0xBF): return (.currency, 3)
    case (0xEF, 0xBB, 0xBF): return (nil, 3)
    default: return nil
    }
  }

  private static func asciiMark(_ byte: UInt8) -> Token.Kind? {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): .stop
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: ";"): .semicolon
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "-"): .dash
    case UInt8(ascii: "("), UInt8(ascii: "["): .open
    case UInt8(ascii: ")"), UInt8(ascii: "]"): .close
    case UInt8(ascii: "\""): .quote
    case UInt8(ascii: "$"): .currency
    case UInt8(ascii: "%"): .percent
    case UInt8(ascii: "*"): .bullet
    case UInt8(ascii: "'"): nil
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): nil
    default: .other
    }
  }
}

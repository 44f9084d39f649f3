/// A word, number or mark of a text, with the bytes it stands on.
struct Token: Sendable {
  /// What a token is.
  enum Kind: UInt8, Sendable {
    case word, number, currency, percent
    /// `'s` after a name.
    case possessive
    /// `.`, `!` or `?`.
    case stop
    case comma, semicolon, colon, dash, open, close, quote, bullet
    /// A row of dots, as in tables.
    case leader
    case other
  }

  /// The first byte.
  let start: Int
  /// The byte after the last.
  let end: Int
  /// The token in small letters.
  let lower: String
  /// What it is.
  let kind: Kind
  /// Whether it is a word that begins with a capital letter, or holds one, as `xAI`.
  let isCapital: Bool
  /// Whether it is a word all of whose letters are capital, of two letters or more.
  let isAllCapitals: Bool
  /// How many line ends stand before it: 0, 1, or 2 for a blank line.
  let lineBreaks: UInt8
  /// Whether blanks or line ends stand before it.
  let isSpaced: Bool

  /// What it can be; nothing where the grammar does not know it.
  let classes: WordClass
  /// Its place in the lexicon, -1 where the grammar does not know it.
  let entry: Int32

  /// What is known of it.
  var lexeme: Lexeme { entry < 0 ? .unknown : Lexicon.entries[Int(entry)] }

  /// Whether it can be one of these things.
  func has(_ kinds: WordClass) -> Bool { !classes.isDisjoint(with: kinds) }

  /// Whether it is this word, in small letters.
  func isWord(_ word: String) -> Bool { kind == .word && lower == word }
}

/// A text as bytes, cut into tokens.
struct TokenizedText: Sendable {
  /// The bytes, UTF-8.
  let bytes: [UInt8]
  /// The tokens in order.
  let tokens: [Token]

  /// The words on these bytes, as they stand.
  func words(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The words of these tokens, as they stand.
  func words(_ range: Range<Int>) -> String {
    guard let first = range.first else { return "" }
    return words(tokens[first].start, tokens[range.upperBound - 1].end)
  }
}

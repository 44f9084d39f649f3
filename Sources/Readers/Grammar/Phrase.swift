/// A verb of a sentence with whoever and whatever stands around it.
struct Phrase: Sendable {
  /// Somebody behind a preposition; of an object the preposition is empty.
  struct Argument: Sendable {
    let preposition: String
    let mention: Int
  }

  /// The verb's token.
  let token: Int
  /// Its rule.
  let frame: Frame
  /// The form by which it is listed.
  let base: String
  let form: VerbForm
  var isPassive = false
  var isNegated = false
  /// Whether it stands behind `to`.
  var isInfinitive = false
  /// What stands between the subject and it.
  var mood: WordClass = []
  /// The words between the subject and it.
  var moodWords: Set<String> = []
  /// Who does it, by its place among the mentions.
  var subject: Int?
  var arguments: [Argument] = []
  /// The token after its last.
  var end = 0

  /// Whether it tells of an end to come: `which expires in 2034`.
  var isAhead: Bool {
    ["expire", "lapse", "end"].contains(base) && !isPassive && !isNegated
      && (form.contains(.third) || form.contains(.base)) && !form.contains(.past)
      && !moodWords.contains("let")
  }

  /// Whether somebody says that it will be, or may be.
  var isFuture: Bool {
    moodWords.contains("will") || moodWords.contains("to") && isInfinitive && mood.contains(.be)
  }
}

/// A sentence with everything that was found in it.
struct SentenceView: Sendable {
  let text: TokenizedText
  let range: Range<Int>
  let kind: Sentence.Kind
  let paragraph: Int
  let mentions: [Mention]
  let amounts: [Amount]
  let dates: [DateMention]
  let terms: [TermMention]
  private(set) var phrases: [Phrase] = []

  /// Looks at a sentence.
  ///
  /// - Parameters:
  ///   - sentence: The sentence.
  ///   - text: The text it stands in.
  ///   - cast: Everybody the text speaks of.
  ///   - published: How dates without a year are understood.
  ///   - isQuick: Whether a sentence that names nobody and no amount is only looked over.
  init(
    _ sentence: Sentence,
    _ text: TokenizedText,
    _ cast: Cast,
    published: DateReader,
    isQuick: Bool = false
  ) {
    self.text = text
    range = sentence.tokens
    kind = sentence.kind
    paragraph = sentence.paragraph
    mentions = MentionFinder(text, cast).mentions(in: range)
    amounts = AmountReader(text, range).amounts()
    guard !isQuick || !amounts.isEmpty || mentions.contains(where: { $0.form == .name }) else {
      (dates, terms) = ([], [])
      return
    }
    let dates = DateReader(text: text, range: range, published: published.published)
    self.dates = dates.dates()
    terms = dates.terms()
    phrases = PhraseBuilder(self).phrases()
  }

  func word(_ at: Int) -> String { range.contains(at) ? text.tokens[at].lower : "" }
  func token(_ at: Int) -> Token { text.tokens[at] }

  /// What the word at a place can be; nothing outside the sentence.
  func classes(_ at: Int) -> WordClass { range.contains(at) ? text.tokens[at].classes : [] }

  /// Whether the word at a place can be one of these things.
  func has(_ at: Int, _ kinds: WordClass) -> Bool { !classes(at).isDisjoint(with: kinds) }

  /// What is known of the word at a place.
  func lexeme(_ at: Int) -> Lexeme { range.contains(at) ? text.tokens[at].lexeme : .unknown }

  /// Whether any of the words stands in a part of the sentence.
  func has(_ words: Set<String>, in part: Range<Int>) -> Bool {
    part.clamped(to: range).contains { words.contains(text.tokens[$0].lower) }
  }

  /// Whether one of the phrases stands in the sentence, word by word.
  func says(_ phrase: String) -> Bool { place(of: phrase) != nil }

  /// Where the words stand one behind the other.
  func place(of phrase: String) -> Int? {
    let first =
      phrase.utf8.firstIndex(of: UInt8(ascii: " ")).map { String(phrase[..<$0]) } ?? phrase
    guard let start = range.first(where: { text.tokens[$0].lower == first }) else { return nil }
    guard first.utf8.count < phrase.utf8.count else { return start }
    let words = phrase.split(separator: " ").map(String.init)
    guard start + words.count <= range.upperBound else { return nil }
    return (start...range.upperBound - words.count).first { start in
      words.indices.allSatisfy { text.tokens[start + $0].lower == words[$0] }
    }
  }

  /// The mention that holds a token.
  func mention(at token: Int) -> Int? { mentions.firstIndex { $0.tokens.contains(token) } }

  /// The amount that holds a token.
  func amount(at token: Int) -> Int? { amounts.firstIndex { $0.tokens.contains(token) } }

  /// The last phrase before a token whose part of the sentence holds it.
  func phrase(around token: Int) -> Phrase? {
    phrases.last { $0.token < token && token < $0.end }
  }

  /// The first phrase behind a token with no other boundary between.
  func phrase(behind token: Int) -> Phrase? {
    guard let next = phrases.first(where: { $0.token >= token }) else { return nil }
    let gap = token..<next.token
    return gap.contains { text.tokens[$0].kind == .semicolon } ? nil : next
  }

  /// Whether a token stands in quotation marks.
  func isQuoted(_ at: Int) -> Bool {
    let count = (range.lowerBound..<at).count { text.tokens[$0].kind == .quote }
    return count % 2 == 1
  }
}

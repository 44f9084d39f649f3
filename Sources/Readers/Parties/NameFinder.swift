/// A run of capitalised words that may name somebody.
struct NameRun: Sendable {
  /// The tokens.
  var tokens: Range<Int>
  /// The words in small letters, without legal forms.
  var words: [String]
  /// Whether it begins a sentence, where any word has a capital letter.
  let isInitial: Bool
}

/// Finds runs of capitalised words in the sentences of a text.
struct NameFinder {
  let text: TokenizedText
  private var tokens: [Token] { text.tokens }

  init(_ text: TokenizedText) { self.text = text }

  /// The runs of one sentence, in order.
  func runs(in range: Range<Int>) -> [NameRun] {
    var runs: [NameRun] = []
    var at = range.lowerBound
    while at < range.upperBound {
      guard isNamePart(at) else {
        at += 1
        continue
      }
      let end = runEnd(from: at, in: range)
      if let run = run(at..<end, in: range) { runs.append(run) }
      at = max(end, at + 1)
    }
    return runs
  }

  private func isNamePart(_ at: Int) -> Bool {
    let token = tokens[at]
    guard token.kind == .word, token.isCapital else { return false }
    if token.has([.month, .weekday, .money]) { return false }
    // Only a word with a hyphen or an apostrophe in it is looked at more closely.
    guard token.lower.utf8.contains(where: { !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }) else {
      return true
    }
    if ["'", "’"].contains(where: token.lower.contains) { return false }
    return !Self.compounds.contains { token.lower.hasSuffix($0) }
  }

  private static let compounds = [
    "-backed", "-based", "-owned", "-led", "-made", "-style", "-funded", "-listed", "-quarter",
    "-year", "-currency", "-linked", "-controlled", "-denominated",
  ]

  private func runEnd(from start: Int, in range: Range<Int>) -> Int {
    var end = start + 1
    while end < range.upperBound {
      if isNamePart(end), !isBreak(before: end) {
        end += 1
      } else if let length = connector(end, range) {
        end += length
      } else {
        break
      }
    }
    return legalEnd(end, range)
  }

  private func isBreak(before at: Int) -> Bool { tokens[at].lineBreaks > 1 }

  /// How many tokens join a name to the next capital word: `of`, `&`, `du`.
  private func connector(_ at: Int, _ range: Range<Int>) -> Int? {
    guard at + 1 < range.upperBound, isNamePart(at + 1) else { return nil }
    let word = tokens[at].lower
    if word == "&" || Self.particles.contains(word) { return 1 }
    guard word == "of", Self.heads.contains(tokens[at - 1].lower) else { return nil }
    return 1
  }

  /// Where a name ends with its legal form: `, Inc.` and `S.p.A.` belong to it.
  private func legalEnd(_ end: Int, _ range: Range<Int>) -> Int {
    var end = end
    if end + 1 < range.upperBound, tokens[end].kind == .comma, tokens[end + 1].isCapital,
      tokens[end + 1].has(.legalForm)
    {
      end += 2
    }
    let isLegal = end > range.lowerBound && tokens[end - 1].has(.legalForm)
    if isLegal, end < range.upperBound, tokens[end].lower == ".", !tokens[end].isSpaced,
      end + 1 < range.upperBound
    {
      end += 1
    }
    return end
  }

  private static let particles: Set<String> = [
    "du", "de", "des", "der", "di", "del", "la", "le", "van", "von", "da", "y", "et",
  ]
  private static let heads: Set<String> = [
    "republic", "state", "department", "bank", "ministry", "government", "university", "kingdom",
    "city", "house",
    "county", "province", "institute", "commonwealth", "vale", "isle", "port", "board", "office",
    "council", "fund",
  ]

  private func run(_ range: Range<Int>, in sentence: Range<Int>) -> NameRun? {
    var range = range
    let isInitial =
      range.lowerBound == sentence.lowerBound || isOpening(range.lowerBound) && !isDefinition(range)
    if let lettered = lettered(range, sentence) { return lettered }
    if isInitial {
      while let first = range.first, isCommon(first), range.count > 1 || isCommon(first) {
        range.removeFirst()
      }
    }
    while let first = range.first,
      tokens[first].has([.office, .nationality]) || isLeadWord(first)
    {
      if tokens[first].has(.nationality), range.count > 1,
        !tokens[first + 1].has(.office)
      {
        break
      }
      range.removeFirst()
    }
    guard !range.isEmpty else { return nil }
    range = extended(range, in: sentence)
    let words = Names.core(tokens[range].filter { $0.kind == .word }.map(\.lower))
    guard !words.isEmpty, !isGeneric(words) else { return nil }
    return NameRun(
      tokens: range,
      words: words,
      isInitial: isInitial && range.lowerBound == sentence.lowerBound
    )
  }

  /// After an opening quote or a colon a capital letter says as little as at the beginning.
  private func isOpening(_ at: Int) -> Bool {
    guard at > 0 else { return true }
    return tokens[at - 1].kind == .quote || tokens[at - 1].kind == .colon
      || tokens[at - 1].kind == .dash
      || tokens[at - 1].kind == .bullet
  }

  /// `(the "Company")`.
  private func isDefinition(_ range: Range<Int>) -> Bool {
    guard range.upperBound < tokens.count, tokens[range.upperBound].kind == .quote else {
      return false
    }
    return (max(0, range.lowerBound - 9)..<range.lowerBound).contains { tokens[$0].kind == .open }
  }

  private func isCommon(_ at: Int) -> Bool {
    let lexeme = tokens[at].lexeme
    let plain: WordClass = [
      .common, .determiner, .preposition, .be, .have, .modal, .negation, .relative, .conjunction,
      .subjectPronoun,
      .possessivePronoun, .adverb,
    ]
    if !lexeme.classes.isDisjoint(with: plain) { return !isNameHead(at) }
    return lexeme.classes.contains(.verb) && lexeme.form.contains(.progressive)
  }

  /// `First Mojave Bank`, `National Bank`: a common word that begins a longer name.
  private func isNameHead(_ at: Int) -> Bool {
    guard at + 1 < tokens.count, isNamePart(at + 1),
      ["first", "second", "national", "energy", "cloud", "power", "oil", "gas", "base", "wind"]
        .contains(tokens[at].lower)
    else { return false }
    return true
  }

  private func isLeadWord(_ at: Int) -> Bool { ["the", "a", "an"].contains(tokens[at].lower) }

  /// `Customer A`: a letter in place of a name.
  private func lettered(_ range: Range<Int>, _ sentence: Range<Int>) -> NameRun? {
    guard range.count == 2, let first = range.first, tokens[first + 1].lower.utf8.count == 1,
      [
        "customer", "client", "supplier", "vendor", "lender", "tenant", "company", "investor",
        "party",
      ].contains(tokens[first].lower)
    else { return nil }
    return NameRun(
      tokens: range,
      words: [tokens[first].lower, tokens[first + 1].lower],
      isInitial: false
    )
  }

  /// Small words that belong to a name: `state of Bavaria`, `Altenau family trust`, `Polish state`.
  private func extended(_ range: Range<Int>, in sentence: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    if start - 2 >= sentence.lowerBound, tokens[start - 1].lower == "of",
      tokens[start - 2].has(.state), !tokens[start - 2].isCapital
    {
      start -= 2
    }
    let familyTrust =
      end + 1 < sentence.upperBound && tokens[end].lower == "family"
      && tokens[end + 1].has(.nameEnd)
    if familyTrust { end += 2 }
    if !familyTrust, end < sentence.upperBound, tokens[end].has(.nameEnd),
      !tokens[end].isCapital,
      tokens[end].has(.state) == tokens[start].has(.nationality)
    {
      end += 1
    }
    return start..<end
  }

  /// Names of nobody: sections, letters, products with numbers, words written large.
  private func isGeneric(_ words: [String]) -> Bool {
    if words.count == 1, let word = words.first {
      if Self.acronyms.contains(word) || word.utf8.count == 1 { return true }
      if word.utf8.contains(where: { (48...57).contains($0) }), word.utf8.count > 3 { return true }
      if Lexicon.has(word, .nationality) { return true }
      let plain: WordClass = [
        .determiner, .preposition, .be, .have, .modal, .negation, .relative, .conjunction, .adverb,
      ]
      if Lexicon.has(word, plain)
        || ["next", "first", "last", "second", "counted", "exaggerated", "voted"].contains(word)
      {
        return true
      }
    }
    return [
      "class", "series", "exhibit", "item", "note", "tranche", "phase", "tier", "section", "term",
      "title", "form", "rule", "nyse", "nasdaq",
    ].contains(words[0])
  }

  private static let acronyms: Set<String> = [
    "ai", "gpu", "gpus", "ipo", "ceo", "cfo", "us", "u.s", "uk", "u.k", "eu", "ebitda", "sofr",
    "ev", "it", "loi", "mou",
    "ltd", "inc", "corp", "llc", "plc", "usd", "eur", "gbp", "gaap", "ifrs", "tv", "ok", "q1", "q2",
    "q3", "q4", "nok", "sek",
    "chf", "pln", "dkk", "update", "cpu", "i", "sec", "faq", "esg",
  ]
}

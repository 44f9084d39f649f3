/// Gathers who a text speaks of: names and what stands around them decide what each is.
struct CastBuilder {
  private let text: TokenizedText
  private let sentences: [Sentence]
  private let known: KnownNames
  private var cast = Cast()
  private var runs: [(run: NameRun, sentence: Range<Int>)] = []
  private var tokens: [Token] { text.tokens }

  /// Who a text speaks of.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - sentences: Its sentences.
  ///   - known: The parties of a book.
  /// - Returns: Everybody, with names.
  static func cast(of text: TokenizedText, _ sentences: [Sentence], known: KnownNames) -> Cast {
    var builder = CastBuilder(text: text, sentences: sentences, known: known)
    builder.collect()
    builder.define()
    builder.nameAll()
    builder.addSelf()
    builder.addStates()
    return builder.cast
  }

  private init(text: TokenizedText, sentences: [Sentence], known: KnownNames) {
    (self.text, self.sentences, self.known) = (text, sentences, known)
  }

  private mutating func collect() {
    let finder = NameFinder(text)
    for sentence in sentences where sentence.kind != .heading {
      let range = Dateline.body(of: sentence, text).tokens
      runs += finder.runs(in: range).map { ($0, sentence.tokens) }
    }
  }

  // MARK: Definitions in parentheses

  private var defined: [String: [String]] = [:]
  private var undefined: Set<String> = []

  /// `Name, Inc. (the "Company")`: what is defined behind a name is a name of the same.
  private mutating func define() {
    var last: NameRun?
    for (run, sentence) in runs {
      if let open = definitionStart(run, sentence) {
        let key = run.words.joined(separator: " ")
        if let last, open - last.tokens.upperBound <= 2, open >= last.tokens.upperBound {
          defined[key] = last.words
        } else {
          undefined.insert(key)
        }
        continue
      }
      last = run
    }
  }

  /// The opening parenthesis of `(the "X")` or `(together with …, "X")`, where the run is the X of one.
  private func definitionStart(_ run: NameRun, _ sentence: Range<Int>) -> Int? {
    let start = run.tokens.lowerBound
    guard run.tokens.upperBound < tokens.count, tokens[run.tokens.upperBound].kind == .quote,
      start > sentence.lowerBound,
      tokens[start - 1].kind == .quote
    else { return nil }
    return (max(sentence.lowerBound, start - 9)..<start).last { tokens[$0].kind == .open }
  }

  // MARK: Names

  private mutating func nameAll() {
    var surfaces: [String: [NameRun]] = [:]
    for (run, _) in runs { surfaces[run.words.joined(separator: " "), default: []].append(run) }
    for (key, words) in defined where surfaces[key] == nil {
      surfaces[key] = surfaces[words.joined(separator: " ")]
    }
    let keys = surfaces.keys.sorted { left, right in
      let (a, b) = (left.split(separator: " ").count, right.split(separator: " ").count)
      return a != b
        ? a > b
        : (surfaces[left]?[0].tokens.lowerBound ?? 0) < (surfaces[right]?[0].tokens.lowerBound ?? 0)
    }
    for key in keys where !undefined.contains(key) && defined[key] == nil {
      guard let found = surfaces[key] else { continue }
      name(key.split(separator: " ").map(String.init), found)
    }
    for (key, words) in defined.sorted(by: { $0.key < $1.key }) {
      guard let entity = cast.entity(named: words) else { continue }
      cast.alias(
        key.split(separator: " ").map(String.init),
        of: entity,
        surface: surfaces[key].map { surface($0[0]) }
      )
    }
  }

  private func surface(_ run: NameRun) -> String {
    text.words(run.tokens).split { $0.isNewline || $0 == " " }.joined(separator: " ")
  }

  private mutating func name(_ words: [String], _ found: [NameRun]) {
    let surface = surface(found[0])
    if let entity = shortFor(words, surface) {
      cast.alias(words, of: entity, surface: surface)
      return
    }
    guard !isChance(words, found) else { return }
    let kind = NameKinds(text).kind(of: words, found)
    let book = known.id(words, surface)
    let entity = Entity(
      kind: book == nil ? kind : .organisation,
      id: book ?? Names.id(surface),
      names: [surface],
      sellerScore: NameKinds.sellerScore(words)
    )
    let place = cast.add(entity)
    cast.alias(words, of: place, surface: surface)
    index(surface, place)
  }

  /// A word that begins a sentence and is seen nowhere else is a name only where it acts as one.
  private func isChance(_ words: [String], _ found: [NameRun]) -> Bool {
    guard words.count == 1, found.allSatisfy(\.isInitial) else { return false }
    if known.id(words, surface(found[0])) != nil { return false }
    if Lexicon.knows(words[0]) { return true }
    return !found.contains { run in
      guard run.tokens.upperBound < tokens.count else { return false }
      let next = tokens[run.tokens.upperBound]
      let isJoined =
        next.lower == "and" && run.tokens.upperBound + 1 < tokens.count
        && tokens[run.tokens.upperBound + 1].isCapital
      return next.kind == .possessive || next.has([.verb, .be, .have, .modal])
        || next.kind == .comma || isJoined
    }
  }

  /// Whom a shorter name stands for: the first or last words of a longer one, or its initials.
  private func shortFor(_ words: [String], _ surface: String) -> Int? {
    if let same = cast.entity(named: words) { return same }
    let asFirst = firsts[words[0]]?.first { long in
      long.words.count > words.count && long.words.starts(with: words)
    }
    let asInitials =
      words.count == 1 ? initials[words[0]].flatMap { isShouted(surface) ? $0 : nil } : nil
    let asLast =
      isDistinct(words)
      ? lasts[words[words.count - 1]]?.first { long in
        long.words.count > words.count && long.words.suffix(words.count).elementsEqual(words)
      } : nil
    return [asFirst?.entity, asInitials, asLast?.entity].compactMap(\.self).min()
  }

  private func isShouted(_ surface: String) -> Bool { surface.allSatisfy(\.isUppercase) }

  /// Lets a long name be found by its first word, its last and its initials.
  private mutating func index(_ surface: String, _ entity: Int) {
    let words = Names.core(surface.lowercased().split { $0 == " " || $0 == "," }.map(String.init))
    guard let first = words.first, let last = words.last else { return }
    let long = LongName(words: words, entity: entity)
    firsts[first, default: []].append(long)
    lasts[last, default: []].append(long)
    let letters = String(words.compactMap(\.first))
    if words.count >= 2, initials[letters] == nil { initials[letters] = entity }
  }

  private struct LongName {
    let words: [String]
    let entity: Int
  }

  private var firsts: [String: [LongName]] = [:]
  private var lasts: [String: [LongName]] = [:]
  private var initials: [String: Int] = [:]

  private func isDistinct(_ words: [String]) -> Bool { !words.allSatisfy(Lexicon.knows) }

  // MARK: Whoever speaks, and governments

  /// We, and the Company, where nobody defined it.
  private mutating func addSelf() {
    let speaks = sentences.contains { sentence in
      sentence.kind != .heading
        && Quotes.outside(tokens, sentence.tokens).contains {
          ["we", "our", "us"].contains(tokens[$0].lower)
        }
    }
    if let entity = ["company", "registrant", "group", "issuer"].compactMap({
      cast.entity(named: [$0])
    }).first {
      cast.change(entity) { $0.isSelf = true }
      return
    }
    let titled = tokens.indices.dropFirst().first { index in
      tokens[index].isCapital && ["company", "registrant", "group"].contains(tokens[index].lower)
        && tokens[index - 1].lower == "the"
    }
    guard speaks || titled != nil else { return }
    var names = speaks ? ["We", "us", "our"] : []
    if let titled { names.append("the " + text.words(titled..<titled + 1)) }
    let index = cast.add(Entity(kind: .organisation, id: "registrant", names: names, isSelf: true))
    if let titled { cast.alias([tokens[titled].lower], of: index) }
  }

  /// `the Polish state`, `the Japanese government`, `the federal government`.
  private mutating func addStates() {
    for index in tokens.indices.dropFirst()
    where tokens[index].has(.state) && !tokens[index].isCapital {
      guard tokens[index - 1].has(.nationality) else { continue }
      let words = [tokens[index - 1].lower, tokens[index].lower]
      guard cast.entity(named: words) == nil else { continue }
      let surface = text.words(index - 1..<index + 1)
      let entity = cast.add(
        Entity(kind: .state, id: known.id(words, surface) ?? Names.id(surface), names: [surface])
      )
      cast.alias(words, of: entity, surface: surface)
    }
  }
}

/// Names that are known beforehand.
struct KnownNames: Sendable {
  private var ids: [String: String] = [:]

  /// Every name of every party, without legal forms; of a name that two have, the shorter id.
  init(_ parties: [KnownParty]) {
    for party in parties {
      for name in party.names + [party.id.split(separator: "-").joined(separator: " ")] {
        let words = name.lowercased().split { $0 == " " || $0 == "," }.map {
          $0.hasSuffix(".") ? String($0.dropLast()) : String($0)
        }
        let key = Names.core(words).joined(separator: " ")
        for key in [key, Self.plain(key)] {
          if let taken = ids[key], taken.utf8.count <= party.id.utf8.count { continue }
          ids[key] = party.id
        }
      }
    }
  }

  /// Without what firms put behind their names.
  private static func plain(_ key: String) -> String {
    var words = key.split(separator: " ")
    while words.count > 1, let last = words.last,
      ["group", "holdings", "holding", "platforms", "company"].contains(last)
    { words.removeLast() }
    return words.joined(separator: " ")
  }

  /// The id of whoever goes by these words.
  func id(_ words: [String], _ surface: String) -> String? { ids[words.joined(separator: " ")] }
}

/// Which tokens stand between quotation marks.
enum Quotes {
  /// The tokens of a range that stand outside.
  static func outside(_ tokens: [Token], _ range: Range<Int>) -> [Int] {
    var isInside = false
    return range.filter { index in
      if tokens[index].kind == .quote { isInside.toggle() }
      return !isInside
    }
  }
}

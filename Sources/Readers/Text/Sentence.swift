/// A sentence, a heading, an item of a list or a row of a table.
struct Sentence: Sendable {
  /// What stands there.
  enum Kind: Sendable { case prose, heading, item, row }

  /// The tokens.
  let tokens: Range<Int>
  /// What it is.
  let kind: Kind
  /// Which paragraph it stands in, from 0.
  let paragraph: Int
}

/// Cuts a text into sentences.
struct SentenceCutter {
  private let text: TokenizedText
  private var sentences: [Sentence] = []
  private var paragraph = -1

  /// The sentences of a text, in order.
  static func sentences(of text: TokenizedText) -> [Sentence] {
    var cutter = SentenceCutter(text: text)
    var (start, isRow) = (0, false)
    for index in text.tokens.indices.dropFirst() {
      if text.tokens[index - 1].kind == .leader { isRow = true }
      guard text.tokens[index].lineBreaks > 0, cutter.isBlockStart(index, after: isRow) else {
        continue
      }
      cutter.block(start..<index)
      (start, isRow) = (index, false)
    }
    if !text.tokens.isEmpty { cutter.block(start..<text.tokens.count) }
    return cutter.sentences
  }

  private init(text: TokenizedText) { self.text = text }

  /// Whether a new block begins here: after a blank line, at an item, and at each row of a table.
  private func isBlockStart(_ index: Int, after isRow: Bool) -> Bool {
    text.tokens[index].lineBreaks > 1 || isItemMark(index) || isRow || lineHasLeader(from: index)
  }

  private func lineHasLeader(from index: Int) -> Bool {
    var at = index
    repeat {
      if text.tokens[at].kind == .leader { return true }
      at += 1
    } while at < text.tokens.count && text.tokens[at].lineBreaks == 0 && at - index < 60
    return false
  }

  private func isItemMark(_ index: Int) -> Bool {
    let token = text.tokens[index]
    let isMark = token.kind == .bullet || token.kind == .dash
    return isMark && index + 1 < text.tokens.count && text.tokens[index + 1].isSpaced
  }

  private mutating func block(_ range: Range<Int>) {
    guard let first = range.first else { return }
    paragraph += 1
    let hasLeader = text.tokens[range].contains { $0.kind == .leader }
    let isItem = isItemMark(first)
    let body = isItem ? first + 1..<range.upperBound : range
    guard !body.isEmpty else { return }
    if hasLeader {
      sentences.append(Sentence(tokens: body, kind: .row, paragraph: paragraph))
    } else if isHeading(body, isItem: isItem) {
      sentences.append(Sentence(tokens: body, kind: .heading, paragraph: paragraph))
    } else {
      cut(body, isItem ? .item : .prose)
    }
  }

  /// A short block without an end of sentence; in a list only before any prose.
  private func isHeading(_ range: Range<Int>, isItem: Bool) -> Bool {
    if isItem { return !sentences.contains { $0.kind == .prose } }
    guard range.count <= 40, let last = range.last else { return false }
    let isOpen =
      text.tokens[last].kind != .stop && text.tokens[last].kind != .quote
      && text.tokens[last].kind != .colon
    let isShouted = text.tokens[range].allSatisfy {
      $0.kind != .word || $0.isAllCapitals || $0.lower.utf8.count < 3
    }
    let isTitle =
      text.tokens[range].prefix { !($0.kind == .stop && $0.end < text.tokens[last].end) }.count
      == range.count
    return isShouted || (isOpen && isTitle && isFirstOrShort(range)) || isQuestionTitle(range)
      || isItemTitle(range)
  }

  /// Whether it is a title as `Item 1.01 Entry into a Material Definitive Agreement`.
  private func isItemTitle(_ range: Range<Int>) -> Bool {
    guard range.count <= 16, let first = range.first else { return false }
    return ["item", "note"].contains(text.tokens[first].lower)
      && text.tokens[range].dropFirst().first?.kind == .number
  }

  private func isFirstOrShort(_ range: Range<Int>) -> Bool {
    sentences.isEmpty || sentences.allSatisfy { $0.kind == .heading } || range.count <= 14
  }

  private func isQuestionTitle(_ range: Range<Int>) -> Bool {
    guard sentences.isEmpty, let last = range.last, range.count <= 16 else { return false }
    return text.tokens[last].lower == "?"
  }

  private mutating func cut(_ range: Range<Int>, _ kind: Sentence.Kind) {
    var start = range.lowerBound
    for index in range {
      // What has no end for so long is no sentence, but a list or a table.
      if index - start >= Self.longest {
        sentences.append(Sentence(tokens: start..<index, kind: kind, paragraph: paragraph))
        start = index
      }
      guard text.tokens[index].kind == .stop else { continue }
      var after = index + 1
      while after < range.upperBound,
        text.tokens[after].kind == .quote || text.tokens[after].kind == .close,
        !text.tokens[after].isSpaced
      {
        after += 1
      }
      guard after < range.upperBound, after > start, isEnd(index, next: after) else { continue }
      sentences.append(Sentence(tokens: start..<after, kind: kind, paragraph: paragraph))
      start = after
    }
    if start < range.upperBound {
      sentences.append(Sentence(tokens: start..<range.upperBound, kind: kind, paragraph: paragraph))
    }
  }

  private func isEnd(_ index: Int, next: Int) -> Bool {
    let following = text.tokens[next]
    let opens =
      following.isCapital || following.kind == .quote || following.kind == .number
      || following.kind == .currency || following.kind == .open
    guard following.isSpaced || following.isCapital, opens else { return false }
    guard text.tokens[index].lower == ".", index > 0 else { return true }
    let before = text.tokens[index - 1]
    if Self.titles.contains(before.lower) { return false }
    if before.kind == .word, before.isCapital, before.lower.utf8.count == 1 { return false }
    if Self.shortened.contains(before.lower) { return following.isCapital && !before.isAllCapitals }
    return true
  }

  /// The most tokens of a sentence.
  private static let longest = 250
  /// Words after which a stop never ends a sentence.
  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "mio", "mrd", "sen", "rep", "gov", "jan",
    "feb",
    "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "approx", "ca", "incl",
    "fig",
  ]
  /// Words after which it ends one only before a capital letter.
  private static let shortened: Set<String> = [
    "inc", "corp", "ltd", "co", "plc", "llc", "bros", "u.s", "u.k", "n.v", "s.p.a", "s.a",
  ]
}

/// What a name names, by its words and by what stands around it.
struct NameKinds {
  private let text: TokenizedText
  private var tokens: [Token] { text.tokens }

  init(_ text: TokenizedText) { self.text = text }

  /// What these words name.
  func kind(of words: [String], _ found: [NameRun]) -> Entity.Kind {
    if let last = words.last, Lexicon.has(last, .state) || Lexicon.has(words[0], .state) {
      return .state
    }
    if isPress(words, found) { return .press }
    if found.contains(where: isPerson) { return .person }
    if words.count > 1, Lexicon.has(words[0], .given), !hasFirmWord(words) { return .person }
    if words.allSatisfy({ Lexicon.has($0, [.place, .nationality]) }) { return .place }
    if let last = words.last, words.count > 1, Self.documents.contains(last) { return .place }
    if found.allSatisfy({ ["maker", "seller", "makers"].contains(word($0.tokens.upperBound)) }) {
      return .place
    }
    if found.allSatisfy(isTicker) { return .place }
    if !hasFirmWord(words), found.allSatisfy(isSite) { return .place }
    return .organisation
  }

  /// What ends the name of a document, which is no party: `Credit Agreement`, `Master Services Agreement`.
  private static let documents: Set<String> = [
    "agreement", "agreements", "contract", "indenture", "amendment", "memorandum", "undertaking",
    "prospectus",
  ]

  /// Above zero where a name is that of somebody who sells.
  static func sellerScore(_ words: [String]) -> Int {
    guard let last = words.last else { return 0 }
    if Lexicon.has(last, .buyerName) { return -2 }
    return Lexicon.has(last, .sellerName) ? 2 : 0
  }

  private func hasFirmWord(_ words: [String]) -> Bool {
    words.dropFirst().contains {
      Lexicon.has($0, [.sellerName, .buyerName, .lenderName, .legalForm])
    }
  }

  private func word(_ at: Int) -> String { tokens.indices.contains(at) ? tokens[at].lower : "" }

  private func isPress(_ words: [String], _ found: [NameRun]) -> Bool {
    if let last = words.last, Lexicon.has(last, .press) || Lexicon.has(words[0], .press) {
      return true
    }
    if words.count > 1, ["evening", "daily", "morning", "sunday", "weekly"].contains(words[0]) {
      return true
    }
    return found.contains { run in
      let (before, after) = (word(run.tokens.lowerBound - 1), word(run.tokens.upperBound))
      if ["newspaper", "magazine", "newsletter", "agency"].contains(before) { return true }
      if before == "at" || before == "of",
        ["analysts", "analyst", "broker", "economist", "strategist"].contains(
          word(run.tokens.lowerBound - 2)
        )
      {
        return true
      }
      if before == "of", word(run.tokens.lowerBound - 2).isEmpty == false,
        tokens[run.tokens.lowerBound - 2].isCapital,
        ["securities", "research"].contains(words.last ?? "")
      {
        return true
      }
      let reports =
        after == "reported" || after == "wrote"
        || (after == "had" && word(run.tokens.upperBound + 1) == "reported")
      let figure =
        tokens.indices.contains(run.tokens.upperBound + 1)
        && [Token.Kind.currency, .number].contains(tokens[run.tokens.upperBound + 1].kind)
      let metric = ["revenue", "sales", "a", "an", "profit", "earnings", "cash", "results"]
        .contains(word(run.tokens.upperBound + 1))
      return reports && !figure && !metric
    }
  }

  private func isPerson(_ run: NameRun) -> Bool {
    let start = run.tokens.lowerBound
    guard run.words.count <= 3 else { return false }
    if Lexicon.has(word(start - 1), .office) { return true }
    if [",", "."].contains(word(start - 1)), Lexicon.has(word(start - 2), .office),
      !isAfterOffice(start - 2)
    {
      return true
    }
    let end = run.tokens.upperBound
    if word(end) == ",", !hasFirmWord(run.words) {
      for step in 1...4 where Lexicon.has(word(end + step), .office) {
        // An office with a name behind it is somebody else's.
        var next = end + step + 1
        while Lexicon.has(word(next), .office) { next += 1 }
        if tokens.indices.contains(next), tokens[next].isCapital { continue }
        let between = (1..<step).map { word(end + $0) }
        if between.allSatisfy({ !$0.isEmpty && ![",", "which", "who"].contains($0) }) {
          return true
        }
      }
    }
    guard (2...3).contains(run.words.count), !hasFirmWord(run.words) else { return false }
    let told = ["said", "says", "told", "quipped", "added", "argued", "asked", "wrote", "warned"]
    return told.contains(word(start - 1)) && [",", "."].contains(word(end))
  }

  /// `Hollin's chief executive, Maeve Tiernan`, but not `a lawyer for Tarn, Acme said`.
  private func isAfterOffice(_ at: Int) -> Bool { word(at - 1) == "," && word(at - 2) == "said" }

  /// `(NYSE: BWE)`.
  private func isTicker(_ run: NameRun) -> Bool {
    word(run.tokens.lowerBound - 1) == ":"
      && ["nyse", "nasdaq", "lse", "tsx", "asx", "xetra", "euronext", "otc"].contains(
        word(run.tokens.lowerBound - 2)
      )
  }

  /// Named only as where something is.
  private func isSite(_ run: NameRun) -> Bool {
    let (before, after) = (word(run.tokens.lowerBound - 1), word(run.tokens.upperBound))
    if [
      "campus", "plant", "fab", "site", "park", "creamery", "facility", "region", "mine",
      "refinery", "airport",
    ].contains(after) {
      return true
    }
    guard ["in", "near", "outside", "around", "across", "off"].contains(before) else {
      return false
    }
    let governed = [
      "invested", "invest", "investing", "investment", "stake", "shares", "interest", "stock",
      "holding", "position", "equity", "million", "billion", "bn", "m", "warrants",
    ]
    return !governed.contains(word(run.tokens.lowerBound - 2))
  }
}

/// `SINGAPORE, Feb 11 - `: where and when, before the first sentence.
enum Dateline {
  /// A sentence without its dateline.
  static func body(of sentence: Sentence, _ text: TokenizedText) -> Sentence {
    guard let end = end(of: sentence, text) else { return sentence }
    return Sentence(
      tokens: end..<sentence.tokens.upperBound,
      kind: sentence.kind,
      paragraph: sentence.paragraph
    )
  }

  private static func end(of sentence: Sentence, _ text: TokenizedText) -> Int? {
    guard let first = sentence.tokens.first, text.tokens[first].isCapital, sentence.kind == .prose
    else { return nil }
    for index in sentence.tokens.prefix(16) {
      let token = text.tokens[index]
      if token.kind == .dash, token.isSpaced {
        var next = index
        while next < sentence.tokens.upperBound, text.tokens[next].kind == .dash { next += 1 }
        let isPlaced =
          text.tokens[first].isAllCapitals
          || text.tokens[first..<index].contains {
            $0.kind == .number || Lexicon.has($0.lower, .month)
          }
        return isPlaced && next < sentence.tokens.upperBound ? next : nil
      }
      if token.kind == .stop && !isMonth(text.tokens, index - 1) { return nil }
    }
    return nil
  }

  private static func isMonth(_ tokens: [Token], _ at: Int) -> Bool {
    at >= 0 && tokens[at].has(.month)
  }

  /// The day a text gives itself, with its year.
  static func day(of sentences: [Sentence], _ text: TokenizedText) -> (
    month: Int, day: Int, year: Int?
  )? {
    for sentence in sentences.prefix(6) {
      for index in sentence.tokens.prefix(14) {
        guard let month = DateReader.months[text.tokens[index].lower], text.tokens[index].isCapital
        else { continue }
        let near = text.tokens[
          max(sentence.tokens.lowerBound, index - 1)..<min(sentence.tokens.upperBound, index + 5)
        ]
        let numbers = near.filter { $0.kind == .number }.compactMap { Int($0.lower) }
        guard let day = numbers.first(where: { (1...31).contains($0) }) else { continue }
        return (month, day, numbers.first { (1950...2099).contains($0) })
      }
    }
    return nil
  }
}

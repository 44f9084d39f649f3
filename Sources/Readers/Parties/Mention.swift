/// One place where a sentence speaks of somebody.
struct Mention: Sendable {
  /// How.
  enum Form: Sendable { case name, role, pronoun, possessivePronoun, own, aggregate, vehicle }

  /// The tokens, with an apposition beside the name.
  var tokens: Range<Int>
  /// How somebody is spoken of.
  let form: Form
  /// Who it is, where that is said outright.
  var entity: Int?
  /// The words before `maker` and it, where the form is a role.
  var role: [String] = []
  /// Whether it is followed by `'s`.
  var isPossessive = false
}

/// Finds whom a sentence speaks of, and how.
struct MentionFinder {
  let text: TokenizedText
  let cast: Cast
  private var tokens: [Token] { text.tokens }

  init(_ text: TokenizedText, _ cast: Cast) { (self.text, self.cast) = (text, cast) }

  /// The mentions of a sentence, in order.
  func mentions(in range: Range<Int>) -> [Mention] {
    var found: [Mention] = []
    var at = range.lowerBound
    while at < range.upperBound {
      if let mention = mention(at, range) {
        found.append(mention)
        at = mention.tokens.upperBound
      } else {
        at += 1
      }
    }
    return joined(found.filter { $0.entity.map { cast.entities[$0].kind != .place } ?? true })
  }

  private func mention(_ at: Int, _ range: Range<Int>) -> Mention? {
    let token = tokens[at]
    guard token.kind == .word else { return nil }
    if token.isCapital || token.has([.state, .nationality]), let name = name(at, range) {
      return name
    }
    let opens = token.has([.determiner, .possessivePronoun]) || isPossessive(at - 1)
    if opens, let role = role(at, range) { return owned(role, range) }
    guard token.has([.subjectPronoun, .possessivePronoun, .aggregate]) else { return nil }
    let word = token.lower
    let isOwn = cast.entities.contains(where: \.isSelf)
    switch word {
    case "we", "us", "ourselves": return Mention(tokens: at..<at + 1, form: .own)
    case "our":
      return isOwn || word == "our"
        ? Mention(tokens: at..<at + 1, form: .own, isPossessive: true) : nil
    case "it", "they", "them", "itself": return Mention(tokens: at..<at + 1, form: .pronoun)
    case "its", "their":
      return Mention(tokens: at..<at + 1, form: .possessivePronoun, isPossessive: true)
    default: break
    }
    if Lexicon.has(word, .aggregate), !Lexicon.has(word, .role) || word.hasSuffix("s") {
      return Mention(
        tokens: at..<at + 1,
        form: .aggregate,
        role: [word],
        isPossessive: isPossessive(at + 1)
      )
    }
    return nil
  }

  private func isPossessive(_ at: Int) -> Bool {
    guard tokens.indices.contains(at) else { return false }
    return tokens[at].kind == .possessive
      || (tokens[at].kind == .other && ["'", "’"].contains(tokens[at].lower)
        && !tokens[at].isSpaced)
  }

  // MARK: Names

  private func name(_ at: Int, _ range: Range<Int>) -> Mention? {
    let isStated = tokens[at].has([.state, .nationality])
    guard tokens[at].kind == .word, tokens[at].isCapital || isStated else { return nil }
    for alias in cast.aliases[tokens[at].lower] ?? [] {
      guard let end = match(alias.words, at, range) else { continue }
      guard tokens[at].isCapital || alias.words.count > 1 else { continue }
      return grown(
        Mention(
          tokens: at..<end,
          form: .name,
          entity: alias.entity,
          isPossessive: isPossessive(end)
        ),
        range
      )
    }
    return nil
  }

  /// Where a name ends that begins at `at`, its legal form with it.
  private func match(_ words: [String], _ at: Int, _ range: Range<Int>) -> Int? {
    var end = at
    for word in words {
      if end > at, end < range.upperBound, tokens[end].lower == "&" { end += 1 }
      guard end < range.upperBound, tokens[end].lower == word else { return nil }
      end += 1
    }
    while end < range.upperBound {
      if tokens[end].has(.legalForm),
        tokens[end].isCapital || tokens[end].lower == "plc"
      {
        end += 1
      } else if tokens[end].kind == .comma, end + 1 < range.upperBound, tokens[end + 1].isCapital,
        tokens[end + 1].has(.legalForm)
      {
        end += 2
      } else if tokens[end].lower == ".", end > at, tokens[end - 1].has(.legalForm),
        end + 1 < range.upperBound
      {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  /// `Alphabet unit`, `Microsoft's venture arm`: a part of somebody stands for the whole.
  private func grown(_ mention: Mention, _ range: Range<Int>) -> Mention {
    var mention = mention
    var at = mention.tokens.upperBound
    if mention.isPossessive { at += 1 }
    for step in 0..<3 where at + step < range.upperBound {
      let word = tokens[at + step].lower
      if ["unit", "arm", "subsidiary", "division", "affiliate"].contains(word) {
        mention.tokens = mention.tokens.lowerBound..<at + step + 1
        mention.isPossessive = isPossessive(at + step + 1)
        return mention
      }
      guard step < 2, tokens[at + step].kind == .word, !tokens[at + step].isCapital,
        !Lexicon.has(word, [.preposition, .be, .have, .modal, .verb, .conjunction, .role])
      else { break }
    }
    return mention
  }

  // MARK: Roles

  /// `the young cloud firm`, `a Swedish maker of drying towers`, `its hirer`.
  private func role(_ at: Int, _ range: Range<Int>) -> Mention? {
    let opener = tokens[at].lower
    guard opener != "no", opener != "any" else { return nil }
    guard tokens[at].kind == .word,
      Lexicon.has(opener, [.determiner, .possessivePronoun]) || isPossessive(at - 1)
    else { return nil }
    guard !tokens[at].isCapital || at == range.lowerBound || tokens[at].isSpaced else { return nil }
    let first =
      isPossessive(at - 1) && !Lexicon.has(opener, [.determiner, .possessivePronoun]) ? at : at + 1
    var end = first
    var head: Int?
    while end < range.upperBound, end - at <= 6, isNounPart(end) || isInnerPossessive(end, range) {
      if tokens[end].kind == .word, tokens[end].has([.role, .vehicle]),
        !tokens[end].isCapital || at + 1 == end && cast.aliases[tokens[end].lower] == nil
      {
        head = end
      }
      end += 1
    }
    guard let head, isClosed(head, end, range) else { return nil }
    let words = (first...head).map { tokens[$0].lower }
    let isVehicle =
      words.contains { Lexicon.has($0, .vehicle) } || words.starts(with: ["special", "company"])
      || words.starts(with: ["joint", "venture"])
    let opens = Lexicon.has(opener, .possessivePronoun) ? at : at
    return Mention(
      tokens: opens..<head + 1,
      form: isVehicle ? .vehicle : .role,
      role: ["a", "an", "another"].contains(opener) ? ["a"] + words : words,
      isPossessive: isPossessive(head + 1)
    )
  }

  /// `An affiliate of Customer B` stands for Customer B.
  private func owned(_ mention: Mention, _ range: Range<Int>) -> Mention {
    let end = mention.tokens.upperBound
    guard let head = mention.role.last,
      ["affiliate", "subsidiary", "unit", "arm", "division"].contains(head),
      end + 1 < range.upperBound,
      tokens[end].lower == "of", let whole = name(end + 1, range) ?? name(end + 2, range)
    else { return mention }
    return Mention(
      tokens: mention.tokens.lowerBound..<whole.tokens.upperBound,
      form: .name,
      entity: whole.entity,
      isPossessive: whole.isPossessive
    )
  }

  private func isInnerPossessive(_ at: Int, _ range: Range<Int>) -> Bool { false }

  private func isNounPart(_ at: Int) -> Bool {
    guard tokens[at].kind == .word || tokens[at].kind == .number && false else { return false }
    let lexeme = tokens[at].lexeme
    if ["own", "wholly", "owned", "majority", "jointly"].contains(tokens[at].lower) { return true }
    let stops: WordClass = [
      .preposition, .be, .have, .modal, .relative, .conjunction, .determiner, .subjectPronoun,
      .negation,
    ]
    guard lexeme.classes.isDisjoint(with: stops) else { return false }
    return
      !(lexeme.classes.contains(.verb) && !lexeme.classes.contains(.role) && lexeme.noun == nil)
  }

  /// A role ends its noun phrase, or a name follows it.
  private func isClosed(_ head: Int, _ end: Int, _ range: Range<Int>) -> Bool {
    guard head + 1 < range.upperBound else { return true }
    let next = tokens[head + 1]
    if next.isCapital || isPossessive(head + 1) || next.kind != .word { return true }
    let lexeme = next.lexeme
    // `a firm order` is no firm.
    if lexeme.noun != nil, lexeme.form.isDisjoint(with: [.third, .past]) { return false }
    let closers: WordClass = [
      .preposition, .be, .have, .modal, .relative, .conjunction, .verb, .adverb, .negation,
      .subjectPronoun,
    ]
    return !lexeme.classes.isDisjoint(with: closers) || head + 1 < end
      || !Lexicon.knows(next.lower)
        && (next.lower.hasSuffix("s") || next.lower.hasSuffix("ed"))
  }

  // MARK: Appositions

  /// `the toolmaker Vasterling`, `Tetrablok, a Swedish maker of drying towers,`, `its parent, Aldous Corp,` are one.
  private func joined(_ mentions: [Mention]) -> [Mention] {
    var result: [Mention] = []
    for mention in mentions {
      guard var last = result.last, last.form == .role || mention.form == .role else {
        result.append(mention)
        continue
      }
      let gap = last.tokens.upperBound..<mention.tokens.lowerBound
      let isNamed = mention.form == .name && isOrganisation(mention)
      let follows =
        last.form == .role && isNamed && (gap.isEmpty || isComma(gap) || isOwner(last, gap))
        && !last.isPossessive
      let precedes =
        last.form == .name && isOrganisation(last) && mention.form == .role && isComma(gap)
        && !last.isPossessive && opens(mention)
      guard follows || precedes else {
        result.append(mention)
        continue
      }
      let name = follows ? mention : last
      last = Mention(
        tokens: last.tokens.lowerBound..<mention.tokens.upperBound,
        form: .name,
        entity: name.entity,
        role: (follows ? last : mention).role,
        isPossessive: mention.isPossessive
      )
      result[result.count - 1] = last
    }
    return result
  }

  private func isOrganisation(_ mention: Mention) -> Bool {
    mention.entity.map { cast.entities[$0].isParty } ?? false
  }

  private func isComma(_ gap: Range<Int>) -> Bool {
    gap.count == 1 && tokens[gap.lowerBound].kind == .comma
  }

  private func isOwner(_ role: Mention, _ gap: Range<Int>) -> Bool {
    gap.count == 1 && tokens[gap.lowerBound].kind == .open
  }

  private func opens(_ role: Mention) -> Bool {
    guard tokens[role.tokens.lowerBound].has(.determiner) else { return false }
    guard ["a", "an"].contains(tokens[role.tokens.lowerBound].lower) else {
      return role.tokens.upperBound < tokens.count
        && [Token.Kind.comma, .stop].contains(tokens[role.tokens.upperBound].kind)
    }
    return true
  }
}

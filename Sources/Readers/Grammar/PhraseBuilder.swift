internal import Claims

/// Finds the verbs of a sentence and what stands around each: subject, object, and parties behind prepositions.
struct PhraseBuilder {
  private let view: SentenceView
  private var range: Range<Int> { view.range }

  init(_ view: SentenceView) { self.view = view }

  private func word(_ at: Int) -> String { view.word(at) }
  private func classes(_ at: Int) -> WordClass { view.classes(at) }

  /// The phrases, in order of their verbs.
  func phrases() -> [Phrase] {
    let verbs = range.filter(isVerb)
    return verbs.enumerated().compactMap { index, token in
      phrase(token, next: verbs.dropFirst(index + 1))
    }
  }

  // MARK: Verb or noun

  private func isVerb(_ at: Int) -> Bool {
    let token = view.token(at)
    guard token.kind == .word else { return false }
    let lexeme = token.lexeme
    guard lexeme.verb != nil, view.mention(at: at) == nil, view.amount(at: at) == nil else {
      return false
    }
    if token.has(.have), isAuxiliary(at) { return false }
    if token.isCapital, at != range.lowerBound, at > 0, view.text.tokens[at - 1].kind != .quote,
      !isShoutedVerb(at)
    {
      return false
    }
    let before = previous(at)
    if lexeme.form.isDisjoint(with: [.past, .participle, .progressive]) {
      return isFinite(at, lexeme, before)
    }
    if lexeme.form.contains(.progressive), lexeme.noun != nil, !classes(before).contains(.be) {
      return false
    }
    // `senior secured notes`, `guaranteed loans`: no verb, but what kind of notes.
    let isBare = classes(before).isDisjoint(with: [
      .have, .be, .subjectPronoun, .relative, .adverb, .conjunction,
    ])
    if isBare, view.mention(at: before) == nil, lexeme.form.contains(.participle),
      range.contains(at + 1),
      view.lexeme(at + 1).noun != nil, view.amount(at: at + 1) == nil, range.contains(before),
      view.token(before).kind == .word
    {
      return false
    }
    let isAttribute =
      classes(before).contains(.determiner) && word(before) != "that" && word(before) != "all"
    if isAttribute, lexeme.form.contains(.participle), !lexeme.form.contains(.progressive) {
      return false
    }
    if lexeme.form.isDisjoint(with: [.past, .progressive]) || !isAttribute {
      return !isNounHere(at, lexeme, before)
    }
    return !isAttribute
  }

  /// `had been raised`, `has now bought`: to have before a participle is no verb of its own.
  private func isAuxiliary(_ at: Int) -> Bool {
    var next = at + 1
    while range.contains(next), !classes(next).isDisjoint(with: [.adverb, .negation]),
      classes(next).isDisjoint(with: [.determiner])
    { next += 1 }
    guard range.contains(next) else { return false }
    return word(next) == "been"
      || view.lexeme(next).form.contains(.participle)
        && view.lexeme(next).noun == nil
  }

  /// In a machine's translation verbs may be written large: `have Voted Down`.
  private func isShoutedVerb(_ at: Int) -> Bool {
    classes(previous(at)).contains([.have]) || classes(previous(at)).contains(.modal)
  }

  private func isNounHere(_ at: Int, _ lexeme: Lexeme, _ before: Int) -> Bool {
    guard lexeme.noun != nil else { return false }
    return !isFinite(at, lexeme, before) && !classes(before).contains(.have)
      && !classes(before).contains(.be)
  }

  /// `order`, `leases`: a verb behind a subject, `to` or `will`; a noun behind an article, a number, a preposition.
  private func isFinite(_ at: Int, _ lexeme: Lexeme, _ before: Int) -> Bool {
    guard range.contains(before) else { return lexeme.noun == nil && !lexeme.form.contains(.third) }
    let kinds = classes(before)
    if word(before) == "to" {
      return !(lexeme.noun != nil && classes(before - 1).contains(.determiner))
    }
    if !kinds.isDisjoint(with: [.modal, .subjectPronoun, .relative]) { return true }
    if view.token(before).kind == .comma || view.token(before).kind == .close {
      return lexeme.noun == nil || lexeme.form.contains(.third) && followedByObject(at)
    }
    if ["do", "does", "did", "n't", "not"].contains(word(before)) || word(before).hasSuffix("n't") {
      return true
    }
    if let mention = view.mention(at: before) {
      let isSubject = !view.mentions[mention].isPossessive
      guard isSubject, view.mentions[mention].form != .possessivePronoun,
        view.mentions[mention].form != .own || word(before) == "we"
      else { return false }
      if lexeme.form.contains(.third) || lexeme.noun == nil { return true }
      // `Vantor order` is a noun, `investors order` a verb.
      return view.mentions[mention].form != .name
    }
    if view.amount(at: before) != nil {
      return lexeme.noun == nil && !lexeme.form.contains(.base) && lexeme.form.contains(.third)
    }
    if !kinds.isDisjoint(with: [.determiner, .preposition, .possessivePronoun]) { return false }
    if [Token.Kind.number, .possessive, .percent].contains(view.token(before).kind) {
      return false
    }
    if kinds.contains(.conjunction) {
      return lexeme.noun == nil || lexeme.form.contains(.third) && lexeme.noun == nil || follows(at)
    }
    if lexeme.noun != nil {
      return lexeme.form.contains(.third) && isSubjectNoun(before)
        && view.token(at + 1 < range.upperBound ? at + 1 : at).kind != .stop && followedByObject(at)
    }
    // A bare form has a plural before it: `both firms deploy`, not `delayed draw`.
    let wants = (max(range.lowerBound, at - 5)..<at).last {
      ["wanted", "wants", "want", "must"].contains(word($0)) || classes($0).contains(.modal)
    }
    // `will in turn invest`: a bare form behind a modal verb, with no other verb between.
    let isGoverned = wants.map { wants in
      !(wants + 1..<at).contains {
        classes($0).contains(.verb) && word($0) != "turn" && word($0) != "return"
      }
    }
    if isGoverned == true, !kinds.contains(.determiner) { return true }
    if lexeme.form.isDisjoint(with: [.third, .past]) {
      return word(before).hasSuffix("s") || kinds.contains(.conjunction)
    }
    return true
  }

  /// `and leases them`: a verb has an object behind it.
  private func follows(_ at: Int) -> Bool { followedByObject(at) }

  private func followedByObject(_ at: Int) -> Bool {
    let next = at + 1
    guard range.contains(next) else { return false }
    return !classes(next).isDisjoint(with: [
      .determiner, .possessivePronoun, .subjectPronoun, .goods,
    ])
      || view.mention(at: next) != nil || view.amount(at: next) != nil
  }

  private func isSubjectNoun(_ at: Int) -> Bool {
    classes(at).isDisjoint(with: [.determiner, .preposition]) && view.token(at).kind == .word
  }

  /// The word before, adverbs left out.
  private func previous(_ at: Int) -> Int {
    var before = at - 1
    while range.contains(before), classes(before).contains(.adverb),
      classes(before).isDisjoint(with: [.conjunction])
    { before -= 1 }
    return before
  }

  // MARK: What stands around it

  private func phrase(_ token: Int, next verbs: ArraySlice<Int>) -> Phrase? {
    let lexeme = view.lexeme(token)
    guard let index = lexeme.verb else { return nil }
    let verb = Grammar.verbs[index]
    var phrase = Phrase(
      token: token,
      frame: frame(of: verb, at: token),
      base: verb.base,
      form: lexeme.form
    )
    takeVoice(&phrase)
    takeSubject(&phrase)
    takeMood(&phrase)
    phrase.end = end(of: phrase, next: verbs)
    takeArguments(&phrase)
    return phrase
  }

  /// A verb with a small word behind it may be another: take over, take out, stand behind, walk away.
  private func frame(of verb: Verb, at token: Int) -> Frame {
    let near = [word(token + 1), word(token + 2), word(token + 3)]
    func rule(_ name: String) -> Frame { Grammar.byName[name] ?? Grammar.frames[verb.frame] }
    switch verb.base {
    case "take", "taken":
      if near[0] == "over" || near[1] == "over" { return rule("take over") }
      if near[0] == "out" { return rule("get") }
    case "stand": if near.contains("behind") { return rule("guarantee") }
    case "walk": return near.contains("away") ? rule("withdraw") : rule("other")
    case "pull": return rule("withdraw")
    case "back": return near[0] == "out" ? rule("withdraw") : rule("other")
    case "drop": return near[0] == "out" ? rule("withdraw") : rule("cancel")
    case "call": return near.contains("off") ? rule("cancel") : rule("other")
    case "vote": return rule("cancel")
    case "give": if near[0] == "up" { return rule("withdraw") }
    case "let":
      return near.contains { ["lapse", "expire", "fall", "go", "expired"].contains($0) }
        ? rule("lapse") : rule("other")
    case "sign": if near[0] == "up", near[1] == "for" { return rule("commit") }
    case "hand":
      let isTheirs = ["its", "their", "the"].contains(near[0])
      if isTheirs, isContractMoved(token) { return rule("take over") }
    case "raise", "bring", "lift":
      if isAmending(token) { return rule("amend") }
      if verb.base == "bring", near[0] == "in" { return rule("earn") }
      return rule(verb.base == "raise" ? "get" : "other")
    case "pass", "transfer", "assign":
      return isContractMoved(token) ? rule("take over") : rule("pay")
    case "decline":
      return word(token + 1) == "to" && word(token + 2) == "exercise"
        ? rule("lapse") : rule("other")
    case "provide": if near[0] == "for" { return rule("sign") }
    case "add": if near[0] == "that" || near[0] == "," || near[0] == "\"" { return rule("say") }
    case "bring ": break
    case "end", "terminate": return rule("cancel")
    default: break
    }
    return Grammar.frames[verb.frame]
  }

  /// `raised to`, `raises the value from … to …`, `bring the bill to`: the amount of something that is there already.
  private func isAmending(_ token: Int) -> Bool {
    if word(token) == "raising" && classes(token - 1).contains(.be) { return false }
    let rest = token + 1..<min(range.upperBound, token + 14)
    if view.amounts.contains(where: { $0.isChanged && rest.contains($0.tokens.lowerBound) }) {
      return true
    }
    return rest.contains { at in
      word(at) == "to" && view.amounts.contains { $0.tokens.lowerBound == at + 1 }
        && !rest.prefix { $0 < at }.contains { view.amount(at: $0) != nil }
    }
  }

  private func isContractMoved(_ token: Int) -> Bool {
    (token + 1..<min(range.upperBound, token + 12)).contains { at in
      guard let noun = view.lexeme(at).noun else { return false }
      return noun.kind == .lease
        || noun.kind == .purchase && noun.isGeneral && !word(at).hasPrefix("payment")
    }
  }

  private func takeVoice(_ phrase: inout Phrase) {
    var at = phrase.token - 1
    while range.contains(at), !classes(at).isDisjoint(with: [.adverb, .negation]) {
      if classes(at).contains(.negation) { phrase.isNegated = true }
      at -= 1
    }
    let isParticiple = phrase.form.contains(.participle)
    if isParticiple, classes(at).contains(.be) { phrase.isPassive = true }
    if isParticiple, !phrase.isPassive, classes(at).isDisjoint(with: [.have]) {
      let by = (phrase.token + 1..<min(range.upperBound, phrase.token + 4)).first {
        word($0) == "by"
      }
      let isBare =
        classes(at).isDisjoint(with: [.subjectPronoun, .relative])
        && (view.mention(at: at) == nil || word(phrase.token + 1) == "by")
      if let by, isBare, phrase.frame.name != "say" { phrase.isPassive = by > phrase.token }
    }
    phrase.isInfinitive = word(at) == "to"
    let back = max(range.lowerBound, phrase.token - 5)..<phrase.token
    if back.contains(where: {
      classes($0).contains(.negation) && word($0) != "no" && word($0) != "nothing"
        && !isCut($0..<phrase.token)
    }) {
      phrase.isNegated = true
    }
  }

  private func isCut(_ part: Range<Int>) -> Bool {
    part.contains { [.comma, .semicolon, .quote].contains(view.token($0).kind) }
  }

  private func takeSubject(_ phrase: inout Phrase) {
    var at = beforeInsertion(phrase.token) ?? beforeOther(phrase.token) ?? phrase.token - 1
    while at >= range.lowerBound {
      let token = view.token(at)
      if token.kind == .semicolon { return }
      if let index = view.mention(at: at) {
        let mention = view.mentions[index]
        let before = mention.tokens.lowerBound
        at = before - 1
        if mention.isPossessive, isGoverned(mention, by: phrase.token) {
          phrase.subject = index
          return
        }
        if mention.isPossessive || mention.form == .possessivePronoun { continue }
        if isOblique(before, verb: phrase.token) { continue }
        phrase.subject = index
        return
      }
      if classes(at).contains(.relative), isRelative(at) {
        phrase.subject = antecedent(before: at)
        return
      }
      at -= 1
    }
  }

  /// Before the verb that this one is joined to: `Acme owes Borex €140m and pays Quill`.
  private func beforeOther(_ verb: Int) -> Int? {
    var at = verb - 1
    while range.contains(at), view.has(at, [.adverb, .have, .modal, .be]),
      !view.has(at, .conjunction)
    { at -= 1 }
    guard range.contains(at), ["and", "but"].contains(word(at)) else { return nil }
    guard let other = (range.lowerBound..<at).last(where: isVerb) else { return nil }
    // A semicolon or a relative clause between is another sentence.
    let isCut = (other..<at).contains {
      view.token($0).kind == .semicolon || view.has($0, .relative)
    }
    return isCut || view.lexeme(other).form.contains(.progressive) ? nil : other - 1
  }

  /// Before a clause between commas: `Halden, whose largest customer is Tolmer, delivered`.
  private func beforeInsertion(_ verb: Int) -> Int? {
    guard range.contains(verb - 1), view.token(verb - 1).kind == .comma else { return nil }
    let start = max(range.lowerBound + 1, verb - 30)
    guard start < verb - 1 else { return nil }
    let relative = (start..<verb - 1).last {
      !classes($0).isDisjoint(with: [.relative]) && word($0) != "that"
    }
    guard var at = relative else { return nil }
    if classes(at - 1).contains(.preposition) { at -= 1 }
    guard at - 1 >= range.lowerBound, view.token(at - 1).kind == .comma else { return nil }
    return at - 2
  }

  /// `its commitment to lend`: whose commitment it is does it.
  private func isGoverned(_ mention: Mention, by verb: Int) -> Bool {
    guard word(verb - 1) == "to" else { return false }
    let noun = verb - 2
    guard
      [
        "commitment", "plan", "agreement", "decision", "obligation", "offer", "promise", "pledge",
        "intention", "undertaking", "contract", "deal",
      ].contains(word(noun))
    else { return false }
    let start =
      mention.tokens.upperBound
      + (view.range.contains(mention.tokens.upperBound)
        && view.token(mention.tokens.upperBound).kind == .possessive ? 1 : 0)
    return noun - start <= 2 && noun >= start
  }

  /// `that` between a noun and a verb; not behind `said`.
  private func isRelative(_ at: Int) -> Bool {
    guard word(at) == "that" else { return true }
    let before = at - 1
    guard range.contains(before) else { return false }
    return !classes(before).contains(.verb) && view.mention(at: at + 1) == nil
      && classes(at + 1).isDisjoint(with: [.determiner])
  }

  private func antecedent(before at: Int) -> Int? {
    var before = at - 1
    while range.contains(before), [.comma, .dash, .quote].contains(view.token(before).kind) {
      before -= 1
    }
    return view.mentions.indices.last {
      view.mentions[$0].tokens.upperBound <= before + 1 && !view.mentions[$0].isPossessive
    }
  }

  /// Whether a party stands behind a preposition, so that it is no subject.
  private func isOblique(_ start: Int, verb: Int) -> Bool {
    var at = start - 1
    guard range.contains(at) else { return false }
    // `to Elon Musk's xAI`: what governs the owner governs what is owned.
    if view.token(at).kind == .possessive {
      at -= 1
      while range.contains(at), view.token(at).isCapital { at -= 1 }
    }
    if word(at) == "by" || word(at) == "and" || word(at) == "but" || word(at) == "or" {
      guard word(at) == "and" else { return word(at) == "by" }
      // Of two joined names the second goes with the first.
      guard let first = view.mention(at: at - 1) else { return false }
      return isOblique(view.mentions[first].tokens.lowerBound, verb: verb)
    }
    return classes(at).contains(.preposition) && word(at) != "that" && word(at) != "as"
      && word(at) != "since" && word(at) != "after"
  }

  private func takeMood(_ phrase: inout Phrase) {
    let start = phrase.subject.map { view.mentions[$0].tokens.upperBound } ?? range.lowerBound
    let from = max(start, phrase.token - 16, range.lowerBound)
    guard from < phrase.token else { return }
    for at in from..<phrase.token {
      phrase.mood.formUnion(classes(at))
      phrase.moodWords.insert(word(at))
    }
  }

  /// Where the phrase ends: at the next verb's own part of the sentence.
  private func end(of phrase: Phrase, next verbs: ArraySlice<Int>) -> Int {
    var end = range.upperBound
    if let semicolon = (phrase.token + 1..<end).first(where: { view.token($0).kind == .semicolon })
    {
      end = semicolon
    }
    guard let next = verbs.first, next < end else { return end }
    let gap = phrase.token + 1..<next
    if let subject = subjectStart(of: next, after: phrase.token) { return subject }
    let cut = gap.last { at in
      !classes(at).isDisjoint(with: [.relative]) || view.token(at).kind == .comma
        || (classes(at).contains(.conjunction) && !joinsNames(at))
    }
    if let cut { return cut }
    if word(next - 1) == "to" { return next - 1 }
    return next
  }

  /// Where the next verb's own subject begins behind a comma or a conjunction: `…, and its bank cut …`.
  private func subjectStart(of next: Int, after verb: Int) -> Int? {
    let own = view.mentions.last { mention in
      mention.tokens.lowerBound > verb + 1 && mention.tokens.upperBound <= next
        && !mention.isPossessive
        && !isOblique(mention.tokens.lowerBound, verb: next)
    }
    guard let own else { return nil }
    let before = own.tokens.lowerBound - 1
    let isCut =
      view.token(before).kind == .comma || classes(before).contains(.conjunction)
      || classes(before).contains(.relative)
    guard isCut,
      view.mention(at: before - 1) == nil || word(before) != "and"
        || view.token(before - 1).kind != .word
    else { return nil }
    return before
  }

  private func joinsNames(_ at: Int) -> Bool {
    view.mention(at: at - 1) != nil && view.mention(at: at + 1) != nil
      || view.amount(at: at + 1) != nil
  }

  private func takeArguments(_ phrase: inout Phrase) {
    for (index, mention) in view.mentions.enumerated() {
      let start = mention.tokens.lowerBound
      guard start > phrase.token, start < phrase.end else { continue }
      phrase.arguments.append(
        Phrase.Argument(preposition: preposition(before: start, verb: phrase.token), mention: index)
      )
    }
    // A verb at the end of its sentence has everybody before it, as German has: `has to Acme a credit given`.
    guard phrase.arguments.isEmpty, phrase.mood.contains(.have), let subject = phrase.subject else {
      return
    }
    for (index, mention) in view.mentions.enumerated()
    where mention.tokens.upperBound <= phrase.token {
      let start = mention.tokens.lowerBound
      guard start >= view.mentions[subject].tokens.upperBound else { continue }
      phrase.arguments.append(
        Phrase.Argument(
          preposition: preposition(
            before: start,
            verb: view.mentions[subject].tokens.upperBound - 1
          ),
          mention: index
        )
      )
    }
  }

  /// The preposition that a party stands behind; empty where it is an object.
  func preposition(before start: Int, verb: Int) -> String {
    var at = start - 1
    if word(at) == "and", let first = view.mention(at: at - 1) {
      return preposition(before: view.mentions[first].tokens.lowerBound, verb: verb)
    }
    while at > verb {
      if classes(at).contains(.preposition) { return word(at) }
      let isInside =
        !classes(at).isDisjoint(with: [.determiner, .possessivePronoun]) || view.token(at).isCapital
        || (view.token(at).kind == .word
          && classes(at).isDisjoint(with: [.verb, .conjunction, .relative])
          && view.lexeme(at).noun == nil)
      guard isInside, start - at <= 5 else { return "" }
      at -= 1
    }
    return ""
  }
}

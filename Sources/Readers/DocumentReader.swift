internal import Claims
internal import Tables

/// Reads one text from its first sentence to its last.
struct DocumentReader {
  private let text: TokenizedText
  private let sentences: [Sentence]
  private let style: TextStyle
  private let published: PartialDate?
  private let publisher: String?
  private var discourse: Discourse
  private var drafts: [Draft] = []
  private var facts: [FactDraft] = []
  private var refused: [(range: Range<Int>, why: String)] = []
  private var isIntended = false
  private var lastTeller: String?

  init(_ text: TokenizedText, known: KnownNames, publisher: String?, published: PartialDate?) {
    self.text = text
    sentences = SentenceCutter.sentences(of: text)
    style = StyleReader.style(of: sentences, text)
    self.publisher = publisher
    self.published = published ?? Self.stated(sentences, text)
    discourse = Discourse(CastBuilder.cast(of: text, sentences, known: known))
  }

  private static func stated(_ sentences: [Sentence], _ text: TokenizedText) -> PartialDate? {
    guard let found = Dateline.day(of: sentences, text), let year = found.year else { return nil }
    return Day(year: year, month: found.month, day: found.day).map { .day($0) }
  }

  private var isLong: Bool { sentences.count >= 200 }

  mutating func read() -> DocumentReading {
    let dates = DateReader(text: text, range: 0..<0, published: published?.last)
    let views = sentences.filter { $0.kind != .heading }
      .map {
        SentenceView(
          Dateline.body(of: $0, text),
          text,
          discourse.cast,
          published: dates,
          isQuick: isLong
        )
      }
    learnRoles(views)
    learnHeadings()
    findMain(views)
    for view in views {
      if view.says("letter of intent") || view.says("memorandum of understanding") {
        isIntended = true
      }
      if view.kind == .row { readRow(view) } else { readSentence(view) }
    }
    return reading()
  }

  // MARK: Before reading

  /// What parties are called, and whether they buy or sell, as the text tells beside their names.
  private mutating func learnRoles(_ views: [SentenceView]) {
    for view in views {
      for mention in view.mentions where mention.form == .name {
        guard let entity = mention.entity else { continue }
        if !mention.role.isEmpty { learn(entity, mention.role) }
        if let made = made(by: mention, view) { learn(entity, made) }
      }
    }
  }

  /// `AI landlord IREN wins Microsoft`, `Kestrel in talks to supply Brightfen`: a heading tells who sells.
  private mutating func learnHeadings() {
    for sentence in sentences where sentence.kind == .heading {
      let mentions = MentionFinder(text, discourse.cast).mentions(in: sentence.tokens).filter {
        $0.form == .name
      }
      for mention in mentions {
        guard let entity = mention.entity else { continue }
        let (before, after) = (mention.tokens.lowerBound - 1, mention.tokens.upperBound)
        if before >= sentence.tokens.lowerBound, text.tokens[before].has(.role) {
          learn(entity, [text.tokens[before].lower])
        }
        guard after < sentence.tokens.upperBound, mentions.count > 1 else { continue }
        if ["wins", "lands", "supplies", "supply"].contains(text.tokens[after].lower) {
          discourse.change(entity) { $0.sellerScore += 3 }
        }
      }
    }
  }

  private mutating func learn(_ entity: Int, _ role: [String]) {
    if let head = role.last { discourse.call(entity, head) }
    discourse.change(entity) { entity in
      guard entity.roles.count < 12 else { return }
      entity.roles.append(role)
      guard let head = role.last else { return }
      if Lexicon.has(head, .sellerRole) { entity.sellerScore += 2 }
      if Lexicon.has(head, .buyerRole) { entity.sellerScore -= 2 }
    }
  }

  /// `Tarn, which makes voice assistants`: the voice-assistant maker.
  private func made(by mention: Mention, _ view: SentenceView) -> [String]? {
    var at = mention.tokens.upperBound
    if view.word(at) == "," { at += 1 }
    guard ["which", "that"].contains(view.word(at)),
      ["makes", "designs", "builds", "produces", "runs", "operates"].contains(view.word(at + 1))
    else { return nil }
    var words: [String] = []
    at += 2
    while view.range.contains(at), view.token(at).kind == .word,
      !view.has(at, [.preposition, .conjunction]), words.count < 3
    {
      words.append(view.word(at))
      at += 1
    }
    guard var last = words.popLast() else { return nil }
    if last.hasSuffix("s") { last.removeLast() }
    return [(words + [last]).joined(separator: "-"), "maker"]
  }

  /// Whom the text is about: whoever its first sentence is about.
  private mutating func findMain(_ views: [SentenceView]) {
    discourse.isFiling = style == .filing
    if style == .filing, let own = discourse.own { return discourse.main = own }
    if style == .filing { return discourse.main = discourse.addSelf() }
    for view in views.prefix(4) {
      let subjects = view.phrases.compactMap(\.subject).map { view.mentions[$0] } + view.mentions
      for mention in subjects {
        guard mention.form == .name, let entity = mention.entity,
          discourse.cast.entities[entity].kind == .organisation
        else { continue }
        return discourse.main = entity
      }
    }
  }

  // MARK: Sentences

  private mutating func readSentence(_ view: SentenceView) {
    // In a long filing only sentences that name somebody, or an amount, are read.
    guard
      !isLong || !view.amounts.isEmpty
        || view.mentions.contains(where: { $0.form == .name })
    else {
      return
    }
    discourse.subject = subject(view)
    let attribution = Attribution(view: view, cast: discourse.cast).teller()
    if !view.amounts.isEmpty || !view.phrases.isEmpty { readContent(view, attribution) }
    for mention in view.mentions {
      if let entity = mention.entity ?? discourse.resolve(mention),
        discourse.cast.entities[entity].isParty
      {
        discourse.note(entity)
      }
    }
    if let subject = discourse.subject { discourse.lastSubject = subject }
    discourse.subject = nil
  }

  private mutating func readContent(_ view: SentenceView, _ attribution: Attribution.Teller?) {
    var factReader = FactReader(view, discourse)
    discourse = Discourse(Cast())
    factReader.read()
    discourse = factReader.discourse
    facts += factReader.facts
    var taken = factReader.taken
    let traps = TrapReader(view: view)
    for index in view.amounts.indices where !taken.contains(index) {
      guard let why = traps.reason(view.amounts[index]) else { continue }
      refused.append((view.amounts[index].tokens, why))
      taken.insert(index)
    }
    var claims = ClaimReader(
      view: view,
      style: style,
      isIntended: isIntended,
      discourse: discourse,
      attribution: attribution,
      taken: taken
    )
    // Held once, what is in mind is not copied when it changes.
    discourse = Discourse(Cast())
    claims.read()
    discourse = claims.discourse
    let teller = name(of: attribution, view)
    drafts += Worth.completed(claims.drafts, view, taken).map { draft in
      var draft = draft
      draft.teller = teller
      return draft
    }
    if teller != nil { lastTeller = teller }
  }

  /// Who does things in a sentence: the first party that no preposition governs.
  private mutating func subject(_ view: SentenceView) -> Int? {
    for phrase in view.phrases {
      guard let subject = phrase.subject else { continue }
      let mention = view.mentions[subject]
      if let entity = discourse.resolve(mention), discourse.cast.entities[entity].isParty {
        return entity
      }
    }
    return view.mentions.lazy.filter { $0.form == .name }.compactMap(\.entity).first {
      discourse.cast.entities[$0].isParty
    }
  }

  private mutating func name(of teller: Attribution.Teller?, _ view: SentenceView) -> String? {
    switch teller {
    case .unnamed: return "unnamed sources"
    case .entity(let entity): return tellerName(entity)
    case .mention(let mention): return discourse.resolve(view.mentions[mention]).flatMap(tellerName)
    case nil:
      guard style == .release || style == .filing else { return nil }
      return (discourse.own ?? discourse.main).flatMap(tellerName)
    }
  }

  private func tellerName(_ entity: Int) -> String? {
    let known = discourse.cast.entities[entity]
    if known.isSelf { return publisher ?? known.names.first }
    return known.isParty ? known.id : known.names.first
  }

  // MARK: Rows of tables

  /// `Term loan, due 2029, Halvard Credit Partners ........ $ 640,000`.
  private mutating func readRow(_ view: SentenceView) {
    var row = RowReader(view: view, text: text, sentences: sentences, discourse: discourse)
    row.read()
    discourse = row.discourse
    drafts += row.drafts.map { draft in
      var draft = draft
      draft.teller = (discourse.own ?? discourse.main).flatMap(tellerName)
      return draft
    }
    facts += row.facts
  }

  // MARK: The answer

  private func reading() -> DocumentReading {
    let claims = Self.distinct(drafts).map(candidate)
    let used = Set(claims.flatMap { [$0.payer, $0.payee, $0.fromPayer].compactMap(\.self) })
    let facts = facts.compactMap(candidate)
    let told = used.union(facts.flatMap { [$0.party, $0.counterparty].compactMap(\.self) })
    var parties: [String: [String]] = [:]
    for entity in discourse.cast.entities where told.contains(entity.id) {
      parties[entity.id, default: []] += entity.names
    }
    return DocumentReading(
      publisher: publisher,
      published: published?.description,
      sourceKind: style.sourceKind,
      claims: claims,
      facts: facts,
      notClaims: refused.map { RefusedAmount(span: span($0.range), because: $0.why) },
      parties: parties
    )
  }

  /// Without what says the same again in the same words.
  private static func distinct(_ drafts: [Draft]) -> [Draft] {
    let groups = Dictionary(grouping: drafts.indices) { DraftKey(drafts[$0]) }
    var kept: [Draft] = []
    for (index, draft) in drafts.enumerated() {
      let others = (groups[DraftKey(draft)] ?? []).filter { $0 != index }.map { ($0, drafts[$0]) }
      // Of what is said with an amount too, the words without one tell nothing more.
      let isVague =
        draft.amount == nil && draft.says == nil
        && others.contains { _, other in
          other.amount != nil && (!draft.status.isWayOut || other.status == draft.status)
        }
      let isRepeat = others.contains { place, other in
        place < index && other.payer == draft.payer && other.amount?.low == draft.amount?.low
          && other.amount?.high == draft.amount?.high && other.says == draft.says
          && (other.teller == draft.teller || draft.amount == nil)
      }
      if !isVague, !isRepeat { kept.append(draft) }
    }
    return kept
  }

  private func span(_ range: Range<Int>) -> Span {
    let (first, last) = (text.tokens[range.lowerBound], text.tokens[range.upperBound - 1])
    return Span(start: first.start, end: last.end, text: text.words(first.start, last.end))
  }

  private func id(_ entity: Int?) -> String {
    entity.map { discourse.cast.entities[$0].id } ?? "unknown"
  }

  private func candidate(_ draft: Draft) -> ClaimCandidate {
    let isMoney = draft.amount?.isMoney ?? false
    return ClaimCandidate(
      payer: id(draft.payer),
      payee: id(draft.payee),
      kind: draft.kind.rawValue,
      status: draft.status.rawValue,
      level: draft.level?.rawValue,
      low: draft.amount?.low.map { Bound(value: $0) },
      high: draft.amount?.high.map { Bound(value: $0) },
      currency: isMoney ? draft.amount?.unit : nil,
      unit: draft.amount?.unit,
      per: draft.amount?.per,
      start: draft.start?.description,
      end: draft.end?.description,
      termMonths: draft.termMonths,
      teller: draft.teller,
      says: draft.says,
      fromPayer: draft.formerPayer.map { id($0) },
      deal: nil,
      about: nil,
      span: span(draft.span),
      because: draft.rule
    )
  }

  private func candidate(_ fact: FactDraft) -> FactCandidate? {
    guard let party = fact.party else { return nil }
    return FactCandidate(
      party: id(party),
      counterparty: fact.counterparty.map { id($0) },
      metric: fact.metric,
      low: fact.amount.low.map { Bound(value: $0) },
      high: fact.amount.high.map { Bound(value: $0) },
      unit: fact.amount.unit,
      start: fact.start?.description,
      end: fact.end?.description,
      teller: nil,
      span: span(fact.span),
      because: fact.rule
    )
  }
}

/// What drafts about one arrangement have in common; of a warrant it does not matter who gave it.
private struct DraftKey: Hashable {
  private let parties: [Int?]
  private let kind: Deal.Kind

  init(_ draft: Draft) {
    let sides = [draft.payer, draft.payee]
    parties = draft.kind == .warrant ? sides.sorted { ($0 ?? -1) < ($1 ?? -1) } : sides
    kind = draft.kind
  }
}

/// What a text is, by its first lines and who speaks in it.
enum StyleReader {
  static func style(of sentences: [Sentence], _ text: TokenizedText) -> TextStyle {
    if isFiling(sentences, text) { return .filing }
    let opening = sentences.prefix(8).flatMap { text.tokens[$0.tokens] }
    let isRelease = opening.indices.contains { index in
      let word = opening[index].lower
      guard index + 1 < opening.count else { return false }
      let next = opening[index + 1].lower
      return word == "today" && next == "announced"
        || word == "announced" && ["today", "that", "the"].contains(next)
        || word == "pleased" && next == "to"
        || word == "made" && next == "public"
    }
    if isRelease || sentences.contains(where: { isBoilerplate($0, text) })
      || starts(sentences, text, "forward-looking")
    {
      return .release
    }
    let isDated = sentences.contains {
      $0.kind == .prose && Dateline.body(of: $0, text).tokens != $0.tokens
    }
    return isDated ? .news : .comment
  }

  /// `About Velluto.` at the end of a release.
  private static func isBoilerplate(_ sentence: Sentence, _ text: TokenizedText) -> Bool {
    guard starts(sentence, text, "about"), sentence.tokens.count > 1 else { return false }
    return text.tokens[sentence.tokens.lowerBound + 1].isCapital
  }

  private static func starts(_ sentence: Sentence, _ text: TokenizedText, _ word: String) -> Bool {
    sentence.tokens.first.map { text.tokens[$0].lower == word } ?? false
  }

  private static func starts(_ sentences: [Sentence], _ text: TokenizedText, _ word: String) -> Bool
  {
    sentences.contains { starts($0, text, word) }
  }

  /// Words of the headings of filings.
  private static let filingWords: Set<String> = [
    "subsequent", "liquidity", "commitments", "leases", "concentration", "related", "contracts",
    "risk", "borrowings", "obligations", "resources", "policies", "agreements", "indebtedness",
  ]

  private static func isFiling(_ sentences: [Sentence], _ text: TokenizedText) -> Bool {
    if let first = sentences.first,
      ["item", "note"].contains(text.tokens[first.tokens.lowerBound].lower),
      first.tokens.count > 1, text.tokens[first.tokens.lowerBound + 1].kind == .number
    {
      return true
    }
    let prose = sentences.filter { $0.kind != .heading }
    let speaking = prose.count { sentence in
      Quotes.outside(text.tokens, sentence.tokens).contains { index in
        let token = text.tokens[index]
        return ["we", "our", "us"].contains(token.lower)
          || token.isCapital && ["company", "registrant"].contains(token.lower)
            && index > 0 && text.tokens[index - 1].lower == "the"
      }
    }
    let isShouted = sentences.first.map { sentence in
      sentence.kind == .heading
        && text.tokens[sentence.tokens].contains { filingWords.contains($0.lower) }
    }
    let isHeadless = !prose.contains { Dateline.body(of: $0, text).tokens != $0.tokens }
    return isHeadless && (speaking * 2 > prose.count || isShouted == true && speaking > 0)
  }
}

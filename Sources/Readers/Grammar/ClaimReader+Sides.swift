internal import Claims

/// Who the sides are, once mentions are people and firms.
extension ClaimReader {
  /// Whether one mention is likelier to be paid than another; `nil` where nothing tells.
  var isSeller: (Int, Int) -> Bool? {
    let (view, discourse) = (view, discourse)
    return { left, right in
      let entities = (view.mentions[left].entity, view.mentions[right].entity)
      let known = discourse.pairs.last { pair in
        pair.kind.isRevenue
          && (pair.payer == entities.0 && pair.payee == entities.1
            || pair.payer == entities.1 && pair.payee == entities.0)
      }
      if let known { return known.payee == entities.0 }
      let scores = (
        Self.sellerScore(view.mentions[left], discourse),
        Self.sellerScore(view.mentions[right], discourse)
      )
      return scores.0 == scores.1 ? nil : scores.0 > scores.1
    }
  }

  /// Above zero where somebody is likelier to be paid.
  private static func sellerScore(_ mention: Mention, _ discourse: Discourse) -> Int {
    var copy = discourse
    var score =
      (mention.entity ?? copy.resolve(mention)).map { discourse.cast.entities[$0].sellerScore } ?? 0
    if let head = mention.role.last {
      if Lexicon.has(head, .sellerRole) { score += 3 }
      if Lexicon.has(head, .buyerRole) { score -= 3 }
    }
    return score
  }

  /// The two sides as they are known, the missing ones found where the text leaves no doubt.
  mutating func resolved(
    _ payer: Int?,
    _ payee: Int?,
    _ kind: Deal.Kind,
    _ noun: AttachedNoun?,
    _ phrase: Phrase?,
    _ amount: Amount?
  ) -> (payer: Int, payee: Int)? {
    var (first, second) = named(payer, payee)
    if first == nil, second == nil, payer == nil, payee == nil || isThing(payee) {
      guard let pair = standing(kind) else { return beneficiary(kind) }
      return pair
    }
    if second == nil { second = missing(.payee, other: first, kind, phrase) }
    if first == nil { first = missing(.payer, other: second, kind, phrase) }
    if first == nil, let second { first = unnamed(kind, noun, payer).filter { $0 != second } }
    guard let first, var second, first != second else { return nil }
    if kind == .backstop, let landlord = discourse.counterpart(of: second, .payer, kinds: [.lease]),
      landlord != first
    {
      // What a tenant owes is guaranteed to the landlord.
      second = landlord
    }
    guard discourse.cast.entities[first].isParty, discourse.cast.entities[second].isParty else {
      return nil
    }
    return (first, second)
  }

  private func isThing(_ mention: Int?) -> Bool { false }

  /// Names first, then what can only be the other.
  private mutating func named(_ payer: Int?, _ payee: Int?) -> (Int?, Int?) {
    let mentions = view.mentions
    let isName = { (mention: Int?) in
      mention.map { mentions[$0].form == .name || mentions[$0].form == .own } ?? false
    }
    if isName(payee), !isName(payer) {
      let second = resolve(payee, excluding: [])
      return (resolve(payer, excluding: Set([second].compactMap(\.self))), second)
    }
    let first = resolve(payer, excluding: [])
    return (first, resolve(payee, excluding: Set([first].compactMap(\.self))))
  }

  mutating func resolve(_ mention: Int?, excluding others: Set<Int>) -> Int? {
    guard let mention else { return nil }
    let found = view.mentions[mention]
    if found.form == .aggregate { return led(found) }
    discourse.earlier = view.mentions.filter {
      $0.form == .name && $0.tokens.upperBound <= found.tokens.lowerBound
    }.compactMap(\.entity)
    discourse.isOpening = !view.mentions.contains {
      $0.tokens.upperBound <= found.tokens.lowerBound
    }
    defer { discourse.earlier = [] }
    let quoted = view.isQuoted(found.tokens.lowerBound)
    let known = equated(found) ?? discourse.resolve(found, excluding: others, isQuoted: quoted)
    guard let entity = known, !others.contains(entity) else { return nil }
    return discourse.cast.entities[entity].isParty ? entity : nil
  }

  /// `The unnamed customer that placed the order was Anthropic`.
  private func equated(_ mention: Mention) -> Int? {
    guard mention.form == .role else { return nil }
    let reach = mention.tokens.upperBound + 20
    return view.mentions.first { other in
      other.form == .name && other.tokens.lowerBound > mention.tokens.upperBound
        && other.tokens.lowerBound < reach
        && view.phrases.contains {
          view.mentions.indices.contains($0.subject ?? -1)
            && view.mentions[$0.subject ?? 0].tokens == mention.tokens
        }
        && ["was", "is"].contains(word(other.tokens.lowerBound - 1))
    }?.entity
  }

  /// `investors led by Tessera Fund`.
  private func led(_ mention: Mention) -> Int? {
    let part = mention.tokens.upperBound..<min(view.range.upperBound, mention.tokens.upperBound + 6)
    guard
      let cue = part.first(where: {
        ["led", "headed", "including", "among", "arranged"].contains(word($0))
      })
    else { return nil }
    return view.mentions.first {
      $0.tokens.lowerBound > cue && $0.tokens.lowerBound <= cue + 4 && $0.form == .name
    }?.entity
  }

  /// The arrangement that `the contract` or `the guarantee` means.
  private func standing(_ kind: Deal.Kind) -> (payer: Int, payee: Int)? {
    let same = discourse.pairs.last { $0.kind == kind }
    guard let pair = same ?? (kind == .purchase ? discourse.pairs.last { $0.kind.isRevenue } : nil)
    else { return nil }
    return (pair.payer, pair.payee)
  }

  /// A release or a filing that names nobody speaks of itself: of no use without another.
  private func beneficiary(_ kind: Deal.Kind) -> (payer: Int, payee: Int)? { nil }

  private mutating func missing(_ side: Side, other: Int?, _ kind: Deal.Kind, _ phrase: Phrase?)
    -> Int?
  {
    guard let other else { return nil }
    if let known = counterpart(of: other, missing: side, kind) { return known }
    if let near = near(side, other, kind, phrase) { return near }
    if side == .payee, let subject = discourse.subject, subject != other, kind.isRevenue,
      kind != .backstop
    {
      return subject
    }
    if side == .payee, !kind.isRevenue || kind == .backstop,
      let taker = discourse.pairs.last(where: { !$0.kind.isRevenue })?.payee, taker != other,
      style != .release, style != .filing
    {
      return taker
    }
    if style == .release || style == .filing || view.kind == .item,
      let main = discourse.own ?? discourse.main, main != other
    {
      return main
    }
    if let latest = discourse.pairs.last(where: { $0.payer == other || $0.payee == other }),
      kind.isRevenue
    {
      return latest.payer == other ? latest.payee : latest.payer
    }
    if kind == .grant || kind == .loan || kind == .backstop || kind == .equity, side == .payee,
      let main = discourse.lastSubject ?? discourse.main, main != other
    {
      return main
    }
    if side == .payer, kind.isRevenue, let main = discourse.main, main != other { return main }
    if side == .payee, kind.isRevenue, let last = discourse.lastSubject ?? discourse.main,
      last != other
    {
      return last
    }
    return nil
  }

  private func counterpart(of other: Int, missing side: Side, _ kind: Deal.Kind) -> Int? {
    if kind == .backstop, side == .payee {
      // A tenant is guaranteed towards the landlord.
      if let known = discourse.counterpart(of: other, .payer, kinds: [.backstop]) { return known }
      return discourse.pairs.last { $0.kind == .lease && $0.payer != other && $0.payee != other }?
        .payee
    }
    if kind == .warrant {
      return discourse.pairs.last { $0.payer == other || $0.payee == other }.map {
        $0.payer == other ? $0.payee : $0.payer
      }
    }
    if let same = discourse.counterpart(of: other, side.other, kinds: [kind]) { return same }
    return kind.isRevenue
      ? discourse.counterpart(
        of: other,
        side.other,
        kinds: [.purchase, .lease, .option, .revenueShare]
      ) : nil
  }

  /// Another party of the same sentence that can only be the missing side.
  private mutating func near(_ side: Side, _ other: Int, _ kind: Deal.Kind, _ phrase: Phrase?)
    -> Int?
  {
    let builder = PhraseBuilder(view)
    let candidates = view.mentions.indices.filter { index in
      let mention = view.mentions[index]
      guard mention.form == .name, let entity = mention.entity, entity != other,
        discourse.cast.entities[entity].isParty
      else { return false }
      guard !isElsewhere(index, phrase) else { return false }
      if side == .payee, kind.isRevenue, kind != .backstop, isOfGoods(mention) { return true }
      if side == .payer, isOfGoods(mention) { return false }
      let preposition = builder.preposition(
        before: mention.tokens.lowerBound,
        verb: view.range.lowerBound - 1
      )
      return fits(preposition, side, kind, mention)
    }
    guard candidates.count == 1 else {
      return candidates.first.flatMap { view.mentions[$0].entity }
    }
    return view.mentions[candidates[0]].entity
  }

  /// Whether a party stands in the part of the sentence that another verb of ours governs.
  private func isElsewhere(_ mention: Int, _ phrase: Phrase?) -> Bool {
    guard let phrase else { return false }
    return view.phrases.contains { other in
      guard other.token != phrase.token, other.arguments.contains(where: { $0.mention == mention })
      else { return false }
      switch other.frame.act {
      case .none, .say: return false
      default: break
      }
      let isNested =
        phrase.isInfinitive
        || phrase.form.contains(.progressive) && phrase.mood.isDisjoint(with: [.be])
      return !(other.token < phrase.token && isNested)
        && !(other.isPassive && other.token > phrase.token && other.token - phrase.token < 20)
    }
  }

  private func fits(_ preposition: String, _ side: Side, _ kind: Deal.Kind, _ mention: Mention)
    -> Bool
  {
    switch side {
    case .payee where kind.isRevenue && kind != .backstop:
      ["from", "with", "at", "to"].contains(preposition) || mention.isPossessive
    case .payee where kind == .backstop:
      ["at", "of", "for", "to"].contains(preposition) || mention.isPossessive
    case .payee:
      ["in", "into", "to", "for", "of"].contains(preposition)
        || mention.isPossessive && kind == .equity
    case .payer where kind.isRevenue: ["by", "with", "for", "from"].contains(preposition)
    case .payer: ["from", "by", "with", "at", "to"].contains(preposition)
    }
  }

  /// `Vantor processors`: the goods are whose name stands before them.
  private func isOfGoods(_ mention: Mention) -> Bool {
    view.has(mention.tokens.upperBound, .goods) && !mention.isPossessive
  }

  /// Payers whom nobody names.
  private mutating func unnamed(_ kind: Deal.Kind, _ noun: AttachedNoun?, _ payer: Int?) -> Int? {
    switch kind {
    case .equity:
      let isPublic = noun?.noun.isSecurity == true
      return discourse.aggregate(isPublic ? "public-equity-markets" : "private-investors")
    case .convertible: return discourse.aggregate("bond-markets")
    case .loan:
      return discourse.aggregate(noun?.noun.isSecurity == true ? "bond-markets" : "lenders")
    case .facility where payer != nil: return discourse.aggregate("lenders")
    default: return nil
    }
  }
}

extension Optional {
  func filter(_ isGood: (Wrapped) -> Bool) -> Wrapped? { flatMap { isGood($0) ? $0 : nil } }
}

internal import Claims

/// Reads the claims of one sentence.
struct ClaimReader {
  let view: SentenceView
  let style: TextStyle
  /// Whether the text speaks of a letter of intent.
  let isIntended: Bool
  var discourse: Discourse
  let attribution: Attribution.Teller?
  /// Amounts that are facts or no deal.
  let taken: Set<Int>
  var drafts: [Draft] = []

  func word(_ at: Int) -> String { view.word(at) }

  /// The claims about amounts, then those without one.
  mutating func read() {
    // In the order of the sentence: what is said first is what the rest refers to.
    var steps = view.amounts.indices.filter { !taken.contains($0) }.map {
      (at: view.amounts[$0].tokens.lowerBound, amount: Optional($0), phrase: Phrase?.none)
    }
    steps += view.phrases.map { ($0.token, nil, $0) }
    for step in steps.sorted(by: { $0.at < $1.at }) {
      if let amount = step.amount { readAmount(amount) }
      if let phrase = step.phrase { readEvent(phrase) }
    }
  }

  // MARK: Amounts

  private mutating func readAmount(_ index: Int) {
    let amount = view.amounts[index]
    guard amount.isMoney || ["shares", "GW", "MW", "GPUs", "percent"].contains(amount.unit) else {
      return
    }
    var phrase = governing(amount)
    let kinds = KindReader(view: view)
    var noun = kinds.noun(of: amount, in: phrase)
    var inner: [Phrase.Argument] = []
    if let right = right(before: phrase) {
      // `an option to buy …`, `a warrant to purchase …`: the noun decides, and what stands around it.
      inner = phrase?.arguments ?? []
      noun = right
      phrase = view.phrases.last { $0.token < right.token && right.token <= $0.end } ?? phrase
    }
    if noun == nil, phrase?.base == "raise" {
      noun = Grammar.nouns.first { $0.kind == .equity && !$0.isSecurity }.map {
        AttachedNoun(noun: $0, token: amount.tokens.lowerBound, isClose: true)
      }
    }
    // Of what is paid the subject is the amount.
    if let found = phrase, found.isPassive, amount.tokens.upperBound <= found.token {
      phrase?.subject = nil
    }
    if readEquation(amount) || readOwed(amount, phrase) || readOutstanding(amount) { return }
    if noun == nil, phrase?.base == "grant" { noun = synthetic(.grant, amount) }
    guard let kind = kind(amount, phrase, noun) ?? total(amount) else { return }
    if noun == nil, kind == .purchase, case .get = phrase?.frame.act {
      noun = Grammar.nouns.first { $0.kind == .purchase }.map {
        AttachedNoun(noun: $0, token: amount.tokens.lowerBound, isClose: false)
      }
    }
    var sides = SideReader(
      view: view,
      phrase: phrase,
      noun: noun,
      kind: kind,
      isSeller: isSeller,
      inner: inner
    ).sides()
    if isDefinite(noun, phrase) { sides = Sides() }
    for (payer, payee) in shared(sides, amount, phrase) {
      draft(amount, phrase, noun, kind, payer: payer, payee: payee)
    }
  }

  private func synthetic(_ kind: Deal.Kind, _ amount: Amount) -> AttachedNoun? {
    Grammar.nouns.first { $0.kind == kind }.map {
      AttachedNoun(noun: $0, token: amount.tokens.lowerBound, isClose: true)
    }
  }

  /// `making $21 billion in all`: what was spoken of, taken together.
  private func total(_ amount: Amount) -> Deal.Kind? {
    guard amount.isMoney, word(amount.tokens.upperBound) == "in",
      ["all", "total"].contains(word(amount.tokens.upperBound + 1))
    else { return nil }
    return discourse.pairs.last { $0.kind.isRevenue }?.kind
  }

  /// The verb that an amount belongs to.
  func governing(_ amount: Amount) -> Phrase? {
    let around = view.phrase(around: amount.tokens.lowerBound)
    if let around, !isIdle(around) { return reaching(around, amount) }
    if let behind = view.phrase(behind: amount.tokens.upperBound), behind.isPassive,
      !isIdle(behind),
      behind.token - amount.tokens.upperBound <= 12
    {
      return behind
    }
    // `Around 10 milliards must Acme pay`: a verb behind its object.
    if view.has(amount.tokens.upperBound, .modal),
      let behind = view.phrase(behind: amount.tokens.upperBound), !isIdle(behind),
      behind.token - amount.tokens.upperBound <= 5
    {
      return behind
    }
    // `said it had reported a $500 million order`: an idle verb, and one before it that is not.
    let earlier = view.phrases.last {
      $0.token < amount.tokens.lowerBound && !isIdle($0)
        && amount.tokens.lowerBound - $0.token <= 24
    }
    if let around, let earlier, earlier.token < around.token,
      isJoined(earlier.token..<amount.tokens.lowerBound)
    {
      return earlier
    }
    if around == nil, let behind = view.phrase(behind: amount.tokens.upperBound), !isIdle(behind),
      behind.token - amount.tokens.upperBound <= 8
    {
      return behind
    }
    return around ?? earlier.filter { isJoined($0.token..<amount.tokens.lowerBound) }
  }

  /// The option, right or warrant that an infinitive belongs to.
  private func right(before phrase: Phrase?) -> AttachedNoun? {
    guard let phrase, phrase.isInfinitive else { return nil }
    let kinds = KindReader(view: view)
    for at in stride(
      from: phrase.token - 2,
      through: max(view.range.lowerBound, phrase.token - 4),
      by: -1
    ) {
      if let noun = kinds.noun(at: at) {
        return noun.kind == .option || noun.kind == .warrant
          ? AttachedNoun(noun: noun, token: at, isClose: true) : nil
      }
    }
    return nil
  }

  /// `the contract is worth`: an arrangement that was spoken of, and no verb tells whose.
  private func isDefinite(_ noun: AttachedNoun?, _ phrase: Phrase?) -> Bool {
    guard let noun, !discourse.pairs.isEmpty,
      ["the", "this", "that"].contains(word(noun.token - 1))
        || ["the"].contains(word(noun.token - 2))
    else { return false }
    if let phrase, case .amend = phrase.frame.act, phrase.subject == nil { return true }
    if let phrase, !isIdle(phrase), phrase.subject != nil, phrase.token < noun.token {
      return false
    }
    let isSubject = (noun.token + 1..<min(view.range.upperBound, noun.token + 4)).contains {
      ["is", "was", "had", "has", "runs"].contains(word($0))
    }
    return isSubject && noun.noun.kind != .equity
  }

  private func isJoined(_ part: Range<Int>) -> Bool {
    !part.contains { [.semicolon, .quote].contains(view.token($0).kind) }
  }

  private func reaching(_ phrase: Phrase, _ amount: Amount) -> Phrase { phrase }

  private func isIdle(_ phrase: Phrase) -> Bool {
    switch phrase.frame.act {
    case .none, .say: true
    default: false
    }
  }

  private func kind(_ amount: Amount, _ phrase: Phrase?, _ noun: AttachedNoun?) -> Deal.Kind? {
    if amount.unit == "percent" {
      // `must pass 3 percent on to Acme`.
      guard let phrase, phrase.frame.name == "pay", !phrase.isPassive,
        phrase.arguments.contains(where: { ["to", ""].contains($0.preposition) })
      else { return nil }
      return .revenueShare
    }
    if phrase?.frame.name == "cost",
      phrase?.arguments.contains(where: { $0.preposition.isEmpty }) != true
    {
      return nil
    }
    if amount.unit == "shares" {
      let isWarrant =
        noun?.noun.kind == .warrant
        || view.has(["warrant", "warrants"], in: view.range.lowerBound..<amount.tokens.lowerBound)
      return isWarrant ? .warrant : nil
    }
    if !amount.isMoney {
      guard let phrase,
        ["deploy", "buy", "sell", "rent", "say", "sign", "other"].contains(phrase.frame.name)
          || noun?.noun.kind == .purchase
      else { return nil }
      // What is paid for it in the same sentence says more.
      if view.amounts.contains(where: \.isMoney) { return nil }
      let isWorded = view.token(amount.tokens.lowerBound).kind == .word && amount.bound == .exact
      guard !isWorded else { return nil }
      return ["deploy", "buy"].contains(phrase.frame.name)
        || noun?.noun.kind == .purchase && noun?.isClose == true ? .purchase : nil
    }
    if let noun, noun.noun.kind == .option || noun.noun.kind == .warrant, noun.isClose {
      return noun.noun.kind
    }
    if let phrase, amount.tokens.upperBound <= phrase.token, noun == nil || phrase.base == "draw",
      phrase.isPassive, ["draw", "pay", "receive", "recognize", "recognise"].contains(phrase.base)
    {
      return drawn(phrase) ?? phrase.frame.kind
    }
    if let phrase, noun == nil, phrase.base == "draw" { return drawn(phrase) }
    guard let phrase else {
      return noun?.isClose == true || view.kind == .item ? noun?.noun.kind : nil
    }
    guard case .flow = phrase.frame.act, let own = phrase.frame.kind else {
      if isIdle(phrase), let noun, !noun.isClose, noun.noun.isGeneral { return nil }
      if noun == nil { return received(phrase) }
      return noun.map { refined($0.noun.kind) }
    }
    return flowKind(own, phrase, noun)
  }

  private func flowKind(_ own: Deal.Kind, _ phrase: Phrase, _ noun: AttachedNoun?) -> Deal.Kind? {
    // A stake in somebody else that is sold pays nobody whom it is a stake in.
    if phrase.frame.name == "sell", let noun, noun.noun.kind == .equity, !noun.noun.isSecurity {
      return nil
    }
    if let noun, noun.isClose || phrase.frame.name == "buy" || phrase.frame.name == "sell" {
      let found = noun.noun
      if [.option, .convertible, .warrant, .grant, .facility].contains(found.kind) {
        return found.kind
      }
      if own == .purchase,
        found.isSecurity || found.kind == .equity || found.isMoney && noun.isClose
      {
        return found.kind
      }
      if own == .equity, found.kind == .loan, noun.isClose, phrase.base != "invest" { return .loan }
    }
    if phrase.frame.name == "cost", let noun { return noun.noun.kind }
    if own == .purchase { return purchaseKind(phrase) }
    return own
  }

  /// Buying a company is equity; paying rent is a lease.
  private func purchaseKind(_ phrase: Phrase) -> Deal.Kind {
    if ["buy", "sell"].contains(phrase.frame.name), isTakeover(phrase) || isStake(phrase) {
      return .equity
    }
    let leases = [
      "lease", "leases", "rent", "rents", "rental", "leased", "leasing", "tenancy", "sublease",
    ]
    if phrase.frame.name == "pay" || phrase.frame.name == "spend",
      view.has(Set(leases), in: view.range)
    {
      return .lease
    }
    if phrase.frame.name == "pay",
      view.has(["shares", "stake"], in: phrase.token..<max(phrase.token, phrase.end))
    {
      return .equity
    }
    return .purchase
  }

  /// `bought 5 percent of Project Horizon`.
  private func isStake(_ phrase: Phrase) -> Bool {
    view.amounts.contains { amount in
      amount.unit == "percent" && amount.tokens.lowerBound > phrase.token
        && amount.tokens.lowerBound < phrase.end && word(amount.tokens.upperBound) == "of"
    }
  }

  private func isTakeover(_ phrase: Phrase) -> Bool {
    guard phrase.frame.subject == .payer else { return false }
    if phrase.arguments.contains(where: { ["of"].contains($0.preposition) }),
      view.has(["arm", "unit", "business", "division"], in: phrase.token..<phrase.end)
    {
      return true
    }
    return phrase.arguments.contains { argument in
      guard argument.preposition.isEmpty, !view.mentions[argument.mention].isPossessive else {
        return false
      }
      let next = view.mentions[argument.mention].tokens.upperBound
      let after = view.range.contains(next) ? view.token(next) : nil
      guard let after, after.kind == .word else { return true }
      return after.has([.preposition, .conjunction, .adverb])
    }
  }

  /// `will receive $3 billion from Meta`: money from somebody, for whatever is between the two.
  private func received(_ phrase: Phrase) -> Deal.Kind? {
    guard ["receive", "get", "collect"].contains(phrase.base), !phrase.isPassive,
      phrase.arguments.contains(where: { $0.preposition == "from" })
    else { return nil }
    return .purchase
  }

  /// `of which $180 million is drawn`: of what was spoken of.
  private func drawn(_ phrase: Phrase) -> Deal.Kind? {
    let kinds: [Deal.Kind] =
      phrase.base == "draw" ? [.facility, .loan] : [.lease, .purchase, .grant, .loan]
    return discourse.pairs.last { kinds.contains($0.kind) }?.kind
  }

  private func refined(_ kind: Deal.Kind) -> Deal.Kind { kind }

  /// `Nvidia and Temasek each put`, `which contributed €60 million and €35 million respectively`.
  private func shared(_ sides: Sides, _ amount: Amount, _ phrase: Phrase?) -> [(Int?, Int?)] {
    if view.says("respectively") {
      let amounts = Array(
        view.amounts.indices.filter { view.amounts[$0].unit == amount.unit && isBefore($0) }.suffix(
          2
        )
      )
      let names = namesInRow(
        before: amounts.first.map { view.amounts[$0].tokens.lowerBound } ?? view.range.lowerBound,
        count: amounts.count
      )
      if names.count == amounts.count,
        let place = amounts.firstIndex(where: { view.amounts[$0].tokens == amount.tokens })
      {
        return [(names[place], sides.payee)]
      }
    }
    // Of several who paid it together nobody paid it all.
    if let payer = sides.payer, word(view.mentions[payer].tokens.upperBound) == "and",
      word(view.mentions[payer].tokens.upperBound + 1) == "by"
    {
      return [(nil, sides.payee)]
    }
    guard view.has(["each"], in: view.range), let payer = sides.payer,
      let partner = partner(of: payer)
    else { return [(sides.payer, sides.payee)] }
    return [(partner, sides.payee), (payer, sides.payee)]
  }

  private func isBefore(_ index: Int) -> Bool {
    guard let place = view.place(of: "respectively") else { return false }
    return view.amounts[index].tokens.upperBound <= place
  }

  private func namesInRow(before token: Int, count: Int) -> [Int] {
    let names = view.mentions.indices.filter {
      view.mentions[$0].tokens.upperBound <= token && view.mentions[$0].form == .name
    }
    return names.count >= count && count > 1 ? Array(names.suffix(count)) : []
  }

  /// The other of two names joined by and.
  private func partner(of mention: Int) -> Int? {
    let start = view.mentions[mention].tokens.lowerBound
    guard word(start - 1) == "and" else { return nil }
    return view.mention(at: start - 2)
  }

  private mutating func draft(
    _ amount: Amount,
    _ phrase: Phrase?,
    _ noun: AttachedNoun?,
    _ kind: Deal.Kind,
    payer: Int?,
    payee: Int?
  ) {
    guard let pair = resolved(payer, payee, kind, noun, phrase, amount) else { return }
    let story = StatusReader(
      view: view,
      style: style,
      isIntended: isIntended,
      attribution: attribution
    )
    let status = story.status(phrase, kind, noun, amount)
    if amount.isFormer { return }
    let dates = dates(amount, phrase, status)
    let says = story.says(amount, phrase, noun)
    let isMoved = says == .novates
    var draft = Draft(
      payer: pair.payer,
      payee: pair.payee,
      kind: kind,
      status: isMoved ? .novated : status,
      level: story.level(status, kind, amount, phrase),
      amount: amount,
      start: dates.start,
      end: dates.end,
      termMonths: dates.term,
      teller: nil,
      says: says,
      formerPayer: nil,
      span: span(amount, phrase, noun),
      rule: phrase.map { "\($0.frame.name): \(word($0.token))" } ?? noun.map {
        "noun: \(word($0.token))"
      } ?? "amount"
    )
    if isMoved { draft = moved(draft, phrase) }
    add(draft)
  }

  /// Words from the verb or the noun to the amount.
  func span(_ amount: Amount, _ phrase: Phrase?, _ noun: AttachedNoun?) -> Range<Int> {
    var (start, end) = (amount.tokens.lowerBound, amount.tokens.upperBound)
    if let noun, noun.isClose, abs(noun.token - start) <= 16 {
      start = min(start, noun.token)
      end = max(end, noun.token + 1)
    }
    if let phrase, abs(phrase.token - amount.tokens.lowerBound) <= 14 {
      start = min(start, phrase.token)
      end = max(end, phrase.token + 1)
    }
    // A span holds no other amount.
    for other in view.amounts where other.tokens != amount.tokens {
      if other.tokens.lowerBound >= start, other.tokens.upperBound <= amount.tokens.lowerBound {
        start = max(start, other.tokens.upperBound)
      }
      if other.tokens.lowerBound >= amount.tokens.upperBound, other.tokens.upperBound <= end {
        end = min(end, other.tokens.lowerBound)
      }
    }
    return start..<max(end, start + 1)
  }

  mutating func add(_ draft: Draft) {
    if let payer = draft.payer, let payee = draft.payee, payer == payee { return }
    drafts.append(draft)
    if let payer = draft.payer, let payee = draft.payee {
      discourse.pairs.append(
        Discourse.Pair(kind: draft.kind, payer: payer, payee: payee, former: draft.formerPayer)
      )
    }
  }

  // MARK: Dates

  private func dates(_ amount: Amount, _ phrase: Phrase?, _ status: Claim.Status) -> (
    start: PartialDate?, end: PartialDate?, term: Int?
  ) {
    var (start, end): (PartialDate?, PartialDate?) = (nil, nil)
    for date in view.dates {
      switch date.sense {
      case .until, .due: end = end ?? date.last ?? date.date
      case .from: start = start ?? date.date
      case .at:
        let isPaid = status == .completed
        guard isPaid, let phrase, date.tokens.lowerBound > phrase.token - 8 else { continue }
        start = start ?? date.date
      }
    }
    return (start, end, view.terms.first?.months)
  }
}

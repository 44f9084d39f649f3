internal import Claims

/// Claims that name no amount: somebody takes over, walks away, denies, confirms, rents.
extension ClaimReader {
  mutating func readEvent(_ phrase: Phrase) {
    guard !isTold(phrase) else { return }
    if readAbsence(phrase) { return }
    switch phrase.frame.act {
    case .takeOver: readMove(phrase)
    case .end: readEnd(phrase)
    case .deny: readDenial(phrase)
    case .confirm: readConfirmation(phrase)
    case .repay: readRepayment(phrase)
    case .flow: readFlow(phrase)
    case .sign, .give, .get, .amend: readNoun(phrase)
    case .none: readStanding(phrase)
    default: break
    }
  }

  /// Whether an amount of the phrase was read already, or belongs to a fact.
  private func isTold(_ phrase: Phrase) -> Bool {
    view.amounts.contains { amount in
      amount.isMoney && amount.tokens.lowerBound > phrase.token
        && amount.tokens.lowerBound < phrase.end
    } || drafts.contains { $0.span.contains(phrase.token) }
  }

  private mutating func event(
    _ phrase: Phrase,
    _ kind: Deal.Kind,
    _ status: Claim.Status,
    _ says: Says?,
    _ pair: (payer: Int, payee: Int),
    end: Int? = nil
  ) -> Draft {
    let last = min(end ?? phrase.end, phrase.token + 18, view.range.upperBound)
    return Draft(
      payer: pair.payer,
      payee: pair.payee,
      kind: kind,
      status: status,
      end: view.dates.first { $0.sense == .until || $0.sense == .due }?.date,
      termMonths: nil,
      says: says,
      span: phrase.token..<max(phrase.token + 1, trimmed(last, from: phrase.token)),
      rule: "\(phrase.frame.name): \(word(phrase.token))"
    )
  }

  private func trimmed(_ end: Int, from start: Int) -> Int {
    var end = end
    while end > start + 1, [.stop, .comma, .quote].contains(view.token(end - 1).kind) { end -= 1 }
    return end
  }

  // MARK: Somebody takes over

  /// A claim that somebody took over, with who paid before.
  mutating func moved(_ draft: Draft, _ phrase: Phrase?) -> Draft {
    guard
      let move = view.phrases.first(where: {
        if case .takeOver = $0.frame.act { true } else { false }
      }),
      let parts = parts(of: move)
    else { return draft }
    var draft = draft
    (draft.payer, draft.payee, draft.formerPayer) = (
      parts.new, parts.payee ?? draft.payee, parts.old
    )
    if draft.payee == draft.payer, let payee = parts.payee { draft.payee = payee }
    return draft
  }

  private mutating func readMove(_ phrase: Phrase) {
    guard !phrase.isNegated, let parts = parts(of: phrase), let payee = parts.payee,
      parts.new != payee
    else { return }
    let kind = discourse.pairs.last { $0.payee == payee && $0.kind == .lease }?.kind ?? .purchase
    var draft = event(phrase, kind, .novated, .novates, (parts.new, payee))
    draft.formerPayer = parts.old
    draft.termMonths = view.terms.first?.months
    add(draft)
  }

  /// Who takes over, from whom, and who is paid.
  private mutating func parts(of phrase: Phrase) -> (new: Int, old: Int?, payee: Int?)? {
    let isGiven = ["pass", "assign", "transfer", "novate", "hand"].contains(phrase.base)
    let rest = phrase.arguments
    func named(_ prepositions: [String]) -> Int? {
      rest.first { prepositions.contains($0.preposition) }?.mention
    }
    var new: Int?
    var old: Int?
    if isGiven {
      new = resolve(named(["to"]), excluding: [])
      old = resolve(
        phrase.isPassive ? named(["by"]) : phrase.subject,
        excluding: Set([new].compactMap(\.self))
      )
    } else {
      new = resolve(phrase.isPassive ? named(["by"]) : phrase.subject, excluding: [])
      old = resolve(named(["from"]), excluding: Set([new].compactMap(\.self)))
    }
    guard let new else { return nil }
    var payee = resolve(named(["with", "at"]), excluding: Set([new, old].compactMap(\.self)))
    let pair = discourse.pairs.last {
      ($0.payer == old || old == nil) && $0.payer != new && $0.payee != new && $0.kind.isRevenue
    }
    if payee == nil { payee = pair?.payee }
    return (new, old ?? pair?.payer, payee)
  }

  // MARK: It is not so, or stands

  /// `OpenAI was not the $10 billion customer`: who pays is said by saying who somebody is.
  mutating func readEquation(_ amount: Amount) -> Bool {
    guard view.has(amount.tokens.upperBound, .buyerRole) else { return false }
    let start = max(view.range.lowerBound, amount.tokens.lowerBound - 5)
    guard
      let be = (start..<amount.tokens.lowerBound).last(where: { view.has($0, .be) }),
      let mention = view.mention(at: be - 1), let payer = resolve(mention, excluding: []),
      let pair = discourse.pairs.last(where: { $0.kind.isRevenue && $0.payee != payer })
    else { return false }
    let isDenied = view.has(["not", "never"], in: be..<amount.tokens.lowerBound)
    add(
      Draft(
        payer: payer,
        payee: pair.payee,
        kind: pair.kind,
        status: isDenied ? .denied : .signed,
        level: .headline,
        amount: amount,
        says: isDenied ? .denies : .confirms,
        span: be - 1..<amount.tokens.upperBound + 1,
        rule: "equation: \(word(be))"
      )
    )
    return true
  }

  /// `it had no agreement to supply Juno`, `There is no such contract`, `it had made no offer`.
  private mutating func readAbsence(_ phrase: Phrase) -> Bool {
    let nouns = KindReader(view: view)
    let part = phrase.token..<min(view.range.upperBound, phrase.token + 5)
    guard let no = part.first(where: { word($0) == "no" }),
      let head = (no + 1..<min(view.range.upperBound, no + 4)).first(where: {
        nouns.noun(at: $0) != nil
      }), let noun = nouns.compound(head),
      let subject = phrase.subject, resolve(subject, excluding: []) != nil
    else { return false }
    let flow = view.phrases.first { $0.token > head && $0.token <= head + 3 && $0.isInfinitive }
    let attached = AttachedNoun(noun: noun, token: head, isClose: true)
    var sides = SideReader(
      view: view,
      phrase: flow ?? phrase,
      noun: attached,
      kind: flow?.frame.kind ?? noun.kind,
      isSeller: isSeller
    ).sides()
    if sides.payer == nil || sides.payee == nil, let pair = standingFor(subject) {
      add(event(phrase, pair.kind, .denied, .denies, (pair.payer, pair.payee), end: head + 1))
      return true
    }
    if sides.payer == nil && sides.payee == nil { sides.put(subject, .payer) }
    guard
      let pair = resolved(
        sides.payer,
        sides.payee,
        flow?.frame.kind ?? noun.kind,
        attached,
        flow ?? phrase,
        nil
      )
    else { return false }
    add(
      event(
        phrase,
        flow?.frame.kind ?? noun.kind,
        .denied,
        .denies,
        pair,
        end: flow?.end ?? head + 1
      )
    )
    return true
  }

  /// The latest arrangement that a speaker is a side of.
  private mutating func standingFor(_ mention: Int) -> Discourse.Pair? {
    guard let speaker = resolve(mention, excluding: []) else { return nil }
    return discourse.pairs.last { $0.payer == speaker || $0.payee == speaker }
  }

  /// `The agreement stands`, `the contract remains in force`.
  private mutating func readStanding(_ phrase: Phrase) {
    guard
      phrase.base == "stand"
        || phrase.base == "remain"
          && view.has(["force", "place", "effect", "valid"], in: phrase.token..<phrase.token + 4),
      !phrase.isNegated
    else { return }
    let nouns = KindReader(view: view)
    let before = max(view.range.lowerBound, phrase.token - 4)..<phrase.token
    guard before.contains(where: { nouns.noun(at: $0)?.isMoney == false }),
      let last = discourse.pairs.last(where: { $0.kind.isRevenue })
    else { return }
    let payer = last.former ?? last.payer
    add(
      event(
        phrase,
        last.kind,
        .active,
        last.former == nil ? .confirms : .denies,
        (payer, last.payee),
        end: phrase.token + 3
      )
    )
  }

  // MARK: It ends

  private mutating func readEnd(_ phrase: Phrase) {
    guard case .end(let status) = phrase.frame.act, !phrase.isAhead else { return }
    let nouns = KindReader(view: view)
    let part = phrase.token..<max(phrase.token, phrase.end)
    let head = part.first { nouns.noun(at: $0) != nil }
    guard let head, let noun = nouns.compound(head) else { return }
    let attached = AttachedNoun(noun: noun, token: head, isClose: true)
    let sides = SideReader(
      view: view,
      phrase: phrase,
      noun: attached,
      kind: noun.kind,
      isSeller: isSeller
    ).sides()
    guard let pair = resolved(sides.payer, sides.payee, noun.kind, attached, phrase, nil),
      isNamed(sides, pair, noun.kind)
    else { return }
    let isUndone = phrase.isNegated
    let denied = view.phrases.contains {
      if case .deny = $0.frame.act { $0.token < phrase.token } else { false }
    }
    guard !isUndone || noun.kind == .option else { return }
    add(
      event(
        phrase,
        noun.kind,
        denied ? .active : noun.kind == .option ? .lapsed : status,
        denied ? .denies : nil,
        pair
      )
    )
  }

  private func isNamed(_ sides: Sides, _ pair: (payer: Int, payee: Int), _ kind: Deal.Kind) -> Bool
  {
    sides.payer != nil && sides.payee != nil
      || discourse.pairs.contains {
        $0.payer == pair.payer && $0.payee == pair.payee && $0.kind == kind
      }
  }

  // MARK: Denied, confirmed

  private mutating func readDenial(_ phrase: Phrase) {
    guard !phrase.isNegated,
      view.has(["report", "reports", "story", "article", "it"], in: phrase.token..<phrase.end)
    else { return }
    guard let speaker = resolve(phrase.subject, excluding: []) else { return }
    let said = discourse.pairs.last { pair in
      (pair.kind.isRevenue || pair.kind == .equity)
        && [pair.payer, pair.payee, pair.former].contains(speaker)
    }
    guard let pair = said else { return }
    add(event(phrase, pair.kind, .denied, .denies, (pair.payer, pair.payee)))
    if let former = pair.former {
      discourse.pairs.append(Discourse.Pair(kind: pair.kind, payer: former, payee: pair.payee))
    }
  }

  private mutating func readConfirmation(_ phrase: Phrase) {
    let things: Set<String> = [
      "handover", "transfer", "reduction", "agreement", "contract", "deal", "order", "purchase",
      "sale", "move", "talks", "figure", "extension",
    ]
    guard !phrase.isNegated,
      view.has(things, in: phrase.token..<min(view.range.upperBound, phrase.token + 6))
    else { return }
    guard let pair = discourse.pairs.last else { return }
    let isMove = view.has(["handover", "transfer"], in: phrase.token..<phrase.token + 6)
    add(
      event(
        phrase,
        pair.kind,
        isMove ? .novated : .signed,
        .confirms,
        (pair.payer, pair.payee),
        end: phrase.token + 3
      )
    )
  }

  // MARK: Repaid

  private mutating func readRepayment(_ phrase: Phrase) {
    let nouns = KindReader(view: view)
    guard
      let head = (phrase.token..<phrase.end).first(where: { nouns.noun(at: $0)?.isMoney == true }),
      let noun = nouns.compound(head),
      phrase.form.contains(.past), phrase.moodWords.isDisjoint(with: ["to", "will", "would"])
    else { return }
    let borrower = resolve(phrase.subject, excluding: []) ?? discourse.own ?? discourse.main
    let pair =
      discourse.pairs.last {
        $0.payee == borrower && $0.kind == noun.kind && matches($0, phrase)
      }
      ?? discourse.pairs.last {
        $0.payee == borrower && [.loan, .facility].contains($0.kind) && matches($0, phrase)
      }
    guard let pair else { return }
    var draft = event(
      phrase,
      pair.kind == noun.kind ? noun.kind : pair.kind,
      .completed,
      .amends,
      (pair.payer, pair.payee)
    )
    draft.end = view.dates.first?.date
    add(draft)
  }

  private func matches(_ pair: Discourse.Pair, _ phrase: Phrase) -> Bool {
    let named = phrase.arguments.compactMap { view.mentions[$0.mention].entity }
    return named.isEmpty || named.contains(pair.payer)
  }

  // MARK: Without an amount

  /// `rents its buildings from Prologis`: both sides named beside the verb.
  private mutating func readFlow(_ phrase: Phrase) {
    guard
      ["rent", "buy", "sell", "guarantee", "spend", "lend", "borrow"].contains(phrase.frame.name),
      !phrase.isNegated, let kind = phrase.frame.kind
    else { return }
    let nouns = KindReader(view: view)
    let head = (phrase.token + 1..<max(phrase.token + 1, phrase.end)).first {
      nouns.noun(at: $0) != nil
    }
    let attached = head.flatMap { head in
      nouns.compound(head).map { AttachedNoun(noun: $0, token: head, isClose: false) }
    }
    if kind == .purchase, let attached, attached.noun.isMoney { return }
    let sides = SideReader(
      view: view,
      phrase: phrase,
      noun: kind == .backstop ? nil : attached,
      kind: kind,
      isSeller: isSeller
    ).sides()
    guard isDirect(sides.payer), isDirect(sides.payee) else { return }
    let isOneSided =
      kind == .backstop && sides.payer != nil
      || phrase.isPassive && sides.payer != nil && phrase.frame.name == "sell"
    guard sides.payer != nil && sides.payee != nil || isOneSided else { return }
    if kind == .purchase, !hasGoods(phrase) { return }
    guard let pair = resolved(sides.payer, sides.payee, kind, nil, phrase, nil) else { return }
    let story = StatusReader(
      view: view,
      style: style,
      isIntended: isIntended,
      attribution: attribution
    )
    let denied = view.phrases.contains {
      $0.token < phrase.token && $0.isNegated && $0.frame.name == "sign"
    }
    add(
      event(
        phrase,
        kind,
        denied ? .denied : story.status(phrase, kind, attached, nil),
        denied ? .denies : nil,
        pair
      )
    )
  }

  /// Whether somebody is spoken of so that there is no doubt who.
  private func isDirect(_ mention: Int?) -> Bool {
    guard let mention else { return true }
    return view.mentions[mention].form != .aggregate && view.mentions[mention].role.first != "a"
  }

  private func hasGoods(_ phrase: Phrase) -> Bool {
    (phrase.token + 1..<max(phrase.token + 1, phrase.end)).contains {
      view.has($0, .goods)
    }
      || phrase.isPassive
        && (view.range.lowerBound..<phrase.token).contains { view.has($0, .goods) }
  }

  /// `a tenant under a lease`, `warrants that Google receives`, `entered into a lease with`.
  private mutating func readNoun(_ phrase: Phrase) {
    let nouns = KindReader(view: view)
    let part = max(view.range.lowerBound, phrase.token - 4)..<max(phrase.token, phrase.end)
    noteContract(phrase, nouns)
    guard
      let head = part.first(where: {
        nouns.noun(at: $0).map { [.warrant, .lease, .backstop].contains($0.kind) } ?? false
      }),
      let noun = nouns.compound(head), [.warrant, .lease, .backstop].contains(noun.kind)
    else { return }
    guard !drafts.contains(where: { $0.kind == noun.kind }) else { return }
    let attached = AttachedNoun(noun: noun, token: head, isClose: true)
    let sides = SideReader(
      view: view,
      phrase: phrase,
      noun: attached,
      kind: noun.kind,
      isSeller: isSeller
    ).sides()
    guard
      sides.payer != nil && sides.payee != nil
        || noun.kind == .warrant && (sides.payer != nil || sides.payee != nil)
    else { return }
    guard let pair = resolvedWarrant(sides, noun.kind, attached, phrase) else { return }
    let story = StatusReader(
      view: view,
      style: style,
      isIntended: isIntended,
      attribution: attribution
    )
    add(event(phrase, noun.kind, story.status(phrase, noun.kind, attached, nil), nil, pair))
  }

  /// `has extended its hosting agreement with Larch`: what `the contract` will mean, though it is no claim by itself.
  private mutating func noteContract(_ phrase: Phrase, _ nouns: KindReader) {
    let part = phrase.token..<max(phrase.token, phrase.end)
    guard
      let head = part.first(where: { nouns.noun(at: $0).map { $0.kind == .purchase } ?? false }),
      let noun = nouns.compound(head), noun.kind == .purchase
    else { return }
    let attached = AttachedNoun(noun: noun, token: head, isClose: true)
    let sides = SideReader(
      view: view,
      phrase: phrase,
      noun: attached,
      kind: .purchase,
      isSeller: isSeller
    ).sides()
    guard sides.payer != nil, sides.payee != nil,
      let pair = resolved(sides.payer, sides.payee, .purchase, attached, phrase, nil)
    else { return }
    discourse.pairs.append(Discourse.Pair(kind: .purchase, payer: pair.payer, payee: pair.payee))
  }

  private mutating func resolvedWarrant(
    _ sides: Sides,
    _ kind: Deal.Kind,
    _ noun: AttachedNoun,
    _ phrase: Phrase
  ) -> (payer: Int, payee: Int)? {
    if let pair = resolved(sides.payer, sides.payee, kind, noun, phrase, nil) { return pair }
    guard kind == .warrant, let holder = resolve(sides.payer ?? sides.payee, excluding: []) else {
      return nil
    }
    guard let pair = discourse.pairs.last(where: { $0.payer == holder || $0.payee == holder })
    else { return nil }
    let issuer = pair.payer == holder ? pair.payee : pair.payer
    return sides.payee != nil ? (issuer, holder) : (holder, issuer)
  }
}

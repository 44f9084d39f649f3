internal import Claims

/// How far an arrangement has come by the words of a sentence, and what they do to an earlier account.
struct StatusReader {
  let view: SentenceView
  let style: TextStyle
  let isIntended: Bool
  let attribution: Attribution.Teller?

  private func word(_ at: Int) -> String { view.word(at) }

  /// The status.
  func status(_ phrase: Phrase?, _ kind: Deal.Kind, _ noun: AttachedNoun?, _ amount: Amount?)
    -> Claim.Status
  {
    if let over = ended(phrase) { return over }
    if kind == .option, phrase?.isNegated == true { return .lapsed }
    if isLetter(phrase) { return .intended }
    let stands = view.phrases.contains {
      $0.base == "remain" && !$0.isNegated
        && view.has(["force", "place", "effect"], in: $0.token..<$0.token + 4)
    }
    if stands { return .active }
    guard let phrase else {
      return noun?.noun.isMoney == true && kind == .equity ? .completed : .signed
    }
    if isTalk(phrase) { return .rumoured }
    if isBound(phrase) { return .signed }
    if let plan = plan(phrase) { return plan }
    return told(phrase, kind, amount)
  }

  /// A way out that the sentence tells, of this arrangement.
  private func ended(_ phrase: Phrase?) -> Claim.Status? {
    for other in view.phrases {
      guard case .end(let status) = other.frame.act, !other.isNegated || status == .lapsed,
        !other.isAhead
      else { continue }
      if isDenied(other) { return .active }
      if other.frame.name == "lapse" || phrase?.moodWords.contains("option") == true {
        return .lapsed
      }
      let near = phrase.map { abs($0.token - other.token) <= 22 } ?? true
      if near { return status }
    }
    if let exercise = view.phrases.first(where: { $0.base == "exercise" }), exercise.isNegated {
      return .lapsed
    }
    if let deny = view.phrases.first(where: isDenial) {
      return phrase.map { $0.token > deny.token } ?? true ? .denied : nil
    }
    return nil
  }

  private func isDenial(_ phrase: Phrase) -> Bool {
    guard case .deny = phrase.frame.act else { return false }
    return !phrase.isNegated
  }

  /// Whether what a phrase says stands behind a verb of denying.
  private func isDenied(_ phrase: Phrase) -> Bool {
    view.phrases.contains { isDenial($0) && $0.token < phrase.token }
  }

  private func isLetter(_ phrase: Phrase?) -> Bool {
    if ["letter of intent", "memorandum of understanding", "non-binding", "letters of intent"]
      .contains(where: view.says)
    {
      return true
    }
    return isIntended
      && phrase.map { !$0.moodWords.isDisjoint(with: ["would", "intends", "will", "plans"]) }
        ?? false
  }

  private func isTalk(_ phrase: Phrase) -> Bool {
    let talk: Set<String> = [
      "talks", "discussions", "negotiations", "negotiating", "considering", "weighing", "exploring",
      "mulling", "close",
      "seeking", "seeks", "studying", "eyeing", "nearing", "preparing", "could", "might", "may",
      "reportedly",
    ]
    if !phrase.moodWords.isDisjoint(with: talk)
      || view.has(
        talk.subtracting(["close", "may", "could"]),
        in: view.range.lowerBound..<phrase.token + 1
      )
    {
      return true
    }
    if word(phrase.token) == "raising" || word(phrase.token) == "negotiating" { return true }
    let isHeard = attribution == .unnamed
    return isHeard && !phrase.moodWords.isDisjoint(with: ["would", "plans", "planning", "wants"])
  }

  private func isBound(_ phrase: Phrase) -> Bool {
    if !phrase.moodWords.isDisjoint(with: [
      "agreed", "signed", "committed", "undertaken", "obliged", "obliges", "agreement", "contract",
      "entered", "definitive", "agrees",
    ]) {
      return true
    }
    if [
      "sign", "enter", "commit", "order", "oblige", "undertake", "award", "obligate", "place",
      "secure", "win", "conclude", "strike",
    ].contains(phrase.base) {
      return phrase.moodWords.isDisjoint(with: ["will", "would", "intends", "plans", "hopes"])
        && !isSale(phrase)
    }
    return false
  }

  /// `placed notes`, `secured a loan`: done, not only agreed.
  private func isSale(_ phrase: Phrase) -> Bool {
    phrase.base == "place"
      && view.has(["notes", "bonds", "shares"], in: phrase.token..<max(phrase.token, phrase.end))
  }

  private func plan(_ phrase: Phrase) -> Claim.Status? {
    if !phrase.moodWords.isDisjoint(with: [
      "intends", "intend", "hopes", "aims", "plans", "planning", "wants",
    ]) {
      return .intended
    }
    if !phrase.moodWords.isDisjoint(with: ["will", "would", "expects", "expected", "shall"]) {
      return .announced
    }
    return phrase.isInfinitive && !phrase.moodWords.isDisjoint(with: ["is", "are"])
      ? .announced : nil
  }

  private func told(_ phrase: Phrase, _ kind: Deal.Kind, _ amount: Amount?) -> Claim.Status {
    let isPast =
      phrase.form.contains(.past)
      || phrase.isPassive && phrase.moodWords.isDisjoint(with: ["is", "are"])
      || phrase.mood.contains(.have)
    let isPaid =
      ["pay", "spend", "repay", "prepay"].contains(phrase.base)
      || ["paid"].contains(word(phrase.token))
    if isPast, isPaid { return amount?.per == nil ? .completed : .active }
    if isPast, [.equity, .loan, .convertible].contains(kind) { return .completed }
    if isPast, phrase.frame.name == "buy", kind == .purchase, phrase.base != "order" {
      return .completed
    }
    if isPast { return .signed }
    return .active
  }

  // MARK: What it does to an earlier account

  /// What the sentence does to an earlier account.
  func says(_ amount: Amount?, _ phrase: Phrase?, _ noun: AttachedNoun?) -> Says? {
    if let phrase, isMove(phrase) { return .novates }
    if let deny = view.phrases.first(where: isDenial),
      phrase.map({ $0.token > deny.token }) ?? false
    {
      return .denies
    }
    if case .amend = phrase?.frame.act { return .amends }
    if amount?.isChanged == true { return .amends }
    if view.says("in all"), let amount,
      view.place(of: "in all").map({
        $0 >= amount.tokens.upperBound && $0 - amount.tokens.upperBound <= 2
      }) == true
    {
      return .amends
    }
    if case .confirm = phrase?.frame.act { return .confirms }
    if let confirm = view.phrases.first(where: { $0.base == "confirm" && !$0.isNegated }),
      phrase.map({ $0.token > confirm.token }) ?? true
    {
      return .confirms
    }
    return nil
  }

  private func isMove(_ phrase: Phrase) -> Bool {
    if case .takeOver = phrase.frame.act { return !phrase.isNegated }
    return false
  }

  /// What the amount measures.
  func level(_ status: Claim.Status, _ kind: Deal.Kind, _ amount: Amount?, _ phrase: Phrase?)
    -> Claim.Level?
  {
    guard let amount else { return nil }
    let near = view.range.clamped(
      to: max(
        view.range.lowerBound,
        amount.tokens.lowerBound - 8
      )..<min(view.range.upperBound, amount.tokens.upperBound + 8)
    )
    if view.has(["drawn", "outstanding", "borrowings"], in: near),
      kind == .loan || kind == .facility
    {
      return .drawn
    }
    if view.has(["paid"], in: near), status == .completed || status == .active, kind.isRevenue,
      amount.per == nil
    {
      return .paid
    }
    if status == .completed { return .paid }
    if status.isBinding, amount.bound == .exact || amount.bound == .atLeast { return .binding }
    return .headline
  }
}

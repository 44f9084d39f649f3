internal import Claims

/// The noun that an amount belongs to: `a $900 million term loan`, `a contract worth about $9.7 billion`.
struct AttachedNoun: Sendable {
  let noun: DealNoun
  let token: Int
  /// Whether it stands right beside the amount.
  let isClose: Bool
}

/// Finds what kind of arrangement an amount belongs to.
struct KindReader {
  let view: SentenceView

  private func word(_ at: Int) -> String { view.word(at) }
  private func classes(_ at: Int) -> WordClass { view.classes(at) }

  /// The noun that an amount belongs to, the closest first.
  func noun(of amount: Amount, in phrase: Phrase?) -> AttachedNoun? {
    let found =
      behind(amount) ?? before(amount) ?? inPhrase(amount, phrase) ?? subject(amount, phrase)
    guard let found, found.noun.isGeneral, let money = moneyBefore(found.token) else {
      return found
    }
    return AttachedNoun(noun: money, token: found.token, isClose: found.isClose)
  }

  /// `The facility provides for commitments of`: what the general noun belongs to.
  private func moneyBefore(_ token: Int) -> DealNoun? {
    guard ["commitments", "commitment"].contains(word(token)) else { return nil }
    let head = (view.range.lowerBound..<token).last {
      noun(at: $0).map { $0.kind == .facility || $0.kind == .loan } ?? false
    }
    return head.flatMap(compound)
  }

  /// The noun that is the verb's subject: `the guarantee had been raised to`.
  private func subject(_ amount: Amount, _ phrase: Phrase?) -> AttachedNoun? {
    guard let phrase, phrase.token < amount.tokens.lowerBound else { return nil }
    for index in stride(
      from: phrase.token - 1,
      through: max(view.range.lowerBound, phrase.token - 12),
      by: -1
    ) {
      if [.semicolon, .comma].contains(view.token(index).kind)
        || view.phrases.contains(where: { $0.token == index })
      {
        return nil
      }
      if noun(at: index) != nil {
        return compound(index).map { AttachedNoun(noun: $0, token: index, isClose: false) }
      }
    }
    return nil
  }

  /// `$310 million revolving credit facility`, `$3.16 billion of convertible notes`.
  private func behind(_ amount: Amount) -> AttachedNoun? {
    var at = amount.tokens.upperBound
    var found: Int?
    var ofs = 0
    for step in 0..<10 where view.range.contains(at + step) {
      let index = at + step
      let kinds = classes(index)
      if word(index) == "of" {
        ofs += 1
        guard ofs == 1 && step == 0 || word(index - 1) == "amount" || word(index - 1) == "rest"
        else { break }
        continue
      }
      if view.phrases.contains(where: { $0.token == index }) { break }
      if kinds.contains(.be),
        (index + 1...index + 3).contains(where: {
          noun(at: $0) != nil && classes($0 - 1).isDisjoint(with: [.preposition])
        })
      {
        continue
      }
      guard
        kinds.isDisjoint(with: [
          .preposition, .conjunction, .relative, .be, .have, .modal, .subjectPronoun,
        ]),
        ![.comma, .semicolon, .quote, .open, .close].contains(view.token(index).kind)
          || view.token(index).kind == .percent
      else { break }
      if step > 8, found == nil { break }
      if noun(at: index) != nil { found = index }
    }
    at = found ?? at
    return found.flatMap { head in
      compound(head).map { AttachedNoun(noun: $0, token: head, isClose: true) }
    }
  }

  /// `a loan of EUR 400m`, `an order for`, `a contract … worth`.
  private func before(_ amount: Amount) -> AttachedNoun? {
    let at = amount.tokens.lowerBound - 1
    switch word(at) {
    case "to" where ["amounts", "amounted", "comes", "came"].contains(word(at - 1)):
      return leftward(at, reach: 16)
    case "of", "for", "over", "to", "about", "with":
      let reach = word(at) == "of" ? 3 : 4
      for index in stride(from: at - 1, through: max(view.range.lowerBound, at - reach), by: -1) {
        if view.token(index).kind == .comma || view.phrases.contains(where: { $0.token == index }) {
          return nil
        }
        if noun(at: index) != nil {
          return compound(index).map { AttachedNoun(noun: $0, token: index, isClose: true) }
        }
      }
      if word(at) == "of", let party = partyBehindNoun(at) { return party }
      if word(at) == "of",
        ["amount", "value", "price", "total", "sum", "minimum", "aggregate", "maximum"].contains(
          word(at - 1)
        )
      {
        return leftward(at - 1, reach: 16)
      }
      return nil
    case "on" where ["warrant", "warrants", "option", "options"].contains(word(at - 1)):
      return leftward(at, reach: 2)
    case "is", "are", "was", "were": return leftward(at, reach: 14)
    case "total": return leftward(at, reach: 8)
    case "worth", "totalling", "totaling", "totals", "totalled", "totaled":
      return leftward(at, reach: 16)
    case "at" where ["valued", "value", "priced", "put"].contains(word(at - 1)):
      return leftward(at - 1, reach: 14)
    default: return nil
    }
  }

  /// `a guarantee from Windmere Group of up to $30 million`.
  private func partyBehindNoun(_ at: Int) -> AttachedNoun? {
    guard let mention = view.mention(at: at - 1),
      ["from", "by", "with", "to"].contains(word(view.mentions[mention].tokens.lowerBound - 1))
    else { return nil }
    let head = view.mentions[mention].tokens.lowerBound - 2
    guard noun(at: head) != nil else { return nil }
    return compound(head).map { AttachedNoun(noun: $0, token: head, isClose: true) }
  }

  private func leftward(_ at: Int, reach: Int) -> AttachedNoun? {
    for index in stride(from: at - 1, through: max(view.range.lowerBound, at - reach), by: -1) {
      if view.token(index).kind == .semicolon { return nil }
      if noun(at: index) != nil {
        return compound(index).map { AttachedNoun(noun: $0, token: index, isClose: true) }
      }
    }
    return nil
  }

  /// A noun of the verb's own part of the sentence, the nearest to the amount.
  private func inPhrase(_ amount: Amount, _ phrase: Phrase?) -> AttachedNoun? {
    let range = phrase.map { $0.token + 1..<max($0.token + 1, $0.end) } ?? view.range
    let found = range.filter {
      noun(at: $0) != nil && !amount.tokens.contains($0) && !isCut(amount.tokens.upperBound, $0)
    }
    guard
      let nearest = found.min(by: {
        abs($0 - amount.tokens.lowerBound) < abs($1 - amount.tokens.lowerBound)
      })
    else { return nil }
    return compound(nearest).map { AttachedNoun(noun: $0, token: nearest, isClose: false) }
  }

  /// Whether a comma or a conjunction stands between an amount and a noun behind it.
  private func isCut(_ end: Int, _ noun: Int) -> Bool {
    guard end < noun else { return false }
    return (end..<noun).contains {
      view.token($0).kind == .comma || classes($0).contains(.conjunction)
    }
  }

  /// The noun at a token, where the word is one there.
  func noun(at index: Int) -> DealNoun? {
    guard view.range.contains(index), let noun = view.lexeme(index).noun,
      view.amount(at: index) == nil
    else { return nil }
    if view.phrases.contains(where: { $0.token == index }) || view.mention(at: index) != nil {
      return nil
    }
    switch word(index) {
    case "series":
      return view.range.contains(index + 1) && word(index + 1).utf8.count == 1
        && view.token(index + 1).isCapital ? noun : nil
    case "right": return word(index + 1) == "to" ? noun : nil
    case "line": return ["credit", "capital", "funding"].contains(word(index - 1)) ? noun : nil
    case "paper": return word(index - 1) == "the" && word(index - 2) == "of" ? noun : nil
    case "credit", "debt": return classes(index + 1).contains(.aggregate) ? nil : noun
    case "offer", "bid", "equity", "round": return noun
    case "programme", "program", "bill", "fee", "fees": return noun
    default: return noun
    }
  }

  /// `convertible notes`, `lease agreement`, `loan guarantee`: what the noun is with the words before it.
  func compound(_ head: Int) -> DealNoun? {
    guard let noun = noun(at: head) else { return nil }
    var near: [Int] = []
    var at = head - 1
    while view.range.contains(at), head - at <= 4,
      view.token(at).kind == .word || view.token(at).kind == .percent
        || view.token(at).kind == .number,
      classes(at).isDisjoint(with: [.preposition, .conjunction, .relative])
    {
      near.append(at)
      at -= 1
    }
    if noun.isSecurity, near.contains(where: { word($0).hasPrefix("convertible") }) {
      return named(.convertible)
    }
    if word(head) == "credit", ["facility", "line"].contains(word(head + 1)) {
      return named(.facility)
    }
    if near.contains(where: { word($0) == "letter" })
      || (word(head) == "credit" && word(head - 2) == "letter")
    {
      return named(.backstop)
    }
    guard noun.isGeneral else { return noun }
    let inner = near.lazy.compactMap { at -> DealNoun? in
      guard let inner = view.lexeme(at).noun, view.amount(at: at) == nil, !inner.isGeneral
      else { return nil }
      return ["credit"].contains(word(at)) ? named(.facility) : inner
    }.first
    if let inner, inner.kind == .lease || inner.kind == .option || inner.isMoney { return inner }
    return noun
  }

  private func named(_ kind: Deal.Kind) -> DealNoun? { Grammar.nouns.first { $0.kind == kind } }
}

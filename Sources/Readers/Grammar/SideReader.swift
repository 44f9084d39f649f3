internal import Claims

/// The two sides of an arrangement, as mentions of a sentence.
struct Sides: Sendable {
  var payer: Int?
  var payee: Int?

  /// Sets a side that nobody has yet.
  mutating func put(_ mention: Int?, _ side: Side?) {
    guard let mention, let side else { return }
    switch side {
    case .payer where payer == nil && payee != mention: payer = mention
    case .payee where payee == nil && payer != mention: payee = mention
    default: break
    }
  }
}

/// Decides from a verb and a noun who pays and who is paid.
struct SideReader {
  let view: SentenceView
  let phrase: Phrase?
  let noun: AttachedNoun?
  let kind: Deal.Kind
  /// Whether a party is likelier to be paid than another.
  let isSeller: (Int, Int) -> Bool?
  /// Parties around an infinitive that belongs to the noun.
  var inner: [Phrase.Argument] = []

  /// The sides.
  func sides() -> Sides {
    var sides = Sides()
    guard let phrase else {
      takeNoun(
        &sides,
        subject: owner() ?? owner(before: noun?.token ?? 0),
        arguments: all(),
        act: noun?.noun.isMoney == false ? .sign : .give
      )
      return sides
    }
    if phrase.base == "provide", phrase.frame.name == "sign" {
      // `provides for commitments`: whoever gives stands elsewhere in the sentence.
      if noun?.noun.isMoney == false, let owner = owner(before: phrase.token) {
        takeNoun(&sides, subject: owner, arguments: all(), act: .sign)
        return sides
      }
      takeNoun(
        &sides,
        subject: nil,
        arguments: all().filter { ["with", "from", "by", "at"].contains($0.preposition) },
        act: .sign
      )
      return sides
    }
    let act = act(of: phrase)
    if case .flow = act {
      takeFlow(&sides, phrase)
    } else {
      takeNoun(
        &sides,
        subject: subject(of: phrase),
        arguments: others(than: subject(of: phrase), phrase.arguments + inner + later(phrase)),
        act: act
      )
    }
    return sides
  }

  /// Parties around a verb but for its subject by another name.
  private func others(than subject: Int?, _ arguments: [Phrase.Argument]) -> [Phrase.Argument] {
    guard let subject, let entity = view.mentions[subject].entity else { return arguments }
    return arguments.filter { view.mentions[$0.mention].entity != entity }
  }

  /// Money nouns behind verbs of delivering are given: `provide a subsidy`.
  private func act(of phrase: Phrase) -> Frame.Act {
    guard case .flow = phrase.frame.act, let noun = noun?.noun else { return phrase.frame.act }
    if !inner.isEmpty || noun.kind == .option || noun.kind == .warrant { return .sign }
    if ["provide", "deliver", "promise", "pledge", "commit"].contains(phrase.base), noun.isMoney {
      return .give
    }
    if phrase.base == "contribute", noun.kind == .equity { return .flow }
    if phrase.frame.name == "pay", noun.noun(is: .warrant) { return .give }
    if phrase.frame.kind == .purchase, phrase.frame.subject == .payer, noun.isMoney,
      !noun.isSecurity, noun.kind != .equity
    {
      return .get
    }
    return .flow
  }

  private func subject(of phrase: Phrase) -> Int? { phrase.subject ?? owner() }

  /// Whose the noun is: `its $180 million offer`, `Amper's own cheque`.
  private func owner() -> Int? {
    guard let noun else { return nil }
    return view.mentions.indices.last { index in
      let mention = view.mentions[index]
      return mention.isPossessive && mention.tokens.upperBound <= noun.token
        && noun.token - mention.tokens.upperBound <= 6
    }
  }

  /// Whose the noun before a verb is: `Our contract with Acme provides for`.
  private func owner(before verb: Int) -> Int? {
    view.mentions.indices.last {
      view.mentions[$0].isPossessive && view.mentions[$0].tokens.upperBound < verb
    }
  }

  private func takeFlow(_ sides: inout Sides, _ phrase: Phrase) {
    let frame = phrase.frame
    let arguments = phrase.arguments
    // What is let to somebody, or rented out.
    if frame.name == "rent", !phrase.isPassive,
      arguments.contains(where: { $0.preposition == "to" })
    {
      sides.put(phrase.subject, .payee)
      sides.put(arguments.first { $0.preposition == "to" }?.mention, .payer)
      return
    }
    if phrase.isPassive {
      sides.put(arguments.first { $0.preposition == "by" }?.mention, frame.subject)
      sides.put(
        phrase.subject,
        passiveSide(phrase)
      )
    } else {
      sides.put(phrase.subject, frame.subject)
    }
    for argument in arguments where !(phrase.isPassive && argument.preposition == "by") {
      sides.put(argument.mention, side(of: argument, phrase))
    }
    if sides.payee == nil || sides.payer == nil { takeOwed(&sides, phrase) }
    if let noun, noun.isClose || phrase.subject == nil {
      takeNounPrepositions(&sides, arguments + later(phrase), noun.noun)
    }
  }

  private func side(of argument: Phrase.Argument, _ phrase: Phrase) -> Side? {
    let frame = phrase.frame
    if let side = frame.behind[argument.preposition],
      !(argument.preposition == "by" && !phrase.isPassive)
    {
      return side
    }
    let mention = view.mentions[argument.mention]
    if argument.preposition.isEmpty {
      if let object = frame.object { return mention.isPossessive ? nil : object }
      if frame.name == "buy" || frame.name == "deploy" { return .payee }
      return frame.name == "guarantee" ? .payee : nil
    }
    // `12 gigawatts of Borex processors`, `for … at Borex`.
    if argument.preposition == "of", frame.subject == .payer,
      ["buy", "spend", "deploy", "commit", "pay"].contains(frame.name)
    {
      return .payee
    }
    if argument.preposition == "in", kind == .equity { return .payee }
    if argument.preposition == "on", frame.name == "spend" { return .payee }
    return nil
  }

  /// `the rent that Quill owes Borex`: who is owed is who is guaranteed.
  private func takeOwed(_ sides: inout Sides, _ phrase: Phrase) {
    guard kind == .backstop else { return }
    let owes = view.phrases.first {
      ($0.base == "owe" || $0.base == "pay") && $0.token > phrase.token
    }
    // `a loan that Crusoe took from Acme Bank`: what is borrowed is owed to whoever it is from.
    let taken = view.phrases.first {
      ["take", "get", "borrow", "have", "receive", "rent", "lease"].contains($0.base)
        && $0.token > phrase.token
    }
    sides.put(
      taken?.arguments.first { ["from", "with", "at"].contains($0.preposition) }?.mention,
      .payee
    )
    sides.put(
      owes?.arguments.first { $0.preposition.isEmpty || $0.preposition == "to" }?.mention,
      .payee
    )
  }

  // MARK: Nouns

  private func takeNoun(
    _ sides: inout Sides,
    subject: Int?,
    arguments: [Phrase.Argument],
    act: Frame.Act
  ) {
    guard let noun = noun?.noun else { return }
    let isPassive = phrase?.isPassive ?? false
    if isPassive, let by = arguments.first(where: { $0.preposition == "by" }) {
      sides.put(by.mention, giver(noun))
      // `has been awarded a contract by`: the subject gets it.
      if case .give = act { sides.put(subject, giver(noun).other) }
    }
    takeNounPrepositions(&sides, arguments, noun)
    if let subject, case .sign = act, !noun.isMoney, let partner = partner(of: subject),
      !arguments.contains(where: { $0.preposition == "with" })
    {
      let isPaid = isSeller(subject, partner) == true
      sides.put(partner, isPaid ? .payer : .payee)
      sides.put(subject, isPaid ? .payee : .payer)
    }
    guard let subject, !isPassive || sides.payer == nil && sides.payee == nil else { return }
    sides.put(subject, subjectSide(act, noun, arguments, subject))
    for argument in arguments {
      sides.put(argument.mention, counterSide(argument, act, noun, sides))
    }
  }

  /// Which side gives what the noun names: money, or an order.
  private func giver(_ noun: DealNoun) -> Side {
    noun.kind == .option || noun.kind == .lease ? .payee : .payer
  }

  private func takeNounPrepositions(
    _ sides: inout Sides,
    _ arguments: [Phrase.Argument],
    _ noun: DealNoun
  ) {
    for argument in arguments {
      sides.put(argument.mention, side(behind: argument.preposition, noun))
    }
  }

  /// Which side a party is that stands behind a preposition of the noun: `a loan from`, `a stake in`.
  private func side(behind preposition: String, _ noun: DealNoun) -> Side? {
    let isFirm = noun.kind == .equity
    switch preposition {
    case "from": return noun.isMoney ? .payer : fromSide()
    case "by": return noun.isMoney && !(phrase?.isPassive ?? false) ? .payer : nil
    case "with": return noun.isMoney && !isFirm && noun.kind != .warrant ? .payer : nil
    case "at": return noun.isMoney ? (isFirm || noun.kind == .warrant ? nil : .payer) : .payee
    case "in", "into", "for": return isFirm ? .payee : nil
    case "of": return isFirm && !noun.isSecurity ? .payee : nil
    case "over", "on": return noun.kind == .warrant ? .payer : nil
    default: return nil
    }
  }

  /// Which side the subject of a passive verb is: what is sold or delivered is goods, who is supplied pays.
  private func passiveSide(_ phrase: Phrase) -> Side? {
    if phrase.frame.name == "sell", phrase.base != "supply" { return nil }
    return phrase.frame.object ?? (phrase.frame.name == "buy" && kind == .equity ? .payee : nil)
  }

  private func fromSide() -> Side? {
    guard case .get = phrase?.frame.act, kind == .purchase else { return .payee }
    return .payer
  }

  private func subjectSide(
    _ act: Frame.Act,
    _ noun: DealNoun,
    _ arguments: [Phrase.Argument],
    _ subject: Int
  ) -> Side? {
    let isIn = arguments.contains {
      $0.preposition == "in" || $0.preposition == "for" || $0.preposition == "of"
    }
    switch noun.kind {
    case .equity where !noun.isSecurity:
      if phrase?.base == "raise" || phrase?.base == "close" || phrase?.base == "complete" {
        return isIn ? .payer : .payee
      }
      return .payer
    case .backstop:
      if case .get = act { return .payee }
      return arguments.contains { $0.preposition == "from" || $0.preposition == "by" }
        ? .payee : .payer
    case .warrant:
      let isTaken = ["take", "get", "receive", "have", "hold", "obtain"].contains(
        phrase?.base ?? ""
      )
      return isTaken ? .payee : .payer
    default: break
    }
    if case .amend = act, noun.isMoney {
      let isGiven = arguments.contains { $0.preposition == "to" }
      return isLender(subject) || isGiven ? .payer : .payee
    }
    if noun.isSecurity {
      return ["buy", "purchase", "acquire", "hold", "own"].contains(phrase?.base ?? "")
        ? .payer : .payee
    }
    switch act {
    case .get: return noun.isMoney ? .payee : noun.kind == .purchase ? .payee : .payer
    case .give: return noun.isMoney ? .payer : giver(noun)
    default: break
    }
    if noun.isMoney { return .payee }
    return orientation(subject, arguments, noun)
  }

  /// The other of two that are joined by and.
  private func partner(of mention: Int) -> Int? {
    let start = view.mentions[mention].tokens.lowerBound
    return view.word(start - 1) == "and" ? view.mention(at: start - 2) : nil
  }

  private func isLender(_ mention: Int) -> Bool {
    let words = view.text.words(view.mentions[mention].tokens).lowercased().split(separator: " ")
      .map(String.init)
    return words.contains { Lexicon.has($0, .lenderName) || $0 == "lender" || $0 == "bank" }
  }

  /// Of two that signed, the likelier seller is paid.
  private func orientation(_ subject: Int, _ arguments: [Phrase.Argument], _ noun: DealNoun) -> Side
  {
    if noun.kind == .option { return .payer }
    if arguments.contains(where: { $0.preposition == "from" || $0.preposition == "at" }) {
      return .payer
    }
    guard
      let other = arguments.first(where: {
        ["with", "to", "", "between"].contains($0.preposition) && $0.mention != subject
      })?.mention
    else { return .payer }
    return isSeller(subject, other) == true ? .payee : .payer
  }

  private func counterSide(
    _ argument: Phrase.Argument,
    _ act: Frame.Act,
    _ noun: DealNoun,
    _ sides: Sides
  ) -> Side? {
    guard argument.preposition != "by" else { return nil }
    let missing: Side? = sides.payer == nil ? .payer : sides.payee == nil ? .payee : nil
    if view.mentions[argument.mention].isPossessive, argument.preposition.isEmpty { return nil }
    if ["", "to", "with"].contains(argument.preposition) { return missing }
    return nil
  }

  /// Parties behind participles that end the verb's own part: `arranged by`, `led by`, `subscribed by`.
  private func later(_ phrase: Phrase) -> [Phrase.Argument] {
    let more = view.phrases.filter {
      $0.token >= phrase.end && $0.isPassive && $0.subject == nil
        || $0.token >= phrase.end && $0.isPassive && isReduced($0)
    }
    return more.prefix(1).flatMap(\.arguments).filter {
      ["by", "from", "to", "with", "for"].contains($0.preposition)
    }
  }

  private func isReduced(_ phrase: Phrase) -> Bool {
    phrase.token == 0 || !view.has(phrase.token - 1, [.be, .adverb])
  }

  /// All parties of a sentence without a verb.
  private func all() -> [Phrase.Argument] {
    let builder = PhraseBuilder(view)
    return view.mentions.indices.map { index in
      let start = view.mentions[index].tokens.lowerBound
      return Phrase.Argument(
        preposition: builder.preposition(before: start, verb: view.range.lowerBound - 1),
        mention: index
      )
    }
  }
}

extension DealNoun {
  fileprivate func noun(is kind: Deal.Kind) -> Bool { self.kind == kind }
}

/// Who tells what a sentence says.
struct Attribution {
  let view: SentenceView
  let cast: Cast

  /// How somebody is told of.
  enum Teller: Sendable, Equatable {
    case unnamed
    case entity(Int)
    case mention(Int)
  }

  private func word(_ at: Int) -> String { view.word(at) }

  /// The teller that the sentence names; `nil` where it speaks for itself.
  func teller() -> Teller? {
    if let press = reporter() { return press }
    if let according = according() { return according }
    for phrase in view.phrases.reversed()
    where [
      "say", "tell", "announce", "report", "confirm", "deny", "quip", "state", "argue", "add",
      "reckon", "estimate", "write", "reject",
    ].contains(phrase.base) {
      if let speaker = speaker(phrase) { return speaker }
    }
    return nil
  }

  /// `the Financial Times reported, citing people`: the paper comes before those it quotes.
  private func reporter() -> Teller? {
    for (index, mention) in view.mentions.enumerated() {
      guard let entity = mention.entity, cast.entities[entity].kind == .press else { continue }
      let after = (mention.tokens.upperBound..<mention.tokens.upperBound + 3).map(word)
      let before = word(mention.tokens.lowerBound - 1)
      if after.contains(
        where: ["reported", "reports", "said", "says", "wrote", "put", "estimates"].contains
      ) || before == "by" || before == "to" {
        return .mention(index)
      }
    }
    return nil
  }

  private func according() -> Teller? {
    guard let place = view.place(of: "according to") ?? view.place(of: "sources familiar") else {
      return nil
    }
    return named(in: place + 2..<min(view.range.upperBound, place + 10)) ?? nil
  }

  /// Somebody, or people without names, in a part of the sentence.
  private func named(in part: Range<Int>) -> Teller? {
    for at in part.clamped(to: view.range) {
      if let mention = view.mention(at: at) { return .mention(mention) }
      if view.has(at, .unnamed) { return .unnamed }
    }
    return nil
  }

  /// Whoever a verb of saying has beside it: `X said`, `said X`, `people said`.
  private func speaker(_ phrase: Phrase) -> Teller? {
    let next = phrase.token + 1
    let isInverted = ["say", "quip", "add"].contains(phrase.base) && view.range.contains(next)
    if isInverted, let mention = view.mention(at: next), isSpeaker(mention) {
      return .mention(mention)
    }
    let back = max(view.range.lowerBound, phrase.token - 16)
    for at in stride(from: phrase.token - 1, through: back, by: -1) {
      if view.has(at, .unnamed), view.mention(at: at) == nil { return .unnamed }
      if word(at) == "spokesman" || word(at) == "spokeswoman" || word(at) == "spokesperson"
        || word(at) == "official"
      {
        return spokesman(at) ?? .unnamed
      }
      if view.token(at).kind == .quote || view.token(at).kind == .semicolon { break }
      guard let mention = view.mention(at: at), isSpeaker(mention) else { continue }
      let start = view.mentions[mention].tokens.lowerBound
      let before = word(start - 1)
      if Lexicon.has(before, .preposition), before != "for" { continue }
      if view.mentions[mention].isPossessive { continue }
      return .mention(mention)
    }
    if isInverted { return named(in: next..<min(view.range.upperBound, next + 6)) }
    return nil
  }

  private func isSpeaker(_ mention: Int) -> Bool {
    guard let entity = view.mentions[mention].entity else {
      return [.role, .pronoun, .own].contains(view.mentions[mention].form)
    }
    return cast.entities[entity].kind != .place
  }

  /// `a spokesman for the landlord`, `a Kestrel spokesperson`.
  private func spokesman(_ at: Int) -> Teller? {
    if word(at + 1) == "for", let mention = view.mention(at: at + 2) { return .mention(mention) }
    if let mention = view.mention(at: at - 1) { return .mention(mention) }
    return view.mentions.indices.last {
      view.mentions[$0].tokens.upperBound <= at && view.mentions[$0].entity != nil
    }.map { .mention($0) }
  }
}

internal import Claims

/// What a reader has in mind while reading on: who was spoken of, and which arrangements.
struct Discourse: Sendable {
  /// An arrangement that was read.
  struct Pair: Sendable {
    let kind: Deal.Kind
    let payer: Int
    let payee: Int
    /// Who paid before somebody took over.
    var former: Int?
  }

  private(set) var cast: Cast
  /// Whom the text is about first of all.
  var main: Int?
  /// Who does things in the sentence before.
  var lastSubject: Int?
  /// Who does things in this sentence.
  var subject: Int?
  /// Who was named, the latest last.
  private(set) var recent: [Int] = []
  /// Arrangements, the latest last.
  var pairs: [Pair] = []
  /// Vehicles without a name.
  private var vehicle: Int?

  init(_ cast: Cast) { self.cast = cast }

  /// Who was ever called by a role.
  private var called: [String: [Int]] = [:]

  mutating func change(_ entity: Int, _ body: (inout Entity) -> Void) { cast.change(entity, body) }

  /// Notes that somebody is called by a role.
  mutating func call(_ entity: Int, _ head: String) { called[head, default: []].append(entity) }

  /// Notes that somebody was named.
  mutating func note(_ entity: Int) {
    guard recent.last != entity else { return }
    recent.removeAll { $0 == entity }
    recent.append(entity)
    if recent.count > 40 { recent.removeFirst() }
  }

  /// Who a party is that nobody names.
  mutating func aggregate(_ id: String) -> Int {
    cast.add(Entity(kind: .aggregate, id: id, names: []))
  }

  /// Whoever a filing speaks for, where it says neither we nor the Company.
  mutating func addSelf() -> Int {
    cast.add(Entity(kind: .organisation, id: "registrant", names: ["We"], isSelf: true))
  }

  /// The vehicle set up for a purpose, which has no name.
  mutating func vehicle(_ surface: String) -> Int {
    if let vehicle { return vehicle }
    let entity = cast.add(
      Entity(kind: .organisation, id: "special-purpose-vehicle", names: ["the vehicle", surface])
    )
    vehicle = entity
    return entity
  }

  /// Whoever the text speaks for.
  var own: Int? { isFiling ? cast.entities.firstIndex(where: \.isSelf) : main }
  /// Whether the text speaks of its own firm as we.
  var isFiling = false

  /// Who a mention means.
  ///
  /// - Parameters:
  ///   - mention: The mention.
  ///   - others: Who it cannot be.
  ///   - isQuoted: Whether it stands in somebody's words.
  /// - Returns: Who it is, or `nil` where nobody fits.
  mutating func resolve(_ mention: Mention, excluding others: Set<Int> = [], isQuoted: Bool = false)
    -> Int?
  {
    switch mention.form {
    case .name: return mention.entity
    case .own: return own ?? main
    case .aggregate: return nil
    case .vehicle: return vehicle(mention.role.filter { $0 != "a" }.joined(separator: " "))
    case .pronoun, .possessivePronoun: return pronoun(excluding: others)
    case .role: return role(mention, excluding: others)
    }
  }

  /// Whether the mention opens its sentence.
  var isOpening = false

  private func isParty(_ entity: Int) -> Bool {
    cast.entities[entity].isParty && cast.entities[entity].kind != .aggregate
  }

  /// Who was named in the sentence before the words that are being read.
  var earlier: [Int] = []

  private func pronoun(excluding others: Set<Int>) -> Int? {
    let candidates =
      [subject].compactMap(\.self) + earlier.reversed() + [lastSubject].compactMap(\.self)
      + recent.reversed() + [main].compactMap(\.self)
    let fitting = candidates.filter { !others.contains($0) && isParty($0) }
    return fitting.first { cast.entities[$0].kind != .state } ?? fitting.first
  }

  /// Who a role can mean: everybody, but of a text with very many those spoken of lately and those called so.
  private func candidates(_ head: String) -> [Int] {
    guard cast.entities.count > 60 else { return Array(cast.entities.indices) }
    return Array(Set(recent + [main, lastSubject].compactMap(\.self) + (called[head] ?? [])))
      .sorted()
  }

  private func role(_ mention: Mention, excluding others: Set<Int>) -> Int? {
    guard mention.role.first != "a", let head = mention.role.last else { return nil }
    let scored = candidates(head).filter { isParty($0) && !others.contains($0) }
      .map { (score: score($0, mention.role, head), entity: $0) }
    guard let best = scored.max(by: { ($0.score, $1.entity) < ($1.score, $0.entity) }),
      best.score > 0
    else { return nil }
    return best.entity
  }

  private func score(_ entity: Int, _ words: [String], _ head: String) -> Int {
    let known = cast.entities[entity]
    var score = 0
    for role in known.roles {
      if role.last == head { score += role.dropLast().last == words.dropLast().last ? 14 : 8 }
      if role.contains(where: { words.dropLast().contains($0) && !Lexicon.has($0, .determiner) }) {
        score += 6
      }
    }
    score += affinity(entity, words, head)
    if let place = recent.lastIndex(of: entity) {
      score += max(1, 4 - (recent.count - 1 - place))
    } else {
      score -= 3
    }
    let isPlain = [
      "company", "firm", "group", "start-up", "startup", "business", "corporation", "issuer",
      "giant",
    ].contains(head)
    if isPlain, words.count == 1 || Lexicon.has(words[0], .nationality) {
      score += entity == lastSubject ? 5 : entity == main ? 4 : 0
    } else if entity == lastSubject {
      score += isOpening ? 4 : 1
    }
    return score
  }

  /// How well the words of a name and what it does fit what it is called.
  private func affinity(_ entityIndex: Int, _ words: [String], _ head: String) -> Int {
    let entity = cast.entities[entityIndex]
    let names = entity.words.all
    var score = 0
    if !names.isDisjoint(with: words.dropLast()) { score += 6 }
    if isAlike(names, words) { score += 3 }
    if ["bank", "lender", "creditor", "fund", "investor", "insurer"].contains(head) {
      score += entity.words.isLender ? 6 : -4
    }
    if entity.words.isChipMaker, words.contains(where: { $0.hasPrefix("chip") }) { score += 6 }
    let isState = ["government", "state", "ministry", "agency"].contains(head)
    if isState { score += entity.kind == .state ? 8 : -8 }
    if let pair = pairs.last {
      if [
        "supplier", "vendor", "seller", "provider", "landlord", "lessor", "owner", "operator",
        "contractor",
      ].contains(head), pair.payee == entityIndex, pair.kind.isRevenue {
        score += 4
      }
      if Lexicon.has(head, .buyerRole), pair.payer == entityIndex, pair.kind.isRevenue {
        score += 4
      }
      if head == "buyer" || head == "acquirer", pair.payer == entityIndex { score += 5 }
    }
    if Lexicon.has(head, .sellerRole), entity.sellerScore > 0 { score += 2 }
    if Lexicon.has(head, .buyerRole), entity.sellerScore < 0 { score += 2 }
    return score
  }

  /// Whether a word of a name and one of a role begin alike: `Mining`, `miner`.
  private func isAlike(_ names: Set<String>, _ words: [String]) -> Bool {
    names.contains { name in
      guard name.utf8.count > 3 else { return false }
      return words.contains {
        $0.utf8.count > 3
          && (name.utf8.starts(with: $0.utf8.dropLast()) || $0.utf8.starts(with: name.utf8))
      }
    }
  }

  /// The other side of the latest arrangement of a kind that somebody is a side of.
  func counterpart(of entity: Int, _ side: Side, kinds: [Deal.Kind]) -> Int? {
    pairs.last { pair in
      kinds.contains(pair.kind) && (side == .payer ? pair.payer : pair.payee) == entity
    }.map { side == .payer ? $0.payee : $0.payer }
  }
}

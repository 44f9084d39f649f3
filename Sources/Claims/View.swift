internal import Tables

/// Which statuses and levels enter a network.
public enum Policy: String, Sendable, CaseIterable {
  /// Signed, active or completed; no amount that is only a headline.
  case binding
  /// Also announced and intended, and headlines where nothing better is known.
  case reported
  /// Also rumoured, and contingent deals as if exercised or called.
  case generous

  /// Whether a deal of this reading, in force, has come far enough.
  public func admits(_ status: Claim.Status) -> Bool {
    switch status {
    case .signed, .active, .completed, .novated: true
    case .announced, .intended: self != .binding
    case .rumoured: self == .generous
    case .denied, .withdrawn, .lapsed, .cancelled: false
    }
  }
}

/// What a view is asked for.
public struct ViewRequest: Sendable, Equatable {
  /// The day: what was reported after it does not count.
  public var asOf: Day
  /// Whose word counts: tellers, publishers, source ids, `press` or `companies`; empty for all.
  public var toldBy: [String]
  /// What enters a network.
  public var policy: Policy

  /// Asks for the book as of a day, told by `toldBy`, under `policy`.
  public init(asOf: Day, toldBy: [String] = [], policy: Policy = .reported) {
    self.asOf = asOf
    self.toldBy = toldBy
    self.policy = policy
  }
}

/// Why a view could not be taken.
public enum ViewError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No claim or fact of the book is told by `name`; `near` are names that are.
  case unknownTeller(name: String, near: [String])

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unknownTeller(let name, let near):
      let advice =
        near.isEmpty
        ? "name a party, a publisher or a source of the book, or press or companies"
        : "did you mean \(near.joined(separator: ", "))?"
      return "nobody in the book is called \(name); \(advice)"
    }
  }
}

/// A book as known on a day and as told by some: each deal with its standing and contested readings.
public struct View: Sendable {
  /// What was asked.
  public let request: ViewRequest
  /// The book it was taken of.
  public let contents: BookContents
  /// Deals of which at least one claim counts, by id.
  public let deals: [DealView]
  /// Facts that count, by id.
  public let facts: [Fact]
  /// Facts that others correct, each with those that do.
  public let corrected: [(fact: Fact, by: [String])]
  private let sources: [String: Source]
  private let parties: PartyDirectory
  private let hearing: Hearing

  /// Resolves what `contents` says under `request`.
  ///
  /// - Parameters:
  ///   - contents: The rows of a book.
  ///   - request: The day, the tellers and the policy.
  /// - Throws: ``ViewError/unknownTeller(name:near:)`` for a teller nobody in the book goes by.
  public init(of contents: BookContents, _ request: ViewRequest) throws(ViewError) {
    self.request = request
    self.contents = contents
    let parties = PartyDirectory(contents.parties)
    let sources = Dictionary(uniqueKeysWithValues: contents.sources.map { ($0.id, $0) })
    let tellers = TellerFilter(contents: contents, sources: sources, parties: parties)
    try tellers.check(request.toldBy)
    let heard = contents.claims
      .filter { $0.reported.last <= request.asOf && tellers.admits($0, request.toldBy) }
    let hearing = Hearing(heard, tellers)
    self.hearing = hearing
    deals = contents.deals.compactMap { hearing.resolve($0) }
    let known = contents.facts.filter {
      $0.reported.last <= request.asOf && tellers.admits($0, request.toldBy)
    }
    let corrections = Dictionary(grouping: known.filter { $0.says == .supersede }) {
      $0.about ?? ""
    }
    facts = known.filter { corrections[$0.id] == nil }
    corrected = known.compactMap { fact in corrections[fact.id].map { (fact, $0.map(\.id)) } }
    self.sources = sources
    self.parties = parties
  }

  /// How a deal would stand without each of the claims that it may rest on, and without those about it.
  ///
  /// - Parameter deal: The deal.
  /// - Returns: For each claim the standing account; `nil` where nothing would be said of the deal.
  public func standingWithoutEachClaim(of deal: Deal) -> [(claim: String, reading: Reading?)] {
    hearing.claimsBehind(deal).map { ($0, hearing.resolve(deal, without: $0)?.standing) }
  }

  /// The party called `id`, or `nil` where the book has none.
  public func party(_ id: String) -> Party? { parties[id] }

  /// The name people use for `id`, or the id itself.
  public func name(_ id: String) -> String { parties[id]?.name ?? id }

  /// The group that `id` is consolidated to: its highest parent.
  public func group(of id: String) -> String { parties.group(of: id) }

  /// The source called `id`.
  public func source(_ id: String) -> Source? { sources[id] }

  /// Who tells a claim: whom the source quotes, or its publisher.
  public func teller(of claim: Claim) -> String {
    claim.teller.map(name) ?? sources[claim.source]?.publisher ?? claim.source
  }

  /// How far a fact is trusted.
  public func trust(of fact: Fact) -> Trust {
    TellerFilter.trust(of: fact, sources[fact.source], parties)
  }

  /// How far a claim is trusted.
  public func trust(of claim: Claim, in deal: Deal) -> Trust {
    TellerFilter.trust(of: claim, in: deal, sources[claim.source], parties)
  }
}

/// Who tells what, and whether that is asked for.
struct TellerFilter {
  let contents: BookContents
  let sources: [String: Source]
  let parties: PartyDirectory
  let deals: [String: Deal]
  /// Every claim of the book by id, whoever tells it.
  let claims: [String: Claim]

  init(contents: BookContents, sources: [String: Source], parties: PartyDirectory) {
    self.contents = contents
    self.sources = sources
    self.parties = parties
    deals = Dictionary(uniqueKeysWithValues: contents.deals.map { ($0.id, $0) })
    claims = Dictionary(uniqueKeysWithValues: contents.claims.map { ($0.id, $0) })
  }

  func teller(_ teller: String?, _ source: String) -> String {
    teller ?? sources[source]?.publisher ?? source
  }

  func trust(of claim: Claim, in deal: Deal) -> Trust {
    Self.trust(of: claim, in: deal, sources[claim.source], parties)
  }

  static func trust(
    of claim: Claim,
    in deal: Deal,
    _ source: Source?,
    _ parties: PartyDirectory
  ) -> Trust {
    guard let source else { return .rumour }
    let sides = [deal.payer, deal.payee, claim.newPayer].compactMap { $0.map(parties.group(of:)) }
    return Trust(
      source: source,
      tellerIsParty: claim.teller.map { sides.contains(parties.group(of: $0)) } ?? false,
      confidence: claim.confidence,
      isRumoured: claim.status == .rumoured
    )
  }

  static func trust(of fact: Fact, _ source: Source?, _ parties: PartyDirectory) -> Trust {
    guard let source else { return .rumour }
    let sides = [fact.party, fact.counterparty].compactMap { $0.map(parties.group(of:)) }
    return Trust(
      source: source,
      tellerIsParty: fact.teller.map { sides.contains(parties.group(of: $0)) } ?? false,
      confidence: fact.confidence,
      isRumoured: false
    )
  }

  func admits(_ claim: Claim, _ toldBy: [String]) -> Bool {
    guard !toldBy.isEmpty, let deal = deals[claim.deal] else { return toldBy.isEmpty }
    return admits(claim.teller, claim.source, trust(of: claim, in: deal), toldBy)
  }

  func admits(_ fact: Fact, _ toldBy: [String]) -> Bool {
    guard !toldBy.isEmpty else { return true }
    let trust = Self.trust(of: fact, sources[fact.source], parties)
    return admits(fact.teller, fact.source, trust, toldBy)
  }

  private func admits(
    _ teller: String?,
    _ source: String,
    _ trust: Trust,
    _ toldBy: [String]
  ) -> Bool {
    let names = names(teller, source)
    return toldBy.contains { wanted in
      switch wanted.lowercased() {
      case "press": trust < .statement
      case "companies": trust >= .statement
      default: names.contains(wanted.lowercased())
      }
    }
  }

  /// Every name a claim of this teller and source can be asked for by, in small letters.
  private func names(_ teller: String?, _ source: String) -> [String] {
    var names = [source]
    if let teller {
      names += [teller, parties[teller]?.name ?? teller]
    }
    if let publisher = sources[source]?.publisher { names.append(publisher) }
    return names.map { $0.lowercased() }
  }

  /// Claims in the order they became known: by day, a claim after the one it is about, the more trusted first, then
  /// by what they say, so that the names of ids decide nothing but among claims that say the same.
  func inOrder(_ told: [Claim]) -> [Claim] {
    told.map { claim in
      (
        claim: claim, depth: depth(of: claim),
        trust: deals[claim.deal].map { trust(of: claim, in: $0) }
      )
    }
    .sorted { left, right in
      let (day, other) = (left.claim.reported.last, right.claim.reported.last)
      if day != other { return day < other }
      if left.depth != right.depth { return left.depth < right.depth }
      if let trust = left.trust, let other = right.trust, trust != other { return trust > other }
      return left.claim.contentPrecedes(right.claim)
    }.map(\.claim)
  }

  /// How many claims `claim` is about, through those it is about.
  private func depth(of claim: Claim) -> Int {
    var depth = 0
    var last = claim
    while let about = last.about.flatMap({ claims[$0] }) { (depth, last) = (depth + 1, about) }
    return depth
  }

  func check(_ toldBy: [String]) throws(ViewError) {
    guard !toldBy.isEmpty else { return }
    var known: Set<String> = ["press", "companies"]
    for claim in contents.claims { known.formUnion(names(claim.teller, claim.source)) }
    for fact in contents.facts { known.formUnion(names(fact.teller, fact.source)) }
    for wanted in toldBy where !known.contains(wanted.lowercased()) {
      let stem = wanted.lowercased().prefix(4)
      throw .unknownTeller(name: wanted, near: Nearest.words(with: stem, among: known))
    }
  }
}

/// Parties by id, and the groups they belong to.
struct PartyDirectory: Sendable {
  private let parties: [String: Party]

  init(_ parties: [Party]) {
    self.parties = Dictionary(uniqueKeysWithValues: parties.map { ($0.id, $0) })
  }

  subscript(_ id: String) -> Party? { parties[id] }

  /// The highest parent of `id`; the contents of a book hold no ring of parents.
  func group(of id: String) -> String {
    var root = id
    while let parent = parties[root]?.parent { root = parent }
    return root
  }
}

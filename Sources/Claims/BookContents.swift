/// All rows of a book that count at one time, checked against each other.
public struct BookContents: Sendable, Equatable {
  /// Who pays and is paid, by id.
  public let parties: [Party]
  /// The documents, by id.
  public let sources: [Source]
  /// The arrangements, by id.
  public let deals: [Deal]
  /// What was said about deals, by id.
  public let claims: [Claim]
  /// What was said about parties, by id.
  public let facts: [Fact]
  /// What nobody said and results need, by id.
  public let assumptions: [Assumption]

  /// A fault in how one row refers to others.
  public struct ReferenceFault: Error, Equatable, Sendable {
    /// The table of the row.
    public let table: String
    /// The row's id.
    public let id: String
    /// The cell and what is wrong with it.
    public let fault: FieldFault
  }

  /// Takes rows in any order, and checks that ids are unique and every reference has its row.
  ///
  /// - Throws: ``ReferenceFault`` for the first row, in the order given, that fails.
  public init(
    parties: [Party],
    sources: [Source],
    deals: [Deal],
    claims: [Claim],
    facts: [Fact],
    assumptions: [Assumption]
  ) throws(ReferenceFault) {
    let known = Known(
      parties: try ids(parties),
      sources: try ids(sources),
      deals: try ids(deals),
      claims: try ids(claims),
      facts: try ids(facts)
    )
    _ = try ids(assumptions)
    for party in parties { try known.check(party) }
    for deal in deals { try known.check(deal) }
    for claim in claims { try known.check(claim) }
    for fact in facts { try known.check(fact) }
    for assumption in assumptions { try known.check(assumption) }
    self.parties = parties.sorted { $0.id < $1.id }
    self.sources = sources.sorted { $0.id < $1.id }
    self.deals = deals.sorted { $0.id < $1.id }
    self.claims = claims.sorted { $0.id < $1.id }
    self.facts = facts.sorted { $0.id < $1.id }
    self.assumptions = assumptions.sorted { $0.id < $1.id }
  }

  /// A book without a row.
  public static let empty = BookContents()

  private init() {
    (parties, sources, deals, claims, facts, assumptions) = ([], [], [], [], [], [])
  }
}

private func ids(
  _ rows: [some Record]
) throws(BookContents.ReferenceFault) -> Set<String> {
  var seen: Set<String> = []
  for row in rows where !seen.insert(row.id).inserted {
    throw BookContents.ReferenceFault(
      table: type(of: row).table,
      id: row.id,
      fault: FieldFault(
        column: "id",
        reason: "the id \(row.id) stands twice",
        advice: "give each row its own id"
      )
    )
  }
  return seen
}

/// The ids that rows may refer to.
private struct Known {
  let parties: Set<String>
  let sources: Set<String>
  let deals: Set<String>
  let claims: Set<String>
  let facts: Set<String>

  func check(_ party: Party) throws(BookContents.ReferenceFault) {
    try require(party, "parent", party.parent, in: parties, "party")
    for member in party.members {
      try require(party, "identifiers", member, in: parties, "party")
    }
  }

  func check(_ deal: Deal) throws(BookContents.ReferenceFault) {
    try require(deal, "payer", deal.payer, in: parties, "party")
    try require(deal, "payee", deal.payee, in: parties, "party")
  }

  func check(_ claim: Claim) throws(BookContents.ReferenceFault) {
    try require(claim, "deal", claim.deal, in: deals, "deal")
    try require(claim, "source", claim.source, in: sources, "source")
    try require(claim, "about", claim.about, in: claims, "claim")
    try require(claim, "new_payer", claim.newPayer, in: parties, "party")
  }

  func check(_ fact: Fact) throws(BookContents.ReferenceFault) {
    try require(fact, "party", fact.party, in: parties, "party")
    try require(fact, "counterparty", fact.counterparty, in: parties, "party")
    try require(fact, "source", fact.source, in: sources, "source")
    try require(fact, "about", fact.about, in: facts, "fact")
  }

  func check(_ assumption: Assumption) throws(BookContents.ReferenceFault) {
    try require(assumption, "source", assumption.source, in: sources, "source")
    for prefix in ["start:", "end:", "amount:"] where assumption.name.hasPrefix(prefix) {
      let deal = String(assumption.name.dropFirst(prefix.count))
      try require(assumption, "name", deal, in: deals, "deal")
    }
  }

  private func require(
    _ row: some Record,
    _ column: String,
    _ id: String?,
    in known: Set<String>,
    _ what: String
  ) throws(BookContents.ReferenceFault) {
    guard let id, !known.contains(id) else { return }
    throw BookContents.ReferenceFault(
      table: type(of: row).table,
      id: row.id,
      fault: FieldFault(
        column: column,
        reason: "there is no \(what) \(id)",
        advice: "correct the id, or add the \(what) first"
      )
    )
  }
}

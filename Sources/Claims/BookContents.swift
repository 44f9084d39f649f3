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

  /// Takes rows in any order, and checks that ids are unique, every reference has its row, and rows
  /// fit each other: no party belongs to itself, no claim speaks of itself through others.
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
    let known = [
      Party.table: try ids(parties), Source.table: try ids(sources), Deal.table: try ids(deals),
      Claim.table: try ids(claims), Fact.table: try ids(facts),
      Assumption.table: try ids(assumptions),
    ]
    try checkReferences(parties, known)
    try checkReferences(deals, known)
    try checkReferences(claims, known)
    try checkReferences(facts, known)
    try checkReferences(assumptions, known)
    try Self.checkConsistency(
      parties: parties,
      deals: deals,
      claims: claims,
      facts: facts,
      assumptions: assumptions
    )
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

private func checkReferences(
  _ rows: [some Record],
  _ known: [String: Set<String>]
) throws(BookContents.ReferenceFault) {
  for row in rows {
    for reference in row.references where known[reference.table]?.contains(reference.id) != true {
      throw BookContents.ReferenceFault(
        table: type(of: row).table,
        id: row.id,
        fault: reference.fault
      )
    }
  }
}

extension BookContents {
  /// The last day on which a claim or a fact of an exact day was reported; partial dates do not count,
  /// since they are known only from their last day.
  public var lastReport: Day {
    let days = (claims.map(\.reported) + facts.map(\.reported)).compactMap { reported -> Day? in
      if case .day(let day) = reported { return day }
      return nil
    }
    return days.max() ?? Day(ordinal: 0)
  }
}

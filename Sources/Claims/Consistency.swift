extension BookContents {
  /// Checks what rows ask of each other beyond that the others are there.
  ///
  /// Rows are taken in the order given; what holds of a book does not depend on it.
  static func checkConsistency(
    parties: [Party],
    deals: [Deal],
    claims: [Claim],
    facts: [Fact],
    assumptions: [Assumption]
  ) throws(ReferenceFault) {
    try refuseRing(parties, column: "parent", \.parent, "belongs to itself, through its parents")
    try refuseRing(
      claims,
      column: "about",
      \.about,
      "speaks of itself, through the claims it is about"
    )
    try refuseRing(
      facts,
      column: "about",
      \.about,
      "speaks of itself, through the facts it is about"
    )
    try checkClaims(claims, deals)
    try checkCorrections(facts)
    try checkNames(assumptions)
  }
}

/// Refuses the first row that comes back to itself by the row that each names.
private func refuseRing<Row: Record>(
  _ rows: [Row],
  column: String,
  _ next: (Row) -> String?,
  _ what: String
) throws(BookContents.ReferenceFault) {
  let next = Dictionary(rows.map { ($0.id, next($0)) }) { first, _ in first }
  var cleared: Set<String> = []
  var ring: Set<String> = []
  for row in rows where ring.isEmpty {
    var path: [String] = []
    var seen: Set<String> = []
    var at = Optional(row.id)
    while let id = at, !cleared.contains(id), seen.insert(id).inserted {
      path.append(id)
      at = next[id] ?? nil
    }
    if let at, seen.contains(at) { ring = Set(path.drop { $0 != at }) }
    cleared.formUnion(path)
  }
  guard let row = rows.first(where: { ring.contains($0.id) }) else { return }
  throw fault(
    row,
    column,
    "\(row.id) \(what)" + (ring.count > 1 ? ", \(ring.count) in a ring" : ""),
    "leave \(column) empty, or name another, in one of them"
  )
}

/// Claims speak of claims about the same deal, correct only what was said before, and move a deal to
/// somebody who is not paid by it.
private func checkClaims(
  _ claims: [Claim],
  _ deals: [Deal]
) throws(BookContents.ReferenceFault) {
  try checkCorrections(claims)
  let byID = Dictionary(claims.map { ($0.id, $0) }) { first, _ in first }
  let payees = Dictionary(deals.map { ($0.id, $0.payee) }) { first, _ in first }
  for claim in claims {
    if let about = claim.about.flatMap({ byID[$0] }), claim.says != .supersede,
      about.deal != claim.deal
    {
      throw fault(
        claim,
        "about",
        "the claim is about the deal \(claim.deal), and \(about.id) about \(about.deal)",
        "name a claim about the same deal; only says=supersede may take back one about another"
      )
    }
    if let payer = claim.newPayer, payer == payees[claim.deal] {
      throw fault(
        claim,
        "new_payer",
        "\(payer) is who \(claim.deal) pays, and would pay itself",
        "name another party, or say status=cancelled"
      )
    }
  }
}

/// A row that can correct another.
private protocol Correcting: Record {
  var about: String? { get }
  var reported: PartialDate { get }
  var supersedes: Bool { get }
}

extension Claim: Correcting { fileprivate var supersedes: Bool { says == .supersede } }
extension Fact: Correcting { fileprivate var supersedes: Bool { says == .supersede } }

/// Nobody corrects what is said only later.
private func checkCorrections(
  _ rows: [some Correcting]
) throws(BookContents.ReferenceFault) {
  let reported = Dictionary(rows.map { ($0.id, $0.reported) }) { first, _ in first }
  for row in rows where row.supersedes {
    guard let about = row.about, let day = reported[about], row.reported.last < day.first else {
      continue
    }
    throw fault(
      row,
      "about",
      "\(row.id), reported \(row.reported), cannot supersede \(about), reported later, \(day)",
      "exchange the two, or correct a date"
    )
  }
}

/// An engine that asks for an assumption by name finds one.
private func checkNames(
  _ assumptions: [Assumption]
) throws(BookContents.ReferenceFault) {
  var named: [String: String] = [:]
  for assumption in assumptions {
    guard let first = named.updateValue(assumption.id, forKey: assumption.name) else { continue }
    throw fault(
      assumption,
      "name",
      "\(first) is called \(assumption.name) already",
      "keep one of the two, or retract the older"
    )
  }
}

private func fault(
  _ row: some Record,
  _ column: String,
  _ reason: String,
  _ advice: String
) -> BookContents.ReferenceFault {
  BookContents.ReferenceFault(
    table: type(of: row).table,
    id: row.id,
    fault: FieldFault(column: column, reason: reason, advice: advice)
  )
}

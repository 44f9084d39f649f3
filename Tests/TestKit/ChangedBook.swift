public import Claims

/// A book with some rows taken out, or with other names.
extension BookContents {
  /// The ids of the claims, facts and assumptions.
  public var evidenceRows: [String] { claims.map(\.id) + facts.map(\.id) + assumptions.map(\.id) }

  /// The book without some rows, and without the rows about them.
  ///
  /// - Parameter ids: Claims, facts and assumptions.
  /// - Returns: What is left, and all that was taken out.
  /// - Throws: ``BookContents/ReferenceFault`` if what is left is no book.
  public func without(_ ids: Set<String>) throws -> (book: BookContents, gone: Set<String>) {
    var gone = ids
    var count = 0
    while gone.count != count {
      count = gone.count
      for claim in claims where claim.about.map(gone.contains) == true { gone.insert(claim.id) }
      for fact in facts where fact.about.map(gone.contains) == true { gone.insert(fact.id) }
    }
    let book = try BookContents(
      parties: parties,
      sources: sources,
      deals: deals,
      claims: claims.filter { !gone.contains($0.id) },
      facts: facts.filter { !gone.contains($0.id) },
      assumptions: assumptions.filter { !gone.contains($0.id) }
    )
    return (book, gone)
  }

  /// The book as it was on a day: what was reported later is not there, but for what earlier rows speak of.
  ///
  /// - Parameter day: The day.
  /// - Returns: The book.
  /// - Throws: ``BookContents/ReferenceFault`` if what is left is no book.
  public func asReported(by day: Day) throws -> BookContents {
    var kept = Set(claims.filter { $0.reported.last <= day }.map(\.id))
    kept.formUnion(facts.filter { $0.reported.last <= day }.map(\.id))
    var count = 0
    while kept.count != count {
      count = kept.count
      kept.formUnion(claims.filter { kept.contains($0.id) }.compactMap(\.about))
      kept.formUnion(facts.filter { kept.contains($0.id) }.compactMap(\.about))
    }
    return try BookContents(
      parties: parties,
      sources: sources,
      deals: deals,
      claims: claims.filter { kept.contains($0.id) },
      facts: facts.filter { kept.contains($0.id) },
      assumptions: assumptions
    )
  }

  /// The book with one more claim.
  ///
  /// - Parameter claim: The claim.
  /// - Returns: The book.
  /// - Throws: ``BookContents/ReferenceFault`` if it does not fit.
  public func adding(_ claim: Claim) throws -> BookContents {
    try BookContents(
      parties: parties,
      sources: sources,
      deals: deals,
      claims: claims + [claim],
      facts: facts,
      assumptions: assumptions
    )
  }

  /// The book with every id replaced, and its rows in another order.
  ///
  /// - Parameter name: The new id of a row of a table.
  /// - Returns: The book.
  /// - Throws: What is wrong with the new names.
  public func renamed(_ name: (String, String) -> String) throws -> BookContents {
    try BookContents(
      parties: renamed(parties, name),
      sources: renamed(sources, name),
      deals: renamed(deals, name),
      claims: renamed(claims, name),
      facts: renamed(facts, name),
      assumptions: renamed(assumptions, name)
    )
  }

  private func renamed<Row: Record>(
    _ rows: [Row],
    _ name: (String, String) -> String
  ) throws -> [Row] {
    let known = Set(parties.map(\.id))
    return try rows.reversed().map { row in
      var cells = Dictionary(uniqueKeysWithValues: zip(Row.allColumns, row.values))
      cells["id"] = name(Row.table, row.id)
      for reference in row.references {
        let (new, column) = (name(reference.table, reference.id), reference.column)
        switch column {
        case "identifiers": break
        case "name": cells[column] = cells[column]?.replacing(":" + reference.id, with: ":" + new)
        default: cells[column] = new
        }
      }
      if let teller = cells["teller"], known.contains(teller) {
        cells["teller"] = name(Party.table, teller)
      }
      if let party = row as? Party, !party.members.isEmpty {
        let members = party.members.map { name(Party.table, $0) }.joined(separator: ",")
        let others = party.identifiers.filter { $0.scheme != "members" }
          .map { "\($0.scheme):\($0.value)" }
        cells["identifiers"] = (["members:" + members] + others).joined(separator: " ")
      }
      return try Row(Fields(cells))
    }
  }
}

package import Claims
internal import Tables

/// Finds to which deal of a book a candidate belongs, and which claim it speaks of.
package struct BookMatch: Sendable {
  private let contents: BookContents
  private let parents: [String: String]

  /// A match against the rows of a book.
  ///
  /// - Parameter contents: The rows that count.
  package init(_ contents: BookContents) {
    self.contents = contents
    parents = Dictionary(
      uniqueKeysWithValues: contents.parties.compactMap { party in
        party.parent.map { (party.id, $0) }
      }
    )
  }

  /// The parties of the book with the names they go by.
  package var parties: [KnownParty] {
    contents.parties.map { party in
      let tickers = party.identifiers.filter { $0.scheme == "ticker" || $0.scheme == "alias" }.map(
        \.value
      )
      let spoken = party.knownAs.map { [$0] } ?? []
      return KnownParty(id: party.id, names: [party.name] + spoken + tickers)
    }
  }

  /// A reading whose claims name the deals and claims of the book that they belong to.
  ///
  /// - Parameter reading: The reading.
  /// - Returns: The same with `deal` and `about` where they are known.
  package func linked(_ reading: DocumentReading) -> DocumentReading {
    reading.mapClaims { claim in
      var claim = claim
      guard let deal = deal(of: claim) else { return claim }
      claim.deal = deal.id
      claim.about = standing(deal, claim)?.id
      return claim
    }
  }

  /// The deal that a claim is about: the same sides and kind, groups taken as one.
  ///
  /// - Parameter claim: The candidate.
  /// - Returns: The deal whose amount is nearest; `nil` where there is none.
  package func deal(of claim: ClaimCandidate) -> Deal? {
    let payer = claim.fromPayer ?? claim.payer
    let same = contents.deals.filter { deal in
      isSame(deal.payer, payer) && isSame(deal.payee, claim.payee)
        && isKin(deal.kind.rawValue, claim.kind)
    }
    return same.min { distance($0, claim) < distance($1, claim) }
  }

  private func isSame(_ one: String, _ other: String) -> Bool {
    one == other || group(one) == group(other)
  }

  private func group(_ id: String) -> String {
    var id = id
    for _ in 0..<8 {
      guard let parent = parents[id] else { return id }
      id = parent
    }
    return id
  }

  private func isKin(_ one: String, _ other: String) -> Bool {
    let kin: [Set<String>] = [
      ["loan", "facility", "convertible"], ["purchase", "option"], ["equity", "convertible"],
      ["purchase", "lease"],
    ]
    return one == other || kin.contains { $0.contains(one) && $0.contains(other) }
  }

  /// How far the amounts of a deal's claims lie from a candidate's: by factors, kinds that differ come last.
  private func distance(_ deal: Deal, _ claim: ClaimCandidate) -> Double {
    let other = deal.kind.rawValue == claim.kind ? 0.0 : 10
    guard let said = (claim.high ?? claim.low)?.value.double, said > 0 else { return other }
    let known = contents.claims.filter { $0.deal == deal.id }.compactMap { known -> Double? in
      guard let amount = known.amount, let bound = amount.high ?? amount.low else { return nil }
      return Double(bound) / Double(amount.currency.minorUnitsPerUnit)
    }
    return other + (known.filter { $0 > 0 }.map { max($0 / said, said / $0) }.min() ?? 5)
  }

  /// The claim of a deal that a candidate speaks of: the one with its amount, else the latest.
  private func standing(_ deal: Deal, _ claim: ClaimCandidate) -> Claim? {
    let claims = contents.claims.filter { $0.deal == deal.id }
      .sorted { ($0.reported.last, $0.id) < ($1.reported.last, $1.id) }
    return claims.last { isEqual($0, claim) } ?? claims.last
  }

  private func isEqual(_ known: Claim, _ claim: ClaimCandidate) -> Bool {
    guard let amount = known.amount, let bound = amount.high ?? amount.low,
      let said = (claim.high ?? claim.low)?.value.double
    else { return false }
    let worth = Double(bound) / Double(amount.currency.minorUnitsPerUnit)
    return amount.currency.code == claim.currency && worth <= said * 1.01 && worth >= said * 0.99
  }
}

extension DocumentReading {
  /// The same reading with other claims.
  func mapClaims(_ change: (ClaimCandidate) -> ClaimCandidate) -> DocumentReading {
    DocumentReading(
      publisher: publisher,
      published: published,
      sourceKind: sourceKind,
      claims: claims.map(change),
      facts: facts,
      notClaims: notClaims,
      parties: parties
    )
  }

  /// The claims of another reader of the same text, and nothing else.
  ///
  /// - Parameter claims: The claims.
  /// - Returns: A reading without facts.
  package func with(claims: [ClaimCandidate]) -> DocumentReading {
    DocumentReading(
      publisher: publisher,
      published: published,
      sourceKind: sourceKind,
      claims: claims,
      facts: [],
      notClaims: [],
      parties: parties
    )
  }
}

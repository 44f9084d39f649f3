internal import Claims

/// All laws on small random books.
public enum RandomLaws {
  /// What one of them breaks.
  ///
  /// - Parameters:
  ///   - seed: Which book.
  ///   - isShort: Whether one year and two rows will do.
  /// - Returns: The breaches, the book named in each.
  /// - Throws: Why the draw is no book.
  public static func breaches(seed: UInt64, isShort: Bool = false) throws -> [Laws.Breach] {
    let book = try RandomBook.contents(seed: seed)
    let policy = Policy.allCases[Int(seed % UInt64(Policy.allCases.count))]
    let laws = try Laws(
      book,
      day("2026-05-10"),
      years: isShort ? 2025...2025 : 2024...2026,
      policy: policy
    )
    var breaches = try laws.breachesOfParts()
    breaches += try laws.breachesUnderOtherNames(seed: seed)
    breaches += try laws.breaches(asOf: day("2025-03-31"))
    let rows = book.evidenceRows
    let first = Int(seed) % rows.count
    for row in isShort ? [rows[first], rows[(first * 7 + 3) % rows.count]] : rows {
      breaches += try laws.breaches(without: row)
    }
    if let claim = book.claims.first {
      for source in isShort ? ["filing"] : ["filing", "analyst"] {
        breaches += try laws.breaches(confirming: claim.id, in: source)
      }
    }
    return breaches.map {
      Laws.Breach(law: $0.law, what: "book \(seed): " + $0.what, key: $0.key, values: $0.values)
    }
  }
}

internal import Claims
package import Readers

/// Candidates in one line each.
package enum CandidateText {
  /// A claim.
  package static func line(_ claim: ClaimCandidate) -> String {
    var parts = ["\(claim.payer) → \(claim.payee)", claim.kind, claim.status]
    if claim.unit != nil {
      parts.append(amount(claim.low, claim.high, claim.unit ?? "", per: claim.per))
    }
    if let start = claim.start { parts.append("from \(start)") }
    if let end = claim.end { parts.append("to \(end)") }
    if let months = claim.termMonths { parts.append("\(months) months") }
    if let teller = claim.teller { parts.append("told by \(teller)") }
    if let says = claim.says { parts.append(says.rawValue + (claim.about.map { " \($0)" } ?? "")) }
    if let deal = claim.deal { parts.append("deal \(deal)") }
    return parts.joined(separator: " · ")
  }

  /// A fact.
  package static func line(_ fact: FactCandidate) -> String {
    let other = fact.counterparty.map { " (\($0))" } ?? ""
    return
      "\(fact.party) · \(fact.metric)\(other) · \(amount(fact.low, fact.high, fact.unit, per: nil))"
      + (fact.start.map { " · \($0)" } ?? "")
  }

  /// An amount with its unit: `at most 5bn USD a year`.
  ///
  /// - Parameters:
  ///   - low: The least.
  ///   - high: The most.
  ///   - unit: The unit.
  ///   - per: Of what time, where it is a rate.
  /// - Returns: The words.
  package static func amount(_ low: Bound?, _ high: Bound?, _ unit: String, per: String?) -> String
  {
    let text =
      switch (low, high) {
      case (let low?, let high?) where low == high: low.short
      case (let low?, let high?): "\(low.short)–\(high.short)"
      case (nil, let high?): "at most \(high.short)"
      case (let low?, nil): "at least \(low.short)"
      case (nil, nil): "unknown"
      }
    return "\(text) \(unit)" + (per.map { " a \($0)" } ?? "")
  }
}

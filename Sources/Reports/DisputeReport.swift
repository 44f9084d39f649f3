package import Claims
internal import Tables

/// Deals about which tellers disagree, each with both accounts and who gives them.
package struct DisputeReport: Report, Codable {
  /// One side of a dispute.
  package struct Side: Codable, Sendable {
    /// The deal by this account; `nil` where the side only denies.
    package let account: DealLine?
    /// Who says so, and where.
    package let claim: ClaimLine
  }

  /// One thing that is contested.
  package struct Entry: Codable, Sendable {
    /// What the sides differ in.
    package let aspect: String
    /// The account that stands.
    package let standing: Side
    /// The account against it.
    package let contesting: Side
  }

  /// A deal with what is contested about it.
  package struct DealEntry: Codable, Sendable {
    /// The deal as it stands.
    package let deal: DealLine
    /// What is contested.
    package let disputes: [Entry]
    /// Everything that was said of it, in the order it became known.
    package let claims: [ClaimLine]
  }

  /// The day.
  package let asOf: String
  /// The deals, by id.
  package let deals: [DealEntry]

  /// Lists the disputes of a view; of the deals of `party` only, where given.
  package init(_ view: View, party: String? = nil) {
    asOf = view.request.asOf.description
    deals = view.deals.filter(\.isDisputed)
      .filter { party == nil || [$0.deal.payer, $0.deal.payee].contains(party) }
      .map { Self.entry($0, view) }
  }

  private static func entry(_ dealView: DealView, _ view: View) -> DealEntry {
    DealEntry(
      deal: DealLine(dealView),
      disputes: entries(of: dealView, view),
      claims: dealView.claims.map { ClaimLine($0, in: dealView.deal, view: view) }
    )
  }

  /// What is contested about one deal, each with both sides.
  static func entries(of dealView: DealView, _ view: View) -> [Entry] {
    let lines = dealView.claims.map { ClaimLine($0, in: dealView.deal, view: view) }
    let byID = Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0) })
    return dealView.disputes.compactMap { dispute -> Entry? in
      guard let standing = byID[dispute.standing], let other = byID[dispute.contesting] else {
        return nil
      }
      return Entry(
        aspect: dispute.aspect.rawValue,
        standing: Side(account: DealLine(dealView), claim: standing),
        contesting: Side(
          account: dispute.reading.map { DealLine(dealView, reading: dealView.readings[$0]) },
          claim: other
        )
      )
    }
  }

  /// The report for a person: both sides next to each other, then the whole story.
  package func text(_ names: PartyNames) -> String {
    var lines = ["Disputed as of \(asOf): \(counted(deals.count, "deal"))"]
    for entry in deals {
      let deal = entry.deal
      lines.append("")
      lines.append("\(names(deal.payer)) → \(names(deal.payee)): \(deal.title)  [\(deal.id)]")
      for dispute in entry.disputes {
        lines.append("  \(dispute.aspect) disputed")
        for (word, side) in [("stands", dispute.standing), ("against", dispute.contesting)] {
          lines.append("    \(word): \(side.account?.account ?? "denied, without another account")")
          lines += side.claim.lines(indent: 6)
        }
      }
      let cited = Set(entry.disputes.flatMap { [$0.standing.claim.id, $0.contesting.claim.id] })
      let others = entry.claims.filter { !cited.contains($0.id) }
      if !others.isEmpty { lines.append("  also said") }
      for claim in others { lines += claim.lines(indent: 4) }
    }
    return lines.legibleText + "\n"
  }
}

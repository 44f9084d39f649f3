package import Claims
internal import Tables

/// One deal with all that was said of it, in the order it became known, and each account of it.
package struct DealStory: Report, Codable {
  /// The deal as it stands.
  package let deal: DealLine
  /// What an editor wants a reader to know.
  package let note: String
  /// What is to be delivered, in words; empty where nobody says.
  package let capacity: String
  /// What is contested about it, each with both sides.
  package let disputes: [DisputeReport.Entry]
  /// All that counts, in the order it became known.
  package let claims: [ClaimLine]
  /// What was said and then corrected by whoever said it.
  package let superseded: [ClaimLine]

  /// Tells the story of the deal called `id`; `nil` where nothing that counts in the view speaks of it.
  package init?(_ id: String, in view: View) {
    guard let found = view.deals.first(where: { $0.deal.id == id }) else { return nil }
    deal = DealLine(found)
    note = found.deal.note
    capacity =
      found.deal.capacity.map { "\($0) \(found.deal.capacityUnit)" } ?? found.deal.capacityUnit
    disputes = DisputeReport.entries(of: found, view)
    claims = found.claims.map { ClaimLine($0, in: found.deal, view: view) }
    superseded = found.superseded.map { ClaimLine($0.claim, in: found.deal, view: view) }
  }

  /// The story for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = ["\(names(deal.payer)) → \(names(deal.payee)): \(deal.title)  [\(deal.id)]"]
    lines.append("  \(deal.kind): \(deal.account)\(deal.disputed ? "; disputed" : "")")
    lines += wrapped(note)
    for claim in claims { lines += claim.lines(indent: 2) }
    if !superseded.isEmpty { lines += ["", "Corrected since"] }
    for claim in superseded { lines += claim.lines(indent: 2) }
    return lines.legibleText + "\n"
  }
}

package import Claims
internal import Tables

/// What changed between two days, deal by deal, with the claims that changed it.
package struct DiffReport: Report, Codable {
  /// One deal of which something new was said.
  package struct Change: Codable, Sendable {
    /// The deal as it stands on the later day.
    package let deal: DealLine
    /// How it stood on the earlier day; `nil` when the book did not know of it.
    package let before: DealLine?
    /// Whether it became disputed, or ceased to be.
    package let disputeOpened: Bool
    /// What was said in between.
    package let claims: [ClaimLine]
  }

  /// The earlier day.
  package let from: String
  /// The later day.
  package let to: String
  /// Deals by the day of the first new claim.
  package let changes: [Change]
  /// Figures about parties that were told in between.
  package let facts: [PartyReport.FactLine]
  /// What all this did to the figures of a period; `nil` where that was not asked for.
  @Nullable package private(set) var figures: FigureChanges?

  /// Compares two views of one book.
  ///
  /// - Parameters:
  ///   - earlier: The book on the earlier day.
  ///   - later: The same on the later day.
  ///   - party: Only deals of this party and facts about it, where given.
  ///   - figures: What it did to the figures of a period.
  package init(
    from earlier: View,
    to later: View,
    party: String? = nil,
    figures: FigureChanges? = nil
  ) {
    self.figures = figures
    facts = later.facts.filter { fact in
      fact.reported.last > earlier.request.asOf
        && (party == nil || [fact.party, fact.counterparty].contains(party))
    }.sorted { ($0.reported.last, $0.id) < ($1.reported.last, $1.id) }
      .map { PartyReport.FactLine($0, later) }
    from = earlier.request.asOf.description
    to = later.request.asOf.description
    let before = Dictionary(uniqueKeysWithValues: earlier.deals.map { ($0.deal.id, $0) })
    let deals = later.deals.filter {
      party == nil || [$0.deal.payer, $0.deal.payee].contains(party)
    }
    let changed = deals.compactMap { now -> (first: Day, change: Change)? in
      let fresh = now.claims.filter { $0.reported.last > earlier.request.asOf }
      guard let first = fresh.first else { return nil }
      let old = before[now.deal.id]
      return (
        first.reported.last,
        Change(
          deal: DealLine(now),
          before: old.map { DealLine($0) },
          disputeOpened: now.isDisputed && old?.isDisputed != true,
          claims: fresh.map { ClaimLine($0, in: now.deal, view: later) }
        )
      )
    }
    changes = changed.sorted { ($0.first, $0.change.deal.id) < ($1.first, $1.change.deal.id) }
      .map(\.change)
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = ["What changed from \(from) to \(to): \(counted(changes.count, "deal"))"]
    for change in changes {
      let deal = change.deal
      lines.append("")
      lines.append("\(names(deal.payer)) → \(names(deal.payee)): \(deal.title)  [\(deal.id)]")
      let state = deal.account + (deal.disputed ? "; disputed" : "")
      if let before = change.before {
        lines.append(
          before.account == deal.account ? "  still: \(state)" : "  was: \(before.account)"
        )
        if before.account != deal.account { lines.append("  now: \(state)") }
      } else {
        lines.append("  new: \(state)")
      }
      for claim in change.claims { lines += claim.lines(indent: 4) }
    }
    lines += factLines(names) + (figures?.lines(names) ?? [])
    return lines.legibleText + "\n"
  }

  private func factLines(_ names: PartyNames) -> [String] {
    guard !facts.isEmpty else { return [] }
    var table = TextTable([.left, .right, .left])
    for fact in facts {
      let other = fact.counterparty.map { " · \(names($0))" } ?? ""
      table.add(
        fact.id,
        fact.value,
        "\(fact.party.map(names.name) ?? "")\(other): \(fact.metricWords), \(fact.period); \(fact.teller)"
      )
    }
    return ["", "Figures told in between: \(facts.count)"] + table.lines()
  }
}

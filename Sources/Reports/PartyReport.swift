package import Claims
internal import Networks
internal import Tables

/// What a book says of one party: who it is, what it pays and is paid, its accounts and its deals.
package struct PartyReport: Report, Codable {
  /// One fact, with where it is said.
  package struct FactLine: Codable, Sendable {
    /// The segment, or the metric that is planned; empty for none.
    package let part: String
    /// The fact's id.
    package let id: String
    /// Whom it is about, by id.
    package let party: String?
    /// What is measured.
    package let metric: String
    /// The other side, by id.
    package let counterparty: String?
    /// The value in words.
    package let value: String
    /// The least of it, in its unit.
    package let low: Double?
    /// The most of it.
    package let high: Double?
    /// What it is counted in: a currency, percent, shares, units or GW.
    package let unit: String
    /// The period.
    package let period: String
    /// Who says so.
    package let teller: String
    /// How far the teller is trusted.
    package let trust: String
    /// The source's id.
    package let source: String
    /// The editor's words.
    package let note: String
  }

  /// The party's id.
  package let id: String
  /// Its name.
  package let name: String
  /// What it is.
  package let kind: String
  /// The group it belongs to; itself where it belongs to none.
  package let group: String
  /// Whether it is part of the sector under study.
  package let inside: Bool
  /// What an editor wants a reader to know.
  package let note: String
  /// What the flows are of.
  package let period: String
  /// Money paid to its group.
  package let receives: [FlowLine]
  /// Money paid by its group.
  package let pays: [FlowLine]
  /// Deals it takes part in.
  package let deals: [DealLine]
  /// What it was said to plan, beside what came of it.
  package let plans: [PlanLine]
  /// Facts about it.
  package let facts: [FactLine]

  /// Gathers what the view of `footing` says of `party`, a party of the book.
  package init?(_ party: String, in footing: Footing) {
    let view = footing.ledger.view
    guard let row = view.party(party) else { return nil }
    (id, name, kind, inside, note) = (row.id, row.name, row.kind.rawValue, row.isInside, row.note)
    let group = view.group(of: party)
    self.group = group
    period = footing.ledger.request.period.description
    let flows = FlowLines(footing).all
    receives = flows.filter { [party, group].contains($0.payee) }
    pays = flows.filter { [party, group].contains($0.payer) }
    deals = view.deals.filter { [$0.deal.payer, $0.deal.payee].contains(party) }
      .map { DealLine($0) }
    plans = PlanLine.all(of: view) { who, _ in who == party }
    facts = view.facts.filter { $0.party == party || $0.counterparty == party }
      .map { FactLine($0, view) }
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = ["\(name)  [\(id)]"]
    let belongs = group == id ? "" : ", counted with \(names(group))"
    lines.append("  \(kind), \(inside ? "inside" : "outside") the sector\(belongs)")
    lines += wrapped(note)
    let whole = group == id ? "" : ", all of \(names(group)) together"
    for (title, flows) in [
      ("Is paid in \(period)\(whole)", receives), ("Pays in \(period)\(whole)", pays),
    ] {
      guard !flows.isEmpty else { continue }
      var table = TextTable([.left, .right, .left, .left])
      for flow in flows {
        table.add(
          names(title.hasPrefix("Is") ? flow.payer : flow.payee),
          flow.amountWords,
          flow.gradeWords,
          flow.evidence.prefix(8).joined(separator: " ")
        )
      }
      lines += ["", title] + table.lines()
    }
    lines += dealLines(names) + planLines(names) + factLines(names)
    return lines.legibleText + "\n"
  }

  private func dealLines(_ names: PartyNames) -> [String] {
    guard !deals.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left])
    for deal in deals {
      table.add(
        deal.id,
        "\(names(deal.payer)) → \(names(deal.payee))",
        deal.account + (deal.disputed ? "; disputed" : "")
      )
    }
    return ["", "Deals"] + table.lines()
  }

  private func planLines(_ names: PartyNames) -> [String] {
    guard !plans.isEmpty else { return [] }
    return ["", "What was planned, and what came of it"] + plans.flatMap { $0.lines(names) }
  }

  private func factLines(_ names: PartyNames) -> [String] {
    guard !facts.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left, .left])
    for fact in facts {
      let other = fact.counterparty.map { " · \(names($0))" } ?? ""
      table.add(
        fact.id,
        fact.metricWords + other,
        fact.value,
        fact.period,
        "\(fact.teller) (\(fact.trust))  [\(fact.source)]"
      )
    }
    return ["", "Facts"] + table.lines()
  }
}

extension PartyReport.FactLine {
  /// What is measured, with the segment or the metric that is planned.
  package var metricWords: String { part.isEmpty ? metric : "\(metric) (\(part))" }

  /// Takes a fact of a view.
  package init(_ fact: Fact, _ view: View) {
    id = fact.id
    party = fact.party
    metric = fact.metric.rawValue
    part = fact.part
    counterparty = fact.counterparty
    value = Self.words(fact)
    (low, high) = (fact.low?.double, fact.high?.double)
    unit = fact.unit.description
    let ends = [fact.start, fact.start == fact.end ? nil : fact.end].compactMap(\.self)
    period = ends.map(\.description).joined(separator: " to ")
    teller = fact.teller.map(view.name) ?? view.source(fact.source)?.publisher ?? fact.source
    trust = view.trust(of: fact).description
    source = fact.source
    note = fact.note
  }

  private static func words(_ fact: Fact) -> String {
    if let amount = fact.amount { return Figures.money(amount) }
    switch (fact.low, fact.high) {
    case (let low?, let high?):
      return low == high ? "\(low) \(fact.unit)" : "\(low) – \(high) \(fact.unit)"
    case (let low?, nil): return "at least \(low) \(fact.unit)"
    case (nil, let high?): return "up to \(high) \(fact.unit)"
    case (nil, nil): return "no figure"
    }
  }
}

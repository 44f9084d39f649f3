package import Claims
internal import Tables

/// One document with all that it says, or all documents of a book.
package struct SourceReport: Report, Codable {
  /// A claim with the deal it is about.
  package struct DealClaim: Codable, Sendable {
    /// The deal's id.
    package let deal: String
    /// What the deal is.
    package let title: String
    /// Who pays, by id.
    package let payer: String
    /// Who is paid, by id.
    package let payee: String
    /// What is said of it.
    package let claim: ClaimLine
  }

  /// The source's id.
  package let id: String
  /// Who published it.
  package let publisher: String
  /// What it is called.
  package let title: String
  /// When it came out; empty where nobody says.
  package let published: String
  /// Where it is.
  package let url: String
  /// What it is, as `filing`.
  package let kind: String
  /// How an editor saw it.
  package let seenAs: String
  /// What an editor wants a reader to know.
  package let note: String
  /// What it says of deals and counts in the view, in the order of the deals.
  package let claims: [DealClaim]
  /// What it says of parties and counts in the view.
  package let facts: [PartyReport.FactLine]

  /// Gathers what the source called `id` says; `nil` where the book has none.
  package init?(_ id: String, in view: View) {
    guard let source = view.source(id) else { return nil }
    self.init(source, in: view)
  }

  private init(_ source: Source, in view: View) {
    (id, publisher, title) = (source.id, source.publisher, source.title)
    (url, kind, seenAs) = (source.url, source.kind.rawValue, source.seenAs)
    published = source.published?.description ?? ""
    note = source.note
    claims = view.deals.flatMap { deal in
      deal.claims.filter { $0.source == source.id }.map { claim in
        DealClaim(
          deal: deal.deal.id,
          title: deal.deal.title,
          payer: deal.deal.payer,
          payee: deal.deal.payee,
          claim: ClaimLine(claim, in: deal.deal, view: view)
        )
      }
    }
    facts = view.facts.filter { $0.source == source.id }.map { PartyReport.FactLine($0, view) }
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = ["\(publisher): \(title)  [\(id)]"]
    lines.append("  \([kind, published, url].filter { !$0.isEmpty }.joined(separator: ", "))")
    lines += wrapped(note)
    for entry in claims {
      lines += ["", "\(names(entry.payer)) → \(names(entry.payee)): \(entry.title)"]
      lines += entry.claim.lines(indent: 2)
    }
    guard !facts.isEmpty else { return lines.legibleText + "\n" }
    var table = TextTable([.left, .left, .left])
    for fact in facts {
      let about = fact.party.map(names.name) ?? ""
      table.add(fact.id, "\(about): \(fact.metricWords) \(fact.value)", fact.period)
    }
    return (lines + ["", "Facts"] + table.lines()).legibleText + "\n"
  }
}

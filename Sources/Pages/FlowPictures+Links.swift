package import Claims
internal import Reports

extension FlowPictures {
  /// Where the marks of a drawing, and the words beside it, lead.
  package struct Links: Sendable {
    /// Of a party, by id.
    let party: @Sendable (String) -> String?
    /// Of a claim, a fact or an assumption, by id.
    let row: @Sendable (String) -> String?
    /// Of a deal, by id.
    let deal: @Sendable (String) -> String?
    /// Of a source, by id.
    let source: @Sendable (String) -> String?
    /// Of all that one party pays another, both by id.
    let pair: @Sendable (String, String) -> String?
    /// Of what some parties pay round, by id.
    var round: @Sendable ([String]) -> String? = { _ in nil }

    /// Leads to the rows of the page that holds the drawing, and to the `parties` it lists.
    package static func withinPage(parties: [String]) -> Links {
      let listed = Set(parties)
      return Links(
        party: { listed.contains($0) ? "#party-\($0)" : nil },
        row: { "#row-\($0)" },
        deal: { _ in nil },
        source: { "#source-\($0)" },
        pair: { _, _ in nil }
      )
    }

    /// Leads nowhere.
    package static let nowhere = Links(
      party: { _ in nil },
      row: { _ in nil },
      deal: { _ in nil },
      source: { _ in nil },
      pair: { _, _ in nil }
    )

    /// Leads to the document in which a claim or a fact stands.
    package static func toSources(of view: View) -> Links {
      let sources = Dictionary(
        view.contents.claims.map { ($0.id, $0.source) } + view.facts.map { ($0.id, $0.source) }
      ) { first, _ in first }
      return Links(
        party: { _ in nil },
        row: { id in sources[id].flatMap { view.source($0)?.url } },
        deal: { _ in nil },
        source: { view.source($0)?.url },
        pair: { _, _ in nil }
      )
    }

    /// Leads to the views of a served book, each asked the same question.
    ///
    /// - Parameters:
    ///   - query: The question, as it stands behind the `?` of an address.
    ///   - contents: The book.
    /// - Returns: The links; parties that the book has no row of lead nowhere.
    package static func served(_ query: String, of contents: BookContents) -> Links {
      let parties = Set(contents.parties.map(\.id))
      return Links(
        party: { parties.contains($0) ? "/party/\($0)?\(query)" : nil },
        row: { "/row/\($0)?\(query)" },
        deal: { "/deal/\($0)?\(query)" },
        source: { "/source/\($0)?\(query)" },
        pair: { payer, payee in
          guard parties.contains(payer), parties.contains(payee) else { return nil }
          return "/path?party=\(payer)&party=\(payee)&\(query)"
        },
        round: { round in
          guard (2...8).contains(round.count), parties.isSuperset(of: round) else { return nil }
          return "/path?\(round.map { "party=\($0)&" }.joined())\(query)"
        }
      )
    }

    /// Of a flow: all of it, or the first row behind it that leads somewhere.
    func flow(_ flow: FlowLine) -> String? {
      pair(flow.payer, flow.payee) ?? flow.evidence.lazy.compactMap(row).first
    }
  }
}

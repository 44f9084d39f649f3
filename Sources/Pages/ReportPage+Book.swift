internal import Claims
internal import Drawing
internal import Reports

/// The parts of the page that show parties, disputes, flows, and the rows of the book.
extension ReportPage {
  var parties: HTML {
    let rows = content.report.parties.map { party in
      Row(
        [
          named(party.id), "\(money(party.throughflow))",
          "\(party.returnProbability.map { Figures.percent($0) } ?? "–")",
          shares(party.through.prefix(3)), shares(party.origins.prefix(4)),
          "\(EconomyReport.effectiveCount(party.payersLow, party.payersHigh))",
          "\(EconomyReport.effectiveCount(party.sourcesLow, party.sourcesHigh))",
        ],
        id: "party-\(party.id)"
      )
    }
    let columns: [Column] = [
      .words(""), .figure("passes through"), .figure("comes back"), .words("through whom"),
      .words("started as"), .figure("payers"), .figure("looked through"),
    ]
    return section(
      "parties",
      "Whose money each lives on",
      """
      <p>Comes back: the chance that a dollar passing through returns. Started as: followed back to \
      outside money. The last two columns say as how many equal payers, or ultimate sources, they are as \
      concentrated; unnamed ones counted as one, or as many.</p>
      \(table(columns, rows))
      """
    )
  }

  private func shares(_ shares: ArraySlice<EconomyReport.PartyLine.Share>) -> HTML {
    .joined(shares.map { "\(named($0.id)) \(Figures.percent($0.share))" }, ", ")
  }

  var disputes: HTML {
    let entries = content.disputes.deals.map { entry -> HTML in
      let sides = entry.disputes.map { dispute -> HTML in
        """
        <div class="sides"><div><h4>Stands: \(account(dispute.standing))</h4>\
        \(quote(dispute.standing.claim))</div><div><h4>Against: \(account(dispute.contesting))</h4>\
        \(quote(dispute.contesting.claim))</div></div>

        """
      }
      return """
        <article><h3>\(names.name(entry.deal.payer)) → \(names.name(entry.deal.payee)): \
        \(deal(entry.deal))</h3>\(sides)<p>All that was said: \(plainLinks(entry.claims.map(\.id)[...]))</p></article>

        """
    }
    return section(
      "disputes",
      "Disputed: \(content.disputes.deals.count) deals",
      entries.isEmpty ? "<p>Nothing is disputed.</p>" : "\(entries)"
    )
  }

  private func account(_ side: DisputeReport.Side) -> String {
    side.account?.account ?? "denied, without another account"
  }

  private func quote(_ claim: ClaimLine) -> HTML {
    """
    <p>\(link(claim.id, to: addresses.row(claim.id))) \(claim.reported), \(claim.teller) (\(claim.trust)): \
    \(claim.says)</p><p class="quote">\(claim.words)</p>
    """
  }

  var flows: HTML {
    section(
      "flows",
      "Who pays whom",
      """
      <h3>Flows of \(content.report.header.period)</h3>\(flowTable(content.flows.flows))
      <h3>Promised and still to run on \(content.report.header.asOf)</h3>\
      \(flowTable(content.commitments.flows))
      """
    )
  }

  var leftOut: HTML {
    let rows = content.leftOut.leftOut.map { left in
      let pair = "\(names.name(left.deal.payer)) → \(names.name(left.deal.payee))"
      return Row([
        "\(pair): \(deal(left.deal))", "\(left.explanation)", "\(left.money.map(money) ?? "")",
        links(left.deal.claims),
      ])
    }
    let unknown = content.report.unplaced.map { pair -> HTML in
      let most = pair.most.map { "at most \(money($0))" } ?? "no total says how much"
      return "<li>\(names.name(pair.payer)) → \(names.name(pair.payee)): \(most)</li>\n"
    }
    let gaps = content.report.gaps.map { gap -> HTML in
      "<li>\(names.name(gap.party)): \(gap.unknown.joined(separator: ", "))</li>\n"
    }
    let unrated = content.report.unratedLines(names).map { line -> HTML in "<li>\(line)</li>\n" }
    let contested = content.report.contradictionLines(names).map { line -> HTML in
      "<li>\(line)</li>\n"
    }
    let told =
      unrated.isEmpty && contested.isEmpty
      ? "" : "<ul class=\"rows\">\(unrated)\(contested)</ul>\n" as HTML
    return section(
      "left-out",
      "Left out: \(rows.count) deals",
      """
      \(told)\(table([.words("deal"), .words("why"), .figure("money unplaced"), .words("rows of the book")], rows))
      <h3>Known to deal, for sums nobody knows</h3><ul>\(unknown)</ul>
      <h3>Not known for nine tenths of \(content.report.header.period)</h3><ul>\(gaps)</ul>
      """
    )
  }

  /// Every claim, fact and assumption that counts, and the sources they stand in.
  var evidence: HTML {
    let view = content.view
    var anchors = Anchors()
    let claims = view.deals.flatMap { deal in
      (deal.claims + deal.superseded.map(\.claim)).map { claim in
        row(ClaimLine(claim, in: deal.deal, view: view), of: deal.deal, anchors.take(claim.id))
      }
    }
    let facts = view.facts.map { fact in
      row(PartyReport.FactLine(fact, view), anchors.take(fact.id))
    }
    let assumptions = view.contents.assumptions.map { assumption -> HTML in
      """
      <li\(anchors.take(assumption.id))><b>\(assumption.id)</b> \(assumption.name): \(assumption.low) to \
      \(assumption.high) \(assumption.unit) (\(assumption.basis.rawValue)). \(assumption.reason)</li>

      """
    }
    let told = view.deals.flatMap { $0.claims + $0.superseded.map(\.claim) }
    let cited = Set(told.map(\.source) + view.facts.map(\.source))
    let sources = view.contents.sources.filter { cited.contains($0.id) }.map(row)
    return section(
      "evidence",
      "The rows of the book",
      """
      <h3>Claims</h3><ul class="rows">\(claims)</ul><h3>Facts</h3><ul class="rows">\(facts)</ul>
      <h3>Assumptions</h3><ul class="rows">\(assumptions)</ul>
      <h3>Sources</h3><ul class="rows">\(sources)</ul>
      """
    )
  }

  private func row(_ claim: ClaimLine, of deal: Deal, _ anchor: HTML) -> HTML {
    """
    <li\(anchor)><b>\(claim.id)</b> \(claim.reported) · \(names.name(deal.payer)) → \
    \(names.name(deal.payee)) · \(claim.teller) (\(claim.trust)): \(claim.says). \(claim.words) \
    \(link(claim.publisher, to: addresses.source(claim.source)))</li>

    """
  }

  private func row(_ fact: PartyReport.FactLine, _ anchor: HTML) -> HTML {
    let other = fact.counterparty.map { " · \(names.name($0))" } ?? ""
    return """
      <li\(anchor)><b>\(fact.id)</b> \(fact.party.map(names.name) ?? "") · \(fact.metric)\
      \(other): \(fact.value), \(fact.period) · \(fact.teller) (\(fact.trust)). \(fact.note) \
      \(link(fact.source, to: addresses.source(fact.source)))</li>

      """
  }

  private func row(_ source: Source) -> HTML {
    let title: HTML =
      Address(source.url).flatMap { $0.isOutside ? $0.text : nil }.map { address -> HTML in
        "<a href=\"\(address)\" rel=\"noreferrer\">\(source.title)</a>"
      } ?? "\(source.title)"
    let published = source.published.map { ", \($0)" } ?? ""
    return """
      <li id="source-\(source.id)"><b>\(source.id)</b> \(source.publisher)\(published): \(title) \
      (\(source.kind.rawValue); seen as \(source.seenAs))</li>

      """
  }
}

/// The places that links to rows lead to: where rows of two tables share an id, the first.
private struct Anchors {
  private var taken: Set<String> = []

  mutating func take(_ id: String) -> HTML {
    taken.insert(id).inserted ? " id=\"row-\(id)\"" : ""
  }
}

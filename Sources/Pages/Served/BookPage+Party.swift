internal import Claims
package import Drawing
package import Reports

/// A party: in and out, whose money, where its money goes, its deals and its accounts.
extension BookPage {
  /// All that the book says of one party.
  ///
  /// - Parameters:
  ///   - report: What it is paid and pays, its deals and facts.
  ///   - trace: Whose money it lives on.
  ///   - footing: The network of both.
  /// - Returns: The view.
  /// - Throws: ``FlowDiagramError``, which a network of a ledger does not give.
  package func party(
    _ report: PartyReport,
    _ trace: TraceReport,
    _ footing: Footing
  ) throws(FlowDiagramError) -> HTML {
    let group: HTML = report.group == report.id ? "" : named(report.group)
    let who = pairs([
      ("what it is", "\(what(report))"),
      ("counted with", group), ("note", "\(report.note)"),
    ])
    let drawn = try diagram(footing, focus: report.group)
    var options = flowOptions("party")
    options.height = 460
    let picture: HTML =
      drawn.flows.isEmpty
      ? ""
      : figure("party", "What \(names.name(report.id)) is paid and pays", drawn.sankey(options).svg)
    let flows = [
      ("paid", "Is paid in \(report.period)", report.receives),
      ("pays", "Pays in \(report.period)", report.pays),
    ].map { id, title, lines -> HTML in
      section(id, title, lines.isEmpty ? "<p>Nothing is known.</p>" : flowTable(lines))
    }
    let charts = ChartPictures.facts(of: view, party: report.id, links: addresses).enumerated()
      .map { index, entry -> HTML in
        let options = chartOptions("fact-\(index + 1)", width: 460)
        return figure("fact-\(index + 1)", entry.metric, entry.chart.picture(options).svg)
      }
    let plans = ChartPictures.plans(
      report.plans,
      asOf: view.request.asOf.description,
      links: addresses
    )
    .map { figure("plans", "Planned, and what came of it", $0.picture(chartOptions("plans")).svg) }
    let small: HTML = charts.isEmpty ? "" : "<div class=\"small-charts\">\(charts)</div>"
    let deals = report.deals.map { deal in
      Row([
        self.deal(deal), pair(deal.payer, deal.payee),
        "\(deal.account)\(deal.disputed ? "; disputed" : "")", links(deal.claims),
      ])
    }
    let timeline = ChartPictures.timeline(of: view, party: report.id, top: 20, links: addresses)
    let story: HTML =
      deals.isEmpty
      ? ""
      : figure(
        "deals",
        "Its deals over time",
        timeline.picture(chartOptions("deals", hasTitle: false)).svg
      )
    return """
      \(contents([
        ("whose", "Whose money"), ("paid", "Is paid"), ("pays", "Pays"), ("its-deals", "Deals"),
        ("accounts", "Accounts"),
      ]))\(who)\(picture)\(whose(trace))\(flows)
      \(section("its-deals", "Deals: \(deals.count)", deals.isEmpty ? "<p>None.</p>" : story + table(
        [.words("deal"), .words("who pays whom"), .words("as it stands"), .words("rows of the book")],
        deals
      )))
      \(section("accounts", "What is said of its accounts: \(report.facts.count)", """
        \(plans ?? "")\(small)\
        \(report.facts.isEmpty ? "<p>Nothing.</p>" : table(Self.factColumns, report.facts.map(factRow)))
        """))
      """
  }

  private func what(_ report: PartyReport) -> String {
    let role = view.party(report.id)?.role ?? ""
    return "\(report.kind)\(role.isEmpty ? "" : " (\(role))"), "
      + "\(report.inside ? "inside" : "outside") the sector"
  }

  /// Whose money a party lives on, through whom it came, and how much of what passes comes back.
  private func whose(_ trace: TraceReport) -> HTML {
    guard let line = trace.line, trace.receipts > 0 else {
      return section("whose", "Whose money it lives on", "<p>Nothing is known to reach it.</p>")
    }
    let shares = { (shares: ArraySlice<EconomyReport.PartyLine.Share>) -> [Row] in
      shares.map { Row([named($0.id), "\(Figures.percent($0.share))"]) }
    }
    let unsourced =
      line.unsourced > 0.0005
      ? [Row(["no outside money", "\(Figures.percent(line.unsourced))"])] : []
    let returns =
      line.returnProbability.map { chance -> HTML in
        "<p>Of each dollar that passes through it, \(Figures.percent(chance)) comes back to it.</p>"
      } ?? ""
    return section(
      "whose",
      "Whose money it lives on",
      """
      <p>It takes in \(money(trace.receipts)) in \(trace.period).</p>\(returns)
      <div class="columns"><div><h3>Who pays it, and whose money that was</h3>\
      <ul class="tree">\(trace.payers.map(branch))</ul></div>
      <div><h3>Through whom it came</h3>\
      \(table([.words("party"), .figure("share")], shares(line.through.prefix(10))))</div>
      <div><h3>Where it started</h3>\
      \(table([.words("from outside"), .figure("share")], shares(line.origins.prefix(12)) + unsourced))</div></div>
      """
    )
  }

  private func branch(_ branch: TraceReport.Branch) -> HTML {
    let below: HTML = branch.payers.isEmpty ? "" : "<ul>\(branch.payers.map(self.branch))</ul>"
    return """
      <li>\(named(branch.id)) <b>\(Figures.percent(branch.share))</b> \(money(branch.amount)) \
      <span class="cited">\(links(Array(branch.evidence.prefix(4))))</span>\(below)</li>

      """
  }

  /// All parties of the book, those inside first.
  package var parties: HTML {
    let deals = Dictionary(
      view.deals.flatMap { [$0.deal.payer, $0.deal.payee] }.map { ($0, 1) },
      uniquingKeysWith: +
    )
    let listed =
      view.contents.parties.filter(\.isInside) + view.contents.parties.filter { !$0.isInside }
    let rows = listed.map { party in
      Row([
        named(party.id), "\(party.name)", "\(party.kind.rawValue)", "\(party.role ?? "")",
        "\(party.isInside ? "inside" : "outside")", "\(deals[party.id] ?? 0)",
      ])
    }
    return table(
      [
        .words("party"), .words("legal name"), .words("kind"), .words("role"), .words("sector"),
        .figure("deals"),
      ],
      rows
    )
  }
}

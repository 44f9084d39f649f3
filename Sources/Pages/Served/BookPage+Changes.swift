internal import Claims
package import Reports

/// What is disputed, what changed, and what cannot be true together.
extension BookPage {
  /// What tellers disagree about, side by side.
  package func disputes(_ report: DisputeReport) -> HTML {
    guard !report.deals.isEmpty else {
      return "<p class=\"answer\">Nothing is disputed as of \(report.asOf).</p>"
    }
    let entries = report.deals.map { entry -> HTML in
      let cited = Set(entry.disputes.flatMap { [$0.standing.claim.id, $0.contesting.claim.id] })
      let others = entry.claims.filter { !cited.contains($0.id) }
      let rest: HTML =
        others.isEmpty
        ? ""
        : "<details><summary>Also said: \(others.count)</summary><ul class=\"rows\">\(others.map { claim($0) })</ul></details>"
      return """
        <article id="deal-\(entry.deal.id)"><h2>\(pair(entry.deal.payer, entry.deal.payee)): \
        \(deal(entry.deal))</h2>\(entry.disputes.map(sides))\(rest)</article>

        """
    }
    return """
      <p class="answer">\(Figures.count(report.deals.count, "deal")) disputed as of \(report.asOf). Both \
      accounts are kept, and every measure can be taken under each.</p>
      \(entries)
      """
  }

  /// What changed between two days, and what it did to the figures.
  ///
  /// - Parameter report: The changes; `nil` before two days are chosen.
  /// - Returns: The view.
  package func changes(_ report: DiffReport) -> HTML {
    let days: HTML = """
      <form action="/changes" method="get" class="find">\(hidden)<label>From <input type="date" name="from" \
      value="\(report.from)"></label> <label>to <input type="date" name="to" value="\(report.to)"></label> \
      <button>Compare</button></form>

      """
    let changes = report.changes.map { change -> HTML in
      let deal = change.deal
      let state = deal.account + (deal.disputed ? "; disputed" : "")
      let lines: HTML
      if let before = change.before {
        lines =
          before.account == deal.account
          ? "<dt>still</dt><dd>\(state)</dd>"
          : "<dt>was</dt><dd>\(before.account)</dd><dt>now</dt><dd>\(state)</dd>"
      } else {
        lines = "<dt>new</dt><dd>\(state)</dd>"
      }
      let opened: HTML = change.disputeOpened ? " <span class=\"mark\">now disputed</span>" : ""
      return """
        <article><h3>\(pair(deal.payer, deal.payee)): \(self.deal(deal))\(opened)</h3>
        <dl class="pairs">\(lines)</dl><ul class="rows">\(change.claims.map { claim($0) })</ul></article>

        """
    }
    let facts: HTML =
      report.facts.isEmpty
      ? ""
      : section(
        "facts",
        "Figures told in between: \(report.facts.count)",
        table(Self.factColumns, report.facts.map(factRow))
      )
    return """
      \(days)<p class="answer">Between \(report.from) and \(report.to) something new was said of \
      \(Figures.count(report.changes.count, "deal")).</p>
      \(report.figures.map(figures) ?? "")
      \(section("deals", "Deal by deal", changes.isEmpty ? "<p>Nothing new was said.</p>" : "\(changes)"))
      \(facts)
      """
  }

  private func figures(_ figures: FigureChanges) -> HTML {
    let title = "What it did to the figures of \(figures.period)"
    guard !figures.footings.isEmpty || !figures.flows.isEmpty else {
      return section("figures", title, "<p>No figure of \(figures.period) is another.</p>")
    }
    let cell = { (total: FootingLine.Range, share: FootingLine.Range) -> HTML in
      "\(money(total.low, total.high)), \(Figures.percent(share.low, share.high))"
    }
    let lines = figures.footings.map { line in
      Row([
        "\(line.footing.rawValue)", cell(line.totalBefore, line.shareBefore),
        cell(line.totalAfter, line.shareAfter),
      ])
    }
    let flows = figures.flows.map { flow in
      Row([
        pair(flow.payer, flow.payee), "\(flow.before?.amountWords ?? "nothing")",
        "\(flow.after?.amountWords ?? "nothing")", links(flow.rows),
      ])
    }
    return section(
      "figures",
      title,
      """
      \(lines.isEmpty ? "<p>No share is another.</p>" : table(
        [.words("footing"), .figure("before: paid inside, on loops"), .figure("after")],
        lines
      ))
      \(flows.isEmpty ? "" : "<h3>Flows that changed: \(flows.count)</h3>" + table(
        [.words("who pays whom"), .figure("before"), .figure("after"), .words("by these rows")],
        flows
      ))
      """
    )
  }

  /// Where sources contradict each other, and where promises do not fit the accounts.
  package func check(_ report: CheckReport) -> HTML {
    let totals = report.contradictions.map { line -> Row in
      let side = { (side: ContradictionLine.Side) -> HTML in
        "\(money(side.low, side.high)) \(links(side.evidence))"
      }
      let about: HTML =
        line.of.deal.map { link("deal \($0)", to: addresses.deal($0)) }
          ?? """
          \(line.of.metric ?? "") of \(line.of.party.map(named) ?? "")\
          \(line.of.counterparty.map { " from \(named($0))" as HTML } ?? "")
          """
      return Row([
        about, "\(line.period)", side(line.whole), side(line.parts), "\(line.stands)",
      ])
    }
    let facts = report.facts.map { fact -> Row in
      let accounts = fact.accounts.map { account -> HTML in
        "<li>\(account.words), \(account.teller) \(links([account.row]))</li>"
      }
      let other: HTML = fact.counterparty.map { " from \(named($0))" as HTML } ?? ""
      return Row([
        "\(fact.metric) of \(named(fact.party))\(other)", "\(fact.period)",
        "<ul class=\"accounts\">\(accounts)</ul>",
      ])
    }
    let clips = report.clips.map { clip in
      Row([
        "\(clip.isPayer ? "promised by" : "promised to") \(named(clip.party))", "\(clip.period)",
        "\(money(clip.planned))", "\(money(clip.room))", links(clip.evidence),
      ])
    }
    let disputes = report.disputes.map { deal in
      Row([self.deal(deal), pair(deal.payer, deal.payee), "\(deal.account)"])
    }
    let parts: [(String, String, [Column], [Row])] = [
      (
        "totals", "Totals that their parts do not add up to",
        [
          .words("what"), .words("period"), .words("the whole"), .words("the parts together"),
          .words("stands"),
        ], totals
      ),
      (
        "figures", "Figures of one period that cannot both be true",
        [.words("what"), .words("period"), .words("what stands, then what is against it")], facts
      ),
      (
        "disputed", "Deals that tellers disagree about",
        [.words("deal"), .words("who pays whom"), .words("as it stands")], disputes
      ),
      (
        "promises", "Promises that do not fit the accounts",
        [
          .words("whose"), .words("period"), .figure("promised"), .figure("the accounts leave"),
          .words("rows of the book"),
        ], clips
      ),
    ]
    let sections = parts.map { id, title, columns, rows -> HTML in
      section(id, "\(title): \(rows.count)", rows.isEmpty ? "<p>None.</p>" : table(columns, rows))
    }
    return """
      <p class="answer">As of \(report.asOf): \(Figures.count(totals.count, "total")), \
      \(Figures.count(facts.count, "figure")), \(Figures.count(disputes.count, "deal")) and \
      \(Figures.count(clips.count, "promise")) with two sides.</p>
      \(sections)
      """
  }
}

extension HTML {
  static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
}

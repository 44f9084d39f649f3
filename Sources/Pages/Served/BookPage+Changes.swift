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
    let told = { (teller: String, words: String) -> HTML in
      link(
        words,
        to: "/tellers?first=\(teller)&second=\(teller == "press" ? "companies" : "press")&\(query)"
      )
    }
    return """
      <p class="answer">\(Figures.count(report.deals.count, "deal")) disputed as of \(report.asOf). Both \
      accounts are kept, and the ranges of all figures hold both. \
      \(told("press", "What the press tells, beside what the companies do"))</p>
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
      \(contents([("figures", "The figures"), ("deals", "Deal by deal")]
        + (report.facts.isEmpty ? [] : [("facts", "Figures told")])))
      \(report.figures.map { figures($0, "What it did to the figures of \($0.period)", ("before", "after")) } ?? "")
      \(section("deals", "Deal by deal", changes.isEmpty ? "<p>Nothing new was said.</p>" : "\(changes)"))
      \(facts)
      """
  }

  /// What two tellers, or two groups of them, make of one period.
  ///
  /// - Parameters:
  ///   - figures: The figures that differ; `nil` before both are named.
  ///   - first: Whose word counts on the one side.
  ///   - second: Whose word counts on the other.
  /// - Returns: The view.
  package func tellers(_ figures: FigureChanges?, _ first: String, _ second: String) -> HTML {
    let field = { (name: String, words: String, value: String) -> HTML in
      "<label>\(words) <input name=\"\(name)\" value=\"\(value)\" list=\"tellers\" maxlength=\"300\" required></label> "
    }
    let form: HTML = """
      <form action="/tellers" method="get" class="find">\(hidden)\(field("first", "What", first))\
      \(field("second", "tell, beside", second))<button>Compare</button></form>
      <p class="meta">Tellers, publishers or sources, with commas; or press, or companies.</p>

      """
    guard let figures else { return form }
    return """
      \(form)\(self.figures(figures, "The figures of \(figures.period) that differ", (first, second)))
      """
  }

  private func figures(
    _ figures: FigureChanges,
    _ title: String,
    _ heads: (String, String)
  ) -> HTML {
    guard !figures.footings.isEmpty || !figures.flows.isEmpty else {
      return section("figures", title, "<p>No figure of \(figures.period) is another.</p>")
    }
    let lines = figures.footings.map { line in
      Row([
        "\(line.footing.rawValue)", "\(money(line.totalBefore.low, line.totalBefore.high))",
        "\(money(line.totalAfter.low, line.totalAfter.high))",
        "\(Figures.percent(line.shareBefore.low, line.shareBefore.high))",
        "\(Figures.percent(line.shareAfter.low, line.shareAfter.high))",
      ])
    }
    let flows = figures.flows.map { flow in
      Row([
        pair(flow.payer, flow.payee), told(flow.before), told(flow.after), links(flow.rows),
      ])
    }
    return section(
      "figures",
      title,
      """
      \(lines.isEmpty ? "<p>No share is another.</p>" : table(
        [
          .words("footing"), .figure("paid inside: \(heads.0)"), .figure(heads.1),
          .figure("on loops: \(heads.0)"), .figure(heads.1),
        ],
        lines
      ))
      \(flows.isEmpty ? "" : "<h3>Flows that differ: \(flows.count)</h3>" + table(
        [
          .words("who pays whom"), .figure(heads.0), .figure(heads.1), .words("by these rows"),
        ],
        flows
      ))
      """
    )
  }

  private func told(_ line: FlowLine?) -> HTML {
    guard let line else { return "nothing" }
    let range: HTML = line.rangeWords.isEmpty ? "" : " (\(line.rangeWords))"
    return "\(line.amountWords)\(range), \(line.gradeWords)"
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
      \(self.contents(parts.map { ($0.0, $0.1) }))<p class="answer">As of \(report.asOf): \(Figures.count(totals.count, "total")), \
      \(Figures.count(facts.count, "figure")), \(Figures.count(disputes.count, "deal")) and \
      \(Figures.count(clips.count, "promise")) with two sides.</p>
      \(sections)
      """
  }
}

extension HTML {
  static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
}

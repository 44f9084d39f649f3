internal import Reports

/// The answer as one view of a served book: what has a view of its own is led to, not repeated.
extension ReportPage {
  /// The view.
  ///
  /// - Parameters:
  ///   - loops: Where the loops are drawn.
  ///   - leftOut: Where the deals stand that carry no flow.
  ///   - checks: Where contradictions stand.
  /// - Returns: The view.
  package func served(loops: String, leftOut: String, checks: String) -> HTML {
    let (shown, folded) = (content.pictures.prefix(2), content.pictures.dropFirst(2))
    let more = folded.map { picture -> HTML in
      "<details><summary>\(picture.title)</summary>\(figure(picture))</details>\n"
    }
    return """
      \(contents([
        ("answer", "The answer"), ("pictures", "Pictures"), ("loops", "Loops"),
        ("swings", "What moves it"), ("parties", "Whose money"), ("left-out", "Left out"),
      ]))\(answer)\(section("pictures", "Pictures", "\(shown.map { figure($0) })\(more)"))
      \(section("loops", "The loops, by the least amount on each", """
        \(loopTable)<p>\(counted) \(link("Each of them drawn, with every payment", to: loops))</p>
        """))
      \(swings)\(parties)\(gaps(leftOut, checks))
      """
  }

  private var counted: String {
    let report = content.report
    let count = report.loopsComplete ? "\(report.loopCount)" : "More than \(report.loopCount)"
    return "\(count) \(report.loopCount == 1 ? "loop" : "loops") in all, \(report.footingName)."
  }

  /// What the answer leaves out, and of whom what is not known.
  private func gaps(_ leftOut: String, _ checks: String) -> HTML {
    let report = content.report
    let deals = Figures.count(content.leftOut.leftOut.count, "deal")
    let contested = Figures.count(report.contradictions.count, "total")
    let unrated = report.unratedLines(names).map { "<li>\($0)</li>\n" as HTML }
    let unknown = report.unplaced.map { pair -> HTML in
      let most = pair.most.map { "at most \(money($0))" } ?? "no total says how much"
      return "<li>\(self.pair(pair.payer, pair.payee)): \(most)</li>\n"
    }
    let missing = report.gaps.map { gap -> HTML in
      "<li>\(named(gap.party)): \(gap.unknown.joined(separator: ", "))</li>\n"
    }
    return section(
      "left-out",
      "Left out",
      """
      <p>\(link("\(deals) that carry no flow, and why", to: leftOut)) · \
      \(link("\(contested) that the parts do not add up to", to: checks))</p>
      \(unrated.isEmpty ? "" : "<ul class=\"rows\">\(unrated)</ul>" as HTML)<div class="columns">\
      \(list("Known to deal, for sums nobody knows", unknown))\
      \(list("Not known for nine tenths of \(report.header.period)", missing))</div>
      """
    )
  }

  private func list(_ title: String, _ items: [HTML]) -> HTML {
    items.isEmpty ? "" : "<div><h3>\(title)</h3><ul>\(items)</ul></div>"
  }
}

internal import Claims
internal import Reports

/// The report as one page that needs nothing else: no script, no network, every figure linked to the
/// claims behind it and every claim to its source.
package struct ReportPage: Sendable, BookLayout {
  let content: PageContent
  let names: PartyNames
  let addresses: FlowPictures.Links

  /// A page of `content`.
  ///
  /// - Parameters:
  ///   - content: What it shows.
  ///   - addresses: Where ids lead; to the rows at its foot where nothing else is said.
  package init(_ content: PageContent, addresses: FlowPictures.Links? = nil) {
    self.content = content
    self.addresses = addresses ?? .withinPage(parties: [])
    names = PartyNames(content.view)
  }

  /// The answer as one view of a served book: all but the rows, which have views of their own.
  package var served: HTML {
    "\(answer)\(pictures)\(swings)\(loops)\(parties)\(leftOut)"
  }

  /// The document, the same bytes for the same content.
  package var document: String {
    let header = content.report.header
    let title = "\(header.book) in \(header.period): how much goes round"
    return page(
      title,
      """
      \(opening(title))<main>
      \(answer)\(pictures)\(swings)\(loops)\(parties)\(disputes)\(flows)\(leftOut)\(evidence)
      </main>\(closing)
      """
    ).markup
  }

  private func opening(_ title: String) -> HTML {
    let header = content.report.header
    let told = header.toldBy.isEmpty ? "" : ", told by \(header.toldBy.joined(separator: ", "))"
    let sections = [
      ("answer", "Answer"), ("pictures", "Pictures"), ("swings", "What moves it"),
      ("loops", "Loops"),
      ("parties", "Parties"), ("disputes", "Disputes"), ("flows", "Flows"),
      ("left-out", "Left out"), ("evidence", "Evidence"),
    ]
    let links = sections.map { id, name -> HTML in "<a href=\"#\(id)\">\(name)</a> " }
    return """
      <header><h1>\(title)</h1>
      <p class="meta">As known on \(header.asOf)\(told) · \(header.parties) parties inside · policy: \
      \(header.policy)</p><nav aria-label="Sections">\(links)</nav></header>

      """
  }

  private var answer: HTML {
    let words = content.report.answerWords(names).map { "<p class=\"answer\">\($0)</p>" as HTML }
    let rows = content.report.footings.map { line -> Row in
      let filled = line.completed > 0 ? ", \(line.completed) filled in from totals" : ""
      return Row([
        "\(line.footing.rawValue)", "\(money(line.totalRange.low, line.totalRange.high))",
        "\(money(line.circulationRange.low, line.circulationRange.high))",
        "\(Figures.percent(line.shareRange.low, line.shareRange.high))",
        "\(line.lastYear.map { Figures.percent($0.low, $0.high) } ?? "")",
        "\(line.atRandom.map(Figures.percent) ?? "")",
        "\(line.amounts) amounts\(filled)",
      ])
    }
    return section(
      "answer",
      "The answer",
      """
      <div class="lead"><div>\(words)</div><div>\(table(Self.footingColumns, rows))
      \(measures)</div></div>
      """
    )
  }

  private static let footingColumns: [Column] = [
    .words(""), .figure("paid inside"), .figure("on loops"), .figure("of a dollar"),
    .figure("last year"), .figure("at random"),
    .words("rests on"),
  ]

  private var measures: HTML {
    let rows = content.report.measures.rows.map { row in
      Row(["\(row.name)", "\(row.value)", "\(row.meaning)"])
    }
    return """
      <details><summary>All measures of the same network</summary>
      \(table([.words("measure"), .figure("value"), .words("meaning")], rows))</details>
      """
  }

  private var pictures: HTML {
    let figures = content.pictures.map(figure)
    return figures.isEmpty ? "" : section("pictures", "Pictures", "\(figures)")
  }

  private var swings: HTML {
    let rows = content.report.swings.map { swing in
      Row([
        "\(swing.what)\(swing.disputed ? " (disputed)" : "")", "\(swing.footing.rawValue)",
        "\(Figures.percent(swing.low, swing.high))", links(swing.evidence),
      ])
    }
    return section(
      "swings",
      "What moves the share most, all else standing",
      rows.isEmpty
        ? "<p>Nothing that the book leaves open moves it.</p>"
        : table(
          [
            .words("open question"), .words("footing"), .figure("share"),
            .words("rows of the book"),
          ],
          rows
        )
    )
  }

  private var loops: HTML {
    let report = content.report
    let counted = report.loopsComplete ? "\(report.loopCount)" : "more than \(report.loopCount)"
    let entries = report.loops.enumerated().map { index, loop -> HTML in
      let path = names.round(loop.parties)
      let marks = [
        loop.disputed ? "disputed" : "", loop.assumed ? "partly filled in or assumed" : "",
      ]
      .filter { !$0.isEmpty }
      let picture =
        content.loopPictures.indices.contains(index)
        ? figure(content.loopPictures[index]) : ""
      return """
        <article><h3>\(index + 1). \(path)</h3>
        <p>Goes round: <strong>\(range(loop.bottleneck, loop.low, loop.high ?? loop.bottleneck))</strong>\
        \(marks.isEmpty ? "" : " · " + marks.joined(separator: ", "))</p>
        \(picture)\(flowTable(loop.payments))</article>

        """
    }
    return section(
      "loops",
      "Loops by the least amount on them: \(counted)",
      entries.isEmpty ? "<p>No loops.</p>" : "\(entries)"
    )
  }

  private var closing: HTML {
    let header = content.report.header
    return """
      <footer><p>ouro \(header.version) · book <code>\(header.head)</code> · seed \
      \(String(header.seed)) · \(header.samples) draws</p>
      <p>Made by <code>\(content.command)</code></p></footer>
      """
  }
}

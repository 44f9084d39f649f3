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

  /// The answer in sentences, and how much goes round on each footing.
  var answer: HTML {
    let report = content.report
    let words = report.answerWords(names).map { "<p class=\"answer\">\($0)</p>" as HTML }
    let toDate: HTML = report.toDateWords.map { "<p>\($0)</p>" } ?? ""
    return section(
      "answer",
      "The answer",
      """
      <div class="lead"><div>\(words)</div><div><h3>How much goes round</h3>\
      \(table(Self.footingColumns, report.footings.map(footing)))\(toDate)
      <p class="meta">Ranges are the middle nine tenths of the draws, and every reading.</p>
      <details><summary>What each line counts</summary>\(Self.footingMeanings)</details>
      \(measures)</div></div>
      """
    )
  }

  private func footing(_ line: FootingLine) -> Row {
    let isWithheld = content.report.isWithheld(line)
    let filled = line.completed > 0 ? ", \(line.completed) filled in from totals" : ""
    return Row([
      "\(line.footing.rawValue)", "\(money(line.totalRange.low, line.totalRange.high))",
      "\(money(line.circulationRange.low, line.circulationRange.high))",
      "\(isWithheld ? "withheld" : Figures.percent(line.shareRange.low, line.shareRange.high))",
      "\(isWithheld ? "" : line.lastYear.map { Figures.percent($0.low, $0.high) } ?? "")",
      "\(isWithheld ? "" : line.atRandom.map(Figures.percent) ?? "")",
      "\(Figures.count(line.amounts, "amount"))\(filled)",
    ])
  }

  private static let footingColumns: [Column] = [
    .words(""), .figure("paid inside"), .figure("on loops"), .figure("of each dollar"),
    .figure("last year"), .figure("at random"),
    .words("rests on"),
  ]

  /// What is counted on each footing, and what stands beside it.
  private static let footingMeanings: HTML = """
    <dl class="pairs"><dt>known</dt><dd>stated for the pair and the period by a filing, a court, a party or the press</dd>
    <dt>with estimates</dt><dd>that, and what analysts and editors estimate</dd>
    <dt>with what was spread</dt><dd>that, and totals whose days nobody stated, laid on days by a rule</dd>
    <dt>with what was filled in</dt><dd>that, and what the totals of payers and payees leave for pairs nobody speaks of</dd>
    <dt>promised: bound</dt><dd>still to be paid whatever happens</dd>
    <dt>promised: if all is met</dt><dd>that, and what hangs on a condition, an option, or a headline</dd>
    <dt>last year</dt><dd>the same share a year earlier, as seen on the same day</dd>
    <dt>at random</dt><dd>the same share if the same companies paid as much, to whom chance has it</dd></dl>
    """

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
    let figures = content.pictures.map { figure($0) }
    return figures.isEmpty ? "" : section("pictures", "Pictures", "\(figures)")
  }

  /// What moves the shares most.
  var swings: HTML {
    let rows = content.report.toldSwings.map { swing in
      Row([
        "\(swing.words(names))\(swing.disputed ? " (disputed)" : "")", "\(swing.footing.rawValue)",
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
      let picture =
        content.loopPictures.indices.contains(index)
        ? figure(content.loopPictures[index]) : ""
      return """
        <article><h3>\(index + 1). \(names.round(loop.parties))</h3>
        <p>Goes round: <strong>\(loop.amountWords)</strong> · \(loop.gradeWords)</p>
        \(picture)\(flowTable(loop.payments))</article>

        """
    }
    return section(
      "loops",
      "Loops by the least amount on them: \(counted) \(report.footingName)",
      entries.isEmpty ? "<p>No loops.</p>" : "\(loopTable)\(entries)"
    )
  }

  /// The loops of each footing that the ones before have not, those that rest on least first.
  var loopTable: HTML {
    var seen: Set<[String]> = []
    var rows: [Row] = []
    for line in content.report.footings {
      for loop in line.loops where seen.insert(loop.parties).inserted {
        let least = loop.payments.min { $0.worked < $1.worked }
        rows.append(
          Row([
            link(names.round(loop.parties), to: addresses.round(loop.parties)),
            "\(loop.amountWords)", "\(loop.gradeWords)", "\(line.footing.rawValue)",
            plainLinks((least?.evidence ?? []).prefix(4)),
          ])
        )
      }
    }
    return rows.isEmpty
      ? "<p>No loops.</p>"
      : table(
        [
          .words("loop"), .figure("least amount on it"), .words("grade"), .words("first counted"),
          .words("rows behind the least amount"),
        ],
        rows
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

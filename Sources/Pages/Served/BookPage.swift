package import Claims
package import Drawing
internal import Reports

/// Views of a served book, a function each: what stands between the bar at the head of the page and its foot.
package struct BookPage: Sendable, BookLayout {
  let view: View
  let names: PartyNames
  let addresses: FlowPictures.Links
  let query: String

  /// Views of a book as asked.
  ///
  /// - Parameters:
  ///   - view: The book, seen as asked.
  ///   - query: The question, as it stands behind the `?` of an address.
  package init(_ view: View, query: String) {
    (self.view, self.query) = (view, query)
    names = PartyNames(view)
    addresses = .served(query, of: view.contents)
  }

  /// How flows are drawn on a page, which has the style sheet.
  package func flowOptions(_ id: String) -> FlowOptions {
    var options = FlowOptions(id: id) { Figures.dollars($0) }
    options.hasStyle = false
    return options
  }

  /// The group that a party is counted with.
  package func group(of party: String) -> String { view.group(of: party) }

  /// How charts are drawn on a page, which has the style sheet.
  func chartOptions(_ id: String, width: Double = 1_040, hasTitle: Bool = true) -> ChartOptions {
    ChartOptions(id: id, width: width, hasTitle: hasTitle, hasStyle: false)
  }

  /// A picture with words below it.
  func figure(_ id: String, _ title: String, _ svg: String, _ caption: String = "") -> HTML {
    let words: HTML = caption.isEmpty ? "" : "<figcaption>\(caption)</figcaption>"
    return """
      <figure id="picture-\(id)"><div class="scroll" tabindex="0" role="group" aria-label="\(title)">\
      \(HTML(markup: svg))</div>\(words)</figure>

      """
  }

  /// An address here that asks the same question.
  func address(_ path: String, _ more: String = "") -> String {
    "\(path)?\(more.isEmpty ? "" : more + "&")\(query)"
  }

  /// A row of the book as a reader meets it: when, who, what, and the words.
  func claim(_ claim: ClaimLine, about: HTML = "") -> HTML {
    let words: HTML = claim.words.isEmpty ? "" : "<p class=\"quote\">\(claim.words)</p>"
    return """
      <li id="row-\(claim.id)"><p>\(link(claim.id, to: addresses.row(claim.id))) <b>\(claim.reported)</b> \
      \(about)\(claim.teller) <span class="trust">\(claim.trust)</span>: \(claim.says)</p>\(words)\
      <p class="meta">\(link("\(claim.publisher): \(claim.title)", to: addresses.source(claim.source)))</p></li>

      """
  }

  /// A fact of the book in a row of a table.
  func factRow(_ fact: PartyReport.FactLine) -> Row {
    let other: HTML = fact.counterparty.map { " · \(named($0))" as HTML } ?? ""
    return Row(
      [
        link(fact.id, to: addresses.row(fact.id)), fact.party.map(named) ?? "",
        "\(fact.metricWords)\(other)", "\(fact.value)", "\(fact.period)",
        "\(fact.teller) (\(fact.trust))", link(fact.source, to: addresses.source(fact.source)),
      ]
    )
  }

  static let factColumns: [Column] = [
    .words("fact"), .words("party"), .words("what"), .figure("value"), .words("period"),
    .words("teller"), .words("source"),
  ]

  /// Both sides of what tellers disagree about.
  func sides(_ dispute: DisputeReport.Entry) -> HTML {
    let pairs = [("Stands", dispute.standing), ("Against", dispute.contesting)]
    let cells = pairs.map { word, side -> HTML in
      let account = side.account?.account ?? "denied, without another account"
      return """
        <div><h4>\(word): \(account)</h4><ul class="rows">\(claim(side.claim))</ul></div>
        """
    }
    return
      "<h3 class=\"aspect\">\(dispute.aspect) disputed</h3><div class=\"sides\">\(cells)</div>\n"
  }
}

internal import Claims
internal import Drawing
package import Reports

/// Deals, documents and single rows: what is said, by whom, where.
extension BookPage {
  /// A deal: as it stands, both sides where disputed, and its story claim by claim.
  ///
  /// - Parameters:
  ///   - story: The deal.
  ///   - canWrite: Whether claims can be added in the browser.
  /// - Returns: The view.
  package func deal(_ story: DealStory, canWrite: Bool) -> HTML {
    let deal = story.deal
    let chart = ChartPictures.timeline(of: view, deal: deal.id, top: 1, links: addresses)
      .picture(chartOptions("story", hasTitle: false))
    let between = link(
      "what runs between them",
      to: addresses.pair(deal.payer, deal.payee)
    )
    let facts: [(String, HTML)] = [
      ("who pays whom", "\(named(deal.payer)) → \(named(deal.payee)) · \(between)"),
      ("kind", "\(deal.kind)"), ("capacity", "\(story.capacity)"),
      ("as it stands", "<strong>\(deal.account)</strong>\(deal.disputed ? " · disputed" : "")"),
      ("note", "\(story.note)"),
    ]
    let corrected: HTML =
      story.superseded.isEmpty
      ? ""
      : section(
        "corrected",
        "Corrected since",
        "<ul class=\"rows\">\(story.superseded.map { claim($0) })</ul>"
      )
    let add: HTML =
      canWrite
      ? "<p>\(link("Add a claim about it", to: address("/write", "deal=\(deal.id)")))</p>" : ""
    return """
      \(pairs(facts))\(add)
      \(figure("story", "What was said, and when", chart.svg, Self.storyWords))
      \(story.disputes.isEmpty ? "" : section("disputes", "Disputed", "\(story.disputes.map(sides))"))
      \(section("claims", "Claim by claim", "<ul class=\"rows\">\(story.claims.map { claim($0) })</ul>"))
      \(corrected)
      """
  }

  private static let storyWords =
    "The bar runs over the term, split where tellers disagree; marks are what was said, on the day it was reported."

  /// Names with what stands beside them; those that are empty are left out.
  func pairs(_ pairs: [(String, HTML)]) -> HTML {
    let lines = pairs.filter { !$0.1.markup.isEmpty }.map { name, value -> HTML in
      "<dt>\(name)</dt><dd>\(value)</dd>"
    }
    return "<dl class=\"pairs\">\(lines)</dl>\n"
  }

  /// Deals as they stand.
  package func deals(_ report: DealsReport) -> HTML {
    let rows = report.deals.map { deal in
      Row([
        self.deal(deal), pair(deal.payer, deal.payee), "\(deal.kind)",
        "\(deal.level == nil ? "" : deal.amount)",
        "\(deal.account)\(deal.disputed ? "; disputed" : "")", links(deal.claims),
      ])
    }
    return table(
      [
        .words("deal"), .words("who pays whom"), .words("kind"), .figure("amount"),
        .words("as it stands"), .words("rows of the book"),
      ],
      rows
    )
  }

  /// The flows of a period, and the plans that actuals replaced.
  package func flows(_ report: DealsReport) -> HTML {
    let replaced: HTML =
      report.replaced.isEmpty
      ? ""
      : section(
        "replaced",
        "Plans that actuals of the same days replaced; they count nowhere",
        flowTable(report.replaced)
      )
    let without = link("Deals that carry no flow, and why", to: address("/left-out"))
    return "<p>\(without)</p>\(flowTable(report.flows))\(replaced)"
  }

  /// Deals that carry no flow, and why.
  package func leftOut(_ report: DealsReport) -> HTML {
    let rows = report.leftOut.map { left in
      Row([
        deal(left.deal), pair(left.deal.payer, left.deal.payee), "\(left.explanation)",
        "\(left.money.map(money) ?? "")", links(left.deal.claims),
      ])
    }
    return table(
      [
        .words("deal"), .words("who pays whom"), .words("why"), .figure("money unplaced"),
        .words("rows of the book"),
      ],
      rows
    )
  }

  /// A document with all that it says.
  package func source(_ report: SourceReport) -> HTML {
    let place: HTML =
      Address(report.url).flatMap { $0.isOutside ? $0.text : nil }.map { address -> HTML in
        "<a href=\"\(address)\" rel=\"noreferrer noopener\">\(report.url)</a>"
      } ?? "\(report.url)"
    let claims = report.claims.map { entry in
      claim(
        entry.claim,
        about: """
          \(names.name(entry.payer)) → \(names.name(entry.payee)), \
          \(link(entry.title, to: addresses.deal(entry.deal))) ·&#32;
          """
      )
    }
    return """
      \(pairs([
        ("publisher", "\(report.publisher)"), ("published", "\(report.published)"),
        ("kind", "\(report.kind)"), ("address", place), ("seen as", "\(report.seenAs)"),
        ("note", "\(report.note)"),
      ]))
      \(section(
        "claims",
        "What it says of deals: \(claims.count)",
        claims.isEmpty ? "<p>Nothing that counts here.</p>" : "<ul class=\"rows\">\(claims)</ul>"
      ))
      \(section(
        "facts",
        "What it says of companies: \(report.facts.count)",
        report.facts.isEmpty
          ? "<p>Nothing that counts here.</p>" : table(Self.factColumns, report.facts.map(factRow))
      ))
      """
  }

  /// All documents of the book.
  package var sources: HTML {
    let said = Dictionary(grouping: view.contents.claims, by: \.source).mapValues(\.count)
    let facts = Dictionary(grouping: view.contents.facts, by: \.source).mapValues(\.count)
    let rows = view.contents.sources.map { source in
      Row([
        link(source.title.isEmpty ? source.id : source.title, to: addresses.source(source.id)),
        "\(source.publisher)", "\(source.published?.description ?? "")",
        "\(source.kind.rawValue)", "\(said[source.id] ?? 0)", "\(facts[source.id] ?? 0)",
      ])
    }
    return table(
      [
        .words("document"), .words("publisher"), .words("published"), .words("kind"),
        .figure("claims"), .figure("facts"),
      ],
      rows
    )
  }

  /// Rows of the book as they stand in it, each with its source and with what names it.
  ///
  /// - Parameter report: The rows.
  /// - Returns: The view.
  package func rows(_ report: ShowReport) -> HTML {
    // One row is named by the page; of several each has a heading of its own.
    let isOne = report.rows.count == 1
    let below = { (words: String) -> HTML in isOne ? "<h2>\(words)</h2>" : "<h3>\(words)</h3>" }
    let entries = report.rows.map { entry -> HTML in
      let cells = entry.columns.filter { $0 != "id" && $0 != "quote" }.map { column in
        (column.replacing("_", with: " "), cell(column, entry.cells[column] ?? ""))
      }
      let source: HTML =
        entry.source.map { source in
          let place: HTML =
            Address(source.url).flatMap { $0.isOutside ? $0.text : nil }.map { address -> HTML in
              " <a href=\"\(address)\" rel=\"noreferrer noopener\">the document</a>"
            } ?? ""
          let words = "\(source.publisher): \(source.title)"
          return """
            <p class="said">Said in \(link(words, to: addresses.source(source.id)))\
            \(source.published.isEmpty ? "" : ", \(source.published)").\(place)</p>
            """
        } ?? ""
      let naming: HTML =
        entry.namedBy.isEmpty ? "" : "\(below("Named by"))<div>\(links(entry.namedBy))</div>"
      let quote = entry.cells["quote"] ?? ""
      let words: HTML = quote.isEmpty ? "" : "<blockquote>“\(quote)”</blockquote>"
      return """
        <article>\(isOne ? "" : "<h2>\(Self.singular(entry.table)) \(entry.id)</h2>" as HTML)\
        \(said(entry))\(words)\(source)
        \(below("As it stands in the book"))\(pairs(cells))\(naming)</article>

        """
    }
    return "\(entries)"
  }

  /// A claim or a fact in a reader's words.
  private func said(_ entry: ShowReport.Entry) -> HTML {
    let deal = view.deals.first { $0.claims.contains { $0.id == entry.id } }
    if entry.table == "claims", let deal,
      let claim = deal.claims.first(where: { $0.id == entry.id })
    {
      let line = ClaimLine(claim, in: deal.deal, view: view)
      return """
        <p class="answer">\(pair(deal.deal.payer, deal.deal.payee)): \
        \(link(deal.deal.title, to: addresses.deal(deal.deal.id))). On \(line.reported) \(line.teller) \
        <span class="trust">(\(line.trust))</span> said: \(line.says).</p>
        """
    }
    if entry.table == "facts", let fact = view.facts.first(where: { $0.id == entry.id }) {
      let line = PartyReport.FactLine(fact, view)
      let other: HTML = line.counterparty.map { ", \(named($0))" as HTML } ?? ""
      return """
        <p class="answer">\(line.party.map(named) ?? "")\(other): \(line.metricWords) \(line.value), \(line.period). \
        Told by \(line.teller) <span class="trust">(\(line.trust))</span>.</p>
        """
    }
    let counts = ["claims", "facts"].contains(entry.table)
    return counts
      ? "<p class=\"answer\">It does not count as asked: told later, told by others, or corrected since.</p>"
      : ""
  }

  /// What a cell refers to is a link.
  private func cell(_ column: String, _ value: String) -> HTML {
    switch column {
    case "payer", "payee", "party", "counterparty", "new_payer", "parent", "teller":
      view.party(value) == nil ? "\(value)" : named(value)
    case "deal": link(value, to: addresses.deal(value))
    case "source": link(value, to: addresses.source(value))
    case "about": link(value, to: addresses.row(value))
    default: "\(value)"
    }
  }

  /// One row of a table, in a word.
  package static func singular(_ table: String) -> String {
    table == "parties" ? "party" : table.hasSuffix("s") ? String(table.dropLast()) : table
  }

  /// Rows in which some words stand.
  package func search(_ report: SearchReport?) -> HTML {
    let query = report?.query ?? ""
    let box: HTML = """
      <form action="/search" method="get" class="find" role="search">\(hidden)<label>Words that a row must hold \
      <input type="search" name="q" value="\(query)" autofocus></label> <button>Search</button></form>

      """
    guard let report else {
      return
        "\(box)<p>Names, titles, quotes and notes of all rows of the book are looked through.</p>"
    }
    guard report.count > 0 else {
      return "\(box)<p class=\"answer\">No row of the book holds all of these words.</p>"
    }
    let rows = report.hits.map { hit in
      let address =
        switch hit.table {
        case "parties": addresses.party(hit.id)
        case "deals": addresses.deal(hit.id)
        case "sources": addresses.source(hit.id)
        default: addresses.row(hit.id)
        }
      return Row([link(hit.id, to: address), "\(Self.singular(hit.table))", "\(hit.words)"])
    }
    let more =
      report.count > report.hits.count
      ? ", the first \(report.hits.count) of them here: say another word" : ""
    return """
      \(box)<p class="answer">\(Figures.count(report.count, "row"))\(more).</p>
      \(table([.words("row"), .words("kind"), .words("what it says")], rows))
      """
  }
}

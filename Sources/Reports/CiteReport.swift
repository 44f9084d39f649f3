internal import Claims
internal import Networks
internal import Tables

/// A figure as one pastes it into a text: its sentence, its sources, and the book it was taken from.
package struct CiteReport: Report, Codable {
  /// A row that the figure rests on.
  package struct Row: Codable, Sendable {
    /// Its id.
    package let id: String
    /// Who says so.
    package let teller: String
    /// When.
    package let reported: String
    /// The words of the source; empty where they were not kept.
    package let quote: String
    /// Who published it.
    package let publisher: String
    /// The title of the document.
    package let title: String
    /// When that came out; empty where nobody says.
    package let published: String
    /// Its address; empty where it has none.
    package let url: String
  }

  /// The figure in a sentence or more.
  package let sentences: [String]
  /// The rows that decide it, those that bear on it most nearly first.
  package let rows: [Row]
  /// The book, its hash, the day, and the program.
  package let taken: String

  private static func taken(_ view: View, _ book: (name: String, head: String, version: String))
    -> String
  {
    "Taken from the book \(book.name), \(book.head), as known on \(view.request.asOf), by ouro \(book.version)."
  }

  /// What one party pays another.
  ///
  /// - Parameters:
  ///   - payer: Who pays, by id.
  ///   - payee: Who is paid, by id.
  ///   - footing: The footing that it stands on.
  ///   - book: The name and the hash of the book, and the program's version.
  ///   - names: The names of the parties.
  package init(
    _ payer: String,
    _ payee: String,
    in footing: Footing,
    book: (name: String, head: String, version: String),
    _ names: PartyNames
  ) {
    let view = footing.ledger.view
    let (from, to) = (view.group(of: payer), view.group(of: payee))
    let flow = FlowLines(footing)[payer, payee] ?? FlowLines(footing)[from, to]
    taken = Self.taken(view, book)
    guard let flow else {
      sentences = [
        "Nothing is known of what \(names(payer)) pays \(names(payee)) in \(footing.period)."
      ]
      rows = []
      return
    }
    let verb = footing.kind.isPromised ? "is to pay" : "paid"
    let when = footing.kind.isPromised ? "" : " in \(footing.period)"
    let dispute = flow.disputed ? " Tellers disagree about a deal in it." : ""
    sentences = [
      "\(names(flow.payer)) \(verb) \(names(flow.payee)) \(flow.printed)\(when), \(Self.words(flow)).\(dispute)"
    ]
    rows = Self.rows(flow.evidence, view)
  }

  /// What a flow is worth as evidence, as a sentence ends.
  private static func words(_ flow: FlowLine) -> String {
    Grade.allCases.filter { flow.grades[$0.rawValue] != nil }.map { grade in
      switch grade {
      case .disclosed: "as a filing, a court or a party itself states"
      case .press: "as the press has it"
      case .estimated: "as somebody estimates"
      case .spread: "a total of other days laid on these by a rule"
      case .filledIn: "filled in from totals"
      case .due: "bound and not due yet"
      case .conditional: "if every condition is met"
      }
    }.joined(separator: "; ")
  }

  /// The answer of a report: its first paragraphs, and the rows that its loops rest on.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - economy: The networks of all footings.
  ///   - book: The name and the hash of the book, and the program's version.
  ///   - names: The names of the parties.
  package init(
    _ report: EconomyReport,
    of economy: Economy,
    book: (name: String, head: String, version: String),
    _ names: PartyNames
  ) {
    taken = Self.taken(economy.view, book)
    sentences = report.answerWords(names)
    var seen: Set<String> = []
    let evidence = report.loops.flatMap { $0.payments.flatMap(\.evidence) }
    rows = Self.rows(evidence.filter { seen.insert($0).inserted }, economy.view)
  }

  private static func rows(_ evidence: [String], _ view: View) -> [Row] {
    let claims = Dictionary(uniqueKeysWithValues: view.contents.claims.map { ($0.id, $0) })
    let facts = Dictionary(uniqueKeysWithValues: view.contents.facts.map { ($0.id, $0) })
    return evidence.compactMap { id in
      if let claim = claims[id] {
        return Row(id, view.teller(of: claim), claim.reported, claim.quote, claim.source, view)
      }
      return facts[id].map { fact in
        Row(id, fact.teller.map(view.name) ?? "", fact.reported, fact.quote, fact.source, view)
      }
    }
  }

  /// The citation for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = sentences.flatMap { wrapped($0, indent: 0) }
    if !rows.isEmpty { lines += ["", "Sources"] }
    for row in rows {
      let published = row.published.isEmpty ? "" : ", \(row.published)"
      let teller = row.teller.isEmpty || row.teller == row.publisher ? "" : "\(row.teller), in "
      lines += wrapped("[\(row.id)] \(teller)\(row.publisher): \(row.title)\(published).")
      if !row.quote.isEmpty { lines += wrapped("“\(row.quote)”").map { "  " + $0 } }
      if !row.url.isEmpty { lines.append("    \(row.url)") }
    }
    return (lines + [""] + wrapped(taken, indent: 0)).legibleText + "\n"
  }
}

extension CiteReport.Row {
  fileprivate init(
    _ id: String,
    _ teller: String,
    _ reported: PartialDate,
    _ quote: String,
    _ source: String,
    _ view: View
  ) {
    let document = view.source(source)
    (self.id, self.teller, self.quote) = (id, teller, quote)
    self.reported = reported.description
    publisher = document?.publisher ?? source
    title = document?.title ?? ""
    published = document?.published?.description ?? ""
    url = document?.url ?? ""
  }
}

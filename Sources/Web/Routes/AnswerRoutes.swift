internal import Books
internal import Claims
internal import Networks
internal import Reports

/// The answers for programs: the same JSON that the commands give with `--json`.
enum AnswerRoutes {
  static let all: [Route] = [
    answer(
      "/api/book",
      "The book: its name, its head, and how many rows it has",
      asks: false,
      [],
      ["book", "counts", "days", "head", "version"]
    ) { BookAnswer($0) },
    answer(
      "/api/report",
      "The whole answer: ouro report",
      [],
      [
        "disputes", "footings", "gaps", "header", "left_out", "loops", "measures", "parties",
        "swings",
      ]
    ) {
      try $0.worked.report()
    },
    answer(
      "/api/loops",
      "The loops of payments: ouro loops",
      [PageRoutes.top],
      ["as_of", "circulation", "complete", "count", "loops", "parties", "period"]
    ) {
      PageRoutes.loops(try $0.worked.footing(), top: $0.number("top") ?? 10)
    },
    answer(
      "/api/trace/{id}",
      "Whose money a party lives on: ouro trace",
      [],
      ["as_of", "party", "payers", "period", "receipts"]
    ) {
      let view = try $0.worked.view()
      guard view.party($0.id) != nil else { throw noParty }
      return try TraceReport(of: $0.id, in: try $0.worked.footing())
    },
    answer(
      "/api/path",
      "What runs between some parties: ouro path",
      [PageRoutes.parties],
      ["as_of", "hops", "period", "rounds"]
    ) {
      PathReport(try PageRoutes.ids($0), in: try $0.worked.economy())
    },
    answer(
      "/api/party/{id}",
      "What the book says of one party: ouro party",
      [],
      ["deals", "facts", "group", "id", "inside", "kind", "name", "pays", "period", "receives"]
    ) {
      guard let report = PartyReport($0.id, in: try $0.worked.footing()) else { throw noParty }
      return report
    },
    answer("/api/deal", "The deals as they stand: ouro deals", [], dealKeys) {
      DealsReport(try $0.worked.view())
    },
    answer("/api/flows", "Who pays whom: ouro deals --flows", [], dealKeys) {
      DealsReport(flowsOf: try $0.worked.footing())
    },
    answer("/api/left-out", "Deals that carry no flow: ouro deals --left-out", [], dealKeys) {
      DealsReport(leftOutOf: try $0.worked.footing())
    },
    answer(
      "/api/deal/{id}",
      "A deal with all that was said of it",
      [],
      ["capacity", "claims", "deal", "disputes", "note", "superseded"]
    ) {
      guard let story = DealStory($0.id, in: try $0.worked.view()) else {
        throw Refusal(404, "Nothing that counts here speaks of such a deal.")
      }
      return story
    },
    answer(
      "/api/source/{id}",
      "A document with all that it says",
      [],
      ["claims", "facts", "id", "kind", "publisher", "title", "url"]
    ) {
      guard let report = SourceReport($0.id, in: try $0.worked.view()) else {
        throw Refusal(404, "The book has no such source.")
      }
      return report
    },
    answer("/api/row/{id}", "A row of the book: ouro show", [], ["rows"]) {
      try PageRoutes.rows($0)
    },
    answer("/api/disputes", "What tellers disagree about: ouro disputes", [], ["as_of", "deals"]) {
      DisputeReport(try $0.worked.view())
    },
    answer(
      "/api/changes",
      "What changed between two days: ouro diff --figures",
      [PageRoutes.from, PageRoutes.to],
      ["changes", "facts", "figures", "from", "to"]
    ) { try PageRoutes.changes($0) },
    answer(
      "/api/trend",
      "How closed the economy is over time: ouro trend",
      [PageRoutes.step],
      ["as_of", "book", "head", "points"]
    ) { try PageRoutes.trend($0) },
    answer(
      "/api/scenarios/{id}",
      "What a scenario changes: ouro stress scenario",
      [PageRoutes.paths],
      ["after", "assumptions", "before", "flows", "name", "paragraph"]
    ) {
      try $0.house.scenarios.report($0.id, paths: $0.number("paths") ?? 200, $0)
    },
    answer(
      "/api/check",
      "Contradictions: ouro check",
      [],
      ["as_of", "clips", "contradictions", "disputes", "facts"]
    ) { CheckReport(try $0.worked.view()) },
    answer(
      "/api/search",
      "Rows in which some words stand: ouro search",
      [PageRoutes.words, PageRoutes.top],
      ["count", "hits", "query"]
    ) {
      guard let words = $0["q"] else { throw Refusal(400, "q: say which words.") }
      return PageRoutes.search(words, $0)
    },
  ]

  private static let dealKeys = ["as_of", "deals", "flows", "left_out", "replaced", "subject"]
  private static let noParty = Refusal(404, "The book has no such party.")

  private static func answer(
    _ path: String,
    _ title: String,
    asks: Bool = true,
    _ parameters: [QueryParameter],
    _ keys: [String],
    _ body: @escaping @Sendable (Asking) throws -> any Encodable
  ) -> Route {
    Route(path: path, kind: .answer(keys), title: title, asks: asks, parameters: parameters) {
      .json(try AnswerJSON.text(of: try body($0)))
    }
  }
}

/// What there is to ask.
private struct BookAnswer: Encodable {
  let book: String
  let head: String
  let version: String
  let counts: [String: Int]
  let days: [NewsCalendar.NewsDay]

  init(_ asking: Asking) {
    let contents = asking.edition.opened.contents
    (book, head) = (asking.edition.opened.name, asking.edition.head)
    (version, days) = (asking.house.version, asking.edition.news.days)
    counts = [
      "parties": contents.parties.count, "sources": contents.sources.count,
      "deals": contents.deals.count, "claims": contents.claims.count, "facts": contents.facts.count,
      "assumptions": contents.assumptions.count,
    ]
  }
}

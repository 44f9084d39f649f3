internal import Books
internal import Claims
internal import Drawing
internal import Networks
internal import Pages
internal import Reports

/// The views for people, in the order of the bar that leads to them.
enum PageRoutes {
  static let parties = QueryParameter(
    "party",
    "A party, by id or name; in the order of the loop.",
    .words(200),
    repeats: true
  )
  static let focus = QueryParameter("focus", "Only flows to and from this party.", .id)
  static let loop = QueryParameter("loop", "The place of the loop that is lit.", .number(1...100))
  static let mapKind = QueryParameter(
    "kind",
    "How the map is drawn.",
    .choice(BookPage.MapKind.allCases.map(\.rawValue))
  )
  static let top = QueryParameter("top", "How many to show.", .number(1...200))
  static let from = QueryParameter("from", "The earlier day.", .date)
  static let to = QueryParameter("to", "The later day; the day of the question by default.", .date)
  static let first = QueryParameter("first", "Whose word counts on the one side.", .words(600))
  static let second = QueryParameter("second", "Whose word counts on the other.", .words(600))
  static let step = QueryParameter(
    "by",
    "How long each period is.",
    .choice(FlowCalendar.Step.allCases.map(\.rawValue))
  )
  static let deal = QueryParameter("deal", "The deal that a claim is to be about.", .id)
  static let words = QueryParameter("q", "The words, all of which a row must hold.", .words(400))

  static let scenario = QueryParameter(
    "scenario",
    "The name of a scenario of the folder; two to compare.",
    .id,
    repeats: true
  )
  static let paths = QueryParameter("paths", "On how many paths it is run.", .number(1...1_000))

  static let all: [Route] = [
    view("/report", "The answer", []) { asking, _ in
      if asking.isEmptyBook { return EmptyBookView(asking).html }
      let (economy, report) = (try asking.worked.economy(), try asking.worked.report())
      let links = FlowPictures.Links.served(asking.query, of: economy.view.contents)
      let drawings = PagePictures(economy, report, links: links, hasStyle: false)
      let content = try PageContent(
        economy,
        report: report,
        command: "",
        drawings: drawings,
        drawsLoops: false
      )
      let page = ReportPage(content, addresses: links).served(
        loops: "/loops?\(asking.query)",
        leftOut: "/left-out?\(asking.query)",
        checks: "/check?\(asking.query)"
      )
      return "\(EmptyBookView(asking).otherYears(report))\(page)"
    },
    view("/map", "Map", [mapKind, loop, focus]) { asking, page in
      let footing = try asking.worked.footing()
      return try page.map(
        footing,
        footing.largestLoops(12),
        kind: asking["kind"].flatMap(BookPage.MapKind.init(rawValue:)) ?? .sankey,
        chosen: asking.number("loop"),
        focus: asking["focus"].map(page.group)
      )
    },
    view("/loops", "Loops", [top]) { asking, page in
      let footing = try asking.worked.footing()
      return try page.loops(loops(footing, top: asking.number("top") ?? 10), footing)
    },
    view("/path", "What runs between them", [parties]) { asking, page in
      page.path(PathReport(try ids(asking), in: try asking.worked.economy()))
    },
    view("/party", "Parties", []) { _, page in page.parties },
    view("/party/{id}", "A party", []) { asking, page in
      let footing = try asking.worked.footing()
      guard let report = PartyReport(asking.id, in: footing) else { throw Refusal.notFound }
      return try page.party(report, try TraceReport(of: asking.id, in: footing), footing)
    },
    view("/deal", "Deals", []) { asking, page in page.deals(DealsReport(try asking.worked.view()))
    },
    view("/deal/{id}", "A deal", []) { asking, page in
      guard let story = DealStory(asking.id, in: try asking.worked.view()) else {
        throw Refusal.notFound
      }
      return page.deal(story, canWrite: !asking.house.isFolder)
    },
    view("/flows", "Who pays whom", []) { asking, page in
      page.flows(DealsReport(flowsOf: try asking.worked.footing()))
    },
    view("/left-out", "Deals that carry no flow, and why", []) { asking, page in
      page.leftOut(DealsReport(leftOutOf: try asking.worked.footing()))
    },
    view("/disputes", "Disputes", []) { asking, page in
      page.disputes(DisputeReport(try asking.worked.view()))
    },
    view("/changes", "What changed", [from, to]) { asking, page in
      page.changes(try changes(asking))
    },
    view("/tellers", "Two tellers side by side", [first, second]) { asking, page in
      let (one, other) = (asking["first"] ?? "press", asking["second"] ?? "companies")
      return page.tellers(try tellers(one, other, asking), one, other)
    },
    view("/trend", "Trend", [step]) { asking, page in
      page.trend(try trend(asking), by: asking["by"] ?? FlowCalendar.Step.year.rawValue)
    },
    view("/check", "Contradictions", []) { asking, page in
      page.check(CheckReport(try asking.worked.view()))
    },
    view("/search", "Search", [words, top]) { asking, page in
      page.search(asking["q"].map { search($0, asking) })
    },
    view("/source", "Sources", []) { _, page in page.sources },
    view("/source/{id}", "A source", []) { asking, page in
      guard let report = SourceReport(asking.id, in: try asking.worked.view()) else {
        throw Refusal.notFound
      }
      return page.source(report)
    },
    view("/row/{id}", "A row of the book", []) { asking, page in page.rows(try rows(asking)) },
    view("/claim/{id}", "A claim", []) { asking, page in page.rows(try rows(asking)) },
    view("/history", "History", [], hasQuestion: false, stamp: \.log.stamp) { asking, _ in
      try HistoryView(asking).html()
    },
    view("/write", "Write a claim", [deal], hasQuestion: false) { asking, _ in
      ClaimFormView(asking).html
    },
    view("/inbox", "Inbox", [], hasQuestion: false, stamp: \.log.stamp) { asking, _ in
      try InboxView(asking).list()
    },
    view("/inbox/{id}", "Candidate", [], hasQuestion: false, stamp: \.log.stamp) { asking, _ in
      try InboxView(asking).candidate()
    },
    view("/scenarios", "Scenarios", [scenario, paths], stamp: \.scenarios.stamp) { asking, page in
      try ScenariosView(asking, page).html()
    },
  ]

  private static func view(
    _ path: String,
    _ title: String,
    _ parameters: [QueryParameter],
    hasQuestion: Bool = true,
    stamp: @escaping @Sendable (House) -> String = { _ in "" },
    _ body: @escaping @Sendable (Asking, BookPage) throws -> HTML
  ) -> Route {
    Route(
      path: path,
      kind: .page,
      title: title,
      asks: true,
      parameters: parameters,
      stamp: stamp
    ) { asking in
      let page = try asking.page()
      let frame = Frame(asking, title: title, route: path, hasQuestion: hasQuestion)
      return .page(try frame.document(try body(asking, page)))
    }
  }
}

// MARK: What the views and the answers share

extension PageRoutes {
  static func loops(_ footing: Footing, top: Int) -> LoopReport {
    LoopReport(footing, limit: EconomyReport.loopLimit, top: top)
  }

  /// The parties of a loop, by id: two or more, each once.
  static func ids(_ asking: Asking) throws -> [String] {
    let wanted = asking.values["party"] ?? []
    let parties = asking.edition.opened.contents.parties
    let ids = try wanted.map { name in
      do throws(NamedParty.Unknown) {
        return try NamedParty.id(of: name, among: parties)
      } catch {
        let meant = error.meant.isEmpty ? error.nearest.map { [$0] } ?? [] : error.meant
        let advice =
          meant.isEmpty ? "" : " Did you mean \(meant.prefix(8).joined(separator: ", "))?"
        throw Refusal(422, "Nobody in the book goes by one of these names.\(advice)")
      }
    }
    guard (2...8).contains(ids.count), Set(ids).count == ids.count else {
      throw Refusal(422, "Name two parties or more, up to eight, each once.")
    }
    return ids
  }

  /// What changed between two days, and what it did to the figures of the period.
  static func changes(_ asking: Asking) throws -> DiffReport {
    let question = asking.worked.question
    let to = asking["to"].flatMap { PartialDate($0)?.last } ?? question.view.asOf
    let from = asking["from"].flatMap { PartialDate($0)?.last } ?? to.advanced(by: -30)
    guard from <= to else {
      throw Refusal(422, "The earlier day lies after the later: exchange the two.")
    }
    let contents = asking.edition.opened.contents
    let economy = { (day: Day) throws -> Economy in
      var asked = question
      asked.view.asOf = day
      return Economy(try View(of: contents, asked.view), asked)
    }
    let (earlier, later) = (try economy(from), try economy(to))
    return DiffReport(
      from: earlier.view,
      to: later.view,
      figures: FigureChanges(from: earlier, to: later)
    )
  }

  /// What differs where some tellers alone count, and where others do.
  static func tellers(_ one: String, _ other: String, _ asking: Asking) throws -> FigureChanges {
    let economy = { (words: String) throws -> Economy in
      var asked = asking.worked.question
      asked.view.toldBy = QuestionParameters.list(words)
      return Economy(try View(of: asking.edition.opened.contents, asked.view), asked)
    }
    return FigureChanges(from: try economy(one), to: try economy(other))
  }

  /// The usual periods up to the day, unless the question is of a longer one.
  static func trend(_ asking: Asking) throws -> TrendReport {
    var question = asking.worked.question
    guard question.basis == .flows else {
      throw Refusal(422, "A trend is of flows; what is promised is told by the answer.")
    }
    let usual = TrendReport.usualPeriod(asOf: question.view.asOf)
    if question.period.dayCount < 400 { question.period = usual }
    question.samples = min(question.samples, 100)
    let step = asking["by"].flatMap(FlowCalendar.Step.init(rawValue:)) ?? .year
    guard question.period.months.count <= (step == .month ? 24 : 120) else {
      throw Refusal(422, "A trend has 24 months at most, or ten years by quarters and years.")
    }
    return try TrendReport(
      question,
      of: asking.edition.opened.contents,
      by: step,
      book: (name: asking.edition.opened.name, head: asking.edition.head)
    )
  }

  static func search(_ words: String, _ asking: Asking) -> SearchReport {
    SearchReport(words, in: asking.edition.opened.contents, top: asking.number("top") ?? 60)
  }

  static func rows(_ asking: Asking) throws -> ShowReport {
    do {
      return try ShowReport([asking.id], in: asking.edition.opened.contents)
    } catch {
      throw Refusal(404, "The book has no such row.")
    }
  }
}

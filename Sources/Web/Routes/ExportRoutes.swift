internal import Books
internal import Claims
internal import Drawing
internal import Pages
internal import Reports
internal import Spreadsheets
internal import Tables

/// What can be kept: tables as CSV, and drawings as SVG that stand by themselves.
enum ExportRoutes {
  static let all: [Route] =
    workbooks + [
      table("/report.csv", "How much goes round on each footing") {
        TableExport.footings(try $0.worked.report().footings)
      },
      table("/flows.csv", "Who pays whom") {
        TableExport.flows(DealsReport(flowsOf: try $0.worked.footing()).flows)
      },
      table("/loops.csv", "The loops, a payment a line", [PageRoutes.top]) {
        TableExport.loops(try $0.worked.footing().largestLoops($0.number("top") ?? 10))
      },
      table("/deal.csv", "The deals as they stand") {
        TableExport.deals(DealsReport(try $0.worked.view()).deals)
      },
      table("/left-out.csv", "Deals that carry no flow, and why") {
        TableExport.leftOut(DealsReport(leftOutOf: try $0.worked.footing()).leftOut)
      },
      table("/party.csv", "Whose money each party lives on") {
        TableExport.parties(try $0.worked.report().parties)
      },
      table("/disputes.csv", "Both sides of each dispute") {
        TableExport.disputes(DisputeReport(try $0.worked.view()))
      },
      table("/search.csv", "Rows in which some words stand", [PageRoutes.words, PageRoutes.top]) {
        guard let words = $0["q"] else { throw Refusal(400, "q: say which words.") }
        return TableExport.hits(PageRoutes.search(words, $0).hits)
      },
      picture("/map.svg", "The map", [PageRoutes.mapKind, PageRoutes.loop, PageRoutes.focus]) {
        asking in
        let (page, footing) = (try asking.page(), try asking.worked.footing())
        let place = asking.number("loop")
        let loops = place.map(footing.largestLoops) ?? []
        let diagram = try page.diagram(
          footing,
          loop: place.flatMap { loops.indices.contains($0 - 1) ? loops[$0 - 1].parties : nil }
            ?? [],
          focus: asking["focus"].map(page.group)
        )
        var options = page.flowOptions("map")
        options.hasStyle = true
        return (asking["kind"].flatMap(BookPage.MapKind.init(rawValue:)) ?? .sankey)
          .draw(diagram, options)
      },
      picture("/timeline.svg", "Deals over time", [PageRoutes.focus]) { asking in
        ChartPictures.timeline(
          of: try asking.worked.view(),
          party: asking["focus"],
          top: 40,
          links: .nowhere
        ).picture(ChartOptions(id: "timeline", width: 1_040))
      },
      picture("/provenance.svg", "Whose money each lives on", []) { asking in
        let report = try asking.worked.report()
        return ChartPictures.provenance(
          of: report.paidFromInside,
          top: 12,
          subtitle: report.header.period,
          view: try asking.worked.view(),
          amount: { Figures.dollars($0) },
          links: .nowhere
        ).picture(ChartOptions(id: "provenance", width: 1_040))
      },
    ]

  private static let workbooks: [Route] = [
    workbook("/report.xlsx", "The whole answer") { try $0.worked.report() },
    workbook("/flows.xlsx", "Who pays whom") { DealsReport(flowsOf: try $0.worked.footing()) },
    workbook("/loops.xlsx", "The loops", [PageRoutes.top]) {
      PageRoutes.loops(try $0.worked.footing(), top: $0.number("top") ?? 10)
    },
    workbook("/deal.xlsx", "The deals as they stand") { DealsReport(try $0.worked.view()) },
    workbook("/left-out.xlsx", "Deals that carry no flow, and why") {
      DealsReport(leftOutOf: try $0.worked.footing())
    },
    workbook("/disputes.xlsx", "Both sides of each dispute") {
      DisputeReport(try $0.worked.view())
    },
    workbook("/trend.xlsx", "Period by period", [PageRoutes.step]) { try PageRoutes.trend($0) },
    workbook("/party.xlsx", "Parties") { try $0.worked.report() },
    workbook("/party/{id}.xlsx", "A party") { asking in
      guard let report = PartyReport(asking.id, in: try asking.worked.footing()) else {
        throw Refusal.notFound
      }
      return report
    },
    csv("/trend.csv", "Period by period", [PageRoutes.step]) { try PageRoutes.trend($0) },
  ]

  private static func workbook(
    _ path: String,
    _ title: String,
    _ parameters: [QueryParameter] = [],
    _ report: @escaping @Sendable (Asking) throws -> some TabularReport
  ) -> Route {
    Route(path: path, kind: .table, title: title, asks: true, parameters: parameters) { asking in
      .workbook(
        try WorkbookFile.bytes(of: try sheets(report(asking), asking)),
        name: name(path, asking)
      )
    }
  }

  private static func csv(
    _ path: String,
    _ title: String,
    _ parameters: [QueryParameter],
    _ report: @escaping @Sendable (Asking) throws -> some TabularReport
  ) -> Route {
    table(path, title, parameters) { try sheets(report($0), $0).main.csv }
  }

  /// An answer as a workbook: the question, the tables, the rows they cite, and the sources of these.
  private static func sheets(
    _ report: some TabularReport,
    _ asking: Asking
  ) throws -> Workbook {
    let question = asking.worked.question
    return Workbook(
      report,
      Workbook.Question(
        command: "\(asking.path)?\(asking.wholeQuery)",
        version: asking.house.version,
        book: (asking.edition.opened.name, asking.edition.head),
        view: question.view,
        network: question
      ),
      of: asking.edition.opened.contents,
      PartyNames(try asking.worked.view())
    )
  }

  private static func table(
    _ path: String,
    _ title: String,
    _ parameters: [QueryParameter] = [],
    _ body: @escaping @Sendable (Asking) throws -> [UInt8]
  ) -> Route {
    Route(path: path, kind: .table, title: title, asks: true, parameters: parameters) { asking in
      .table(try body(asking), name: name(path, asking))
    }
  }

  private static func picture(
    _ path: String,
    _ title: String,
    _ parameters: [QueryParameter],
    _ body: @escaping @Sendable (Asking) throws -> Picture
  ) -> Route {
    Route(path: path, kind: .picture, title: title, asks: true, parameters: parameters) { asking in
      .picture(try body(asking).svg, name: name(path, asking))
    }
  }

  /// The name of a saved file: what it is, of which day and book.
  private static func name(_ path: String, _ asking: Asking) -> String {
    let what = path.dropFirst().prefix { $0 != "." }.replacing("/{id}", with: "-\(asking.id)")
    return "\(what)-\(asking.worked.question.view.asOf)-\(asking.edition.head.prefix(8))"
  }
}

package import Drawing
internal import Projection
package import Reports

/// A projection, or the outside money needed, as one page that needs nothing else.
package struct ProjectionPage: Sendable, PageLayout {
  private let names: PartyNames
  private let title: String
  private let facts: String
  private let answer: String
  /// The charts on it, each to be shown alone as well.
  package let pictures: [PageContent.Picture]
  private let tables: [(id: String, title: String, body: HTML)]
  private let assumptions: [ProjectionPlan.Assumption]
  private let missing: [ProjectionPlan.Missing]
  private let command: String

  /// A page of a run that is done.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - names: Names of parties.
  ///   - command: The command that makes the page again.
  /// - Throws: ``FanChartError``, which a run does not give.
  package init(
    _ run: RunFile,
    _ names: PartyNames,
    command: String
  ) throws(FanChartError) {
    let parameters = run.parameters
    title = "\(parameters.name): a projection"
    facts =
      "\(parameters.months.first ?? "") to \(parameters.months.last ?? "") · as known on "
      + "\(parameters.asOf) · \(parameters.paths) paths, seed \(parameters.seed) · ouro "
      + "\(parameters.version) · book \(parameters.bookHash.prefix(8))"
    answer = run.answerWords
    tables = run.result.map { Self.tables(of: $0, names) } ?? []
    (assumptions, missing) = (run.assumptions, run.missing)
    pictures = try ProjectionPictures(names, subtitle: run.subtitle).all(of: run)
    (self.names, self.command) = (names, command)
  }

  /// A page of the outside money needed.
  ///
  /// - Parameters:
  ///   - needed: The answer.
  ///   - names: Names of parties.
  ///   - command: The command that makes the page again.
  /// - Throws: ``FanChartError``, which a run does not give.
  package init(
    _ needed: NeededReport,
    _ names: PartyNames,
    command: String
  ) throws(FanChartError) {
    title = "\(needed.name): the outside money needed"
    facts =
      "\(needed.months) · \(needed.money.paths) paths, seed \(needed.money.seed) · book "
      + "\(needed.book.prefix(8))"
    answer = needed.answerWords
    tables =
      [(id: "needed", title: "To have ready", body: Self.table(of: needed.money, names))]
      + Self.opening(of: needed, names)
    (assumptions, missing) = (needed.assumptions, needed.missing)
    let subtitle = "\(needed.name) · \(needed.months)"
    pictures = try ProjectionPictures(names, subtitle: subtitle).all(of: needed.money)
    (self.names, self.command) = (names, command)
  }

  /// The document, the same bytes for the same content.
  package var document: String {
    let sections =
      [("answer", "Answer"), ("pictures", "Pictures")] + tables.map { ($0.id, $0.title) }
      + [("assumed", "Assumed"), ("missing", "Missing")]
    let links = sections.map { id, name -> HTML in "<a href=\"#\(id)\">\(name)</a> " }
    let shown = tables.map { section($0.id, $0.title, $0.body) }
    return page(
      title,
      """
      <header><h1>\(title)</h1>
      <p class="meta">\(facts)</p><nav aria-label="Sections">\(links)</nav></header>
      <main>
      \(section("answer", "The answer", "<p class=\"answer\">\(answer)</p>"))
      \(section("pictures", "Pictures", "\(pictures.map(figure))"))
      \(shown)
      \(section("assumed", "Assumed", assumed))
      \(section("missing", "Not in the book and not set in the scenario", notKnown))
      </main><footer><p>Made by <code>\(command)</code></p></footer>
      """
    ).markup
  }

  private var assumed: HTML {
    let rows = assumptions.map { one in
      Row([
        "\(names.shortName(one.subject))", "\(one.words)", "\(one.because)",
        "\(one.evidence.joined(separator: " "))",
      ])
    }
    return table(
      [.words("of"), .words("what"), .words("why"), .words("rows of the book")],
      rows
    )
  }

  private var notKnown: HTML {
    let rows = missing.map { one in
      Row([
        "\(names.shortName(one.party))", "\(one.figures.joined(separator: ", "))",
        "\(one.consequence)",
      ])
    }
    return rows.isEmpty
      ? "<p>Nothing.</p>"
      : table([.words("of"), .words("what is missing"), .words("so")], rows)
  }
}

/// The tables of a projection, as HTML.
extension ProjectionPage {
  private struct Layout: PageLayout {}

  private static func tables(
    of result: ProjectionReport,
    _ names: PartyNames
  ) -> [(id: String, title: String, body: HTML)] {
    let layout = Layout()
    let failing = result.parties.filter { $0.fails > 0 }
      .sorted { ($1.fails, $0.id) < ($0.fails, $1.id) }
    let ends = failing.first.map { yearEnds($0.cash.count) } ?? []
    let columns: [PageColumn] =
      [.words("")] + ends.map { .figure("by \(failing[0].cash[$0].month)") }
      + [.figure("first of all"), .figure("owes lenders then"), .figure("they get back")]
    let odds = failing.map { party in
      PageRow(
        ["\(names.shortName(party.id))"]
          + ends.map { "\(Figures.percent(party.cash[$0].failed))" }
          + [
            "\(Figures.percent(party.failsFirst))",
            "\(party.owedAtFailure.map(layout.money) ?? "")",
            "\(party.recovery.map { Figures.percent($0) } ?? "")",
          ]
      )
    }
    let losses = result.losses.map { loss in
      let isOutside = loss.party == "outside"
      return PageRow([
        "\(isOutside ? "Lenders, suppliers and staff outside" : names.shortName(loss.party))",
        "\(layout.money(loss.amount))",
      ])
    }
    return [
      (
        "failures", "Has failed, share of the paths",
        odds.isEmpty ? "<p>Nobody whose cash is known.</p>" : layout.table(columns, odds)
      ),
      (
        "losses", "Who loses, on the average path",
        losses.isEmpty
          ? "<p>Nobody.</p>" : layout.table([.words(""), .figure("dollars")], losses)
      ),
    ]
  }

  static func table(of money: OutsideMoney, _ names: PartyNames) -> HTML {
    let layout = Layout()
    let columns: [PageColumn] =
      [.words("")] + money.years.map { .figure("by \($0)") }
      + [.figure("on the middle path"), .figure("needed on, of the paths"), .words("begins")]
    let rows = money.parties.map { party in
      PageRow(
        ["\(names.shortName(party.id))"] + party.byYear.map { "\(layout.money($0))" }
          + [
            "\(layout.money(party.median))", "\(Figures.percent(party.share))",
            "\(party.typicalMonth ?? "")",
          ]
      )
    }
    return rows.isEmpty ? "<p>Nobody needs any.</p>" : layout.table(columns, rows)
  }

  /// What growth opens the loop, where that was asked.
  private static func opening(
    of needed: NeededReport,
    _ names: PartyNames
  ) -> [(id: String, title: String, body: HTML)] {
    guard let words = needed.openingWords, let opening = needed.opening else { return [] }
    let columns: [PageColumn] = [
      .words("growth a year"), .figure("closed-loop share"), .words("has failed by then"),
    ]
    let rows = opening.curve.map { point in
      PageRow([
        "\(Figures.percent(point.growth))", "\(Figures.percent(point.share))",
        "\(point.failed.map(names.shortName).joined(separator: ", "))",
      ])
    }
    let body: HTML = "<p class=\"answer\">\(words)</p>\(Layout().table(columns, rows))"
    return [("opening", "What opens the loop", body)]
  }

  private static func yearEnds(_ months: Int) -> [Int] {
    (0..<months).filter { $0 % 12 == 11 || $0 == months - 1 }
  }
}

package import Claims
internal import Loops
internal import Networks
internal import Tables

/// How closed an economy is year by year or quarter by quarter, and whether buyers pay for it: on every footing, as
/// known on the day asked for and as known when each period ended.
package struct TrendReport: Report, Codable {
  /// One period as known on one day.
  package struct Account: Codable, Sendable {
    /// The day.
    package let asOf: String
    /// How much goes round on each footing of what moved.
    package let footings: [FootingLine]
    /// Who paid for it.
    package let realDollars: RealDollars
    /// Of a period that was not over on the day, the share of a full year's money that is told: see
    /// ``EconomyReport/Header/coverage``.
    @Nullable package private(set) var coverage: Double?

    init(_ economy: Economy) throws(MeasureError) {
      asOf = economy.view.request.asOf.description
      footings = economy.linesOfFlows
      realDollars = try RealDollars(economy.completed)
      coverage = economy.coverage
    }

    /// Whether too little is told of it for its shares to mean anything.
    package var isWithheld: Bool { Economy.isTooLittle(coverage) }

    /// How much goes round on one footing.
    package subscript(kind: Footing.Kind) -> FootingLine? { footings.first { $0.footing == kind } }
  }

  /// One period.
  package struct Point: Codable, Sendable {
    /// Its days.
    package let period: String
    /// As known on the day asked for.
    package let now: Account
    /// As known on its last day; `nil` where that is not over, or where nothing was known.
    @Nullable package private(set) var then: Account?
  }

  /// The name of the book.
  package let book: String
  /// The hash of its last row, or of its folder.
  package let head: String
  /// The day.
  package let asOf: String
  /// The periods, the first first.
  package let points: [Point]
  /// What was planned for these periods, beside what came of it.
  package let plans: [PlanLine]
  /// What shares gained or lost in them, as it is told.
  package let marketMoves: [MarketMove]

  /// Asks the same question of every year or quarter of a period.
  ///
  /// - Parameters:
  ///   - question: What is asked; its period holds all the others.
  ///   - contents: The book.
  ///   - step: How long each period is.
  ///   - book: Its name and hash.
  /// - Throws: ``ViewError`` where nobody is called as the tellers asked for, ``MeasureError`` where a measure cannot be
  ///   taken.
  package init(
    _ question: Question,
    of contents: BookContents,
    by step: FlowCalendar.Step,
    book: (name: String, head: String)
  ) throws {
    self.book = book.name
    head = book.head
    asOf = question.view.asOf.description
    let view = try View(of: contents, question.view)
    plans = PlanLine.spending(of: view, in: question.period)
    marketMoves = MarketMove.all(of: view, in: question.period)
    let schedules = Schedules(view, isConsolidated: question.isConsolidated)
    points = try FlowCalendar.columns(of: question.period, step).map { column in
      var asked = question
      asked.period = column
      let now = try Account(Economy(schedules, asked))
      guard column.last < question.view.asOf else {
        return Point(period: FlowCalendar.name(of: column, step), now: now, then: nil)
      }
      asked.view.asOf = column.last
      let then = try Account(Economy(View(of: contents, asked.view), asked))
      let isTold = then.footings.contains { $0.totalRange.high > 0 }
      return Point(
        period: FlowCalendar.name(of: column, step),
        now: now,
        then: isTold ? then : nil
      )
    }
  }

  /// The last three full years and the one that runs.
  package static func usualPeriod(asOf day: Day) -> Period {
    let year = day.components.year
    return Period(first: Period(.year(max(1, year - 3))).first, last: day) ?? Period(.day(day))
  }

  // MARK: Words

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    let head = "\(book) over time, as known on \(asOf) · book \(self.head.prefix(8))"
    let isTold = points.contains { $0.now.footings.contains { $0.totalRange.high > 0 } }
    guard isTold else {
      return [
        head, "", "Nothing is known to have moved between these companies in any of these periods.",
      ]
      .legibleText + "\n"
    }
    let sections = [
      [head],
      table("Cents of each dollar that lie on loops, as known on \(asOf)", { $0.now }, Self.share),
      table("The same, as known on the last day of each period", { $0.then }, Self.share),
      table("Paid among these companies, as known on \(asOf)", { $0.now }, Self.paid),
      table("The same, as known on the last day of each period", { $0.then }, Self.paid),
      realLines,
      loopLines(names), PlanLine.section(plans, names), MarketMove.section(marketMoves, names),
    ]
    return sections.filter { !$0.isEmpty }.map(\.legibleText).joined(separator: "\n\n") + "\n"
  }

  private func table(
    _ title: String,
    _ account: (Point) -> Account?,
    _ cell: (Account, FootingLine) -> String
  ) -> [String] {
    let kinds = points.first?.now.footings.map(\.footing) ?? []
    guard points.contains(where: { account($0) != nil }) else { return [] }
    let rows = points.map { point in
      [point.period]
        + kinds.map { kind in
          guard let told = account(point), let line = told[kind],
            line.totalRange.high > 0
          else { return "–" }
          return cell(told, line)
        }
    }
    return [title] + TextTable.figures([""] + kinds.map(Self.column), rows)
  }

  /// Each footing holds the ones before it.
  private static func column(_ kind: Footing.Kind) -> String {
    switch kind {
    case .estimated: "+ estimates"
    case .spread: "+ spread"
    case .completed: "+ filled in"
    default: kind.rawValue
    }
  }

  private static func share(_ account: Account, _ line: FootingLine) -> String {
    guard !account.isWithheld else { return "withheld" }
    return Figures.cents(line.shareRange.low, line.shareRange.high)
  }

  private static func paid(_ account: Account, _ line: FootingLine) -> String {
    Figures.dollars(line.totalRange.low, line.totalRange.high)
  }

  /// Buyers' money against funders' money.
  private var realLines: [String] {
    func cell(_ split: RealDollars.Split?) -> String {
      split.map { "\(Figures.cents($0.buyers)) / \(Figures.cents($0.funders))" } ?? "–"
    }
    let rows = points.map { point in
      let real = point.now.realDollars
      return [
        point.period, real["sector"].map { Figures.dollars($0.entered) } ?? "–",
        cell(real["sector"]?.direct), cell(real["lab"]?.lookedThrough),
        cell(real["neocloud"]?.lookedThrough),
      ]
    }
    return [
      "Real dollars: cents of each dollar that began with buyers / with funders, as known on \(asOf)"
    ]
      + TextTable.figures(
        ["", "entered", "of what entered", "labs live on", "neoclouds live on"],
        rows
      )
  }

  private func loopLines(_ names: PartyNames) -> [String] {
    var table = TextTable([.left, .left])
    for point in points {
      guard let line = point.now[.completed] else { continue }
      let loops = line.loops.prefix(3).map { loop in
        let most = loop.high.map {
          $0 > loop.bottleneck * 1.005 ? ", at most \(Figures.dollars($0))" : ""
        }
        return
          "\(names.round(loop.parties)) \(Figures.dollars(loop.bottleneck))\(most ?? " or more")"
      }
      table.add(point.period, loops.isEmpty ? "none" : loops.joined(separator: " · "))
    }
    return ["The largest loops with what was filled in, by the least amount on each"]
      + table.lines()
  }
}

package import Claims
package import Projection
internal import Tables

/// How much outside money keeps everybody solvent, and what growth opens the loop.
package struct NeededReport: Report, Codable {
  /// The scenario's name.
  package let name: String
  /// The book's hash.
  package let book: String
  /// First and last month.
  package let months: String
  /// The money needed.
  package let money: OutsideMoney
  /// The growth that opens the loop; `nil` where it was not asked for.
  @Nullable package private(set) var opening: OpeningGrowth?
  /// What the answer rests on.
  package let assumptions: [ProjectionPlan.Assumption]
  /// What nobody says.
  package let missing: [ProjectionPlan.Missing]

  /// Puts the answers together.
  package init(
    _ money: OutsideMoney,
    _ opening: OpeningGrowth?,
    _ plan: ProjectionPlan,
    book: String
  ) {
    name = plan.scenario.name
    self.book = book
    months = plan.span
    (self.money, self.opening) = (money, opening)
    (assumptions, missing) = (plan.assumptions, plan.missing)
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = [
      "\(name)  ·  \(months)  ·  \(money.paths) paths, seed \(money.seed)  ·  book \(book.prefix(8))",
      "",
    ]
    lines += wrapped(answerWords, indent: 0)
    if !money.parties.isEmpty { lines += partyLines(names) }
    lines += ScenarioReport.driverLines(money.drivers, names)
    if let opening { lines += openingLines(opening, names) }
    lines += ScenarioReport.groundLines(assumptions, missing, [])
    return lines.legibleText + "\n"
  }

  /// The answer in a sentence.
  package var answerWords: String {
    guard !money.parties.isEmpty else {
      return "Nobody whose cash is known needs outside money beyond its limits on any path."
    }
    return
      "So that nobody whose cash is known fails on \(Figures.percent(money.confidence)) of the paths, "
      + "the outside must put in up to \(dollars(money.total)) beyond what parties can raise, settled "
      + "beforehand by party; one fund behind all would need \(dollars(money.pooled))."
  }

  private func partyLines(_ names: PartyNames) -> [String] {
    var table = TextTable([.left] + money.years.map { _ in .right } + [.right, .right, .left])
    table.add(
      cells: [""] + money.years.map { "by \($0)" } + ["middle path", "needed on", "begins"]
    )
    for party in money.parties {
      table.add(
        cells: [names.shortName(party.id)] + party.byYear.map(dollars)
          + [dollars(party.median), Figures.percent(party.share), party.typicalMonth ?? ""]
      )
    }
    return ["", "To have ready"] + table.lines()
  }

  /// The growth that opens the loop, in a sentence; `nil` where it was not asked for.
  package var openingWords: String? {
    guard let opening else { return nil }
    let target = Figures.percent(opening.target)
    let words =
      switch opening.growth {
      case nil:
        "No growth of outside demand tried brings the closed-loop share of the last year down to "
          + "\(target) while everybody can pay."
      case 0?:
        "The closed-loop share of the last year is not above \(target) without any growth, and everybody "
          + "can pay."
      case let growth?:
        "The closed-loop share of the last year falls to \(target), with everybody able to pay, when what "
          + "all customers outside spend grows \(Figures.percent(growth)) a year."
      }
    return words + " All other draws are at their middle."
  }

  private func openingLines(_ opening: OpeningGrowth, _ names: PartyNames) -> [String] {
    var table = TextTable([.right, .right, .left])
    table.add("growth a year", "share", "has failed by then")
    for point in opening.curve {
      table.add(
        Figures.percent(point.growth),
        Figures.percent(point.share),
        point.failed.map(names.shortName).joined(separator: ", ")
      )
    }
    return [""] + wrapped(openingWords ?? "", indent: 0) + table.lines()
  }

  private func dollars(_ amount: Double) -> String { Figures.dollars(amount) }
}

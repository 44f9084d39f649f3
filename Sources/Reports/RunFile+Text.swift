internal import Projection
internal import Tables

extension RunFile {
  /// The run for a person.
  package func text(_ names: PartyNames) -> String {
    guard let result else { return partText() }
    let (first, last) = (parameters.months.first ?? "", parameters.months.last ?? "")
    var lines = [
      "\(parameters.name)  ·  \(first)..\(last)  ·  as known on \(parameters.asOf)"
        + "  ·  \(result.paths) paths, seed \(parameters.seed)  ·  book \(parameters.bookHash.prefix(8))"
    ]
    lines += [""] + wrapped(answerWords, indent: 0)
    lines += bands(result, names) + failures(result, names) + losses(result, names) + shares(result)
    lines += ScenarioReport.driverLines(drivers, names)
    lines += ScenarioReport.groundLines(assumptions, missing, [])
    return lines.legibleText + "\n"
  }

  /// The answer in a few sentences; empty for a part.
  package var answerWords: String {
    guard let result else { return "" }
    return
      "Somebody whose cash is known fails on \(Figures.percent(result.somebodyFails)) of the paths. "
      + "Bills not paid and debt not got back come to \(dollars(result.lossMean)) on the average path, "
      + "to \(dollars(result.loss95)) or less on nineteen in twenty, and to "
      + "\(dollars(result.expectedShortfall)) on average on the worst twentieth."
  }

  private func partText() -> String {
    let spans = done.map { "\($0.from) to \($0.until - 1)" }.joined(separator: ", ")
    return
      "a part of a run: paths \(spans) of \(parameters.paths); join the parts with ouro merge\n"
  }

  private func bands(_ result: ProjectionReport, _ names: PartyNames) -> [String] {
    let ends = ProjectionReport.yearEnds(parameters.months.count)
    var table = TextTable([.left] + ends.map { _ in .right })
    table.add(cells: [""] + ends.map { parameters.months[$0] })
    for party in result.parties where party.isTight {
      table.add(
        cells: [names.shortName(party.id)] + ends.map { dollars(party.cash[$0].p50) }
      )
      table.add(
        cells: ["  9 paths in 10"]
          + ends.map { "\(dollars(party.cash[$0].p05)) – \(dollars(party.cash[$0].p95))" }
      )
    }
    var lines = ["", "Cash at the end of the month: half of the paths, and nine in ten"]
    lines += table.lines()
    let ample = result.parties.filter { !$0.isTight }.map { names.shortName($0.id) }
    guard !ample.isEmpty else { return lines }
    return lines
      + wrapped(
        "\(ample.joined(separator: ", ")) never run low. What piles up there is no forecast: dividends, "
          + "buybacks and capital spending beyond last year's habits are not in it; --json has the bands."
      )
  }

  private func failures(_ result: ProjectionReport, _ names: PartyNames) -> [String] {
    let failing = result.parties.filter { $0.fails > 0 }.sorted {
      ($1.fails, $0.id) < ($0.fails, $1.id)
    }
    guard !failing.isEmpty else { return [] }
    let ends = ProjectionReport.yearEnds(parameters.months.count)
    var table = TextTable([.left] + ends.map { _ in .right } + [.right, .right, .right])
    table.add(
      cells: [""] + ends.map { parameters.months[$0] }
        + ["first of all", "owes lenders then", "they get back"]
    )
    for party in failing {
      table.add(
        cells: [names.shortName(party.id)]
          + ends.map { Figures.percent(party.cash[$0].failed) }
          + [
            Figures.percent(party.failsFirst), party.owedAtFailure.map(dollars) ?? "",
            party.recovery.map { Figures.percent($0) } ?? "",
          ]
      )
    }
    return ["", "Has failed by, share of the paths"] + table.lines()
  }

  private func losses(_ result: ProjectionReport, _ names: PartyNames) -> [String] {
    guard !result.losses.isEmpty else { return [] }
    var table = TextTable([.left, .right])
    for loss in result.losses.prefix(10) {
      let isOutside = loss.party == "outside"
      table.add(
        isOutside ? "Lenders, suppliers and staff outside" : names.shortName(loss.party),
        dollars(loss.amount)
      )
    }
    return ["", "Who loses, on the average path"] + table.lines()
  }

  private func shares(_ result: ProjectionReport) -> [String] {
    var table = TextTable([.left, .right, .right, .right, .right])
    table.add("", "paid inside", "goes round", "share", "half of the paths, nine in ten")
    for (year, band) in zip(middle.years, result.closedLoop) {
      table.add(
        year.period,
        dollars(year.inside),
        dollars(year.circulation),
        Figures.percent(year.share),
        band.words
      )
    }
    return ["", "Closed loop, with all draws at their middle and by chance"] + table.lines()
  }

  private func dollars(_ amount: Double) -> String { Figures.dollars(amount) }
}

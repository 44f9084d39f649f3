internal import Projection

extension RunFile {
  /// The run for a person.
  public func text(names: PartyNames) -> String {
    guard let result else { return partText() }
    let (first, last) = (parameters.months.first ?? "", parameters.months.last ?? "")
    var lines = [
      "\(parameters.name)  ·  \(first)..\(last)  ·  as known on \(parameters.asOf)"
        + "  ·  \(result.paths) paths, seed \(parameters.seed)  ·  book \(parameters.bookHash.prefix(8))"
    ]
    lines += [
      "",
      "Somebody whose cash is known fails on \(Figures.percent(result.somebodyFails)) of the paths.",
    ]
    lines += [
      "What is due and not paid: \(dollars(result.lossMedian)) or less on half of the paths, "
        + "\(dollars(result.loss95)) or less on nineteen in twenty,",
      "and \(dollars(result.expectedShortfall)) on average on the worst twentieth.",
    ]
    lines += bands(result, names) + failures(result, names) + shares() + driverLines()
    lines += ScenarioReport.groundLines(assumptions, missing, [])
    return lines.joined(separator: "\n") + "\n"
  }

  private func partText() -> String {
    let spans = done.map { "\($0.from) to \($0.until - 1)" }.joined(separator: ", ")
    return
      "a part of a run: paths \(spans) of \(parameters.paths); join the parts with ouro merge\n"
  }

  private func bands(_ result: ProjectionReport, _ names: PartyNames) -> [String] {
    let ends = parameters.months.indices.filter {
      $0 % 12 == 11 || $0 == parameters.months.count - 1
    }
    var table = TextTable([.left] + ends.map { _ in .right })
    table.add(cells: [""] + ends.map { parameters.months[$0] })
    for party in result.parties {
      table.add(
        cells: [names.shortName(party.id)] + ends.map { dollars(party.cash[$0].p50) }
      )
      table.add(
        cells: ["  9 paths in 10"]
          + ends.map { "\(dollars(party.cash[$0].p05)) – \(dollars(party.cash[$0].p95))" }
      )
    }
    return ["", "Cash at the end of the month: the middle path, and nine in ten"] + table.lines()
  }

  private func failures(_ result: ProjectionReport, _ names: PartyNames) -> [String] {
    let failing = result.parties.filter { $0.fails > 0 }.sorted {
      ($1.fails, $0.id) < ($0.fails, $1.id)
    }
    guard !failing.isEmpty else { return [] }
    let ends = parameters.months.indices.filter {
      $0 % 12 == 11 || $0 == parameters.months.count - 1
    }
    var table = TextTable([.left] + ends.map { _ in .right } + [.right, .right])
    table.add(
      cells: [""] + ends.map { parameters.months[$0] } + ["first of all", "not paid to it"]
    )
    for party in failing {
      table.add(
        cells: [names.shortName(party.id)]
          + ends.map { Figures.percent(party.cash[$0].failed) }
          + [Figures.percent(party.failsFirst), dollars(party.lost)]
      )
    }
    return ["", "Has failed by, share of the paths"] + table.lines()
  }

  private func shares() -> [String] {
    var table = TextTable([.left, .right, .right, .right])
    table.add("", "paid inside", "goes round", "share")
    for year in middle.years {
      table.add(
        year.period,
        dollars(year.inside),
        dollars(year.circulation),
        Figures.percent(year.share)
      )
    }
    return ["", "Closed loop, on the path of middles"] + table.lines()
  }

  private func driverLines() -> [String] {
    guard !drivers.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right])
    table.add("", "first tenth", "last tenth")
    for driver in drivers.prefix(12) {
      table.add(driver.name, dollars(driver.low), dollars(driver.high))
    }
    return ["", "Outside money needed so that nobody fails, one thing moved at a time"]
      + table.lines()
  }

  private func dollars(_ amount: Double) -> String { Figures.dollars(amount * 100) }
}

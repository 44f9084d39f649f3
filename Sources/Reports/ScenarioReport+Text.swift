package import Projection
internal import Tables

extension ScenarioReport {
  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = ["\(name)  ·  \(months)  ·  as known on \(asOf)  ·  book \(book.prefix(8))", ""]
    if !description.isEmpty { lines += wrapped(description, indent: 0) + [""] }
    lines += wrapped(paragraph, indent: 0)
    lines += sideBySide()
    lines += loopLines()
    lines += ScenarioHit.lines(hits, paths: min(chanceAfter.paths, 1000), names)
    lines += oddsLines(names) + lossLines(names)
    lines += failureLines(names)
    lines += flowLines(names)
    lines += happened()
    lines += Self.driverLines(drivers, names)
    lines += Self.groundLines(assumptions, missing, evidence)
    lines += unplannedLines()
    return lines.legibleText + "\n"
  }

  /// A table with a column for each side, or one column where nothing happens.
  private func sides(
    _ title: String,
    _ rows: [(name: String, before: String, after: String)]
  ) -> [String] {
    var table = TextTable([.left, .right, .right])
    if hasShocks { table.add("", "without", "with") }
    for row in rows {
      table.add(cells: hasShocks ? [row.name, row.before, row.after] : [row.name, row.after])
    }
    return rows.isEmpty ? [] : ["", title] + table.lines()
  }

  private func sideBySide() -> [String] {
    let sum = { (path: CentralPath) in path.parties.reduce(0) { $0 + $1.lost } }
    func row(_ name: String, _ before: Double, _ after: Double) -> (String, String, String) {
      (name, dollars(before), dollars(after))
    }
    return sides(
      "With all draws at their middle",
      [
        row("Paid inside", inside.before, inside.after),
        row("Not paid when due or not got back, inside", sum(before), sum(after)),
        row("The same, outside", before.lostOutside, after.lostOutside),
        row("Raised by parties of known cash", before.raisedByTracked, after.raisedByTracked),
        row("Undisclosed money needed", before.undisclosed, after.undisclosed),
      ]
    )
      + sides(
        "On \(chanceAfter.paths) paths, seed \(seed)",
        [
          (
            "Somebody fails", Figures.percent(chanceBefore.somebodyFails),
            Figures.percent(chanceAfter.somebodyFails)
          ), row("Lost, on average", chanceBefore.lossMean, chanceAfter.lossMean),
          row("Lost, nineteen paths in twenty at most", chanceBefore.loss95, chanceAfter.loss95),
          row(
            "Lost, mean of the worst twentieth",
            chanceBefore.expectedShortfall,
            chanceAfter.expectedShortfall
          ),
        ]
      )
  }

  private func loopLines() -> [String] {
    sides(
      "Closed-loop share by year: half of the paths, and nine in ten",
      zip(chanceBefore.closedLoop, chanceAfter.closedLoop).map {
        ($1.period, $0.words, $1.words)
      }
    )
  }

  /// Who has failed by when, of the parties that ever do.
  private func oddsLines(_ names: PartyNames) -> [String] {
    let failing = chanceAfter.parties.filter { max($0.fails, chanceBefore.fails($0.id)) > 0 }
      .sorted { ($1.fails, $0.id) < ($0.fails, $1.id) }
    guard let cash = failing.first?.cash else { return [] }
    let ends = ProjectionReport.yearEnds(cash.count)
    var table = TextTable([.left] + ends.map { _ in .right } + [.right, .right])
    let without = hasShocks ? ["without, at the end"] : []
    table.add(cells: [""] + ends.map { "by \(cash[$0].month)" } + ["first of all"] + without)
    for party in failing {
      table.add(
        cells: [names.shortName(party.id)] + ends.map { Figures.percent(party.cash[$0].failed) }
          + [Figures.percent(party.failsFirst)]
          + (hasShocks ? [Figures.percent(chanceBefore.fails(party.id))] : [])
      )
    }
    return ["", "Has failed, share of \(chanceAfter.paths) paths"] + table.lines()
  }

  private func lossLines(_ names: PartyNames) -> [String] {
    let before = Dictionary(
      uniqueKeysWithValues: chanceBefore.losses.map { ($0.party, $0.amount) }
    )
    return sides(
      "Who loses, on the average path",
      chanceAfter.losses.prefix(8).map { loss in
        let who =
          loss.party == "outside"
          ? "Lenders, suppliers and staff outside" : names.shortName(loss.party)
        return (who, dollars(before[loss.party] ?? 0), dollars(loss.amount))
      }
    )
  }

  private func failureLines(_ names: PartyNames) -> [String] {
    var lines = ["", "Who fails, in order, with all draws at their middle"]
    if after.failures.isEmpty { lines.append("  nobody whose cash is known") }
    for event in after.failures {
      lines.append("  \(event.month)  \(names.shortName(event.failed ?? "")) \(event.words)")
      for link in event.links {
        lines.append(
          "           \(names.shortName(link.from)) → \(names.shortName(link.to))  "
            + "\(dollars(link.amount)) not paid"
        )
      }
    }
    return lines
  }

  private func flowLines(_ names: PartyNames) -> [String] {
    guard !flows.isEmpty else { return [] }
    let rows = flows.prefix(12).map { flow in
      (
        "\(names.shortName(flow.payer)) → \(names.shortName(flow.payee))",
        dollars(flow.amount.before), dollars(flow.amount.after)
      )
    }
    let more = flows.count > 12 ? "  and \(flows.count - 12) more with --json" : nil
    return sides("Flows that change most", rows) + [more].compactMap(\.self)
  }

  private func happened() -> [String] {
    let events = after.events.filter { $0.failed == nil }
    guard !events.isEmpty else { return [] }
    return ["", "What happens"] + events.map { "  \($0.month)  \($0.words)" }
  }

  /// Deals whose amount or term nobody states, which a scenario can settle.
  private func unplannedLines() -> [String] {
    let open = ["nobody says how much", "nobody says from when to when"]
    let kinds = open.map { reason in
      (reason, unplanned.filter { $0.reason == reason }.map(\.deal))
    }
    guard kinds.contains(where: { !$0.1.isEmpty }) else { return [] }
    var lines = [
      "", "Deals that plan nothing ahead; set amount, start and end under deals: to let them",
    ]
    for (reason, deals) in kinds where !deals.isEmpty {
      lines += wrapped("\(reason): \(deals.joined(separator: ", "))")
    }
    return lines
  }

  /// What moves the outside money needed.
  static func driverLines(_ drivers: [Driver], _ names: PartyNames) -> [String] {
    guard !drivers.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right])
    table.add("", "at its least", "at its most")
    for driver in drivers.prefix(12) {
      table.add(
        driver.words(names),
        Figures.dollars(driver.low),
        Figures.dollars(driver.high)
      )
    }
    let title =
      "Outside money needed so that nobody fails, on average over the fifth of the paths on which"
    return ["", title] + table.lines()
  }

  /// What an answer rests on, line by line.
  static func groundLines(
    _ assumptions: [ProjectionPlan.Assumption],
    _ missing: [ProjectionPlan.Missing],
    _ evidence: [String]
  ) -> [String] {
    var lines = ["", "Assumed"]
    var groups: [(head: ProjectionPlan.Assumption, words: [String], rows: Set<String>)] = []
    for next in assumptions {
      let same = groups.firstIndex {
        $0.head.subject == next.subject && $0.head.because == next.because
      }
      if let same {
        groups[same].words.append(next.words)
        groups[same].rows.formUnion(next.evidence)
      } else {
        groups.append((next, [next.words], Set(next.evidence)))
      }
    }
    for group in groups {
      let rows = group.rows.isEmpty ? "" : "  [\(group.rows.sorted().joined(separator: ", "))]"
      let because = group.head.because.isEmpty ? "" : " (\(group.head.because))"
      lines += wrapped(
        "\(group.head.subject): \(group.words.joined(separator: ", "))\(because)\(rows)"
      )
    }
    if !missing.isEmpty { lines += ["", "Not in the book and not set in the scenario"] }
    var kinds: [(consequence: String, words: [String])] = []
    for gap in missing {
      let words = "\(gap.party) (\(gap.figures.joined(separator: ", ")))"
      if let same = kinds.firstIndex(where: { $0.consequence == gap.consequence }) {
        kinds[same].words.append(words)
      } else {
        kinds.append((gap.consequence, [words]))
      }
    }
    for kind in kinds {
      lines += wrapped("\(kind.words.joined(separator: ", ")): \(kind.consequence)")
    }
    if !evidence.isEmpty {
      lines += ["", "Rows of the book behind the deals that change"]
      lines += wrapped(evidence.joined(separator: " "))
    }
    return lines
  }

  private func dollars(_ amount: Double) -> String { Figures.dollars(amount) }
}

extension CentralPath {
  /// Dollars raised by parties of known cash.
  var raisedByTracked: Double {
    parties.filter(\.tracked).reduce(0) { $0 + $1.raised }
  }
}

extension Driver {
  /// What it is, in words, as `growth of OpenAI`.
  package func words(_ names: PartyNames) -> String {
    switch subject {
    case "outside": "\(name) outside"
    case "shock": name
    default: "\(name) of \(names.shortName(subject))"
    }
  }
}

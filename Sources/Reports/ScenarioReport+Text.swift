internal import Projection

extension ScenarioReport {
  /// The report for a person.
  public func text(names: PartyNames) -> String {
    var lines = ["\(name)  ·  \(months)  ·  as known on \(asOf)  ·  book \(book.prefix(8))", ""]
    lines += wrapped(paragraph, indent: 0)
    lines += sideBySide()
    lines += failureLines(names)
    lines += flowLines(names)
    lines += lossLines(names)
    lines += happened()
    lines += Self.groundLines(assumptions, missing, evidence)
    lines += unplannedLines()
    return lines.joined(separator: "\n") + "\n"
  }

  private func sideBySide() -> [String] {
    var table = TextTable([.left, .right, .right])
    table.add("", "without", "with")
    table.add("Paid inside", dollars(inside.before), dollars(inside.after))
    table.add(
      "Closed-loop share",
      Figures.percent(closedLoopShare.before),
      Figures.percent(closedLoopShare.after)
    )
    for (index, year) in after.years.enumerated() {
      let earlier = before.years[index]
      table.add("  \(year.period)", Figures.percent(earlier.share), Figures.percent(year.share))
    }
    let sum = { (path: CentralPath) in path.parties.reduce(0) { $0 + $1.lost } }
    table.add("Due and not paid inside", dollars(sum(before)), dollars(sum(after)))
    table.add("Due and not paid outside", dollars(before.lostOutside), dollars(after.lostOutside))
    table.add(
      "Raised by parties of known cash",
      dollars(before.raisedByTracked),
      dollars(after.raisedByTracked)
    )
    table.add("Undisclosed money needed", dollars(before.undisclosed), dollars(after.undisclosed))
    table.add(
      "Somebody fails, of \(ranges.paths) paths",
      Figures.percent(ranges.anybodyFails.before),
      Figures.percent(ranges.anybodyFails.after)
    )
    table.add(
      "Lost, mean of the worst twentieth",
      dollars(ranges.lossShortfall.before),
      dollars(ranges.lossShortfall.after)
    )
    return ["", "Before and after"] + table.lines()
  }

  private func failureLines(_ names: PartyNames) -> [String] {
    var lines = ["", "Who fails, in order, on the middle path"]
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
    guard !ranges.fails.isEmpty else { return lines }
    var table = TextTable([.left, .right, .right])
    table.add("", "without", "with")
    for odds in ranges.fails {
      table.add(
        names.shortName(odds.party),
        Figures.percent(odds.share.before),
        Figures.percent(odds.share.after)
      )
    }
    return lines + ["", "Fails by \(months.suffix(7)), share of \(ranges.paths) paths"]
      + table.lines()
  }

  private func flowLines(_ names: PartyNames) -> [String] {
    guard !flows.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right])
    table.add("", "without", "with")
    for flow in flows.prefix(12) {
      table.add(
        "\(names.shortName(flow.payer)) → \(names.shortName(flow.payee))",
        dollars(flow.amount.before),
        dollars(flow.amount.after)
      )
    }
    let more = flows.count > 12 ? "  and \(flows.count - 12) more with --json" : nil
    return ["", "Flows that change most"] + table.lines() + [more].compactMap(\.self)
  }

  private func lossLines(_ names: PartyNames) -> [String] {
    let lost = after.parties.filter { $0.lost > 0 }
      .sorted { ($1.lost, $0.id) < ($0.lost, $1.id) }
    guard !lost.isEmpty else { return [] }
    var table = TextTable([.left, .right])
    for party in lost.prefix(10) { table.add(names.shortName(party.id), dollars(party.lost)) }
    return ["", "Who is not paid what was due, on the middle path"] + table.lines()
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

  private func dollars(_ amount: Double) -> String { Figures.dollars(amount * 100) }
}

extension CentralPath {
  /// Dollars raised by parties of known cash.
  var raisedByTracked: Double {
    parties.filter(\.tracked).reduce(0) { $0 + $1.raised }
  }
}

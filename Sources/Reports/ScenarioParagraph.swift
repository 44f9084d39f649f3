internal import Projection

/// A scenario's answer in one paragraph that can be quoted by itself.
struct ScenarioParagraph {
  let plan: ProjectionPlan
  let names: PartyNames

  func text(
    _ before: CentralPath,
    _ after: CentralPath,
    _ ranges: ScenarioReport.Ranges,
    evidence: [String]
  ) -> String {
    [
      opening, money(before, after), failures(before, after, ranges), losses(before, after, ranges),
      grounds(evidence),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var opening: String {
    "\(plan.scenario.name): from \(plan.months[0]) over \(plan.months.count) months,"
  }

  private func money(_ before: CentralPath, _ after: CentralPath) -> String {
    let change = after.inside - before.inside
    let direction = change < 0 ? "less" : "more"
    let moved =
      change.magnitude < 1
      ? "as much is paid inside the sector (\(dollars(after.inside)))"
      : "\(dollars(change.magnitude)) \(direction) is paid inside the sector "
        + "(\(dollars(after.inside)) instead of \(dollars(before.inside)))"
    return moved + ", and \(Figures.percent(after.share)) of it goes round"
      + (Figures.percent(after.share) == Figures.percent(before.share)
        ? ", as without it." : " instead of \(Figures.percent(before.share)).")
  }

  private func failures(
    _ before: CentralPath,
    _ after: CentralPath,
    _ ranges: ScenarioReport.Ranges
  ) -> String {
    let known = Set(before.failures.compactMap(\.failed))
    let list = after.failures.prefix(4).compactMap { event in
      event.failed.map { id in
        "\(names.shortName(id)) in \(event.month)" + (known.contains(id) ? "" : " (not without it)")
      }
    }
    let odds = ranges.fails.prefix(3).map { odds in
      "\(names.shortName(odds.party)) on \(Figures.percent(odds.share.after)) "
        + "(\(Figures.percent(odds.share.before)) without)"
    }
    let middle =
      list.isEmpty
      ? "On the middle path nobody whose cash is known fails"
      : "On the middle path \(list.joined(separator: ", then ")) cannot pay"
    let chance =
      odds.isEmpty
      ? "; nobody does on any of \(ranges.paths) paths."
      : "; of \(ranges.paths) paths, \(odds.joined(separator: ", "))."
    return middle + chance
  }

  private func losses(
    _ before: CentralPath,
    _ after: CentralPath,
    _ ranges: ScenarioReport.Ranges
  ) -> String {
    let worst = ranges.lossShortfall
    guard max(worst.after, worst.before) > 0 else { return "" }
    return "What is due and not paid comes to \(dollars(ranges.lossMedian.after)) on half of the "
      + "paths or less and to \(dollars(worst.after)) on average on the worst twentieth "
      + "(\(dollars(worst.before)) without)."
  }

  private func grounds(_ evidence: [String]) -> String {
    let untracked = plan.parties.count - plan.tracked.count
    let judged = plan.assumptions.filter { $0.evidence.isEmpty }.count
    let sources = evidence.isEmpty ? "" : " [\(evidence.prefix(6).joined(separator: ", "))]"
    return "It rests on \(judged) assumptions of the scenario and the balances of "
      + "\(plan.tracked.count) parties; \(untracked) parties without known cash are taken to pay"
      + sources + "."
  }

  private func dollars(_ amount: Double) -> String { Figures.dollars(amount * 100) }
}

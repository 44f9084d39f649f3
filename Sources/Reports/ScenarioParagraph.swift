internal import Projection

/// A scenario's answer in one paragraph that can be quoted by itself.
struct ScenarioParagraph {
  let plan: ProjectionPlan
  let names: PartyNames
  let paths: (before: CentralPath, after: CentralPath)
  let chance: (before: ProjectionReport, after: ProjectionReport)
  let drivers: [Driver]
  let evidence: [String]

  /// Differences of shares that a few hundred paths can tell from chance.
  private static let leastPoints = 0.02

  private var hasShocks: Bool { !plan.scenario.shocks.isEmpty }

  var text: String {
    [opening + money, loop, failures, losses, whatMovesIt, grounds].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private var opening: String {
    "\(plan.scenario.name): over \(plan.months.count) months from \(plan.months[0]) "
  }

  private var money: String {
    let (before, after) = (paths.before.inside, paths.after.inside)
    guard hasShocks, (after - before).magnitude >= 1 else {
      return "\(dollars(after)) is paid inside the sector\(hasShocks ? ", as without it" : "")."
    }
    let direction = after < before ? "less" : "more"
    return "\(dollars((after - before).magnitude)) \(direction) is paid inside the sector "
      + "(\(dollars(after)) instead of \(dollars(before)), all draws at their middle)."
  }

  /// The year whose closed-loop share is largest, with its range.
  private var loop: String {
    guard let peak = chance.after.closedLoop.max(by: { $0.p50 < $1.p50 }), peak.p95 >= 0.005 else {
      return "Next to none of it goes round."
    }
    let words =
      "Of the money paid inside, \(peak.words) goes round in \(peak.period), more than in any "
      + "other year"
    let before = chance.before.closedLoop.first { $0.period == peak.period }
    guard hasShocks, let before, before.words != peak.words else { return words + "." }
    return words + "; without it \(before.words)."
  }

  private var failures: String {
    let known = chance.after.parties.map(\.id)
    let moves = known.map {
      (id: $0, before: chance.before.fails($0), after: chance.after.fails($0))
    }
    .sorted { ($1.after, $0.id) < ($0.after, $1.id) }
    let all = "\(Figures.decimal(Double(chance.after.paths), digits: 0)) paths"
    let failing = moves.filter { $0.after > 0 }.prefix(4)
    if !hasShocks {
      return failing.isEmpty
        ? "Nobody whose cash is known fails on any of \(all)."
        : sentence(failing.map { odds($0.id, $0.after) }, all) + "."
    }
    let changed = moves.filter { ($0.after - $0.before).magnitude >= Self.leastPoints }.prefix(4)
    guard !changed.isEmpty else {
      let most = failing.prefix(1).map { odds($0.id, $0.after) }
      return "It makes nobody's failure more or less likely by two points"
        + (most.isEmpty ? "." : "; with and without it, " + sentence(most, all) + ".")
    }
    return sentence(changed.map { odds($0.id, $0.after, $0.before) }, all)
      + "; nobody else's chance moves by two points."
  }

  /// `OpenAI fails on 21 % of 1,000 paths (…), CoreWeave on 11 %`.
  private func sentence(_ odds: [(who: String, share: String, notes: String)], _ all: String)
    -> String
  {
    listed(
      odds.enumerated().map { index, one in
        "\(one.who)\(index == 0 ? " fails" : "") on \(one.share)\(index == 0 ? " of \(all)" : "")"
          + (one.notes.isEmpty ? "" : " (\(one.notes))")
      }
    )
  }

  private func odds(
    _ id: String,
    _ after: Double,
    _ before: Double? = nil
  ) -> (who: String, share: String, notes: String) {
    let by = chance.after.parties.first { $0.id == id }?.failsBy
    let half = after >= 0.1 ? by.map { "half of them by \($0)" } : nil
    let without = before.map { "\(Figures.percent($0)) without it" }
    let notes = [without, half].compactMap(\.self).joined(separator: "; ")
    return (names.shortName(id), Figures.percent(after), notes)
  }

  private var losses: String {
    let (before, after) = (chance.before, chance.after)
    guard max(after.lossMean, before.lossMean) >= 1 else { return "" }
    func without(_ amount: Double) -> String { hasShocks ? " (\(dollars(amount)) without it)" : "" }
    let most = after.losses.prefix(2).map { loss in
      let who =
        loss.party == "outside"
        ? "lenders, suppliers and staff outside" : names.shortName(loss.party)
      return "\(who) (\(dollars(loss.amount)))"
    }
    return "Bills not paid and debt not got back come to \(dollars(after.lossMean))"
      + without(before.lossMean) + " on the average path and to \(dollars(after.expectedShortfall))"
      + without(before.expectedShortfall) + " on the worst twentieth"
      + (most.isEmpty ? "." : "; most of it falls on \(listed(most)).")
  }

  private var whatMovesIt: String {
    let words = drivers.prefix(3).map { driver in
      "the \(driver.words(names)) (\(dollars(driver.low)) at its least, \(dollars(driver.high)) at its most)"
    }
    return words.isEmpty
      ? "" : "The outside money that would keep everybody solvent depends most on \(listed(words))."
  }

  private var grounds: String {
    let assumed = plan.assumptions.filter { $0.because.hasPrefix("assumption") }
    var subjects: [String] = []
    for one in assumed where !subjects.contains(one.subject) { subjects.append(one.subject) }
    let who = listed(subjects.map { $0 == "outside" ? "customers outside" : names.shortName($0) })
    let untracked = plan.parties.count - plan.tracked.count
    let sources = evidence.isEmpty ? "" : " [\(evidence.prefix(6).joined(separator: ", "))]"
    return (assumed.isEmpty ? "" : "\(assumed.count) figures are assumptions, on \(who). ")
      + "\(untracked) parties whose cash or business nobody states are taken to pay whatever falls "
      + "due, with \(dollars(paths.after.undisclosed)) from undisclosed sources\(sources)."
  }

  private func dollars(_ amount: Double) -> String { Figures.dollars(amount) }
}

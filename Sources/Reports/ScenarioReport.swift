package import Claims
package import Projection

/// What a scenario changes: the same months with and without what happens, side by side.
package struct ScenarioReport: Report, Codable {
  /// A figure before and after.
  package struct Change: Codable, Sendable {
    /// Without what happens.
    package let before: Double
    /// With it.
    package let after: Double
  }

  /// The money of one pair of parties before and after.
  package struct FlowChange: Codable, Sendable {
    /// Who pays.
    package let payer: String
    /// Who is paid.
    package let payee: String
    /// Dollars over all months.
    package let amount: Change
  }

  /// The scenario's name.
  package let name: String
  /// What it asks.
  package let description: String
  /// The day of the view.
  package let asOf: String
  /// The book's hash.
  package let book: String
  /// The program's version.
  package let version: String
  /// First and last month.
  package let months: String
  /// Without what happens.
  package let before: CentralPath
  /// With it.
  package let after: CentralPath
  /// Share of the money paid inside that goes round.
  package let closedLoopShare: Change
  /// Dollars paid inside.
  package let inside: Change
  /// Pairs whose money changes, the largest changes first.
  package let flows: [FlowChange]
  /// Whether anything happens in it.
  package let hasShocks: Bool
  /// Where chance began.
  package let seed: UInt64
  /// Many paths without what happens.
  package let chanceBefore: ProjectionReport
  /// The same paths with it.
  package let chanceAfter: ProjectionReport
  /// Who loses what by it: forced, at risk, and not to be known; the hardest hit first.
  package let hits: [ScenarioHit]
  /// What moves the outside money needed, the widest first.
  package let drivers: [Driver]
  /// What the answer rests on.
  package let assumptions: [ProjectionPlan.Assumption]
  /// What nobody says.
  package let missing: [ProjectionPlan.Missing]
  /// Deals that run but plan nothing ahead, and why.
  package let unplanned: [ProjectionPlan.Unplanned]
  /// Claims and facts behind the deals that the scenario touches or that end in it, by id.
  package let evidence: [String]
  /// One paragraph to quote.
  package let paragraph: String

  /// Runs a scenario with and without what happens.
  ///
  /// - Parameters:
  ///   - plan: The scenario laid out.
  ///   - view: The view it was laid out from.
  ///   - book: The book's hash, and the program's version.
  ///   - paths: How many paths the ranges rest on.
  ///   - seed: Where chance begins.
  ///   - threads: How many threads.
  ///   - goesOn: Is given the share of the work done, now and then, and says whether to go on.
  /// - Throws: ``ProjectionError``.
  package init(
    _ plan: ProjectionPlan,
    _ view: View,
    book: (head: String, version: String),
    paths: Int,
    seed: UInt64,
    threads: Int,
    while goesOn: (Double) -> Bool = { _ in true }
  ) throws(ProjectionError) {
    let calm = plan.withoutShocks
    let (before, after) = (try CentralPath(calm), try CentralPath(plan))
    hasShocks = !plan.scenario.shocks.isEmpty
    self.seed = seed
    let swung = min(paths, 1000)
    let work = Double(swung + (hasShocks ? 2 * (paths + swung) : paths))
    guard goesOn(0) else { throw .stopped }
    drivers = try Driver.all(plan, paths: swung, seed: seed, threads: threads) {
      goesOn(Double($0) / work)
    }
    chanceAfter = try Self.chance(plan, paths, seed, threads) {
      goesOn(Double(swung + $0) / work)
    }
    chanceBefore =
      hasShocks
      ? try Self.chance(calm, paths, seed, threads) { goesOn(Double(swung + paths + $0) / work) }
      : chanceAfter
    hits = try ScenarioHit.all(of: plan, paths: swung, seed: seed, threads: threads) {
      goesOn(Double(swung + 2 * paths + $0) / work)
    }
    name = plan.scenario.name
    description = plan.scenario.description
    asOf = view.request.asOf.description
    (self.book, version) = (book.head, book.version)
    months = plan.span
    closedLoopShare = Change(before: before.share, after: after.share)
    inside = Change(before: before.inside, after: after.inside)
    flows = Self.flows(before, after)
    (self.before, self.after) = (before, after)
    (assumptions, missing) = (plan.assumptions, plan.missing)
    unplanned = plan.unplanned
    evidence = plan.evidenceOfShocks
    paragraph =
      ScenarioParagraph(
        plan: plan,
        names: PartyNames(view),
        paths: (before, after),
        chance: (chanceBefore, chanceAfter),
        drivers: drivers,
        evidence: plan.evidenceOfShocks
      ).text
  }

  /// Paths between two looks at whether to go on.
  private static let batch = 512

  private static func chance(
    _ plan: ProjectionPlan,
    _ paths: Int,
    _ seed: UInt64,
    _ threads: Int,
    _ goesOn: (Int) -> Bool
  ) throws(ProjectionError) -> ProjectionReport {
    var tally = Tally(parties: plan.parties.count, months: plan.months.count)
    let run = MonteCarlo(plan, seed: seed, threads: threads, paths: paths)
    for from in stride(from: 0, to: paths, by: batch) {
      let until = min(from + batch, paths)
      try run.run(from..<until, into: &tally)
      guard goesOn(until) else { throw .stopped }
    }
    return ProjectionReport(
      tally,
      parties: plan.parties,
      tracked: Set(plan.tracked),
      months: plan.months.map(\.description)
    )
  }

  private static func flows(_ before: CentralPath, _ after: CentralPath) -> [FlowChange] {
    var pairs: [[String]: (Double, Double)] = [:]
    for flow in before.flows { pairs[[flow.payer, flow.payee], default: (0, 0)].0 = flow.amount }
    for flow in after.flows { pairs[[flow.payer, flow.payee], default: (0, 0)].1 = flow.amount }
    return pairs.filter { ($0.value.0 - $0.value.1).magnitude >= 1 }
      .map { pair, amounts in
        FlowChange(
          payer: pair[0],
          payee: pair[1],
          amount: Change(before: amounts.0, after: amounts.1)
        )
      }
      .sorted {
        let (left, right) = ($0.amount.size, $1.amount.size)
        return (right, $0.payer, $0.payee) < (left, $1.payer, $1.payee)
      }
  }
}

extension ScenarioReport.Change {
  /// How far the two lie apart.
  var size: Double { (after - before).magnitude }
}

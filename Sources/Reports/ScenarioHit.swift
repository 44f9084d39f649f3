internal import Projection
internal import Tables

/// What one party loses by what happens in a scenario, path by path beside the same path without it: what it loses
/// whatever else comes, what only some paths bring, and what nobody can know.
package struct ScenarioHit: Codable, Sendable {
  /// A loss over all months.
  package struct Loss: Codable, Sendable, Equatable {
    /// Dollars lost on nineteen paths in twenty at least.
    package let forced: Double
    /// Dollars on top of them that one path in twenty loses.
    package let atRisk: Double

    private enum CodingKeys: String, CodingKey {
      case forced
      case atRisk = "at_risk"
    }

    /// The loss by its size on each path.
    init(_ paths: [Double]) {
      let sorted = paths.sorted()
      forced = max(0, ForecastBand.quantile(0.05, ofSorted: sorted))
      atRisk = max(0, ForecastBand.quantile(0.95, ofSorted: sorted) - forced)
    }

    var most: Double { forced + atRisk }
  }

  /// A deal that ends or changes, of which nobody says what it is worth.
  package struct Unknown: Codable, Sendable {
    /// The deal, by id.
    package let deal: String
    /// What is not known.
    package let reason: String
  }

  /// The party, by id.
  package let party: String
  /// Sales that do not come.
  package let sales: Loss
  /// What falls due to it and is not paid, or was lent and is not got back.
  package let unpaid: Loss
  /// What nobody can know of it.
  package let unknown: [Unknown]
  /// Whether its cash is known, so that the paths say whether it can bear the loss.
  package let canFail: Bool

  private enum CodingKeys: String, CodingKey {
    case party, sales, unpaid, unknown
    case canFail = "can_fail"
  }

  /// The parties that a scenario hits, the hardest first.
  ///
  /// - Parameters:
  ///   - plan: The scenario laid out.
  ///   - paths: How many paths.
  ///   - seed: Where chance begins.
  ///   - threads: How many threads.
  ///   - goesOn: Is given how many paths are done of both runs, now and then, and says whether to go on.
  /// - Returns: None where nothing happens.
  /// - Throws: ``ProjectionError``.
  static func all(
    of plan: ProjectionPlan,
    paths: Int,
    seed: UInt64,
    threads: Int,
    while goesOn: (Int) -> Bool = { _ in true }
  ) throws(ProjectionError) -> [ScenarioHit] {
    guard !plan.scenario.shocks.isEmpty, let last = plan.months.indices.last else { return [] }
    let targets = plan.parties.flatMap { party in
      [
        ForecastTarget.receipts(party: party, months: plan.months.indices),
        .lost(party: party, month: last),
      ]
    }
    func samples(_ plan: ProjectionPlan, after done: Int) throws(ProjectionError) -> [[Double]] {
      let run = MonteCarlo(plan, seed: seed, threads: threads, paths: paths)
      return try run.samples(of: targets, paths: paths) { goesOn(done + $0) }
    }
    let calm = try samples(plan.withoutShocks, after: 0)
    let shocked = try samples(plan, after: paths)
    let tracked = Set(plan.tracked)
    let unpriced = plan.unpricedOfShocks
    return plan.parties.enumerated().map { index, party in
      ScenarioHit(
        party: party,
        sales: Loss(zip(calm[2 * index], shocked[2 * index]).map { $0 - $1 }),
        unpaid: Loss(zip(calm[2 * index + 1], shocked[2 * index + 1]).map { $1 - $0 }),
        unknown: unpriced.filter { $0.payee == party }.map {
          Unknown(deal: $0.deal, reason: $0.reason)
        },
        canFail: tracked.contains(party)
      )
    }.filter { $0.size >= 1 || !$0.unknown.isEmpty }
      .sorted { ($1.size, $0.party) < ($0.size, $1.party) }
  }

  private var size: Double { max(sales.most, unpaid.most) }

  /// The hits as a table.
  ///
  /// - Parameters:
  ///   - hits: The parties hit.
  ///   - paths: How many paths they rest on.
  ///   - names: What people call the parties.
  /// - Returns: The lines; none where nobody is hit.
  static func lines(_ hits: [ScenarioHit], paths: Int, _ names: PartyNames) -> [String] {
    let losing = hits.filter { $0.size >= 1 }
    guard !losing.isEmpty else { return unknownLines(hits, names) }
    let hardest = losing.prefix(10)
    var table = TextTable([.left, .right, .right, .right, .right])
    table.add("", "sales: forced", "at risk beside", "not paid: forced", "at risk beside")
    for hit in hardest {
      table.add(
        names.shortName(hit.party),
        Figures.dollars(hit.sales.forced),
        Figures.dollars(hit.sales.atRisk),
        Figures.dollars(hit.unpaid.forced),
        Figures.dollars(hit.unpaid.atRisk)
      )
    }
    let more = losing.count - hardest.count
    return [
      "",
      "Who is hit, on \(Figures.count(paths, "path")) beside the same without it: lost on nineteen in twenty, and on the worst",
    ] + table.lines() + (more > 0 ? ["  and \(more) more with --json"] : [])
      + unknownLines(hits, names)
  }

  private static func unknownLines(_ hits: [ScenarioHit], _ names: PartyNames) -> [String] {
    let unpriced = hits.flatMap { hit in
      hit.unknown.map { "\(names.shortName(hit.party)) loses \($0.deal), and \($0.reason)" }
    }
    let blind = hits.filter { !$0.canFail && $0.size >= 1 }.map { names.shortName($0.party) }
    let bearing =
      blind.isEmpty
      ? [] : ["whether \(listed(blind)) can bear it, whose cash or business nobody states"]
    guard !(unpriced + bearing).isEmpty else { return [] }
    return ["", "What nobody can know"] + (unpriced + bearing).flatMap { wrapped($0) }
  }
}

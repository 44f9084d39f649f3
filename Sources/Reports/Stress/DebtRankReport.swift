internal import Graphs
internal import Networks
package import Stress

/// What share of their equity parties lose when others lose some of theirs.
package struct DebtRankReport: StressReport {
  private enum CodingKeys: CodingKey {
    case method, value, stress, losses
  }

  /// How stress is passed on.
  package let method: String
  /// The share of the whole that is lost beyond the first shock.
  package let value: Double
  /// The share of its equity that each party has lost in the end.
  package let stress: [String: Double]
  private let losses: [LinkLosses.Entry]?
  /// What was assumed where figures are not given.
  package let assumed: [String]
  private let words: String

  /// Passes on the shocks of `question`.
  ///
  /// - Parameters:
  ///   - question: The debts and what is lost at first.
  ///   - form: Whether stress is passed on at every increase, or once.
  /// - Throws: ``NetworkError`` and ``StressError``.
  package init(_ question: StressQuestion, form: DebtRank.Form) throws {
    var figures = try PartyFigures(question.list)
    let equity = try Self.equity(&figures)
    let rank = try DebtRank(
      of: figures.network,
      equity: equity,
      shocks: question.shocks,
      weights: try figures.sizes(),
      form: form
    )
    let parties = figures.network.nodes
    let lost = LinkLosses(rank.losses, parties, isAsked: question.namesLosses)
    method = form.rawValue
    value = rank.value
    stress = byParty(parties, rank.stress)
    losses = lost.entries
    assumed = figures.assumed
    let lines =
      Self.answerLines(rank, parties, question.listed) + lost.lines + figures.assumptions
    words = lines.joined(separator: "\n") + "\n"
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String { words }

  /// What everybody is worth, as all must be known for this.
  private static func equity(_ figures: inout PartyFigures) throws(StressError) -> [Double] {
    var equity: [Double] = []
    for (party, value) in zip(figures.list.parties, figures.equity()) {
      guard let value else { throw .unknown(what: "equity", party: party.id) }
      equity.append(value)
    }
    let ruined = zip(figures.list.parties, equity).filter { $1 < 0 }.map(\.0.id)
    if !ruined.isEmpty {
      figures.assume("\(named(ruined)), worth less than nothing, began with all lost")
    }
    return equity
  }

  private static func answerLines(
    _ rank: DebtRank,
    _ parties: [String],
    _ listed: ListedParties
  ) -> [String] {
    var lines = [
      "Beyond the first shock, \(Figures.tenths(rank.value)) of the whole is lost "
        + "(\(Figures.count(rank.rounds, "round")))."
    ]
    let hit = rank.stress.count { $0 > 0 }
    let rows = listed.first(of: parties.indices) { rank.stress[$0] }.prefix(hit)
      .map { [parties[$0], Figures.tenths(rank.initial[$0]), Figures.tenths(rank.stress[$0])] }
    if !rows.isEmpty {
      lines += ["", "Equity lost:"] + TextTable.figures(["", "at first", "in the end"], rows)
      lines += listed.rest(of: hit)
    }
    guard !rank.capped.isEmpty else { return lines }
    let capped = rank.capped.map { parties[$0] }
    return lines + ["", "Lost more than all of it, and counted as all: \(named(capped))"]
  }
}

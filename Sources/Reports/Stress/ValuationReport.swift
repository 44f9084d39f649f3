internal import Graphs
internal import Networks
package import Stress

/// What parties are worth when claims count at what their debtors are worth.
package struct ValuationReport: StressReport {
  private enum CodingKeys: CodingKey {
    case method, equity, value, rounds, losses
  }

  /// What a claim is worth, by name.
  package let method: String
  /// What each party is worth.
  package let equity: [String: Double]
  /// What each party's debts are worth, as a share of their face.
  package let value: [String: Double]
  /// How many rounds it took.
  package let rounds: Int
  private let losses: [LinkLosses.Entry]?
  /// What was assumed where figures are not given.
  package let assumed: [String]
  private let words: String

  /// Values the claims of `question`.
  ///
  /// - Parameters:
  ///   - question: The debts and what is lost at first.
  ///   - function: What a claim is worth.
  ///   - method: The name of that.
  /// - Throws: ``NetworkError`` and ``StressError``.
  package init(_ question: StressQuestion, function: ValuationFunction, method: String) throws {
    var figures = try PartyFigures(question.list)
    let before = figures.externalAssets()
    let outside = figures.externalLiabilities()
    let unshocked = try NetworkValuation(
      of: figures.network,
      externalAssets: before,
      externalLiabilities: outside,
      function: .furfine(recovery: 1, ties: .survive)
    )
    let face = unshocked.faceEquity
    let valuation = try NetworkValuation(
      of: figures.network,
      externalAssets: zip(before, question.shocks).map { $0 * (1 - $1) },
      externalLiabilities: outside,
      referenceEquity: zip(question.list.parties, face).map { $0.equity ?? $1 },
      function: function
    )
    let parties = figures.network.nodes
    let lost = LinkLosses(valuation.losses, parties, isAsked: question.namesLosses)
    self.method = method
    equity = byParty(parties, valuation.equity)
    value = byParty(parties, valuation.value)
    rounds = valuation.rounds
    losses = lost.entries
    assumed = figures.assumed
    let lines =
      Self.answerLines(valuation, face, parties, question.listed) + lost.lines
      + figures.assumptions
    words = lines.joined(separator: "\n") + "\n"
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String { words }

  private static func answerLines(
    _ valuation: NetworkValuation,
    _ before: [Double],
    _ parties: [String],
    _ listed: ListedParties
  ) -> [String] {
    let short = valuation.ruined.count
    let lost = valuation.losses.map(\.loss).reduce(0, +)
    let shown = listed.first(of: parties.indices) { before[$0] - valuation.equity[$0] }
    let rows = shown.map { party in
      [
        parties[party], Figures.amount(before[party]), Figures.amount(valuation.equity[party]),
        Figures.tenths(valuation.value[party]),
      ]
    }
    return [
      "\(short) of \(Figures.count(parties.count, "party", "parties")) "
        + "\(short == 1 ? "is" : "are") worth less than nothing; "
        + "claims inside lose \(Figures.amount(lost)) of their face.",
      "",
    ] + TextTable.figures(["", "equity before", "after", "its debts worth"], rows)
      + listed.rest(of: parties.count)
  }
}

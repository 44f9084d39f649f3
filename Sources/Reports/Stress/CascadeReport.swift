internal import Graphs
internal import Networks
package import Stress

/// Who defaults when others do, each once its losses reach its buffer.
package struct CascadeReport: StressReport {
  private enum CodingKeys: CodingKey {
    case method, rounds, defaulted, losses
  }

  private let method = "threshold"
  /// How many rounds it took.
  package let rounds: Int
  /// Who defaults.
  package let defaulted: [String]
  private let losses: [LinkLosses.Entry]?
  /// What was assumed where figures are not given.
  package let assumed: [String]
  private let words: String

  /// Follows the defaults of `question`.
  ///
  /// - Parameters:
  ///   - question: The debts and what is lost at first.
  ///   - recovery: What share of a defaulter's debts is paid after all.
  ///   - ties: What becomes of a party that has lost exactly its buffer.
  /// - Throws: ``NetworkError`` and ``StressError``.
  package init(_ question: StressQuestion, recovery: Double, ties: Cascade.TieRule) throws {
    var figures = try PartyFigures(question.list)
    let buffers = figures.buffers()
    let cascade = try Cascade(
      of: figures.network,
      buffers: buffers,
      shocks: question.shocks,
      recovery: recovery,
      ties: ties
    )
    let parties = figures.network.nodes
    let lost = LinkLosses(cascade.losses, parties, isAsked: question.namesLosses)
    rounds = cascade.rounds
    defaulted = cascade.defaulted.map { parties[$0] }
    losses = lost.entries
    assumed = figures.assumed
    figures.assume("of what a defaulter owes, \(Figures.tenths(recovery)) is paid")
    let lines =
      Self.answerLines(cascade, parties, buffers, question.listed) + lost.lines
      + figures.assumptions
    words = lines.joined(separator: "\n") + "\n"
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String { words }

  private static func answerLines(
    _ cascade: Cascade,
    _ parties: [String],
    _ buffers: [Double?],
    _ listed: ListedParties
  ) -> [String] {
    let count = cascade.defaulted.count
    var lines = [
      "\(count) of \(Figures.count(parties.count, "party", "parties")) "
        + "\(count == 1 ? "defaults" : "default") in "
        + "\(Figures.count(cascade.rounds, "round")) after the shock."
    ]
    lines += roundLines(parties, cascade.failedInRound, first: "first")
    let hit = cascade.lost.count { $0 > 0 }
    let shown = listed.first(of: parties.indices) { cascade.lost[$0] }.prefix(hit)
    let rows = shown.map { party in
      [
        parties[party], Figures.amount(cascade.lost[party]), Figures.amount(buffers[party]),
        cascade.failedInRound[party] == nil ? "stands" : "defaults",
      ]
    }
    guard !rows.isEmpty else { return lines }
    return lines + [""] + TextTable.figures(["", "lost", "buffer", ""], rows)
      + listed.rest(of: hit)
  }
}

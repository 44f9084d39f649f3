import ArgumentParser
import Reports
import Networks
import Stress

struct StressCascade: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cascade",
    abstract: "Tell who defaults when others do, each once its losses reach its buffer.",
    discussion: """
      An edge runs from debtor to creditor. --shock takes a fraction of a party's buffer; whoever loses \
      all of it defaults at once. The buffer is the equity where none is given.

      EXAMPLES
        ouro stress cascade edges.csv --nodes nodes.csv --shock CoreWeave=1
        ouro stress cascade edges.csv --nodes nodes.csv --shock CoreWeave=1 --recovery 0.4 --ties survive
      """
  )

  @OptionGroup var input: StressInput

  @Option(help: "What becomes of a party that has lost exactly its buffer.")
  var ties = Cascade.TieRule.default

  @Option(help: "What share of a defaulter's debts is paid after all.")
  var recovery = 0.0

  func validate() throws { try checkShare("--recovery", recovery) }

  private struct Answer: Encodable {
    let method = "threshold"
    let rounds: Int
    let defaulted: [String]
    /// Only where asked for.
    let losses: [LossAnswer]?
  }

  func run() throws {
    let list = try input.edgeList()
    var figures = try PartyFigures(list)
    let buffers = figures.buffers()
    let cascade = try Cascade(
      of: figures.network,
      buffers: buffers,
      shocks: try input.shocks(list),
      recovery: recovery,
      ties: ties
    )
    let parties = figures.network.nodes
    guard input.json else {
      figures.assume("of what a defaulter owes, \(Figures.tenths(recovery)) is paid")
      return try show(words(cascade, parties, buffers, figures))
    }
    figures.sayAssumed()
    try show(
      json: Answer(
        rounds: cascade.rounds,
        defaulted: cascade.defaulted.map { parties[$0] },
        losses: input.losses ? cascade.losses.map { LossAnswer($0, parties) } : nil
      )
    )
  }

  private func words(
    _ cascade: Cascade,
    _ parties: [String],
    _ buffers: [Double?],
    _ figures: PartyFigures
  ) -> String {
    var lines = [
      "\(cascade.defaulted.count) of \(Figures.count(parties.count, "party", "parties")) "
        + "\(cascade.defaulted.count == 1 ? "defaults" : "default") in "
        + "\(Figures.count(cascade.rounds, "round")) after the shock."
    ]
    lines += order(parties, cascade.failedInRound, first: "first")
    let hit = cascade.lost.count { $0 > 0 }
    let shown = input.listed.listed.first(of: parties.indices) { cascade.lost[$0] }.prefix(hit)
    let rows = shown.map { party in
      [
        parties[party], Figures.amount(cascade.lost[party]), Figures.amount(buffers[party]),
        cascade.failedInRound[party] == nil ? "stands" : "defaults",
      ]
    }
    if !rows.isEmpty {
      lines +=
        [""] + TextTable.figures(["", "lost", "buffer", ""], rows)
        + input.listed.listed.rest(of: hit)
    }
    lines += lossLines(cascade.losses, parties, all: input.losses)
    return (lines + figures.assumptions).joined(separator: "\n")
  }
}

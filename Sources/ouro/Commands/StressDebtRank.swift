import ArgumentParser
import Reports
import Networks
import Stress

/// What an edge of an edge list means.
enum EdgeMeaning: String, ExpressibleByArgument, CaseIterable {
  /// It runs from debtor to creditor.
  case debt
  /// It runs from the party exposed to its debtor.
  case exposure
}

struct StressDebtRank: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "debtrank",
    abstract: "Tell what share of their equity parties lose when others lose some of theirs.",
    discussion: """
      --shock takes a fraction of a party's equity. The value is the share of the whole that is lost \
      beyond the first shock.

      EXAMPLES
        ouro stress debtrank edges.csv --nodes nodes.csv --shock OpenAI=1
        ouro stress debtrank edges.csv --nodes nodes.csv --shock OpenAI=0.2 --form single-hit
      """
  )

  @OptionGroup var input: StressInput

  @Option(help: "Whether stress is passed on at every increase, or once.")
  var form = DebtRank.Form.linear

  @Option(help: "From debtor to creditor, or from the party exposed to its debtor.")
  var edgesAre = EdgeMeaning.debt

  private struct Answer: Encodable {
    let method: String
    let value: Double
    let stress: [String: Double]
    /// Only where asked for.
    let losses: [LossAnswer]?
  }

  func run() throws {
    let list = try input.edgeList()
    var figures = try PartyFigures(edgesAre == .debt ? list : list.turnedRound())
    var equity: [Double] = []
    for (party, value) in zip(list.parties, figures.equity()) {
      guard let value else { throw StressError.unknown(what: "equity", party: party.id) }
      equity.append(value)
    }
    let ruined = zip(list.parties, equity).filter { $1 < 0 }.map(\.0.id)
    if !ruined.isEmpty {
      figures.assume("\(named(ruined)), worth less than nothing, began with all lost")
    }
    let rank = try DebtRank(
      of: figures.network,
      equity: equity,
      shocks: try input.shocks(list),
      weights: try figures.sizes(),
      form: form
    )
    let parties = figures.network.nodes
    guard input.json else { return try show(words(rank, parties, figures)) }
    figures.sayAssumed()
    try show(
      json: Answer(
        method: form.rawValue,
        value: rank.value,
        stress: byParty(parties, rank.stress),
        losses: input.losses ? rank.losses.map { LossAnswer($0, parties) } : nil
      )
    )
  }

  private func words(_ rank: DebtRank, _ parties: [String], _ figures: PartyFigures) -> String {
    var lines = [
      "Beyond the first shock, \(Figures.tenths(rank.value)) of the whole is lost "
        + "(\(Figures.count(rank.rounds, "round")))."
    ]
    let hit = rank.stress.count { $0 > 0 }
    let rows = input.listed.listed.first(of: parties.indices) { rank.stress[$0] }.prefix(hit)
      .map { [parties[$0], Figures.tenths(rank.initial[$0]), Figures.tenths(rank.stress[$0])] }
    if !rows.isEmpty {
      lines += ["", "Equity lost:"] + TextTable.figures(["", "at first", "in the end"], rows)
      lines += input.listed.listed.rest(of: hit)
    }
    if !rank.capped.isEmpty {
      let capped = rank.capped.map { parties[$0] }
      lines += ["", "Lost more than all of it, and counted as all: \(named(capped))"]
    }
    lines += lossLines(rank.losses, parties, all: input.losses)
    return (lines + figures.assumptions).joined(separator: "\n")
  }
}

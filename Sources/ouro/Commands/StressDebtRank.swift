import ArgumentParser
import Networks
import Reports
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

  func run() throws {
    let (list, inputs) = try input.edgeList()
    let debts = edgesAre == .debt ? list : list.turnedRound()
    try input.show(DebtRankReport(input.question(debts), form: form), inputs)
  }
}

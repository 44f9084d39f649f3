import ArgumentParser
import Reports
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

  func run() throws {
    let (list, inputs) = try input.edgeList()
    let question = try input.question(list)
    try input.show(CascadeReport(question, recovery: recovery, ties: ties), inputs)
  }
}

import ArgumentParser
import Networks
import Reports
import Stress

struct StressClearing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clearing",
    abstract: "Tell what everybody pays once all pay what they can.",
    discussion: """
      An edge runs from debtor to creditor. --shock takes a fraction of a party's external assets. Equity \
      is what a party owns less all it owes: below zero, what is short.

      EXAMPLES
        ouro stress clearing edges.csv --nodes nodes.csv
        ouro stress clearing edges.csv --nodes nodes.csv --shock CoreWeave=0.2 --alpha 0.7 --beta 0.8
        ouro stress clearing edges.csv --nodes nodes.csv --external senior --seniority bond,loan
      """
  )

  @OptionGroup var input: StressInput

  @Option(help: "What share of its external assets a defaulter has left.")
  var alpha = 1.0

  @Option(help: "What share of its receipts a defaulter has left.")
  var beta = 1.0

  @Option(help: "Where debts outside stand: with the first class of debts inside, or before them.")
  var external = ExternalStanding.equal

  @Option(
    help: ArgumentHelp(
      "Kinds of edges in the order in which they are paid; the others come last.",
      valueName: "kinds"
    )
  )
  var seniority: String?

  @Flag(help: "The least payments that clear, rather than the greatest.")
  var least = false

  func validate() throws {
    try checkShare("--alpha", alpha)
    try checkShare("--beta", beta)
  }

  func run() throws {
    let (list, inputs) = try input.edgeList()
    var request = ClearingReport.Request()
    (request.alpha, request.beta, request.external) = (alpha, beta, external)
    (request.seniority, request.isLeast) = (try kinds(list), least)
    try input.show(ClearingReport(input.question(list), request), inputs)
  }

  private func kinds(_ list: EdgeList) throws -> [String]? {
    let kinds = seniority?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for kind in kinds ?? [] where !list.edges.contains(where: { $0.kind == kind }) {
      throw ValidationError("--seniority: no edge in \(input.input) is of kind \(kind)")
    }
    return kinds
  }
}

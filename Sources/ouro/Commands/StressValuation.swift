import ArgumentParser
import Reports
import Stress

struct StressValuation: ParsableCommand {
  /// The valuation functions by name.
  enum Function: String, ExpressibleByArgument, CaseIterable {
    case clearing
    case furfine
    case debtrank
    case merton
    case blackCox = "black-cox"
  }

  static let configuration = CommandConfiguration(
    commandName: "valuation",
    abstract: "Tell what parties are worth when claims count at what their debtors are worth.",
    discussion: """
      An edge runs from debtor to creditor. --shock takes a fraction of a party's external assets.

      EXAMPLES
        ouro stress valuation edges.csv --nodes nodes.csv --shock Oracle=0.1
        ouro stress valuation edges.csv --nodes nodes.csv --function merton --volatility 0.3 --recovery 0.7
      """
  )

  @OptionGroup var input: StressInput

  @Option(help: "What a claim is worth.")
  var function = Function.clearing

  @Option(help: "Of clearing: what share of its external assets a defaulter has left.")
  var alpha = 1.0

  @Option(help: "Of clearing: what share of its receipts a defaulter has left.")
  var beta = 1.0

  @Option(help: "Of clearing: where debts outside stand.")
  var external = ExternalStanding.equal

  @Option(help: "Of furfine: what becomes of an equity of exactly zero.")
  var ties = Cascade.TieRule.default

  @Option(
    help: "Of furfine, merton, black-cox: what is recovered in a default; 0 for furfine, else 1."
  )
  var recovery: Double?

  @Option(help: "Of merton, black-cox: the volatility of external assets up to maturity.")
  var volatility: Double?

  func validate() throws {
    try checkShare("--alpha", alpha)
    try checkShare("--beta", beta)
    try checkShare("--recovery", recovery)
    guard volatility.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--volatility must be above zero")
    }
    let needsVolatility = function == .merton || function == .blackCox
    guard !needsVolatility || volatility != nil else {
      throw ValidationError("--function \(function.rawValue) needs --volatility")
    }
  }

  func run() throws {
    let (list, inputs) = try input.edgeList()
    let question = try input.question(list)
    let report = try ValuationReport(question, function: chosen, method: function.rawValue)
    try input.show(report, inputs)
  }

  private var chosen: ValuationFunction {
    switch function {
    case .clearing: .clearing(external: external, alpha: alpha, beta: beta)
    case .furfine: .furfine(recovery: recovery ?? 0, ties: ties)
    case .debtrank: .linearDebtRank
    case .merton: .merton(recovery: recovery ?? 1, volatility: volatility ?? 0)
    case .blackCox: .blackCox(recovery: recovery ?? 1, volatility: volatility ?? 0)
    }
  }
}

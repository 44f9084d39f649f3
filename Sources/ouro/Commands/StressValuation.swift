import ArgumentParser
import Reports
import Networks
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

  private struct Answer: Encodable {
    let method: String
    let equity: [String: Double]
    let value: [String: Double]
    let rounds: Int
    /// Only where asked for.
    let losses: [LossAnswer]?
  }

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
    let list = try input.edgeList()
    var figures = try PartyFigures(list)
    let before = figures.externalAssets()
    let outside = figures.externalLiabilities()
    let shocks = try input.shocks(list)
    let unshocked = try NetworkValuation(
      of: figures.network,
      externalAssets: before,
      externalLiabilities: outside,
      function: .furfine(recovery: 1, ties: .survive)
    )
    let valuation = try NetworkValuation(
      of: figures.network,
      externalAssets: zip(before, shocks).map { $0 * (1 - $1) },
      externalLiabilities: outside,
      referenceEquity: zip(list.parties, unshocked.faceEquity).map { $0.equity ?? $1 },
      function: chosen
    )
    let parties = figures.network.nodes
    guard input.json else { return try show(words(valuation, unshocked, figures)) }
    figures.sayAssumed()
    try show(
      json: Answer(
        method: function.rawValue,
        equity: byParty(parties, valuation.equity),
        value: byParty(parties, valuation.value),
        rounds: valuation.rounds,
        losses: input.losses ? valuation.losses.map { LossAnswer($0, parties) } : nil
      )
    )
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

  private func words(
    _ valuation: NetworkValuation,
    _ before: NetworkValuation,
    _ figures: PartyFigures
  ) -> String {
    let parties = figures.network.nodes
    let short = parties.indices.filter { valuation.equity[$0] < -1e-9 }
    let lost = valuation.losses.map(\.loss).reduce(0, +)
    var lines = [
      "\(short.count) of \(Figures.count(parties.count, "party", "parties")) "
        + "\(short.count == 1 ? "is" : "are") worth less than nothing; "
        + "claims inside lose \(Figures.amount(lost)) of their face.",
      "",
    ]
    let shown = input.listed.listed.first(of: parties.indices) {
      before.faceEquity[$0] - valuation.equity[$0]
    }
    let rows = shown.map { party in
      [
        parties[party], Figures.amount(before.faceEquity[party]),
        Figures.amount(valuation.equity[party]),
        Figures.tenths(valuation.value[party]),
      ]
    }
    lines += TextTable.figures(["", "equity before", "after", "its debts worth"], rows)
    lines += input.listed.listed.rest(of: parties.count)
    lines += lossLines(valuation.losses, parties, all: input.losses)
    return (lines + figures.assumptions).joined(separator: "\n")
  }
}

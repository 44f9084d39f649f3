import ArgumentParser
import Reports
import Networks
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

  private struct Answer: Encodable {
    let method: String
    let payments: [String: Double]
    let equity: [String: Double]
    let defaulted: [String]
    let rounds: Int
    /// Only where asked for.
    let losses: [LossAnswer]?
  }

  func run() throws {
    let list = try input.edgeList()
    var figures = try PartyFigures(list)
    let problem = try problem(list, &figures)
    let clearing = try least ? problem.leastClearing() : problem.greatestClearing()
    guard input.json else { return try show(words(problem, clearing, figures)) }
    let parties = problem.parties
    figures.sayAssumed()
    try show(
      json: Answer(
        method: method,
        payments: byParty(parties, clearing.payments),
        equity: byParty(parties, clearing.equity),
        defaulted: clearing.defaulted.map { parties[$0] },
        rounds: clearing.rounds,
        losses: input.losses ? clearing.losses.map { LossAnswer($0, parties) } : nil
      )
    )
  }

  private var method: String {
    if alpha < 1 || beta < 1 { return "rogers-veraart" }
    return seniority == nil ? "eisenberg-noe" : "elsinger"
  }

  private func problem(_ list: EdgeList, _ figures: inout PartyFigures) throws -> ClearingProblem {
    let assets = zip(figures.externalAssets(), try input.shocks(list)).map { $0 * (1 - $1) }
    let liabilities = try liabilities(list, figures.network)
    let outside = figures.externalLiabilities()
    if outside.contains(where: { $0 > 0 }) {
      let place = external == .senior ? "paid before" : "paid in proportion with"
      let which = seniority == nil ? "debts inside" : "the first class of debts inside"
      figures.assume("debts outside are \(place) \(which)")
    }
    return try ClearingProblem(
      parties: figures.network.nodes,
      liabilities: liabilities,
      externalAssets: assets,
      externalLiabilities: outside,
      external: external,
      alpha: alpha,
      beta: beta
    )
  }

  private func liabilities(_ list: EdgeList, _ network: FlowNetwork) throws -> [Liability] {
    guard let seniority else {
      return network.flows.map {
        Liability(debtor: $0.payer, creditor: $0.payee, amount: $0.weight)
      }
    }
    let kinds = seniority.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for kind in kinds where !list.edges.contains(where: { $0.kind == kind }) {
      throw ValidationError("--seniority: no edge in \(input.input) is of kind \(kind)")
    }
    return list.edges.filter { $0.payer != $0.payee }.map {
      Liability(
        debtor: $0.payer,
        creditor: $0.payee,
        amount: $0.weight,
        seniority: kinds.firstIndex(of: $0.kind) ?? kinds.count
      )
    }
  }

  private func words(
    _ problem: ClearingProblem,
    _ clearing: Clearing,
    _ figures: PartyFigures
  ) -> String {
    let parties = problem.parties
    let owed = problem.owed.reduce(0, +)
    let unpaid = owed - clearing.payments.reduce(0, +)
    var lines: [String] = []
    if clearing.defaulted.isEmpty {
      lines.append("Everybody pays in full: \(Figures.amount(owed)) in all.")
    } else {
      lines.append(
        "\(clearing.defaulted.count) of \(Figures.count(parties.count, "party", "parties")) "
          + "cannot pay in full: of \(Figures.amount(owed)) owed, \(Figures.amount(unpaid)) is not paid."
      )
      let first = least ? "short in every round" : "first, whatever the others do"
      lines += order(parties, clearing.failedInRound, first: first)
    }
    if clearing.costOfDefaults > 1e-9 * owed {
      lines.append("  lost to the costs of default: \(Figures.amount(clearing.costOfDefaults))")
    }
    let shown = input.listed.listed.first(of: parties.indices) {
      problem.owed[$0] - clearing.payments[$0]
    }
    let rows = shown.map { party in
      [
        parties[party], Figures.amount(problem.owed[party]),
        Figures.amount(clearing.payments[party]),
        Figures.tenths(
          problem.owed[party] > 0 ? clearing.payments[party] / problem.owed[party] : nil
        ),
        Figures.amount(clearing.equity[party]),
      ]
    }
    lines += [""] + TextTable.figures(["", "owes", "pays", "share", "equity"], rows)
    lines += input.listed.listed.rest(of: parties.count)
    lines += lossLines(clearing.losses, parties, all: input.losses)
    return (lines + figures.assumptions).joined(separator: "\n")
  }
}

internal import Graphs
internal import Networks
package import Stress

/// What everybody pays once all pay what they can.
package struct ClearingReport: StressReport {
  /// How debts are cleared.
  package struct Request: Sendable {
    /// What share of its external assets a defaulter has left.
    package var alpha = 1.0
    /// What share of its receipts a defaulter has left.
    package var beta = 1.0
    /// Where debts outside stand.
    package var external = ExternalStanding.equal
    /// Kinds of edges in the order in which they are paid; `nil` where all are equal.
    package var seniority: [String]?
    /// The least payments that clear, rather than the greatest.
    package var isLeast = false

    /// All debts equal, and default free of cost.
    package init() {}

    fileprivate var method: String {
      if alpha < 1 || beta < 1 { return "rogers-veraart" }
      return seniority == nil ? "eisenberg-noe" : "elsinger"
    }
  }

  private enum CodingKeys: CodingKey {
    case method, payments, equity, defaulted, rounds, losses
  }

  /// The model.
  package let method: String
  /// What each party pays.
  package let payments: [String: Double]
  /// What each owns less all it owes.
  package let equity: [String: Double]
  /// Who cannot pay in full.
  package let defaulted: [String]
  /// How many rounds it took.
  package let rounds: Int
  private let losses: [LinkLosses.Entry]?
  /// What was assumed where figures are not given.
  package let assumed: [String]
  private let words: String

  /// Clears the debts of `question`.
  ///
  /// - Parameters:
  ///   - question: The debts and what is lost at first.
  ///   - request: How they are cleared.
  /// - Throws: ``NetworkError`` and ``StressError``.
  package init(_ question: StressQuestion, _ request: Request) throws {
    var figures = try PartyFigures(question.list)
    let problem = try request.problem(question, &figures)
    let clearing = try request.isLeast ? problem.leastClearing() : problem.greatestClearing()
    let parties = problem.parties
    let lost = LinkLosses(clearing.losses, parties, isAsked: question.namesLosses)
    method = request.method
    payments = byParty(parties, clearing.payments)
    equity = byParty(parties, clearing.equity)
    defaulted = clearing.defaulted.map { parties[$0] }
    rounds = clearing.rounds
    losses = lost.entries
    assumed = figures.assumed
    let first = request.isLeast ? "short in every round" : "first, whatever the others do"
    let lines =
      Self.answerLines(problem, clearing, first: first)
      + Self.partyLines(problem, clearing, question.listed) + lost.lines + figures.assumptions
    words = lines.joined(separator: "\n") + "\n"
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String { words }

  private static func answerLines(
    _ problem: ClearingProblem,
    _ clearing: Clearing,
    first: String
  ) -> [String] {
    let owed = problem.owed.reduce(0, +)
    let unpaid = owed - clearing.payments.reduce(0, +)
    let parties = problem.parties
    var lines: [String] = []
    if clearing.defaulted.isEmpty {
      lines.append("Everybody pays in full: \(Figures.amount(owed)) in all.")
    } else {
      lines.append(
        "\(clearing.defaulted.count) of \(Figures.count(parties.count, "party", "parties")) cannot "
          + "pay in full: of \(Figures.amount(owed)) owed, \(Figures.amount(unpaid)) is not paid."
      )
      lines += roundLines(parties, clearing.failedInRound, first: first)
    }
    guard clearing.costOfDefaults > 1e-9 * owed else { return lines }
    return lines + ["  lost to the costs of default: \(Figures.amount(clearing.costOfDefaults))"]
  }

  private static func partyLines(
    _ problem: ClearingProblem,
    _ clearing: Clearing,
    _ listed: ListedParties
  ) -> [String] {
    let parties = problem.parties
    let shown = listed.first(of: parties.indices) { problem.owed[$0] - clearing.payments[$0] }
    let rows = shown.map { party in
      let (owed, paid) = (problem.owed[party], clearing.payments[party])
      return [
        parties[party], Figures.amount(owed), Figures.amount(paid),
        Figures.tenths(owed > 0 ? paid / owed : nil), Figures.amount(clearing.equity[party]),
      ]
    }
    return [""] + TextTable.figures(["", "owes", "pays", "share", "equity"], rows)
      + listed.rest(of: parties.count)
  }
}

extension ClearingReport.Request {
  fileprivate func problem(
    _ question: StressQuestion,
    _ figures: inout PartyFigures
  ) throws -> ClearingProblem {
    let assets = zip(figures.externalAssets(), question.shocks).map { $0 * (1 - $1) }
    let outside = figures.externalLiabilities()
    if outside.contains(where: { $0 > 0 }) {
      let place = external == .senior ? "paid before" : "paid in proportion with"
      let which = seniority == nil ? "debts inside" : "the first class of debts inside"
      figures.assume("debts outside are \(place) \(which)")
    }
    return try ClearingProblem(
      parties: figures.network.nodes,
      liabilities: liabilities(question.list, figures.network),
      externalAssets: assets,
      externalLiabilities: outside,
      external: external,
      alpha: alpha,
      beta: beta
    )
  }

  private func liabilities(_ list: EdgeList, _ network: FlowNetwork) -> [Liability] {
    guard let seniority else {
      return network.flows.map {
        Liability(debtor: $0.payer, creditor: $0.payee, amount: $0.weight)
      }
    }
    return list.edges.filter { $0.payer != $0.payee }.map {
      Liability(
        debtor: $0.payer,
        creditor: $0.payee,
        amount: $0.weight,
        seniority: seniority.firstIndex(of: $0.kind) ?? seniority.count
      )
    }
  }
}

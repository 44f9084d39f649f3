public import Graphs
public import Networks

/// What parties are worth when each counts its claims at what its debtors are worth.
///
/// E_i = external assets − external liabilities + Σ_j A_ij·V(E_j) − Σ_j L_ij, solved from above:
/// everybody begins with all claims at face, and values fall to the greatest solution; Barucca et
/// al., "Network Valuation in Financial Systems", *Mathematical Finance* 30(4), 2020,
/// doi:10.1111/mafi.12272. Equity below zero is what is short.
public struct NetworkValuation: Sendable, Equatable {
  /// What each party is worth in the end.
  public let equity: [Double]
  /// What a claim on each party is worth, as a share of its face.
  public let value: [Double]
  /// What each party would be worth with all claims at face.
  public let faceEquity: [Double]
  /// The parties that are worth less than nothing by more than rounding.
  public let ruined: [NodeIndex]
  /// How many rounds it took until nothing changed by more than rounding.
  public let rounds: Int
  /// What each creditor loses on each debtor, by debtor, then creditor.
  public let losses: [LinkLoss]

  /// What sums lose, as a share of a balance sheet: an equity of no more counts as zero.
  public static let rounding = 1e-12
  /// The number of rounds after which to give up.
  public static let maximumRounds = 1_000_000

  /// Values a network whose flows run from debtor to creditor.
  ///
  /// - Parameters:
  ///   - network: Who owes whom.
  ///   - externalAssets: What each party owns outside, after the shock.
  ///   - externalLiabilities: What each party owes outside.
  ///   - referenceEquity: What each was worth before the shock; face equity where `nil`.
  ///   - function: What claims are worth.
  ///   - maximumRounds: The number of rounds after which to give up.
  /// - Throws: ``StressError`` for figures out of their bounds, and
  ///   ``StressError/didNotConverge(rounds:change:)``; never an answer that had not settled.
  /// - Complexity: O(*m*) a round.
  public init(
    of network: FlowNetwork,
    externalAssets: [Double],
    externalLiabilities: [Double],
    referenceEquity: [Double]? = nil,
    function: ValuationFunction,
    maximumRounds: Int = NetworkValuation.maximumRounds
  ) throws(StressError) {
    let parties = network.nodes
    try checkFigures("external assets", externalAssets, of: parties)
    try checkFigures("external liabilities", externalLiabilities, of: parties)
    if let count = referenceEquity?.count, count != parties.count {
      throw .shapeMismatch(what: "reference equity", expected: parties.count, actual: count)
    }
    try function.check()
    let owed = parties.indices.map { node in
      network.row(node).reduce(externalLiabilities[node]) { $0 + network.weight[$1] }
    }
    let own = zip(externalAssets, owed).map { $0 - $1 }
    let full = [Double](repeating: 1, count: parties.count)
    let face = Self.equity(own, full, network)
    let reference = referenceEquity ?? face
    // Assets and liabilities at face, and as low as they are looked at.
    let most = parties.indices.map { face[$0] + 2 * owed[$0] }
    guard most.reduce(0, +).isFinite else { throw .tooMuch }
    let least = most.map { max($0 * Self.rounding, .leastNonzeroMagnitude) }
    // Assets as they are and liabilities: what rounding is measured by.
    func scale(_ node: NodeIndex, _ equity: Double) -> Double {
      max(equity + 2 * owed[node], least[node])
    }
    var (equity, value, rounds) = (face, full, 0)
    var tail = GeometricTail()
    while true {
      let next = parties.indices.map { node in
        let state = DebtorState(
          equity: equity[node],
          externalAssets: externalAssets[node],
          externalLiabilities: externalLiabilities[node],
          liabilities: owed[node],
          referenceEquity: reference[node],
          slack: Self.rounding * scale(node, equity[node])
        )
        return min(value[node], function.value(state))
      }
      let lower = Self.equity(own, next, network)
      let change = parties.indices.reduce(0) {
        max($0, value[$1] - next[$1], (equity[$1] - lower[$1]).magnitude / scale($1, equity[$1]))
      }
      (equity, value) = (lower, next)
      guard tail.rest(after: change) > Self.rounding / 10 else { break }
      rounds += 1
      guard rounds < maximumRounds else {
        throw .didNotConverge(rounds: rounds, change: change)
      }
    }
    self.equity = equity
    self.value = value
    self.rounds = rounds
    faceEquity = face
    ruined = parties.indices.filter { equity[$0] < -Self.rounding * scale($0, equity[$0]) }
    losses = network.flows.filter { value[$0.payer] < 1 }.map {
      let loss = $0.weight * (1 - value[$0.payer])
      return LinkLoss(debtor: $0.payer, creditor: $0.payee, owed: $0.weight, loss: loss)
    }
  }

  private static func equity(_ own: [Double], _ value: [Double], _ network: FlowNetwork)
    -> [Double]
  {
    var equity = own
    for debtor in network.nodes.indices where value[debtor] > 0 {
      for flow in network.row(debtor) {
        equity[network.payee[flow]] += value[debtor] * network.weight[flow]
      }
    }
    return equity
  }
}

public import Graphs
internal import Numerics
public import Networks

/// How much of what they are worth parties lose when others do, before anybody has defaulted.
///
/// The stress of a party is the share of its equity that is lost, from 0 to 1. Stress passes from
/// debtor *j* to creditor *i* by the impact A_ij/E_i: what *i* has lent *j* over what *i* is worth,
/// each party's own. Single-hit: each party passes its stress on once, when first hit; Battiston,
/// Puliga, Kaushik, Tasca and Caldarelli, "DebtRank: Too Central to Fail?", *Scientific Reports* 2,
/// 541, 2012, doi:10.1038/srep00541. Linear: every increase is passed on; Bardoscia, Battiston,
/// Caccioli and Caldarelli, "DebtRank: A Microscopic Foundation for Shock Propagation", *PLoS ONE*
/// 10(6), 2015, doi:10.1371/journal.pone.0130406. Stress is capped at 1 where it is passed on and
/// counted; the impact itself is not.
///
/// A party with an equity of exactly zero is not in default by itself: its stress is 1 from the
/// first loss, however small. One with less has a stress of 1 from the start.
public struct DebtRank: Sendable, Equatable {
  /// How often stress is passed on.
  public enum Form: String, Sendable, CaseIterable {
    /// Once by each party, when it is first hit.
    case singleHit = "single-hit"
    /// Every increase.
    case linear
  }

  /// The stress of each party, from 0 to 1.
  public let stress: [Double]
  /// The stress of each party before the cap: above 1, losses exceed its equity.
  public let uncapped: [Double]
  /// The stress each party began with.
  public let initial: [Double]
  /// Those whose stress the cap holds at 1, by position.
  public let capped: [NodeIndex]
  /// The share of the system's value that is lost beyond the first shock: Battiston's R.
  public let value: Double
  /// How many rounds the first stress took to be passed on until nothing changed.
  public let rounds: Int
  /// What each creditor loses on each debtor, by debtor, then creditor.
  public let losses: [LinkLoss]

  /// The largest change to come, in shares of equity, at which the linear form counts as settled.
  public static let tolerance = 1e-12
  /// The number of rounds after which the linear form gives up.
  public static let maximumRounds = 200_000

  /// Passes a shock on through a network whose flows run from debtor to creditor.
  ///
  /// - Parameters:
  ///   - network: Who owes whom.
  ///   - equity: What each party is worth.
  ///   - shocks: What share of its equity each party loses at first, from 0 to 1.
  ///   - weights: How much each party counts in ``value``; equity where `nil`, at zero or above.
  ///   - form: How often stress is passed on.
  ///   - maximumRounds: The number of rounds after which to give up.
  /// - Throws: ``StressError`` for figures out of their bounds, and
  ///   ``StressError/didNotConverge(rounds:change:)``; never an answer that had not settled.
  /// - Complexity: O(*m*) a round, and where the linear form is slow to settle the solution of
  ///   the linear system of those below the cap.
  public init(
    of network: FlowNetwork,
    equity: [Double],
    shocks: [Double],
    weights: [Double]? = nil,
    form: Form,
    maximumRounds: Int = DebtRank.maximumRounds
  ) throws(StressError) {
    let parties = network.nodes
    try Self.check(equity, shocks, parties)
    let weights = weights ?? equity.map { max(0, $0) }
    try checkFigures("size", weights, of: parties)
    let initial = zip(equity, shocks).map { $0 < 0 ? 1 : $1 }
    let spread = StressSpread(network, equity: equity, initial: initial)
    let passed =
      switch form {
      case .singleHit: spread.singleHit()
      case .linear: try spread.linear(maximumRounds: maximumRounds)
      }
    let stress = passed.uncapped.map { min(1, $0) }
    self.initial = initial
    self.stress = stress
    uncapped = passed.uncapped
    capped = parties.indices.filter { passed.uncapped[$0] > 1 + Self.tolerance }
    let total = weights.reduce(0, +)
    guard total.isFinite else { throw .tooMuch }
    let lost = parties.indices.map { weights[$0] * (stress[$0] - initial[$0]) }.reduce(0, +)
    value = total > 0 ? lost / total : 0
    rounds = passed.rounds
    losses = network.flows.filter { passed.sent[$0.payer] > 0 }.map {
      LinkLoss(
        debtor: $0.payer,
        creditor: $0.payee,
        owed: $0.weight,
        loss: $0.weight * passed.sent[$0.payer]
      )
    }
  }

  private static func check(
    _ equity: [Double],
    _ shocks: [Double],
    _ parties: [String]
  ) throws(StressError) {
    guard equity.count == parties.count else {
      throw .shapeMismatch(what: "equity", expected: parties.count, actual: equity.count)
    }
    for (party, value) in zip(parties, equity) where !value.isFinite {
      throw .badFigure(what: "equity", party: party, value: value)
    }
    try checkFigures("shock", shocks, of: parties)
    for (party, value) in zip(parties, shocks) where value > 1 {
      throw .badFigure(what: "shock", party: party, value: value)
    }
  }
}

/// What became of a shock.
struct PassedStress {
  /// The stress of each party before the cap.
  let uncapped: [Double]
  /// The stress each party has passed on to its creditors.
  let sent: [Double]
  let rounds: Int
}

/// A network in which stress is passed on.
struct StressSpread {
  private let network: FlowNetwork
  private let equity: [Double]
  private let initial: [Double]
  private var parties: Range<Int> { network.nodes.indices }

  init(_ network: FlowNetwork, equity: [Double], initial: [Double]) {
    self.network = network
    self.equity = equity
    self.initial = initial
  }

  /// The stress of `party` after losing `lost` on its debtors.
  private func stress(_ party: NodeIndex, _ lost: Double) -> Double {
    guard lost > 0 else { return initial[party] }
    return initial[party] + (equity[party] > 0 ? lost / equity[party] : .infinity)
  }

  /// Each party passes its stress on once, in the round after it was first hit.
  func singleHit() -> PassedStress {
    var lost = [Double](repeating: 0, count: parties.count)
    var sent = [Double](repeating: 0, count: parties.count)
    var uncapped = initial
    var isDone = [Bool](repeating: false, count: parties.count)
    var distressed = parties.filter { initial[$0] > 0 }
    var rounds = 0
    while !distressed.isEmpty {
      for debtor in distressed {
        isDone[debtor] = true
        sent[debtor] = min(1, uncapped[debtor])
        for flow in network.row(debtor) {
          lost[network.payee[flow]] += sent[debtor] * network.weight[flow]
        }
      }
      for party in parties { uncapped[party] = stress(party, lost[party]) }
      distressed = parties.filter { uncapped[$0] > 0 && !isDone[$0] }
      rounds += 1
    }
    return PassedStress(uncapped: uncapped, sent: sent, rounds: rounds)
  }

  /// The least stress that holds itself up: *h = min(1, h₀ + Λh)*, from below.
  ///
  /// Round by round every increase is passed on. Once the same parties have stood at the cap for
  /// some rounds the linear system of the others is solved, and taken where it confirms that: it is
  /// then the limit of the rounds, which may take any number when the spectral radius is near 1.
  func linear(maximumRounds: Int) throws(StressError) -> PassedStress {
    var lost = [Double](repeating: 0, count: parties.count)
    var sent = [Double](repeating: 0, count: parties.count)
    var tail = GeometricTail()
    var watch = CapWatch()
    var rounds = 0
    while true {
      let risen = parties.filter { min(1, stress($0, lost[$0])) > sent[$0] }
      let rises = risen.map { min(1, stress($0, lost[$0])) - sent[$0] }
      let rest = tail.rest(after: rises.max() ?? 0)
      guard rest > DebtRank.tolerance else { return passed(lost, sent, rounds) }
      guard rounds < maximumRounds else { break }
      rounds += 1
      for (debtor, rise) in zip(risen, rises) {
        sent[debtor] += rise
        for flow in network.row(debtor) {
          lost[network.payee[flow]] += rise * network.weight[flow]
        }
      }
      if watch.isSteady(sent.count { $0 >= 1 }), let limit = limit(sent) {
        return passed(losses(limit), limit, rounds)
      }
    }
    throw .didNotConverge(rounds: rounds, change: tail.last)
  }

  private func passed(_ lost: [Double], _ sent: [Double], _ rounds: Int) -> PassedStress {
    PassedStress(uncapped: parties.map { stress($0, lost[$0]) }, sent: sent, rounds: rounds)
  }

  private func losses(_ sent: [Double]) -> [Double] {
    var lost = [Double](repeating: 0, count: parties.count)
    for debtor in parties where sent[debtor] > 0 {
      for flow in network.row(debtor) {
        lost[network.payee[flow]] += sent[debtor] * network.weight[flow]
      }
    }
    return lost
  }

  /// The limit of the rounds, if those at the cap by now are all that will ever be.
  private func limit(_ sent: [Double]) -> [Double]? {
    let below = parties.filter { sent[$0] > 0 && sent[$0] < 1 }
    guard below.count <= DenseSystem.largest else { return nil }
    var place = [Int](repeating: -1, count: parties.count)
    for (index, party) in below.enumerated() { place[party] = index }
    var system = DenseSystem(size: below.count)
    for (index, party) in below.enumerated() { system.right[index] = initial[party] }
    for debtor in parties where sent[debtor] > 0 {
      for flow in network.row(debtor) {
        let creditor = network.payee[flow]
        guard place[creditor] >= 0 else { continue }
        let impact = network.weight[flow] / equity[creditor]
        if place[debtor] >= 0 {
          system[place[creditor], place[debtor]] -= impact
        } else {
          system.right[place[creditor]] += impact
        }
      }
    }
    guard let solution = system.solution() else { return nil }
    var limit = sent
    for (party, value) in zip(below, solution) {
      guard value >= sent[party] - 1e-9, value <= 1 else { return nil }
      limit[party] = value
    }
    let lost = losses(limit)
    let holds = parties.allSatisfy { party in
      let next = min(1, stress(party, lost[party]))
      return sent[party] > 0 ? (next - limit[party]).magnitude <= 1e-9 : next == 0
    }
    return holds ? limit : nil
  }
}

/// Tells when the same number of parties has stood at the cap for a while, later each time.
private struct CapWatch {
  private var count = -1
  private var steadyRounds = 0
  private var patience = 64

  mutating func isSteady(_ capped: Int) -> Bool {
    steadyRounds = capped == count ? steadyRounds + 1 : 0
    count = capped
    guard steadyRounds >= patience else { return false }
    steadyRounds = 0
    patience *= 2
    return true
  }
}

/// How much is still to come of changes that fall off in proportion.
struct GeometricTail {
  private(set) var last = Double.infinity
  private var rate = 1.0

  /// What is still to come after a `change`, by the slowest rate of the last rounds.
  mutating func rest(after change: Double) -> Double {
    // What is no number is not settled.
    guard !change.isNaN else { return .infinity }
    guard change > 0 else { return 0 }
    let now = last.isFinite && last > 0 ? change / last : 1
    rate = max(now, rate * 0.9)
    last = change
    return rate < 1 ? change * max(1, rate / (1 - rate)) : .infinity
  }
}

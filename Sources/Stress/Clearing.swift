public import Graphs
internal import Networks

/// What everybody pays once all pay what they can.
public struct Clearing: Sendable, Equatable {
  /// What each party pays in all, outside the network included.
  public let payments: [Double]
  /// What each party pays in each class of debt, the most senior first.
  public let paymentsByClass: [[Double]]
  /// What of it each party pays outside the network.
  public let externalPayments: [Double]
  /// What each party receives from the others.
  public let received: [Double]
  /// What each party owns less all it owes, before costs of default: below zero, what is short.
  public let equity: [Double]
  /// Who cannot pay in full, by position.
  public let defaulted: [NodeIndex]
  /// The round in which each party was found short; `nil` for those who pay in full.
  ///
  /// From above, round 1 are those who would fall short if everybody else paid in full, and each
  /// later round those whom the rounds before brought down. From below there are no such rounds.
  public let failedInRound: [Int?]
  /// How many rounds it took until nobody's standing changed.
  public let rounds: Int
  /// What is lost on each link, by debtor, then creditor.
  public let losses: [LinkLoss]
  /// What those outside lose on each party.
  public let externalLosses: [Double]
  /// What defaults cost: what defaulters own and neither they nor their creditors get.
  public let costOfDefaults: Double
}

extension Clearing {
  init(
    of problem: ClearingProblem,
    at standing: ClearingStanding,
    failedInRound: [Int?],
    rounds: Int
  ) {
    let received = standing.received(in: problem)
    let ranks = 0..<problem.classCount
    let parties = problem.parties.indices
    paymentsByClass = parties.map { party in ranks.map { standing.paid(party, $0, problem) } }
    payments = parties.map { standing.paid($0, problem) }
    externalPayments = parties.map {
      problem.externalLiabilities[$0] * standing.share($0, 0, problem)
    }
    self.received = received
    equity = parties.map { problem.externalAssets[$0] + received[$0] - problem.owed[$0] }
    defaulted = parties.filter { standing.rank[$0] < problem.classCount }
    self.failedInRound = failedInRound
    self.rounds = rounds
    losses = Self.losses(in: problem, at: standing)
    externalLosses = zip(problem.externalLiabilities, externalPayments).map { max(0, $0 - $1) }
    costOfDefaults = defaulted.lazy.map { [payments] party in
      problem.externalAssets[party] + received[party] - payments[party]
    }
    .reduce(0) { $0 + max(0, $1) }
  }

  private static func losses(in problem: ClearingProblem, at standing: ClearingStanding)
    -> [LinkLoss]
  {
    var losses: [LinkLoss] = []
    for party in problem.parties.indices where standing.rank[party] < problem.classCount {
      var links: [(creditor: Int, owed: Double, loss: Double)] = []
      for rank in 0..<problem.classCount {
        let unpaid = 1 - standing.share(party, rank, problem)
        links += problem.links(party, rank).map { link in
          let owed = problem.amount[link]
          return (Int(problem.creditor[link]), owed, owed * unpaid)
        }
      }
      links.sort { $0.creditor < $1.creditor }
      losses += links.filter { $0.loss > 0 }.map {
        LinkLoss(debtor: party, creditor: $0.creditor, owed: $0.owed, loss: $0.loss)
      }
    }
    return losses
  }
}

/// How far each party gets with what it owes: the classes it pays in full, and part of the next.
struct ClearingStanding {
  /// The class in which the money of each party runs out; the number of classes where it does not.
  var rank: [Int]
  /// What each party pays of that class.
  var partial: [Double]

  /// What `party` pays of class `rank`.
  func paid(_ party: NodeIndex, _ rank: Int, _ problem: ClearingProblem) -> Double {
    if rank < self.rank[party] { return problem.classTotal[party * problem.classCount + rank] }
    return rank == self.rank[party] ? partial[party] : 0
  }

  /// What `party` pays in all.
  func paid(_ party: NodeIndex, _ problem: ClearingProblem) -> Double {
    guard rank[party] < problem.classCount else { return problem.owed[party] }
    return problem.owedBefore(rank[party], party) + partial[party]
  }

  /// What share of class `rank` the creditors of `party` get.
  func share(_ party: NodeIndex, _ rank: Int, _ problem: ClearingProblem) -> Double {
    if rank < self.rank[party] { return 1 }
    guard rank == self.rank[party] else { return 0 }
    let total = problem.classTotal[party * problem.classCount + rank]
    return total > 0 ? min(1, partial[party] / total) : 1
  }

  /// What each party receives from the others, summed in the order of debtors.
  ///
  /// - Complexity: O(*n* + *m*).
  func received(in problem: ClearingProblem, withPartial: Bool = true) -> [Double] {
    var received = [Double](repeating: 0, count: problem.parties.count)
    for party in problem.parties.indices {
      for rank in 0..<problem.classCount where rank <= self.rank[party] {
        guard withPartial || rank < self.rank[party] else { continue }
        let share = share(party, rank, problem)
        guard share > 0 else { continue }
        for link in problem.links(party, rank) {
          received[Int(problem.creditor[link])] += share * problem.amount[link]
        }
      }
    }
    return received
  }
}

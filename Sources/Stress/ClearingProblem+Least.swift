internal import Graphs
import Networks

extension ClearingProblem {
  /// The least clearing payments: what each party pays when money moves only once somebody has it.
  ///
  /// It differs from the greatest where parties owe one another in a circle without any money of
  /// their own (all could pay with what they get from one another, and none does), and where
  /// costs of default let a default cause itself. Begins with nobody paying; in each round money
  /// on hand is passed on as far as it reaches, and those who have enough for all they owe stop
  /// being in default.
  ///
  /// - Returns: The payments and what follows from them; ``Clearing/failedInRound`` is round 0 for
  ///   all who default.
  /// - Throws: ``StressError/didNotConverge(rounds:change:)``, as for ``greatestClearing()``.
  /// - Complexity: At most two rounds for each party and class, each with as many linear systems.
  public func leastClearing() throws(StressError) -> Clearing {
    let count = parties.count
    var standing = ClearingStanding(
      rank: owed.map { $0 > 0 ? 0 : classCount },
      partial: [Double](repeating: 0, count: count)
    )
    let limit = (2 * count + 2) * (classCount + 1)
    var rounds = 0
    while true {
      let changed = raise(&standing)
      let onHand = onHand(standing)
      guard changed || onHand.contains(where: { $0 > 0 }) else { break }
      guard rounds < limit else {
        throw .didNotConverge(rounds: rounds, change: onHand.reduce(0, max))
      }
      rounds += 1
      try passOn(onHand, &standing)
    }
    return Clearing(
      of: self,
      at: standing,
      failedInRound: standing.rank.map { $0 < classCount ? 0 : nil },
      rounds: rounds
    )
  }

  /// Moves on those who have paid a class in full, or have enough for all they owe.
  private func raise(_ standing: inout ClearingStanding) -> Bool {
    let received = standing.received(in: self)
    var changed = false
    for party in parties.indices where standing.rank[party] < classCount {
      let slack = tolerance[party]
      if externalAssets[party] + received[party] >= owed[party] * (1 - slack) {
        standing.rank[party] = classCount
        standing.partial[party] = 0
        changed = true
        continue
      }
      while standing.rank[party] < classCount - 1,
        standing.partial[party]
          >= classTotal[party * classCount + standing.rank[party]] * (1 - slack)
      {
        standing.rank[party] += 1
        standing.partial[party] = 0
        changed = true
      }
    }
    return changed
  }

  /// What each defaulter has and has not yet paid away.
  private func onHand(_ standing: ClearingStanding) -> [Double] {
    let received = standing.received(in: self)
    return parties.indices.map { party in
      let rank = standing.rank[party]
      guard rank < classCount else { return 0 }
      let estate = estate(party, received: received[party])
      let rest = estate - owedBefore(rank, party) - standing.partial[party]
      return rest > tolerance[party] * estate && room(party, standing) > 0 ? rest : 0
    }
  }

  /// What a defaulter still owes of its class; nothing where only rounding is left of it.
  private func room(_ party: NodeIndex, _ standing: ClearingStanding) -> Double {
    guard standing.rank[party] < classCount else { return 0 }
    let total = classTotal[party * classCount + standing.rank[party]]
    let room = total - standing.partial[party]
    return room > tolerance[party] * total ? room : 0
  }

  /// Passes money on among defaulters, each within what it still owes of its class.
  ///
  /// That is a clearing of its own, in which what is on hand is what they own. Those whom none of
  /// it can reach pay nothing; for the others there is one solution, found from above.
  private func passOn(_ onHand: [Double], _ standing: inout ClearingStanding) throws(StressError) {
    let reached = reached(from: onHand, standing)
    let room = parties.indices.map { self.room($0, standing) }
    var isShort = [Bool](repeating: false, count: parties.count)
    var passed = parties.indices.map { reached[$0] ? room[$0] : 0 }
    while true {
      let income = income(onHand, passed, standing)
      let found = parties.indices.filter {
        reached[$0] && !isShort[$0] && room[$0] - income[$0] > tolerance[$0] * room[$0]
      }
      guard !found.isEmpty else { break }
      for party in found { isShort[party] = true }
      let short = parties.indices.filter { isShort[$0] }
      let full = parties.indices.map { isShort[$0] ? 0 : passed[$0] }
      let base = self.income(onHand, full, standing)
      let solution = try DefaulterSystem(of: self, standing, short).solution(base)
      for party in short { passed[party] = min(room[party], solution[party]) }
    }
    for party in parties.indices where reached[party] { standing.partial[party] += passed[party] }
  }

  /// What each party has from `onHand` and from what the others pass on.
  private func income(_ onHand: [Double], _ passed: [Double], _ standing: ClearingStanding)
    -> [Double]
  {
    var income = onHand
    for debtor in parties.indices where passed[debtor] > 0 {
      let rank = standing.rank[debtor]
      let unit = beta * (passed[debtor] / classTotal[debtor * classCount + rank])
      for link in links(debtor, rank) { income[Int(creditor[link])] += unit * amount[link] }
    }
    return income
  }

  /// The defaulters that money can reach, passed on from one to the next.
  private func reached(from onHand: [Double], _ standing: ClearingStanding) -> [Bool] {
    var reached = onHand.map { $0 > 0 }
    guard beta > 0 else { return reached }
    var open = parties.indices.filter { reached[$0] }
    while let debtor = open.popLast() {
      for link in links(debtor, standing.rank[debtor]) {
        let creditor = Int(creditor[link])
        guard !reached[creditor], standing.rank[creditor] < classCount else { continue }
        reached[creditor] = true
        open.append(creditor)
      }
    }
    return reached
  }
}

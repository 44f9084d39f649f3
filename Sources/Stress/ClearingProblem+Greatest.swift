internal import Graphs
import Networks

extension ClearingProblem {
  /// The greatest clearing payments: what each party pays when all pay what they can.
  ///
  /// The fictitious default sequence of Eisenberg and Noe 2001, section 3.1, and with costs the
  /// greatest clearing vector algorithm of Rogers and Veraart 2013, definition 3.6: begin with
  /// everybody paying in full; who falls short is found, the linear system of all defaulters is
  /// solved exactly, and so on until nobody more falls short. Nobody who fell short recovers. With
  /// classes of debt, a party moves down to more senior classes in the same way, and the system is
  /// the complementarity problem *x = max(0, Mx + b)*.
  ///
  /// - Returns: The payments and what follows from them.
  /// - Throws: ``StressError/didNotConverge(rounds:change:)``, where more than
  ///   ``DefaulterSystem/largestBlock`` defaulters owe one another in circles and the iteration
  ///   for them does not settle.
  /// - Complexity: At most one round for each party and class, each O(*m*) and a solution of the
  ///   system, cubic in the defaulters that owe one another in circles.
  public func greatestClearing() throws(StressError) -> Clearing {
    let count = parties.count
    var standing = Standing(
      rank: [Int](repeating: classCount, count: count),
      partial: [Double](repeating: 0, count: count)
    )
    var failedInRound = [Int?](repeating: nil, count: count)
    var rounds = 0
    while true {
      let received = standing.received(in: self)
      var changed = false
      for party in parties.indices {
        let lower = lowered(party, standing.rank[party], received[party])
        guard lower < standing.rank[party] else { continue }
        if failedInRound[party] == nil { failedInRound[party] = rounds + 1 }
        standing.rank[party] = lower
        changed = true
      }
      guard changed else { break }
      rounds += 1
      try settleFromBelow(&standing)
    }
    return Clearing(of: self, at: standing, failedInRound: failedInRound, rounds: rounds)
  }

  /// The class in which the money of `party` runs out, no higher than it stands at.
  private func lowered(_ party: NodeIndex, _ rank: Int, _ received: Double) -> Int {
    let slack = Self.rounding * owed[party]
    if rank == classCount {
      guard owed[party] - externalAssets[party] - received > slack else { return rank }
    }
    let estate = estate(party, received: received)
    var lower = min(rank, classCount - 1)
    while lower > 0, owedBefore(lower, party) - estate > slack { lower -= 1 }
    return lower
  }

  /// Solves for what defaulters pay in the class in which each one's money runs out.
  ///
  /// The solution of *x = max(0, Mx + b)* that lies below what they paid before. It is the only one:
  /// a set of defaulters who owe one another alone has, when the last of them is found short, less
  /// than it must pay away. It is found from below, letting in who has something to pay with;
  /// nobody let in is put out again (Chandrasekaran's principle for Z-matrices).
  private func settleFromBelow(_ standing: inout Standing) throws(StressError) {
    let fixed = standing.received(in: self, withPartial: false)
    let short = parties.indices.filter { standing.rank[$0] < classCount }
    var base = [Double](repeating: 0, count: parties.count)
    for party in short {
      base[party] =
        estate(party, received: fixed[party]) - owedBefore(standing.rank[party], party)
      standing.partial[party] = 0
    }
    var payers = short.filter { base[$0] > 0 }
    while true {
      let solution = try DefaulterSystem(of: self, standing, payers).solution(base)
      for party in payers { standing.partial[party] = max(0, solution[party]) }
      let gained = try newPayers(short, payers, base, standing)
      guard !gained.isEmpty else { break }
      payers = (payers + gained).sorted()
    }
    for party in payers {
      let total = classTotal[party * classCount + standing.rank[party]]
      standing.partial[party] = min(standing.partial[party], total)
    }
  }

  /// Those among `short` who have come to have something to pay with.
  private func newPayers(
    _ short: [NodeIndex],
    _ payers: [NodeIndex],
    _ base: [Double],
    _ standing: Standing
  ) throws(StressError) -> [NodeIndex] {
    guard payers.count < short.count else { return [] }
    var income = base
    for debtor in payers where standing.partial[debtor] > 0 {
      let rank = standing.rank[debtor]
      let share = beta * standing.partial[debtor] / classTotal[debtor * classCount + rank]
      for link in links(debtor, rank) { income[Int(creditor[link])] += share * amount[link] }
    }
    let isPayer = Set(payers)
    return short.filter { !isPayer.contains($0) && income[$0] > Self.rounding * owed[$0] }
  }
}

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
    var standing = ClearingStanding(
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
    if rank == classCount {
      let short = owed[party] - externalAssets[party] - received
      guard short > tolerance[party] * owed[party] else { return rank }
    }
    let estate = estate(party, received: received)
    var lower = min(rank, classCount - 1)
    while lower > 0 {
      let before = owedBefore(lower, party)
      guard before - estate > tolerance[party] * before else { break }
      lower -= 1
    }
    return lower
  }

  /// Solves for what defaulters pay in the class in which each one's money runs out.
  ///
  /// The solution of *x = max(0, Mx + b)* that lies below what they paid before. It is the only one:
  /// a set of defaulters who owe one another alone has, when the last of them is found short, less
  /// than it must pay away. It is found from below, letting in who has something to pay with;
  /// nobody let in is put out again (Chandrasekaran's principle for Z-matrices).
  private func settleFromBelow(_ standing: inout ClearingStanding) throws(StressError) {
    let fixed = standing.received(in: self, withPartial: false)
    var payers = Payers(of: self, standing, received: fixed)
    for party in parties.indices { standing.partial[party] = 0 }
    payers.letIn(where: payers.base)
    while !payers.all.isEmpty {
      let solution = try DefaulterSystem(of: self, standing, payers.all).solution(payers.base)
      for party in payers.all {
        let total = classTotal[party * classCount + standing.rank[party]]
        standing.partial[party] = min(max(0, solution[party]), total)
      }
      guard !payers.areAll else { break }
      let income = payers.income(standing)
      guard payers.letIn(where: income) else { break }
    }
  }
}

/// Those in default who have something to pay with in the class where their money runs out.
private struct Payers {
  private let problem: ClearingProblem
  private let rank: [Int]
  /// What each party in default has for that class without what others pay of theirs.
  let base: [Double]
  /// Those in default and without anything so far.
  private var isOut: [Bool]
  /// The payers, in ascending order.
  private(set) var all: [NodeIndex] = []

  /// None yet.
  init(of problem: ClearingProblem, _ standing: ClearingStanding, received: [Double]) {
    self.problem = problem
    rank = standing.rank
    isOut = rank.map { $0 < problem.classCount }
    base = problem.parties.indices.map { party in
      guard standing.rank[party] < problem.classCount else { return 0 }
      return problem.estate(party, received: received[party])
        - problem.owedBefore(standing.rank[party], party)
    }
  }

  /// Whether nobody in default is left out.
  var areAll: Bool { !isOut.contains(true) }

  /// Lets in who has an income, and all whom their money reaches and who need it for nothing more
  /// senior; says whether there were any.
  ///
  /// One by one they would be let in a round each, along a chain of any length.
  @discardableResult
  mutating func letIn(where income: [Double]) -> Bool {
    var open = isOut.indices.filter { isOut[$0] && income[$0] > 0 }
    guard !open.isEmpty else { return false }
    for party in open { isOut[party] = false }
    while problem.beta > 0, let debtor = open.popLast() {
      for link in problem.links(debtor, rank[debtor]) {
        let creditor = Int(problem.creditor[link])
        guard isOut[creditor], base[creditor] >= 0 else { continue }
        isOut[creditor] = false
        open.append(creditor)
      }
    }
    all = isOut.indices.filter { !isOut[$0] && rank[$0] < problem.classCount }
    return true
  }

  /// What everybody has once the payers have paid.
  func income(_ standing: ClearingStanding) -> [Double] {
    var income = base
    for debtor in all where standing.partial[debtor] > 0 {
      let total = problem.classTotal[debtor * problem.classCount + rank[debtor]]
      let share = problem.beta * (standing.partial[debtor] / total)
      for link in problem.links(debtor, rank[debtor]) {
        income[Int(problem.creditor[link])] += share * problem.amount[link]
      }
    }
    return income
  }
}

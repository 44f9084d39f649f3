internal import Graphs
internal import Numerics
import Networks

/// The linear system of those who pay part of a class: *x = b + Mx*.
///
/// *M* holds what share of each payer's money reaches each other payer; no column adds up to more
/// than 1. Payers who owe one another in no circle are solved in order, each circle (strongly
/// connected component) as a dense block by elimination without subtraction: Grassmann, Taksar and
/// Heyman, "Regenerative analysis and steady state distributions for Markov chains", *Operations
/// Research* 33(5), 1985, doi:10.1287/opre.33.5.1107. So payments are right to their last places
/// however little leaks out of a circle.
package struct DefaulterSystem {
  /// Circles of more parties than this are solved by Gauss–Seidel iteration.
  static let largestBlock = 1_200
  /// The number of rounds after which that gives up.
  static let maximumRounds = 200_000

  private let payers: [NodeIndex]
  /// Who is paid by whom among the payers, by their order among them.
  private let graph: SparseGraph
  /// What share of its money each payer sends along each arc.
  private let share: [Double]
  /// What share of its money leaves the payers for good.
  private let leak: [Double]

  /// The system of `payers`, in ascending order, at the classes where they stand.
  init(of problem: ClearingProblem, _ standing: ClearingStanding, _ payers: [NodeIndex]) {
    var place = [Int32](repeating: -1, count: problem.parties.count)
    for (index, party) in payers.enumerated() { place[party] = Int32(index) }
    var rowStart = [0]
    var target: [Int] = []
    var share: [Double] = []
    var leak: [Double] = []
    for party in payers {
      let rank = standing.rank[party]
      let total = problem.classTotal[party * problem.classCount + rank]
      // Not times the inverse of the total, which is beyond all numbers where that is tiny.
      let part = { (amount: Double) in total > 0 ? problem.beta * (amount / total) : 0 }
      var lost = problem.externalOwed(party, rank)
      for link in problem.links(party, rank) {
        let creditor = Int(place[Int(problem.creditor[link])])
        if creditor >= 0 {
          target.append(creditor)
          share.append(part(problem.amount[link]))
        } else {
          lost += problem.amount[link]
        }
      }
      leak.append((total > 0 ? 1 - problem.beta : 1) + part(lost))
      rowStart.append(target.count)
    }
    self.payers = payers
    graph = SparseGraph(rowStart: rowStart, target: target)
    self.share = share
    self.leak = leak
  }

  /// The system of payers numbered from 0.
  ///
  /// - Parameters:
  ///   - links: What share of its money each payer sends to whom, never to itself.
  ///   - leak: What share of it leaves the payers for good.
  package init(links: [[(payee: Int, share: Double)]], leak: [Double]) {
    var rowStart = [0]
    for row in links { rowStart.append(rowStart[rowStart.count - 1] + row.count) }
    payers = Array(links.indices)
    graph = SparseGraph(rowStart: rowStart, target: links.joined().map(\.payee))
    share = links.joined().map(\.share)
    self.leak = leak
  }

  /// What each payer pays, at its position among all parties.
  ///
  /// - Parameter base: b, of all parties.
  /// - Returns: x, of all parties; zero for those who are no payers.
  /// - Throws: ``StressError/didNotConverge(rounds:change:)`` for a large circle.
  package func solution(_ base: [Double]) throws(StressError) -> [Double] {
    var x = payers.map { base[$0] }
    let components = StrongComponents(of: graph)
    var place = [Int](repeating: 0, count: payers.count)
    // An arc never leads to a higher component: debtors come last, and are solved first.
    for members in components.members.reversed() {
      if members.count > 1 {
        for (index, member) in members.enumerated() { place[member] = index }
        let component = components.component[members[0]]
        let isInside = { (node: Int) in components.component[node] == component }
        if members.count <= Self.largestBlock {
          solveBlock(members, place, isInside, &x)
        } else {
          try iterate(members, isInside, &x)
        }
      }
      for member in members {
        for arc in graph.row(member)
        where components.component[graph.target[arc]] != components.component[member] {
          x[graph.target[arc]] += share[arc] * x[member]
        }
      }
    }
    var result = [Double](repeating: 0, count: base.count)
    for (party, value) in zip(payers, x) { result[party] = value }
    return result
  }

  private func solveBlock(
    _ members: [Int],
    _ place: [Int],
    _ isInside: (Int) -> Bool,
    _ x: inout [Double]
  ) {
    let size = members.count
    var shares = [Double](repeating: 0, count: size * size)
    var leaks = [Double](repeating: 0, count: size)
    for (row, member) in members.enumerated() {
      leaks[row] = leak[member]
      for arc in graph.row(member) {
        if isInside(graph.target[arc]) {
          shares[row * size + place[graph.target[arc]]] += share[arc]
        } else {
          leaks[row] += share[arc]
        }
      }
    }
    let block = DiagonallyDominantSolver(size: size, amounts: shares, leak: leaks)
    let solved = block.transposedSolution(members.map { x[$0] })
    for (member, value) in zip(members, solved) { x[member] = value }
  }

  /// Gauss–Seidel sweeps until the change, and what it still leads to, is below rounding.
  private func iterate(
    _ members: [Int],
    _ isInside: (Int) -> Bool,
    _ x: inout [Double]
  ) throws(StressError) {
    var rows: [(start: Int, end: Int)] = []
    var arcs: [(debtor: Int, share: Double)] = []
    let (reversed, origin) = graph.reversed
    for member in members {
      let start = arcs.count
      for arc in reversed.row(member) where isInside(reversed.target[arc]) {
        arcs.append((reversed.target[arc], share[origin[arc]]))
      }
      rows.append((start, arcs.count))
    }
    let base = members.map { x[$0] }
    var tail = GeometricTail()
    for _ in 0..<Self.maximumRounds {
      // As a share of each one's own payment: small ones stand beside large ones.
      var change = 0.0
      for (index, member) in members.enumerated() {
        var value = base[index]
        for arc in rows[index].start..<rows[index].end {
          value += arcs[arc].share * x[arcs[arc].debtor]
        }
        if value != x[member] {
          change = max(change, ((value - x[member]) / value).magnitude)
        }
        x[member] = value
      }
      if tail.rest(after: change) <= 1e-14 || change <= 2e-16 { return }
    }
    throw .didNotConverge(rounds: Self.maximumRounds, change: tail.last)
  }
}

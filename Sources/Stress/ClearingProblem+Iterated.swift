public import Graphs
internal import Networks

/// Clearing payments found by passing shortfalls on until they are small.
public struct IteratedClearing: Sendable, Equatable {
  /// What each party pays in all.
  public let payments: [Double]
  /// Who cannot pay in full, by position.
  public let defaulted: [NodeIndex]
  /// How many rounds it took.
  public let rounds: Int
  /// What was left to pass on at the end, in all.
  public let rest: Double
}

extension ClearingProblem {
  /// The greatest clearing payments of a large network, within a tolerance.
  ///
  /// Begins with everybody paying in full. Whoever is short leaves that much unpaid, and passes it on
  /// to its creditors in proportion; only those newly short, or short of more, are worked on. Costs
  /// one pass over the debts of those in default where the exact ``greatestClearing()`` solves a
  /// system; for one class of debt without costs of default.
  ///
  /// - Parameters:
  ///   - tolerance: The share of what it owes that a party may have left to pass on.
  ///   - maximumRounds: The number of rounds after which to give up.
  /// - Returns: The payments, none less than the exact ones.
  /// - Throws: ``StressError/badParameter(name:value:bounds:)`` where there are costs or classes,
  ///   and ``StressError/didNotConverge(rounds:change:)``.
  /// - Complexity: O(*n*), and the debts of those worked on, a round.
  public func iteratedClearing(
    tolerance: Double = 1e-12,
    maximumRounds: Int = 100_000
  ) throws(StressError) -> IteratedClearing {
    guard alpha == 1, beta == 1 else {
      throw .badParameter(name: "alpha or beta", value: min(alpha, beta), bounds: "1")
    }
    guard tolerance > 0 else {
      throw .badParameter(name: "the tolerance", value: tolerance, bounds: "above zero")
    }
    guard classCount == 1 else {
      throw .badParameter(name: "the number of classes", value: Double(classCount), bounds: "1")
    }
    var spread = ShortfallSpread(of: self, tolerance: tolerance)
    var rounds = 0
    while !spread.isSettled {
      guard rounds < maximumRounds else {
        throw .didNotConverge(rounds: rounds, change: spread.largestRest)
      }
      rounds += 1
      spread.passOn(self)
    }
    return spread.clearing(self, rounds: rounds)
  }
}

/// What each party leaves unpaid so far, and what is still to be passed on.
private struct ShortfallSpread {
  private let tolerance: Double
  /// What each party leaves unpaid.
  private var unpaid: [Double]
  /// What it is short beyond that; below zero, what it has over.
  private var short: [Double]
  /// Those with more to pass on than the tolerance.
  private var open: [Int32] = []

  var isSettled: Bool { open.isEmpty }
  var largestRest: Double { open.reduce(0) { max($0, short[Int($1)]) } }

  init(of problem: ClearingProblem, tolerance: Double) {
    self.tolerance = tolerance
    unpaid = [Double](repeating: 0, count: problem.parties.count)
    var short = zip(problem.owed, problem.externalAssets).map { $0 - $1 }
    for (creditor, amount) in zip(problem.creditor, problem.amount) {
      short[Int(creditor)] -= amount
    }
    self.short = short
    findOpen(problem.owed)
  }

  private mutating func findOpen(_ owed: [Double]) {
    open.removeAll(keepingCapacity: true)
    for party in short.indices where short[party] > tolerance * owed[party] {
      open.append(Int32(party))
    }
  }

  /// One round: every open party leaves what it is short unpaid, and its creditors are short of it.
  mutating func passOn(_ problem: ClearingProblem) {
    let open = open
    short.withUnsafeMutableBufferPointer { short in
      problem.creditor.withUnsafeBufferPointer { creditor in
        problem.amount.withUnsafeBufferPointer { amount in
          for debtor in open {
            let debtor = Int(debtor)
            let rest = short[debtor]
            short[debtor] = 0
            unpaid[debtor] += rest
            let unit = rest / problem.owed[debtor]
            for link in problem.rowStart[debtor]..<problem.rowStart[debtor + 1] {
              short[Int(creditor[link])] += amount[link] * unit
            }
          }
        }
      }
    }
    findOpen(problem.owed)
  }

  func clearing(_ problem: ClearingProblem, rounds: Int) -> IteratedClearing {
    let owed = problem.owed
    return IteratedClearing(
      payments: owed.indices.map { owed[$0] - min(owed[$0], unpaid[$0]) },
      defaulted: owed.indices.filter { unpaid[$0] > ClearingProblem.rounding * owed[$0] },
      rounds: rounds,
      rest: short.reduce(0) { $0 + max(0, $1) }
    )
  }
}

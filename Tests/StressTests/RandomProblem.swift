import Networks
import Stress
import TestKit

/// Debts as plain rows, and the payment map written out from its definition: an oracle for tests.
struct PlainProblem {
  var liabilities: [Liability] = []
  var assets: [Double]
  var outside: [Double]
  var external = ExternalStanding.equal
  var alpha = 1.0
  var beta = 1.0

  var count: Int { assets.count }

  /// A random problem of whole amounts, in which circles without money and exact ties occur.
  init(nodes: ClosedRange<Int>, classes: Int = 1, using generator: inout SplitMix64) {
    let count = Int.random(in: nodes, using: &generator)
    let density = Double.random(in: 0.1...0.9, using: &generator)
    let poverty = Double.random(in: 0...1, using: &generator)
    assets = (0..<count).map { _ in
      Double.random(in: 0..<1, using: &generator) < poverty
        ? 0 : Double(Int.random(in: 0...12, using: &generator))
    }
    outside = (0..<count).map { _ in
      Bool.random(using: &generator) ? 0 : Double(Int.random(in: 0...8, using: &generator))
    }
    for debtor in 0..<count {
      for creditor in 0..<count where creditor != debtor {
        for seniority in 0..<classes {
          guard Double.random(in: 0..<1, using: &generator) < density else { continue }
          liabilities.append(
            Liability(
              debtor: debtor,
              creditor: creditor,
              amount: Double(Int.random(in: 1...10, using: &generator)),
              seniority: seniority
            )
          )
        }
      }
    }
  }

  func problem() throws(StressError) -> ClearingProblem {
    try ClearingProblem(
      parties: (0..<count).map { "n\($0)" },
      liabilities: liabilities,
      externalAssets: assets,
      externalLiabilities: outside,
      external: external,
      alpha: alpha,
      beta: beta
    )
  }

  /// What each party owes, by class, external debt first where it is senior.
  var classes: [[Double]] {
    let shift = external == .senior ? 1 : 0
    let last = shift + (liabilities.map(\.seniority).max() ?? 0)
    return (0..<count).map { party in
      (0...last).map { rank in
        liabilities.filter { $0.debtor == party && $0.seniority + shift == rank }
          .map(\.amount).reduce(rank == 0 ? outside[party] : 0, +)
      }
    }
  }

  /// What each party has after `payments` by class, before any cost.
  func means(_ payments: [[Double]]) -> [Double] {
    let classes = classes
    let shift = external == .senior ? 1 : 0
    var means = assets
    for debt in liabilities {
      let rank = debt.seniority + shift
      let total = classes[debt.debtor][rank]
      means[debt.creditor] += payments[debt.debtor][rank] * debt.amount / total
    }
    return means
  }

  /// The payment map: what each party pays by class, given what all pay.
  func next(_ payments: [[Double]]) -> [[Double]] {
    let classes = classes
    let means = means(payments)
    return (0..<count).map { party in
      let owed = classes[party].reduce(0, +)
      guard means[party] < owed - 1e-10 else { return classes[party] }
      var rest = alpha * assets[party] + beta * (means[party] - assets[party])
      return classes[party].map { owed in
        let paid = min(owed, rest)
        rest -= paid
        return paid
      }
    }
  }

  /// The limit of the payment map from full payment, or from none.
  func limit(fromAbove: Bool) -> [[Double]]? {
    var payments = fromAbove ? classes : classes.map { $0.map { _ in 0 } }
    for _ in 0..<4_000 {
      let next = next(payments)
      let change = zip(next.joined(), payments.joined()).map { abs($0 - $1) }.max() ?? 0
      payments = next
      if change < 1e-13 { return payments }
    }
    return nil
  }
}

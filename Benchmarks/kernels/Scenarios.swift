import Columns
import Numerics
import Foundation
import Networks
import Stress

/// Many scenarios on one dense network: log-normal debts, external assets shocked by 0.3 + 0.8·U.
///
/// Prints the share of what is owed that is paid, over all scenarios. An input file is little-endian numbers (`Double`): the
/// debts by debtor, then the assets, then those of each scenario, for peers to read.
func dense(size: Int, scenarios: Int, threads: Int, writing path: String?) async throws {
  let (liabilities, assets) = denseDebts(size)
  let problem = try ClearingProblem(
    parties: (0..<size).map { "\($0)" },
    liabilities: liabilities,
    externalAssets: assets
  )
  let drawn = Column<Double>(repeating: 0, count: scenarios * size)
  for scenario in 0..<scenarios {
    var random = RandomStream(seed: 3, path: UInt64(scenario))
    for party in assets.indices {
      drawn[scenario * size + party] = assets[party] * (0.3 + 0.8 * random.unit())
    }
  }
  let shock: ClearingBatch.Assets = { scenario, owned in
    for party in owned.indices { owned[party] = drawn[scenario * size + party] }
  }
  if let path {
    var numbers = [Double](repeating: 0, count: size * size)
    for debt in liabilities { numbers[debt.debtor * size + debt.creditor] = debt.amount }
    numbers += assets
    for place in 0..<drawn.count { numbers.append(drawn[place]) }
    try numbers.withUnsafeBytes { try Data($0).write(to: URL(filePath: path)) }
  }
  let batch = ClearingBatch(problem)
  var watch = Stopwatch()
  let summary =
    threads == 1
    ? try batch.summary(of: 0..<scenarios, assets: shock)
    : try batch.summary(of: 0..<scenarios, threads: threads, assets: shock)
  watch.stop()
  for scenario in 0..<min(100, scenarios) {
    var owned = assets
    shock(scenario, &owned)
    let exact = try ClearingProblem(
      parties: problem.parties,
      liabilities: liabilities,
      externalAssets: owned
    ).greatestClearing()
    let found = try batch.payments(externalAssets: owned)
    for (found, exact) in zip(found, exact.payments) {
      require(abs(found - exact) <= 1e-10 * exact, "scenario \(scenario): \(found), not \(exact)")
    }
  }
  let owed = liabilities.reduce(0) { $0 + $1.amount }
  let share = summary.payments.reduce(0, +) / owed / Double(scenarios)
  watch.report(String(format: "%.6f", share))
}

private func denseDebts(_ size: Int) -> (liabilities: [Liability], assets: [Double]) {
  var random = RandomStream(seed: 7)
  var liabilities: [Liability] = []
  var net = [Double](repeating: 0, count: size)
  var owed = net
  for debtor in 0..<size {
    for creditor in 0..<size where creditor != debtor {
      let amount = exp(normal(&random))
      liabilities.append(Liability(debtor: debtor, creditor: creditor, amount: amount))
      net[debtor] += amount
      owed[debtor] += amount
      net[creditor] -= amount
    }
  }
  return (liabilities, zip(net, owed).map { max(0, $0) + 0.06 * $1 })
}

/// A normal number, by Box and Muller.
func normal(_ random: inout RandomStream) -> Double {
  (-2 * log(1 - random.unit())).squareRoot() * cos(2 * .pi * random.unit())
}

/// Ends the run when an answer is wrong: a fast wrong answer is no answer.
func require(_ holds: Bool, _ what: String) {
  guard !holds else { return }
  print("wrong: \(what)")
  exit(1)
}

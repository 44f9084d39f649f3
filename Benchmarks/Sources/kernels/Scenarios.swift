import Foundation
import Networks
import Stress

/// Many scenarios on one dense network: log-normal debts, external assets shocked by 0.3 + 0.8·U.
func dense(size: Int, scenarios: Int, threads: Int) async throws {
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
  let assets = zip(net, owed).map { max(0, $0) + 0.06 * $1 }
  let problem = try ClearingProblem(
    parties: (0..<size).map { "\($0)" },
    liabilities: liabilities,
    externalAssets: assets
  )
  let batch = ClearingBatch(problem)
  let shock: ClearingBatch.Assets = { scenario, owned in
    var random = RandomStream(seed: 3, path: UInt64(scenario))
    for party in owned.indices { owned[party] = assets[party] * (0.3 + 0.8 * random.unit()) }
  }
  let name = "dense N=\(size) S=\(scenarios) threads=\(threads)"
  let summary = try await timed(name) {
    threads == 1
      ? try batch.summary(of: 0..<scenarios, assets: shock)
      : try await batch.summary(of: 0..<scenarios, threads: threads, assets: shock)
  }
  let share = summary.payments.reduce(0, +) / owed.reduce(0, +) / Double(scenarios)
  let defaults = Double(summary.defaults.reduce(0, +)) / Double(scenarios)
  print("  paid share \(share), defaults a scenario \(defaults)")
  for scenario in 0..<100 {
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

import Numerics
import Foundation
import Networks
import Stress

/// One large network: debts between parties of power-law size, external assets shocked by 0.3 + 0.8·U.
///
/// Prints the number of defaults. An input file is the pairs, as `kernels pairs` writes them, and what each
/// party owns beside it, in `.assets` (`Double`, little-endian), for peers to read.
func sparse(size: Int, links: Int, writing path: String?) throws {
  let liabilities = randomDebts(size: size, links: links)
  var owed = [Double](repeating: 0, count: size)
  var received = owed
  for debt in liabilities {
    owed[debt.debtor] += debt.amount
    received[debt.creditor] += debt.amount
  }
  var random = RandomStream(seed: 11)
  let assets = owed.indices.map { party in
    (max(0, owed[party] - received[party]) + 0.06 * owed[party] + 1) * (0.3 + 0.8 * random.unit())
  }
  if let path {
    try StaticPairs(
      nodeCount: size,
      transfers: liabilities.map { (Int32($0.debtor), Int32($0.creditor), Int64($0.amount)) }
    ).write(to: path)
    try assets.withUnsafeBytes { try Data($0).write(to: URL(filePath: path + ".assets")) }
  }
  let problem = try ClearingProblem(
    parties: (0..<size).map { "\($0)" },
    liabilities: liabilities,
    externalAssets: assets
  )
  var watch = Stopwatch()
  let clearing = try problem.iteratedClearing(tolerance: 1e-9)
  watch.stop()
  let finer = try problem.iteratedClearing()
  var means = assets
  for debt in liabilities {
    means[debt.creditor] += finer.payments[debt.debtor] / owed[debt.debtor] * debt.amount
  }
  for party in owed.indices {
    let next = min(owed[party], means[party])
    let error = abs(next - finer.payments[party])
    require(error <= 1e-9 * max(1, owed[party]), "party \(party) pays \(finer.payments[party])")
    let off = abs(clearing.payments[party] - finer.payments[party])
    require(off <= 1e-7 * max(1, owed[party]), "party \(party) pays \(clearing.payments[party])")
  }
  let short = owed.indices.filter { clearing.payments[$0] < owed[$0] * (1 - 1e-7) }
  watch.report("\(short.count)")
}

/// Distinct debts, both ends by a power law of exponent 1.3, amounts log-normal and whole.
func randomDebts(size: Int, links: Int) -> [Liability] {
  var random = RandomStream(seed: 1)
  let largest = max(50, 0.01 * Double(size))
  func cumulative() -> [Double] {
    var sum = 0.0
    return (0..<size).map { _ in
      sum += min(pow(1 - random.unit(), -1 / 1.3), largest)
      return sum
    }
  }
  let (debtors, creditors) = (cumulative(), cumulative())
  func draw(_ cumulative: [Double]) -> Int {
    let point = random.unit() * cumulative[size - 1]
    var (low, high) = (0, size - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] <= point { low = middle + 1 } else { high = middle }
    }
    return low
  }
  var keys: [Int] = []
  while keys.count < links {
    while keys.count < links + links / 4 {
      let (debtor, creditor) = (draw(debtors), draw(creditors))
      if debtor != creditor { keys.append(debtor * size + creditor) }
    }
    keys.sort()
    var last = -1
    keys.removeAll { key in
      defer { last = key }
      return key == last
    }
  }
  keys.shuffle(using: &random)
  return keys.prefix(links).sorted().map { key in
    let (debtor, creditor) = key.quotientAndRemainder(dividingBy: size)
    let amount = max(1, exp(6 + 1.5 * normal(&random)).rounded(.down))
    return Liability(debtor: debtor, creditor: creditor, amount: amount)
  }
}

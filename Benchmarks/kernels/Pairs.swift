import Graphs
import Foundation
import Networks
import Payments

/// A network of distinct pairs, as every static kernel and its peers read it.
///
/// A file of them is little-endian: `Int64` parties, `Int64` pairs, then the payers (`Int32`), the payees
/// (`Int32`) and the amounts (`Int64`) of the pairs, ascending by payer and payee.
struct StaticPairs {
  var nodeCount: Int
  var payer: [Int32]
  var payee: [Int32]
  var amount: [Int64]

  /// The sparse rows of the pairs.
  var graph: SparseGraph {
    var rowStart = [Int](repeating: 0, count: nodeCount + 1)
    for node in payer { rowStart[Int(node) + 1] += 1 }
    for node in 0..<nodeCount { rowStart[node + 1] += rowStart[node] }
    return SparseGraph(rowStart: rowStart, target: payee.map { Int($0) })
  }

  /// The pairs as a network of flows.
  func network() throws -> FlowNetwork {
    try FlowNetwork(
      nodes: (0..<nodeCount).map { "\($0)" },
      flows: payer.indices.map {
        FlowNetwork.Flow(payer: Int(payer[$0]), payee: Int(payee[$0]), weight: Double(amount[$0]))
      }
    )
  }

  /// Sums `transfers` (payer, payee, amount) by pair; what parties pay themselves is left out.
  init(nodeCount: Int, transfers: [(Int32, Int32, Int64)]) {
    let sorted = transfers.filter { $0.0 != $0.1 }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    (self.nodeCount, payer, payee, amount) = (nodeCount, [], [], [])
    for (from, to, money) in sorted {
      if payer.last == from, payee.last == to {
        amount[amount.count - 1] += money
      } else {
        payer.append(from)
        payee.append(to)
        amount.append(money)
      }
    }
  }

  /// Reads a `.pairs` file.
  init(contentsOf path: String) throws {
    let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    func column<Value: BitwiseCopyable>(_ offset: Int, _ count: Int) -> [Value] {
      data.withUnsafeBytes { bytes in
        (0..<count).map {
          bytes.loadUnaligned(
            fromByteOffset: offset + $0 * MemoryLayout<Value>.size,
            as: Value.self
          )
        }
      }
    }
    let counts: [Int64] = column(0, 2)
    let pairs = Int(counts[1])
    nodeCount = Int(counts[0])
    payer = column(16, pairs)
    payee = column(16 + 4 * pairs, pairs)
    amount = column(16 + 8 * pairs, pairs)
  }

  /// Writes a `.pairs` file.
  func write(to path: String) throws {
    var data = Data()
    for count in [Int64(nodeCount), Int64(payer.count)] {
      withUnsafeBytes(of: count) { data.append(contentsOf: $0) }
    }
    payer.withUnsafeBytes { data.append(contentsOf: $0) }
    payee.withUnsafeBytes { data.append(contentsOf: $0) }
    amount.withUnsafeBytes { data.append(contentsOf: $0) }
    try data.write(to: URL(filePath: path))
  }
}

/// The distinct pairs of a payments file, or of lines of `from to time` (.txt), each of which counts as 1.
func pairs(of path: String) throws -> StaticPairs {
  if path.hasSuffix(".txt") {
    let columns = try triples(path, threads: 1)
    let transfers = (0..<columns.payer.count).map {
      (columns.payer[$0], columns.payee[$0], Int64(1))
    }
    return StaticPairs(nodeCount: columns.nodeCount, transfers: transfers)
  }
  let payments = try Payments(contentsOf: path, PaymentFormat())
  let transfers = (0..<payments.count).map {
    (payments.payer[$0], payments.payee[$0], payments.amountMinorUnits[$0])
  }
  return StaticPairs(nodeCount: payments.parties.count, transfers: transfers)
}

/// A network of `nodes` parties and `links` distinct pairs, ends by a power law, amounts log-normal.
func randomPairs(nodes: Int, links: Int) -> StaticPairs {
  let debts = randomDebts(size: nodes, links: links)
  return StaticPairs(
    nodeCount: nodes,
    transfers: debts.map { (Int32($0.debtor), Int32($0.creditor), Int64($0.amount)) }
  )
}

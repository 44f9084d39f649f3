internal import Columns
internal import Graphs
internal import Numerics
import Networks

/// Dollars followed at random through a strong component, until they leave it or come back.
///
/// Each step picks the next party by the alias method: Walker, "An Efficient Method for Generating Discrete
/// Random Variables with General Distributions", *ACM Transactions on Mathematical Software* 3(3), 1977,
/// doi:10.1145/355744.355749.
struct ReturnWalks {
  /// One of the ways out of a party, all equally likely to be looked at.
  ///
  /// It is taken with `chance`, else the other one. Below zero is out of the component.
  private struct Way {
    var target: Int32 = -1
    var other: Int32 = -1
    var chance = 1.0
  }

  private let rowStart: Column<Int>
  private let ways: Column<Way>

  private static let seed: UInt64 = 0x7265_7475_726E
  private static let leastDollars = 100
  private static let mostDollars = 100_000
  /// How far a dollar is followed; those still on their way count as gone, and as error.
  private static let mostSteps = 10_000

  init(_ graph: SparseGraph, weight: [Double], leak: [Double]) {
    let count = graph.nodeCount
    rowStart = Column(unwritten: count + 1)
    ways = Column(unwritten: weight.count + count)
    rowStart[0] = 0
    var row: [(target: Int32, part: Double)] = []
    for node in 0..<count {
      row.removeAll(keepingCapacity: true)
      for arc in graph.row(node) { row.append((Int32(graph.target[arc]), weight[arc])) }
      row.append((-1, leak[node]))
      rowStart[node + 1] = rowStart[node] + row.count
      fill(ways.base + rowStart[node], &row)
    }
  }

  /// Pairs ways of less than an even part with ways of more.
  private func fill(_ ways: UnsafeMutablePointer<Way>, _ row: inout [(target: Int32, part: Double)])
  {
    let even = row.reduce(0) { $0 + $1.part } / Double(row.count)
    var small = row.indices.filter { row[$0].part < even }
    var large = row.indices.filter { row[$0].part >= even }
    while let low = small.last, let high = large.last {
      small.removeLast()
      ways[low] = Way(
        target: row[low].target,
        other: row[high].target,
        chance: row[low].part / even
      )
      row[high].part -= even - row[low].part
      if row[high].part < even {
        large.removeLast()
        small.append(high)
      }
    }
    for index in small + large {
      ways[index] = Way(target: row[index].target, other: row[index].target)
    }
  }

  /// The chance of each party that a dollar that leaves it comes back, by following some.
  ///
  /// - Parameters:
  ///   - importance: By party, what its chance counts for in an average of all.
  ///   - dollars: How many are followed in all, half of them alike for all parties, half by importance.
  ///   - threads: The number of threads; each party has dollars of its own.
  /// - Returns: The chances.
  func chances(importance: [Double], dollars: Int, threads: Int) -> [ReturnChance] {
    let count = importance.count
    let all = max(importance.reduce(0, +), .leastNormalMagnitude)
    let result = Column<ReturnChance>(repeating: ReturnChance(), count: count)
    let piece = 256
    let next = Guarded(0)
    Workers.run(threads) { _ in
      while true {
        let begin = next.with { next in
          defer { next += piece }
          return next
        }
        guard begin < count else { return }
        for node in begin..<min(begin + piece, count) {
          let share = 0.5 / Double(count) + 0.5 * (importance[node] / all)
          let wanted = Double(dollars) * share
          let held = max(Double(Self.leastDollars), min(wanted, Double(Self.mostDollars)))
          result[node] = chance(node, dollars: Int(held))
        }
      }
    }
    return (0..<count).map { result[$0] }
  }

  /// With a flat prior, so that not even a chance never seen has no error.
  private func chance(_ node: Int, dollars: Int) -> ReturnChance {
    var random = RandomStream(seed: Self.seed, path: UInt64(node))
    var (returned, undecided) = (0.0, 0.0)
    for _ in 0..<dollars {
      var place = node
      var steps = 0
      repeat {
        place = step(place, &random)
        steps += 1
      } while place >= 0 && place != node && steps < Self.mostSteps
      if place == node { returned += 1 } else if place >= 0 { undecided += 1 }
    }
    let whole = Double(dollars)
    let (yes, no) = (returned + 1, whole - returned + 1)
    let error = (yes * no / ((whole + 2) * (whole + 2) * (whole + 3))).squareRoot()
    return ReturnChance(mean: returned / whole, error: error + undecided / whole)
  }

  /// The party after `node`: below zero where the dollar is gone.
  @inline(__always)
  private func step(_ node: Int, _ random: inout RandomStream) -> Int {
    let begin = rowStart.base[node]
    let bits = random.next()
    // The upper half picks a way, the lower half one of its two: chances are even to 2⁻³².
    let count = UInt64(rowStart.base[node &+ 1] &- begin)
    let way = ways.base[begin &+ Int(((bits >> 32) &* count) >> 32)]
    let isFirst = Double(bits & 0xFFFF_FFFF) * 0x1p-32 < way.chance
    return Int(isFirst ? way.target : way.other)
  }
}

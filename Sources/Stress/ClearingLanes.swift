/// The working memory of one scenario of a ``ClearingBatch``, used again for the next.
struct ClearingLanes {
  /// Who is short, in ascending order.
  private(set) var short: [Int] = []
  /// What each party would be short if everybody else paid in full.
  private var shortfall: [SIMD4<Double>]
  /// That, and what it is short because of others.
  private var total: [SIMD4<Double>]
  /// 1 for the parties among `short`.
  private var isShort: [Int]
  private var found: [Int]
  /// The shortfalls of those short by themselves, filled up with zeros.
  private var first: [SIMD4<Double>]
  private var system: LaneSystem

  init(of batch: ClearingBatch) {
    let count = batch.width * 4
    shortfall = [SIMD4<Double>](repeating: .zero, count: batch.width)
    total = shortfall
    isShort = [Int](repeating: 0, count: count)
    found = [Int](repeating: 0, count: count + 1)
    first = shortfall
    system = LaneSystem(capacity: count)
  }

  /// What the party at `place` of ``short`` leaves unpaid.
  func unpaid(_ place: Int) -> Double { system.unpaid[place / 4][place % 4] }

  /// Finds who is short, and what they leave unpaid.
  ///
  /// - Returns: Whether it could: `false` where the system is too near to having no solution for
  ///   plain elimination, and the careful one is called for.
  mutating func settle(_ owned: [Double], _ batch: ClearingBatch) -> Bool {
    begin(owned, batch)
    guard takeShort(batch) else { return true }
    gatherFirst()
    push(batch, first)
    _ = takeShort(batch)
    repeat {
      guard system.solve(short, shortfall, batch) else { return false }
      push(batch, system.unpaid)
    } while takeShort(batch)
    return true
  }

  private mutating func gatherFirst() {
    let (short, count) = (short, (short.count + 3) / 4 * 4)
    first.withUnsafeMutableBytes { first in
      shortfall.withUnsafeBytes { shortfall in
        let first = first.bindMemory(to: Double.self)
        let shortfall = shortfall.bindMemory(to: Double.self)
        for (place, party) in short.enumerated() { first[place] = shortfall[party] }
        for place in short.count..<count { first[place] = 0 }
      }
    }
  }

  private mutating func begin(_ owned: [Double], _ batch: ClearingBatch) {
    for party in isShort.indices { isShort[party] = 0 }
    short.removeAll(keepingCapacity: true)
    for place in 0..<batch.width { shortfall[place] = batch.need[place] }
    owned.withUnsafeBufferPointer { owned in
      shortfall.withUnsafeMutableBytes { bytes in
        let shortfall = bytes.bindMemory(to: Double.self)
        for party in owned.indices { shortfall[party] -= owned[party] }
      }
    }
    for place in 0..<batch.width { total[place] = shortfall[place] }
  }

  /// Adds those whom `total` shows short, without branches, and says whether there were any.
  private mutating func takeShort(_ batch: ClearingBatch) -> Bool {
    var count = 0
    let parties = isShort.count
    total.withUnsafeBytes { total in
      batch.slack.withUnsafeBytes { slack in
        isShort.withUnsafeMutableBufferPointer { isShort in
          found.withUnsafeMutableBufferPointer { found in
            let total = total.bindMemory(to: Double.self)
            let slack = slack.bindMemory(to: Double.self)
            for party in 0..<parties {
              isShort[party] |= total[party] > slack[party] ? 1 : 0
              found[count] = party
              count += isShort[party]
            }
          }
        }
      }
    }
    guard count > short.count else { return false }
    short.removeAll(keepingCapacity: true)
    short.append(contentsOf: found[..<count])
    return true
  }

  /// Puts what each party is short by itself, and because of what the `short` leave unpaid, in `total`.
  private mutating func push(_ batch: ClearingBatch, _ unpaid: [SIMD4<Double>]) {
    let width = batch.width
    let last = short.count - 1
    batch.shares.withUnsafeBufferPointer { shares in
      shortfall.withUnsafeBufferPointer { shortfall in
        total.withUnsafeMutableBufferPointer { total in
          for place in 0..<width { total[place] = shortfall[place] }
          for block in 0...last / 4 {
            // Places past the last are filled up with debtors who leave nothing unpaid.
            let value = unpaid[block]
            let p = short[block * 4] * width
            let q = short[min(block * 4 + 1, last)] * width
            let r = short[min(block * 4 + 2, last)] * width
            let s = short[min(block * 4 + 3, last)] * width
            for place in 0..<width {
              let ab = shares[p + place] * value.x + shares[q + place] * value.y
              let cd = shares[r + place] * value.z + shares[s + place] * value.w
              total[place] += ab + cd
            }
          }
        }
      }
    }
  }
}

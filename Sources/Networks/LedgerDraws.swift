internal import Claims
public import Graphs
internal import Numerics

/// The money between inside parties on one footing, drawn many times from what a ledger leaves open.
///
/// What does not vary is added up once; a draw costs what varies. It has no boundary flows: it is measured for what goes
/// round, and never cited.
public struct LedgerDraws: Sendable {
  /// An amount of something open, between two inside parties.
  private struct Varying: Sendable {
    let slot: Int
    let item: LedgerItem
  }

  /// What is open, in the order of the ledger.
  public let open: [Ledger.Uncertain]
  private let ledger: Ledger
  private let grade: Grade
  /// Whether unknown flows are drawn too, which takes the whole ledger each time.
  private let fillsIn: Bool
  private let seed: UInt64
  /// Where the pairs of each payer begin, and whom they pay.
  private let rowStart: [Int]
  private let payee: [NodeIndex]
  /// By pair, what does not vary.
  private let fixed: [Double]
  /// By open thing, then by reading, its amounts.
  private let varying: [[Int: [Varying]]]
  /// By pair, what stands.
  private let standingWeights: [Double]
  /// By pair, what stands of the open things.
  private let standingOf: [Int: [(index: Int, amount: Double)]]

  /// Prepares draws of `ledger`.
  ///
  /// - Parameters:
  ///   - ledger: The amounts.
  ///   - grade: The worst grade that counts.
  ///   - completion: How unknown flows are filled in: at random in a draw, where they are at all.
  ///   - seed: Where chance begins.
  public init(
    _ ledger: Ledger,
    upTo grade: Grade,
    completion: CompletionMethod,
    seed: UInt64
  ) {
    (self.ledger, self.grade, self.seed) = (ledger, grade, seed)
    fillsIn = completion != .none && ledger.hasUnknown
    self.open = ledger.uncertain.filter { $0.grade <= grade }
    let open = Set(self.open.map(\.key))
    let position = Dictionary(uniqueKeysWithValues: zip(ledger.parties, 0...))
    var pairs: Set<[Int]> = []
    func pair(_ item: LedgerItem) -> [Int]? {
      guard item.grade <= grade, let payer = position[item.payer], let payee = position[item.payee]
      else { return nil }
      return [payer, payee]
    }
    let facts = ledger.actuals.enumerated().map { (LedgerKey.actual($0.offset), [[$0.element]]) }
    let deals = ledger.entries.enumerated().map {
      (LedgerKey.deal($0.offset), $0.element.map(\.items))
    }
    let all = facts + deals
    for item in all.flatMap({ $1.joined() }) { pair(item).map { _ = pairs.insert($0) } }
    let sorted = pairs.sorted { $0.lexicographicallyPrecedes($1) }
    let slot = Dictionary(uniqueKeysWithValues: zip(sorted, 0...))
    var rowStart = [Int](repeating: 0, count: ledger.parties.count + 1)
    for pair in sorted { rowStart[pair[0] + 1] += 1 }
    for row in ledger.parties.indices { rowStart[row + 1] += rowStart[row] }
    var fixed: [(slot: Int, amount: Double)] = []
    var varying: [LedgerKey: [Int: [Varying]]] = [:]
    for (key, readings) in all {
      guard open.contains(key) else {
        fixed += readings[0].compactMap { item in
          pair(item).flatMap { slot[$0] }.map { ($0, item.amount.point) }
        }
        continue
      }
      for (reading, items) in readings.enumerated() {
        varying[key, default: [:]][reading] = items.compactMap { item in
          pair(item).flatMap { slot[$0] }.map { Varying(slot: $0, item: item) }
        }
      }
    }
    self.rowStart = rowStart
    payee = sorted.map { $0[1] }
    let sums = Self.sums(fixed, onto: [Double](repeating: 0, count: sorted.count))
    self.fixed = sums
    self.varying = self.open.map { varying[$0.key] ?? [:] }
    let standing = self.varying.enumerated().flatMap { index, readings in
      (readings[0] ?? []).map { (index: index, slot: $0.slot, amount: $0.item.amount.point) }
    }
    standingWeights = Self.sums(standing.map { ($0.slot, $0.amount) }, onto: sums)
    standingOf = Dictionary(grouping: standing, by: \.slot)
      .mapValues { $0.map { ($0.index, $0.amount) } }
  }

  /// Who can pay whom: the pairs that ``weights(path:)`` are of.
  package var graph: SparseGraph { SparseGraph(rowStart: rowStart, target: payee) }

  /// The network of one draw.
  ///
  /// - Parameter path: Its number.
  /// - Returns: Money between inside parties.
  public func network(path: UInt64) -> FlowNetwork {
    if let weights = weights(path: path) { return network(weights) }
    let choice = ledger.choice(among: open, seed: seed, path: path)
    return ledger.network(
      choice,
      upTo: grade,
      completion: .sample,
      seed: seed,
      path: path,
      hasBoundary: false
    ).network
  }

  /// The money of one draw, by pair.
  ///
  /// - Parameter path: Its number.
  /// - Returns: Money of every pair, 0 too; `nil` where unknown flows are drawn, and other pairs with them.
  package func weights(path: UInt64) -> [Double]? {
    guard !fillsIn else { return nil }
    var amounts: [(slot: Int, amount: Double)] = []
    for (index, thing) in open.enumerated() {
      let drawn = thing.drawn(seed: seed, path: path)
      for entry in varying[index][drawn.reading] ?? [] {
        let amount = entry.item.value(at: drawn.share, timing: drawn.timing)
        amounts.append((entry.slot, amount))
      }
    }
    return Self.sums(amounts, onto: fixed)
  }

  /// What the pairs come to with `amounts` on top, whatever their order.
  private static func sums(
    _ amounts: [(slot: Int, amount: Double)],
    onto fixed: [Double]
  ) -> [Double] {
    var sums = fixed
    let sorted = amounts.sorted { ($0.slot, $0.amount) < ($1.slot, $1.amount) }
    var first = 0
    while first < sorted.count {
      let slot = sorted[first].slot
      var sum = CompensatedSum()
      sum.add(fixed[slot])
      while first < sorted.count, sorted[first].slot == slot {
        sum.add(sorted[first].amount)
        first += 1
      }
      sums[slot] = sum.value
    }
    return sums
  }

  /// A network of these amounts, pairs without money left out.
  private func network(_ weights: [Double]) -> FlowNetwork {
    var starts = [0]
    starts.reserveCapacity(rowStart.count)
    var kept: [Int] = []
    kept.reserveCapacity(weights.count)
    for row in ledger.parties.indices {
      for slot in rowStart[row]..<rowStart[row + 1] where weights[slot] > 0 { kept.append(slot) }
      starts.append(kept.count)
    }
    return FlowNetwork(
      unit: ledger.unit,
      nodes: ledger.parties,
      rowStart: starts,
      payee: kept.map { payee[$0] },
      weight: kept.map { weights[$0] },
      inflows: [],
      outflows: [],
      selfFlows: []
    )
  }
}

// MARK: One thing by itself

extension LedgerDraws {
  /// Money between two parties that is not as it stands.
  public struct Change: Sendable {
    /// Who pays.
    public let payer: NodeIndex
    /// Who is paid.
    public let payee: NodeIndex
    /// What stands.
    public let before: Double
    /// What is there instead.
    public let after: Double
    fileprivate let slot: Int
  }

  /// What stands, at the values used.
  public var standing: FlowNetwork { network(standingWeights) }

  /// What is not as it stands where one open thing is at either end of its range, under each of its readings.
  ///
  /// - Parameter index: The position of the thing in ``open``.
  /// - Returns: The changes at each end of each reading; `nil` where unknown flows would change with it.
  public func extremes(of index: Int) -> [[Change]]? {
    guard !fillsIn else { return nil }
    return open[index].readings.flatMap { reading in
      (open[index].varies ? [0, 1] : [nil]).map { changes(index, reading, at: $0) }
    }
  }

  /// What stands, but for some changes.
  ///
  /// - Parameter changes: Pairs that are not as they stand, each once.
  /// - Returns: Money between inside parties.
  public func network(with changes: [Change]) -> FlowNetwork {
    var weights = standingWeights
    for change in changes { weights[change.slot] = change.after }
    return network(weights)
  }

  private func changes(_ index: Int, _ reading: Int, at place: Double?) -> [Change] {
    let instead = Dictionary(grouping: varying[index][reading] ?? [], by: \.slot)
    let stands = Set((varying[index][0] ?? []).map(\.slot))
    return stands.union(instead.keys).sorted().compactMap { slot -> Change? in
      let others = (standingOf[slot] ?? []).filter { $0.index != index }.map(\.amount)
      let values = (instead[slot] ?? []).map { $0.item.value(at: place, timing: nil) }
      let (before, after) = (
        standingWeights[slot], ([fixed[slot]] + (others + values).sorted()).compensatedSum
      )
      guard before != after else { return nil }
      return Change(
        payer: payer(of: slot),
        payee: payee[slot],
        before: before,
        after: after,
        slot: slot
      )
    }
  }

  /// The payer of a pair: the last whose pairs begin no later.
  private func payer(of slot: Int) -> NodeIndex {
    var (low, high) = (0, rowStart.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if rowStart[middle] <= slot { low = middle } else { high = middle }
    }
    return low
  }
}

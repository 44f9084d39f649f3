internal import Columns
internal import Graphs
package import Loops
package import Networks
package import Payments

/// How many loops there are, and those with the largest amounts.
package struct CyclesReport: MeasureReport {
  /// How many loops to count and to list.
  package struct Request: Sendable {
    /// The number of loops after which to stop.
    package var limit: Int
    /// How many to list.
    package var top: Int

    /// Counts up to `limit` loops, and lists `top`.
    package init(limit: Int, top: Int) { (self.limit, self.top) = (limit, top) }
  }

  /// One loop.
  package struct Cycle: Encodable, Sendable {
    /// The parties on it, in order.
    package let parties: [String]
    /// The least amount on it.
    package let bottleneck: Double
    /// All amounts on it.
    package let total: Double

    var path: String { (parties + parties.prefix(1)).joined(separator: " → ") }
  }

  private enum CodingKeys: String, CodingKey {
    case measure, count, top
    case isComplete = "complete"
    case byLength = "by_length"
  }

  private let measure = "cycles"
  /// How many there are.
  package let count: Int
  /// Whether all were counted.
  package let isComplete: Bool
  /// How many of each length.
  package let byLength: [String: Int]
  /// The largest.
  package let top: [Cycle]
  private let limit: Int

  /// Counts the elementary loops of the network of `source`.
  ///
  /// - Parameters:
  ///   - source: The flows.
  ///   - request: How many to count.
  ///   - maximumLength: The most payments in a loop.
  /// - Throws: ``NetworkError``.
  package init(of source: FlowSource, _ request: Request, maximumLength: Int) throws(NetworkError) {
    let network = try source.statedNetwork()
    let tally = network.elementaryCycles(
      limit: request.limit,
      maximumLength: maximumLength,
      topCount: request.top
    )
    self.init(tally, request, .bare) { network.nodes[$0] }
  }

  /// Counts loops in time among edges that say when.
  package init(
    inTimeAmong list: EdgeList,
    _ request: Request,
    _ rules: TemporalCycles.Rules
  ) {
    let transfers = list.edges.map {
      Transfer(payer: $0.payer, payee: $0.payee, time: $0.time ?? 0, amount: $0.weight)
    }
    let tally = TemporalCycles(of: transfers, nodeCount: list.parties.count, rules: rules)
      .tally(limit: request.limit, topCount: request.top)
    self.init(tally, request, .bare) { list.parties[$0].id }
  }

  /// Counts loops in time among payments; the least amount of `rules` is in whole units.
  package init(
    inTimeAmong payments: Payments,
    _ request: Request,
    _ rules: TemporalCycles.Rules
  ) {
    let scale = 1 / payments.unit.whole(1)
    var rules = rules
    // The least whole number of minor units that is no less.
    let least = rules.minimumAmount
    rules.minimumAmount = (least * scale).rounded(.down)
    if payments.unit.whole(rules.minimumAmount) < least { rules.minimumAmount += 1 }
    let tally = TemporalCycles(of: payments.columns, rules: rules)
      .tally(limit: request.limit, topCount: request.top)
    self.init(tally, request, payments.unit) { payments.parties[$0] }
  }

  private init(
    _ tally: CycleTally,
    _ request: Request,
    _ unit: AmountUnit,
    name: (Int) -> String
  ) {
    (count, isComplete, limit) = (tally.count, tally.isComplete, request.limit)
    byLength = tally.countByLength
    top = tally.top.map { cycle in
      Cycle(
        parties: cycle.nodes.map(name),
        bottleneck: unit.whole(cycle.bottleneck),
        total: unit.whole(cycle.total)
      )
    }
  }
}

extension CyclesReport {
  /// What the cells of ``line`` are called.
  package static let headings = ["loops", "all of them", "largest", "least on it"]

  /// The figures that matter most.
  package var line: [String] {
    [
      Figures.grouped(count), isComplete ? "yes" : "no", top.first?.path ?? "–",
      Figures.amount(top.first?.bottleneck),
    ]
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    var lines = [Figures.count(count, "loop") + (isComplete ? "." : incompleteness)]
    let lengths = byLength.byNumber.map { [$0.key, "\($0.value)"] }
    if !lengths.isEmpty {
      lines += TextTable.figures(["payments", "loops"], lengths)
      lines.append("")
    }
    let rows = top.map { [$0.path, Figures.amount($0.bottleneck), Figures.amount($0.total)] }
    if !rows.isEmpty { lines += TextTable.figures(["", "least on it", "in all"], rows) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Why there are more loops than were counted, or may be.
  private var incompleteness: String {
    count >= limit
      ? ", and more: --limit stopped."
      : ", and perhaps more: INCOMPLETE, as all of them take too long; --max-hops bounds them."
  }
}

extension CycleTally {
  /// How many loops have each number of payments, of the numbers that some have.
  var countByLength: [String: Int] {
    Dictionary(
      uniqueKeysWithValues: byLength.enumerated().filter { $0.element > 0 }
        .map { ("\($0.offset)", $0.element) }
    )
  }
}

extension [String: Int] {
  /// The entries by the numbers that their keys are.
  var byNumber: [(key: String, value: Int)] {
    sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
  }
}

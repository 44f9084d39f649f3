public import Graphs
internal import Numerics
public import Networks

/// How much depends on how few.
///
/// The Herfindahl–Hirschman index is the sum of squared shares: 1 where one has it all, 1/n where n
/// have equal parts. Its inverse is the effective number.
public struct Concentration: Sendable, Equatable {
  /// One share of the whole.
  public struct Share: Sendable, Equatable {
    /// Whose it is.
    public let id: String
    /// How much of the whole, 0 to 1.
    public let share: Double
  }

  /// The least and the greatest that the index can be, where part of the whole has no name.
  public struct Bounds: Sendable, Equatable {
    /// The index if the unnamed part is spread over ever more, ever smaller holders.
    public let low: Double
    /// The index if the unnamed part is concentrated as far as what is known allows.
    public let high: Double
  }

  /// The Herfindahl–Hirschman index, 0 to 1: `nil` of nothing.
  public let hhi: Double?
  /// Everyone with a share, largest first, ties by id.
  public let shares: [Share]
  /// The sum of the amounts.
  public let total: Double

  /// 1/HHI: as many equal parts would be as concentrated.
  ///
  /// `nil` of nothing.
  public var effectiveNumber: Double? { hhi.map { 1 / $0 } }

  /// The concentration of `amounts`; those not above zero have no share.
  public init(of amounts: [(id: String, amount: Double)]) {
    let held = amounts.filter { $0.amount > 0 }
      .sorted { $0.amount == $1.amount ? $0.id < $1.id : $0.amount > $1.amount }
    let total = held.map(\.amount).compensatedSum
    self.total = total
    shares = held.map { Share(id: $0.id, share: $0.amount / total) }
    hhi = shares.isEmpty ? nil : shares.map { $0.share * $0.share }.compensatedSum
  }

  /// The concentration over parties of what they receive: inside payments and stated outside receipts.
  public init(ofReceiptsIn network: FlowNetwork) {
    var receipts = network.received
    for flow in network.inflows where flow.outside != .reserves {
      receipts[flow.node] += flow.weight
    }
    self.init(of: zip(network.nodes, receipts).map { (id: $0, amount: $1) })
  }

  /// The concentration over payers of what `party` receives, direct payers inside and outside.
  public init(ofPayersOf party: NodeIndex, in network: FlowNetwork) {
    self = PayerConcentrations(of: network).ofPayers(of: party)
  }

  /// The concentration over ultimate sources of `receipts`.
  ///
  /// What cannot be traced to any source counts as a remainder without a name: see ``bounds(undisclosed:atMost:)``.
  public init(ofSourcesOf receipts: ReceiptOrigins) {
    self.init(of: receipts.origins.map { (id: $0.id, amount: $0.share) })
  }

  /// How far the index can range when `undisclosed` more is held by holders without a name.
  ///
  /// - Parameters:
  ///   - undisclosed: The amount held by nobody knows whom, in the unit of the amounts.
  ///   - threshold: The most that one unnamed holder can have, as where holders above a tenth must be
  ///     named; without it, one holder may have it all. Unnamed holders are others than the named.
  /// - Returns: The least and the greatest index, or `nil` of nothing.
  public func bounds(undisclosed: Double, atMost threshold: Double = .infinity) -> Bounds? {
    let whole = total + undisclosed
    guard whole > 0 else { return nil }
    let named = shares.map { $0.share * total / whole }.map { $0 * $0 }.compensatedSum
    guard undisclosed > 0, threshold > 0 else { return Bounds(low: named, high: named) }
    let largest = min(threshold, undisclosed)
    let full = (undisclosed / largest).rounded(.down)
    let rest = max(0, undisclosed - full * largest)
    let (one, last) = (largest / whole, rest / whole)
    let unnamed = full * one * one + last * last
    return Bounds(low: named, high: named + unnamed)
  }
}

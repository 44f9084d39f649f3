internal import Columns
internal import Graphs
internal import Numerics
public import Networks

/// The closed-loop share: the most money that can be seen as going round inside the network.
///
/// The largest circulation, max Σx with 0 ≤ x ≤ w and as much x into every party as out of it:
/// conservative compression in D'Errico and Roukny, "Compressing over-the-counter markets",
/// *Operations Research*, 2021, arXiv:1705.07155. The optimum is one number, but many
/// circulations attain it; ``Circulation/ranges(workLimit:)`` says what they have in common.
///
/// Exact: amounts are whole numbers of a unit that all of them are multiples of (or of 2⁻⁶¹ of the
/// total), and the optimum over them is found in each strong component by taking away the least that
/// leaves every party with what it nets.
public struct Circulation: Sendable {
  /// What goes round at one party: the least and the most over all largest circulations.
  public struct Range: Sendable, Equatable {
    /// The least.
    public let low: Double
    /// The most.
    public let high: Double
  }

  /// x, by the positions of the network's flows: one of the largest circulations.
  public let flow: [Double]
  /// Σx.
  public let amount: Double
  /// Σw.
  public let total: Double
  /// ½Σ|net|: the least that must be paid to leave every party with what it nets.
  public let netted: Double

  /// Σ min(paid, received) over parties, which is Σw − ½Σ|net| without its cancellation.
  private let nettable: Double

  /// The parties by id.
  private let parties: [String]
  private let least: MinimumCostFlow
  private let whole: WholeAmounts

  /// Σx/Σw, 0 to 1; 0 where nothing flows.
  public var share: Double { total > 0 ? amount / total : 0 }

  /// Σx/(Σw − ½Σ|net|), 0 to 1: how much of what could be netted away goes round.
  ///
  /// `nil` where nothing could be netted away, or less than the unit that amounts are whole numbers of.
  public var efficiency: Double? {
    nettable > 0x1p-60 * total ? min(1, amount / nettable) : nil
  }

  /// Finds a largest circulation in `network`; boundary flows and payments to oneself do not count.
  ///
  /// - Complexity: Like largest flows: seconds at 10⁶ flows.
  public init(of network: FlowNetwork) {
    let whole = WholeAmounts(network.weight)
    let graph = network.graph
    let arcs = ResidualNetwork(graph, StrongComponents(of: graph), capacity: whole.amounts)
    let least = MinimumCostFlow(arcs)
    var flow = [Double](repeating: 0, count: network.flowCount)
    for half in 0..<arcs.head.count where arcs.arc.base[half] >= 0 {
      let round = arcs.capacity.base[half] - max(0, arcs.flow.base[half])
      flow[Int(arcs.arc.base[half])] = whole.amount(round)
    }
    parties = network.nodes
    self.whole = whole
    self.flow = flow
    self.least = least
    amount = whole.amount(arcs.goingRound)
    total = network.total
    let sides = Array(zip(network.paid, network.received))
    netted = sides.map { ($0 - $1).magnitude }.compensatedSum / 2
    nettable = sides.map { min($0, $1) }.compensatedSum
  }

  /// The least and the most that goes round at each party, over all largest circulations.
  ///
  /// By duality: flows that are worth something to every optimum are full or empty in all of them, and the
  /// rest can be traded against each other. Where they cannot be traded round a party, it has one value, at
  /// no cost; elsewhere a largest flow round the party says how far.
  ///
  /// - Parameter workLimit: How many flows may be looked at for this in all, parties of few flows first:
  ///   by default some seconds' worth.
  /// - Returns: By position; `nil` for those that the limit leaves open.
  /// - Complexity: O(*n* + *m*), and two largest flows for each party that has more than one value.
  public func ranges(workLimit: Int = 50_000_000) -> [Range?] {
    OptimalFace(least).ranges(workLimit: workLimit).map { range in
      range.map { Range(low: whole.amount($0.low), high: whole.amount($0.high)) }
    }
  }

  /// The same by the ids of the parties at which something can go round; those left open are not among them.
  public func rangesByParty() -> [(party: String, range: Range)] {
    zip(parties, ranges()).compactMap { party, range in
      range.flatMap { $0.high > 0 ? (party, $0) : nil }
    }
  }
}

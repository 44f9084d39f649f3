package import Claims
internal import Loops
internal import Networks

/// The most money that can be seen as going round inside, and how much of that at whom.
package struct ClosureReport: MeasureReport {
  /// What goes round at one party, in any of the largest circulations.
  package struct Party: Encodable, Sendable {
    /// The party.
    package let id: String
    /// The least; `nil` where it is too much work to say.
    @Nullable package private(set) var low: Double?
    /// The most; `nil` where it is too much work to say.
    @Nullable package private(set) var high: Double?
  }

  /// Where a figure stands among those of random networks.
  package struct Place: Encodable, Sendable {
    let actual: Double
    @Nullable private(set) var mean: Double?
    @Nullable private(set) var quantile: Double?

    init(_ place: NullModelComparison.Place) {
      actual = place.actual
      mean = place.mean
      quantile = place.quantile
    }
  }

  /// The measures against random networks in which every party's totals are the same.
  package struct Chance: Encodable, Sendable {
    private enum CodingKeys: String, CodingKey {
      case samples, seed, share, finn
      case circularShare = "circular_share"
    }

    let samples: Int
    let seed: UInt64
    let share: Place
    @Nullable private(set) var finn: Place?
    @Nullable private(set) var circularShare: Place?
  }

  private enum CodingKeys: String, CodingKey {
    case measure, total, circulation, share, efficiency, parties
    case forwardedShare = "forwarded_share"
    case forwardedImbalance = "forwarded_imbalance"
    case againstChance = "against_chance"
  }

  private let measure = "closure"
  /// What is paid inside.
  package let total: Double
  /// What goes round.
  package let circulation: Double
  /// The share of what is paid inside that goes round.
  package let share: Double
  /// The share of what could be netted away; `nil` where nothing could.
  @Nullable package private(set) var efficiency: Double?
  /// What goes round if all forward in proportion; `nil` where it takes too long to say.
  @Nullable package private(set) var forwardedShare: Double?
  /// How far that is from balance: 0 where it is exact.
  @Nullable package private(set) var forwardedImbalance: Double?
  /// The parties in the order of the network.
  package let parties: [Party]
  /// Only where asked for.
  package let againstChance: Chance?
  /// What was left open.
  package let notices: [String]
  private let listed: ListedParties
  /// What goes round at each party in the circulation that was found.
  private let through: [Double]

  /// Measures the network of `source`.
  ///
  /// - Parameters:
  ///   - source: The flows.
  ///   - samples: With how many random networks to compare; 0 for none.
  ///   - seed: Where chance begins.
  ///   - listed: How many parties the words list.
  /// - Throws: ``NetworkError`` and ``MeasureError``.
  package init(of source: FlowSource, samples: Int, seed: UInt64, listed: ListedParties) throws {
    let network = try source.network()
    let found = Circulation(of: network)
    let (forwarding, tooLarge) = try Self.forwarding(in: network)
    let ranges = found.ranges()
    (total, circulation, share) = (found.total, found.amount, found.share)
    efficiency = found.efficiency
    (forwardedShare, forwardedImbalance) = (forwarding?.share, forwarding?.imbalance)
    parties = zip(network.nodes, ranges).map { Party(id: $0, low: $1?.low, high: $1?.high) }
    againstChance = try Self.chance(network, samples, seed)
    notices = tooLarge + Self.leftOpen(ranges.count { $0 == nil })
    self.listed = listed
    through = network.nodes.indices.map { node in
      network.row(node).reduce(0) { $0 + found.flow[$1] }
    }
  }

  private static func leftOpen(_ parties: Int) -> [String] {
    guard parties > 0 else { return [] }
    let who = Figures.count(parties, "party", "parties")
    return ["\(who) left open: the least and the most there take too long"]
  }

  private static func forwarding(
    in network: FlowNetwork
  ) throws(MeasureError) -> (BalancedFlowForwarding?, notices: [String]) {
    do {
      return (try BalancedFlowForwarding(of: network), [])
    } catch .tooLarge(let nodes, _) {
      let notice = "no forwarded share: it takes too long for \(nodes) parties in one component"
      return (nil, [notice])
    }
  }

  private static func chance(
    _ network: FlowNetwork,
    _ samples: Int,
    _ seed: UInt64
  ) throws(MeasureError) -> Chance? {
    guard samples > 0 else { return nil }
    let found = try NullModelComparison(of: network, samples: samples, seed: seed)
    return Chance(
      samples: samples,
      seed: found.seed,
      share: Place(found.share),
      finn: found.finn.map(Place.init),
      circularShare: found.circularShare.map(Place.init)
    )
  }
}

extension ClosureReport {
  /// What the cells of ``line`` are called.
  package static let headings = ["inside", "goes round", "share", "of what nets", "forwarded"]

  /// The figures that matter most.
  package var line: [String] {
    [
      Figures.amount(total), Figures.amount(circulation), Figures.tenths(share),
      Figures.tenths(efficiency), Figures.tenths(forwardedShare),
    ]
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    var lines = [
      "Of \(Figures.amount(total)) paid inside, \(Figures.amount(circulation)) can be seen as "
        + "going round: \(Figures.tenths(share)).",
      "  of what could be netted away   \(Figures.tenths(efficiency))",
      "  if all forward in proportion   \(Figures.tenths(forwardedShare))" + roughness,
    ]
    if let chance = againstChance {
      lines.append(
        "  against chance                 above \(Figures.tenths(chance.share.quantile)) of "
          + "\(chance.samples) networks with the same totals "
          + "(mean \(Figures.tenths(chance.share.mean)))"
      )
    }
    let rows = listed.first(of: parties.indices) { through[$0] }.map { parties[$0] }
      .map { [$0.id, Figures.amount($0.low), Figures.amount($0.high)] }
    lines += ["", "What goes round at each party, in any of the largest circulations:"]
    lines += TextTable.figures(["", "at least", "at most"], rows)
    return (lines + listed.rest(of: parties.count)).joined(separator: "\n") + "\n"
  }

  /// How far forwarding is from balance, where it is not exact.
  private var roughness: String {
    guard let forwardedImbalance, forwardedImbalance > 0 else { return "" }
    return ", nearly: \(Figures.tenths(forwardedImbalance)) of it does not balance"
  }
}

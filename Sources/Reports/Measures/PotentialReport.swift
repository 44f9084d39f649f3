package import Claims
package import Loops
internal import Networks

/// Who is upstream, and how much of the net flows goes round.
package struct PotentialReport: MeasureReport {
  /// One party.
  package struct Party: Encodable, Sendable {
    /// The party.
    package let id: String
    /// Its potential: higher is further upstream.
    package let potential: Double
  }

  private enum CodingKeys: String, CodingKey {
    case measure, weighting, reciprocity, incoherence, parties
    case circularShare = "circular_share"
  }

  private let measure = "potential"
  /// How links count.
  package let weighting: String
  /// The share of net flows that goes round; `nil` where nothing flows.
  @Nullable package private(set) var circularShare: Double?
  /// The share that is paid back to who paid it; `nil` where nothing flows.
  @Nullable package private(set) var reciprocity: Double?
  /// How far flows are from running from one level to the next; `nil` where nothing flows.
  @Nullable package private(set) var incoherence: Double?
  /// The parties in the order of the network.
  package let parties: [Party]
  private let listed: ListedParties

  /// Measures the network of `source`.
  ///
  /// - Parameters:
  ///   - source: The flows.
  ///   - weighting: How links count.
  ///   - listed: How many parties the words list.
  /// - Throws: ``NetworkError`` and ``MeasureError``.
  package init(
    of source: FlowSource,
    weighting: Potential.Weighting,
    listed: ListedParties
  ) throws {
    let network = try source.network()
    let potential = try Potential(of: network, weighting: weighting)
    self.weighting = weighting.rawValue
    circularShare = potential.circularShare
    reciprocity = network.reciprocity
    incoherence = try TrophicLevels(of: network).incoherence
    parties = zip(network.nodes, potential.potential).map(Party.init)
    self.listed = listed
  }
}

extension PotentialReport {
  /// What the cells of ``line`` are called.
  package static let headings = ["goes round", "paid back", "incoherence"]

  /// The figures that matter most.
  package var line: [String] {
    [Figures.tenths(circularShare), Figures.tenths(reciprocity), Figures.tenths(incoherence)]
  }

  /// The answer for a person: the top of the order, and the bottom.
  package func text(_: PartyNames) -> String {
    let order = parties.indices.sorted {
      (-parties[$0].potential, $0) < (-parties[$1].potential, $1)
    }
    let row = { (place: Int) in [parties[place].id, Figures.amount(parties[place].potential)] }
    let left = max(0, order.count - listed.top)
    let above = order.prefix(listed.top - listed.top / 2).map(row)
    let below = order.suffix(min(order.count - above.count, listed.top / 2)).map(row)
    let gap = left > 0 ? [["… \(Figures.count(left, "party", "parties")) between", ""]] : []
    return """
      Of net flows, \(Figures.tenths(circularShare)) goes round (links weighted by \(weighting)).
        paid back to who paid it    \(Figures.tenths(reciprocity))
        incoherence of levels       \(Figures.tenths(incoherence))

      From upstream down:
      \(TextTable.figures(["", "potential"], above + gap + below).joined(separator: "\n"))

      """
  }
}

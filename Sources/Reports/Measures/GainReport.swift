internal import Loops
internal import Networks

/// Whether a push dies out or feeds itself.
package struct GainReport: MeasureReport {
  private enum CodingKeys: String, CodingKey {
    case measure, gain, low, high
    case isSettled = "settled"
  }

  private let measure = "gain"
  /// How much of each extra dollar inside is there the next time round.
  package let gain: Double
  /// The least that it can be.
  package let low: Double
  /// The most that it can be.
  package let high: Double
  /// Whether these agree.
  package let isSettled: Bool

  /// Measures the network of `source`.
  ///
  /// - Parameters:
  ///   - source: The flows.
  ///   - funding: How much more a party raises for each extra dollar it receives; of two about one party the
  ///     later counts.
  /// - Throws: ``NoSuchParty``, ``NetworkError`` and ``MeasureError``.
  package init(of source: FlowSource, funding: [(party: String, fraction: Double)]) throws {
    let network = try source.network()
    var responses = [Double](repeating: 0, count: network.nodes.count)
    for (party, fraction) in funding { responses[try network.node(party)] = fraction }
    let found = try LoopGain(of: network, funding: responses)
    (gain, low, high, isSettled) = (found.gain, found.low, found.high, found.isSettled)
  }
}

extension GainReport {
  /// What the cells of ``line`` are called.
  package static let headings = ["gain", "at least", "at most"]

  /// The figures that matter most.
  package var line: [String] { [gain, low, high].map { Figures.amount($0) } }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    let verdict =
      high < 1 ? "a push dies out" : low > 1 ? "a push feeds itself" : "a push goes on"
    let range =
      isSettled ? "" : " (between \(Figures.amount(low)) and \(Figures.amount(high)))"
    return
      "Of each extra dollar inside, \(Figures.amount(gain)) is there the next time round\(range): "
      + "\(verdict).\n"
  }
}

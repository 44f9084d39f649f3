public import Networks

/// All measures of one network, side by side: by one it can be two fifths closed, by another nine tenths.
public struct Panel: Sendable {
  /// The closed-loop share.
  public let circulation: Circulation
  /// The unique decomposition: `nil` where a component is too large for it.
  public let forwarding: BalancedFlowForwarding?
  /// What comes back to whom.
  public let cycling: Cycling
  /// Who is upstream, under each weighting, in their order.
  public let potentials: [Potential]
  /// The share of money that is paid back: `nil` where nothing flows.
  public let reciprocity: Double?
  /// Levels, and how far flows depart from them.
  public let levels: TrophicLevels
  /// Whose money it is.
  public let provenance: Provenance
  /// How concentrated receipts are.
  public let concentration: Concentration
  /// Whether a push feeds itself.
  public let gain: LoopGain

  /// Takes every measure of `network`.
  ///
  /// - Parameter network: A network that balances within one part in 10⁴.
  /// - Throws: ``MeasureError/unbalanced(party:)``, or ``MeasureError/didNotConverge(rounds:change:)``.
  public init(of network: FlowNetwork) throws(MeasureError) {
    circulation = Circulation(of: network)
    forwarding = try Self.unlessTooLarge { () throws(MeasureError) in
      try BalancedFlowForwarding(of: network)
    }
    cycling = try Cycling(of: network)
    var potentials: [Potential] = []
    for weighting in Potential.Weighting.allCases {
      potentials.append(try Potential(of: network, weighting: weighting))
    }
    self.potentials = potentials
    reciprocity = network.reciprocity
    levels = try TrophicLevels(of: network)
    provenance = try Provenance(of: network)
    concentration = Concentration(ofReceiptsIn: network)
    gain = try LoopGain(of: network)
  }

  private static func unlessTooLarge<Measure>(
    _ measure: () throws(MeasureError) -> Measure
  ) throws(MeasureError) -> Measure? {
    do {
      return try measure()
    } catch .tooLarge {
      return nil
    }
  }
}

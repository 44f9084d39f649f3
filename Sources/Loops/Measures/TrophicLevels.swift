internal import Numerics
public import Networks

/// How far flows depart from running one level up at a time.
///
/// Levels h solve Σ_v (w_uv + w_vu)(h_u − h_v) = Σ_v w_vu − Σ_v w_uv, with mean zero in each connected
/// component: low is upstream. Incoherence F₀ = Σ w_uv (h_v − h_u − 1)² / Σ w is 0 where every flow
/// climbs exactly one level and 1 where levels say nothing. MacKay, Johnson and Sansom, "How directed
/// is a directed network?", *Royal Society Open Science* 7, 2020, doi:10.1098/rsos.201138.
public struct TrophicLevels: Sendable, Equatable {
  /// The level by party.
  public let level: [Double]
  /// F₀: `nil` where nothing flows.
  public let incoherence: Double?

  /// Measures `network`; boundary flows and payments to oneself do not count.
  ///
  /// - Throws: ``MeasureError/didNotConverge(rounds:change:)``.
  public init(of network: FlowNetwork) throws(MeasureError) {
    // With conductance w_uv + w_vu the levels are the potentials turned upside down.
    let level = try Potential(of: network, weighting: .flow).potential.map { 0 - $0 }
    self.level = level
    guard network.flowCount > 0 else {
      incoherence = nil
      return
    }
    var sum = CompensatedSum()
    let total = network.total
    let unit = total.scaleToOne
    for payer in network.nodes.indices {
      for arc in network.row(payer) {
        let miss = level[network.payee[arc]] - level[payer] - 1
        sum.add(unit * network.weight[arc] * miss * miss)
      }
    }
    incoherence = sum.value / (unit * total)
  }
}

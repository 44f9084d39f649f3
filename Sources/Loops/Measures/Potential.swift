internal import Columns
internal import Numerics
public import Networks

/// Who is upstream: the Helmholtz–Hodge decomposition of net flows into downhill and round-and-round.
///
/// F_uv = w_uv − w_vu is the net flow of a linked pair and S_uv its conductance; potentials φ solve
/// Σ_v S_uv (φ_u − φ_v) = Σ_v F_uv, with mean zero in each connected component: money runs from high
/// to low. What S_uv (φ_u − φ_v) does not explain goes round; the circular share is its part of
/// Σ F²/S. Least squares on links as in Jiang, Lim, Yao and Ye, "Statistical ranking and combinatorial
/// Hodge theory", *Mathematical Programming* 127, 2011, doi:10.1007/s10107-010-0419-x.
///
/// A payment and an equal payment back are no net flow, and invisible here: reciprocity stands beside.
public struct Potential: Sendable, Equatable {
  /// How well a link conducts.
  public enum Weighting: String, Sendable, CaseIterable {
    /// Every linked pair alike.
    case unit
    /// By the number of directions in which money flows, 1 or 2.
    case count
    /// By the money that flows, both ways together: w_uv + w_vu.
    case flow
  }

  /// How links were weighted.
  public let weighting: Weighting
  /// φ by party: high is upstream.
  public let potential: [Double]
  /// The part of net flows that goes round, 0 to 1: `nil` where no net flow is left.
  public let circularShare: Double?

  /// How far the equations of all parties are from being met: the Euclidean norm of what is left over, as
  /// a share of that of the net flows Σ_v F_uv.
  public let relativeResidual: Double

  /// Measures `network`; boundary flows and payments to oneself do not count.
  ///
  /// Parties of up to two links are eliminated. What is left of a component is solved directly up to
  /// 400 parties, else by conjugate gradients.
  ///
  /// - Parameters:
  ///   - network: Any network.
  ///   - weighting: How well links conduct.
  ///   - tolerance: The relative residual, by component, at which gradients stop. Where rounding keeps it
  ///     above, up to 10⁻⁸ is accepted, and ``relativeResidual`` tells.
  /// - Throws: ``MeasureError/didNotConverge(rounds:change:)``.
  /// - Complexity: O(*n* + *m*) for each round of gradients.
  public init(
    of network: FlowNetwork,
    weighting: Weighting,
    tolerance: Double = 1e-12
  ) throws(MeasureError) {
    let laplacian = Laplacian(network) { there, back in
      switch weighting {
      case .unit: 1
      case .count: there > 0 && back > 0 ? 2 : 1
      case .flow: there + back
      }
    }
    let divergence = laplacian.divergence
    let potential = try laplacian.potentials(divergence, tolerance: tolerance)
    var (round, all) = (CompensatedSum(), CompensatedSum())
    let scale = (network.weight.max() ?? 0).scaleToOne
    laplacian.forEachLink { a, b, link in
      let (net, conductance) = (laplacian.net.base[link], laplacian.conductance.base[link])
      let circular = net - conductance * (potential[a] - potential[b])
      // Of conductances that are amounts too, the ratio comes first: its square would be too small for a number.
      round.add((circular * scale) * (circular / conductance))
      all.add((net * scale) * (net / conductance))
    }
    relativeResidual = laplacian.relativeResidual(potential, divergence)
    // What rounding leaves of the largest amounts can be too much for links that conduct 10³⁰⁰ times less.
    guard relativeResidual.isFinite else {
      throw .didNotConverge(rounds: 0, change: relativeResidual)
    }
    self.weighting = weighting
    self.potential = potential
    circularShare = all.value > 0 ? min(1, max(0, round.value / all.value)) : nil
  }
}

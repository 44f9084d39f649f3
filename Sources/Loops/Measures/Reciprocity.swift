internal import Numerics
public import Networks

extension FlowNetwork {
  /// The share of the money that its payee pays back to its payer: Σ_{u<v} 2·min(w_uv, w_vu) / Σ w.
  ///
  /// `nil` where nothing flows.
  public var reciprocity: Double? {
    guard flowCount > 0 else { return nil }
    var both = CompensatedSum()
    for payer in nodes.indices {
      for arc in row(payer) where payee[arc] > payer {
        both.add(min(weight[arc], weight(from: payee[arc], to: payer)))
      }
    }
    return 2 * (both.value / total)
  }
}

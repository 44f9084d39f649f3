public import Claims

/// What facts say of a party's figures in any period, quarters and years laid on days.
public struct StatedFigures: Sendable {
  /// A figure of some days.
  public struct Figure: Sendable {
    /// How much, in minor units; only what is stated of the days that are known.
    public let amount: Estimate
    /// How many days of the period it is known for.
    public let days: Int
    /// The facts behind it.
    public let evidence: [Evidence]
  }

  private let totals: FactTotals

  /// The figures of a view, each party by itself.
  public init(_ view: View) {
    totals = FactTotals(view, rates: ExchangeRates(view), isConsolidated: false)
  }

  /// A figure of a party.
  ///
  /// - Parameters:
  ///   - metric: What is measured.
  ///   - party: Whom it is about, by id.
  ///   - counterparty: The other side, where there is one.
  ///   - period: The days.
  /// - Returns: What is told of them; `nil` where nothing is.
  public func callAsFunction(
    _ metric: Fact.Metric,
    of party: String,
    towards counterparty: String? = nil,
    in period: Period
  ) -> Figure? {
    let key = FactKey(party: party, counterparty: counterparty, metric: metric)
    let slice = totals.totals(key).slice([period])
    guard slice.days > 0 else { return nil }
    return Figure(amount: slice.evenly, days: slice.days, evidence: slice.evidence.sorted())
  }
}

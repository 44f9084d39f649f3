public import Claims

/// What a party has or owes on a day, as the last report of it says.
public struct Balance: Sendable {
  /// How much, in cents.
  public let amount: Estimate
  /// The day it is of.
  public let day: Day
  /// The rows of the book behind it.
  public let evidence: [Evidence]
}

/// The balances of a view: the last of each party and metric.
public struct Balances {
  private let totals: FactTotals

  /// Reads the facts of `view`, by group.
  public init(_ view: View) {
    totals = FactTotals(view, rates: ExchangeRates(view), isConsolidated: true)
  }

  /// The last balance of `party`; of one day, what is said of all others together comes first.
  ///
  /// - Parameters:
  ///   - metric: A balance, as cash.
  ///   - party: A party or group.
  /// - Returns: The balance, or `nil` where nobody says.
  public func last(_ metric: Fact.Metric, of party: String) -> Balance? {
    let keys = totals.series.keys
      .filter { $0.party == party && $0.metric == metric }
      .sorted { ($0.counterparty ?? "") < ($1.counterparty ?? "") }
    var best: DatedAmount?
    for amount in keys.flatMap(totals.amounts)
    where best.map({ $0.period.last < amount.period.last }) ?? true {
      best = amount
    }
    return best.map { Balance(amount: $0.amount, day: $0.period.last, evidence: $0.evidence) }
  }
}

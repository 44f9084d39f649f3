public import Claims
internal import Columns

/// Everything that a view says of money, laid on days, before a period is asked for: totals of parties, what each reading of each
/// deal states and promises, and what totals leave for promises.
///
/// Ledgers of any period and basis are cut from the same schedules: see ``Ledger/init(_:_:)-(Schedules,_)``.
public struct Schedules: Sendable {
  /// What a deal comes to without a row that it may rest on; `nil` where nothing would be said.
  typealias Other = (row: Evidence, account: (reading: Reading, money: DealMoney)?)

  /// The view.
  public let view: View
  /// Whether parties are counted by group.
  public let isConsolidated: Bool
  let totals: FactTotals
  let facts: PairFacts
  /// By deal of the view, then by reading.
  let money: [[DealMoney]]
  /// By deal of the view, how it would stand without each row that it may rest on.
  let others: [[Other]]
  /// What estimates add to what is known of a pair, on days of their own.
  let estimates: [Ledger.Pair: [PeriodPiece]]
  let limits: PlanLimits

  /// Lays everything that `view` says of money on days.
  ///
  /// - Parameters:
  ///   - view: The view.
  ///   - isConsolidated: Whether parties are counted by group.
  /// - Complexity: Some microseconds a claim, on as many threads as there are processors.
  public init(_ view: View, isConsolidated: Bool = true) {
    self.view = view
    self.isConsolidated = isConsolidated
    let rates = ExchangeRates(view)
    let totals = FactTotals(view, rates: rates, isConsolidated: isConsolidated)
    let planner = DealPlanner(view, rates: rates, facts: totals)
    self.totals = totals
    facts = PairFacts(totals)
    let laid = Workers.map(view.deals.count) { index in
      Self.lay(view.deals[index], view, planner)
    }
    money = laid.map(\.money)
    others = laid.map(\.others)
    let standing = StandingMoney(view, money, totals, facts)
    estimates = standing.estimates
    limits = standing.limits(
      others.map { $0.map { (row: $0.row, money: $0.account?.money ?? DealMoney()) } }
    )
  }

  private static func lay(
    _ dealView: DealView,
    _ view: View,
    _ planner: DealPlanner
  ) -> (money: [DealMoney], others: [Other]) {
    let others = planner.accountsWithoutEachRow(of: dealView, view)
    var money = dealView.readings.map { planner.money(of: dealView.deal, $0) }
    for other in others { money[0].note(other.row, without: other.account?.money ?? DealMoney()) }
    return (money, others)
  }
}

extension DealPlanner {
  /// How a deal would stand without each claim and assumption that it may rest on.
  fileprivate func accountsWithoutEachRow(
    of dealView: DealView,
    _ view: View
  ) -> [Schedules.Other] {
    let deal = dealView.deal
    let claims = view.standingWithoutEachClaim(of: deal).map { claim, reading in
      (Evidence.claim(claim), reading.map { ($0, money(of: deal, $0)) })
    }
    let assumed = assumptions(of: deal).map { assumption in
      let reading = dealView.standing
      return (
        Evidence.assumption(assumption.id),
        Optional((reading, without(assumption).money(of: deal, reading)))
      )
    }
    let currencies = Set(dealView.claims.compactMap { $0.amount?.currency }).sorted()
    let rated = currencies.flatMap { currency in
      rates.evidence(currency).map { row in
        (row, Optional((dealView.standing, without(currency).money(of: deal, dealView.standing))))
      }
    }
    return claims + assumed + rated
  }
}

public import Claims

/// What each deal plans to pay in each of some periods, before anything is paid.
///
/// A projection reads contracts ahead: amounts by schedule in every month to come, also of deals that
/// carry nothing until they are exercised or called.
public struct DealCalendar: Sendable {
  /// One deal ahead.
  public struct Row: Sendable {
    /// The deal.
    public let deal: Deal
    /// Who pays, by id of the group, after any novation.
    public let payer: String
    /// Who is paid, by id of the group.
    public let payee: String
    /// Cents by period; empty where the deal has no amount or no term.
    public let amounts: [Estimate]
    /// Whether it carries nothing until it is exercised, called or drawn.
    public let isDormant: Bool
    /// Why nothing is planned; `nil` where something is.
    public let missing: LeftOut.Reason?
    /// The rows of the book behind it.
    public let evidence: [Evidence]
    /// What the amounts rest on.
    public let footing: AmountSource
  }

  /// The rows, by deal.
  public let rows: [Row]

  /// Lays every deal of a view on `periods`.
  public init(_ view: View, periods: [Period]) {
    let rates = ExchangeRates(view)
    let planners = [view.request.policy, .generous].map {
      DealPlanner(policy: $0, rates: rates, assumptions: view.contents.assumptions)
    }
    rows = view.deals.map { Self.row($0, view, periods, planners) }
  }

  private static func row(
    _ dealView: DealView,
    _ view: View,
    _ periods: [Period],
    _ planners: [DealPlanner]
  ) -> Row {
    let (deal, reading) = (dealView.deal, dealView.standing)
    let plain = planners[0].money(of: deal, reading)
    let isDormant = [.contingent, .undrawn, .notAdmitted].contains(plain.missing)
    let money = isDormant ? planners[1].money(of: deal, reading) : plain
    let amounts = periods.map { period -> Estimate in
      let open = period.subtracting(money.paid.covered)
      return money.plans.reduce(Estimate.zero) { sum, plan in
        sum + PeriodTotals([plan.amount]).slice(open).amount
      }
    }
    let evidence = Set(money.plans.flatMap(\.amount.evidence) + money.wholeEvidence)
    return Row(
      deal: deal,
      payer: view.group(of: reading.newPayer ?? deal.payer),
      payee: view.group(of: deal.payee),
      amounts: money.plans.isEmpty ? [] : amounts,
      isDormant: isDormant,
      missing: money.plans.isEmpty ? money.missing ?? plain.missing : nil,
      evidence: evidence.sorted(),
      footing: money.plans.first?.footing ?? money.wholeFooting
    )
  }
}

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
    public let grade: Grade
  }

  /// The rows, by deal.
  public let rows: [Row]

  /// Lays every deal of a view on `periods`.
  public init(_ view: View, periods: [Period]) {
    let rates = ExchangeRates(view)
    let planners = [view.request.policy, .generous].map {
      DealPlanner(view, rates: rates, policy: $0)
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
    let plans = money.promises + money.hopes
    let amounts = periods.map { period in
      plans.reduce(Estimate.zero) { sum, plan in
        let share = Double(plan.days.dayCount(in: [period])) / Double(plan.days.dayCount)
        return sum + plan.amount.scaled(by: share)
      }
    }
    let evidence = plans.reduce(into: Set<Evidence>()) { $0.formUnion($1.evidence) }
      .union(money.met?.evidence ?? [])
    return Row(
      deal: deal,
      payer: view.group(of: reading.newPayer ?? deal.payer),
      payee: view.group(of: deal.payee),
      amounts: plans.isEmpty ? [] : amounts,
      isDormant: isDormant,
      missing: plans.isEmpty ? money.missing ?? plain.missing : nil,
      evidence: evidence.sorted(),
      grade: money.promises.isEmpty ? .conditional : .due
    )
  }
}

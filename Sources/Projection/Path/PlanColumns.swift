internal import Claims
internal import Columns

/// What a plan has of each month, party and deal, side by side, as the innermost loops want it.
///
/// Of the plan alone: no path changes any of it.
struct PlanColumns {
  /// The deals that plan anything at all.
  let planning: [Int]
  /// The deals that pay shares of what their payer receives or has.
  let sharing: [Int]
  /// What deals plan, by month, then deal, in cents.
  let amounts: [Int64]
  /// Who is paid by each deal; −1 is the outside.
  let payees: [Int]
  /// Whether a deal pays for goods and services.
  let isRevenue: [Bool]
  /// Whether a deal lends.
  let isLending: [Bool]
  /// What pairs do by habit, by month, then habit.
  let habitAmounts: [Double]
  /// Who is paid by each habit.
  let habitPayees: [Int]
  /// By month, then party: what it buys inside by habit, before that follows receipts.
  let habitual: [Double]
  /// What suppliers outside ask for in a month, by party, before it follows receipts.
  let spending: [Double]
  /// What a party receives in a month of the base year.
  let baseReceipts: [Double]
  /// By month, then party: what customers outside pay.
  let receipts: [Double]
  /// By month, then party: what of deals the base year covers.
  let covered: [Double]
  /// What the plan has of each party, by slot.
  let figures: [Quantity?]
  /// Whether enough is known of a party for it to fail.
  let isTracked: [Bool]
  /// The parties of which that holds.
  let tracked: [Int]

  /// The columns of `plan`.
  init(_ plan: ProjectionPlan) {
    let span = plan.months.indices
    planning = plan.streams.indices.filter { plan.streams[$0].amounts.contains { $0 > 0 } }
    sharing = plan.streams.indices.filter { plan.streams[$0].isShare }
    amounts = span.flatMap { month in plan.streams.map { $0.amounts[month] } }
    payees = plan.streams.map(\.payee)
    isRevenue = plan.streams.map(\.kind.isRevenue)
    isLending = plan.streams.map { [.loan, .facility, .convertible].contains($0.kind) }
    habitAmounts = span.flatMap { month in plan.habits.map { Double($0.amounts[month]) } }
    habitPayees = plan.habits.map(\.payee)
    habitual = Self.habitual(plan)
    spending = plan.members.map { Double($0.spending) }
    baseReceipts = plan.members.map(\.baseReceipts)
    receipts = span.flatMap { month in plan.members.map { Double($0.receipts[month]) } }
    covered = span.flatMap { month in plan.members.map { $0.covered[month] } }
    figures = plan.members.flatMap { member in
      Scenario.PartyFigure.allCases.map { member.figures[$0] }
    }
    isTracked = plan.members.map(\.isTracked)
    tracked = plan.members.indices.filter { plan.members[$0].isTracked }
  }

  private static func habitual(_ plan: ProjectionPlan) -> [Double] {
    let parties = plan.parties.count
    var sums = [Double](repeating: 0, count: parties * plan.months.count)
    for habit in plan.habits {
      for (month, amount) in habit.amounts.enumerated() {
        sums[month * parties + habit.payer] += Double(amount)
      }
    }
    return sums
  }
}

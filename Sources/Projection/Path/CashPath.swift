internal import Columns
internal import Claims
internal import Networks

/// One path through the months: who has how much, who pays whom, who fails.
///
/// A path is a plan, as columns, and the state of parties, deals and markets; each step of a month is a function of these.
///
/// In every month, in this order: shocks; capacity that is late beyond its grace is given up or taken
/// over; what falls due is counted; outside receipts come in; payments are cleared, interest before
/// suppliers and staff before deals, everybody who is short raising money up to its limits; who
/// cannot pay fails, and its deals end. Memory is taken once and used again for the next path. One
/// thread runs a path; accesses that the innermost loops make are not checked to be alone.
package final class CashPath {
  let plan: ProjectionPlan
  let slots: Slots
  /// Whether the outside makes up what parties lack, so that nobody fails.
  var isRescued = false
  /// Whether ``events`` are kept.
  var keepsEvents = false
  /// Whether ``paidBetween`` is kept.
  var keepsFlows = false

  let columns: PlanColumns
  let accounts: Accounts
  let books: PartyBooks
  let deals: DealState
  @exclusivity(unchecked) var market = MarketState()
  /// Billionths of a party's new equity that investors inside buy, by investor of the plan.
  var investorShare: [Int64]
  /// Whether a shock is still to come.
  var isPending: [Bool]

  // One month.
  let due: DueList
  @exclusivity(unchecked) var chance = Chance.central
  var path = 0
  /// What happened, in words.
  var events: [PathEvent] = []
  /// Cents paid from each party to each in this month, by row of the payer.
  var paidBetween: [Int64] = []

  /// A path of `plan`, not yet begun.
  package init(_ plan: ProjectionPlan) {
    let parties = plan.parties.count
    self.plan = plan
    slots = plan.slots
    columns = PlanColumns(plan)
    accounts = Accounts(cash: Array(repeating: 0, count: parties))
    books = PartyBooks(parties)
    deals = DealState(plan)
    investorShare = Array(repeating: 0, count: plan.investors.count)
    isPending = Array(repeating: true, count: plan.shocks.count)
    due = DueList(
      parties: parties,
      lines: plan.streams.count + plan.habits.count,
      shares: columns.sharing.count
    )
  }
}

internal import Columns
internal import Claims
internal import Networks

/// One path through the months: who has how much, who pays whom, who fails.
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

  // Parties.
  let accounts: Accounts
  let debt: Column<Int64>
  let openingDebt: Column<Int64>
  let facility: Column<Int64>
  let debtLimit: Column<Int64>
  let marketValue: Column<Double>
  let volatility: Column<Double>
  let equityShare: Column<Double>
  let raiseFactor: Column<Double>
  let equityRaised: Column<Int64>
  let growth: Column<Double>
  let customerShare: Column<Double>
  let response: Column<Double>
  let interest: Column<Double>
  /// Billionths of its debt that lenders get back once a party has failed.
  let recovery: Column<Int64>
  /// What a failed party owed its lenders, and what of it they got back, in cents.
  let owedAtFailure: Column<Int64>
  let recovered: Column<Int64>
  /// Billionths of a party's new equity that investors inside buy, by investor of the plan.
  var investorShare: [Int64]
  /// The month in which a party failed; −1 while it runs.
  let failedIn: Column<Int32>
  /// Cents a party was short of when it failed.
  let shortBy: Column<Int64>
  /// Receipts of the month before for goods and services; −1 before the first.
  let lastReceived: Column<Int64>
  /// Cents raised by facility, equity and debt on this path.
  let raised: Column<Int64>
  /// What customers outside pay this month.
  let customers: Column<Int64>
  /// What deals for goods and services cost this month, by payer.
  let dealsDue: Column<Int64>
  /// Spending by habit over its planned level.
  let spendingScale: Column<Double>
  /// By month, then party: what it buys inside by habit, before that follows receipts.
  let habitual: [Double]
  let isRevenue: [Bool]
  let isLending: [Bool]
  /// Cents lost by party on this path: what fell due to it and was not paid.
  let lost: Column<Int64>
  /// Cents put in from outside so that a party could pay, in this month.
  let rescued: Column<Int64>
  /// Cents that parties without known cash had to find in this month.
  var undisclosed: Int64 = 0
  /// Cents lost by lenders and others outside on this path.
  @exclusivity(unchecked) var lostOutside: Int64 = 0

  // Deals.
  let isRunning: Column<Bool>
  let factor: Column<Double>
  let late: Column<Int32>
  let lateFrom: Column<Int32>
  let payer: Column<Int>
  /// Cents lent inside on this path.
  let lent: Column<Int64>
  /// The deals that plan anything at all.
  let planning: [Int]
  /// The deals that pay shares of what their payer receives or has.
  let sharing: [Int]
  /// Cents of a month before the deal was late.
  let deliveredBefore: Column<Int64>
  /// What deals plan, by month, then deal.
  let amounts: [Int64]
  /// What pairs do by habit, by month, then habit.
  let habitAmounts: [Double]
  let payees: [Int]
  let habitPayees: [Int]
  /// What suppliers outside ask for in a month, by party, before it follows receipts.
  let spending: [Double]
  let baseReceipts: [Double]
  /// By month, then party: what customers outside pay, and what of deals the base year covers.
  let receipts: [Double]
  let covered: [Double]
  /// What the plan has of each party, by slot.
  private let figures: [Quantity?]
  let isTracked: [Bool]
  /// The parties of which that holds.
  let tracked: [Int]
  /// Who pays by habit; −2 once the habit has ended.
  let habitPayer: Column<Int>

  // Shocks.
  var isPending: [Bool]
  var shutUntil: Int32 = 0
  var rate = 0.0
  var openingRate = 0.0
  var demandStep = 1.0
  var demandVolatility = 0.0
  var marketVolatility = 0.0
  let ownGrowth: Column<Bool>
  let monthlyGrowth: Column<Double>
  let customerFactor: Column<Double>

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
    let (parties, streams) = (plan.parties.count, plan.streams.count)
    self.plan = plan
    slots = plan.slots
    func cents() -> Column<Int64> { Column(repeating: 0, count: parties) }
    func numbers() -> Column<Double> { Column(repeating: 0, count: parties) }
    func months(_ count: Int) -> Column<Int32> { Column(repeating: 0, count: count) }
    accounts = Accounts(cash: Array(repeating: 0, count: parties))
    (debt, openingDebt, facility, debtLimit) = (cents(), cents(), cents(), cents())
    (marketValue, volatility, equityShare) = (numbers(), numbers(), numbers())
    (raiseFactor, equityRaised, raised) = (numbers(), cents(), cents())
    (growth, customerShare, response, interest) = (numbers(), numbers(), numbers(), numbers())
    (monthlyGrowth, customerFactor, spendingScale) = (numbers(), numbers(), numbers())
    (recovery, owedAtFailure, recovered, shortBy) = (cents(), cents(), cents(), cents())
    (lastReceived, lost, rescued) = (cents(), cents(), cents())
    (customers, dealsDue) = (cents(), cents())
    failedIn = months(parties)
    ownGrowth = Column(repeating: false, count: parties)
    isRunning = Column(repeating: false, count: streams)
    factor = Column(repeating: 1, count: streams)
    (late, lateFrom) = (months(streams), months(streams))
    lent = Column(repeating: 0, count: streams)
    deliveredBefore = Column(repeating: 0, count: streams)
    payer = Column(plan.streams.map(\.payer))
    habitPayer = Column(plan.habits.map(\.payer))
    investorShare = Array(repeating: 0, count: plan.investors.count)
    isPending = Array(repeating: true, count: plan.shocks.count)
    payees = plan.streams.map(\.payee)
    habitPayees = plan.habits.map(\.payee)
    isRevenue = plan.streams.map(\.kind.isRevenue)
    isLending = plan.streams.map { [.loan, .facility, .convertible].contains($0.kind) }
    planning = plan.streams.indices.filter { plan.streams[$0].amounts.contains { $0 > 0 } }
    sharing = plan.streams.indices.filter { plan.streams[$0].isShare }
    figures = plan.members.flatMap { member in
      Scenario.PartyFigure.allCases.map { member.figures[$0] }
    }
    isTracked = plan.members.map(\.isTracked)
    tracked = plan.members.indices.filter { plan.members[$0].isTracked }
    habitual = Self.habitual(plan)
    spending = plan.members.map { Double($0.spending) }
    baseReceipts = plan.members.map(\.baseReceipts)
    let span = plan.months.indices
    receipts = span.flatMap { month in plan.members.map { Double($0.receipts[month]) } }
    covered = span.flatMap { month in plan.members.map { $0.covered[month] } }
    amounts = span.flatMap { month in plan.streams.map { $0.amounts[month] } }
    habitAmounts = span.flatMap { month in plan.habits.map { Double($0.amounts[month]) } }
    due = DueList(
      parties: parties,
      lines: streams + plan.habits.count,
      shares: sharing.count
    )
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

  /// Draws what holds on the whole path, and stands before the first month.
  func begin(_ chance: Chance, path: Int = 0) {
    self.chance = chance
    self.path = path
    for party in plan.parties.indices { begin(party: party) }
    for stream in plan.streams.indices { begin(stream: stream) }
    for habit in habitPayer.indices { habitPayer[habit] = plan.habits[habit].payer }
    for index in investorShare.indices {
      let share = plan.investors[index].share
      investorShare[index] = billionths(
        share.value(at: chance.unit(slots.investor(index), month: 0))
      )
    }
    for shock in isPending.indices {
      let slot = slots.shock(shock)
      let odds = plan.shocks[shock].chance
      isPending[shock] = odds >= 1 || chance.unit(slot, month: 0) < odds
    }
    (shutUntil, undisclosed, lostOutside) = (0, 0, 0)
    rate = outside(.rate)
    openingRate = rate
    demandVolatility = outside(.demandVolatility)
    marketVolatility = outside(.marketVolatility)
    setDemandGrowth(outside(.demandGrowth))
    events.removeAll(keepingCapacity: true)
    if keepsFlows {
      paidBetween = Array(repeating: 0, count: plan.parties.count * plan.parties.count)
    }
  }

  private func outside(_ figure: Scenario.OutsideFigure) -> Double {
    plan.outside[figure]?.value(at: chance.unit(slots.outside(figure), month: 0)) ?? 0
  }

  func setDemandGrowth(_ yearly: Double) {
    demandStep = Compounding.factor(max(-1, yearly), months: 1)
  }

  private func figure(_ party: Int, _ figure: Scenario.PartyFigure) -> Double? {
    let slot = slots.figure(party, figure)
    guard let quantity = figures[slot] else { return nil }
    if case .fixed(let value) = quantity { return value }
    return quantity.value(at: chance.unit(slot, month: 0))
  }

  private func begin(party: Int) {
    let member = plan.members[party]
    accounts.cash[party] = member.isTracked ? Cents.whole(dollars: figure(party, .cash) ?? 0) : 0
    debt[party] = Cents.whole(dollars: figure(party, .debt) ?? 0)
    openingDebt[party] = debt[party]
    facility[party] = Cents.whole(dollars: figure(party, .facility) ?? 0)
    debtLimit[party] = Cents.whole(dollars: figure(party, .debtLimit) ?? 0)
    marketValue[party] = Cents.of(dollars: figure(party, .marketValue) ?? 0)
    volatility[party] = figure(party, .volatility) ?? 0
    equityShare[party] = figure(party, .equityShare) ?? 0
    raiseFactor[party] = 1
    equityRaised[party] = 0
    interest[party] = figure(party, .rate) ?? -1
    let own = figure(party, .growth)
    ownGrowth[party] = own != nil
    monthlyGrowth[party] = Compounding.factor(max(-1, own ?? 0), months: 1)
    customerFactor[party] = 1
    customerShare[party] = scale(party, .receipts)
    response[party] = figure(party, .response) ?? 0
    growth[party] = scale(party, .spending)
    failedIn[party] = -1
    recovery[party] = billionths(figure(party, .recovery) ?? 0)
    (owedAtFailure[party], recovered[party]) = (0, 0)
    raised[party] = 0
    shortBy[party] = 0
    customers[party] = 0
    lastReceived[party] = -1
    lost[party] = 0
    rescued[party] = 0
  }

  /// How far a drawn figure lies from its middle, on which the plan was laid.
  private func scale(_ party: Int, _ figure: Scenario.PartyFigure) -> Double {
    guard let quantity = figures[slots.figure(party, figure)], !quantity.isFixed,
      quantity.central > 0
    else { return 1 }
    return (self.figure(party, figure) ?? quantity.central) / quantity.central
  }

  private func begin(stream: Int) {
    let range = plan.streams[stream].range
    isRunning[stream] = !plan.streams[stream].isDormant
    lent[stream] = 0
    late[stream] = 0
    lateFrom[stream] = 0
    payer[stream] = plan.streams[stream].payer
    let isPoint = range.lowerBound == range.upperBound
    factor[stream] =
      isPoint || chance.isMiddle
      ? 1
      : range.lowerBound + chance.unit(slots.amount(stream), month: 0)
        * (range.upperBound - range.lowerBound)
  }
}

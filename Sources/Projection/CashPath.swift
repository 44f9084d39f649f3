internal import Claims

/// Why a path could not be run.
public enum ProjectionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The books of a month do not close, by so many cents.
  case doesNotClose(month: String, path: Int, cents: Int64)
  /// What everybody can pay was still falling after `rounds` rounds.
  case didNotClear(month: String, rounds: Int)
  /// An amount is more than can be counted.
  case tooMuch(month: String, party: String)
  /// Parties pay one another so much of what they receive that it never ends.
  case endlessShares(month: String)
  /// Nothing inside is known well enough to fail.
  case nobodyTracked
  /// The scenario holds something that cannot be.
  case impossible(reason: String, advice: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .doesNotClose(let month, let path, let cents):
      "the books of \(month) on path \(path) do not close by \(cents) cents; please report it"
    case .didNotClear(let month, let rounds):
      "the payments of \(month) did not settle in \(rounds) rounds; please report it"
    case .endlessShares(let month):
      "what parties pay of their receipts comes back to them in full in \(month); lower of-receipts "
        + "of a deal among them"
    case .tooMuch(let month, let party):
      "the money of \(party) outgrows what can be counted in \(month); lower growth or amounts"
    case .nobodyTracked:
      "no party has cash, receipts and spending; set them under parties: in the scenario"
    case .impossible(let reason, let advice): "\(reason); \(advice)"
    }
  }
}

/// One path through the months: who has how much, who pays whom, who fails.
///
/// In every month, in this order: shocks; capacity that is late beyond its grace is given up or taken
/// over; what falls due is counted; outside receipts come in; payments are cleared, interest before
/// suppliers and staff before deals, everybody who is short raising money up to its limits; who
/// cannot pay fails, and its deals end. Memory is taken once and used again for the next path.
public struct CashPath {
  let plan: ProjectionPlan
  let slots: Slots
  /// Whether the outside makes up what parties lack, so that nobody fails.
  var isRescued = false
  /// Whether ``events`` are kept.
  var keepsEvents = false
  /// Whether ``paidBetween`` is kept.
  var keepsFlows = false

  // Parties.
  var accounts: Accounts
  var debt: [Int64]
  var openingDebt: [Int64]
  var facility: [Int64]
  var debtLimit: [Int64]
  var marketValue: [Double]
  var volatility: [Double]
  var equityShare: [Double]
  var raiseFactor: [Double]
  var equityRaised: [Int64]
  var growth: [Double]
  var customerShare: [Double]
  var response: [Double]
  var interest: [Double]
  /// Billionths of its debt that lenders get back once a party has failed.
  var recovery: [Int64]
  /// What a failed party owed its lenders, and what of it they got back, in cents.
  var owedAtFailure: [Int64]
  var recovered: [Int64]
  /// Billionths of a party's new equity that investors inside buy, by investor of the plan.
  var investorShare: [Int64]
  /// The month in which a party failed; −1 while it runs.
  var failedIn: [Int32]
  /// Cents a party was short of when it failed.
  var shortBy: [Int64]
  /// Receipts of the month before for goods and services; −1 before the first.
  var lastReceived: [Int64]
  /// Cents raised by facility, equity and debt on this path.
  var raised: [Int64]
  /// What customers outside pay this month.
  var customers: [Int64]
  /// What deals for goods and services cost this month, by payer.
  var dealsDue: [Int64]
  /// Spending by habit over its planned level.
  var spendingScale: [Double]
  /// By month, then party: what it buys inside by habit, before that follows receipts.
  let habitual: [Double]
  let isRevenue: [Bool]
  let isLending: [Bool]
  /// Cents lost by party on this path: what fell due to it and was not paid.
  var lost: [Int64]
  /// Cents put in from outside so that a party could pay, in this month.
  var rescued: [Int64]
  /// Cents that parties without known cash had to find in this month.
  var undisclosed: Int64 = 0
  /// Cents lost by lenders and others outside on this path.
  var lostOutside: Int64 = 0

  // Deals.
  var isRunning: [Bool]
  var factor: [Double]
  var late: [Int32]
  var lateFrom: [Int32]
  var payer: [Int]
  /// Cents lent inside on this path.
  var lent: [Int64]
  /// The deals that plan anything at all.
  let planning: [Int]
  /// The deals that pay shares of what their payer receives or has.
  let sharing: [Int]
  /// Cents of a month before the deal was late.
  var deliveredBefore: [Int64]
  /// What deals plan, by month, then deal.
  let amounts: [Int64]
  /// What pairs do by habit, by month, then habit.
  let habitAmounts: [Int64]
  let payees: [Int]
  let habitPayees: [Int]
  /// What suppliers outside ask for in a month, by party, before it follows receipts.
  let spending: [Double]
  let baseReceipts: [Double]
  /// By month, then party: what customers outside pay, and what of deals the base year covers.
  let receipts: [Double]
  let covered: [Double]
  let isTracked: [Bool]
  /// Who pays by habit; −2 once the habit has ended.
  var habitPayer: [Int]

  // Shocks.
  var isPending: [Bool]
  var shutUntil: Int32 = 0
  var rate = 0.0
  var openingRate = 0.0
  var demandStep = 1.0
  var demandVolatility = 0.0
  var marketVolatility = 0.0
  var ownGrowth: [Bool]
  var monthlyGrowth: [Double]
  var customerFactor: [Double]

  // One month.
  var due: DueList
  var chance = Chance.central
  var path = 0
  /// What happened, in words.
  var events: [PathEvent] = []
  /// Cents paid from each party to each in this month, by row of the payer.
  var paidBetween: [Int64] = []

  /// A path of `plan`, not yet begun.
  public init(_ plan: ProjectionPlan) {
    let (parties, streams) = (plan.parties.count, plan.streams.count)
    self.plan = plan
    slots = plan.slots
    let nothing = [Int64](repeating: 0, count: parties)
    let zero = [Double](repeating: 0, count: parties)
    accounts = Accounts(cash: nothing)
    (debt, openingDebt, facility, debtLimit) = (nothing, nothing, nothing, nothing)
    (marketValue, volatility, equityShare, raiseFactor) = (zero, zero, zero, zero)
    (equityRaised, growth, customerShare, response) = (nothing, zero, zero, zero)
    interest = zero
    (recovery, owedAtFailure, recovered) = (nothing, nothing, nothing)
    investorShare = Array(repeating: 0, count: plan.investors.count)
    lent = Array(repeating: 0, count: streams)
    planning = plan.streams.indices.filter { plan.streams[$0].amounts.contains { $0 > 0 } }
    sharing = plan.streams.indices.filter { plan.streams[$0].isShare }
    failedIn = Array(repeating: -1, count: parties)
    (raised, lastReceived, lost, rescued) = (nothing, nothing, nothing, nothing)
    (customers, dealsDue, spendingScale) = (nothing, nothing, zero)
    shortBy = nothing
    habitual = Self.habitual(plan)
    isRevenue = plan.streams.map(\.kind.isRevenue)
    isLending = plan.streams.map { [.loan, .facility, .convertible].contains($0.kind) }
    isRunning = Array(repeating: false, count: streams)
    factor = Array(repeating: 1, count: streams)
    late = Array(repeating: 0, count: streams)
    lateFrom = late
    payer = plan.streams.map(\.payer)
    habitPayer = plan.habits.map(\.payer)
    deliveredBefore = Array(repeating: 0, count: streams)
    let months = plan.months.indices
    spending = plan.members.map { Double($0.spending) }
    baseReceipts = plan.members.map(\.baseReceipts)
    receipts = months.flatMap { month in plan.members.map { Double($0.receipts[month]) } }
    covered = months.flatMap { month in plan.members.map { $0.covered[month] } }
    isTracked = plan.members.map(\.isTracked)
    payees = plan.streams.map(\.payee)
    habitPayees = plan.habits.map(\.payee)
    amounts = plan.months.indices.flatMap { month in plan.streams.map { $0.amounts[month] } }
    habitAmounts = plan.months.indices.flatMap { month in plan.habits.map { $0.amounts[month] } }
    isPending = Array(repeating: true, count: plan.shocks.count)
    ownGrowth = Array(repeating: false, count: parties)
    (monthlyGrowth, customerFactor) = (zero, zero)
    due = DueList(
      parties: parties,
      lines: streams + plan.habits.count,
      shares: sharing.count
    )
    paidBetween = []
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
  mutating func begin(_ chance: Chance, path: Int = 0) {
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

  mutating func setDemandGrowth(_ yearly: Double) {
    demandStep = Compounding.factor(max(-1, yearly), months: 1)
  }

  private func figure(_ party: Int, _ figure: Scenario.PartyFigure) -> Double? {
    guard let quantity = plan.members[party].figures[figure] else { return nil }
    if case .fixed(let value) = quantity { return value }
    return quantity.value(at: chance.unit(slots.figure(party, figure), month: 0))
  }

  private mutating func begin(party: Int) {
    let member = plan.members[party]
    accounts.cash[party] = member.isTracked ? cents((figure(party, .cash) ?? 0) * 100) : 0
    debt[party] = cents((figure(party, .debt) ?? 0) * 100)
    openingDebt[party] = debt[party]
    facility[party] = cents((figure(party, .facility) ?? 0) * 100)
    debtLimit[party] = cents((figure(party, .debtLimit) ?? 0) * 100)
    marketValue[party] = (figure(party, .marketValue) ?? 0) * 100
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
    guard let quantity = plan.members[party].figures[figure], !quantity.isFixed,
      quantity.central > 0
    else { return 1 }
    return (self.figure(party, figure) ?? quantity.central) / quantity.central
  }

  private mutating func begin(stream: Int) {
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

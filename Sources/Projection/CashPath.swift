internal import Claims

/// Why a path could not be run.
public enum ProjectionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The books of a month do not close, by so many cents.
  case doesNotClose(month: String, path: Int, cents: Int64)
  /// What everybody can pay was still falling after `rounds` rounds.
  case didNotClear(month: String, rounds: Int)
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
  /// What a party buys inside by habit in a month, at the base year's level.
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
    slots = Slots(partyCount: parties, streamCount: streams)
    let nothing = [Int64](repeating: 0, count: parties)
    let zero = [Double](repeating: 0, count: parties)
    accounts = Accounts(cash: nothing)
    (debt, openingDebt, facility, debtLimit) = (nothing, nothing, nothing, nothing)
    (marketValue, volatility, equityShare, raiseFactor) = (zero, zero, zero, zero)
    (equityRaised, growth, customerShare, response) = (nothing, zero, zero, zero)
    interest = zero
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
    due = DueList(parties: parties, lines: streams + plan.habits.count)
    paidBetween = []
  }

  private static func habitual(_ plan: ProjectionPlan) -> [Double] {
    var sums = [Double](repeating: 0, count: plan.parties.count)
    for habit in plan.habits { sums[habit.payer] += Double(habit.amounts.first ?? 0) }
    return sums
  }

  /// Draws what holds on the whole path, and stands before the first month.
  mutating func begin(_ chance: Chance, path: Int = 0) {
    self.chance = chance
    self.path = path
    for party in plan.parties.indices { begin(party: party) }
    for stream in plan.streams.indices { begin(stream: stream) }
    for habit in habitPayer.indices { habitPayer[habit] = plan.habits[habit].payer }
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
    late[stream] = 0
    lateFrom[stream] = 0
    payer[stream] = plan.streams[stream].payer
    let isPoint = range.lowerBound == range.upperBound
    factor[stream] =
      isPoint || chance.isMiddle && !chance.holds(slots.amount(stream))
      ? 1
      : range.lowerBound + chance.unit(slots.amount(stream), month: 0)
        * (range.upperBound - range.lowerBound)
  }
}

/// Something that happened on a path.
public struct PathEvent: Sendable, Codable, Equatable {
  /// The month.
  public let month: String
  /// What happened.
  public let words: String
  /// Whose failure it is; `nil` for what is no failure.
  public let failed: String?
  /// Who owed it money that did not come, with cents, the largest first.
  public let links: [Link]

  /// Money that did not come.
  public struct Link: Sendable, Codable, Equatable {
    /// Who did not pay.
    public let from: String
    /// Whom.
    public let to: String
    /// Dollars.
    public let amount: Double
  }
}

/// What falls due in a month: parallel columns, one line for each payment.
struct DueList {
  var count = 0
  var payer: [Int]
  var payee: [Int]
  var amount: [Int64]
  var stream: [Int]
  /// By party: interest, suppliers and staff outside, deals and habits.
  var senior: [Int64]
  var suppliers: [Int64]
  var junior: [Int64]
  /// By party: what it pays of them.
  var paid: [Int64]
  var coming: [Int64]
  /// By party: what comes where all pay in full.
  var full: [Int64]
  var headroom: [Int64]

  init(parties: Int, lines: Int) {
    payer = Array(repeating: 0, count: lines)
    payee = payer
    amount = Array(repeating: 0, count: lines)
    stream = payer
    senior = Array(repeating: 0, count: parties)
    (suppliers, junior, paid, coming, headroom) = (senior, senior, senior, senior, senior)
    full = senior
  }

  mutating func clear() {
    count = 0
    for party in senior.indices {
      senior[party] = 0
      suppliers[party] = 0
      junior[party] = 0
    }
  }

  @inline(__always)
  mutating func add(_ from: Int, _ to: Int, _ cents: Int64, _ stream: Int) {
    payer[count] = from
    payee[count] = to
    amount[count] = cents
    self.stream[count] = stream
    count += 1
    if from >= 0 { junior[from] &+= cents }
  }
}

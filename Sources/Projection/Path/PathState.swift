internal import Columns

/// What a path knows of each party at the moment; amounts are cents.
struct PartyBooks {
  /// What it owes its lenders, and what it owed them when the path began.
  let debt, openingDebt: Column<Int64>
  /// What it may still draw, and how much debt it may have.
  let facility, debtLimit: Column<Int64>
  /// What all its shares are worth.
  let marketValue: Column<Double>
  /// The yearly deviation of that.
  let volatility: Column<Double>
  /// What share of it new equity may be in a year, and how much was sold this year.
  let equityShare: Column<Double>
  let equityRaised: Column<Int64>
  /// What is left of its chances to raise money.
  let raiseFactor: Column<Double>
  /// How far drawn spending and receipts lie from the plan's.
  let growth, customerShare: Column<Double>
  /// Its receipts over the plan's, and by what they grow in a month where that is its own.
  let customerFactor, monthlyGrowth: Column<Double>
  let ownGrowth: Column<Bool>
  /// How much of a dollar more it spends, and its spending by habit over the planned level.
  let response, spendingScale: Column<Double>
  /// Its own yearly rate of interest; −1 where it pays the outside's.
  let interest: Column<Double>
  /// Billionths of its debt that lenders get back once it has failed.
  let recovery: Column<Int64>
  /// What it owed its lenders when it failed, and what of it they got back.
  let owedAtFailure, recovered: Column<Int64>
  /// The month in which it failed; −1 while it runs.
  let failedIn: Column<Int32>
  /// How much it was short of when it failed.
  let shortBy: Column<Int64>
  /// Receipts of the month before for goods and services; −1 before the first.
  let lastReceived: Column<Int64>
  /// What it raised by facility, equity and debt on this path.
  let raised: Column<Int64>
  /// What customers outside pay, and what its deals for goods and services cost, this month.
  let customers, dealsDue: Column<Int64>
  /// What fell due to it on this path and was not paid.
  let lost: Column<Int64>
  /// What was put in from outside this month so that it could pay.
  let rescued: Column<Int64>

  /// Books of `count` parties, in which nothing stands.
  init(_ count: Int) {
    func cents() -> Column<Int64> { Column(repeating: 0, count: count) }
    func numbers() -> Column<Double> { Column(repeating: 0, count: count) }
    (debt, openingDebt, facility, debtLimit) = (cents(), cents(), cents(), cents())
    (marketValue, volatility, equityShare) = (numbers(), numbers(), numbers())
    (raiseFactor, equityRaised, raised) = (numbers(), cents(), cents())
    (growth, customerShare, response, interest) = (numbers(), numbers(), numbers(), numbers())
    (monthlyGrowth, customerFactor, spendingScale) = (numbers(), numbers(), numbers())
    (recovery, owedAtFailure, recovered, shortBy) = (cents(), cents(), cents(), cents())
    (lastReceived, lost, rescued) = (cents(), cents(), cents())
    (customers, dealsDue) = (cents(), cents())
    failedIn = Column(repeating: 0, count: count)
    ownGrowth = Column(repeating: false, count: count)
  }
}

/// What a path knows of each deal and habit at the moment.
struct DealState {
  /// Whether it runs.
  let isRunning: Column<Bool>
  /// What it pays over what it plans.
  let factor: Column<Double>
  /// By how many months it is late, and from which month on.
  let late, lateFrom: Column<Int32>
  /// Who pays; −1 is the outside.
  let payer: Column<Int>
  /// Cents lent inside on this path.
  let lent: Column<Int64>
  /// Cents of a month before it was late.
  let deliveredBefore: Column<Int64>
  /// Who pays by habit; −2 once the habit has ended.
  let habitPayer: Column<Int>

  /// The deals of `plan`, none of them begun.
  init(_ plan: ProjectionPlan) {
    let count = plan.streams.count
    isRunning = Column(repeating: false, count: count)
    factor = Column(repeating: 1, count: count)
    (late, lateFrom) = (Column(repeating: 0, count: count), Column(repeating: 0, count: count))
    payer = Column(plan.streams.map(\.payer))
    lent = Column(repeating: 0, count: count)
    deliveredBefore = Column(repeating: 0, count: count)
    habitPayer = Column(plan.habits.map(\.payer))
  }
}

/// What a path knows of the world outside at the moment.
struct MarketState {
  /// The first month in which new shares can be sold.
  var shutUntil: Int32 = 0
  /// The yearly rate of interest, and what it was when the path began.
  var rate = 0.0
  var openingRate = 0.0
  /// By what receipts from outside grow in a month, and their yearly deviation.
  var demandStep = 1.0
  var demandVolatility = 0.0
  /// The yearly deviation of all shares together.
  var marketVolatility = 0.0
  /// Cents that parties without known cash had to find in this month.
  var undisclosed: Int64 = 0
  /// Cents lost by lenders and others outside on this path.
  var lostOutside: Int64 = 0
}

public import Claims
internal import Networks

/// What a projection starts from: a view and a scenario, laid out as flat arrays.
///
/// Money is whole cents. Parties are the groups inside; position −1 is the outside.
public struct ProjectionPlan: Sendable {
  /// A figure that the answer rests on, and where it is from.
  public struct Assumption: Sendable, Codable, Equatable {
    /// What it is of: a party, a deal, or the outside.
    public let subject: String
    /// What it says.
    public let words: String
    /// Why, in somebody's words.
    public let because: String
    /// The rows of the book behind it, by id.
    public let evidence: [String]
  }

  /// A figure that neither the book nor the scenario has.
  public struct Missing: Sendable, Codable, Equatable {
    /// The party, or `outside`.
    public let party: String
    /// What is missing, as the scenario calls it.
    public let figures: [String]
    /// What the answer does without it.
    public let consequence: String
  }

  /// A deal that plans nothing in the months ahead, and why.
  public struct Unplanned: Sendable, Codable, Equatable {
    /// The deal.
    public let deal: String
    /// Why.
    public let reason: String
  }

  /// One deal ahead.
  struct DealCashFlow: Sendable {
    let deal: String
    let payer: Int
    let payee: Int
    let kind: Deal.Kind
    let isDormant: Bool
    /// Cents by month.
    let amounts: [Int64]
    /// Cents of the month before the first: what is already delivered.
    let before: Int64
    /// The least and most of the whole over what stands; both 1 where it is a point.
    let range: ClosedRange<Double>
    let evidence: [String]
    var graceMonths: Int32
    var taker: Int
    /// The shares of what its payer receives and has that fall due, in billionths.
    var ofReceipts: Int64 = 0
    var ofCash: Int64 = 0
    var isShare: Bool { ofReceipts > 0 || ofCash > 0 }
  }

  /// Who inside buys which share of a party's new equity.
  struct Investor: Sendable {
    let party: Int
    let investor: Int
    let share: Quantity
  }

  /// What one party buys of another by habit, beside deals with an amount.
  struct RecurringPurchase: Sendable {
    let payer: Int
    let payee: Int
    /// Cents a month in the base year.
    let base: Double
    /// Cents by month, as deals leave it, before they follow the payer's receipts.
    let amounts: [Int64]
  }

  /// What is known of one party.
  struct Member: Sendable {
    /// Whether its cash, receipts and spending are known, so that it can fail.
    var isTracked = false
    /// Whether its sales in all are known.
    var knowsReceipts = false
    var figures: [Scenario.PartyFigure: Quantity] = [:]
    /// Customers outside, cents by month, beside deals with an amount.
    var receipts: [Int64] = []
    /// Suppliers outside, cents by month.
    var spending: Int64 = 0
    /// Receipts of a month at the base year's level.
    var baseReceipts = 0.0
    /// Of what deals cost by month, what the base year's habits cover.
    var covered: [Double] = []
  }

  /// The name of the scenario.
  public let scenario: Scenario
  /// The parties inside, by id.
  public let parties: [String]
  /// The months.
  public let months: [Month]
  /// The year whose level of business goes on.
  public let base: Period
  var members: [Member]
  var streams: [DealCashFlow]
  var habits: [RecurringPurchase]
  var investors: [Investor]
  var shocks: [CompiledShock]
  var outside: [Scenario.OutsideFigure: Quantity]
  /// What the answer rests on.
  public let assumptions: [Assumption]
  /// What nobody says.
  public let missing: [Missing]
  /// Deals that plan nothing, and why.
  public let unplanned: [Unplanned]

  /// Lays a view and a scenario out.
  ///
  /// - Parameters:
  ///   - view: What is known.
  ///   - scenario: What is assumed and what happens.
  ///   - months: How many months.
  public init(_ view: View, _ scenario: Scenario, months: Int) {
    let count = months
    let start = scenario.start ?? Month(index: Month(of: view.request.asOf).index + 1)
    let months = (0..<count).map { Month(index: start.index + $0) }
    var builder = PlanBuilder(view: view, scenario: scenario, months: months)
    builder.build()
    self.scenario = scenario
    self.months = months
    parties = builder.parties
    base = builder.base
    members = builder.members
    streams = builder.streams
    habits = builder.habits
    investors = builder.investors
    shocks = builder.shocks
    outside = scenario.outside.mapValues(\.quantity)
    assumptions = builder.assumptions
    missing = builder.missing
    unplanned = builder.unplanned
  }

  /// Which slot draws what.
  var slots: Slots {
    Slots(
      partyCount: parties.count,
      streamCount: streams.count,
      investorCount: investors.count
    )
  }

  /// The same without anything happening.
  public var withoutShocks: ProjectionPlan {
    var plan = self
    plan.shocks.removeSubrange(scenario.given.count...)
    return plan
  }

  /// The first and the last month, as `2026-09..2031-08`.
  public var span: String {
    guard let first = months.first, let last = months.last else { return "" }
    return "\(first)..\(last)"
  }

  /// Parties whose sales in all are known.
  public var withKnownReceipts: [String] {
    zip(parties, members).filter(\.1.knowsReceipts).map(\.0)
  }

  /// Parties of which enough is known that they can fail.
  public var tracked: [String] {
    zip(parties, members).filter(\.1.isTracked).map(\.0)
  }
}

/// A shock by positions instead of names.
struct CompiledShock: Sendable {
  enum Effect: Sendable {
    case end([Int])
    case endPair(Int, Int)
    case delay([Int], Quantity)
    case factor([Int], Quantity)
    case amount([Int], Quantity)
    case novate([Int], Int)
    case begin([Int])
    case sharePrice([Int], Quantity)
    case raise([Int], Quantity)
    case freeze([Int])
    case loseCustomers(Int, Quantity)
    case fail([Int])
    case offering(Int, Quantity)
    case demandGrowth(Quantity)
    case rate(Quantity)
    case shutMarket(Quantity)
  }

  enum Condition: Sendable {
    case late(Int, Int32)
    case failed(Int)
    case cashBelow(Int, Int64)
  }

  let month: Int
  let condition: Condition?
  let chance: Double
  let effect: Effect
  let words: String
}

extension ProjectionPlan {
  /// The rows of the book behind the deals that shocks name, by id.
  public var evidenceOfShocks: [String] {
    var rows: Set<String> = []
    for shock in shocks {
      for stream in shock.effect.streams where shock.effect.streams.count <= 20 {
        rows.formUnion(streams[stream].evidence)
      }
    }
    return rows.sorted()
  }
}

extension ProjectionPlan {
  /// Deals that shocks name and that plan nothing, with who would be paid and why nothing is planned.
  public var unpricedOfShocks: [(payee: String, deal: String, reason: String)] {
    let reasons = Dictionary(unplanned.map { ($0.deal, $0.reason) }) { first, _ in first }
    let named = shocks.flatMap { $0.effect.streams.count <= 20 ? $0.effect.streams : [] }
    return Set(named).sorted().compactMap { stream in
      let terms = streams[stream]
      guard terms.payee >= 0, let reason = reasons[terms.deal] else { return nil }
      return (parties[terms.payee], terms.deal, reason)
    }
  }
}

extension CompiledShock.Effect {
  /// Whether shares are sold to the public.
  var isOffering: Bool {
    if case .offering = self { return true }
    return false
  }

  /// The deals it changes.
  var streams: [Int] {
    switch self {
    case .end(let streams), .delay(let streams, _), .factor(let streams, _),
      .amount(let streams, _), .novate(let streams, _), .begin(let streams):
      streams
    default: []
    }
  }
}

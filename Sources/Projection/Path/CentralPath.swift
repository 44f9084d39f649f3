internal import Columns
package import Claims
internal import Loops
internal import Networks

/// The path on which every draw takes its middle: month by month, with what happens and why.
package struct CentralPath: Sendable, Codable {
  /// Money of one year of the projection.
  package struct Year: Sendable, Codable {
    /// The months, as `2026-09..2027-08`.
    package let period: String
    /// Dollars paid inside.
    package let inside: Double
    /// Dollars that entered from outside, raised money included.
    package let outsideIn: Double
    /// Dollars that left to the outside.
    package let outsideOut: Double
    /// Dollars that go round inside.
    package let circulation: Double
    /// Share of what is paid inside that goes round.
    package let share: Double

    private enum CodingKeys: String, CodingKey {
      case period, inside, circulation, share
      case outsideIn = "outside_in"
      case outsideOut = "outside_out"
    }
  }

  /// One party over the months.
  package struct Party: Sendable, Codable {
    /// The party.
    package let id: String
    /// Whether its cash is known, so that it can fail.
    package let tracked: Bool
    /// Dollars at the end of each month; change since the start where cash is not known.
    package let cash: [Double]
    /// Dollars owed at the end.
    package let debt: Double
    /// Dollars raised by facility, equity and debt.
    package let raised: Double
    /// Dollars that were due to it and did not come.
    package let lost: Double
    /// Dollars it owed its lenders when it failed.
    package let owedAtFailure: Double
    /// Dollars of them that they got back.
    package let recovered: Double
    /// The month it failed; `nil` where it did not.
    @Nullable package private(set) var failed: String?

    private enum CodingKeys: String, CodingKey {
      case id, tracked, cash, debt, raised, lost, recovered, failed
      case owedAtFailure = "owed_at_failure"
    }
  }

  /// Money from one party to another over the whole path.
  package struct Flow: Sendable, Codable {
    /// Who pays.
    package let payer: String
    /// Who is paid.
    package let payee: String
    /// Dollars.
    package let amount: Double
  }

  /// The years.
  package let years: [Year]
  /// The parties.
  package let parties: [Party]
  /// What happened.
  package let events: [PathEvent]
  /// Who paid whom, the largest first.
  package let flows: [Flow]
  /// Dollars that parties of unknown cash had to find.
  package let undisclosed: Double
  /// Dollars lost outside: suppliers, staff and interest not paid, and debt of the failed that lenders
  /// do not get back.
  package let lostOutside: Double

  private enum CodingKeys: String, CodingKey {
    case years, parties, events, flows, undisclosed
    case lostOutside = "lost_outside"
  }

  /// Runs the path.
  ///
  /// - Parameter plan: What to run.
  /// - Throws: ``ProjectionError``.
  package init(_ plan: ProjectionPlan) throws(ProjectionError) {
    try self.init(plan, .central)
  }

  init(_ plan: ProjectionPlan, _ chance: Chance) throws(ProjectionError) {
    let path = CashPath(plan)
    path.keepsEvents = true
    path.keepsFlows = true
    path.begin(chance)
    let count = plan.parties.count
    var cash = [[Double]](repeating: [], count: count)
    var tally = YearTally(count)
    var total = [Int64](repeating: 0, count: count * count)
    var years: [Year] = []
    var undisclosed: Int64 = 0
    for month in plan.months.indices {
      try path.run(month: month)
      undisclosed += path.market.undisclosed
      for party in cash.indices { cash[party].append(Cents.dollars(path.accounts.cash[party])) }
      tally.add(path)
      if month % 12 == 11 || month == plan.months.count - 1 {
        years.append(tally.year(plan, month))
        for pair in total.indices { total[pair] &+= path.paidBetween[pair] }
        path.clearFlows()
        tally = YearTally(count)
      }
    }
    self.years = years
    self.undisclosed = Cents.dollars(undisclosed)
    lostOutside = Cents.dollars(path.market.lostOutside)
    events = path.events
    flows = Self.flows(total, plan)
    parties = plan.parties.indices.map { party in
      Party(
        id: plan.parties[party],
        tracked: plan.members[party].isTracked,
        cash: cash[party],
        debt: Cents.dollars(path.books.debt[party]),
        raised: Cents.dollars(path.books.raised[party]),
        lost: Cents.dollars(path.books.lost[party]),
        owedAtFailure: Cents.dollars(path.books.owedAtFailure[party]),
        recovered: Cents.dollars(path.books.recovered[party]),
        failed: path.books.failedIn[party] >= 0
          ? plan.months[Int(path.books.failedIn[party])].description : nil
      )
    }
  }

  private static func flows(_ total: [Int64], _ plan: ProjectionPlan) -> [Flow] {
    let count = plan.parties.count
    return total.indices.filter { total[$0] > 0 }.map { pair in
      Flow(
        payer: plan.parties[pair / count],
        payee: plan.parties[pair % count],
        amount: Cents.dollars(total[pair])
      )
    }.sorted { ($1.amount, $0.payer, $0.payee) < ($0.amount, $1.payer, $1.payee) }
  }

  /// The money paid inside over the whole path, in dollars.
  package var inside: Double { years.reduce(0) { $0 + $1.inside } }
  /// The share of it that goes round, each year by itself.
  package var share: Double {
    inside > 0 ? years.reduce(0) { $0 + $1.circulation } / inside : 0
  }
  /// Who failed, in order.
  package var failures: [PathEvent] { events.filter { $0.failed != nil } }
}

/// Money of one year while it runs.
private struct YearTally {
  private var outsideIn: Int64 = 0
  private var outsideOut: Int64 = 0
  private var pairs: [Int64]

  init(_ parties: Int) { pairs = Array(repeating: 0, count: parties * parties) }

  mutating func add(_ path: CashPath) {
    outsideIn += path.accounts.outsideIn
    outsideOut += path.accounts.outsideOut
    pairs = path.paidBetween
  }

  func year(_ plan: ProjectionPlan, _ last: Int) -> CentralPath.Year {
    let inside = pairs.reduce(0, &+)
    let circulation = ClosedLoop.circulation(pairs, plan.parties) ?? 0
    return CentralPath.Year(
      period: "\(plan.months[last - last % 12])..\(plan.months[last])",
      inside: Cents.dollars(inside),
      outsideIn: Cents.dollars(outsideIn),
      outsideOut: Cents.dollars(outsideOut),
      circulation: Cents.dollars(circulation),
      share: inside > 0 ? circulation / Double(inside) : 0
    )
  }
}

/// The money that goes round in a table of payments.
enum ClosedLoop {
  /// The largest circulation inside payments by row of the payer; `nil` where it cannot be had.
  static func circulation(_ pairs: [Int64], _ parties: [String]) -> Double? {
    let count = parties.count
    let flows = pairs.indices.filter { pairs[$0] > 0 }.map { pair in
      FlowNetwork.Flow(payer: pair / count, payee: pair % count, weight: Double(pairs[pair]))
    }
    guard let network = try? FlowNetwork(nodes: parties, flows: flows) else { return nil }
    return Circulation(of: network).amount
  }
}

extension CashPath {
  /// The share of what was paid inside since ``clearFlows()`` that goes round; 0 where nothing was.
  func closedLoopShare(_ parties: [String]) -> Double {
    let inside = paidBetween.reduce(0, &+)
    guard inside > 0 else { return 0 }
    return (ClosedLoop.circulation(paidBetween, parties) ?? 0) / Double(inside)
  }

  /// Forgets what was paid between parties so far.
  func clearFlows() {
    for pair in paidBetween.indices { paidBetween[pair] = 0 }
  }
}

internal import Claims
internal import Networks

/// Puts a plan together.
struct PlanBuilder {
  let view: View
  let scenario: Scenario
  let months: [Month]
  let base: Period
  let ledger: Ledger
  let parties: [String]
  let position: [String: Int]
  /// How each party's sales stand to those of the base year.
  var levels: [Double] = []
  var members: [ProjectionPlan.Member]
  var streams: [ProjectionPlan.DealCashFlow] = []
  var habits: [ProjectionPlan.RecurringPurchase] = []
  var investors: [ProjectionPlan.Investor] = []
  var shocks: [CompiledShock] = []
  var assumptions: [ProjectionPlan.Assumption] = []
  var missing: [ProjectionPlan.Missing] = []
  var unplanned: [ProjectionPlan.Unplanned] = []

  init(view: View, scenario: Scenario, months: [Month]) {
    self.view = view
    self.scenario = scenario
    self.months = months
    (base, ledger) = Self.baseYear(view)
    parties = ledger.parties
    position = Dictionary(uniqueKeysWithValues: zip(ledger.parties, 0...))
    members = Array(repeating: ProjectionPlan.Member(), count: ledger.parties.count)
  }

  /// The last full year; the one before where the sales of more parties are known for that, as in the weeks before
  /// companies report.
  private static func baseYear(_ view: View) -> (Period, Ledger) {
    let tomorrow = view.request.asOf.advanced(by: 1).components.year
    let schedules = Schedules(view)
    func year(_ back: Int) -> (period: Period, ledger: Ledger, known: Int) {
      let period = Period(.year(max(1, tomorrow - back)))
      let ledger = Ledger(schedules, Ledger.Request(period: period))
      return (period, ledger, ledger.partyTotals.count { !$0.gaps.contains(.revenue) })
    }
    let (last, before) = (year(1), year(2))
    return before.known > last.known ? (before.period, before.ledger) : (last.period, last.ledger)
  }

  mutating func build() {
    settleLevels()
    buildStreams()
    buildHabits()
    for index in parties.indices { buildMember(index) }
    assumeOutside()
    let all = scenario.given + scenario.shocks
    shocks = all.map(compiled)
    for shock in all { nameIfIdle(shock) }
  }

  private mutating func buildStreams() {
    let before = months.first.map { [Month(index: $0.index - 1)] } ?? []
    let periods = (before + months).compactMap { Period(first: $0.first, last: $0.last) }
    for row in DealCalendar(view, periods: periods).rows {
      let (payer, payee) = (position[row.payer] ?? -1, position[row.payee] ?? -1)
      guard row.payer != row.payee, payer >= 0 || payee >= 0 else { continue }
      streams.append(stream(row, payer, payee))
    }
  }

  private mutating func stream(
    _ row: DealCalendar.Row,
    _ payer: Int,
    _ payee: Int
  ) -> ProjectionPlan.DealCashFlow {
    let terms = scenario.deals[row.deal.id]
    var amounts = row.amounts.map { cents($0.point) }
    if let terms { assume(row.deal.id, terms) }
    if let settled = terms.flatMap(stated) {
      amounts = settled
    } else if terms?.isShare == true {
      amounts = []
    } else if let reason = row.missing {
      unplanned.append(.init(deal: row.deal.id, reason: reason.explanation))
    }
    if amounts.isEmpty { amounts = [Int64](repeating: 0, count: months.count + 1) }
    let ahead = row.amounts.dropFirst()
    let whole = ahead.reduce(0) { $0 + $1.point }
    let (low, high) = (ahead.reduce(0) { $0 + $1.low }, ahead.reduce(0) { $0 + $1.high })
    let isStated = terms?.dollars != nil || terms?.isShare == true
    let isRange = !isStated && whole > 0 && low <= whole && whole <= high
    return ProjectionPlan.DealCashFlow(
      deal: row.deal.id,
      payer: payer,
      payee: payee,
      kind: row.deal.kind,
      isDormant: isStated ? terms?.waits == true : row.isDormant || row.missing == .ended,
      amounts: Array(amounts.dropFirst()),
      before: amounts[0],
      range: isRange ? (low / whole)...(high / whole) : 1...1,
      evidence: row.evidence.map(\.id),
      graceMonths: terms?.graceMonths.map { Int32($0) } ?? -1,
      taker: terms?.taker.map { position[$0] ?? -1 } ?? -2,
      ofReceipts: billionths(terms?.ofReceipts ?? 0),
      ofCash: billionths(terms?.ofCash ?? 0)
    )
  }

  /// What the scenario says of a deal.
  private mutating func assume(_ deal: String, _ terms: Scenario.DealTerms) {
    var words: [String] = []
    if let dollars = terms.dollars, let start = terms.start, let end = terms.end {
      words.append("\(Quantity.fixed(dollars).words(true)) from \(start) to \(end)")
    }
    if let share = terms.ofReceipts {
      words.append("\(Quantity.fixed(share).words(false)) of what the payer receives")
    }
    if let share = terms.ofCash {
      words.append("\(Quantity.fixed(share).words(false)) of the payer's cash each month")
    }
    if terms.waits { words.append("only once it is exercised") }
    if let grace = terms.graceMonths { words.append("grace of \(grace) months") }
    if let taker = terms.taker { words.append("taken over by \(taker) after its grace") }
    guard !words.isEmpty else { return }
    assume(deal, words.joined(separator: ", "), terms.because, [])
  }

  /// Names a shock whose date lies outside the months, or whose deals are not projected.
  private mutating func nameIfIdle(_ shock: Shock) {
    func name(_ words: String, _ consequence: String) {
      missing.append(
        ProjectionPlan.Missing(party: "scenario", figures: [words], consequence: consequence)
      )
    }
    for deal in shock.deals where !streams.contains(where: { $0.deal == deal }) {
      name(shock.words, "nothing of \(deal) is projected, as its ends count as one or lie outside")
    }
    for deal in view.deals where shock.deals.contains(deal.deal.id) {
      guard let status = deal.standing.status, status.isWayOut else { continue }
      name(
        "\(shock.words), \(status.rawValue) in the book",
        "nothing of \(deal.deal.id) stands on the day: what is set for it under deals: is no plan of today"
      )
    }
    guard let month = shock.month, let first = months.first, let last = months.last else { return }
    guard month < first || last < month else { return }
    name(
      "\(shock.words), on \(month)",
      month < first
        ? "dated before the first month, it happens in that month"
        : "dated after the last month, it does not happen"
    )
  }

  /// What the scenario plans for a deal, the month before the first included.
  private func stated(_ terms: Scenario.DealTerms) -> [Int64]? {
    guard let dollars = terms.dollars, let start = terms.start, let end = terms.end,
      let first = months.first
    else { return nil }
    let monthly = cents(Cents.of(dollars: dollars) / Double(end.index - start.index + 1))
    return (first.index - 1..<first.index + months.count).map {
      (start.index...end.index).contains($0) ? monthly : 0
    }
  }

  /// What pairs did in the base year goes on, as far as deals with an amount leave it.
  private mutating func buildHabits() {
    let network = ledger.network(completion: .entropy)
    var pairs: [PairKey: Double] = [:]
    for (item, amount) in network.items where item.isRevenue {
      let key = PairKey(payer: position[item.payer] ?? -1, payee: position[item.payee] ?? -1)
      pairs[key, default: 0] += amount
    }
    for flow in network.network.inflows {
      guard case .party(let id) = flow.outside, UnnamedCounterparty.parse(id)?.people == .customers
      else {
        continue
      }
      pairs[PairKey(payer: -1, payee: flow.node), default: 0] += flow.weight
    }
    for flow in network.network.outflows {
      guard case .party(let id) = flow.outside, UnnamedCounterparty.parse(id)?.people == .suppliers
      else {
        continue
      }
      pairs[PairKey(payer: flow.node, payee: -1), default: 0] += flow.weight
    }
    let nothing = [Double](repeating: 0, count: months.count)
    for index in members.indices {
      members[index].receipts = [Int64](repeating: 0, count: months.count)
      members[index].covered = nothing
    }
    let now = levelled(pairs)
    for (key, year) in pairs.sorted(by: { $0.key < $1.key }) {
      addHabit(key, (now[key] ?? year) / 12, usual: year / 12)
    }
  }

  /// Lets a pair go on with `base` a month, of which the base year had `usual`.
  private mutating func addHabit(_ key: PairKey, _ base: Double, usual: Double) {
    if key.payee >= 0 { members[key.payee].baseReceipts += usual }
    guard key.payee >= 0 else {
      members[key.payer].spending += cents(base)
      return
    }
    let left = months.indices.map { month -> Double in
      let plans = streams.reduce(0.0) { sum, stream in
        let isSame = stream.payer == key.payer && stream.payee == key.payee
        return isSame && stream.kind.isRevenue && !stream.isDormant
          ? sum + Double(stream.amounts[month]) : sum
      }
      return max(0, base - plans)
    }
    if key.payer < 0 {
      for month in months.indices { members[key.payee].receipts[month] += cents(left[month]) }
    } else {
      for month in months.indices { members[key.payer].covered[month] += base - left[month] }
      habits.append(
        ProjectionPlan.RecurringPurchase(
          payer: key.payer,
          payee: key.payee,
          base: base,
          amounts: left.map(cents)
        )
      )
    }
  }
}

/// A share as whole billionths, so that shares of cents are exact.
func billionths(_ share: Double) -> Int64 { Int64((min(max(share, 0), 1) * 1e9).rounded()) }

/// Cents of a share in billionths, rounded down.
@inline(__always)
func portion(_ share: Int64, of cents: Int64) -> Int64 {
  guard cents > 0, share > 0 else { return 0 }
  let product = share.magnitude.multipliedFullWidth(by: cents.magnitude)
  return Int64(UInt64(1_000_000_000).dividingFullWidth(product).quotient)
}

/// Payer and payee by position.
struct PairKey: Hashable, Comparable {
  let payer: Int
  let payee: Int
  static func < (left: PairKey, right: PairKey) -> Bool {
    (left.payer, left.payee) < (right.payer, right.payee)
  }
}

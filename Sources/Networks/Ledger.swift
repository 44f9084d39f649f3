public import Claims

/// Who paid whom in a period, or still has to on a day: every amount with the rows behind it.
///
/// A ledger holds what the network is made of, before anything is filled in or chosen: facts about
/// pairs, the money of each reading of each deal, what each party took and spent in all, and what is
/// left out and why. ``Ledger/network(_:)`` makes networks of it, one for each choice among disputed
/// readings and amounts.
public struct Ledger: Sendable {
  /// What a ledger is asked for.
  public struct Request: Sendable {
    /// The days; for commitments, the last of them is the day.
    public var period: Period
    /// Which money.
    public var basis: Basis
    /// Whether parties are counted by group.
    public var isConsolidated: Bool
    /// The parties inside, by id; `nil` for those that the book says are.
    public var inside: [String]?

    /// Asks for the money of `period`.
    public init(
      period: Period,
      basis: Basis = .flows,
      isConsolidated: Bool = true,
      inside: [String]? = nil
    ) {
      self.period = period
      self.basis = basis
      self.isConsolidated = isConsolidated
      self.inside = inside
    }
  }

  /// One reading of one deal, as far as the period goes.
  struct DealEntry: Sendable {
    var items: [LedgerItem] = []
    var leftOut: LeftOut?
    /// Payer and payee of money that runs, of which nobody said how much.
    var unknown: Pair?
  }

  /// Who pays whom.
  struct Pair: Sendable, Hashable, Comparable {
    let payer: String
    let payee: String
    static func < (left: Pair, right: Pair) -> Bool {
      (left.payer, left.payee) < (right.payer, right.payee)
    }
  }

  /// What was asked.
  public let request: Request
  /// What the amounts are of.
  public let unit = AmountUnit.minor(.usDollar)
  /// The view it was made from.
  public let view: View
  /// The parties inside the network, by id.
  public let parties: [String]
  /// What each inside party took and spent in all, in the order of ``parties``.
  public let partyTotals: [PartyTotals]
  /// What facts say of pairs.
  public let actuals: [LedgerItem]
  /// Plans that actuals replaced, with what they came to.
  public let replaced: [LedgerItem]
  /// By deal of the view, then by reading.
  let entries: [[DealEntry]]
  /// Shares of a payee's revenue that several payers pay together.
  let blocks: [Block]
  /// Amounts of the period that enter no sum because their currency has no rate, facts first.
  public let unrated: [Unrated]
  /// Amounts of the period that contradict those of its parts, facts first.
  public let contradictions: [PeriodContradiction]

  /// Money that named parties together pay one payee.
  struct Block: Sendable {
    let payers: [String]
    let payee: String
    let amount: Estimate
    let evidence: [Evidence]
  }

  /// Lays everything that `view` knows on the period of `request`.
  public init(_ view: View, _ request: Request) {
    let rates = ExchangeRates(view)
    let totals = FactTotals(view, rates: rates, isConsolidated: request.isConsolidated)
    let planner = DealPlanner(
      policy: view.request.policy,
      rates: rates,
      assumptions: view.contents.assumptions
    )
    let builder = LedgerBuilder(view: view, request: request, totals: totals, planner: planner)
    self.request = request
    self.view = view
    parties = builder.parties
    let isFlows = request.basis == .flows
    partyTotals =
      isFlows ? parties.map { PartyTotals(of: $0, facts: totals, in: request.period) } : []
    actuals = isFlows ? builder.actuals() : []
    blocks = isFlows ? builder.blocks() : []
    entries = view.deals.map { dealView in
      dealView.readings.map { builder.entry(of: dealView.deal, $0) }
    }
    replaced = isFlows ? builder.replacedPlans() : []
    unrated = (isFlows ? totals.unrated(in: request.period) : []) + builder.unratedDeals()
    contradictions =
      isFlows ? totals.contradictions(in: request.period) + builder.contradictoryDeals() : []
  }

  /// Deals left out of the standing network, by deal.
  public var leftOut: [LeftOut] { entries.compactMap { $0[0].leftOut } }

  /// Payer and payee of a deal that runs, of which nobody said how much; `nil` for other deals.
  public func unknownPair(of deal: String) -> (payer: String, payee: String)? {
    view.deals.firstIndex { $0.deal.id == deal }.flatMap { entries[$0][0].unknown }
      .map { ($0.payer, $0.payee) }
  }

  /// Every amount of the standing network, before anything is filled in.
  public var items: [LedgerItem] { actuals + entries.flatMap { $0[0].items } }
}

/// Makes the parts of a ledger.
struct LedgerBuilder {
  let view: View
  let request: Ledger.Request
  let planner: DealPlanner
  let parties: [String]
  private let totals: FactTotals
  private let facts: PairFacts
  private let inside: Set<String>

  init(view: View, request: Ledger.Request, totals: FactTotals, planner: DealPlanner) {
    self.view = view
    self.request = request
    self.totals = totals
    facts = PairFacts(totals)
    self.planner = planner
    let named = request.inside.map(Set.init)
    let isInside = { (party: Party) in named?.contains(party.id) ?? party.isInside }
    let inside = view.contents.parties.filter(isInside).map { totals.node($0.id) }
    // A group is inside where its highest parent is, or where somebody asked for one of it by name.
    let kept = Set(inside).filter { named != nil || view.party($0).map(isInside) == true }
    self.inside = kept
    parties = kept.sorted()
  }

  func actuals() -> [LedgerItem] {
    facts.pairs.compactMap { pair, totals in
      guard touchesInside(pair), pair.payer != pair.payee else { return nil }
      let slice = totals.slice([request.period])
      guard slice.days > 0, slice.amount.high > 0 else { return nil }
      return LedgerItem(
        payer: pair.payer,
        payee: pair.payee,
        amount: slice.amount,
        footing: .actual,
        deal: nil,
        evidence: slice.evidence.sorted()
      )
    }
  }

  func blocks() -> [Ledger.Block] {
    facts.blocks.compactMap { block, totals in
      let slice = totals.slice([request.period])
      guard inside.contains(block.payee), slice.days * 10 >= request.period.dayCount * 9 else {
        return nil
      }
      return Ledger.Block(
        payers: block.payers,
        payee: block.payee,
        amount: slice.amount,
        evidence: slice.evidence.sorted()
      )
    }
  }

  func entry(of deal: Deal, _ reading: Reading) -> Ledger.DealEntry {
    let money = planner.money(of: deal, reading)
    let shares = shares(of: deal, reading)
    let counting = shares.filter { $0.pair.payer != $0.pair.payee && touchesInside($0.pair) }
    guard let last = counting.last else {
      let isWithin = shares.allSatisfy { $0.pair.payer == $0.pair.payee }
      return leftOut(deal, isWithin ? .withinGroup : .outside, money)
    }
    guard request.basis == .flows else { return commitment(deal, reading, last.pair, money) }
    return counting.map { flows(deal, reading, $0.pair, money, in: $0.days) }
      .reduce(into: Ledger.DealEntry()) { entry, share in
        entry.items += share.items
        entry.unknown = share.unknown ?? entry.unknown
        entry.leftOut = share.leftOut ?? entry.leftOut
      }
  }

  /// Who pays on which days of the period: from the day of a novation on, the new payer.
  private func shares(
    of deal: Deal,
    _ reading: Reading
  ) -> [(pair: Ledger.Pair, days: Period)] {
    func pair(_ payer: String) -> Ledger.Pair {
      Ledger.Pair(payer: totals.node(payer), payee: totals.node(deal.payee))
    }
    let (first, last) = (request.period.first, request.period.last)
    guard let newPayer = reading.newPayer else { return [(pair(deal.payer), request.period)] }
    let from = reading.newPayerFrom ?? first
    let before = Period(first: first, last: min(last, from.advanced(by: -1)))
    let after = Period(first: max(first, from), last: last)
    return [(deal.payer, before), (newPayer, after)].compactMap { payer, days in
      days.map { (pair(payer), $0) }
    }
  }

  /// What was paid in the period, and on days without payments what was planned; on days for which a
  /// fact gives all that runs between the two, nothing.
  private func flows(
    _ deal: Deal,
    _ reading: Reading,
    _ pair: Ledger.Pair,
    _ money: DealMoney,
    in share: Period
  ) -> Ledger.DealEntry {
    let isRevenue = deal.kind.isRevenue
    let known = isRevenue ? facts.covered(pair) : []
    let days = share.subtracting(known)
    var entry = Ledger.DealEntry()
    let paid = money.paid.slice(days)
    if paid.amount.high > 0 {
      entry.items.append(item(deal, pair, paid.amount, .paid, paid.evidence))
    }
    entry.items += planned(deal, pair, money, on: days)
    guard entry.items.isEmpty, !days.isEmpty, let reason = money.missing else { return entry }
    guard runs(reading, in: days) else { return entry }
    let isOpen = days.reduce(0) { $0 + $1.dayCount } * 10 > request.period.dayCount
    let isInside = inside.contains(pair.payer) && inside.contains(pair.payee)
    if reason == .noAmount, isRevenue, isInside, isOpen {
      entry.unknown = pair
    }
    entry.leftOut = LeftOut(deal: deal.id, reason: reason, money: money.whole)
    return entry
  }

  private func planned(
    _ deal: Deal,
    _ pair: Ledger.Pair,
    _ money: DealMoney,
    on days: [Period]
  ) -> [LedgerItem] {
    let open = days.flatMap { $0.subtracting(money.paid.covered) }
    return money.plans.reduce(into: [LedgerItem]()) { items, plan in
      let slice = PeriodTotals([plan.amount]).slice(open)
      guard slice.amount.high > 0 else { return }
      if let last = items.last, last.footing == plan.footing {
        items[items.count - 1] = item(
          deal,
          pair,
          last.amount + slice.amount,
          plan.footing,
          slice.evidence.union(last.evidence)
        )
      } else {
        items.append(item(deal, pair, slice.amount, plan.footing, slice.evidence))
      }
    }
  }

  /// Whether a deal without a plan can have run on any of the days, as far as its term says.
  private func runs(_ reading: Reading, in days: [Period]) -> Bool {
    days.contains { piece in
      (reading.term.start.map { $0.first <= piece.last } ?? true)
        && (reading.term.end.map { piece.first <= $0.last } ?? true)
    }
  }

  /// What is still to run on the last day of the period: all, less what was paid, drawn, or fell due.
  private func commitment(
    _ deal: Deal,
    _ reading: Reading,
    _ pair: Ledger.Pair,
    _ money: DealMoney
  ) -> Ledger.DealEntry {
    if let reason = money.missing, reason != .noTerm { return leftOut(deal, reason, money) }
    guard let whole = money.whole, reading.status != .completed else { return Ledger.DealEntry() }
    let left = money.plans.isEmpty && money.missing == nil ? .zero : whole - done(money)
    guard left.high > 0 else { return Ledger.DealEntry() }
    let taken = money.paid.slice(until: request.period.last).evidence
    let evidence = taken.union(
      money.wholeEvidence + money.plans.flatMap(\.amount.evidence) + (money.drawn?.evidence ?? [])
    )
    var entry = Ledger.DealEntry()
    entry.items = [item(deal, pair, left, money.wholeFooting, evidence)]
    return entry
  }

  /// What was paid, drawn (with what was paid since), or fell due by the last day: whichever is most.
  private func done(_ money: DealMoney) -> Estimate {
    let day = request.period.last
    var accounts = [money.paid.slice(until: day).amount]
    accounts.append(
      money.plans.reduce(Estimate.zero) { sum, plan in
        sum + PeriodTotals([plan.amount]).slice(until: day).amount
      }
    )
    if let drawn = money.drawn, drawn.period.last <= day {
      let since = Period(first: drawn.period.last.advanced(by: 1), last: day).map { [$0] } ?? []
      accounts.append(drawn.amount + money.paid.slice(since).amount)
    }
    return accounts.max { $0.point < $1.point } ?? .zero
  }

  /// For each pair with actuals, what plans on the same days would have come to.
  func replacedPlans() -> [LedgerItem] {
    view.deals.flatMap { dealView -> [LedgerItem] in
      let (deal, reading) = (dealView.deal, dealView.standing)
      guard deal.kind.isRevenue else { return [] }
      let money = planner.money(of: deal, reading)
      return shares(of: deal, reading).flatMap { pair, share -> [LedgerItem] in
        guard pair.payer != pair.payee, touchesInside(pair) else { return [] }
        let days = facts.covered(pair).compactMap { $0.intersection(share) }
        return planned(deal, pair, money, on: days)
      }
    }
  }

  /// What standing readings of deals state in currencies without a rate.
  func unratedDeals() -> [Unrated] {
    view.deals.flatMap { planner.money(of: $0.deal, $0.standing).unrated }
  }

  /// Where what was paid on a deal in a period and in its parts differs.
  func contradictoryDeals() -> [PeriodContradiction] {
    view.deals.flatMap { dealView in
      planner.money(of: dealView.deal, dealView.standing).paid
        .contradictions(in: request.period)
        .map { PeriodContradiction(.deal(dealView.deal.id), $0) }
    }
  }

  private func touchesInside(_ pair: Ledger.Pair) -> Bool {
    inside.contains(pair.payer) || inside.contains(pair.payee)
  }

  private func leftOut(
    _ deal: Deal,
    _ reason: LeftOut.Reason,
    _ money: DealMoney
  ) -> Ledger.DealEntry {
    var entry = Ledger.DealEntry()
    entry.leftOut = LeftOut(deal: deal.id, reason: reason, money: money.whole)
    return entry
  }

  private func item(
    _ deal: Deal,
    _ pair: Ledger.Pair,
    _ amount: Estimate,
    _ footing: AmountSource,
    _ evidence: Set<Evidence>
  ) -> LedgerItem {
    LedgerItem(
      payer: pair.payer,
      payee: pair.payee,
      amount: amount,
      footing: footing,
      deal: deal,
      evidence: evidence.sorted()
    )
  }
}

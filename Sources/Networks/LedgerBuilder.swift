internal import Claims

/// Makes the parts of a ledger.
struct LedgerBuilder {
  let view: View
  let request: Ledger.Request
  let parties: [String]
  /// The days asked for, up to the day of the view.
  let elapsed: Period?
  private let totals: FactTotals
  private let facts: PairFacts
  private let inside: Set<String>
  private let money: [[DealMoney]]
  private let others: [[Schedules.Other]]
  private let estimates: [Ledger.Pair: [PeriodPiece]]
  private let limits: PlanLimits

  init(_ schedules: Schedules, _ request: Ledger.Request) {
    let view = schedules.view
    self.view = view
    self.request = request
    (totals, facts) = (schedules.totals, schedules.facts)
    (money, others) = (schedules.money, schedules.others)
    estimates = schedules.estimates
    limits = request.basis == .flows ? schedules.limits : PlanLimits()
    let named = request.inside.map(Set.init)
    let isInside = { (party: Party) in named?.contains(party.id) ?? party.isInside }
    let inside = view.contents.parties.filter(isInside).map { schedules.totals.node($0.id) }
    // A group is inside where its highest parent is, or where somebody asked for one of it by name.
    let kept = Set(inside).filter { named != nil || view.party($0).map(isInside) == true }
    self.inside = kept
    parties = kept.sorted()
    let (first, day) = (request.period.first, view.request.asOf)
    elapsed = Period(first: first, last: min(request.period.last, day))
  }

  // MARK: Pairs

  /// What facts say of pairs in the period, grade by grade.
  func actuals() -> [LedgerItem] { pairSlices.flatMap { items(of: $0.slice, $0.pair) } }

  /// The rows of facts without which other money would run between two.
  func decidingFacts() -> [Ledger.Deciding] {
    pairSlices.flatMap { pair, slice in deciding(slice, pair) }
  }

  private func deciding(_ slice: GradedSlice, _ pair: Ledger.Pair) -> [Ledger.Deciding] {
    let nothing = slice.sortedParts.filter { !$0.part.amount.isSomething }
      .map { Ledger.Deciding(pair: pair, grade: $0.grade, rows: $0.part.evidence) }
    let hidden = slice.hidden.sorted { $0.key < $1.key }
      .map { Ledger.Deciding(pair: pair, grade: $0.key, rows: $0.value) }
    return nothing + hidden
  }

  private var pairSlices: [(pair: Ledger.Pair, slice: GradedSlice)] {
    guard let elapsed else { return [] }
    let pairs = facts.pairs.filter { touchesInside($0) && $0.payer != $0.payee }
    return pairs.map { pair in
      var slice = facts.known(pair)?.slice([elapsed]) ?? GradedSlice()
      for piece in estimates[pair] ?? [] {
        slice.take(piece.amount, piece.grade, piece.evidence, on: piece.days, asked: [elapsed])
      }
      return (pair, slice)
    }
  }

  private func items(
    of slice: GradedSlice,
    _ pair: Ledger.Pair,
    deal: Deal? = nil
  ) -> [LedgerItem] {
    slice.sortedParts.filter(\.part.amount.isSomething)
      .map { LedgerItem(pair, $0.grade, $0.part, deal: deal) }
  }

  // MARK: Deals

  /// By deal of the view, then by reading.
  func entries() -> [[Ledger.DealEntry]] {
    view.deals.enumerated().map { index, dealView in
      var entries = zip(dealView.readings, money[index]).map { reading, money in
        entry(of: dealView.deal, reading, money)
      }
      for (row, account) in others[index] {
        let other = account.map { entry(of: dealView.deal, $0.reading, $0.money) }
        entries[0].note(row, without: other ?? Ledger.DealEntry())
      }
      return entries
    }
  }

  private func entry(of deal: Deal, _ reading: Reading, _ money: DealMoney) -> Ledger.DealEntry {
    let shares = view.shares(of: deal, reading, in: request.period, totals.node)
    let counting = shares.filter { $0.pair.payer != $0.pair.payee && touchesInside($0.pair) }
    guard let last = counting.last else {
      let isWithin = shares.allSatisfy { $0.pair.payer == $0.pair.payee }
      return leftOut(deal, isWithin ? .withinGroup : .outside, money)
    }
    guard request.basis == .flows else { return commitment(deal, reading, last.pair, money) }
    return counting.map { flows(deal, reading, $0.pair, money, in: $0.days) }
      .reduce(into: Ledger.DealEntry()) { entry, share in
        entry.items += share.items
        entry.deciding += share.deciding
        entry.unknown = share.unknown ?? entry.unknown
        entry.leftOut = share.leftOut ?? entry.leftOut
      }
  }

  /// What somebody said moved in the period, and on days of which nobody speaks what was promised; on days for
  /// which a fact gives all that runs between the two, nothing.
  private func flows(
    _ deal: Deal,
    _ reading: Reading,
    _ pair: Ledger.Pair,
    _ money: DealMoney,
    in share: Period
  ) -> Ledger.DealEntry {
    var entry = Ledger.DealEntry()
    let asked = elapsed.flatMap { $0.intersection(share) }.map { [$0] } ?? []
    let known = deal.kind.isRevenue ? facts.known(pair)?.covered ?? [] : []
    let days = asked.flatMap { $0.subtracting(known) }
    let estimated = deal.kind.isRevenue ? (estimates[pair] ?? []).flatMap(\.days) : []
    let open = days.flatMap { $0.subtracting(estimated) }
    var stated = money.stated.slice(days)
    if open != days {
      stated = stated.betterThanEstimated
      stated.add(money.stated.slice(open).onlyEstimated, sameDays: true)
    }
    entry.items = items(of: stated, pair, deal: deal)
    entry.deciding = deciding(stated, pair)
    if let item = promised(deal, pair, money.promises, on: open) {
      entry.items.append(item)
    } else {
      // What totals leave nothing of would run without them.
      entry.deciding += deciding(kept(deal, pair, money.promises, on: open), pair)
    }
    guard entry.items.isEmpty, let reason = money.missing else { return entry }
    let running = open.compactMap { $0.within(money.window) }.dayCount
    guard running > 0 else { return entry }
    let isInside = inside.contains(pair.payer) && inside.contains(pair.payee)
    if isUnknown(deal, reading, reason), isInside, running * 10 > request.period.dayCount {
      entry.unknown = Ledger.Unknown(
        pair: pair,
        payer: pair.payer == totals.node(deal.payer) ? deal.payer : reading.newPayer ?? deal.payer,
        days: Double(running) / Double(request.period.dayCount),
        most: reason == .conditional ? money.quoted?.most : nil,
        part: deal.part,
        evidence: (money.met?.evidence ?? []).union(reading.signedBy.map { [.claim($0)] } ?? [])
      )
    }
    entry.leftOut = LeftOut(deal: deal.id, reason: reason, money: money.quoted)
    return entry
  }

  /// Whether money runs under a deal of which only that much is known: no price, or an announced most.
  private func isUnknown(_ deal: Deal, _ reading: Reading, _ reason: LeftOut.Reason) -> Bool {
    guard deal.kind.isRevenue, !deal.kind.isContingent, reading.condition == nil else {
      return false
    }
    switch reason {
    case .noAmount, .headlineOnly: return true
    case .conditional: return reading.conditional == nil && reading.headline?.condition == nil
    default: return false
    }
  }

  /// What promises lay on some days, as far as totals leave it.
  private func promised(
    _ deal: Deal,
    _ pair: Ledger.Pair,
    _ promises: [DealMoney.Promise],
    on days: [Period],
    isLimited: Bool = true
  ) -> LedgerItem? {
    let slice = kept(deal, pair, promises, on: days, isLimited: isLimited)
    guard let part = slice.parts[.spread], part.amount.isSomething else { return nil }
    let item = LedgerItem(pair, .spread, part, deal: deal)
    let promised = promises.flatMap(\.days).union().intersection(days)
    guard isLimited else { return item }
    let whole = item
    return limits.most(pair, PlanLimits.Purpose(deal.kind), promised).reduce(item) { item, most in
      var bounded = item.bounded(by: most.amount, most.evidence)
      if whole.amount.isOpen || whole.amount.high > most.least { bounded.add(most.evidence) }
      return bounded
    }
  }

  /// What totals leave of promises, laid on days.
  private func kept(
    _ deal: Deal,
    _ pair: Ledger.Pair,
    _ promises: [DealMoney.Promise],
    on days: [Period],
    isLimited: Bool = true
  ) -> GradedSlice {
    var slice = GradedSlice()
    for promise in promises {
      let kept =
        isLimited
        ? limits.share(pair, PlanLimits.Purpose(deal.kind), promise.days.intersection(days))
        : (share: 1, evidence: [])
      slice.take(
        promise.amount.scaled(by: kept.share),
        .spread,
        promise.evidence.union(kept.evidence),
        on: promise.days,
        asked: days
      )
    }
    return slice
  }

  // MARK: Commitments

  /// What is still to run on the last day of the period: what binds less what moved or fell due, and what would
  /// come on top if every condition were met.
  private func commitment(
    _ deal: Deal,
    _ reading: Reading,
    _ pair: Ledger.Pair,
    _ money: DealMoney
  ) -> Ledger.DealEntry {
    let isOption = money.missing == .contingent && deal.kind == .option
    let isOpenEnded = [.noTerm, .conditional].contains(money.missing)
    if let reason = money.missing, !isOption, !isOpenEnded { return leftOut(deal, reason, money) }
    guard money.met != nil || money.bound != nil, reading.status != .completed else {
      return Ledger.DealEntry()
    }
    let day = request.period.last
    let taken = money.stated.slice(until: day)
    let moved = taken.parts.values.reduce(0) { $0 + $1.firm.point }
    let fallen = money.schedule.reduce(0) { $0 + $1.amount.point * $1.share(until: day) }
    let done = Estimate.exactly(max(moved, fallen))
    var entry = Ledger.DealEntry()
    func add(_ grade: Grade, _ amount: Estimate, _ rows: Set<Evidence>) {
      guard amount.high > 0 || amount.isOpen else { return }
      let evidence = rows.union(taken.evidence)
      entry.items.append(LedgerItem(pair, grade, amount, evidence.sorted(), deal: deal))
    }
    let promised = money.promises.reduce(into: money.bound?.evidence ?? []) {
      $0.formUnion($1.evidence)
    }
    if let bound = money.bound {
      add(.due, bound.amount - done, promised)
    }
    if let met = money.met {
      let firm = money.bound?.amount ?? done
      add(.conditional, met.amount - firm, met.evidence.union(promised))
    }
    return entry
  }

  // MARK: What stands beside the network

  /// Pairs of which somebody says what moved on nine tenths of the days up to the day of the view, each as payer and
  /// payee.
  func pairsTold() -> Set<[String]> {
    guard let elapsed else { return [] }
    var told: [Ledger.Pair: [Period]] = [:]
    for pair in facts.pairs { told[pair, default: []] += facts.known(pair)?.covered ?? [] }
    for (dealView, money) in zip(view.deals, money) {
      for share in view.shares(of: dealView.deal, dealView.standing, in: elapsed, totals.node) {
        told[share.pair, default: []] += money[0].stated.covered.compactMap {
          $0.intersection(share.days)
        }
      }
    }
    return Set(
      told.filter { $1.union().dayCount(in: [elapsed]) * 10 >= elapsed.dayCount * 9 }
        .map { [$0.key.payer, $0.key.payee] }
    )
  }

  /// What promises lay on the days of the period after the day of the view.
  func dueLater() -> [LedgerItem] {
    let tomorrow = max(request.period.first, view.request.asOf.advanced(by: 1))
    guard let ahead = Period(first: tomorrow, last: request.period.last) else { return [] }
    return view.deals.enumerated().flatMap { index, dealView -> [LedgerItem] in
      let (deal, reading) = (dealView.deal, dealView.standing)
      return view.shares(of: deal, reading, in: ahead, totals.node).compactMap { share in
        guard share.pair.payer != share.pair.payee, touchesInside(share.pair) else { return nil }
        let promises = money[index][0].promises
        return promised(deal, share.pair, promises, on: [share.days], isLimited: false)
          .map { $0.regraded(.due) }
      }
    }
  }

  /// For each pair with actuals, what plans on the same days would have come to.
  func replacedPlans() -> [LedgerItem] {
    guard let elapsed else { return [] }
    return view.deals.enumerated().flatMap { index, dealView -> [LedgerItem] in
      let (deal, reading) = (dealView.deal, dealView.standing)
      guard deal.kind.isRevenue else { return [] }
      return view.shares(of: deal, reading, in: elapsed, totals.node).compactMap { share in
        let pair = share.pair
        guard pair.payer != pair.payee, touchesInside(pair) else { return nil }
        let known = facts.known(pair)?.covered ?? []
        let covered = (known + (estimates[pair] ?? []).flatMap(\.days)).union()
        let days = covered.compactMap { $0.intersection(share.days) }
        return promised(deal, pair, money[index][0].promises, on: days, isLimited: false)
      }
    }
  }

  /// Where promises come to more than totals leave in the period.
  func clips() -> [Ledger.Clip] {
    guard let elapsed else { return [] }
    return limits.clips(in: elapsed).filter { inside.contains($0.party) }
  }

  /// What is known besides flows of how totals split in `period`.
  func hints(_ period: Period) -> CompletionHints {
    CompletionHints(facts, totals, in: period, inside: inside)
  }

  /// What standing readings of deals state in currencies without a rate.
  func unratedDeals() -> [Unrated] { money.flatMap { $0[0].unrated } }

  /// Where what was paid on a deal in a period and in its parts differs.
  func contradictoryDeals(_ period: Period) -> [PeriodContradiction] {
    zip(view.deals, money).flatMap { dealView, money in
      money[0].stated.contradictions(in: period)
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
    entry.leftOut = LeftOut(deal: deal.id, reason: reason, money: money.quoted)
    return entry
  }
}

extension DealMoney.Promise {
  /// The part of its days that lies up to and with `day`.
  fileprivate func share(until day: Day) -> Double {
    let passed = days.compactMap { Period(first: $0.first, last: min(day, $0.last)) }
    return Double(passed.dayCount) / Double(days.dayCount)
  }
}

extension Ledger.DealEntry {
  /// Notes where `other`, which is the same without `row`, is not the same.
  fileprivate mutating func note(_ row: Evidence, without other: Ledger.DealEntry) {
    let (mine, others) = (amounts, other.amounts)
    for key in Set(mine.keys).union(others.keys) where mine[key] != others[key] {
      deciding.append(Ledger.Deciding(pair: key.pair, grade: key.grade, rows: [row]))
    }
    guard unknown != other.unknown else { return }
    for pair in Set([unknown?.pair, other.unknown?.pair].compactMap(\.self)) {
      deciding.append(Ledger.Deciding(pair: pair, grade: .filledIn, rows: [row]))
    }
  }

  private struct Key: Hashable {
    let pair: Ledger.Pair
    let grade: Grade
  }

  private var amounts: [Key: Estimate] {
    items.reduce(into: [:]) { sums, item in
      let pair = Ledger.Pair(payer: item.payer, payee: item.payee)
      sums[Key(pair: pair, grade: item.grade), default: .zero] += item.amount
    }
  }
}

extension Period {
  /// The days that lie between two, an end that is not known being open; `nil` where none do.
  fileprivate func within(_ window: (first: Day?, last: Day?)) -> Period? {
    Period(first: max(first, window.first ?? first), last: min(last, window.last ?? last))
  }
}

extension View {
  /// Who pays on which days of a period: from the day of a novation on, the new payer.
  func shares(
    of deal: Deal,
    _ reading: Reading,
    in period: Period,
    _ node: (String) -> String
  ) -> [(pair: Ledger.Pair, days: Period)] {
    func pair(_ payer: String) -> Ledger.Pair {
      Ledger.Pair(payer: node(payer), payee: node(deal.payee))
    }
    let (first, last) = (period.first, period.last)
    guard let newPayer = reading.newPayer else { return [(pair(deal.payer), period)] }
    let from = reading.newPayerFrom ?? first
    let before = Period(first: first, last: min(last, from.advanced(by: -1)))
    let after = Period(first: max(first, from), last: last)
    return [(deal.payer, before), (newPayer, after)].compactMap { payer, days in
      days.map { (pair(payer), $0) }
    }
  }
}

internal import Claims
internal import Tables

/// Lays the readings of deals on days, under a policy and with the assumptions of the book.
struct DealPlanner {
  let policy: Policy
  private(set) var rates: ExchangeRates
  /// What bounds an amount that is stated as "at least"; `nil` where nothing does.
  private let facts: FactTotals?
  /// The day of the view: what was promised by then may have moved.
  private let today: Day
  private var assumptions: [String: Assumption]

  /// Plans as `policy` admits, that of the view unless told otherwise.
  init(_ view: View, rates: ExchangeRates, policy: Policy? = nil, facts: FactTotals? = nil) {
    self.policy = policy ?? view.request.policy
    (self.rates, self.facts) = (rates, facts)
    today = view.request.asOf
    assumptions = Dictionary(view.contents.assumptions.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The assumptions that the money of `deal` may rest on.
  func assumptions(of deal: Deal) -> [Assumption] {
    ["start:", "end:", "amount:"].compactMap { assumptions[$0 + deal.id] }
  }

  /// Plans as if `assumption` had not been made.
  func without(_ assumption: Assumption) -> DealPlanner {
    var other = self
    other.assumptions[assumption.name] = nil
    return other
  }

  /// Plans as if `currency` had no rate.
  func without(_ currency: Currency) -> DealPlanner {
    var other = self
    other.rates = rates.without(currency)
    return other
  }

  func money(of deal: Deal, _ account: Reading) -> DealMoney {
    let reading = policy == .generous ? account : account.withoutRumours
    let term = term(of: deal, reading)
    var money = DealMoney()
    let moved = payments(reading) + balances(deal, reading, term)
    money.stated = PeriodTotals(moved.map { facts?.bounded($0, of: deal) ?? $0 })
    money.unrated = unrated(deal, reading)
    money.window = (term.first, term.term.end?.last)
    promise(deal, reading, term, into: &money)
    if term.first == nil, let balance = reading.balances.last {
      // Drawn, and nobody says from when on.
      money.missing = .noTerm
      money.met = money.met ?? total(balance)
    }
    return money
  }

  // MARK: What moved

  private func payments(_ reading: Reading) -> [DatedAmount] {
    reading.payments.compactMap { dated($0.amount, $0.period) }
  }

  /// What was taken up by each day, from the day of signature on; a balance below an earlier one was paid back and
  /// says nothing of what moved.
  private func balances(_ deal: Deal, _ reading: Reading, _ term: Window) -> [DatedAmount] {
    guard deal.kind != .warrant, let start = term.first else { return [] }
    var most = -Double.infinity
    return reading.balances.compactMap { balance in
      guard let period = Period(first: start, last: balance.day),
        let amount = dated(balance, period, term.evidence), amount.amount.point >= most
      else { return nil }
      most = amount.amount.point
      return amount
    }
  }

  private func dated(
    _ amount: Reading.Amount,
    _ period: Period,
    _ more: Set<Evidence> = []
  ) -> DatedAmount? {
    estimate(amount).map {
      DatedAmount(
        period: period,
        amount: $0,
        trust: amount.trust,
        grade: Grade(amount.trust, amount.pen),
        evidence: evidence(amount).union(more).sorted()
      )
    }
  }

  /// The range in cents, wide enough to hold what those say who contest it.
  private func estimate(_ amount: Reading.Amount) -> Estimate? {
    guard var told = rates.estimate(amount.range) else { return nil }
    if amount.isTied { told.hasPoint = false }
    return amount.contested.compactMap(rates.estimate).reduce(told) { $0.widened(toHold: $1) }
  }

  // MARK: What is promised

  private func promise(
    _ deal: Deal,
    _ reading: Reading,
    _ term: Window,
    into money: inout DealMoney
  ) {
    let firm = firmTotal(deal, reading, term)
    let all = total(deal, reading, firm)
    if let obstacle = obstacle(deal, reading) {
      money.missing = obstacle
      (money.bound, money.met) = (nil, all)
      return
    }
    // What binds already is met whatever happens.
    (money.bound, money.met) = (firm, firm?.amount == all?.amount ? nil : all)
    let isRated = money.unrated.isEmpty
    guard let whole = all else {
      let unspoken: LeftOut.Reason = reading.headline == nil ? .noAmount : .headlineOnly
      money.missing = !isRated ? .noRate : money.stated.isEmpty ? unspoken : nil
      return
    }
    guard let spread = Spread(deal.kind, isFirm: firm != nil, term) else {
      money.missing = firm == nil && !money.stated.isEmpty ? nil : .noTerm
      return
    }
    if let firm {
      money.promises = rest(of: firm, beyond: money, spread, term)
      money.schedule = laid(firm, spread, [], term)
    }
    let hoped = whole.amount - (firm?.amount ?? .zero)
    if money.met != nil, hoped.high > 0 || hoped.isOpen {
      let more = DealMoney.Total(amount: hoped, evidence: whole.evidence)
      money.hopes =
        firm == nil ? rest(of: more, beyond: money, spread, term) : laid(more, spread, [], term)
    }
    if firm == nil, money.stated.isEmpty { money.missing = .conditional }
  }

  /// What of a total nobody said has moved, on the days of which nobody speaks.
  private func rest(
    of total: DealMoney.Total,
    beyond money: DealMoney,
    _ spread: Spread,
    _ term: Window
  ) -> [DealMoney.Promise] {
    let stated = money.stated.slice(money.stated.covered)
    let left = DealMoney.Total(
      amount: total.amount - stated.amount,
      evidence: total.evidence.union(stated.evidence)
    )
    guard stated.days > 0 else { return laid(total, spread, [], term) }
    return laid(left, spread, money.stated.covered, term, of: total.amount)
  }

  /// A total on the free days of a spread.
  ///
  /// Of parts with dates of their own none grows; without, the rest is on
  /// what days are left.
  private func laid(
    _ total: DealMoney.Total,
    _ spread: Spread,
    _ taken: [Period],
    _ term: Window,
    of whole: Estimate? = nil
  ) -> [DealMoney.Promise] {
    guard total.amount.high > 0 || total.amount.isOpen else { return [] }
    var free = spread.free(of: taken)
    if free.isEmpty, let term = spread.term?.subtracting(taken), !term.isEmpty {
      free = [(term, 1)]
    }
    let kept = free.reduce(0) { $0 + $1.weight }
    // Weights that add up to one but for rounding leave each part to the cent what was stated.
    let weight = abs(kept - 1) < 1e-9 ? 1 : kept
    guard weight > 0 else { return [] }
    var amount = total.amount
    if spread.isDated, let whole {
      let most = whole.scaled(by: weight)
      if most.point < amount.point { amount = most }
    }
    return free.map { days, share in
      DealMoney.Promise(
        amount: amount.scaled(by: share / weight),
        days: days,
        evidence: total.evidence.union(term.evidence)
      )
    }
  }

  /// Why the reading can promise nothing, whatever its amount.
  private func obstacle(_ deal: Deal, _ reading: Reading) -> LeftOut.Reason? {
    guard reading.isInForce else { return .ended }
    guard policy.admits(reading.status ?? .announced) else { return .notAdmitted }
    if deal.kind == .warrant { return .contingent }
    let isUsed = reading.drawn != nil || !reading.payments.isEmpty
    if deal.kind.isContingent, policy != .generous, reading.drawn == nil { return .contingent }
    if deal.kind == .facility, policy != .generous, !isUsed { return .undrawn }
    return nil
  }

  /// What binds without condition: a contract's amount, once it is signed.
  ///
  /// An option, a backstop or a facility binds nobody to take it up, but under the policy that has them exercised.
  private func firmTotal(
    _ deal: Deal,
    _ reading: Reading,
    _ term: Window
  ) -> DealMoney.Total? {
    if deal.kind.isContingent || deal.kind == .facility {
      // Of what is being drawn, what is known to be drawn counts.
      guard policy == .generous, deal.kind != .facility || reading.drawn == nil else { return nil }
      return (reading.binding ?? reading.conditional ?? reading.headline).flatMap(total)
    }
    guard reading.status.map({ $0.isBinding || $0 == .novated }) ?? true else { return nil }
    let isOver = term.term.end.map { $0.last <= today } ?? false
    if let binding = reading.binding, binding.range.low != nil || isOver { return total(binding) }
    if reading.binding == nil, reading.conditional == nil, reading.headline == nil {
      return assumed(deal)
    }
    return nil
  }

  /// What the arrangement comes to if all is met.
  private func total(
    _ deal: Deal,
    _ reading: Reading,
    _ firm: DealMoney.Total?
  ) -> DealMoney.Total? {
    let headline = policy == .binding ? nil : reading.headline
    var whole = firm ?? reading.binding.flatMap(total)
    if let conditional = reading.conditional.flatMap(total) {
      whole = DealMoney.Total(
        amount: (whole?.amount ?? .zero) + conditional.amount,
        evidence: (whole?.evidence ?? []).union(conditional.evidence)
      )
    }
    guard let ceiling = headline.flatMap(total) else { return whole ?? assumed(deal) }
    guard let known = whole, known.amount.high >= ceiling.amount.high else { return ceiling }
    return known
  }

  private func total(_ amount: Reading.Amount) -> DealMoney.Total? {
    estimate(amount).map { DealMoney.Total(amount: $0, evidence: evidence(amount)) }
  }

  private func assumed(_ deal: Deal) -> DealMoney.Total? {
    guard let row = assumptions["amount:" + deal.id], let currency = Currency(row.unit),
      let low = StrictDecimal(row.low)?.scaled(by: currency.minorDigits),
      let high = StrictDecimal(row.high)?.scaled(by: currency.minorDigits),
      let range = AmountRange(low: low, high: high, currency: currency),
      let amount = rates.estimate(range)
    else { return nil }
    return DealMoney.Total(
      amount: amount,
      evidence: Set([.assumption(row.id)] + rates.evidence(currency))
    )
  }

  /// What was said of the deal in currencies without a rate, which enters no sum.
  private func unrated(_ deal: Deal, _ reading: Reading) -> [Unrated] {
    let amounts =
      reading.payments.map(\.amount) + reading.balances
      + [reading.binding, reading.conditional, reading.headline].compactMap(\.self)
    var seen: Set<String> = []
    return amounts.filter { rates.estimate($0.range) == nil && seen.insert($0.claim).inserted }
      .map { Unrated(evidence: .claim($0.claim), subject: .deal(deal.id), amount: $0.range) }
  }

  /// The claim that gives `amount`, and the facts behind the rate it is converted at.
  private func evidence(_ amount: Reading.Amount) -> Set<Evidence> {
    Set([.claim(amount.claim)] + rates.evidence(amount.range.currency))
  }

  // MARK: When

  /// From when to when money can move, and who says so.
  struct Window {
    var term: Reading.Term
    /// The first day on which money can have moved.
    var first: Day?
    var evidence: Set<Evidence>
  }

  /// The term of a reading, with what the book assumes where nobody said; nothing moves before the signature.
  private func term(of deal: Deal, _ reading: Reading) -> Window {
    var window = Window(term: reading.term, first: nil, evidence: [])
    if window.term.start == nil, let assumed = assumptions["start:" + deal.id] {
      window.term.start = PartialDate(assumed.low)
      window.evidence.insert(.assumption(assumed.id))
    }
    if window.term.end == nil, let assumed = assumptions["end:" + deal.id] {
      window.term.end = PartialDate(assumed.high)
      window.evidence.insert(.assumption(assumed.id))
    }
    let start = window.term.start?.first
    let isOver = reading.signed.map { signed in
      window.term.end.map { $0.last < signed } ?? false
    }
    window.first = start
    if let signed = reading.signed, isOver == false, start.map({ $0 < signed }) ?? true {
      window.first = signed
      if let claim = reading.signedBy { window.evidence.insert(.claim(claim)) }
    }
    return window
  }
}

/// Over which days an amount is spread, and how.
private struct Spread {
  let parts: [(period: Period, weight: Double)]
  /// Whether somebody stated what is due when.
  let isDated: Bool
  /// The days of the term, where only custom has it paid at a time of its own; what is left then has all of them.
  let term: Period?

  /// The parts without the days in `taken`, each with the weight that leaves.
  func free(of taken: [Period]) -> [(days: [Period], weight: Double)] {
    parts.compactMap { part in
      let days = part.period.subtracting(taken)
      guard !days.isEmpty else { return nil }
      return (days, part.weight * Double(days.dayCount) / Double(part.period.dayCount))
    }
  }

  /// The spread of a term; `nil` where the term does not say enough.
  ///
  /// Money for goods and services runs over the term. A loan is paid out at its start, and its end
  /// is when it falls due; equity with a start and no end is paid in then, once it is firm.
  init?(_ kind: Deal.Kind, isFirm: Bool, _ window: DealPlanner.Window) {
    let term = window.term
    let isLending = [.loan, .facility, .convertible].contains(kind)
    let isOneOff = isLending || (isFirm && [.equity, .grant].contains(kind) && term.end == nil)
    let stated: [(period: Period, weight: Double)]
    switch term.schedule ?? (isOneOff ? .atStart : .even) {
    case .atStart:
      guard let start = term.start else { return nil }
      stated = [(Period(start), 1)]
      isDated = true
    case .atEnd:
      guard let end = term.end else { return nil }
      stated = [(Period(end), 1)]
      isDated = true
    case .even:
      guard let whole = term.period else { return nil }
      stated = [(whole, 1)]
      isDated = false
    case .backLoaded:
      guard let whole = term.period else { return nil }
      let months = whole.months.compactMap {
        Period(first: $0.first, last: $0.last)?.intersection(whole)
      }
      let total = Double(months.count * months.count)
      stated = months.enumerated().map { ($1, Double(2 * $0 + 1) / total) }
      isDated = false
    case .instalments(let instalments):
      let total = instalments.reduce(0) { $0 + Double($1.minorUnits) }
      guard total > 0 else { return nil }
      stated = instalments.map { (Period($0.due), Double($0.minorUnits) / total) }
      isDated = true
    }
    let isDated = isDated
    self.term = term.schedule == nil ? term.period : nil
    parts = stated.compactMap { part in
      part.period.notBefore(window.first, orThen: isDated || stated.count == 1).map {
        ($0, part.weight)
      }
    }
  }
}

extension Period {
  /// The days from `day` on; where none are left, that day alone, or nothing.
  fileprivate func notBefore(_ day: Day?, orThen isMoved: Bool) -> Period? {
    guard let day, first < day else { return self }
    return Period(first: day, last: last) ?? (isMoved ? Period(.day(day)) : nil)
  }
}

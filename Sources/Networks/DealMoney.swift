internal import Claims
internal import Tables

/// The money of one reading of a deal, laid on days: what was paid, and what is planned.
struct DealMoney: Sendable {
  /// A planned amount with the level it comes from.
  struct Plan: Sendable {
    let footing: AmountSource
    let amount: DatedAmount
  }

  /// What was paid or recognised, period by period.
  var paid = PeriodTotals([])
  /// What is planned; days on which something was paid do not count again.
  var plans: [Plan] = []
  /// Why there is no plan; `nil` where there is one, or where all has been paid.
  var missing: LeftOut.Reason?
  /// What the whole arrangement comes to, where somebody said.
  var whole: Estimate?
  /// What that amount is.
  var wholeFooting = AmountSource.headline
  /// Who said so.
  var wholeEvidence: [Evidence] = []
  /// What is known to be drawn by a day, for what is still outstanding.
  var drawn: DatedAmount?
  /// Amounts said of it in a currency that the book has no rate for.
  var unrated: [Unrated] = []
}

/// Lays the readings of deals on days, under a policy and with the assumptions of the book.
struct DealPlanner {
  let policy: Policy
  let rates: ExchangeRates
  private let assumptions: [String: Assumption]

  init(policy: Policy, rates: ExchangeRates, assumptions: [Assumption]) {
    self.policy = policy
    self.rates = rates
    self.assumptions = Dictionary(assumptions.map { ($0.name, $0) }) { first, _ in first }
  }

  func money(of deal: Deal, _ account: Reading) -> DealMoney {
    let reading = policy == .generous ? account : account.withoutRumours
    var money = DealMoney()
    let payments = reading.payments.compactMap { payment -> DatedAmount? in
      dated(payment.amount, payment.period)
    }
    money.paid = PeriodTotals(payments)
    money.unrated = unrated(deal, reading)
    if let drawn = reading.drawn, let day = Period(first: drawn.day, last: drawn.day),
      let balance = dated(drawn, day)
    {
      money.drawn = balance
    }
    if let quoted = reading.quoted {
      money.whole = rates.estimate(quoted.amount.range)
      money.wholeEvidence = evidence(quoted.amount)
      money.wholeFooting = AmountSource(rawValue: quoted.level.rawValue) ?? .headline
    }
    plan(deal, reading, into: &money)
    return money
  }

  private func plan(_ deal: Deal, _ reading: Reading, into money: inout DealMoney) {
    if let obstacle = obstacle(deal, reading) {
      money.missing = obstacle
      return
    }
    if reading.status == .completed, !reading.payments.isEmpty { return }
    if let drawn = reading.drawn, let amount = rates.estimate(drawn.range) {
      planDrawn(deal, reading, drawn, amount, into: &money)
      return
    }
    guard let chosen = chosenAmount(deal, reading) else {
      let unspoken: LeftOut.Reason = reading.headline == nil ? .noAmount : .headlineOnly
      let isStated = !reading.payments.isEmpty || reading.drawn != nil
      money.missing = isStated ? (money.unrated.isEmpty ? nil : .noRate) : unspoken
      return
    }
    guard let amount = chosen.amount else {
      money.missing = .noRate
      return
    }
    (money.whole, money.wholeFooting) = (amount, chosen.footing)
    money.wholeEvidence = chosen.evidence
    let term = term(of: deal, reading)
    guard
      let spread = Spread(
        kind: deal.kind,
        isFirm: reading.status?.isBinding == true,
        term: term.term
      )
    else {
      money.missing = .noTerm
      return
    }
    money.plans = spread.laid(amount, evidence: chosen.evidence + term.evidence, chosen.trust)
      .map { DealMoney.Plan(footing: chosen.footing, amount: $0) }
  }

  /// Why the reading can carry no planned flow, whatever its amount.
  private func obstacle(_ deal: Deal, _ reading: Reading) -> LeftOut.Reason? {
    guard reading.isInForce else { return .ended }
    let status = reading.status ?? .announced
    guard policy.admits(status) else { return .notAdmitted }
    if deal.kind == .warrant { return .contingent }
    if deal.kind.isContingent, policy != .generous, reading.drawn == nil { return .contingent }
    if deal.kind == .facility, reading.drawn == nil, reading.payments.isEmpty,
      policy != .generous
    {
      return .undrawn
    }
    return nil
  }

  /// Lays what was drawn on the time up to its day, and what a contract leaves on the time after.
  private func planDrawn(
    _ deal: Deal,
    _ reading: Reading,
    _ drawn: Reading.Amount,
    _ amount: Estimate,
    into money: inout DealMoney
  ) {
    if reading.binding == nil, policy == .binding || reading.headline == nil {
      (money.whole, money.wholeFooting) = (amount, .drawn)
      money.wholeEvidence = evidence(drawn)
    }
    let term = term(of: deal, reading)
    guard let start = term.term.start, let until = Period(first: start.first, last: drawn.day)
    else {
      money.missing = .noTerm
      return
    }
    let drawnEvidence = evidence(drawn) + term.evidence
    let plan = DatedAmount(
      period: until,
      amount: amount,
      trust: drawn.trust,
      evidence: drawnEvidence
    )
    money.plans = [DealMoney.Plan(footing: .drawn, amount: plan)]
    guard deal.kind != .facility, let binding = reading.binding,
      let whole = rates.estimate(binding.range), let end = term.term.end,
      let rest = Period(first: drawn.day.advanced(by: 1), last: end.last)
    else { return }
    let later = DatedAmount(
      period: rest,
      amount: whole - amount,
      trust: binding.trust,
      evidence: evidence(binding) + drawnEvidence
    )
    money.plans.append(DealMoney.Plan(footing: .binding, amount: later))
  }

  private struct Chosen {
    let footing: AmountSource
    let amount: Estimate?
    let currency: Currency
    let trust: Trust
    let evidence: [Evidence]
  }

  /// The amount to plan with: what binds, else the headline where admitted, else an assumption.
  private func chosenAmount(_ deal: Deal, _ reading: Reading) -> Chosen? {
    let headline = policy == .binding ? nil : reading.headline
    if let amount = reading.binding ?? headline {
      return Chosen(
        footing: reading.binding == nil ? .headline : .binding,
        amount: rates.estimate(amount.range),
        currency: amount.range.currency,
        trust: amount.trust,
        evidence: evidence(amount)
      )
    }
    guard let assumed = assumptions["amount:" + deal.id], let currency = Currency(assumed.unit),
      let low = StrictDecimal(assumed.low)?.scaled(by: currency.minorDigits),
      let high = StrictDecimal(assumed.high)?.scaled(by: currency.minorDigits),
      let range = AmountRange(low: low, high: high, currency: currency)
    else { return nil }
    return Chosen(
      footing: .headline,
      amount: rates.estimate(range),
      currency: currency,
      trust: .analysis,
      evidence: [.assumption(assumed.id)] + rates.evidence(currency)
    )
  }

  /// What was said of the deal in currencies without a rate, which enters no sum.
  private func unrated(_ deal: Deal, _ reading: Reading) -> [Unrated] {
    let amounts =
      reading.payments.map(\.amount)
      + [reading.drawn, reading.binding, reading.headline].compactMap(\.self)
    var seen: Set<String> = []
    return amounts.filter { rates.estimate($0.range) == nil && seen.insert($0.claim).inserted }
      .map { Unrated(evidence: .claim($0.claim), subject: .deal(deal.id), amount: $0.range) }
  }

  /// The claim that gives `amount`, and the facts behind the rate it is converted at.
  private func evidence(_ amount: Reading.Amount) -> [Evidence] {
    [.claim(amount.claim)] + rates.evidence(amount.range.currency)
  }

  /// The term of a reading, with what the book assumes where nobody said.
  private func term(of deal: Deal, _ reading: Reading) -> (term: Reading.Term, evidence: [Evidence])
  {
    var term = reading.term
    var evidence: [Evidence] = []
    if term.start == nil, let assumed = assumptions["start:" + deal.id] {
      term.start = PartialDate(assumed.low)
      evidence.append(.assumption(assumed.id))
    }
    if term.end == nil, let assumed = assumptions["end:" + deal.id] {
      term.end = PartialDate(assumed.high)
      evidence.append(.assumption(assumed.id))
    }
    return (term, evidence)
  }

  private func dated(_ amount: Reading.Amount, _ period: Period) -> DatedAmount? {
    rates.estimate(amount.range).map {
      DatedAmount(
        period: period,
        amount: $0,
        trust: amount.trust,
        evidence: evidence(amount),
        isAtLeast: amount.range.high == nil
      )
    }
  }
}

/// Over which days an amount is spread, and how.
private struct Spread {
  private let parts: [(period: Period, weight: Double)]

  /// The spread of a term; `nil` where the term does not say enough.
  ///
  /// Money for goods and services runs over the term. A loan is paid out at its start, and its end
  /// is when it falls due; equity with a start and no end is paid in then, once it is firm.
  init?(kind: Deal.Kind, isFirm: Bool, term: Reading.Term) {
    let isLending = [.loan, .facility, .convertible].contains(kind)
    let isOneOff = isLending || (isFirm && [.equity, .grant].contains(kind) && term.end == nil)
    switch term.schedule ?? (isOneOff ? .atStart : .even) {
    case .atStart:
      guard let start = term.start else { return nil }
      parts = [(Period(start), 1)]
    case .atEnd:
      guard let end = term.end else { return nil }
      parts = [(Period(end), 1)]
    case .even:
      guard let whole = term.period else { return nil }
      parts = [(whole, 1)]
    case .backLoaded:
      guard let whole = term.period else { return nil }
      let months = whole.months.compactMap {
        Period(first: $0.first, last: $0.last)?.intersection(whole)
      }
      let total = Double(months.count * months.count)
      parts = months.enumerated().map { ($1, Double(2 * $0 + 1) / total) }
    case .instalments(let instalments):
      let total = instalments.reduce(0) { $0 + Double($1.minorUnits) }
      guard total > 0 else { return nil }
      parts = instalments.map { (Period($0.due), Double($0.minorUnits) / total) }
    }
  }

  func laid(_ amount: Estimate, evidence: [Evidence], _ trust: Trust) -> [DatedAmount] {
    parts.map { period, weight in
      DatedAmount(
        period: period,
        amount: amount.scaled(by: weight),
        trust: trust,
        evidence: evidence
      )
    }
  }
}

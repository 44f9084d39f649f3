internal import Tables

/// Reads the claims of one deal in order, and keeps what stands and what contests it.
///
/// Aspects are independent: the status may rest on a filing while the amount rests on the press.
struct Resolver {
  private let tellers: TellerFilter
  private let bearings: Bearings

  init(tellers: TellerFilter) {
    self.tellers = tellers
    bearings = Bearings(claims: tellers.claims)
  }

  /// Reads the claims of one deal.
  ///
  /// - Parameters:
  ///   - deal: The deal.
  ///   - claims: What is heard of it, in the order it became known.
  ///   - replaced: What each superseded claim was superseded by, be it said of another deal.
  /// - Returns: The deal as it stands; `nil` where none of its claims counts.
  func resolve(_ deal: Deal, claims: [Claim], replaced: [String: String]) -> DealView? {
    let counting = claims.filter { replaced[$0.id] == nil }
    guard !counting.isEmpty else { return nil }
    var account = Account(bearings: bearings)
    for claim in counting {
      account.hear(
        claim,
        teller: tellers.teller(claim.teller, claim.source),
        trust: tellers.trust(of: claim, in: deal)
      )
    }
    let (readings, disputes) = account.readings()
    return DealView(
      deal: deal,
      readings: readings,
      disputes: disputes,
      claims: counting,
      superseded: claims.compactMap { claim in replaced[claim.id].map { (claim, $0) } }
    )
  }
}

/// Which way claims speak, those too that are not heard: a denial heard alone still knows what it
/// denies.
private struct Bearings: Sendable {
  let claims: [String: Claim]

  /// Whether `claim` says that its deal runs, or does not; `nil` where it speaks of neither.
  ///
  /// A denial of a way out means that the deal runs; a denial of anything else, that it does not; a
  /// denial of an amount says nothing of it.
  func saysInForce(_ claim: Claim) -> Bool? {
    var denials: [Claim] = []
    var last = Optional(claim)
    while let next = last, next.isDenial {
      denials.append(next)
      last = next.about.flatMap { claims[$0] }
    }
    var isInForce = last.flatMap { claim in
      claim.status.map { !$0.isWayOut || ($0 == .novated && claim.newPayer != nil) }
    }
    var deniesAmount = last?.amount != nil
    for denial in denials.reversed() {
      isInForce = isInForce.map { !$0 } ?? (denial.status == .denied && !deniesAmount ? false : nil)
      deniesAmount = denial.amount != nil
    }
    return isInForce
  }

  /// The claim whose amount `claim` denies without another, where that says nothing else.
  func deniedAmount(_ claim: Claim) -> Claim? {
    guard claim.isDenial, claim.amount == nil, let about = claim.about.flatMap({ claims[$0] }),
      about.amount != nil, saysInForce(about) == nil
    else { return nil }
    return about
  }
}

extension Claim {
  /// Whether it says only that another, or the deal, is not so: naming another amount, it says more.
  fileprivate var isDenial: Bool {
    status == .denied || (status == nil && says == .deny && amount == nil)
  }

  /// Whether it says only that another is so: such a claim never lowers an amount.
  fileprivate var onlyConfirms: Bool { says == .confirm && amount == nil }
}

extension Claim {
  /// The days a payment was made on, none later than the day on which it was told where only a month or a year
  /// is named.
  fileprivate var periodPaid: Period? {
    guard let period, let end else { return period }
    let isWithin = end.first <= reported.last && reported.last < end.last
    guard isWithin, period.first <= reported.last else { return period }
    return Period(first: period.first, last: reported.last)
  }
}

extension Pen {
  /// Whether it speaks of what was.
  fileprivate var isFirm: Bool { self == .stated }
}

/// When a deal was signed: the day that somebody states, of the most trusted first, else the first day on which a
/// claim that counts has it signed or further.
///
/// One that only confirms another moves nothing to a later day.
private struct Signing {
  private(set) var day: Day?
  private(set) var claim: String?
  private var trust: Trust?

  mutating func hear(_ said: Claim, _ trust: Trust) {
    guard trust != .rumour, !said.onlyConfirms || said.signed != nil else { return }
    if let signed = said.signed {
      if let known = self.trust, trust < known { return }
      (day, claim, self.trust) = (signed.first, said.id, trust)
    } else if self.trust == nil, let status = said.status, status.isBinding || status == .novated,
      !said.isDenial
    {
      if let day, day <= said.reported.first { return }
      (day, claim) = (said.reported.first, said.id)
    }
  }
}

/// What a claim says of whether the arrangement runs.
private struct ResolvedAspects: Sendable {
  let status: Claim.Status
  var newPayer: String?
  /// The first day on which the new payer pays.
  var newPayerFrom: Day?
  let isInForce: Bool

  private var rank: Int {
    switch status {
    case .rumoured: 0
    case .announced: 1
    case .intended: 2
    case .signed: 3
    case .active, .novated: 4
    default: 5
    }
  }

  static func compare(_ old: ResolvedAspects, _ new: ResolvedAspects) -> Comparison {
    guard old.isInForce == new.isInForce else { return .contradicts }
    if !old.isInForce { return .agrees }
    if let old = old.newPayer, let new = new.newPayer, old != new { return .contradicts }
    let isNovated = old.newPayer == nil && new.newPayer != nil
    return new.rank > old.rank || isNovated ? .advances : .agrees
  }
}

/// An amount that somebody denied without naming another.
private struct BareDenial: Sendable {
  let denied: String
  let level: Claim.Level
  let period: Period?
  let by: String
  let teller: String
}

/// All aspects of one deal while its claims are read.
private struct Account {
  private let bearings: Bearings
  private var status = Aspect<ResolvedAspects>()
  private var lastInForce: ResolvedAspects?
  private var amounts: [Claim.Level: Aspect<Reading.Amount>] = [:]
  private var conditional = Aspect<Reading.Amount>()
  private var balances: [Day: Aspect<Reading.Amount>] = [:]
  private var signing = Signing()
  private var condition: Claim.Condition?
  private var payments: [Period: Aspect<Reading.Amount>] = [:]
  private var term = Aspect<Reading.Term>()
  private var bareDenials: [BareDenial] = []
  private var evidence: [String] = []

  init(bearings: Bearings) { self.bearings = bearings }

  mutating func hear(_ claim: Claim, teller: String, trust: Trust) {
    evidence.append(claim.id)
    signing.hear(claim, trust)
    hearCondition(claim, trust)
    func heard<Value>(_ value: Value) -> Heard<Value> {
      Heard(
        value: value,
        claim: claim.id,
        teller: teller,
        trust: trust,
        confidence: claim.confidence?.double ?? 1,
        reported: claim.reported.last
      )
    }
    let isChange = claim.says == .amend || claim.says == .novate
    if let standing = standing(of: claim, trust) {
      status.hear(
        heard(standing),
        isChange: isChange,
        isDenial: claim.says == .deny || claim.status == .denied,
        comparing: ResolvedAspects.compare
      )
      if let value = status.standing?.value, value.isInForce { lastInForce = value }
    }
    if trust != .rumour, let denied = bearings.deniedAmount(claim), let level = denied.level {
      bareDenials.append(
        BareDenial(
          denied: denied.id,
          level: level,
          period: level == .paid ? denied.period : nil,
          by: claim.id,
          teller: teller
        )
      )
    }
    hearAmount(claim, trust, isChange: isChange, heard)
    hearTerm(claim, isChange: isChange, heard)
  }

  /// What `claim` says of the status: a deal that runs after all is as far as it was, and whoever
  /// took it over still pays.
  private func standing(of claim: Claim, _ trust: Trust) -> ResolvedAspects? {
    guard let isInForce = bearings.saysInForce(claim) else { return nil }
    guard isInForce else {
      return ResolvedAspects(
        status: claim.isDenial ? .denied : claim.status ?? .denied,
        isInForce: false
      )
    }
    guard !claim.isDenial, let status = claim.status else {
      return lastInForce ?? ResolvedAspects(status: .announced, isInForce: true)
    }
    // What binds while nobody says how far the deal has come binds after a confirmation too.
    if claim.onlyConfirms, self.status.standing == nil, !status.isBinding, status != .novated {
      return nil
    }
    let from = claim.start?.first ?? claim.reported.first
    return ResolvedAspects(
      status: trust == .rumour ? .rumoured : status,
      newPayer: claim.newPayer ?? lastInForce?.newPayer,
      newPayerFrom: claim.newPayer == nil ? lastInForce?.newPayerFrom : from,
      isInForce: true
    )
  }

  private mutating func hearAmount(
    _ claim: Claim,
    _ trust: Trust,
    isChange: Bool,
    _ heard: (Reading.Amount) -> Heard<Reading.Amount>
  ) {
    guard let range = claim.amount, let level = claim.level, claim.status != .denied else { return }
    let day = level == .drawn ? claim.end?.last ?? claim.reported.last : claim.reported.last
    let period = level == .paid ? claim.periodPaid : nil
    let amount = heard(
      Reading.Amount(
        range: range,
        claim: claim.id,
        day: day,
        trust: trust,
        pen: Pen(claim.pen, told: claim.reported.last, of: period?.last ?? claim.reported.last),
        condition: claim.condition
      )
    )
    if level == .drawn { hearBalance(amount, claim, isChange: isChange) }
    let isConditional = level == .binding && claim.condition != nil
    var aspect =
      isConditional ? conditional : (period.map { payments[$0] } ?? amounts[level]) ?? Aspect()
    aspect.hear(amount, isChange: isChange, isDenial: claim.says == .deny) { old, new in
      if level == .paid, new.pen.isFirm != old.pen.isFirm {
        return new.pen.isFirm ? .advances : .precedes
      }
      if level == .drawn, new.day != old.day { return new.day > old.day ? .advances : .precedes }
      if isChange, new.range != old.range { return .contradicts }
      if old.range.contradicts(new.range) { return .contradicts }
      return new.range.isNarrower(than: old.range) ? .narrows : .agrees
    }
    if isChange, aspect.standing?.claim == claim.id { aspect.forgetContested() }
    if isConditional {
      conditional = aspect
    } else if let period {
      payments[period] = aspect
    } else {
      amounts[level] = aspect
    }
    bareDenials.removeAll {
      $0.level == level && $0.period == period
        && ($0.teller == amount.teller || (trust == .filing && claim.says != .deny))
    }
  }

  /// A condition on all of it, until somebody has it running without.
  private mutating func hearCondition(_ claim: Claim, _ trust: Trust) {
    guard trust != .rumour else { return }
    if let stated = claim.condition, claim.amount == nil { condition = stated }
    if claim.condition == nil, claim.status == .active || claim.status == .completed {
      condition = nil
    }
  }

  /// A balance contradicts another of its own day only.
  private mutating func hearBalance(_ amount: Heard<Reading.Amount>, _ claim: Claim, isChange: Bool)
  {
    balances[amount.value.day, default: Aspect()]
      .hear(amount, isChange: isChange, isDenial: claim.says == .deny) { old, new in
        if old.range.contradicts(new.range) { return .contradicts }
        return new.range.isNarrower(than: old.range) ? .narrows : .agrees
      }
  }

  private mutating func hearTerm(
    _ claim: Claim,
    isChange: Bool,
    _ heard: (Reading.Term) -> Heard<Reading.Term>
  ) {
    guard claim.level != .paid, claim.level != .drawn, claim.status?.isWayOut != true,
      claim.newPayer == nil,
      claim.start != nil || claim.end != nil || claim.schedule != nil
    else { return }
    let old = term.standing?.value
    let filled = Reading.Term(
      start: isChange ? claim.start ?? old?.start : exacter(claim.start, old?.start),
      end: isChange ? claim.end ?? old?.end : exacter(claim.end, old?.end),
      schedule: claim.schedule ?? old?.schedule
    )
    guard filled.start == nil || filled.end == nil || filled.period != nil else { return }
    term.hear(heard(filled), isChange: isChange) { old, new in
      if isApart(old.start, new.start) || isApart(old.end, new.end) { return .contradicts }
      return new == old ? .agrees : new.fillsIn(old) ? .advances : .narrows
    }
    if isChange, term.standing?.claim == claim.id { term.forgetContested() }
  }

  /// The standing reading, and one more for each contested aspect.
  func readings() -> (readings: [Reading], disputes: [Dispute]) {
    var readings = [standingReading()]
    var disputes: [Dispute] = []
    func contest<Value>(
      _ aspect: Aspect<Value>,
      _ name: Dispute.Aspect,
      _ change: (inout Reading, Value) -> Void
    ) {
      for other in aspect.contested {
        guard let standing = aspect.standing else { continue }
        var reading = readings[0]
        change(&reading, other.value)
        disputes.append(
          Dispute(
            aspect: name,
            standing: standing.claim,
            contesting: other.claim,
            reading: readings.count
          )
        )
        readings.append(reading)
      }
    }
    contest(status, .status) { $0.take($1) }
    for (level, name) in [
      (Claim.Level.headline, Dispute.Aspect.headline), (.binding, .binding), (.drawn, .drawn),
    ] {
      guard let aspect = amounts[level] else { continue }
      contest(aspect, name) { $0.take($1, at: level) }
    }
    contest(conditional, .binding) { $0.conditional = $1 }
    for (period, aspect) in sortedPayments {
      contest(aspect, .paid) { $0.take($1, in: period) }
    }
    contest(term, .term) { $0.term = $1 }
    for denial in bareDenials {
      guard let aspect = Dispute.Aspect(rawValue: denial.level.rawValue) else { continue }
      let standing = (denial.period.map { payments[$0] } ?? amounts[denial.level])?.standing
      disputes.append(
        Dispute(
          aspect: aspect,
          standing: standing?.claim ?? denial.denied,
          contesting: denial.by,
          reading: nil
        )
      )
    }
    return (readings, disputes)
  }

  private var sortedPayments: [(key: Period, value: Aspect<Reading.Amount>)] {
    payments.sorted { ($0.key.first, $0.key.last) < ($1.key.first, $1.key.last) }
  }

  private func standingReading() -> Reading {
    var reading = Reading()
    if let standing = status.standing { reading.take(standing.value) }
    for level in [Claim.Level.headline, .binding, .drawn] {
      if let amount = amounts[level]?.standingAmount { reading.take(amount, at: level) }
    }
    for (period, aspect) in sortedPayments {
      if let amount = aspect.standingAmount { reading.take(amount, in: period) }
    }
    reading.conditional = conditional.standingAmount
    reading.balances = balances.values.compactMap(\.standingAmount).sorted { $0.day < $1.day }
    reading.condition = condition
    (reading.signed, reading.signedBy) = (signing.day, signing.claim)
    if let standing = term.standing { reading.term = standing.value }
    reading.evidence = evidence
    return reading
  }
}

extension Aspect where Value == Reading.Amount {
  /// What stands, with what contests it.
  fileprivate var standingAmount: Reading.Amount? {
    guard let standing else { return nil }
    var amount = standing.value
    amount.contested = contested.filter { $0.trust != .rumour }.map(\.value.range)
    amount.isTied = contested.contains { $0.isTied(with: standing) }
    return amount
  }
}

extension Reading {
  fileprivate mutating func take(_ standing: ResolvedAspects) {
    status = standing.status
    newPayer = standing.newPayer
    newPayerFrom = standing.newPayerFrom
  }

  fileprivate mutating func take(_ amount: Amount, at level: Claim.Level) {
    switch level {
    case .headline: headline = amount
    case .binding: binding = amount
    case .drawn:
      drawn = amount
      balances.removeAll { $0.day == amount.day }
      balances.append(amount)
      balances.sort { $0.day < $1.day }
    case .paid: break
    }
  }

  fileprivate mutating func take(_ amount: Amount, in period: Period) {
    payments.removeAll { $0.period == period }
    payments.append(Payment(period: period, amount: amount))
    payments.sort { ($0.period.first, $0.period.last) < ($1.period.first, $1.period.last) }
  }
}

extension Reading.Term {
  /// Whether it says what `other` leaves untold.
  fileprivate func fillsIn(_ other: Reading.Term) -> Bool {
    (other.start == nil && start != nil) || (other.end == nil && end != nil)
      || (other.schedule == nil && schedule != nil)
  }
}

extension AmountRange {
  /// Whether it leaves less open than `other`, both being of one currency.
  func isNarrower(than other: AmountRange) -> Bool {
    guard currency == other.currency, self != other else { return false }
    let isInside = (other.low ?? 0) <= (low ?? 0) && (high ?? .max) <= (other.high ?? .max)
    return isInside
  }
}

/// Whether two partial dates have no day in common.
private func isApart(_ old: PartialDate?, _ new: PartialDate?) -> Bool {
  guard let old, let new else { return false }
  return old.last < new.first || new.last < old.first
}

/// Of a new date and an old one, the new, unless it only says the old less exactly.
private func exacter(_ new: PartialDate?, _ old: PartialDate?) -> PartialDate? {
  guard let new, let old else { return new ?? old }
  return Period(new).contains(Period(old)) ? old : new
}

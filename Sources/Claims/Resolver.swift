internal import Tables

/// Reads the claims of one deal in order, and keeps what stands and what contests it.
///
/// Aspects are independent: the status may rest on a filing while the amount rests on the press.
struct Resolver {
  let tellers: TellerFilter

  func resolve(_ deal: Deal, claims: [Claim]) -> DealView {
    let replaced = replacements(in: claims)
    let counting = claims.filter { replaced[$0.id] == nil }
    var account = Account()
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

  /// What each superseded claim was superseded by.
  private func replacements(in claims: [Claim]) -> [String: String] {
    var replaced: [String: String] = [:]
    for claim in claims where claim.says == .supersede {
      if let about = claim.about { replaced[about] = claim.id }
    }
    return replaced
  }
}

/// What a claim says of whether the arrangement runs.
private struct Standing: Sendable {
  let status: Claim.Status
  let newPayer: String?
  let isInForce: Bool

  private var rank: Int {
    switch status {
    case .rumoured: 0
    case .announced: 1
    case .intended: 2
    case .signed: 3
    case .active: 4
    default: 5
    }
  }

  static func compare(_ old: Standing, _ new: Standing) -> Comparison {
    guard old.isInForce == new.isInForce else { return .contradicts }
    if !old.isInForce { return .agrees }
    return new.rank > old.rank || new.newPayer != old.newPayer ? .advances : .agrees
  }
}

/// All aspects of one deal while its claims are read.
private struct Account {
  private var status = Aspect<Standing>()
  private var amounts: [Claim.Level: Aspect<Reading.Amount>] = [:]
  private var payments: [Period: Aspect<Reading.Amount>] = [:]
  private var term = Aspect<Reading.Term>()
  private var saysInForce: [String: Bool] = [:]
  private var amountOf: [String: Claim.Level] = [:]
  private var bareDenials: [(denied: String, by: String)] = []
  private var evidence: [String] = []

  mutating func hear(_ claim: Claim, teller: String, trust: Trust) {
    evidence.append(claim.id)
    func heard<Value>(_ value: Value) -> Heard<Value> {
      Heard(
        value: value,
        claim: claim.id,
        teller: teller,
        trust: trust,
        confidence: claim.confidence?.double ?? 1
      )
    }
    let isChange = claim.says == .amend || claim.says == .novate
    if let standing = standing(of: claim, trust) {
      saysInForce[claim.id] = standing.isInForce
      status.hear(
        heard(standing),
        isChange: isChange,
        isDenial: claim.says == .deny,
        comparing: Standing.compare
      )
    }
    hearAmount(claim, trust, isChange: isChange, heard)
    hearTerm(claim, isChange: isChange, heard)
  }

  /// A denial of a way out means that the deal runs; a denial of anything else, that it does not.
  private mutating func standing(of claim: Claim, _ trust: Trust) -> Standing? {
    guard claim.status == .denied || (claim.status == nil && claim.says == .deny) else {
      return claim.status.map {
        Standing(
          status: $0,
          newPayer: claim.newPayer,
          isInForce: !$0.isWayOut || ($0 == .novated && claim.newPayer != nil)
        )
      }
    }
    guard let about = claim.about else {
      return Standing(status: .denied, newPayer: nil, isInForce: false)
    }
    switch saysInForce[about] {
    case false:
      let before = status.standing.map(\.value).flatMap { $0.isInForce ? $0 : nil }
      return before ?? Standing(status: .announced, newPayer: nil, isInForce: true)
    case true:
      return Standing(status: .denied, newPayer: nil, isInForce: false)
    case nil:
      if amountOf[about] != nil, trust != .rumour { bareDenials.append((about, claim.id)) }
      return claim.status == .denied && amountOf[about] == nil
        ? Standing(status: .denied, newPayer: nil, isInForce: false) : nil
    }
  }

  private mutating func hearAmount(
    _ claim: Claim,
    _ trust: Trust,
    isChange: Bool,
    _ heard: (Reading.Amount) -> Heard<Reading.Amount>
  ) {
    guard let range = claim.amount, let level = claim.level, claim.status != .denied else { return }
    amountOf[claim.id] = level
    let day = level == .drawn ? claim.end?.last ?? claim.reported.last : claim.reported.last
    let amount = Reading.Amount(range: range, claim: claim.id, day: day, trust: trust)
    let compare = { (old: Reading.Amount, new: Reading.Amount) -> Comparison in
      if level == .drawn, new.day > old.day { return .advances }
      if isChange, new.range != old.range { return .contradicts }
      if old.range.contradicts(new.range) { return .contradicts }
      return new.range.isNarrower(than: old.range) ? .advances : .agrees
    }
    if level == .paid, let period = claim.period {
      payments[period, default: Aspect()].hear(
        heard(amount),
        isChange: isChange,
        comparing: compare
      )
    } else {
      amounts[level, default: Aspect()].hear(heard(amount), isChange: isChange, comparing: compare)
    }
  }

  private mutating func hearTerm(
    _ claim: Claim,
    isChange: Bool,
    _ heard: (Reading.Term) -> Heard<Reading.Term>
  ) {
    guard claim.level != .paid, claim.level != .drawn, claim.status?.isWayOut != true,
      claim.start != nil || claim.end != nil || claim.schedule != nil
    else { return }
    let old = term.standing?.value
    let filled = Reading.Term(
      start: claim.start ?? old?.start,
      end: claim.end ?? old?.end,
      schedule: claim.schedule ?? old?.schedule
    )
    guard filled.start == nil || filled.end == nil || filled.period != nil else { return }
    term.hear(heard(filled), isChange: isChange) { old, new in
      if isApart(old.start, new.start) || isApart(old.end, new.end) { return .contradicts }
      return new == old ? .agrees : .advances
    }
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
    for (period, aspect) in sortedPayments {
      contest(aspect, .paid) { $0.take($1, in: period) }
    }
    contest(term, .term) { $0.term = $1 }
    for (denied, by) in bareDenials {
      disputes.append(Dispute(aspect: .paid, standing: denied, contesting: by, reading: nil))
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
      if let amount = amounts[level]?.standing { reading.take(amount.value, at: level) }
    }
    for (period, aspect) in sortedPayments {
      if let amount = aspect.standing { reading.take(amount.value, in: period) }
    }
    if let standing = term.standing { reading.term = standing.value }
    reading.evidence = evidence
    return reading
  }
}

extension Reading {
  fileprivate mutating func take(_ standing: Standing) {
    status = standing.status
    newPayer = standing.newPayer
  }

  fileprivate mutating func take(_ amount: Amount, at level: Claim.Level) {
    switch level {
    case .headline: headline = amount
    case .binding: binding = amount
    case .drawn: drawn = amount
    case .paid: break
    }
  }

  fileprivate mutating func take(_ amount: Amount, in period: Period) {
    payments.removeAll { $0.period == period }
    payments.append(Payment(period: period, amount: amount))
    payments.sort { ($0.period.first, $0.period.last) < ($1.period.first, $1.period.last) }
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

/// Money in the order in which it lies in an account: so much, and whether it is of the traced sum.
struct MoneySegment: Equatable {
  var amount: Int64
  var isTraced: Bool
}

/// What an account holds, and how much of it is traced, by a rule.
///
/// Where a payment takes more than there is, the rest is the bank's: an account below zero holds no traced money, and what
/// comes in pays the bank first.
struct TracedAccount {
  private let rule: TracingRule
  private(set) var balance: Int64
  /// Pro rata and by the lowest balance: how much is traced.
  private var mixed: Int64 = 0
  /// First in first out, and last in first out: what came, the oldest first; those before `begin` have left.
  private var segments: [MoneySegment] = []
  private var begin = 0

  init(_ rule: TracingRule, opening: Int64, isTraced: Bool = false) {
    (self.rule, balance) = (rule, opening)
    if opening > 0 { append(MoneySegment(amount: opening, isTraced: isTraced)) }
    if isTraced { mixed = max(0, opening) }
  }

  /// How much of what it holds is traced.
  var traced: Int64 {
    switch rule {
    case .proRata, .lowestBalance: mixed
    case .firstIn, .lastIn: segments[begin...].reduce(0) { $0 + ($1.isTraced ? $1.amount : 0) }
    }
  }

  /// Takes a payment out of the account; what it is made of, in the order in which it is taken.
  mutating func pay(_ amount: Int64) -> [MoneySegment] {
    let own = min(amount, max(0, balance))
    defer { balance -= amount }
    var parts: [MoneySegment] = []
    switch rule {
    case .proRata:
      parts = split(amount, own == 0 ? 0 : nearest(mixed, own, balance))
    case .lowestBalance:
      parts = split(amount, max(0, own - (max(0, balance) - mixed)))
    case .firstIn, .lastIn:
      parts = take(own)
      if amount > own { parts.append(MoneySegment(amount: amount - own, isTraced: false)) }
    }
    return parts
  }

  /// Takes in what a payment is made of.
  ///
  /// - Parameter parts: What it is made of.
  /// - Returns: How much of the traced sum paid the bank what the account was below zero.
  mutating func receive(_ parts: [MoneySegment]) -> Int64 {
    let amount = parts.reduce(0) { $0 + $1.amount }
    let traced = parts.reduce(0) { $0 + ($1.isTraced ? $1.amount : 0) }
    let owed = min(amount, max(0, -balance))
    balance += amount
    switch rule {
    case .proRata:
      let lost = owed == 0 ? 0 : nearest(traced, owed, amount)
      mixed += traced - lost
      return lost
    case .lowestBalance:
      let lost = max(0, owed - (amount - traced))
      mixed += traced - lost
      return lost
    case .firstIn, .lastIn: return append(parts, after: owed)
    }
  }

  /// Adds what is left of `parts` once `owed` has been paid with the first of them.
  private mutating func append(_ parts: [MoneySegment], after owed: Int64) -> Int64 {
    var (owed, lost): (Int64, Int64) = (owed, 0)
    for part in parts {
      let gone = min(owed, part.amount)
      owed -= gone
      if part.isTraced { lost += gone }
      append(MoneySegment(amount: part.amount - gone, isTraced: part.isTraced))
    }
    return lost
  }

  private mutating func append(_ part: MoneySegment) {
    guard part.amount > 0 else { return }
    if begin < segments.count, segments[segments.count - 1].isTraced == part.isTraced {
      segments[segments.count - 1].amount += part.amount
    } else {
      segments.append(part)
    }
  }

  /// Takes from the oldest or from the newest on.
  private mutating func take(_ amount: Int64) -> [MoneySegment] {
    var left = amount
    var parts: [MoneySegment] = []
    while left > 0 {
      let place = rule == .firstIn ? begin : segments.count - 1
      let part = min(left, segments[place].amount)
      parts.append(MoneySegment(amount: part, isTraced: segments[place].isTraced))
      segments[place].amount -= part
      left -= part
      guard segments[place].amount == 0 else { break }
      if rule == .firstIn { begin += 1 } else { segments.removeLast() }
    }
    return parts
  }

  private mutating func split(_ amount: Int64, _ traced: Int64) -> [MoneySegment] {
    mixed -= traced
    return [
      MoneySegment(amount: traced, isTraced: true),
      MoneySegment(amount: amount - traced, isTraced: false),
    ]
    .filter { $0.amount > 0 }
  }
}

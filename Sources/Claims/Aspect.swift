/// One thing said about a deal, with who said it.
struct Heard<Value: Sendable>: Sendable {
  let value: Value
  let claim: String
  let teller: String
  let trust: Trust
  /// The editor's share of belief, 1 where none is given.
  let confidence: Double
  /// The day it became known.
  let reported: Day

  /// Whether nothing says which of the two to believe: same day, same class, believed alike.
  func isTied(with other: Heard) -> Bool {
    reported == other.reported && trust == other.trust && confidence == other.confidence
  }
}

/// How a new account of an aspect compares with the one that stands.
enum Comparison {
  /// It says something else.
  case contradicts
  /// It takes the story further: a later stage, a later day, a term so far untold.
  case advances
  /// It fits, and leaves less open.
  case narrows
  /// It fits, and says nothing new.
  case agrees
  /// It speaks of an earlier day, and says nothing of what stands.
  case precedes
}

/// One aspect of a deal as it stands after each claim, and the accounts that contest it.
///
/// The rules are those of section 2 of `docs/model.md`.
struct Aspect<Value: Sendable>: Sendable {
  private(set) var standing: Heard<Value>?
  private(set) var contested: [Heard<Value>] = []

  /// Takes one more account, in the order in which accounts became known.
  ///
  /// - Parameters:
  ///   - new: The account.
  ///   - isChange: Whether it says that the arrangement itself changed.
  ///   - isDenial: Whether it denies another account.
  ///   - comparing: How the second account compares with the first.
  mutating func hear(
    _ new: Heard<Value>,
    isChange: Bool = false,
    isDenial: Bool = false,
    comparing: (Value, Value) -> Comparison
  ) {
    guard let old = standing else {
      standing = new
      return
    }
    if new.trust == .rumour, old.trust != .rumour { return }
    contested.removeAll { $0.teller == new.teller && $0.trust <= new.trust }
    switch comparing(old.value, new.value) {
    case .agrees:
      if new.trust > old.trust { standing = new }
    case .narrows:
      if new.trust >= old.trust, isCredible(new, against: old) { standing = new }
    case .advances:
      if new.trust >= min(old.trust, .news) { standing = new }
    case .precedes: break
    case .contradicts:
      contradict(old, new, isChange: isChange, isDenial: isDenial)
    }
    settle(by: new, isDenial: isDenial, comparing)
  }

  /// Drops what contests the terms that a change has replaced.
  mutating func forgetContested() { contested = [] }

  /// Whether an account of no higher class is believed nearly as much: a quarter less at most.
  private func isCredible(_ new: Heard<Value>, against old: Heard<Value>) -> Bool {
    new.trust > old.trust || old.confidence - new.confidence < 0.25 + 1e-9
  }

  private mutating func contradict(
    _ old: Heard<Value>,
    _ new: Heard<Value>,
    isChange: Bool,
    isDenial: Bool
  ) {
    if !isChange, !isDenial, new.isTied(with: old) {
      contested.append(new)
      return
    }
    let isAsGood = new.trust >= old.trust && isCredible(new, against: old)
    let overrides = isAsGood || (isChange && new.trust >= .news)
    guard overrides else {
      contested.append(new)
      return
    }
    standing = new
    let othersWord = new.teller != old.teller && (new.trust == old.trust || isDenial)
    if othersWord, !isChange, old.trust != .rumour { contested.append(old) }
  }

  /// A filing or a court paper that bears out what now stands settles what was told before it, unless
  /// it is itself a denial: that opens a dispute.
  private mutating func settle(
    by new: Heard<Value>,
    isDenial: Bool,
    _ comparing: (Value, Value) -> Comparison
  ) {
    guard let standing else { return }
    if new.trust == .filing, !isDenial,
      comparing(standing.value, new.value) != .contradicts
    {
      contested.removeAll { $0.trust < .filing }
    }
    contested.removeAll { comparing(standing.value, $0.value) != .contradicts }
  }
}

internal import Claims

/// An amount of a period, with the amounts of the periods inside it.
///
/// Nodes are made from the inside out. What a whole holds beyond its parts is its *rest*, on the days they leave.
/// Where that cannot be, because the parts come to more than the whole, or leave no day for what they fall short of
/// it, neither is dropped: the sum of the more trusted side stands, of equals that of the parts, the range holds
/// both, and each part bears its share. What is only estimated gives way to better grades without dispute.
struct PeriodNode: Sendable {
  /// A whole and what its parts add up to.
  struct Contradiction: Sendable {
    let whole: DatedAmount
    let parts: Estimate
    let partEvidence: [Evidence]
    let wholeStands: Bool
  }

  let period: Period
  private var amount: Estimate
  private let grade: Grade
  private let trust: Trust
  private var evidence: Set<Evidence>
  private var children: [PeriodNode]
  private let restDays: [Period]
  private var rest: Estimate
  private let restGrade: Grade
  private var restEvidence: Set<Evidence>

  /// Nests `amounts`, of which none cross, each in the smallest that holds it.
  static func nested(
    _ amounts: [DatedAmount],
    signed: Bool
  ) -> (roots: [PeriodNode], contradictions: [Contradiction]) {
    let innermostFirst = amounts.sorted {
      ($0.period.dayCount, $0.period.first) < ($1.period.dayCount, $1.period.first)
    }
    var roots: [PeriodNode] = []
    var contradictions: [Contradiction] = []
    for whole in innermostFirst {
      var parts = roots.filter { whole.period.contains($0.period) }
      if !parts.isEmpty { roots.removeAll { whole.period.contains($0.period) } }
      parts.sort { $0.period.first < $1.period.first }
      roots.append(PeriodNode(whole, parts, signed: signed, &contradictions))
    }
    return (roots.sorted { $0.period.first < $1.period.first }, contradictions)
  }

  private init(
    _ whole: DatedAmount,
    _ parts: [PeriodNode],
    signed: Bool,
    _ contradictions: inout [Contradiction]
  ) {
    (period, amount, grade, trust) = (whole.period, whole.amount, whole.grade, whole.trust)
    evidence = Set(whole.evidence)
    children = parts
    restDays = whole.period.subtracting(parts.map(\.period))
    let sum = parts.reduce(Estimate.zero) { $0 + $1.amount }
    let partEvidence = parts.reduce(into: Set<Evidence>()) { $0.formUnion($1.allEvidence) }
    rest = parts.isEmpty ? whole.amount : whole.amount.less(sum, signed: signed)
    restGrade = parts.reduce(whole.grade) { max($0, $1.worst) }
    restEvidence = evidence.union(partEvidence)
    guard
      let clash = Clash(whole, sum, hasParts: !parts.isEmpty, hasRoom: !restDays.isEmpty, signed)
    else {
      if !parts.isEmpty { meet(sum, partEvidence, isSigned: signed) }
      return
    }
    rest = .zero
    if !whole.grade.isKnown, parts.contains(where: { $0.worst < whole.grade }) {
      amount = sum
      evidence = partEvidence
      return
    }
    reconcile(whole, sum, partEvidence, clash, signed, &contradictions)
  }

  /// Holds the whole to what its parts allow: no less than they come to, and no more where they leave it no day.
  private mutating func meet(_ sum: Estimate, _ partEvidence: Set<Evidence>, isSigned: Bool) {
    let told = amount
    amount = amount.holding(sum + rest)
    if !isSigned || restDays.isEmpty, sum.low > amount.low {
      amount.low = min(sum.low, amount.point)
    }
    if restDays.isEmpty, !sum.isOpen, amount.isOpen || sum.high < amount.high {
      amount.high = max(sum.high, amount.point)
      amount.isOpen = false
    }
    if amount != told { evidence.formUnion(partEvidence) }
  }

  /// How a whole and the sum of its parts fail to meet.
  private enum Clash {
    case partsExceed, partsFallShort

    /// `nil` where both can be right, but for the rounding of sums.
    init?(
      _ whole: DatedAmount,
      _ sum: Estimate,
      hasParts: Bool,
      hasRoom: Bool,
      _ isSigned: Bool
    ) {
      guard hasParts else { return nil }
      let rounding = 1e-9 * max(whole.amount.high.magnitude, sum.high.magnitude)
      if sum.low > whole.amount.high + rounding, !whole.amount.isOpen, !(isSigned && hasRoom) {
        self = .partsExceed
      } else if !hasRoom, sum.high < whole.amount.low - rounding {
        self = .partsFallShort
      } else {
        return nil
      }
    }
  }

  /// Widens whole and parts until they hold both sums; parts known as "at least" give way without dispute.
  private mutating func reconcile(
    _ whole: DatedAmount,
    _ sum: Estimate,
    _ partEvidence: Set<Evidence>,
    _ clash: Clash,
    _ isSigned: Bool,
    _ contradictions: inout [Contradiction]
  ) {
    let isOpen = clash == .partsFallShort && sum.isOpen
    let isBetter = children.allSatisfy { whole.grade < $0.grade }
    let wholeStands = isOpen || isBetter || children.allSatisfy { $0.trust < whole.trust }
    if !isOpen {
      contradictions.append(
        Contradiction(
          whole: whole,
          parts: sum,
          partEvidence: partEvidence.sorted(),
          wholeStands: wholeStands
        )
      )
    }
    let target = Estimate(
      low: min(sum.low, whole.amount.low),
      point: wholeStands ? whole.amount.point : sum.point,
      high: max(sum.high, whole.amount.high),
      hasPoint: wholeStands ? whole.amount.hasPoint : sum.hasPoint,
      isOpen: whole.amount.isOpen
    )
    let days = Double(children.reduce(0) { $0 + $1.period.dayCount })
    for index in children.indices {
      let share = Double(children[index].period.dayCount) / days
      children[index].carry(from: sum, to: target, share: share, isSigned: isSigned)
      children[index].addEvidence(whole.evidence)
    }
    amount = target
    evidence.formUnion(partEvidence)
  }

  /// Where the sum of which this is a part becomes another, it and what is in it change alike.
  private mutating func carry(
    from sum: Estimate,
    to target: Estimate,
    share: Double,
    isSigned: Bool
  ) {
    let before = amount
    amount = amount.carried(from: sum, to: target, share: share, isSigned: isSigned)
    let days = Double(period.dayCount)
    for index in children.indices {
      children[index].carry(
        from: before,
        to: amount,
        share: Double(children[index].period.dayCount) / days,
        isSigned: isSigned
      )
    }
    rest = rest.carried(
      from: before,
      to: amount,
      share: Double(restDays.dayCount) / days,
      isSigned: isSigned
    )
  }

  private mutating func addEvidence(_ more: [Evidence]) {
    evidence.formUnion(more)
    restEvidence.formUnion(more)
    for index in children.indices { children[index].addEvidence(more) }
  }

  private var allEvidence: Set<Evidence> {
    children.reduce(into: evidence.union(restEvidence)) { $0.formUnion($1.allEvidence) }
  }

  /// The worst grade of it or of what is in it.
  private var worst: Grade { children.reduce(grade) { max($0, $1.worst) } }

  /// Whether the whole says at least as well what is in it as its parts do.
  private var speaksForAll: Bool {
    children.allSatisfy { grade <= $0.grade && $0.speaksForAll }
  }

  /// Adds what lies on the `asked` days.
  func add(to slice: inout GradedSlice, _ asked: [Period]) {
    let inside = [period].dayCount(in: asked)
    guard inside > 0 else { return }
    if inside == period.dayCount, speaksForAll {
      let agrees = children.reduce(into: Set<Evidence>()) { $0.formUnion($1.allEvidence) }
      slice.take(amount, grade, evidence, agrees: agrees.subtracting(evidence), days: inside)
      return
    }
    for child in children { child.add(to: &slice, asked) }
    slice.take(rest, restGrade, restEvidence, on: restDays, asked: asked)
  }

  /// What lies on days that no part takes, here and in the parts.
  var pieces: [PeriodPiece] {
    guard !restDays.isEmpty else { return children.flatMap(\.pieces) }
    return children.flatMap(\.pieces)
      + [PeriodPiece(days: restDays, amount: rest, grade: restGrade, evidence: restEvidence)]
  }
}

/// An amount that lies on days of its own.
struct PeriodPiece: Sendable {
  let days: [Period]
  let amount: Estimate
  let grade: Grade
  let evidence: Set<Evidence>
}

extension Estimate {
  /// What a whole leaves beyond a part of it; a part keeps its own range.
  fileprivate func less(_ part: Estimate, signed: Bool) -> Estimate {
    let rest = (low - part.low, point - part.point, high - part.high)
    let bounds = [rest.0, rest.1, rest.2].map { signed ? $0 : max(0, $0) }
    let sorted = bounds.sorted()
    return Estimate(
      low: sorted[0],
      point: bounds[1],
      high: sorted[2],
      hasPoint: hasPoint && part.hasPoint,
      isOpen: isOpen
    )
  }

  /// The same, the number worked with being that of its parts and rest, so that they add up to it.
  fileprivate func holding(_ parts: Estimate) -> Estimate {
    var held = self
    held.point = parts.point
    held.hasPoint = hasPoint || parts.hasPoint
    held.low = min(low, parts.point)
    held.high = max(high, parts.point)
    return held
  }

  /// A part of `sum` where the sum becomes `target`: in proportion, or by its `share` of the days
  /// where there is nothing to be in proportion to.
  fileprivate func carried(
    from sum: Estimate,
    to target: Estimate,
    share: Double,
    isSigned: Bool
  ) -> Estimate {
    func carried(_ bound: KeyPath<Estimate, Double>) -> Double {
      let (part, from, to) = (self[keyPath: bound], sum[keyPath: bound], target[keyPath: bound])
      if from == to { return part }
      return isSigned || from == 0 ? part + (to - from) * share : part * (to / from)
    }
    let bounds = (carried(\.low), carried(\.point), carried(\.high))
    return Estimate(
      low: min(bounds.0, bounds.1),
      point: bounds.1,
      high: max(bounds.1, bounds.2),
      hasPoint: hasPoint && target.hasPoint,
      isOpen: isOpen
    )
  }
}

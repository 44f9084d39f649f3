internal import Claims

/// Amounts of nested periods as pieces that share no day.
///
/// Periods are taken from the inside out. What a whole holds beyond its parts is a piece of its own, on
/// the days they leave. Where that cannot be, because the parts come to more than the whole, or leave no
/// day for what they fall short of it, neither is dropped: the sum of the more trusted side stands, of
/// equals that of the parts, the range holds both, and each part bears its share.
struct PieceLayout: Sendable {
  /// Days with an amount spread evenly over them.
  struct Piece: Sendable {
    let days: [Period]
    var amount: Estimate
    var evidence: Set<Evidence>
    let trust: Trust
    let isAtLeast: Bool

    var dayCount: Int { days.reduce(0) { $0 + $1.dayCount } }
  }

  /// A whole and what its parts add up to.
  struct Contradiction: Sendable {
    let whole: DatedAmount
    let parts: Estimate
    let partEvidence: [Evidence]
    let wholeStands: Bool
  }

  private(set) var pieces: [Piece] = []
  /// By their wholes, outermost last.
  private(set) var contradictions: [Contradiction] = []

  /// Lays out `amounts`, of which none cross; where they may be `signed`, a rest may be below nothing.
  init(_ amounts: [DatedAmount], signed: Bool) {
    let innermostFirst = amounts.sorted {
      ($0.period.dayCount, $0.period.first) < ($1.period.dayCount, $1.period.first)
    }
    for whole in innermostFirst { lay(whole, signed: signed) }
    pieces.sort { $0.days[0].first < $1.days[0].first }
  }

  private mutating func lay(_ whole: DatedAmount, signed: Bool) {
    let parts = pieces.indices.filter { index in
      pieces[index].days.contains { whole.period.contains($0) }
    }
    let days = whole.period.subtracting(parts.flatMap { pieces[$0].days })
    let sum = parts.reduce(Estimate.zero) { $0 + pieces[$1].amount }
    let clash = parts.isEmpty ? nil : Clash(whole, sum, hasRoom: !days.isEmpty, isSigned: signed)
    if let clash { reconcile(whole, sum, parts, clash, isSigned: signed) }
    guard !days.isEmpty else { return }
    pieces.append(
      Piece(
        days: days,
        amount: clash == nil ? whole.amount.less(sum, signed: signed) : .zero,
        evidence: Set(whole.evidence),
        trust: whole.trust,
        isAtLeast: whole.isAtLeast
      )
    )
  }

  /// How a whole and the sum of its parts fail to meet.
  private enum Clash {
    case partsExceed, partsFallShort

    /// `nil` where both can be right, but for the rounding of sums.
    init?(_ whole: DatedAmount, _ sum: Estimate, hasRoom: Bool, isSigned: Bool) {
      let rounding = 1e-9 * max(whole.amount.high.magnitude, sum.high.magnitude)
      if sum.low > whole.amount.high + rounding, !whole.isAtLeast, !(isSigned && hasRoom) {
        self = .partsExceed
      } else if !hasRoom, sum.high < whole.amount.low - rounding {
        self = .partsFallShort
      } else {
        return nil
      }
    }
  }

  /// Widens the parts until they hold both sums.
  ///
  /// Parts known as "at least" give way without dispute.
  private mutating func reconcile(
    _ whole: DatedAmount,
    _ sum: Estimate,
    _ parts: [Int],
    _ clash: Clash,
    isSigned: Bool
  ) {
    let isOpen = clash == .partsFallShort && parts.contains { pieces[$0].isAtLeast }
    let wholeStands = isOpen || parts.allSatisfy { pieces[$0].trust < whole.trust }
    if !isOpen {
      let evidence = Set(parts.flatMap { pieces[$0].evidence }).sorted()
      contradictions.append(
        Contradiction(
          whole: whole,
          parts: sum,
          partEvidence: evidence,
          wholeStands: wholeStands
        )
      )
    }
    let target = Estimate(
      low: min(sum.low, whole.amount.low),
      point: wholeStands ? whole.amount.point : sum.point,
      high: max(sum.high, whole.amount.high)
    )
    let days = Double(parts.reduce(0) { $0 + pieces[$1].dayCount })
    for index in parts {
      let share = Double(pieces[index].dayCount) / days
      pieces[index].amount = pieces[index].amount.carried(
        from: sum,
        to: target,
        share: share,
        isSigned: isSigned
      )
      pieces[index].evidence.formUnion(whole.evidence)
    }
  }
}

extension Estimate {
  /// What a whole leaves beyond a part of it; a part keeps its own range.
  fileprivate func less(_ part: Estimate, signed: Bool) -> Estimate {
    let rest = (low - part.low, point - part.point, high - part.high)
    let bounds = [rest.0, rest.1, rest.2].map { signed ? $0 : max(0, $0) }
    let sorted = bounds.sorted()
    return Estimate(low: sorted[0], point: bounds[1], high: sorted[2])
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
      high: max(bounds.1, bounds.2)
    )
  }
}

internal import Claims

/// An amount over a period, with what it rests on.
struct DatedAmount: Sendable {
  let period: Period
  var amount: Estimate
  let trust: Trust
  let evidence: [Evidence]
  /// Whether it may be more than its high end says.
  var isAtLeast = false
}

/// Amounts of periods that may lie inside each other, laid on days so that none counts twice.
///
/// A quarter inside a year takes its days out of the year: what the year holds beyond its parts is
/// spread evenly over the days they leave. Of two periods that cross, the more trusted is kept, then
/// the shorter; the other is listed in ``crossing``. Fiscal years so fall on calendar years by days.
/// Parts that cannot add up to their whole keep their shares of it, and the range holds both sums: see
/// ``contradictions(in:)``.
struct PeriodTotals: Sendable {
  /// What lies in a period.
  struct Slice {
    var amount = Estimate.zero
    var days = 0
    var evidence: Set<Evidence> = []
  }

  private let layout: PieceLayout
  /// Periods of which something is known, apart from each other.
  let covered: [Period]
  /// Amounts left out because their period is that of a better one, or crosses it.
  let crossing: [DatedAmount]

  /// Lays `amounts`; where they may be `signed`, what parts leave of a whole may be below nothing.
  init(_ amounts: [DatedAmount], signed: Bool = false) {
    var kept: [DatedAmount] = []
    var crossing: [DatedAmount] = []
    let ranked = amounts.sorted {
      ($1.trust, $0.period.dayCount, $0.period.first) < (
        $0.trust, $1.period.dayCount, $1.period.first
      )
    }
    for amount in ranked {
      if kept.contains(where: {
        $0.period == amount.period || $0.period.crosses(amount.period)
      }) {
        crossing.append(amount)
      } else {
        kept.append(amount)
      }
    }
    self.crossing = crossing
    covered = Self.union(kept.map(\.period))
    layout = PieceLayout(kept, signed: signed)
  }

  /// Wholes and parts that share days with `period` and cannot both be right.
  func contradictions(in period: Period) -> [PieceLayout.Contradiction] {
    layout.contradictions.filter { $0.whole.period.intersection(period) != nil }
  }

  /// What lies in the days up to and with `day`.
  func slice(until day: Day) -> Slice {
    slice(covered.compactMap { Period(first: $0.first, last: min(day, $0.last)) })
  }

  /// What lies in `days`, the amounts of pieces cut by it going by days.
  func slice(_ days: [Period]) -> Slice {
    var slice = Slice()
    for piece in layout.pieces {
      let whole = piece.dayCount
      let inside = piece.days.reduce(0) { sum, part in
        days.reduce(sum) { $0 + ($1.intersection(part)?.dayCount ?? 0) }
      }
      guard inside > 0 else { continue }
      slice.amount += piece.amount.scaled(by: Double(inside) / Double(whole))
      slice.days += inside
      slice.evidence.formUnion(piece.evidence)
    }
    return slice
  }

  private static func union(_ periods: [Period]) -> [Period] {
    var union: [Period] = []
    for period in periods.sorted(by: { ($0.first, $0.last) < ($1.first, $1.last) }) {
      if let last = union.last, period.first.ordinal <= last.last.ordinal + 1,
        let joined = Period(first: last.first, last: max(last.last, period.last))
      {
        union[union.count - 1] = joined
      } else {
        union.append(period)
      }
    }
    return union
  }
}

extension Period {
  /// Whether the two share days and neither contains the other.
  func crosses(_ other: Period) -> Bool {
    intersection(other) != nil && !contains(other) && !other.contains(self)
  }

  /// The days outside each of `others`.
  func subtracting(_ others: [Period]) -> [Period] {
    others.reduce([self]) { left, other in
      left.flatMap { piece -> [Period] in
        guard piece.intersection(other) != nil else { return [piece] }
        return [
          Period(first: piece.first, last: other.first.advanced(by: -1)),
          Period(first: other.last.advanced(by: 1), last: piece.last),
        ].compactMap(\.self)
      }
    }
  }
}

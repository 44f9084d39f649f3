internal import Claims

/// An amount over a period, with what it rests on.
struct DatedAmount: Sendable {
  let period: Period
  var amount: Estimate
  let trust: Trust
  let grade: Grade
  private(set) var evidence: [Evidence]

  /// The same with an end above, which other rows say.
  func bounded(by most: Double, _ rows: [Evidence]) -> DatedAmount {
    var bounded = self
    bounded.amount.high = max(most, amount.point)
    bounded.amount.isOpen = false
    bounded.evidence = Set(evidence).union(rows).sorted()
    return bounded
  }
}

/// Amounts of periods that may lie inside each other, laid on days so that none counts twice.
///
/// A quarter inside a year takes its days out of the year: what the year holds beyond its parts lies on the days they
/// leave. Of two periods that cross, the better graded is kept, then the more trusted, then the shorter; the other is
/// listed in ``crossing``. Parts that cannot add up to their whole keep their shares of it, and the range holds both
/// sums: see ``contradictions(in:)``.
struct PeriodTotals: Sendable {
  private let roots: [PeriodNode]
  /// Periods of which something is known, apart from each other.
  let covered: [Period]
  /// Amounts left out because their period is that of a better one, or crosses it.
  let crossing: [DatedAmount]
  /// The amounts that are kept.
  let kept: [DatedAmount]
  /// Where rows keep other amounts out.
  private let hidden: [Hidden]

  /// Rows without which something else would lie on a period.
  struct Hidden: Sendable {
    let period: Period
    let grade: Grade
    let rows: Set<Evidence>
  }
  private let clashes: [PeriodNode.Contradiction]

  /// Lays `amounts`; where they may be `signed`, what parts leave of a whole may be below nothing.
  init(_ amounts: [DatedAmount], signed: Bool = false, hidden: [Hidden] = []) {
    var kept: [DatedAmount] = []
    var crossing: [DatedAmount] = []
    var hidden = hidden
    for amount in amounts.sorted(by: Self.isBetter) {
      let better = kept.filter {
        $0.period == amount.period || $0.period.crosses(amount.period)
      }
      if better.isEmpty {
        kept.append(amount)
      } else {
        crossing.append(amount)
        let rows = Set(better.flatMap(\.evidence))
        hidden.append(Hidden(period: amount.period, grade: amount.grade, rows: rows))
      }
    }
    (self.kept, self.crossing, self.hidden) = (kept, crossing, hidden)
    covered = kept.map(\.period).union()
    (roots, clashes) = PeriodNode.nested(kept, signed: signed)
  }

  private static func isBetter(_ left: DatedAmount, _ right: DatedAmount) -> Bool {
    if left.grade != right.grade { return left.grade < right.grade }
    return (right.trust, left.period.dayCount, left.period.first, left.period.last)
      < (left.trust, right.period.dayCount, right.period.first, right.period.last)
  }

  /// Wholes and parts that share days with `period` and cannot both be right.
  func contradictions(in period: Period) -> [PeriodNode.Contradiction] {
    clashes.filter { $0.whole.period.intersection(period) != nil }
  }

  /// What lies in the days up to and with `day`.
  func slice(until day: Day) -> GradedSlice {
    slice(covered.compactMap { Period(first: $0.first, last: min(day, $0.last)) })
  }

  /// What lies in `days`; a period cut by them is spread over its own days.
  func slice(_ days: [Period]) -> GradedSlice {
    var slice = GradedSlice()
    for root in roots { root.add(to: &slice, days) }
    for other in hidden where [other.period].dayCount(in: days) > 0 {
      slice.hide(other.grade, other.rows)
    }
    return slice
  }

  /// The pieces that share no day, each with the days it lies on, in their order.
  var pieces: [PeriodPiece] {
    roots.flatMap(\.pieces).sorted { $0.days[0].first < $1.days[0].first }
  }

  /// Whether nothing is stated.
  var isEmpty: Bool { roots.isEmpty }
}

extension [Period] {
  /// The same days as periods apart from each other, in order.
  func union() -> [Period] {
    var union: [Period] = []
    for period in sorted(by: { ($0.first, $0.last) < ($1.first, $1.last) }) {
      if let last = union.last, period.first.ordinal <= last.last.ordinal + 1,
        let joined = Period(first: last.first, last: Swift.max(last.last, period.last))
      {
        union[union.count - 1] = joined
      } else {
        union.append(period)
      }
    }
    return union
  }

  var dayCount: Int { reduce(0) { $0 + $1.dayCount } }

  /// How many days lie in both; the periods of each are apart from each other.
  func dayCount(in other: [Period]) -> Int {
    reduce(0) { sum, part in
      other.reduce(sum) { $0 + ($1.intersection(part)?.dayCount ?? 0) }
    }
  }

  /// The days that lie in both.
  func intersection(_ other: [Period]) -> [Period] {
    flatMap { part in other.compactMap { $0.intersection(part) } }
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

internal import Claims
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A stated total of which some days are asked for and others are not, so that a rule has to say how much lies on
/// which.
///
/// Even is a convention and not knowledge. A draw takes one number for all totals of a source: at 0 everything was
/// paid on the first day of the term, at 1 on the last, at one half evenly; between, what was paid by a share x of the
/// term is xᵏ of the total with k = u / (1 − u).
struct CutTotal: Sendable, Equatable {
  /// The total.
  let total: Estimate
  /// Which of its days are asked for, counted from its first.
  let spans: [Range<Int>]
  /// How many days it has.
  let count: Int
  /// The grade of the total.
  let grade: Grade

  /// The part of the days that is asked for.
  var share: Double { Double(spans.reduce(0) { $0 + $1.count }) / Double(count) }

  /// What lies on the asked days: by days, from nothing to all of it.
  ///
  /// That is a convention already, so that a total
  /// between two bounds above nothing has a point here; a total known by one bound has none.
  var estimate: Estimate {
    Estimate(
      low: min(0, total.low),
      point: total.point * share,
      high: max(0, total.high),
      hasPoint: total.hasPoint || (total.low > 0 && !total.isOpen),
      isOpen: total.isOpen
    )
  }

  /// What lies on the asked days where everything moved as `timing` says, the total at `share` of its range.
  func value(at place: Double?, timing: Double?) -> Double {
    let amount = total.value(at: place)
    guard let timing else { return amount * share }
    if timing <= 0 { return spans.contains { $0.lowerBound == 0 } ? amount : 0 }
    if timing >= 1 { return spans.contains { $0.upperBound == count } ? amount : 0 }
    let power = timing / (1 - timing)
    let moved = { (days: Int) in pow(Double(days) / Double(count), power) }
    return amount * spans.reduce(0) { $0 + moved($1.upperBound) - moved($1.lowerBound) }
  }

  func scaled(by factor: Double) -> CutTotal {
    CutTotal(total: total.scaled(by: factor), spans: spans, count: count, grade: grade)
  }

  /// The part of `total`, which lies evenly on `days`, that lies on `asked`; `nil` where none does, or all.
  init?(_ total: Estimate, _ grade: Grade, on days: [Period], asked: [Period]) {
    var spans: [Range<Int>] = []
    var before = 0
    for part in days {
      for piece in asked.compactMap({ $0.intersection(part) }).sorted(by: { $0.first < $1.first }) {
        let start = before + piece.first.ordinal - part.first.ordinal
        let span = start..<start + piece.dayCount
        if let last = spans.last, last.upperBound == start {
          spans[spans.count - 1] = last.lowerBound..<span.upperBound
        } else {
          spans.append(span)
        }
      }
      before += part.dayCount
    }
    guard !spans.isEmpty, spans != [0..<before] else { return nil }
    self.init(total: total, spans: spans, count: before, grade: grade)
  }

  private init(total: Estimate, spans: [Range<Int>], count: Int, grade: Grade) {
    (self.total, self.spans, self.count, self.grade) = (total, spans, count, grade)
  }
}

/// What lies on some days, by grade.
struct GradedSlice: Sendable {
  /// The money of one grade.
  struct Part: Sendable, Equatable {
    /// What lies wholly on the days.
    var firm = Estimate.zero
    /// What was cut by them.
    var cuts: [CutTotal] = []
    /// The rows that decide.
    var evidence: Set<Evidence> = []
    /// The rows that confirm.
    var agrees: Set<Evidence> = []

    /// How much, with its bounds.
    var amount: Estimate { cuts.reduce(firm) { $0 + $1.estimate } }
  }

  private(set) var parts: [Grade: Part] = [:]
  /// Rows without which other amounts would stand, by the grade of these.
  private(set) var hidden: [Grade: Set<Evidence>] = [:]
  /// The days of which something is known.
  private(set) var days = 0

  /// Everything, of all grades.
  var amount: Estimate { sortedParts.reduce(.zero) { $0 + $1.part.amount } }
  /// Everything, what was cut taken evenly by days and not for all or nothing.
  var evenly: Estimate {
    sortedParts.reduce(.zero) { sum, entry in
      entry.part.cuts.reduce(sum + entry.part.firm) { $0 + $1.total.scaled(by: $1.share) }
    }
  }
  /// The rows that decide.
  var evidence: Set<Evidence> {
    let rows = hidden.values.reduce(into: Set<Evidence>()) { $0.formUnion($1) }
    return parts.values.reduce(into: rows) { $0.formUnion($1.evidence) }
  }
  /// The worst grade of any of it.
  var worst: Grade? { parts.keys.max() }

  /// The parts, the best grade first.
  var sortedParts: [(grade: Grade, part: Part)] {
    parts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The same without what is only estimated, be it cut or not.
  var betterThanEstimated: GradedSlice {
    var better = filtered { $0 < .estimated || $0 == .spread }
    better.hidden[.estimated] = nil
    return better
  }

  /// Only what is estimated, be it cut or not.
  var onlyEstimated: GradedSlice { filtered { $0 == .estimated } }

  /// Only what was told at some grades, whatever cutting made of it.
  private func filtered(_ isKept: (Grade) -> Bool) -> GradedSlice {
    var kept = self
    for (grade, part) in parts {
      var part = part
      part.cuts.removeAll { !isKept($0.grade) }
      if !isKept(grade) { part.firm = .zero }
      let hasFirm = isKept(grade) && (grade != .spread || part.firm != .zero)
      kept.parts[grade] = hasFirm || !part.cuts.isEmpty ? part : nil
    }
    return kept
  }

  /// Notes rows without which something of `grade` would lie on the days.
  mutating func hide(_ grade: Grade, _ rows: Set<Evidence>) {
    guard !rows.isEmpty else { return }
    hidden[grade, default: []].formUnion(rows)
  }

  /// Takes all of an amount that lies on `days` days.
  mutating func take(
    _ amount: Estimate,
    _ grade: Grade,
    _ evidence: Set<Evidence>,
    agrees: Set<Evidence> = [],
    days: Int
  ) {
    self.days += days
    parts[grade, default: Part()].firm += amount
    parts[grade]?.evidence.formUnion(evidence)
    parts[grade]?.agrees.formUnion(agrees)
  }

  /// Takes what lies on the `asked` of the days of an amount: all where they hold them all, else its part, spread.
  mutating func take(
    _ amount: Estimate,
    _ grade: Grade,
    _ evidence: Set<Evidence>,
    on days: [Period],
    asked: [Period]
  ) {
    let inside = days.dayCount(in: asked)
    guard inside > 0 else { return }
    guard let cut = CutTotal(amount, grade, on: days, asked: asked) else {
      return take(amount, grade, evidence, days: inside)
    }
    self.days += inside
    let spread = max(grade, .spread)
    parts[spread, default: Part()].cuts.append(cut)
    parts[spread]?.evidence.formUnion(evidence)
  }

  /// Adds what another slice holds, of the same days or of others.
  mutating func add(_ other: GradedSlice, sameDays: Bool) {
    days = sameDays ? max(days, other.days) : days + other.days
    for (grade, rows) in other.hidden { hide(grade, rows) }
    for (grade, part) in other.parts {
      parts[grade, default: Part()].firm += part.firm
      parts[grade]?.cuts += part.cuts
      parts[grade]?.evidence.formUnion(part.evidence)
      parts[grade]?.agrees.formUnion(part.agrees)
    }
  }
}

package import Claims

/// What a filed figure is of: one day, or a span of days.
package enum FiledPeriod: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// A balance: the end of a day.
  case instant(Day)
  /// What moved in a span of days.
  case duration(Period)

  /// The last day.
  package var last: Day {
    switch self {
    case .instant(let day): day
    case .duration(let period): period.last
    }
  }

  /// The first day; of a balance its day.
  package var first: Day {
    switch self {
    case .instant(let day): day
    case .duration(let period): period.first
    }
  }

  /// Whether it is a balance.
  package var isInstant: Bool {
    if case .instant = self { return true }
    return false
  }

  /// Whether the first lies before the second, by the last day, then the first; a balance before a span.
  package static func < (left: FiledPeriod, right: FiledPeriod) -> Bool {
    (left.last, left.first, left.isInstant ? 0 : 1)
      < (right.last, right.first, right.isInstant ? 0 : 1)
  }

  /// A day, or both ends.
  package var description: String {
    switch self {
    case .instant(let day): day.description
    case .duration(let period): "\(period.first)..\(period.last)"
    }
  }
}

/// How long a span of days is, as companies account: fiscal years of 52 or 53 weeks are years.
enum FiscalLength: Int, Sendable {
  case quarter = 1
  case half, nineMonths, year

  init?(days: Int) {
    switch days {
    case 80...100: self = .quarter
    case 170...195: self = .half
    case 260...285: self = .nineMonths
    case 345...380: self = .year
    default: return nil
    }
  }

  init?(_ period: FiledPeriod) {
    guard case .duration(let span) = period else { return nil }
    self.init(days: span.dayCount)
  }
}

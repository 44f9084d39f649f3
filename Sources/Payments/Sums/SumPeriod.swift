internal import Claims
internal import Columns

/// What sums of payments keep apart.
public enum SumPeriod: String, Sendable, CaseIterable {
  /// Nothing: one sum of all time.
  case all
  case day
  /// From Monday to Sunday.
  case week
  case month
  case quarter
  case year

  /// The first day of the period that a day lies in, both counted from 1970.
  func first(of day: Int) -> Int {
    let month = Month(of: Day(ordinal: day)).index
    switch self {
    case .all: return day
    case .day: return day
    // 1970 began on a Thursday.
    case .week: return day - ((day + 3) % 7 + 7) % 7
    case .month: return Month(index: month).first.ordinal
    case .quarter: return Month(index: month - month % 3).first.ordinal
    case .year: return Month(index: month - month % 12).first.ordinal
    }
  }

  /// The first day of the period after the one that begins on `first`.
  func next(after first: Int) -> Int {
    let month = Month(of: Day(ordinal: first)).index
    switch self {
    case .all, .day: return first + 1
    case .week: return first + 7
    case .month: return Month(index: month + 1).first.ordinal
    case .quarter: return Month(index: month + 3).first.ordinal
    case .year: return Month(index: month + 12).first.ordinal
    }
  }
}

/// Periods by day.
struct PeriodTable: Sendable {
  /// The most periods that sums can keep apart.
  static let most = 1 << 17

  /// The first day of each period, from that of the first payment to that of the last.
  let starts: [Day]
  private let firstDay: Int
  private let periodOfDay: Column<Int32>

  /// The periods of `time`; `nil` where there are more than can be kept apart.
  init?(_ time: Column<Int>, _ period: SumPeriod) {
    guard time.count > 0, period != .all else {
      (starts, firstDay, periodOfDay) = ([], 0, Column(repeating: 0, count: 0))
      return
    }
    var (first, last) = (time.base[0], time.base[0])
    for index in 0..<time.count {
      first = min(first, time.base[index])
      last = max(last, time.base[index])
    }
    let (begin, end) = (Self.day(first), Self.day(last))
    guard period != .day || end - begin < Self.most else { return nil }
    var starts: [Day] = []
    periodOfDay = Column(repeating: 0, count: end - begin + 1)
    var start = period.first(of: begin)
    while start <= end {
      let next = period.next(after: start)
      for day in max(begin, start)...min(end, next - 1) {
        periodOfDay.base[day - begin] = Int32(truncatingIfNeeded: starts.count)
      }
      starts.append(Day(ordinal: start))
      start = next
    }
    guard starts.count <= Self.most else { return nil }
    (self.starts, firstDay) = (starts, begin)
  }

  @inline(__always)
  private static func day(_ time: Int) -> Int {
    time >= 0 ? time / 86_400 : -((86_399 - time) / 86_400)
  }

  /// The position of the period of a payment.
  @inline(__always)
  func period(of time: Int) -> Int32 { periodOfDay.base[Self.day(time) - firstDay] }
}

/// A day of the Gregorian calendar.
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let ordinal: Int

  /// The day that lies `ordinal` days after 1970-01-01.
  public init(ordinal: Int) { self.ordinal = ordinal }

  /// The day `year`-`month`-`day`, or `nil` where the calendar has none.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Self.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    self.init(checkedYear: year, month: month, day: day)
  }

  /// Counts days by the `days_from_civil` of Howard Hinnant: years begin in March, in eras of 400.
  init(checkedYear year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    ordinal = era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month and day of the month.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = ordinal + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// How many days `month` of `year` has.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The day `count` days later.
  public func advanced(by count: Int) -> Day { Day(ordinal: ordinal + count) }

  /// `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = components
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// Orders by time.
  public static func < (left: Day, right: Day) -> Bool { left.ordinal < right.ordinal }
}

/// A calendar month, counted from year 0.
public struct Month: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Twelve times the year, plus the month from 0.
  public let index: Int

  /// The month at `index`.
  public init(index: Int) { self.index = index }

  /// The month that `day` lies in.
  public init(of day: Day) {
    let (year, month, _) = day.components
    index = year * 12 + month - 1
  }

  /// Its first day.
  public var first: Day { Day(checkedYear: index / 12, month: index % 12 + 1, day: 1) }
  /// Its last day.
  public var last: Day { Month(index: index + 1).first.advanced(by: -1) }
  /// `YYYY-MM`.
  public var description: String {
    "\(padded(index / 12, to: 4))-\(padded(index % 12 + 1, to: 2))"
  }
  /// Orders by time.
  public static func < (left: Month, right: Month) -> Bool { left.index < right.index }
}

/// A span of days, both ends inside it.
public struct Period: Sendable, Hashable, CustomStringConvertible {
  /// The first day inside.
  public let first: Day
  /// The last day inside.
  public let last: Day

  /// The days from `first` to `last`; `nil` when `last` comes before `first`.
  public init?(first: Day, last: Day) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// The span a partial date stands for.
  public init(_ date: PartialDate) {
    first = date.first
    last = date.last
  }

  /// Reads a date, or two with `..` between; `nil` for anything else.
  public init?(text: String) {
    guard let dots = text.firstRange(of: "..") else {
      guard let date = PartialDate(text) else { return nil }
      self.init(date)
      return
    }
    guard let first = PartialDate(text[..<dots.lowerBound]),
      let last = PartialDate(text[dots.upperBound...])
    else { return nil }
    self.init(first: first.first, last: last.last)
  }

  /// Days inside.
  public var dayCount: Int { last.ordinal - first.ordinal + 1 }

  /// The days in both, or `nil` when there are none.
  public func intersection(_ other: Period) -> Period? {
    Period(first: max(first, other.first), last: min(last, other.last))
  }

  /// Whether every day of `other` lies inside.
  public func contains(_ other: Period) -> Bool { first <= other.first && other.last <= last }

  /// The same days a year earlier; the 29th of February becomes the 28th.
  public var yearEarlier: Period {
    func earlier(_ day: Day) -> Day {
      let (year, month, number) = day.components
      return Day(year: year - 1, month: month, day: number)
        ?? Day(year: year - 1, month: month, day: 28) ?? day
    }
    return Period(first: earlier(first), last: earlier(last)) ?? self
  }

  /// The months touched, in order.
  public var months: [Month] {
    (Month(of: first).index...Month(of: last).index).map(Month.init(index:))
  }

  /// A year, a month, or both ends.
  public var description: String {
    let (year, month, day) = first.components
    for date in [PartialDate.year(year), .month(year: year, month: month)]
    where date.first == first && date.last == last {
      return date.description
    }
    return day > 0 && first == last ? first.description : "\(first)..\(last)"
  }
}

/// A date of which the day, or the month too, may be unknown: then it stands for the whole range.
public enum PartialDate: Sendable, Hashable, CustomStringConvertible {
  /// A whole year.
  case year(Int)
  /// A whole month.
  case month(year: Int, month: Int)
  /// One day.
  case day(Day)

  /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2]
    guard (1...3).contains(parts.count) else { return nil }
    var numbers: [Int] = []
    for (part, width) in zip(parts, widths) {
      guard part.utf8.count == width, part.utf8.allSatisfy({ (48...57).contains($0) }),
        let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
    guard numbers[0] >= 1, numbers.count < 2 || (1...12).contains(numbers[1]) else { return nil }
    switch numbers.count {
    case 1: self = .year(numbers[0])
    case 2: self = .month(year: numbers[0], month: numbers[1])
    default:
      guard let day = Day(year: numbers[0], month: numbers[1], day: numbers[2]) else { return nil }
      self = .day(day)
    }
  }

  /// The earliest day it can mean.
  public var first: Day {
    switch self {
    case .year(let year): Day(checkedYear: year, month: 1, day: 1)
    case .month(let year, let month): Day(checkedYear: year, month: month, day: 1)
    case .day(let day): day
    }
  }

  /// The latest day it can mean.
  public var last: Day {
    switch self {
    case .year(let year): Day(checkedYear: year, month: 12, day: 31)
    case .month(let year, let month):
      Day(checkedYear: year, month: month, day: Day.length(ofMonth: month, year: year))
    case .day(let day): day
    }
  }

  /// As it is written in a book.
  public var description: String {
    switch self {
    case .year(let year): padded(year, to: 4)
    case .month(let year, let month): "\(padded(year, to: 4))-\(padded(month, to: 2))"
    case .day(let day): day.description
    }
  }
}

/// `number` with zeros before it up to `width` digits.
private func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

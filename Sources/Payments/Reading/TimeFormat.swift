private import Claims
internal import Columns

/// What times that are bare numbers are: seconds, or the digits of a day.
public enum TimeFormat: String, Sendable, CaseIterable {
  case seconds
  case yearMonthDay = "YYYYMMDD"
  case dayMonthYear = "DDMMYYYY"
  case monthDayYear = "MMDDYYYY"
  case shortYearMonthDay = "YYMMDD"
  case dayMonthShortYear = "DDMMYY"
  case monthDayShortYear = "MMDDYY"

  /// How many digits a day has; one fewer where a nought in front was lost.
  private var digitCount: Int { rawValue.utf8.count }

  /// The first second of the day that `cell` names; a short year is one of 1970 to 2069.
  func firstSecond(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
    guard cell.count == digitCount || cell.count == digitCount - 1 else { return nil }
    var number = 0
    for byte in cell {
      guard byte >= 48, byte <= 57 else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return day(number).map { $0.ordinal * 86_400 }
  }

  private func day(_ number: Int) -> Day? {
    let short = { (year: Int) in year < 70 ? 2000 + year : 1900 + year }
    let (low, middle) = (number % 100, number / 100 % 100)
    switch self {
    case .seconds: return nil
    case .yearMonthDay: return Day(year: number / 10_000, month: middle, day: low)
    case .dayMonthYear:
      return Day(year: number % 10_000, month: number / 10_000 % 100, day: number / 1_000_000)
    case .monthDayYear:
      return Day(year: number % 10_000, month: number / 1_000_000, day: number / 10_000 % 100)
    case .shortYearMonthDay: return Day(year: short(number / 10_000), month: middle, day: low)
    case .dayMonthShortYear: return Day(year: short(low), month: middle, day: number / 10_000)
    case .monthDayShortYear: return Day(year: short(low), month: number / 10_000, day: middle)
    }
  }

  /// Whether a column's number can be meant as a day of 1900 to 2099 in this form.
  private func fits(_ number: Int) -> Bool {
    let least = digitCount == 8 ? 1_000_000 : 10_000
    guard number >= least, number < least * 100, let day = day(number) else { return false }
    return (-25_567...47_481).contains(day.ordinal)
  }

  /// The forms in which most of these numbers are days, so that they may not be taken for seconds.
  ///
  /// - Complexity: O(*n*) where most are small; else as many as tell that they are not.
  static func likely(_ numbers: some RandomAccessCollection<Int>) -> [TimeFormat] {
    var counts = [Int](repeating: 0, count: allCases.count)
    var large = 0
    for number in numbers {
      guard 10_000..<100_000_000 ~= number else {
        large += 1
        if 2 * large > numbers.count { return [] }
        continue
      }
      for (form, format) in allCases.enumerated() where format.fits(number) {
        counts[form] += 1
      }
    }
    return zip(allCases, counts).filter { 2 * $1 > numbers.count }.map(\.0)
  }
}

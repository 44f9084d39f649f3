/// A day of the Gregorian calendar, as charts place it on an axis.
package struct ChartDay: Sendable, Hashable, Comparable {
  /// Days since 1 January 1970; negative before.
  package let number: Int

  /// A day by its distance from 1 January 1970.
  ///
  /// - Parameter number: Days since then; kept within the years 1 to 9999.
  package init(number: Int) { self.number = min(max(number, -719_162), 2_932_896) }

  /// A day by its date; `nil` where there is no such day.
  ///
  /// - Parameters:
  ///   - year: The year, 1 to 9999.
  ///   - month: The month, 1 to 12.
  ///   - day: The day of the month.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let count = dayNumber(year, month, day)
    guard date(count) == (year, month, day) else { return nil }
    number = count
  }

  /// A day as `2025-03-06`; `nil` for anything else.
  ///
  /// - Parameter text: The text.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.allSatisfy { (0x30...0x39).contains($0) }
        ? Int(String(decoding: part, as: UTF8.self)) : nil
    }
    guard numbers.count == 3, parts.map(\.count) == [4, 2, 2] else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// Whether the one day is before the other.
  package static func < (left: ChartDay, right: ChartDay) -> Bool { left.number < right.number }

  /// Its year.
  package var year: Int { date(number).year }
  /// Its month, 1 to 12.
  package var month: Int { date(number).month }
  /// Its day of the month.
  package var day: Int { date(number).day }

  /// As `2025-03-06`.
  package var text: String {
    let (year, month, day) = date(number)
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// The first day of the month that begins so many months after this day's.
  func firstOfMonth(after months: Int = 0) -> ChartDay {
    let (year, month, _) = date(number)
    let count = year * 12 + month - 1 + months
    return ChartDay(number: dayNumber(count / 12, count % 12 + 1, 1))
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(width - digits.count, 0)) + digits
}

/// Days since 1 January 1970, counted in years that begin in March.
private func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func date(_ number: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = number + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let day = shifted - era * 146_097
  let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
  let dayOfYear = day - (365 * year + year / 4 - year / 100)
  let month = (5 * dayOfYear + 2) / 153
  let civilMonth = month < 10 ? month + 3 : month - 9
  return (
    year + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth,
    dayOfYear - (153 * month + 2) / 5 + 1
  )
}

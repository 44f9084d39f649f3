import Claims
import TestKit
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017),
    (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896), (2026, 11, 24, 20_781),
  ])
  func daysAreCountedFrom1970(year: Int, month: Int, day: Int, ordinal: Int) throws {
    let found = try #require(Day(year: year, month: month, day: day))
    #expect(found.ordinal == ordinal)
    #expect(found.components == (year, month, day))
  }

  @Test(arguments: [
    (2023, 2, 29), (1900, 2, 29), (2100, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 13, 1),
    (2024, 0, 1), (2024, 1, 0), (2024, 1, 32), (0, 1, 1), (10_000, 1, 1),
  ])
  func noSuchDay(year: Int, month: Int, day: Int) {
    #expect(Day(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [(2024, 29), (2023, 28), (2000, 29), (1900, 28), (2400, 29)])
  func februaries(year: Int, days: Int) { #expect(Day.length(ofMonth: 2, year: year) == days) }

  /// Every day of 400 years, after which the calendar repeats, and the days around both ends.
  @Test(arguments: [-719_162 ... -718_000, 0...146_097, 2_932_000...2_932_896])
  func everyDayReadsItselfBackAndFollowsTheOneBefore(ordinals: ClosedRange<Int>) throws {
    var before = Day(ordinal: ordinals.lowerBound)
    for ordinal in ordinals.dropFirst() {
      let day = Day(ordinal: ordinal)
      let (year, month, number) = day.components
      try #require(Day(year: year, month: month, day: number) == day)
      try #require(number == before.components.day + 1 || number == 1)
      try #require(before < day)
      before = day
    }
  }

  @Test func aDayIsWrittenAsItIsRead() {
    for ordinal in stride(from: -719_162, through: 2_932_896, by: 997) {
      let day = Day(ordinal: ordinal)
      #expect(PartialDate(day.description) == .day(day))
    }
  }
}

@Suite struct PartialDateTests {
  @Test(arguments: [
    ("2025", "2025-01-01", "2025-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"), ("2025-12", "2025-12-01", "2025-12-31"),
    ("2025-03-10", "2025-03-10", "2025-03-10"), ("0001", "0001-01-01", "0001-12-31"),
  ])
  func aPartialDateIsARange(text: String, first: String, last: String) throws {
    let date = try #require(PartialDate(text))
    #expect(date.first.description == first)
    #expect(date.last.description == last)
    #expect(date.description == text)
  }

  @Test(arguments: [
    "", "-", "25", "0000", "02025", "2025-", "2025-1", "2025-00", "2025-13", "2025-02-29",
    "2025-1-1", "2025-01-01-01", "2025/01/01", " 2025", "2025 ", "2025-01-01T00:00", "٢٠٢٥",
    "+025", "-025", "20２5", "2025–01", "2025-０1",
  ])
  func notADate(text: String) { #expect(PartialDate(text) == nil) }
}

@Suite struct PeriodTests {
  @Test func bothEndsAreInside() {
    #expect(days("2024").dayCount == 366)
    #expect(days("2024-02-29").dayCount == 1)
    #expect(Period(first: day("2025-01-02"), last: day("2025-01-01")) == nil)
  }

  @Test(arguments: [
    ("2025", "2025-03", "2025-03"), ("2024-07..2025-06", "2025", "2025-01-01..2025-06-30"),
    ("2025-01-01..2025-01-31", "2025", "2025-01"),
  ])
  func sharedDays(one: String, other: String, shared: String) throws {
    let both = try #require(span(one).intersection(span(other)))
    #expect(both.description == shared)
    #expect(span(other).intersection(span(one)) == both)
  }

  @Test func apartAndInside() {
    #expect(span("2024").intersection(span("2025")) == nil)
    #expect(span("2025").contains(span("2025-12-31")))
    #expect(!span("2025").contains(span("2025-12..2026-01")))
    let months = span("2025-11..2026-02").months.map(\.description)
    #expect(months == ["2025-11", "2025-12", "2026-01", "2026-02"])
  }

  @Test func monthsGoRound() {
    for index in stride(from: 12, to: 12 * 9999, by: 7) {
      let month = Month(index: index)
      #expect(Month(of: month.first) == month && Month(of: month.last) == month)
      #expect(month.last.advanced(by: 1) == Month(index: index + 1).first)
    }
  }

  private func span(_ text: String) -> Period {
    let ends = text.split(separator: ".").map(String.init)
    return days(ends[0], ends[ends.count - 1])
  }
}

import Drawing
import Foundation
import TestKit
import Testing

@Suite struct ChartDayTests {
  @Test func everyDayOfFourCenturiesHasItsDate() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for number in stride(from: -80_000, through: 80_000, by: 37) {
      let day = ChartDay(number: number)
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      #expect(parts.year == day.year && parts.month == day.month && parts.day == day.day)
      #expect(ChartDay(day.text) == day)
    }
  }

  @Test(arguments: [
    "", "2025", "2025-02-29", "2025-13-01", "2025-3-01", "2025-03-00", "2025-03-32", "0000-01-01",
    "+025-03-01", "2025-03-01 ", "2025-03-01-", "２０２５-03-01", "2025/03/01",
  ])
  func noSuchDay(text: String) {
    #expect(ChartDay(text) == nil)
  }

  @Test func theEndsOfTime() {
    #expect(ChartDay(number: .min).text == "0001-01-01")
    #expect(ChartDay(number: .max).text == "9999-12-31")
    #expect(ChartDay("2024-02-29")?.number == 19_782)
  }
}

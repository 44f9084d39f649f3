import Books
import Claims
import Foundation
import TestKit
import Testing

@testable import Web

/// Periods as people name them, and an address in plain dates for each.
@Suite struct SpokenPeriodTests {
  private static func plain(_ period: String) throws -> String? {
    let contents = try BookFile.open(packageRoot.appending(path: "Examples/ai-economy").path)
      .contents
    return try SpokenPeriod.plain(
      Target("/flows?period=\(Target.encoded(period))&policy=binding"),
      contents
    )
  }

  @Test(arguments: [
    ("2025Q3", "2025-07-01..2025-09-30"), ("2025-q1", "2025-01-01..2025-03-31"),
    ("2024H2", "2024-07-01..2024-12-31"), ("FY2025:nvidia", "2024-01-29..2025-01-26"),
    ("FY2025:NVDA", "2024-01-29..2025-01-26"),
  ])
  func named(spoken: String, days: String) throws {
    #expect(try Self.plain(spoken) == "/flows?period=\(days)&policy=binding")
  }

  @Test(arguments: ["2025", "2025-03", "2025-07..2026-06", "2025Q5", "2025H0", "last year", ""])
  func plainOrNone(period: String) throws {
    #expect(try Self.plain(period) == nil)
  }

  @Test(arguments: ["FY2025:nobody at all", "FY1999:nvidia"])
  func unknown(period: String) throws {
    let refusal = #expect(throws: Refusal.self) { try Self.plain(period) }
    #expect(refusal?.status == 422)
  }
}

import Claims
import TestKit

@testable import Projection

/// Three companies and what they owe each other, small enough to follow on paper.
enum SmallEconomy {
  static let story = Story(
    """
    party acme
    party bolt
    party corp
    party lenders market
    fact acme cash 100 in 2025-12-31
    fact bolt cash 10 in 2025-12-31
    fact corp cash 10 in 2025-12-31
    fact acme revenue 1800 in 2025-01-01..2025-12-31
    fact bolt revenue 60 in 2025-01-01..2025-12-31
    fact corp revenue 24 in 2025-01-01..2025-12-31
    fact acme costs 600 in 2025-01-01..2025-12-31
    fact bolt costs 24 in 2025-01-01..2025-12-31
    fact corp costs 12 in 2025-01-01..2025-12-31
    fact acme capex 0 in 2025-01-01..2025-12-31
    fact bolt capex 0 in 2025-01-01..2025-12-31
    fact corp capex 0 in 2025-01-01..2025-12-31
    deal acme > bolt purchase
    c1 filing 2025 signed binding 1200 in 2026-01..2026-12
    deal bolt > corp purchase
    c2 filing 2025 signed binding 1200 in 2026-01..2026-12
    deal corp > acme option
    c3 filing 2025 signed binding 120 in 2026-01..2026-12
    """
  )

  static func view() throws -> View { try story.view("2025-12-31") }

  static func scenario(_ text: String) throws -> Scenario {
    try ScenarioReader(view()).scenario("name: test\n" + text, file: "s.yaml") { _ in nil }
  }

  static func plan(_ text: String = "", months: Int = 12) throws -> ProjectionPlan {
    try ProjectionPlan(view(), scenario(text), months: months)
  }
}

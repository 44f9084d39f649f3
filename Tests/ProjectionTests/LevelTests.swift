import Claims
import TestKit
import Testing

@testable import Projection

/// At which level business begins, and what a scenario may do to deals that have ended: worked on paper.
@Suite struct LevelTests {
  private static let acme = """
    party acme
    fact acme cash 100 in 2025-12-31 reported=2026-01-10
    fact acme costs 1200 in 2025-01-01..2025-12-31 reported=2026-01-10
    fact acme capex 0 in 2025-01-01..2025-12-31 reported=2026-01-10
    fact acme revenue 1200 in 2025-01-01..2025-12-31 reported=2026-01-10
    """

  private func plan(_ story: String, on day: String = "2026-01-31") throws -> ProjectionPlan {
    try ProjectionPlan(Story(story).view(day), Scenario(), months: 3)
  }

  private func receipts(_ plan: ProjectionPlan, _ months: Range<Int>) throws -> Double {
    let run = MonteCarlo(plan, seed: 1, threads: 1, paths: 1)
    return try run.samples(of: [.receipts(party: "acme", months: months)], paths: 1)[0][0]
  }

  /// A year of 1,200 is 100 a month; 400 in the 92 days of the last quarter are 4.348 a day against 3.288 of the year.
  @Test func businessGoesOnAtTheLastReportedLevel() throws {
    #expect(try receipts(plan(Self.acme), 0..<3) == 300)
    let quarter = "\nfact acme revenue 400 in 2025-10-01..2025-12-31 reported=2026-01-10"
    let plan = try plan(Self.acme + quarter)
    #expect(try receipts(plan, 0..<1) == 132.25)
    let assumption = try #require(plan.assumptions.first { $0.words.hasPrefix("sales at") })
    #expect(assumption.subject == "acme" && assumption.evidence.count == 1)
  }

  /// In the weeks before companies report on a year, the one before is the base.
  @Test func theBaseYearIsTheOneThatIsKnown() throws {
    let before = Self.acme.replacing("2025", with: "2024").replacing("2026", with: "2025")
    #expect(try plan(before).base == Period(.year(2024)))
    #expect(try plan(Self.acme).base == Period(.year(2025)))
  }

  @Test func aShockOnWhatHasEndedIsNamed() throws {
    let story = Story(
      Self.acme + """

        party bolt
        deal bolt > acme purchase
        c1 filing 2025-06 signed binding 1200 in 2026-01..2026-12
        c2 filing 2026-01-20 withdrawn
        """
    )
    let view = try story.view("2026-01-31")
    let scenario = try ScenarioReader(view)
      .scenario("name: t\nshocks: [{withdraw: bolt-acme}]", file: "s") { _ in nil }
    let missing = ProjectionPlan(view, scenario, months: 3).missing
    #expect(
      missing.contains {
        $0.party == "scenario" && $0.figures[0].hasSuffix("withdrawn in the book")
      }
    )
  }
}

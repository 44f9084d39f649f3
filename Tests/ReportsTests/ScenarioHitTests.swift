import Claims
import Projection
import TestKit
import Testing

@testable import Reports

/// Who is hit by what happens: worked on paper.
@Suite struct ScenarioHitTests {
  /// Acme buys for 100 a month of Bolt, which sells 5 a month outside and owes Corp 100 a month; what Dale pays Corp
  /// nobody says.
  private static let story = Story(
    """
    party acme
    party bolt
    party corp
    party dale
    fact acme cash 5000 in 2025-12-31
    fact bolt cash 10 in 2025-12-31
    fact bolt revenue 60 in 2025-01-01..2025-12-31
    fact bolt costs 0 in 2025-01-01..2025-12-31
    fact bolt capex 0 in 2025-01-01..2025-12-31
    deal acme > bolt purchase
    c1 filing 2025 signed binding 1200 in 2026-01..2026-12
    deal bolt > corp purchase
    c2 filing 2025 signed binding 1200 in 2026-01..2026-12
    deal dale > corp purchase
    c3 filing 2025 signed
    """
  )

  private static let loss = 1260 - 1200.0 * 31 / 365 - 10

  private func hits(
    _ shocks: String,
    while goesOn: (Int) -> Bool = { _ in true }
  ) throws -> [ScenarioHit] {
    let view = try Self.story.view("2025-12-31")
    let scenario = try ScenarioReader(view).scenario("name: t\n" + shocks, file: "s") { _ in nil }
    let plan = ProjectionPlan(view, scenario, months: 12)
    return try ScenarioHit.all(of: plan, paths: 20, seed: 1, threads: 1, while: goesOn)
  }

  /// Without it Bolt takes in 1,200, by the day, and 5 a month.
  ///
  /// Acme leaves in February: of its own Bolt has 10 and 5 a
  /// month, cannot pay Corp, fails, and takes in nothing more: what is left of 1,260 are January's 31 of 365 days, and
  /// 10. Nothing is left to chance.
  @Test func whatIsLostWhateverComes() throws {
    let hits = try hits("shocks: [{withdraw: [acme-bolt, dale-corp], on: 2026-02}]")
    let bolt = try #require(hits.first { $0.party == "bolt" })
    #expect(abs(bolt.sales.forced - Self.loss) < 0.01 && bolt.sales.atRisk == 0)
    #expect(bolt.canFail && bolt.unknown.isEmpty)
    let corp = try #require(hits.first { $0.party == "corp" })
    #expect(corp.unpaid.forced > 0 && corp.unpaid.atRisk == 0)
    #expect(corp.unknown.map(\.deal) == ["dale-corp"] && !corp.canFail)
    let words = ScenarioHit.lines(hits, paths: 20, PartyNames(try Self.story.view("2025-12-31")))
    #expect(words.contains("What nobody can know"))
  }

  /// What happens on half of the paths is at risk, and on none forced.
  @Test func whatOnlyChanceBringsIsAtRisk() throws {
    let hits = try hits("shocks: [{withdraw: acme-bolt, on: 2026-02, chance: 50%}]")
    let bolt = try #require(hits.first { $0.party == "bolt" })
    #expect(bolt.sales.forced == 0 && abs(bolt.sales.atRisk - Self.loss) < 0.01)
  }

  @Test func whereNothingHappensNobodyIsHit() throws {
    #expect(try hits("").isEmpty)
  }

  @Test func aRunThatIsToldToStopStops() throws {
    #expect(throws: ProjectionError.stopped) {
      try hits("shocks: [{withdraw: acme-bolt, on: 2026-02}]") { _ in false }
    }
  }
}

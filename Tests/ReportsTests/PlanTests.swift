import Claims
import Reports
import TestKit
import Testing

/// What a company said it would spend beside what it spent, every telling kept: worked on paper.
@Suite struct PlanTests {
  /// Acme plans 80 for its fiscal year, says so again, is told by an analyst to plan 70, corrects its next plan from 35
  /// to 50, and spends 20 and 44 in the halves of the first.
  private static let story = Story(
    """
    party acme
    fact acme plan 80 in 2024-07-01..2025-06-30 part=capex reported=2025-01-03 teller=acme id=p1
    fact acme plan 80~ in 2024-07-01..2025-06-30 part=capex reported=2025-03-20 teller=acme says=confirm about=p1 id=p2
    fact acme plan 35 in 2025-07-01..2026-06-30 part=capex reported=2025-07-30 teller=acme id=p3
    fact acme plan 50 in 2025-07-01..2026-06-30 part=capex reported=2025-10-30 teller=acme says=supersede about=p3 id=p4
    fact acme capex 20 in 2024-07-01..2024-12-31 id=a1 reported=2025-01-30
    fact acme capex 44 in 2025-01-01..2025-06-30 id=a2 reported=2025-07-30
    fact acme capex 15 in 2025-07-01..2025-09-30 id=a3 reported=2025-10-30
    fact acme market-value-change -600 in 2025-01-27 id=m1 reported=2025-01-27
    fact acme market-value-change -560 in 2025-01-27 id=m2 reported=2025-01-28 says=deny about=m1
    """
  )

  private func plans(asOf day: String) throws -> [PlanLine] {
    PlanLine.all(of: try Self.story.view(day)) { _, _ in true }
  }

  @Test func everyTellingStandsBesideWhatWasSpent() throws {
    let plan = try #require(plans(asOf: "2025-12-31").first)
    #expect(plan.tellings.map(\.id) == ["p1", "p2"])
    #expect(plan.tellings.map(\.value) == ["$80", "at least $80"])
    #expect(plan.isOver)
    #expect(plan.outcome?.low == 64 && plan.outcome?.high == 64)
    #expect(plan.outcome?.coverage == 1)
    #expect(plan.outcome?.evidence == ["a1", "a2"])
  }

  /// A plan that was corrected is still a telling; a quarter of 92 days of 365 is told so far.
  @Test func aCorrectedPlanStaysAndARunningOneSaysHowMuchIsTold() throws {
    let plan = try #require(plans(asOf: "2025-12-31").last)
    #expect(plan.tellings.map(\.id) == ["p3", "p4"])
    #expect(!plan.isOver)
    #expect(plan.outcome?.low == 15)
    #expect(plan.outcome?.coverage == 92.0 / 365)
    let view = try Self.story.view("2025-12-31")
    let party = try #require(PartyReport("acme", in: economy(view).known))
    let text = party.text(PartyNames(view))
    #expect(
      text.contains(
        "capex, 2025-07-01..2026-06-30: it came to $15 so far, told for 25 % of its days  [a3]"
      )
    )
  }

  /// Nothing told after the day is there, neither plan nor spending.
  @Test func asKnownBefore() throws {
    let plan = try #require(plans(asOf: "2025-01-10").first)
    #expect(plan.tellings.map(\.id) == ["p1"])
    #expect(plan.outcome == nil)
    #expect(try plans(asOf: "2025-01-10").count == 1)
  }

  private func economy(_ view: View) -> Economy {
    Economy(view, Question(view: view.request, period: Period(.year(2025)), samples: 2))
  }

  @Test func theReportTellsBoth() throws {
    let view = try Self.story.view("2025-03-31")
    let report = try EconomyReport(
      economy(view),
      book: (name: "paper", head: "0123456789", version: "0")
    )
    let text = report.text(PartyNames(view))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "Acme: capex 2024-07-01..2025-06-30 planned at $80 (2025-01-03), last told as at least $80 (2025-03-20); it came to $20 so far, told for 50 % of its days"
      )
    )
    #expect(words.contains("lost $560 – $600 of market value on 2025-01-27, as 2 tell it [m1 m2]"))
  }
}

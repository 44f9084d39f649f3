import Claims
import Networks
import TestKit
import Testing

@testable import Reports

/// A sum followed through a book: worked on paper.
@Suite struct TrailTests {
  /// In 2025 Acme pays Bolt 40, Bolt pays Acme 10 and Cog 10 of the 40 it takes in, and keeps 20; in 2026 Bolt pays Acme 5
  /// more out of what it kept.
  private static let story = Story(
    """
    party acme
    party bolt
    party cog
    party staff households
    deal acme > bolt equity
    c1 filing 2026-01 completed paid 40 in 2025
    deal bolt > acme purchase
    c2 filing 2026-01 completed paid 10 in 2025
    c4 filing 2027-01 completed paid 5 in 2026
    deal bolt > cog purchase
    c3 filing 2026-01 completed paid 10 in 2025
    deal cog > staff purchase
    c5 filing 2026-01 completed paid 10 in 2025
    """
  )

  private func trail(_ period: String, _ amount: Double? = nil) throws -> TrailReport {
    let view = try Self.story.view("2027-06-30")
    let question = Question(view: view.request, period: Period(text: period), completion: .none)
    return try TrailReport(from: "acme", to: "bolt", amount, question, of: view, by: .year)
  }

  /// Of each dollar at Bolt a quarter comes home, a quarter goes to Cog and on to staff, and half stays.
  @Test func aYear() throws {
    let trail = try trail("2025")
    #expect(trail.amount == 40 && trail.paid?.evidence == ["c1"])
    let step = try #require(trail.steps.first)
    #expect(trail.steps.count == 1 && step.period == "2025")
    #expect(abs(step.home - 10) < 1e-9)
    let whole = step.home + step.left + step.untold + step.holders.reduce(0) { $0 + $1.amount }
    #expect(abs(whole - 40) < 1e-9)
  }

  /// What Bolt keeps goes on in the next year.
  @Test func theNextYear() throws {
    let trail = try trail("2025..2026", 8)
    #expect(trail.steps.map(\.period) == ["2025", "2026"])
    #expect(abs(trail.steps[0].home - 2) < 1e-9)
    #expect(trail.steps[1].home >= trail.steps[0].home)
    for step in trail.steps {
      let whole = step.home + step.left + step.untold + step.holders.reduce(0) { $0 + $1.amount }
      #expect(abs(whole - 8) < 1e-9)
    }
    let words = trail.text(PartyNames(try Self.story.view("2027-06-30")))
    #expect(words.contains("back with Acme"))
  }

  @Test func whatCannotBeFollowedIsRefused() throws {
    #expect(throws: TrailError.nothingPaid(payer: "acme", payee: "bolt", period: "1999")) {
      try trail("1999")
    }
    let view = try Self.story.view("2027-06-30")
    let question = Question(view: view.request, period: Period(.year(2025)))
    #expect(throws: TrailError.same("acme")) {
      try TrailReport(from: "acme", to: "acme", 1, question, of: view, by: .year)
    }
  }
}

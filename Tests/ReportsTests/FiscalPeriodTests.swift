import Claims
import Reports
import TestKit
import Testing

/// Fiscal years and quarters as the figures of a book have them, and figures ready to paste: worked on paper.
@Suite struct FiscalPeriodTests {
  /// Acme's years end in June; one analyst counts by the calendar.
  ///
  /// Bolt has no whole year.
  private static let story = Story(
    """
    party acme
    party bolt
    fact acme revenue 80 in 2023-07-01..2024-06-30
    fact acme costs 60 in 2023-07-01..2024-06-30
    fact acme revenue 90 in 2024-01-01..2024-12-31
    fact acme revenue 100 in 2024-07-01..2025-06-30
    fact acme capex 20 in 2024-10-01..2024-12-31
    fact bolt revenue 5 in 2024-01-01..2024-03-31
    deal acme > bolt purchase
    c1 gazette 2025-07 completed paid 7 in 2024-07-01..2025-06-30
    """
  )

  private func days(_ words: String, of party: String) throws -> String {
    let view = try Self.story.view("2026-06-30")
    return try #require(FiscalPeriod(words)).days(of: party, in: view).description
  }

  @Test func yearsBearTheNumberOfTheYearInWhichTheyEnd() throws {
    #expect(try days("FY2024:acme", of: "acme") == "2023-07-01..2024-06-30")
    #expect(try days("fy2025:acme", of: "acme") == "2024-07-01..2025-06-30")
  }

  @Test func quartersAreThoseTheBookHas() throws {
    #expect(try days("FY2025Q2:acme", of: "acme") == "2024-10-01..2024-12-31")
  }

  @Test(arguments: [
    ("FY2031:acme", "acme", "no figure of FY2031 of acme; it has FY2024, FY2025"),
    (
      "FY2025Q3:acme", "acme",
      "no figure of the 3. quarter of FY2025 of acme; the year is 2024-07-01..2025-06-30"
    ),
    ("FY2024:bolt", "bolt", "no figure of a whole year of bolt; write --period as two dates"),
  ])
  func whatIsMissingIsSaid(words: String, party: String, reason: String) {
    #expect {
      try days(words, of: party)
    } throws: { error in
      "\(error)".lowercased().contains(reason.lowercased())
    }
  }

  @Test(arguments: [
    "FY25:acme", "FY2025", "FY2025Q5:acme", "FY2025Q:acme", "2025:acme", "FYabcd:acme",
  ])
  func otherWordsAreNoFiscalPeriod(words: String) { #expect(FiscalPeriod(words) == nil) }

  @Test func aFigureReadyToPaste() throws {
    let view = try Self.story.view("2026-06-30")
    let period = try #require(FiscalPeriod("FY2025:acme")).days(of: "acme", in: view)
    let question = Question(view: view.request, period: period, samples: 2)
    let book = (name: "paper", head: "0123456789", version: "0")
    let names = PartyNames(view)
    let footing = Economy.footing(question, of: view)
    let cited = CiteReport("acme", "bolt", in: footing, book: book, names)
    #expect(
      cited.sentences == ["Acme paid Bolt $7 in 2024-07-01..2025-06-30, as the press has it."]
    )
    #expect(cited.rows.map(\.id) == ["c1"])
    #expect(cited.rows.first?.publisher == "The gazette")
    #expect(
      cited.text(names).contains("Taken from the book paper, 0123456789, as known on 2026-06-30")
    )
    let none = CiteReport("bolt", "acme", in: footing, book: book, names)
    #expect(
      none.sentences == ["Nothing is known of what Bolt pays Acme in 2024-07-01..2025-06-30."]
    )
  }
}

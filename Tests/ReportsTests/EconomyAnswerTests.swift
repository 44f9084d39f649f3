import Claims
import Reports
import TestKit
import Testing

/// The answer in sentences, over time, and on being asked for rows and for what is missing: worked on paper.
@Suite struct EconomyAnswerTests {
  /// In 2025 acme, a lab, takes 30 from buyers and 4 from bolt, and pays bolt 10; bolt borrows 6.
  ///
  /// In 2024 acme paid bolt 5, and nothing came back.
  private static let story = Story(
    """
    party acme identifiers=role:lab
    party bolt identifiers=role:neocloud
    party cog
    party lenders market
    party buyers households
    deal acme > bolt purchase
    c5 filing 2024-12-20 active paid 5 in 2024
    c1 filing 2026-01 completed paid 10 in 2025
    deal bolt > acme equity
    c2 filing 2026-01 completed paid 4 in 2025
    deal lenders > bolt loan
    c3 filing 2026-01 completed paid 6 in 2025
    deal buyers > acme purchase
    c4 filing 2026-01 completed paid 30 in 2025
    deal cog > acme purchase
    c6 herald 2026-01 announced
    """
  )

  private func economy() throws -> Economy {
    let view = try Self.story.view("2026-06-30")
    return Economy(view, Question(view: view.request, period: Period(.year(2025)), samples: 5))
  }

  private func report() throws -> EconomyReport {
    try EconomyReport(economy(), book: (name: "paper", head: "0123456789", version: "0"))
  }

  /// 4 of the 10 come back: 8 of 14 dollars lie on the loop; two companies can be rewired no other way.
  @Test func sharesStandBesideLastYearAndChance() throws {
    let known = try #require(report()[.known])
    #expect(abs(known.share - 8.0 / 14) < 1e-12)
    #expect(known.lastYear?.high == 0)
    #expect(known.atRandom == known.share)
  }

  /// Of what acme takes in, a = (30 + 4b) / 34 began with buyers, and of what bolt takes in, b = 10a / 16: a = 20/21,
  /// b = 25/42.
  @Test func realDollars() throws {
    let real = try report().realDollars
    let sector = try #require(real["sector"]?.direct)
    #expect(real["sector"]?.entered == 36)
    #expect(abs(sector.buyers - 30.0 / 36) < 1e-12)
    #expect(abs(sector.funders - 6.0 / 36) < 1e-12)
    #expect(abs((real["lab"]?.lookedThrough?.buyers ?? 0) - 20.0 / 21) < 1e-9)
    #expect(abs((real["neocloud"]?.lookedThrough?.buyers ?? 0) - 25.0 / 42) < 1e-9)
    #expect(real["chips"] == nil)
  }

  @Test func sentences() throws {
    let view = try Self.story.view("2026-06-30")
    let words = try report().answerWords(PartyNames(view))
    #expect(
      words.first
        == "In 2025 these companies are known to have paid one another $14. Of it $4 went from Acme to "
        + "Bolt and back: 57 cents of each dollar lie on such a loop; none did in 2024, and 57 cents "
        + "would if the same companies paid one another at random."
    )
    #expect(words.count == 2)
    #expect(words[1].contains("83 cents of each dollar came from buyers and 17 cents from those"))
  }

  @Test func anEmptyPeriodSaysSo() throws {
    let view = try Self.story.view("2026-06-30")
    let question = Question(view: view.request, period: Period(.year(1999)), samples: 1)
    let report = try EconomyReport(
      Economy(view, question),
      book: (name: "paper", head: "", version: "0")
    )
    #expect(report.answerWords(PartyNames(view)).map { $0.hasPrefix("Nothing is known") } == [true])
  }

  @Test func aTrendIsAsKnownNowAndAsKnownThen() throws {
    let view = try Self.story.view("2026-06-30")
    let period = try #require(Period(text: "2024..2025"))
    let question = Question(view: view.request, period: period, samples: 3)
    let trend = try TrendReport(
      question,
      of: view.contents,
      by: .year,
      book: (name: "paper", head: "0123456789")
    )
    #expect(trend.points.map(\.period) == ["2024", "2025"])
    #expect(trend.points.map { $0.now[.known]?.total } == [5, 14])
    #expect(trend.points.map { $0.then?[.known]?.total } == [5, nil])
    #expect(trend.points[0].then?.asOf == "2024-12-31")
    #expect(trend.text(PartyNames(view)).contains("Acme → Bolt → Acme $4"))
  }

  @Test func aTrendOfNothingSaysSo() throws {
    let view = try Self.story.view("2026-06-30")
    let question = Question(view: view.request, period: Period(.year(1999)), samples: 1)
    let trend = try TrendReport(question, of: view.contents, by: .year, book: (name: "p", head: ""))
    #expect(trend.text(PartyNames(view)).contains("Nothing is known to have moved"))
    #expect(!trend.text(PartyNames(view)).contains("Cents of each dollar"))
  }

  @Test func rowsAreShownWithTheirSources() throws {
    let contents = try Self.story.contents()
    let shown = try ShowReport(["c2", "acme"], in: contents)
    #expect(shown.rows.map(\.table) == ["claims", "parties"])
    #expect(shown.rows[0].source?.publisher == "The filing")
    #expect(shown.rows[0].cells["low"] == "4")
    #expect(shown.rows[1].namedBy == ["acme-bolt", "bolt-acme", "buyers-acme", "cog-acme"])
    let unknown = #expect(throws: ShowReport.UnknownID.self) {
      try ShowReport(["c1", "acne"], in: contents)
    }
    #expect(unknown?.id == "acne")
    #expect(unknown?.nearest == "acme")
  }

  @Test func wordsAreFoundWhereverTheyStand() throws {
    let contents = try Self.story.contents()
    let found = SearchReport("BOLT acme", in: contents, top: 2)
    #expect(found.hits.map(\.id) == ["acme-bolt", "bolt-acme"])
    #expect(found.count == 5)
    #expect(SearchReport("nobody", in: contents, top: 2).count == 0)
    #expect(SearchReport(" ", in: contents, top: 2).count == 0)
  }

  @Test func pathsSayWhatIsMissing() throws {
    let pair = PathReport(["acme", "bolt"], in: try economy())
    #expect(pair.rounds.map(\.amount) == [4])
    let three = PathReport(["acme", "bolt", "cog"], in: try economy())
    #expect(three.rounds.map(\.amount) == [nil, nil])
    #expect(three.rounds[0].missing == [["bolt", "cog"], ["cog", "acme"]])
    let open = try #require(three.hops.first { $0.payer == "cog" && $0.payee == "acme" })
    #expect(open.deals.map(\.id) == ["cog-acme"])
    #expect(open.leftOut["cog-acme"] == "nobody says how much")
  }
}

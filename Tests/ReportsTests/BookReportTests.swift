import Claims
import Networks
import TestKit
import Testing

@testable import Reports

/// Reports of a book of three parties and a market, worked on paper.
///
/// In 2025 lenders put 30 into Acme, which pays Bolt 40; Bolt pays Acme 10 back, and Cog 15.
@Suite struct BookReportTests {
  private static let story = Story(
    """
    party acme
    party bolt
    party cog
    party lenders market
    deal lenders > acme equity
    c1 filing 2026-01 completed paid 30 in 2025
    deal acme > bolt purchase
    c2 filing 2026-01 completed paid 40 in 2025
    deal bolt > acme equity
    c3 gazette 2026-02 completed paid 10 in 2025
    deal bolt > cog purchase
    c4 filing 2026-03 completed paid 15 in 2025
    """
  )

  private let view: View
  private let question: Question
  private let names: PartyNames

  init() throws {
    view = try Self.story.view("2026-06-30")
    question = Question(
      view: view.request,
      period: Period(text: "2025"),
      completion: .none,
      samples: 1
    )
    names = PartyNames(view)
  }

  private var footing: Footing { Economy.footing(question, of: view) }

  private func isNear(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) < 1e-6 } ?? false
  }

  /// Acme and Bolt pay each other 40 and 10: one loop, on which 10 goes round, so 20 in all.
  @Test func loops() throws {
    let report = LoopReport(footing, limit: 100, top: 5)
    #expect(report.count == 1 && report.complete && report.byLength == ["2": 1])
    let loop = try #require(report.loops.first)
    #expect(Set(loop.parties) == ["acme", "bolt"])
    #expect(isNear(loop.bottleneck, 10) && isNear(report.circulation, 20))
    let text = report.text(names)
    #expect(text.contains("Acme") && text.contains("Bolt") && !text.contains("Cog"))
  }

  /// Of Acme's 40, 30 came from lenders and 10 from Bolt, all of whose 40 came from Acme.
  @Test func trace() throws {
    let report = try TraceReport(of: "acme", in: footing, depth: 2, least: 0.01)
    #expect(isNear(report.receipts, 40))
    let shares = Dictionary(uniqueKeysWithValues: report.payers.map { ($0.id, $0) })
    #expect(isNear(shares["lenders"]?.share, 0.75) && isNear(shares["bolt"]?.share, 0.25))
    #expect(shares["bolt"]?.evidence == ["c3"])
    #expect(shares["bolt"]?.payers.map(\.id) == ["acme"])
    #expect(isNear(shares["bolt"]?.payers.first?.share, 1))
  }

  @Test func path() throws {
    let report = PathReport(["acme", "bolt"], in: Economy(view, question))
    #expect(report.hops.map { [$0.payer, $0.payee] } == [["acme", "bolt"], ["bolt", "acme"]])
    #expect(isNear(report.hops[0].moved?.amount, 40) && isNear(report.hops[1].moved?.amount, 10))
    #expect(isNear(report.rounds.first?.amount, 10))
    // Nobody pays lenders, and Cog pays nobody.
    let open = PathReport(["acme", "cog"], in: Economy(view, question))
    #expect(open.hops.allSatisfy { $0.moved == nil })
    #expect(open.rounds.allSatisfy { !$0.missing.isEmpty && $0.amount == nil })
  }

  @Test func party() throws {
    let report = try #require(PartyReport("bolt", in: footing))
    #expect(report.receives.map(\.payer) == ["acme"] && isNear(report.receives.first?.amount, 40))
    #expect(Set(report.pays.map(\.payee)) == ["acme", "cog"])
    #expect(isNear(report.pays.compactMap(\.amount).reduce(0, +), 25))
    #expect(report.deals.count == 3 && report.inside && report.name == "Bolt")
    #expect(PartyReport("nobody", in: footing) == nil)
    #expect(PartyList(view).parties.map(\.inside) == [true, true, true, false])
  }

  @Test func dealsAndFlows() throws {
    let deals = DealsReport(view, DealSelection(parties: ["cog"]))
    #expect(deals.deals.map(\.payer) == ["bolt"] && deals.flows.isEmpty)
    let flows = DealsReport(flowsOf: footing).flows
    #expect(flows.count == 4 && isNear(flows.compactMap(\.amount).reduce(0, +), 95))
    // The press says of one, filings of three.
    let press = flows.filter { $0.grades["press"] != nil }
    #expect(press.map(\.payer) == ["bolt"] && press.map(\.payee) == ["acme"])
  }

  /// By the end of January the two deals of the first filing were told, by the end of June all four.
  @Test func whatChanged() throws {
    let earlier = try Self.story.view("2026-01-31")
    let report = DiffReport(from: earlier, to: view, party: nil, figures: nil)
    let told = report.changes.flatMap { $0.claims.map(\.id) }
    #expect(Set(told) == ["c3", "c4"])
    #expect(report.changes.allSatisfy { $0.before == nil })
    let one = DiffReport(from: earlier, to: view, party: "cog", figures: nil)
    #expect(one.changes.flatMap { $0.claims.map(\.id) } == ["c4"])
  }

  /// A company denies what a paper says of it: both sides stand, and are told.
  @Test func whatIsDisputed() throws {
    let story = Story(
      """
      party acme
      party bolt
      deal acme > bolt purchase
      c1 gazette 2025-03 signed binding 10 in 2025
      c2 gazette/acme 2025-04 denied deny c1
      """
    )
    let view = try story.view("2025-12-31")
    let report = DisputeReport(view)
    let entry = try #require(report.deals.first)
    #expect(report.deals.count == 1 && entry.claims.count == 2)
    #expect(entry.deal.disputed)
    let sides = entry.disputes.flatMap { [$0.standing.claim.id, $0.contesting.claim.id] }
    #expect(Set(sides) == ["c1", "c2"])
    #expect(CheckReport(view).disputes.map(\.id) == [entry.deal.id])
    #expect(DisputeReport(try Self.story.view("2026-06-30")).deals.isEmpty)
  }

  /// Two sources give Bolt 50 and 70 for one year.
  @Test func figuresThatCannotBothBeTrue() throws {
    let story = Story(
      """
      party bolt
      fact bolt revenue 50 in 2025 source=filing
      fact bolt revenue 70 in 2025 source=gazette
      """
    )
    let report = CheckReport(try story.view("2026-06-30"))
    let told = try #require(report.facts.first)
    #expect(report.facts.count == 1 && told.party == "bolt" && told.metric == "revenue")
    #expect(Set(told.accounts.map(\.row)) == ["f1", "f2"])
  }

  /// Bolt's deal of February and the one of August lie in two quarters, and add up to the year's.
  @Test func quarters() throws {
    let story = Story(
      """
      party acme
      party bolt
      deal acme > bolt purchase
      c1 filing 2026-01 completed paid 4 in 2025-02
      deal acme > bolt equity id=shares
      c2 filing 2026-01 completed paid 6 in 2025-08
      """
    )
    let view = try story.view("2026-06-30")
    let question = Question(view: view.request, period: Period(text: "2025"), completion: .none)
    let calendar = FlowCalendar(question, of: view, by: .quarter, parties: [])
    #expect(calendar.periods.count == 4)
    let row = try #require(calendar.rows.first)
    #expect(zip(row.amounts, [4, 0, 6, 0]).allSatisfy { isNear($0, $1) } && isNear(row.total, 10))
    let series = FlowSeries(question, of: view, by: .quarter)
    let amounts = series.flows.map { $0.flow.amount ?? 0 }
    #expect(amounts.count == 2 && isNear(amounts[0], 4) && isNear(amounts[1], 6))
  }

  @Test func rowsAreFoundAndShown() throws {
    let contents = view.contents
    let found = SearchReport("equity", in: contents, top: 1)
    // The two deals that are called so, and the claim about each.
    #expect(found.count == 4 && found.hits.count == 1)
    let shown = try ShowReport(["c3"], in: contents)
    #expect(shown.rows.map(\.table) == ["claims"])
    #expect(shown.rows.first?.cells["low"] == "10")
    #expect(throws: ShowReport.UnknownID(id: "c33", nearest: "c3")) {
      try ShowReport(["c33"], in: contents)
    }
  }

  @Test func aFigureIsCited() throws {
    let book = (name: "story", head: "0123456789abcdef", version: "1")
    let report = CiteReport("acme", "bolt", in: footing, book: book, names)
    #expect(report.rows.map(\.id) == ["c2"])
    #expect(report.sentences.joined().contains("Acme"))
    #expect(report.text(names).contains("story"))
  }
}

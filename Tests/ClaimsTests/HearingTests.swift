import Claims
import TestKit
import Testing

/// Which claims count: by day and by teller.
@Suite struct HearingTests {
  private static let story = Story(
    """
    party acme
    party acme-labs parent=acme
    party bolt
    deal acme > bolt purchase
    c1 gazette 2025-03 announced headline 10
    c2 gazette/Jane_Doe 2025-04-02 intended
    c3 gazette/acme-labs 2025-04-03 signed
    c4 statement 2025-04-04 active
    c5 analyst 2025-04-05 completed
    c6 herald/unnamed_people 2025-04-06 rumoured
    fact bolt revenue 5 in 2025 source=data reported=2026-02
    """
  )

  @Test(arguments: [
    ("2025-03-30", 0), ("2025-03-31", 1), ("2025-04-01", 1), ("2025-04-02", 2), ("2025-04-06", 6),
  ])
  func aPartialDateIsKnownFromItsLastDay(as day: String, count: Int) throws {
    #expect(try Self.story.view(day).deals.first?.claims.count ?? 0 == count)
  }

  @Test func factsAreHeardByDayToo() throws {
    #expect(try Self.story.view("2026-02-27").facts.isEmpty)
    #expect(try Self.story.view("2026-02-28").facts.map(\.id) == ["f1"])
  }

  @Test(arguments: [
    (["gazette"], ["c1", "c2", "c3"]), (["The Gazette"], ["c1", "c2", "c3"]),
    (["the GAZETTE"], ["c1", "c2", "c3"]), (["jane doe"], ["c2"]), (["acme-labs"], ["c3"]),
    (["Acme-labs"], ["c3"]), (["unnamed people"], ["c6"]),
    (["analyst", "Jane Doe"], ["c2", "c5"]),
    (["companies"], ["c3", "c4"]), (["press"], ["c1", "c2", "c5", "c6"]),
    (["press", "companies"], ["c1", "c2", "c3", "c4", "c5", "c6"]),
  ])
  func toldBy(tellers: [String], claims: [String]) throws {
    let view = try Self.story.view(toldBy: tellers)
    #expect(view.deals.first?.claims.map(\.id) == claims)
  }

  @Test func aDealNobodyAskedForSpeaksOfIsNotThere() throws {
    #expect(try Self.story.view(toldBy: ["The data"]).deals.isEmpty)
    #expect(try Self.story.view(toldBy: ["The data"]).facts.count == 1)
  }

  @Test func anUnknownTellerIsRefusedWithNamesNearIt() {
    #expect(throws: ViewError.unknownTeller(name: "Gazete", near: ["gazette", "the gazette"])) {
      try Self.story.view(toldBy: ["acme-labs", "Gazete"])
    }
    let error = #expect(throws: ViewError.self) { try Self.story.view(toldBy: ["zzz"]) }
    #expect(error?.description.contains("press or companies") == true)
  }

  @Test(arguments: [
    ("c1", Trust.news), ("c2", .news), ("c3", .statement), ("c4", .statement), ("c5", .analysis),
    ("c6", .rumour),
  ])
  func trustFollowsTellerAndSource(id: String, trust: Trust) throws {
    let view = try Self.story.view()
    let deal = try #require(view.deals.first)
    let claim = try #require(deal.claims.first { $0.id == id })
    #expect(view.trust(of: claim, in: deal.deal) == trust)
  }

  @Test func whoTells() throws {
    let view = try Self.story.view()
    let tellers = try #require(view.deals.first).claims.map(view.teller)
    #expect(
      tellers == [
        "The gazette", "Jane Doe", "Acme-labs", "The statement", "The analyst", "unnamed people",
      ]
    )
    #expect(view.group(of: "acme-labs") == "acme" && view.group(of: "bolt") == "bolt")
    #expect(view.name("nobody") == "nobody")
  }
}

/// Claims that no longer count because their teller corrected them.
@Suite struct SupersedeTests {
  @Test func aCorrectionReplacesWhatItCorrects() throws {
    let story = Story(
      """
      party acme
      party bolt
      deal acme > bolt purchase
      c1 filing 2025-03-01 signed binding 10
      c2 gazette 2025-03-02 signed binding 8 supersede c1
      c3 gazette 2025-03-09 signed binding 7 supersede c2
      """
    )
    let first = try #require(story.view("2025-03-01").deals.first)
    #expect(first.standing.binding?.range.point == 1000)
    let corrected = try #require(story.view("2025-03-02").deals.first)
    #expect(corrected.standing.binding?.range.point == 800)
    #expect(!corrected.isDisputed)
    let last = try #require(story.view().deals.first)
    #expect(last.claims.map(\.id) == ["c3"])
    #expect(last.superseded.map(\.claim.id) == ["c1", "c2"])
    #expect(last.superseded.map(\.by) == ["c2", "c3"])
  }

  @Test func aCorrectionThatIsNotHeardReplacesNothing() throws {
    let story = Story(
      """
      party acme
      party bolt
      deal acme > bolt purchase
      c1 gazette 2025-03-01 signed binding 10
      c2 herald 2025-03-02 signed binding 8 supersede c1
      """
    )
    let deal = try #require(story.view(toldBy: ["gazette"]).deals.first)
    #expect(deal.standing.binding?.range.point == 1000)
  }
}

import Claims
import TestKit
import Testing

/// Worked examples of section 2 of `docs/model.md`: two claims about one amount, in dollars.
@Suite struct AmountStories {
  /// What is told, what then stands, and what contests it.
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let claims: String
    let standing: String
    let contested: [String]

    init(_ rule: String, _ claims: String, _ standing: String, _ contested: [String] = []) {
      (self.rule, self.claims, self.standing, self.contested) = (rule, claims, standing, contested)
    }

    var testDescription: String { rule }
  }

  @Test(arguments: [
    Case(
      "a higher class overrides",
      """
      c1 gazette 2025-01 signed binding 10
      c2 statement 2025-02 signed binding 8
      c3 filing 2025-03 signed binding 9
      """,
      "c3"
    ),
    Case(
      "an equal class later overrides: the same teller corrects itself",
      """
      c1 gazette 2025-01 signed binding 10
      c2 gazette 2025-02 signed binding 8
      """,
      "c2"
    ),
    Case(
      "and another teller of it disputes",
      """
      c1 gazette 2025-01 signed binding 10
      c2 herald 2025-02 signed binding 8
      """,
      "c2",
      ["c1"]
    ),
    Case(
      "a dispute ends when the first teller comes round",
      """
      c1 gazette 2025-01 signed binding 10
      c2 herald 2025-02 signed binding 8
      c3 gazette 2025-03 signed binding 8
      """,
      "c2"
    ),
    Case(
      "a lower class that contradicts disputes",
      """
      c1 filing 2025-01 signed binding 10
      c2 gazette 2025-02 signed binding 8
      """,
      "c1",
      ["c2"]
    ),
    Case(
      "a later filing settles what the press disputed",
      """
      c1 filing 2025-01 signed binding 10
      c2 gazette 2025-02 signed binding 8
      c3 filing 2025-03 signed binding 10
      """,
      "c1"
    ),
    Case(
      "a lower class that agrees adds evidence",
      """
      c1 filing 2025-01 signed binding 10
      c2 gazette 2025-02 signed binding 10
      c3 analyst 2025-03 signed binding ~12
      """,
      "c1"
    ),
    Case(
      "a lower class that says more, but fits, adds evidence and does not replace",
      """
      c1 filing 2025-01 signed binding ~100
      c2 gazette 2025-02 signed binding 30
      """,
      "c1"
    ),
    Case(
      "a higher class that agrees takes over",
      """
      c1 gazette 2025-01 signed binding 10
      c2 filing 2025-02 signed binding 8~12
      """,
      "c2"
    ),
    Case(
      "an equal class that says more takes over",
      """
      c1 gazette 2025-01 signed binding ~12
      c2 herald 2025-02 signed binding 8~10
      """,
      "c2"
    ),
    Case(
      "an equal class that says less does not",
      """
      c1 gazette 2025-01 signed binding 8
      c2 herald 2025-02 signed binding ~12
      """,
      "c1"
    ),
    Case(
      "a rumour never disputes",
      """
      c1 gazette 2025-01 announced headline 10
      c2 herald 2025-02 rumoured headline 50
      c3 filing 2025-03 rumoured headline 60
      """,
      "c1"
    ),
    Case(
      "what is barely believed is a rumour, whoever says it",
      """
      c1 gazette 2025-01 announced headline 10
      c2 filing 2025-02 announced headline 50 confidence=0.24
      """,
      "c1"
    ),
    Case(
      "a quarter is enough belief",
      """
      c1 gazette 2025-01 announced headline 10
      c2 filing 2025-02 announced headline 50 confidence=0.25
      """,
      "c2"
    ),
    Case(
      "anything replaces a rumour without a dispute",
      """
      c1 herald 2025-01 rumoured headline 50
      c2 analyst 2025-02 announced headline 10
      """,
      "c2"
    ),
    Case(
      "of one class, much less believed contests",
      """
      c1 gazette 2025-01 announced headline 10 confidence=0.9
      c2 herald 2025-02 announced headline 50 confidence=0.64
      """,
      "c1",
      ["c2"]
    ),
    Case(
      "of one class, not much less believed overrides",
      """
      c1 gazette 2025-01 announced headline 10 confidence=0.9
      c2 herald 2025-02 announced headline 50 confidence=0.65
      """,
      "c2",
      ["c1"]
    ),
    Case(
      "of one class, what says more but is much less believed does not take over",
      """
      c1 gazette 2025-01 announced headline ~50
      c2 herald 2025-02 announced headline 10 confidence=0.5
      """,
      "c1"
    ),
    Case(
      "a higher class overrides however little believed",
      """
      c1 gazette 2025-01 announced headline 10
      c2 filing 2025-02 announced headline 50 confidence=0.3
      """,
      "c2"
    ),
    Case(
      "an amendment contradicts nothing",
      """
      c1 gazette 2025-01 signed binding 10
      c2 herald 2025-02 signed binding 22 amend c1
      """,
      "c2"
    ),
    Case(
      "new terms end a dispute about the old",
      """
      c1 gazette 2025-01 signed binding 10
      c2 herald 2025-02 signed binding 8
      c3 statement 2025-03 signed binding 22 amend c2
      """,
      "c3"
    ),
    Case(
      "another amount given with a denial is disputed, whichever stands",
      """
      c1 gazette 2025-01 announced headline 10
      c2 gazette/acme 2025-02 headline 8 deny c1
      """,
      "c2",
      ["c1"]
    ),
    Case(
      "until the same teller takes it back",
      """
      c1 gazette 2025-01 announced headline 10
      c2 gazette/acme 2025-02 headline 8 deny c1
      c3 gazette 2025-03 announced headline 8
      """,
      "c2"
    ),
  ])
  func story(_ example: Case) throws {
    let base = "party acme\nparty bolt\ndeal acme > bolt purchase\n"
    let deal = try #require(Story(base + example.claims).view().deals.first)
    let amount = deal.standing.binding ?? deal.standing.headline
    #expect(amount?.claim == example.standing)
    let disputes = deal.disputes.filter { $0.aspect != .status }
    #expect(disputes.map(\.contesting) == example.contested)
    #expect(deal.isDisputed == !example.contested.isEmpty)
    #expect(deal.standing.evidence == deal.claims.map(\.id))
    for dispute in disputes {
      let reading = deal.readings[try #require(dispute.reading)]
      #expect((reading.binding ?? reading.headline)?.claim == dispute.contesting)
    }
  }
}

/// Worked examples of what was drawn, paid, and over which term.
@Suite struct BalanceStories {
  private func deal(_ claims: String) throws -> DealView {
    let base = "party acme\nparty bolt\ndeal acme > bolt purchase\n"
    return try #require(Story(base + claims).view().deals.first)
  }

  @Test func aBalanceMovesOnByDay() throws {
    let drawn = try deal(
      """
      c1 statement 2025-02 active drawn 5 end=2025-01-31
      c2 gazette 2025-05 active drawn 3 end=2025-04-30
      """
    )
    #expect(drawn.standing.drawn?.claim == "c2")
    #expect(drawn.standing.drawn?.day == day("2025-04-30"))
    #expect(!drawn.isDisputed)
  }

  @Test func anOlderBalanceToldLaterDoesNotTurnBack() throws {
    let drawn = try deal(
      """
      c1 gazette 2025-05 active drawn 8 end=2025-04-30
      c2 herald 2025-06 active drawn 5 end=2025-01-31
      c3 filing 2025-07 active drawn 4 end=2025-02-28
      """
    )
    #expect(drawn.standing.drawn?.claim == "c1")
    #expect(!drawn.isDisputed)
  }

  @Test func twoBalancesOfOneDayDispute() throws {
    let drawn = try deal(
      """
      c1 statement 2025-05 active drawn 8 end=2025-04-30
      c2 herald 2025-06 active drawn 5 end=2025-04-30
      """
    )
    #expect(drawn.disputes.map(\.aspect) == [.drawn])
    #expect(drawn.readings.map { $0.drawn?.range.point } == [800, 500])
  }

  @Test func paymentsOfOnePeriodByTwoTellers() throws {
    let paid = try deal(
      """
      c1 gazette 2025-02 active paid 5 in 2024
      c2 herald 2026-02 active paid 6 in 2025
      c3 gazette 2026-03 active paid 7 in 2025
      """
    )
    #expect(paid.standing.payments.map(\.period) == [days("2024"), days("2025")])
    #expect(paid.standing.payments.map(\.amount.claim) == ["c1", "c3"])
    #expect(paid.disputes.map(\.aspect) == [.paid])
    #expect(paid.readings[1].payments.map(\.amount.claim) == ["c1", "c2"])
  }

  @Test func aTermIsFilledInFromSeveralClaims() throws {
    let term = try deal(
      """
      c1 filing 2025-02 signed start=2025-03
      c2 gazette 2025-03 signed end=2029
      c3 gazette 2025-04 signed schedule=back-loaded
      """
    )
    #expect(term.standing.term.period == days("2025-03", "2029"))
    #expect(term.standing.term.schedule == .backLoaded)
    #expect(!term.isDisputed)
  }

  @Test func aVaguerDateDoesNotReplaceAnExactOne() throws {
    let term = try deal(
      """
      c1 filing 2025-02 signed in 2025-03-10..2029-06
      c2 gazette 2025-03 signed in 2025..2029
      """
    )
    #expect(term.standing.term.period == days("2025-03-10", "2029-06"))
    #expect(!term.isDisputed)
  }

  @Test func anExacterDateReplacesAVagueOne() throws {
    let term = try deal(
      """
      c1 gazette 2025-02 signed in 2025..2029
      c2 herald 2025-03 signed in 2025-03..2029-06
      """
    )
    #expect(term.standing.term.period == days("2025-03", "2029-06"))
  }

  @Test func whatIsMuchLessBelievedOnlyFillsIn() throws {
    let term = try deal(
      """
      c1 gazette 2025-02 signed start=2025
      c2 herald 2025-03 signed start=2025-03 confidence=0.5
      c3 herald 2025-04 signed end=2029 confidence=0.5
      """
    )
    #expect(term.standing.term.period == days("2025", "2029"))
  }

  @Test func termsThatShareNoDayDispute() throws {
    let term = try deal(
      """
      c1 filing 2025-02 signed in 2025..2029
      c2 gazette 2025-03 signed in 2025..2030
      """
    )
    #expect(term.standing.term.period == days("2025", "2029"))
    #expect(term.disputes.map(\.aspect) == [.term])
    #expect(term.readings[1].term.period == days("2025", "2030"))
  }
}

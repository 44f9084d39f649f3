import Claims
import TestKit
import Testing

/// Worked examples of how far a deal has come, whether it runs, and who denies it.
@Suite struct StatusStories {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let claims: String
    let status: Claim.Status
    let contested: [String]

    init(_ rule: String, _ claims: String, _ status: Claim.Status, _ contested: [String] = []) {
      (self.rule, self.claims, self.status, self.contested) = (rule, claims, status, contested)
    }

    var testDescription: String { rule }
  }

  @Test(arguments: [
    Case(
      "a deal moves on, whoever tells it",
      """
      c1 filing 2025-01 announced
      c2 gazette 2025-02 signed
      c3 statement 2025-03 active
      """,
      .active
    ),
    Case(
      "also on a word much less believed, as it contradicts nothing",
      """
      c1 gazette 2025-01 announced
      c2 herald 2025-02 signed confidence=0.5
      """,
      .signed
    ),
    Case(
      "but not on a rumour",
      """
      c1 gazette 2025-01 announced
      c2 herald 2025-02 signed confidence=0.2
      """,
      .announced
    ),
    Case(
      "nor on a commentator's word against a report",
      """
      c1 gazette 2025-01 announced
      c2 analyst 2025-02 signed
      """,
      .announced
    ),
    Case(
      "a later report of an earlier stage takes nothing back",
      """
      c1 gazette 2025-01 signed
      c2 herald 2025-02 announced
      """,
      .signed
    ),
    Case(
      "the press says withdrawn, after a filing said active",
      """
      c1 filing 2025-01 active
      c2 gazette 2025-02 withdrawn
      """,
      .active,
      ["c2"]
    ),
    Case(
      "a company says so itself",
      """
      c1 gazette 2025-01 signed
      c2 gazette/bolt 2025-02 cancelled
      """,
      .cancelled
    ),
    Case(
      "a denial of a withdrawal keeps the deal in force, and disputed",
      """
      c1 gazette 2025-01 signed
      c2 herald 2025-02 withdrawn
      c3 herald/bolt 2025-03 deny c2
      """,
      .signed,
      ["c2"]
    ),
    Case(
      "also where nothing was told of the deal before",
      """
      c2 herald 2025-02 withdrawn
      c3 herald/bolt 2025-03 deny c2
      """,
      .announced,
      ["c2"]
    ),
    Case(
      "a denial of a deal ends it, and it is disputed",
      """
      c1 gazette 2025-01 signed
      c2 gazette/bolt 2025-02 denied deny c1
      """,
      .denied,
      ["c1"]
    ),
    Case(
      "a denial by a lower class disputes and does not end it",
      """
      c1 statement 2025-01 signed
      c2 gazette 2025-02 denied deny c1
      """,
      .signed,
      ["c2"]
    ),
    Case(
      "a denial by a filing stays disputed",
      """
      c1 gazette 2025-01 signed
      c2 filing 2025-02 denied deny c1
      """,
      .denied,
      ["c1"]
    ),
    Case(
      "also when the press repeats itself",
      """
      c1 gazette 2025-01 signed
      c2 filing 2025-02 denied deny c1
      c3 gazette 2025-03 signed
      """,
      .denied,
      ["c3"]
    ),
    Case(
      "until a later filing settles it against the press",
      """
      c1 gazette 2025-01 signed
      c2 filing 2025-02 denied deny c1
      c3 filing 2025-03 cancelled
      """,
      .denied
    ),
    Case(
      "or for it: the same teller takes its denial back",
      """
      c1 gazette 2025-01 signed
      c2 filing/bolt 2025-02 denied deny c1
      c3 filing/bolt 2025-03 active
      """,
      .active
    ),
    Case(
      "the same teller takes its own word back without a dispute",
      """
      c1 gazette/bolt 2025-01 signed
      c2 herald/bolt 2025-02 denied deny c1
      """,
      .denied
    ),
    Case(
      "the press takes its report back",
      """
      c1 gazette 2025-01 signed
      c2 gazette/bolt 2025-02 denied deny c1
      c3 gazette 2025-03 withdrawn
      """,
      .denied
    ),
    Case(
      "a denial of a denial: the deal runs",
      """
      c1 gazette 2025-01 signed
      c2 herald/bolt 2025-02 denied deny c1
      c3 herald/acme 2025-03 deny c2
      """,
      .signed,
      ["c2"]
    ),
    Case(
      "a rumour of a withdrawal disputes nothing",
      """
      c1 gazette 2025-01 signed
      c2 herald 2025-02 withdrawn confidence=0.1
      """,
      .signed
    ),
    Case(
      "an amendment that ends a deal contradicts nothing",
      """
      c1 statement 2025-01 intended
      c2 gazette 2025-02 withdrawn amend c1
      """,
      .withdrawn
    ),
  ])
  func story(_ example: Case) throws {
    let base = "party acme\nparty bolt\ndeal acme > bolt purchase\n"
    let deal = try #require(Story(base + example.claims).view().deals.first)
    #expect(deal.standing.status == example.status)
    #expect(deal.disputes.map(\.contesting) == example.contested)
    #expect(deal.disputes.allSatisfy { $0.aspect == .status })
    #expect(deal.standing.isInForce == !example.status.isWayOut)
    for dispute in deal.disputes {
      let other = deal.readings[try #require(dispute.reading)]
      #expect(other.isInForce != deal.standing.isInForce)
    }
  }

  /// Told by the company alone, its denial of somebody's report of the end still says that it runs.
  @Test func aDenialHeardAloneKnowsWhatItDenies() throws {
    let story = Story(
      """
      party acme
      party bolt
      deal acme > bolt purchase
      c1 gazette 2025-01 withdrawn
      c2 herald/bolt 2025-02 denied deny c1
      """
    )
    let alone = try #require(story.view(toldBy: ["bolt"]).deals.first)
    #expect(alone.standing.isInForce)
    #expect(!alone.isDisputed)
    let all = try #require(story.view().deals.first)
    #expect(all.standing.isInForce && all.isDisputed)
  }

  @Test func aDenialOfAnAmountLeavesTheStatusAlone() throws {
    let base = """
      party acme
      party bolt
      deal acme > bolt purchase
      c1 filing 2025-01 active
      c2 gazette 2025-02 headline 10
      c3 gazette/bolt 2025-03 deny c2
      """
    let denied = try #require(Story(base).view().deals.first)
    #expect(denied.standing.status == .active)
    #expect(denied.standing.headline?.claim == "c2")
    let dispute = try #require(denied.disputes.first)
    #expect(denied.disputes.count == 1 && dispute.aspect == .headline)
    #expect((dispute.standing, dispute.contesting, dispute.reading) == ("c2", "c3", nil))
    for settling in [
      "c4 filing 2025-04 headline 10", "c4 herald/bolt 2025-04 headline 10 confirm c2",
    ] {
      let settled = try #require(Story(base + "\n" + settling).view().deals.first)
      #expect(settled.disputes.isEmpty)
    }
  }
}

/// Deals that go on with another payer.
@Suite struct NovationStories {
  private static let base = """
    party acme
    party bolt
    party cog
    deal acme > bolt purchase
    c1 gazette 2025-01 signed binding 10 in 2025..2026
    c2 gazette 2025-03 novated novate c1 new_payer=cog
    """

  @Test func theNewPayerPays() throws {
    let deal = try #require(Story(Self.base).view().deals.first)
    #expect(deal.standing.status == .novated)
    #expect(deal.standing.newPayer == "cog")
    #expect(deal.standing.isInForce && !deal.isDisputed)
    let before = try #require(Story(Self.base).view("2025-02").deals.first)
    #expect(before.standing.newPayer == nil)
  }

  @Test(arguments: ["active", "completed"]) func laterWordsKeepTheNewPayer(status: String) throws {
    let later = "\nc3 herald 2025-06 \(status)"
    let deal = try #require(Story(Self.base + later).view().deals.first)
    #expect(deal.standing.newPayer == "cog")
    #expect(deal.standing.isInForce)
  }

  @Test func aCompletedDealIsCompletedAlsoWhenNovated() throws {
    let deal = try #require(Story(Self.base + "\nc3 herald 2025-06 completed").view().deals.first)
    #expect(deal.standing.status == .completed)
  }

  @Test func aNovationWithoutAPayerIsAWayOut() throws {
    let story = """
      party acme
      party bolt
      deal acme > bolt purchase
      c1 gazette 2025-01 signed
      c2 gazette 2025-03 novated
      """
    let deal = try #require(Story(story).view().deals.first)
    #expect(!deal.standing.isInForce)
  }

  @Test func twoNewPayersDispute() throws {
    let other = "\nparty dot\nc3 herald 2025-06 novated new_payer=dot"
    let deal = try #require(Story(Self.base + other).view().deals.first)
    #expect(deal.standing.newPayer == "dot")
    #expect(deal.readings.map(\.newPayer) == ["dot", "cog"])
  }
}

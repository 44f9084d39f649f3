import Claims
import TestKit
import Testing

private let parties = "party acme\nparty bolt\nparty cole\n"

/// The row and the column at which a book is refused.
private func refused(_ story: String) throws -> String? {
  do {
    _ = try Story(story).contents()
    return nil
  } catch let error as BookContents.ReferenceFault {
    return "\(error.table) \(error.id) \(error.fault.column)"
  }
}

@Test(arguments: [
  ("party acme parent=bolt\nparty bolt parent=acme", "parties acme parent"),
  ("party acme parent=acme", "parties acme parent"),
  (
    "party low parent=acme\nparty acme parent=bolt\nparty bolt parent=cole\nparty cole parent=acme",
    "parties acme parent"
  ),
  ("party acme parent=bolt\nparty bolt parent=cole\nparty cole", nil),
])
func partiesBelongToNoRing(story: String, at place: String?) throws {
  #expect(try refused(story) == place)
}

@Test(arguments: [
  ("c1 gazette 2025-01 supersede c2\nc2 herald 2025-01 supersede c1", "claims c1 about"),
  (
    """
    c1 gazette 2025-01 confirm c3
    c2 herald 2025-01 deny c1
    c3 data 2025-01 amend c2
    """,
    "claims c1 about"
  ),
  ("c1 gazette 2025-02 signed\nc2 herald 2025-01 supersede c1", "claims c2 about"),
  ("c1 gazette 2025-02-10 signed\nc2 herald 2025-02 supersede c1", nil),
  (
    "c1 gazette 2025-02 signed\nc2 herald 2025-03 novated novate c1 new_payer=bolt",
    "claims c2 new_payer"
  ),
  ("c1 gazette 2025-02 signed\nc2 herald 2025-03 novated novate c1 new_payer=cole", nil),
])
func claimsSpeakOfWhatWasSaid(claims: String, at place: String?) throws {
  #expect(try refused(parties + "deal acme > bolt purchase\n" + claims) == place)
}

@Test(arguments: ["confirm", "deny", "amend", "novate"])
func aClaimAboutAnotherDealIsRefused(relation: String) throws {
  let story = """
    deal acme > bolt purchase
    c1 gazette 2025-01 signed binding 10
    deal acme > cole purchase
    c2 gazette 2025-02 signed binding 10 \(relation) c1
    """
  #expect(try refused(parties + story) == "claims c2 about")
}

@Test func aCorrectionReachesAClaimAboutAnotherDeal() throws {
  let story = """
    deal acme > bolt purchase
    c1 gazette 2025-01 signed binding 10
    c3 herald 2025-01 announced
    deal acme > cole purchase
    c2 gazette 2025-02 signed binding 10 supersede c1
    """
  let before = try Story(parties + story).view("2025-01-31")
  #expect(before.deals.map(\.claims.count) == [2])
  let after = try Story(parties + story).view()
  #expect(after.deals.map { $0.claims.map(\.id) } == [["c3"], ["c2"]])
  #expect(after.deals[0].standing.binding == nil)
  #expect(after.deals[0].superseded.map(\.by) == ["c2"])
}

@Test func aDealOfWhichNothingCountsIsNotInForce() throws {
  let story = """
    deal acme > bolt purchase
    c1 gazette 2025-01 signed binding 10
    deal acme > cole purchase
    c2 gazette 2025-02 signed binding 10 supersede c1
    """
  #expect(try Story(parties + story).view().deals.map(\.deal.payee) == ["cole"])
}

@Test func aCorrectedCorrectionStillCorrects() throws {
  let story = """
    deal acme > bolt purchase
    c1 gazette 2025-01 signed binding 10
    c2 gazette 2025-02 signed binding 20 supersede c1
    c3 gazette 2025-03 signed binding 30 supersede c2
    """
  #expect(try Story(parties + story).view().deals[0].claims.map(\.id) == ["c3"])
}

@Test func twoAssumptionsOfOneNameAreRefused() throws {
  let story = """
    deal acme > bolt purchase
    assume end:acme-bolt 2029 date
    assume start:acme-bolt 2025 date
    assume end:acme-bolt 2031 date
    """
  #expect(try refused(parties + story) == "assumptions a2 name")
}

@Test func factsSpeakOfNoRing() throws {
  let story = """
    fact acme revenue 7 in 2025 about=f2 says=part
    fact acme revenue 9 in 2025 about=f1 says=part
    """
  #expect(try refused(parties + story)?.hasSuffix("about") == true)
}

@Test func aPartOfSomebodyElsesSumCountsByItself() throws {
  let story = """
    fact acme revenue 70 in 2025
    fact bolt revenue 9 in 2025 about=f1 says=part
    fact acme revenue 5 in 2025-01 about=f1 says=part
    """
  let series = try Story(parties + story).view().factSeries()
  #expect(series[FactKey(party: "bolt", metric: .revenue)]?.count == 1)
  #expect(series[FactKey(party: "acme", metric: .revenue)]?.count == 1)
}

@Test func aLongChainOfDenialsIsFollowed() throws {
  var story = parties + "deal acme > bolt purchase\nc0 gazette 2025-01 signed\n"
  for number in 1...3001 { story += "c\(number) gazette 2025-02 denied deny c\(number - 1)\n" }
  #expect(try Story(story).view().deals[0].standing.isInForce == false)
}

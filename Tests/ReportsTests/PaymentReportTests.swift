import Columns
import Loops
import Payments
import TestKit
import Testing
import Tracing

@testable import Reports

/// Answers about three payments, worked on paper: a pays b 100.00, b pays c 90.00, c pays a 80.00, a day apart.
@Suite struct PaymentReportTests {
  private static let ring = """
    payer,payee,amount,date
    a,b,100.00,2025-01-01
    b,c,90.00,2025-01-02
    c,a,80.00,2025-01-03

    """

  private func payments(_ text: String = ring) throws -> Payments {
    try Payments(text: Array(text.utf8), from: "p.csv", PaymentFormat())
  }

  private let ignored: @Sendable (Double) -> Void = { _ in }

  /// Loops of three days at most.
  private let request = ScanReport.Request(
    TemporalCycles.Rules(window: 3 * 86_400),
    within: "3d",
    limit: 100,
    top: 5,
    threads: 1,
    rates: nil
  )

  private func json(_ report: some Encodable) throws -> JSON {
    try JSON(AnswerJSON.text(of: report))
  }

  /// One loop of three: 80 is its least, 270 all together, two days from first to last; of each payment the same share
  /// was kept, √(80/100) remains per hop.
  @Test func aLoop() throws {
    let report = ScanReport(of: try payments(), request, progress: ignored)
    let answer = try json(report)
    #expect(report.count == 1 && report.isComplete)
    #expect(answer["by_length"]?["3"]?.number == 1 && answer["by_month"]?["2025-01"]?.number == 1)
    let loop = try #require(answer["largest"]?.elements.first)
    #expect(loop["bottleneck"]?.number == 80 && loop["total"]?.number == 270)
    #expect(loop["duration"]?.number == 172_800)
    let loss = try #require(loop["loss_per_hop"]?.number)
    #expect(abs(loss - (1 - 0.8.squareRoot())) < 1e-9)
    #expect(loop["payments"]?.elements.map { $0["line"]?.number } == [2, 3, 4])
    #expect(answer["busiest"]?.elements.compactMap { $0["id"]?.string } == ["a", "b", "c"])

    var strict = request
    strict.rules.window = 86_400
    #expect(ScanReport(of: try payments(), strict, progress: ignored).count == 0)
    var long = request
    long.selection.leastHops = 4
    #expect(ScanReport(of: try payments(), long, progress: ignored).count == 0)
    var old = request
    old.selection.known = [loop["id"]?.string ?? ""]
    #expect(ScanReport(of: try payments(), old, progress: ignored).count == 0)
  }

  /// a's 100 is split: 60 by b and 40 by c, both to d, which sends 95 home.
  @Test func moneyThatCameBack() throws {
    let split = """
      payer,payee,amount,date
      a,b,60.00,2025-01-01
      a,c,40.00,2025-01-01
      b,d,60.00,2025-01-02
      c,d,40.00,2025-01-02
      d,a,95.00,2025-01-03

      """
    let request = ReturnReport.Request(
      MoneyReturns.Rules(window: 5 * 86_400),
      within: "5d",
      top: 5
    )
    let answer = try json(ReturnReport(of: payments(split), request, progress: ignored))
    let found = try #require(answer["through_others"]?.elements.first)
    #expect(answer["through_others"]?.elements.count == 1)
    #expect(found["party"]?.string == "a" && found["returned"]?.number == 95)
    #expect(found["left"]?.number == 100 && found["payments"]?.elements.count == 5)
    #expect(Set(found["hands"]?.elements.compactMap(\.string) ?? []) == ["b", "c", "d"])
  }

  /// h is paid by five within a day: the fan-in that no other party has.
  @Test func aPattern() throws {
    let rows = (1...5).map { "p\($0),h,10.00,2025-01-01" } + ["h,x,3.00,2025-02-01"]
    let text = "payer,payee,amount,date\n" + rows.joined(separator: "\n") + "\n"
    var request = PatternReport.Request(
      PaymentPatterns.Rules(window: 86_400),
      within: "1d",
      top: 5
    )
    request.kinds = [.fanIn]
    let report = PatternReport(of: try payments(text), request)
    let told =
      try json(report)["patterns"]?.elements.flatMap { $0["findings"]?.elements ?? [] } ?? []
    let found = try #require(told.first { $0["party"]?.string == "h" })
    #expect(found["kind"]?.string == "fan-in" && found["measure"]?.number == 5)
    #expect(found["paid_in"]?.number == 50 && found["payments"]?.elements.count == 5)
    #expect(found["as_unusual"]?.number == 1)
  }

  /// b had 100 of its own when a's 100 came, and pays c 100: by first in all of c's is b's, by last in a's, by shares half.
  @Test func aSumIsFollowed() throws {
    let text = "payer,payee,amount,date\na,b,100.00,2025-01-01\nb,c,100.00,2025-01-02\n"
    let payments = try payments(text)
    let party = try payments.party(named: "a")
    var request = FollowReport.Request(10_000, from: party, at: 1_735_689_600...1_735_775_999)
    request.openings = [try payments.party(named: "b"): 10_000]
    let report = try FollowReport(of: payments, request)
    func held(_ rule: TracingRule) -> [String: Double] {
      let answer = report.rules.first { $0.rule == rule.rawValue }
      return Dictionary(uniqueKeysWithValues: (answer?.held ?? []).map { ($0.id, $0.amount) })
    }
    #expect(held(.firstIn) == ["b": 100])
    #expect(held(.lastIn) == ["c": 100])
    #expect(held(.proRata) == ["b": 50, "c": 50])
    #expect(throws: TracingError.noSuchPayment) {
      try FollowReport(of: payments, .init(1, from: party, at: 0...1))
    }
    request.amount = 10_001
    let error = TracingError.tooLittle(paid: 10_000)
    #expect(throws: error) { try FollowReport(of: payments, request) }
    let words = error.words(of: payments, "a pays", at: 1_735_689_600)
    #expect(words.hasPrefix("a pays only 100.00 on 2025-01-01"))
  }

  /// What c received began with a, by every rule: b held nothing else.
  @Test func aReceiptIsTraced() throws {
    let payments = try payments(
      "payer,payee,amount,date\na,b,9.00,2025-01-01\nb,c,9.00,2025-01-02\n"
    )
    let party = try payments.party(named: "c")
    let request = ReceiptReport.Request(to: party, at: 1_735_776_000...1_735_862_399)
    let report = try ReceiptReport(of: payments, request)
    #expect(report.rules.count == TracingRule.allCases.count)
    for answer in report.rules {
      #expect(answer.origins.map(\.id) == ["a"] && answer.origins.map(\.amount) == [9])
    }
  }

  @Test func whoIsMeantIsSaidOrAsked() throws {
    let payments = try payments()
    #expect(try payments.parties[payments.party(named: "b")] == "b")
    let error = #expect(throws: Payments.UnclearParty.self) { try payments.party(named: "bb") }
    #expect(error?.description == "no party of the payments is called bb; did you mean b?")
  }

  /// A finding is read back from the answer it stands in, by its number.
  @Test func aFindingIsReadBack() throws {
    let text = try AnswerJSON.text(of: ScanReport(of: payments(), request, progress: ignored))
    let found = try FoundHands.all(in: Array(text.utf8), file: "scan.json")
    #expect(found.count == 1 && found[0].payments.map(\.amount) == [100, 90, 80])
    #expect(try FoundHands.numbered(nil, among: found).id == found[0].id)
    #expect(FindingNumber.all(in: Array(text.utf8)) == [found[0].id])
    let error = #expect(throws: FoundHands.NoSuchFinding.self) {
      try FoundHands.numbered("split-1", among: found)
    }
    #expect(error?.description.hasPrefix("numbered split-1; ") == true)
  }

  @Test func namesOfOnePartyAreProposed() throws {
    let text = """
      payer,payee,amount,date
      Acme Works GmbH,x,1.00,2025-01-01
      ACME WORKS GMBH,y,2.00,2025-01-02
      Bolt,x,3.00,2025-01-03

      """
    let proposals = PartyProposals(of: try payments(text)).proposals
    #expect(proposals.count == 1)
    let names = proposals.map { Set([$0.alias, $0.party]) }
    #expect(names == [["Acme Works GmbH", "ACME WORKS GMBH"]])
  }
}

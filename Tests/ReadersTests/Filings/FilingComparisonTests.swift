import Claims
import Readers
import Tables
import TestKit
import Testing

/// Filings beside a book of a few facts: what they confirm, contradict, restate and add.
struct FilingComparisonTests {
  private static let year = (first: "2025-01-01", last: "2025-12-31")

  private func entry(_ value: String, _ filed: String = "2026-02-01") -> String {
    FilingKit.entry(
      Self.year.first,
      Self.year.last,
      value,
      filed,
      form: "10-K",
      period: "FY"
    )
  }

  private func company(_ tags: (String, String)...) throws -> CompanyFilings {
    let body = tags.map { "\"\($0.0)\":{\"units\":{\"USD\":[\($0.1)]}}" }.joined(separator: ",")
    let text = "{\"cik\":42,\"entityName\":\"ACME\",\"facts\":{\"us-gaap\":{\(body)}}}"
    var set = FilingSet()
    _ = try set.add(Array(text.utf8), file: "facts.json")
    return set.company(42)
  }

  private func compare(_ company: CompanyFilings, _ story: String) throws -> FilingComparison {
    try FilingComparison(company, Story(story).contents())
  }

  private static let party = "party acme identifiers=cik:0000000042\n"
  private static let term = "in 2025-01-01..2025-12-31"

  @Test(arguments: [
    // The same; a range that holds it; the same rounded to whole millions.
    ("fact acme revenue 1234567890 \(term)", FilingComparison.Verdict.confirms, ""),
    ("fact acme revenue 1000000000~1300000000 \(term)", .confirms, "within its range"),
    ("fact acme revenue 1235000000 \(term)", .confirms, "rounded"),
    ("fact acme revenue 1230000000 \(term)", .confirms, "rounded"),
    // Another value; what was filed before; what is of other days, an estimate or a part of it.
    ("fact acme revenue 1250000000 \(term)", .contradicts, ""),
    ("fact acme revenue 1200000001 \(term)", .restates, "as filed before"),
    ("fact acme revenue 1250000000 in 2025-01-01..2025-11-30", .adds, ""),
    ("fact acme revenue 1250000000 \(term) pen=estimate", .adds, ""),
    ("fact acme revenue 1250000000 \(term) part=chips", .adds, ""),
    ("fact acme costs 1250000000 \(term)", .adds, ""),
  ])
  func figuresStandBesideFacts(
    fact: String,
    verdict: FilingComparison.Verdict,
    words: String
  ) throws {
    let filed = try company(
      ("Revenues", entry("1200000001") + "," + entry("1234567890", "2026-03-01"))
    )
    let comparison = try compare(filed, Self.party + fact)
    #expect(comparison.party == "acme")
    #expect(comparison.isKnown)
    let line = try #require(comparison.lines.first { $0.metric == .revenue })
    #expect(line.verdict == verdict)
    #expect(line.known.first?.words ?? "" == words)
  }

  /// Whom a book does not have gets all there is; what ends before its first day of a company is left out, and counted.
  @Test func whatABookDoesNotReachIsCounted() throws {
    let filed = try company(("Revenues", entry("10")))
    let new = try compare(filed, "party bolt")
    #expect(!new.isKnown)
    #expect(new.count(.adds) == 1)
    let cells = FilingCells.cells(of: new, filed)
    #expect(cells.map { $0["party_identifiers"] } == ["cik:0000000042"])
    let late = try compare(filed, Self.party + "fact acme cash 5 in 2026-03-31")
    #expect(late.lines.isEmpty)
    #expect(late.earlier == 1)
    #expect(late.since?.description == "2026-03-31")
  }

  /// Candidates: what is new, restated or contradicts, never what is confirmed; a restatement names what it supersedes.
  @Test func candidatesAreWhatIsNotConfirmed() throws {
    let filed = try company(
      ("Revenues", entry("90") + "," + entry("100", "2026-03-01")),
      ("CostOfRevenue", entry("40")),
      ("InterestPaidNet", entry("7"))
    )
    let story = """
      fact acme revenue 90 \(Self.term)
      fact acme cost-of-revenue 40 \(Self.term)
      fact acme interest-paid 8 \(Self.term)
      """
    let comparison = try compare(filed, Self.party + story)
    let cells = FilingCells.cells(of: comparison, filed)
    #expect(cells.map { $0["metric"] } == ["revenue", "interest-paid"])
    #expect(cells.map { $0["low"] } == ["100", "7"])
    #expect(cells.map { $0["about"] } == ["f1", nil])
    #expect(cells.map { $0["says"] } == ["supersedes", nil])
    #expect(cells.allSatisfy { $0["party"] == "acme" && $0["teller"] == "acme" })
    #expect(cells.allSatisfy { $0["source_kind"] == "filing" && $0["end"] == "2025-12-31" })
    #expect(FilingCells.cells(of: comparison, filed) == cells)
  }

  /// A customer's share is of the customer that the book calls so, and only shares of revenue are compared.
  @Test func sharesOfCustomersAreCompared() throws {
    let marks = [("CustomerAMember", "12", "r"), ("CustomerBMember", "15", "o")].map {
      FilingKit.number(
        $0.1,
        "scale=\"-2\"",
        name: "us-gaap:ConcentrationRiskPercentage1",
        context: $0.2,
        unit: "pure"
      )
    }
    let span =
      "<xbrli:startDate>2025-01-01</xbrli:startDate><xbrli:endDate>2025-12-31</xbrli:endDate>"
    let axis = "us-gaap:ConcentrationRiskByBenchmarkAxis"
    let contexts =
      FilingKit.context(
        "r",
        span,
        (axis, "us-gaap:SalesRevenueNetMember"),
        ("srt:MajorCustomersAxis", "acme:CustomerAMember")
      )
      + FilingKit.context(
        "o",
        span,
        (axis, "us-gaap:AccountsReceivableMember"),
        ("srt:MajorCustomersAxis", "acme:CustomerBMember")
      )
    var set = FilingSet()
    _ = try set.add(FilingKit.page(marks.joined(), contexts: contexts), file: "a.htm")
    let filed = set.company(42)
    #expect(filed.concentrations.map(\.customer) == ["Customer A", "Customer B"])
    let story = Self.party + "party acme-customer-a other\n"
    let fact = "fact acme < acme-customer-a revenue-share 12 \(Self.term) unit=percent"
    let comparison = try compare(filed, story + fact)
    let shares = comparison.lines.filter { $0.metric == .revenueShare }
    #expect(shares.map(\.verdict) == [.confirms])
    #expect(shares.map(\.counterparty) == ["acme-customer-a"])
    let other = try compare(filed, story + fact.replacing("share 12", with: "share 14"))
    #expect(other.lines.filter { $0.metric == .revenueShare }.map(\.verdict) == [.contradicts])
  }
}

import Claims
import Readers
import Tables
import Testing

/// Lists of facts in series: restatements, quarters that nobody files, fiscal periods.
struct CompanyFactsTests {
  private typealias Kit = FilingKit

  private func company(_ tags: (String, String)...) throws -> CompanyFilings {
    let body = tags.map { "\"\($0.0)\":{\"label\":null,\"units\":{\"USD\":[\($0.1)]}}" }
    let text =
      "{\"cik\":42,\"entityName\":\"ACME\",\"facts\":{\"us-gaap\":{\(body.joined(separator: ","))}}}"
    var set = FilingSet()
    _ = try set.add(Array(text.utf8), file: "facts.json")
    return set.company(42)
  }

  /// Revenue of a year that ends in January 2026, with the year before beside it as lists have it: under this year.
  private static let revenue = [
    Kit.entry(
      "2024-01-29",
      "2025-01-26",
      "1000",
      "2025-02-26",
      form: "10-K",
      period: "FY",
      year: 2025
    ),
    Kit.entry(
      "2024-01-29",
      "2025-01-26",
      "1010",
      "2026-02-25",
      form: "10-K",
      period: "FY",
      year: 2026
    ),
    Kit.entry("2025-01-27", "2025-04-27", "300", "2025-05-28", period: "Q1", year: 2026),
    Kit.entry("2025-01-27", "2025-07-27", "640", "2025-08-27", period: "Q2", year: 2026),
    Kit.entry("2025-04-28", "2025-07-27", "340", "2025-08-27", period: "Q2", year: 2026),
    Kit.entry("2025-01-27", "2025-10-26", "1040", "2025-11-19", period: "Q3", year: 2026),
    Kit.entry("2025-07-28", "2025-10-26", "400", "2025-11-19", period: "Q3", year: 2026),
    Kit.entry(
      "2025-01-27",
      "2026-01-25",
      "1500",
      "2026-02-25",
      form: "10-K",
      period: "FY",
      year: 2026
    ),
    Kit.entry("2026-01-26", "2026-04-26", "500", "2026-05-20", period: "Q1", year: 2027),
  ].joined(separator: ",")

  @Test func fiscalPeriodsAreThoseOfTheFigures() throws {
    let figures = try company(("Revenues", Self.revenue)).figures
    #expect(
      figures.map(\.fiscalPeriod) == [
        "FY2025", "FY2026 Q1", "FY2026 H1", "FY2026 Q2", "FY2026 9M", "FY2026 Q3", "FY2026",
        "FY2026 Q4", "FY2027 Q1",
      ]
    )
  }

  @Test func aLaterValueSupersedesTheEarlier() throws {
    let figure = try #require(try company(("Revenues", Self.revenue)).figures.first)
    #expect(figure.versions.map(\.value) == [StrictDecimal(1000), StrictDecimal(1010)])
    #expect(figure.versions.map { $0.filing.filed?.description } == ["2025-02-26", "2026-02-25"])
    #expect(figure.value == StrictDecimal(1010))
  }

  @Test func theFourthQuarterIsTheYearLessNineMonths() throws {
    let figures = try company(("Revenues", Self.revenue)).figures
    let derived = figures.filter { $0.derivation != nil }
    #expect(derived.map(\.value) == [StrictDecimal(460)])
    #expect(derived.first?.derivation?.words == "year less nine months")
    #expect(derived.first?.period.description == "2025-10-27..2026-01-25")
    #expect(derived.first?.standing.filing.form == "10-K")
  }

  /// Cash flows are filed from the first day of the year only.
  @Test func quartersOfCashFlowsAreDerived() throws {
    let capex = [
      Kit.entry("2025-01-01", "2025-03-31", "10", "2025-05-01"),
      Kit.entry("2025-01-01", "2025-06-30", "25", "2025-08-01", period: "Q2"),
      Kit.entry("2025-01-01", "2025-09-30", "45", "2025-11-01", period: "Q3"),
      Kit.entry("2025-01-01", "2025-12-31", "70", "2026-02-01", form: "10-K", period: "FY"),
    ].joined(separator: ",")
    let figures = try company(("PaymentsToAcquirePropertyPlantAndEquipment", capex)).figures
    let quarters = figures.filter { $0.fiscalPeriod.contains("Q") }
    #expect(quarters.map(\.fiscalPeriod) == ["FY2025 Q1", "FY2025 Q2", "FY2025 Q3", "FY2025 Q4"])
    #expect(quarters.map(\.value) == [10, 15, 20, 25].map { StrictDecimal($0) })
    #expect(quarters.map { $0.derivation == nil } == [true, false, false, false])
  }

  /// Where only the year is restated, the quarter stands as it first followed, and says so; where both are, it moves.
  @Test func derivedQuartersComeFromOneTime() throws {
    let nine = Kit.entry("2024-01-01", "2024-09-30", "70", "2024-11-01", period: "Q3", year: 2024)
    let year = Kit.entry(
      "2024-01-01",
      "2024-12-31",
      "100",
      "2025-02-01",
      form: "10-K",
      period: "FY",
      year: 2024
    )
    let again = Kit.entry(
      "2024-01-01",
      "2024-12-31",
      "90",
      "2026-02-01",
      form: "10-K",
      period: "FY"
    )
    let one = try company(("Revenues", [nine, year, again].joined(separator: ","))).figures
    let stale = try #require(one.first { $0.derivation != nil })
    #expect(stale.versions.map(\.value) == [StrictDecimal(30)])
    #expect(stale.derivation?.isStale == true)

    let nineAgain = Kit.entry("2024-01-01", "2024-09-30", "65", "2025-11-01", period: "Q3")
    let both = try company(
      ("Revenues", [nine, year, nineAgain, again].joined(separator: ","))
    ).figures
    let moved = try #require(both.first { $0.derivation != nil })
    #expect(moved.versions.map(\.value) == [StrictDecimal(30), StrictDecimal(25)])
    #expect(moved.derivation?.isStale == false)
  }

  @Test func costsAreRevenueLessOperatingIncome() throws {
    let entry = { (value: String) in
      Kit.entry("2025-01-01", "2025-12-31", value, "2026-02-01", form: "10-K", period: "FY")
    }
    let figures = try company(("Revenues", entry("100")), ("OperatingIncomeLoss", entry("-20")))
      .figures
    let costs = try #require(figures.first { $0.measure == .costs })
    #expect(costs.value == StrictDecimal(120))
    #expect(costs.derivation?.words == "revenue less operating income")
    let filed = try company(
      ("Revenues", entry("100")),
      ("OperatingIncomeLoss", entry("-20")),
      ("CostsAndExpenses", entry("121"))
    ).figures
    #expect(filed.filter { $0.measure == .costs }.map(\.value) == [StrictDecimal(121)])
  }

  /// A balance is no sum of a span, whatever the tag; tags of one measure stand beside each other.
  @Test func balancesAndOtherTagsStayApart() throws {
    let cash = [
      Kit.entry(nil, "2025-12-31", "7", "2026-02-01", form: "10-K", period: "FY"),
      Kit.entry("2025-01-01", "2025-12-31", "8", "2026-02-01", form: "10-K", period: "FY"),
    ].joined(separator: ",")
    let all = Kit.entry(nil, "2025-12-31", "9", "2026-02-01", form: "10-K", period: "FY")
    let figures = try company(
      ("CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents", all),
      ("CashAndCashEquivalentsAtCarryingValue", cash)
    ).figures
    #expect(figures.map(\.value) == [StrictDecimal(7)])
    #expect(figures.first?.others.map(\.value) == [StrictDecimal(9)])
  }

  @Test func whatIsNotKnownIsListed() throws {
    let entry = Kit.entry("2025-01-01", "2025-12-31", "1", "2026-02-01")
    let bad = Kit.entry("2025-13-01", "2025-12-31", "1", "2026-02-01")
    let large = Kit.entry("2025-01-01", "2025-12-31", "1234567890123456789012", "2026-02-01")
    let company = try company(("Widgets", "\(entry),\(entry)"), ("Revenues", "\(bad),\(large)"))
    #expect(company.otherTags.map(\.concept) == ["us-gaap:Widgets"])
    #expect(company.otherTags.map(\.count) == [2])
    #expect(company.unread.count == 2)
    #expect(company.figures.isEmpty)
  }

  @Test(arguments: [
    "{", "{\"cik\":1}", "{\"facts\":{}}", "{\"cik\":1,\"facts\":[]}",
    "{\"cik\":1,\"facts\":{\"a\":1}}",
    "{\"cik\":1,\"facts\":{}} x",
  ])
  func brokenListsAreRefused(text: String) {
    let error = #expect(throws: FilingError.self) {
      try CompanyFactsReader.read(Array(text.utf8), file: "facts.json")
    }
    guard case FilingError.badJSON(let offset, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(offset <= text.utf8.count)
  }

  @Test func filesAreToldByWhatTheyHold() throws {
    var set = FilingSet()
    #expect(try set.add(Kit.facts(("Revenues", Self.revenue)), file: "x") == .companyFacts)
    #expect(try set.add(Kit.page(""), file: "y") == .filing)
    let older = "{\"accessionNumber\":[\"1\"],\"filingDate\":[\"2026-02-20\"],\"form\":[\"10-K\"]}"
    #expect(try set.add(Array(older.utf8), file: "z") == .submissions)
    for text in ["", "hello", "{\"a\":1}", "<html></html>", "[1]"] {
      #expect(throws: FilingError.unknownFile) { try set.add(Array(text.utf8), file: "w") }
    }
    #expect(set.ciks == [42])
  }

  /// A document does not say when it was filed: the list of filings does.
  @Test func documentsAreDatedByTheListOfFilings() throws {
    var set = FilingSet()
    let list = """
      {"cik":"0000000042","name":"ACME","tickers":["ACM"],"filings":{"recent":{"accessionNumber":["a-1","a-2"],\
      "filingDate":["2026-03-01","2026-02-20"],"reportDate":["","2025-12-31"],"form":["8-K","10-K"],\
      "primaryDocument":["x.htm","acme-20251231.htm"]},"files":[{"name":"older.json"}]}}
      """
    _ = try set.add(Array(list.utf8), file: "submissions.json")
    _ = try set.add(Kit.page(Kit.number("5")), file: "renamed.htm")
    let company = set.company(42)
    #expect(company.documents.map(\.filing.accession) == ["a-2"])
    #expect(company.documents.map { $0.filing.filed?.description } == ["2026-02-20"])
    #expect(company.tickers == ["ACM"])
    #expect(company.figures.map { $0.standing.filing.filed?.description } == ["2026-02-20"])
  }

  /// Reports under IFRS, in two currencies, of a year that ends in June; and an annual report of the old form.
  @Test func otherTaxonomiesFormsAndUnitsAreRead() throws {
    let entry = { (year: Int, value: Int, form: String) in
      Kit.entry(
        "\(year - 1)-07-01",
        "\(year)-06-30",
        "\(value)",
        "\(year)-09-01",
        form: form,
        period: "FY",
        year: year
      )
    }
    let text = """
      {"cik":42,"entityName":"ACME","facts":{
      "ifrs-full":{"Revenue":{"label":"Revenue","units":{"EUR":[\(entry(2024, 90, "20-F"))],"USD":[\(entry(2024, 100, "20-F"))]}}},
      "us-gaap":{"SalesRevenueNet":{"label":null,"units":{"USD":[\(entry(2001, 7, "10-K405"))]}}},
      "invest":{"Odd":{"label":"Odd","units":{"pure":[\(entry(2024, 1, "20-F"))]}}}}}
      """
    var set = FilingSet()
    #expect(try set.add(Array(text.utf8), file: "facts.json") == .companyFacts)
    let company = set.company(42)
    let told = company.figures.map { "\($0.fiscalPeriod) \($0.value) \($0.unit)" }.sorted()
    #expect(told == ["FY2001 7 USD", "FY2024 100 USD", "FY2024 90 EUR"])
    #expect(company.otherTags.map(\.concept) == ["invest:Odd"])
  }

  @Test func listsThatAreTooLargeAreRefused() {
    let bytes = [UInt8](repeating: 0x20, count: SubmissionsReader.limit + 1)
    #expect(throws: FilingError.tooLarge(bytes: bytes.count, limit: SubmissionsReader.limit)) {
      try SubmissionsReader.read(bytes)
    }
  }
}

import Claims
import Readers
import Tables
import Testing

/// Figures out of inline XBRL, on pages small enough to check by eye.
struct InlineFilingTests {
  private func read(_ page: [UInt8]) throws -> InlineFiling {
    try InlineFilingReader.read(page, file: "acme.htm")
  }

  private func value(_ text: String, _ attributes: String) throws -> String? {
    let filing = try read(FilingKit.page("<p>\(FilingKit.number(text, attributes))</p>"))
    return filing.figures.first?.value.description
  }

  @Test func theCoverIsRead() throws {
    let filing = try read(FilingKit.page(""))
    #expect(filing.cik == 42)
    #expect(filing.name == "ACME & CO")
    #expect(filing.form == "10-K")
    #expect(filing.periodEnd?.description == "2025-12-31")
    #expect(filing.cover["CurrentFiscalYearEndDate"] == "December 31")
  }

  @Test(arguments: [
    // Scales from hundredths to millions of millions, and signs.
    ("17", "scale=\"-2\"", "0.17"), ("5", "scale=\"0\"", "5"), ("5", "", "5"),
    ("130,497", "scale=\"6\" format=\"ixt:num-dot-decimal\"", "130497000000"),
    ("1.5", "scale=\"12\" format=\"ixt:num-dot-decimal\"", "1500000000000"),
    ("2.345", "scale=\"2\" format=\"ixt:num-dot-decimal\"", "234.5"),
    ("1,250", "scale=\"6\" sign=\"-\" format=\"ixt:num-dot-decimal\"", "-1250000000"),
    (" 7&#160;", "", "7"), ("-7", "", "-7"),
    // Zeros in the spellings of the registries.
    ("&#8212;", "format=\"ixt:fixed-zero\" scale=\"6\"", "0"),
    ("-", "format=\"ixt:zerodash\"", "0"),
    ("none", "format=\"ixt:fixedzero\"", "0"), ("&#8212;", "format=\"ixt:numdash\"", "0"),
    // Older names, other points, words.
    ("1,234.5", "format=\"ixt:numdotdecimal\"", "1234.5"),
    ("1.234,5", "format=\"ixt:num-comma-decimal\"", "1234.5"),
    ("1 234,5", "format=\"ixt:numspacecomma\"", "1234.5"),
    ("1,234.5", "format=\"ixt:numcommadot\"", "1234.5"),
    (".5", "format=\"ixt:numdotdecimal\"", "0.5"),
    ("twenty-five", "format=\"ixt-sec:numwordsen\"", "25"),
    ("no", "format=\"ixt-sec:numwordsen\"", "0"),
    ("One hundred and two thousand", "format=\"ixt-sec:numwordsen\"", "102000"),
    ("5 dollars 7 cents", "format=\"ixt:num-unit-decimal\"", "5.07"),
    // Markup inside a number dresses it.
    ("<span>1</span>2<b>3</b>", "", "123"),
  ])
  func numbers(text: String, attributes: String, expected: String) throws {
    #expect(try value(text, attributes) == expected)
  }

  @Test(arguments: [
    ("twelve", ""), ("1,234", ""), ("1.234,5", "format=\"ixt:num-dot-decimal\""),
    ("5", "format=\"ixt:unheard-of\""), ("5", "scale=\"99\""), ("5", "scale=\"x\""),
    ("5", "sign=\"+\""), ("", ""), ("999999999999999999", "scale=\"12\""),
    ("dozen", "format=\"ixt-sec:numwordsen\""),
    ("hundred hundred hundred hundred hundred", "format=\"ixt-sec:numwordsen\""),
  ])
  func whatIsNoNumberIsListed(text: String, attributes: String) throws {
    let filing = try read(FilingKit.page("<p>\(FilingKit.number(text, attributes))</p>"))
    #expect(filing.figures.isEmpty)
    #expect(filing.unread.map(\.concept) == ["us-gaap:Revenues"])
  }

  @Test(arguments: [
    (FilingKit.number("5", context: "nowhere"), "there is no context nowhere"),
    (FilingKit.number("5", unit: "none"), "there is no unit none"),
    (FilingKit.number("5", context: "ever"), "its context has no period that ends"),
  ])
  func whatStandsNowhereIsListed(mark: String, reason: String) throws {
    let contexts = FilingKit.context("ever", "<xbrli:forever/>")
    let filing = try read(FilingKit.page(mark, contexts: contexts))
    #expect(filing.unread.map(\.reason) == [reason])
  }

  @Test func nothingToReportIsNotZero() throws {
    let filing = try read(FilingKit.page(FilingKit.number("", "xsi:nil=\"true\"")))
    #expect(filing.figures.isEmpty)
    #expect(filing.nils.map(\.concept) == ["us-gaap:Revenues"])
  }

  @Test func nestedFiguresHaveTheSameNumber() throws {
    let inner = FilingKit.number("9", "scale=\"6\"", name: "us-gaap:OperatingIncomeLoss")
    let filing = try read(FilingKit.page(FilingKit.number(inner, "scale=\"6\"")))
    #expect(filing.figures.map(\.concept.name).sorted() == ["OperatingIncomeLoss", "Revenues"])
    #expect(filing.figures.allSatisfy { $0.value == StrictDecimal(9_000_000) })
  }

  /// The finest of several that agree to their digits stays; what does not agree is told.
  @Test func whatIsSaidTwiceCountsOnce() throws {
    let marks =
      FilingKit.number("1.3", "scale=\"9\" decimals=\"-8\" format=\"ixt:num-dot-decimal\"")
      + FilingKit.number("1,297", "scale=\"6\" decimals=\"-6\" format=\"ixt:num-dot-decimal\"")
      + FilingKit.number("1,297", "scale=\"6\" decimals=\"-6\" format=\"ixt:num-dot-decimal\"")
    let filing = try read(FilingKit.page(marks))
    #expect(filing.figures.map(\.value) == [StrictDecimal(1_297_000_000)])
    #expect(filing.repeated == 2)
    #expect(filing.conflicts.isEmpty)

    let other = FilingKit.number(
      "1,299",
      "scale=\"6\" decimals=\"-6\" format=\"ixt:num-dot-decimal\""
    )
    let torn = try read(FilingKit.page(marks + other))
    #expect(torn.figures.map(\.value) == [StrictDecimal(1_297_000_000)])
    #expect(torn.conflicts.map(\.other.value) == [StrictDecimal(1_299_000_000)])
  }

  @Test func hiddenFiguresCountAndSayThatTheyAreHidden() throws {
    let filing = try read(FilingKit.page("<p>seen</p>", hidden: FilingKit.number("5")))
    let place = try #require(filing.figures.first?.place)
    #expect(place.isHidden)
    #expect(place.words == "5")
  }

  /// A text that is cut in two is one, without what the filing takes out of it.
  @Test func continuedTextsAreOne() throws {
    let body = """
      <p><ix:nonNumeric contextRef="y" name="dei:Security12bTitle" continuedAt="c1">Common stock,\
      <ix:exclude> page 7 </ix:exclude> of</ix:nonNumeric></p><p>between</p>\
      <p><ix:continuation id="c1" continuedAt="c2">a par value</ix:continuation></p>\
      <p><ix:continuation id="c2" continuedAt="c1">of nothing</ix:continuation></p>
      """
    let filing = try read(FilingKit.page(body))
    #expect(filing.cover["Security12bTitle"] == "Common stock, of a par value of nothing")
  }

  @Test func balancesAndSpansStayApart() throws {
    let name = "us-gaap:CashAndCashEquivalentsAtCarryingValue"
    let marks = FilingKit.number("5", name: name, context: "e") + FilingKit.number("6", name: name)
    let filing = try read(FilingKit.page(marks))
    #expect(filing.figures.map(\.period.description) == ["2025-12-31", "2025-01-01..2025-12-31"])
    #expect(filing.figures.map(\.period.isInstant) == [true, false])
  }

  @Test func unitsAreWrittenAsTheSECDoes() throws {
    let filing = try read(
      FilingKit.page(
        FilingKit.number("2.5", name: "us-gaap:EarningsPerShareBasic", unit: "each")
          + FilingKit.number("0.5", name: "acme:Share", unit: "pure")
      )
    )
    #expect(filing.figures.map(\.unit) == ["USD/shares", "pure"])
  }

  /// Prefixes are what a page says they are, and older pages have the older namespace.
  @Test func prefixesAreThoseOfThePage() throws {
    let text = String(decoding: FilingKit.page(FilingKit.number("5")), as: UTF8.self)
      .replacing("us-gaap:", with: "g:").replacing("xmlns:us-gaap", with: "xmlns:g")
    #expect(try read(Array(text.utf8)).figures.map(\.concept.description) == ["us-gaap:Revenues"])
    let old = FilingKit.page(FilingKit.number("5"), space: "http://www.xbrl.org/2008/inlineXBRL")
    #expect(try read(old).figures.count == 1)
  }

  @Test(arguments: [
    ("<!DOCTYPE html>\n", "it declares a document type, which no filing may: it is not read"),
    (
      "<!DOCTYPE html [<!ENTITY a \"b\">]>\n",
      "it declares a document type, which no filing may: it is not read"
    ),
  ])
  func documentTypesAreRefused(prolog: String, reason: String) {
    #expect { try read(FilingKit.page("", prolog: prolog)) } throws: { error in
      guard case FilingError.badXML(_, let why)? = error as? FilingError else { return false }
      return why == reason
    }
  }

  @Test func brokenPagesAreRefusedWithTheirLine() {
    #expect(throws: FilingError.badXML(line: 1, reason: "the XML is broken: mismatched tag")) {
      try read(Array("<html></body>".utf8))
    }
    #expect(throws: FilingError.self) { try read(FilingKit.page("&nbsp;")) }
    let deep = String(repeating: "<b>", count: 600) + String(repeating: "</b>", count: 600)
    #expect(throws: FilingError.self) { try read(FilingKit.page(deep)) }
  }
}

/// Shares of customers: which of the figures under the tag are some, and of what.
struct CustomerShareTests {
  private static let year =
    "<xbrli:startDate>2025-01-01</xbrli:startDate><xbrli:endDate>2025-12-31</xbrli:endDate>"
  private static let benchmark = "us-gaap:ConcentrationRiskByBenchmarkAxis"
  private static let kind = (
    "us-gaap:ConcentrationRiskByTypeAxis", "us-gaap:CustomerConcentrationRiskMember"
  )

  private func company() throws -> CompanyFilings {
    let contexts = [
      FilingKit.context(
        "a",
        Self.year,
        ("srt:MajorCustomersAxis", "acme:CustomerAMember"),
        Self.kind,
        (Self.benchmark, "us-gaap:SalesRevenueNetMember"),
        ("us-gaap:StatementBusinessSegmentsAxis", "acme:ChipsMember")
      ),
      FilingKit.context(
        "r",
        Self.year,
        ("srt:MajorCustomersAxis", "acme:BigBuyerIncMember"),
        Self.kind,
        (Self.benchmark, "us-gaap:AccountsReceivableMember")
      ),
      FilingKit.context(
        "g",
        Self.year,
        ("srt:StatementGeographicalAxis", "country:SG"),
        Self.kind,
        (Self.benchmark, "us-gaap:SalesRevenueNetMember")
      ),
      FilingKit.context("n", Self.year, Self.kind),
    ].joined()
    let mark = { (text: String, context: String, tag: String) in
      FilingKit.number(
        text,
        "scale=\"-2\" decimals=\"2\"",
        name: tag,
        context: context,
        unit: "pure"
      )
    }
    let body =
      "<p>Customer A is " + mark("12", "a", "us-gaap:ConcentrationRiskPercentage1")
      + "% of revenue, and a buyer " + mark("17", "r", "us-gaap:ConcentrationRiskPercentage")
      + "% of what we are owed; Singapore "
      + mark("18", "g", "us-gaap:ConcentrationRiskPercentage1") + "% and "
      + mark("3", "n", "us-gaap:ConcentrationRiskPercentage1") + "%</p>"
    var set = FilingSet()
    _ = try set.add(FilingKit.page(body, contexts: contexts), file: "acme-2026-02-20.htm")
    return set.company(42)
  }

  @Test func onlyCustomersAreCustomers() throws {
    let company = try company()
    #expect(company.concentrations.map(\.customer) == ["Customer A", "Big Buyer Inc"])
    #expect(company.concentrations.map(\.percent) == [StrictDecimal(12), StrictDecimal(17)])
    #expect(company.concentrations.map(\.benchmark) == [.revenue, .receivables])
    #expect(company.concentrations.map(\.fiscalPeriod) == ["FY2025", "FY2025"])
    #expect(company.concentrations[0].part.map(\.member.name) == ["ChipsMember"])
    #expect(
      company.otherShares.map(\.reason) == [
        "it is by StatementGeographicalAxis, not by customer", "it names no customer",
      ]
    )
    let place = try #require(company.concentrations[0].figure.place)
    #expect(place.before == "Customer A is")
    #expect(place.words == "12")
    #expect(place.after.hasPrefix("% of revenue, and a buyer 17"))
    #expect(company.concentrations[0].figure.filing.filed?.description == "2026-02-20")
  }
}

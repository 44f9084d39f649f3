import Claims
import Foundation
import Readers
import Tables
import Testing

/// Real filings, where they lie beside the package, against the same files read by other means.
@Suite(.enabled(if: FilingKit.isThere))
struct SharedFilingTests {
  private static let filings = Result {
    var set = FilingSet()
    for name in [
      "companyfacts-CIK0001045810.json.gz", "submissions-CIK0001045810.json.gz",
      "submissions-CIK0000789019.json.gz", "nvda-10-k-2025-02-26.html.gz",
      "amzn-10-k-2025-02-07.html.gz",
    ] { _ = try set.add(FilingKit.unpacked(name), file: name) }
    return set
  }

  /// Every value that the list has of a tag and period, with the day it was filed.
  private func filed(_ tag: String) throws -> [String: [(filed: String, value: Int64)]] {
    let bytes = try FilingKit.unpacked("companyfacts-CIK0001045810.json.gz")
    let json = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let facts = (json?["facts"] as? [String: Any])?["us-gaap"] as? [String: Any]
    let units = (facts?[tag] as? [String: Any])?["units"] as? [String: Any]
    var table: [String: [(filed: String, value: Int64)]] = [:]
    for entry in units?["USD"] as? [[String: Any]] ?? [] {
      let end = try #require(entry["end"] as? String)
      let period = (entry["start"] as? String).map { "\($0)..\(end)" } ?? end
      let value = try #require((entry["val"] as? NSNumber)?.int64Value)
      table[period, default: []].append((try #require(entry["filed"] as? String), value))
    }
    return table
  }

  @Test(arguments: [
    (FilingMeasure.revenue, "Revenues"), (.cash, "CashAndCashEquivalentsAtCarryingValue"),
    (.capex, "PaymentsToAcquireProductiveAssets"),
    (.capex, "PaymentsToAcquirePropertyPlantAndEquipment"),
    (.investmentsBought, "PaymentsToAcquireAvailableForSaleSecuritiesDebt"),
    (.investmentsBought, "PaymentsToAcquireMarketableSecurities"),
    (.sharesBought, "PaymentsToAcquireEquitySecuritiesFvNi"),
    (.operatingIncome, "OperatingIncomeLoss"), (.costOfRevenue, "CostOfRevenue"),
  ])
  func figuresAreThoseThatWereFiledLast(measure: FilingMeasure, tag: String) throws {
    let figures = try Self.filings.get().company(1_045_810).figures
      .filter { $0.measure == measure && $0.concept.name == tag && $0.derivation == nil }
    let table = try filed(tag)
    #expect(figures.count > 10)
    for figure in figures {
      let values = try #require(table[figure.period.description])
      let last = try #require(values.map(\.filed).max())
      let standing = values.filter { $0.filed == last }.map(\.value)
      #expect(standing.contains { StrictDecimal($0) == figure.value }, "\(figure.period)")
      let first = values.map(\.filed).min()
      #expect(figure.versions[0].filing.filed?.description == first)
      #expect(Set(figure.versions.map(\.value)) == Set(values.map { StrictDecimal($0.value) }))
    }
  }

  /// Quarters that were worked out and the others of their year make the year, to the dollar; of fiscal 2023 nobody filed
  /// the spending of three and six months under these tags.
  @Test func quartersMakeTheYear() throws {
    let figures = try Self.filings.get().company(1_045_810).figures
    for (measure, years) in [
      (FilingMeasure.revenue, Array(2016...2026)), (.capex, [2022, 2024, 2025, 2026]),
    ] {
      for year in years {
        let here = figures.filter {
          $0.measure == measure && $0.fiscalPeriod.hasPrefix("FY\(year)")
        }
        let whole = try #require(here.first { $0.fiscalPeriod == "FY\(year)" })
        let quarters = here.filter { $0.fiscalPeriod.hasPrefix("FY\(year) Q") }
        #expect(quarters.count == 4, "\(measure) \(year)")
        let sum = quarters.compactMap { $0.value.scaled(by: 0) }.reduce(0, +)
        #expect(StrictDecimal(sum) == whole.value, "\(measure) \(year)")
      }
    }
  }

  /// The years of the reports that call themselves by the year before included: 2010 to 2014 by their last days.
  @Test func everyYearHasItsOwnName() throws {
    let years = try Self.filings.get().company(1_045_810).figures
      .filter { $0.measure == .revenue && !$0.fiscalPeriod.contains(" ") }
    #expect(years.map(\.fiscalPeriod) == (2008...2026).map { "FY\($0)" })
    #expect(years.allSatisfy { $0.fiscalPeriod == "FY\($0.period.last.components.year)" })
  }

  @Test func nvidiaHasThreeCustomersOfFiscal2025() throws {
    let company = try Self.filings.get().company(1_045_810)
    let shares = company.concentrations.filter {
      $0.benchmark == .revenue && $0.fiscalPeriod == "FY2025"
    }
    #expect(shares.map(\.customer) == ["Customer A", "Customer B", "Customer C"])
    #expect(shares.map(\.percent) == [12, 11, 11].map { StrictDecimal($0) })
    #expect(company.concentrations.count { $0.benchmark == .revenue } == 4)
    #expect(company.concentrations.count { $0.benchmark == .receivables } == 4)
    #expect(company.otherShares.count == 5)
    #expect(company.documents.map(\.filing.accession) == ["0001045810-25-000023"])
  }

  @Test func amazonFilesNoCustomer() throws {
    let company = try Self.filings.get().company(1_018_724)
    #expect(company.concentrations.isEmpty)
    #expect(company.otherShares.isEmpty)
    #expect(company.unread.isEmpty)
    let revenue = company.figures.filter { $0.measure == .revenue }.map(\.value)
    #expect(revenue == [513_983, 574_785, 637_959].map { StrictDecimal($0 * 1_000_000) })
    #expect(company.documents.first?.filing.filed?.description == "2025-02-07")
  }

  /// What the report marks without coordinates, the list has to the dollar.
  @Test func theReportSaysWhatTheListHas() throws {
    let page = try InlineFilingReader.read(
      FilingKit.unpacked("nvda-10-k-2025-02-26.html.gz"),
      file: "nvda"
    )
    #expect(page.conflicts.isEmpty)
    #expect(page.unread.isEmpty)
    var compared = 0
    for figure in page.figures where figure.members.isEmpty && figure.concept.taxonomy == "us-gaap"
    {
      let values = try Self.table.get()[figure.concept.name]?[figure.period.description] ?? []
      guard figure.unit == "USD", !values.isEmpty, let value = figure.value.scaled(by: 0) else {
        continue
      }
      #expect(values.contains(value), "\(figure.concept) \(figure.period)")
      compared += 1
    }
    #expect(compared > 300)
  }

  /// By tag and period every value in dollars.
  private static let table = Result {
    let bytes = try FilingKit.unpacked("companyfacts-CIK0001045810.json.gz")
    let json = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let tags = (json?["facts"] as? [String: Any])?["us-gaap"] as? [String: Any] ?? [:]
    return tags.mapValues { values(($0 as? [String: Any])?["units"] as? [String: Any]) }
  }

  private static func values(_ units: [String: Any]?) -> [String: [Int64]] {
    var values: [String: [Int64]] = [:]
    for entry in units?["USD"] as? [[String: Any]] ?? [] {
      let end = entry["end"] as? String ?? ""
      let period = (entry["start"] as? String).map { "\($0)..\(end)" } ?? end
      values[period, default: []].append((entry["val"] as? NSNumber)?.int64Value ?? 0)
    }
    return values
  }
}

import Books
import Claims
import Foundation
import Tables
import TestKit
import Testing

private let edgarFolder =
  packageRoot.deletingLastPathComponent().appending(path: "shared/data/edgar")

/// The shipped book against the filings themselves, where they lie beside the package: what both state of
/// one company and period is the same to the dollar, and was first filed on the day the book says.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: edgarFolder.path)))
struct EdgarTests {
  private static let facts = Result {
    try BookFolder.read(packageRoot.appending(path: "Examples/ai-economy").path).facts
  }

  /// The tags in which a metric of a fact about one company alone is filed.
  private static let tags: [Fact.Metric: [String]] = [
    .revenue: ["Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax"],
    .costs: ["CostsAndExpenses"],
    .costOfRevenue: ["CostOfRevenue"],
    .operatingCashFlow: ["NetCashProvidedByUsedInOperatingActivities"],
    .capex: ["PaymentsToAcquireProductiveAssets"],
    .investments: ["PaymentsToAcquireEquitySecuritiesFvNi"],
    .buybacks: ["PaymentsForRepurchaseOfCommonStock"],
    .depreciation: ["DepreciationDepletionAndAmortization"],
    .taxesPaid: ["IncomeTaxesPaidNet"],
    .interestPaid: ["InterestPaidNet", "InterestPaidOnLongTermDebt"],
    .cash: ["CashAndCashEquivalentsAtCarryingValue"],
    .debt: ["LongTermDebt", "LongTermDebtNoncurrent"],
    .debtRepaid: ["RepaymentsOfDebt", "RepaymentsOfLongTermDebt"],
    .supplyCommitments: ["PurchaseObligation"],
    .backlog: ["RevenueRemainingPerformanceObligation"],
  ]

  /// Other sides of facts that are about the company alone all the same.
  private static let aggregates: Set<String?> = [
    nil, "suppliers-aggregate", "investees-aggregate", "capex-suppliers", "lenders-aggregate",
    "public-equity-markets",
  ]

  private func facts(of party: String) throws -> [Fact] {
    try Self.facts.get().filter { $0.party == party && $0.part.isEmpty && $0.low == $0.high }
  }

  @Test func nvidiaIsWhatItsFactsSay() throws {
    let filed = try CompanyFacts(edgarFolder.appending(path: "companyfacts-CIK0001045810.json.gz"))
    var compared = 0
    for fact in try facts(of: "nvidia") where Self.aggregates.contains(fact.counterparty) {
      guard let period = EdgarPeriod(fact), let value = fact.low?.double else { continue }
      let values = Self.tags[fact.metric, default: []].flatMap { filed.values($0, period) }
      guard !values.isEmpty else { continue }
      let equal = values.filter { $0.value == value }
      #expect(!equal.isEmpty, "\(fact.id) is \(value), filed as \(values.map(\.value))")
      if let first = equal.compactMap(\.filed).min() {
        #expect(fact.reported.description == first, "\(fact.id) was first filed on \(first)")
      }
      compared += 1
    }
    #expect(compared >= 60)
  }

  /// Costs are filed as revenue and operating income.
  @Test func nvidiasCostsAreRevenueLessOperatingIncome() throws {
    let filed = try CompanyFacts(edgarFolder.appending(path: "companyfacts-CIK0001045810.json.gz"))
    var compared = 0
    for fact in try facts(of: "nvidia") where fact.metric == .costs {
      guard let period = EdgarPeriod(fact),
        let revenue = filed.direct("Revenues", period).first?.value,
        let income = filed.direct("OperatingIncomeLoss", period).first?.value
      else { continue }
      #expect(fact.low?.double == revenue - income, "\(fact.id)")
      compared += 1
    }
    #expect(compared >= 13)
  }

  @Test func nvidiasStakesAreItsPrivateEquity() throws {
    let filed = try CompanyFacts(edgarFolder.appending(path: "companyfacts-CIK0001045810.json.gz"))
    let tags = [
      "investees-aggregate": "EquitySecuritiesWithoutReadilyDeterminableFairValueAmount",
      "nvidia-listed-investees": "EquitySecuritiesFvNi",
    ]
    var compared = 0
    for (party, tag) in tags.sorted(by: { $0.key < $1.key }) {
      for fact in try facts(of: party) where fact.metric == .stakeValue {
        guard let period = EdgarPeriod(fact) else { continue }
        let values = filed.direct(tag, period).map(\.value)
        guard !values.isEmpty else { continue }
        #expect(values.contains(fact.low?.double ?? .nan), "\(fact.id): \(values)")
        compared += 1
      }
    }
    #expect(compared >= 9)
  }

  @Test(arguments: [
    ("amazon", "amzn-10-k-2025-02-07.html.gz", "", 18),
    ("amazon-aws", "amzn-10-k-2025-02-07.html.gz", "amzn:AmazonWebServicesSegmentMember", 5),
    ("nvidia", "nvda-10-k-2025-02-26.html.gz", "", 15),
  ])
  func annualReportsSayTheSame(party: String, file: String, member: String, least: Int) throws {
    let report = try InlineReport(edgarFolder.appending(path: file))
    var compared = 0
    let superseded = Set(try Self.facts.get().filter { $0.says == .supersede }.compactMap(\.about))
    for fact in try facts(of: party)
    where Self.aggregates.contains(fact.counterparty) && !superseded.contains(fact.id) {
      guard let period = EdgarPeriod(fact), let value = fact.low?.double else { continue }
      let values = Self.tags[fact.metric, default: []].flatMap {
        report.values($0, period, members: member.isEmpty ? [] : [member])
      }
      guard !values.isEmpty else { continue }
      #expect(values.contains(value), "\(fact.id) is \(value), tagged \(values)")
      compared += 1
    }
    #expect(compared >= least)
  }

  /// Shares of customers and segments carry members: Nvidia's largest customers and its data centres,
  /// Amazon's advertising.
  @Test(arguments: [
    ("f233", "ConcentrationRiskPercentage1", "nvda:CustomerAMember"),
    ("f233a", "ConcentrationRiskPercentage1", "nvda:CustomerBMember"),
    ("f233b", "ConcentrationRiskPercentage1", "nvda:CustomerCMember"),
    ("f407", "ConcentrationRiskPercentage1", "nvda:CustomerBMember"),
    ("x-nvda-data-centre-fy2023", "Revenues", "nvda:DataCenterMember"),
    ("x-nvda-data-centre-fy2024", "Revenues", "nvda:DataCenterMember"),
    ("x-nvda-data-centre-fy2025", "Revenues", "nvda:DataCenterMember"),
    ("f543", "RevenueFromContractWithCustomerExcludingAssessedTax", "us-gaap:AdvertisingMember"),
    ("f544", "RevenueFromContractWithCustomerExcludingAssessedTax", "us-gaap:AdvertisingMember"),
  ])
  func partsSayTheSame(id: String, tag: String, member: String) throws {
    let fact = try #require(Self.facts.get().first { $0.id == id })
    let file =
      fact.party == "nvidia" ? "nvda-10-k-2025-02-26.html.gz" : "amzn-10-k-2025-02-07.html.gz"
    let report = try InlineReport(edgarFolder.appending(path: file))
    let period = try #require(EdgarPeriod(fact))
    let unit = fact.unit == .percent ? 100.0 : 1
    let values = report.tagged(tag, period).filter { $0.members.contains(member) }.map(\.value)
    #expect(!values.isEmpty)
    #expect(values.allSatisfy { ($0 * unit).rounded() == fact.low?.double }, "\(values)")
  }

  /// What the book says Microsoft filed was filed on that day.
  @Test func microsoftFiledOnTheDaysTheBookHas() throws {
    let json = try unpacked(edgarFolder.appending(path: "submissions-CIK0000789019.json.gz"))
    let filings = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    let recent = try #require((filings["filings"] as? [String: Any])?["recent"] as? [String: Any])
    let days = Set(try #require(recent["filingDate"] as? [String]))
    let last = try #require(days.max())
    var compared = 0
    for fact in try Self.facts.get() where fact.source == "edgar-msft-reported" {
      let day = fact.reported.description
      guard day <= last else { continue }
      #expect(days.contains(day), "\(fact.id): nothing was filed on \(day)")
      compared += 1
    }
    #expect(compared > 20)
  }
}

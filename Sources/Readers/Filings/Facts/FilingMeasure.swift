package import Claims

/// What is read out of filings: a measure, the tags that it is filed under, and what it is in a book.
///
/// Tags of a measure stand in the order in which they are taken: where a company files two of them for one period, the
/// first is the measure, and the other one more figure of it.
package enum FilingMeasure: String, Sendable, CaseIterable, Encodable {
  case revenue
  case costOfRevenue = "cost-of-revenue"
  case operatingIncome = "operating-income"
  case costs
  case operatingCashFlow = "operating-cash-flow"
  case capex
  case investmentsBought = "purchases-of-investments"
  case sharesBought = "purchases-of-shares"
  case businessesBought = "purchases-of-businesses"
  case buybacks
  case debtRaised = "debt-raised"
  case debtRepaid = "debt-repaid"
  case sharesIssued = "equity-raised"
  case interestPaid = "interest-paid"
  case taxesPaid = "taxes-paid"
  case depreciation
  case cash
  case debt
  case purchaseObligations = "purchase-obligations"
  case unconditionalObligations = "unconditional-purchase-obligations"
  case remainingObligations = "remaining-obligations"
  case guarantees

  /// The tags, those that are taken first at the beginning.
  package var concepts: [Concept] {
    gaap.map { Concept("us-gaap", $0) } + international.map { Concept("ifrs-full", $0) }
  }

  /// The metric of a book; `nil` where a book has none.
  package var metric: Fact.Metric? {
    switch self {
    case .operatingIncome, .investmentsBought, .unconditionalObligations: nil
    case .sharesBought, .businessesBought: .investments
    case .purchaseObligations: .supplyCommitments
    case .remainingObligations: .backlog
    default: Fact.Metric(rawValue: rawValue)
    }
  }

  /// Whether it is a balance of a day, and not what moved in a period.
  package var isBalance: Bool {
    switch self {
    case .cash, .debt, .purchaseObligations, .unconditionalObligations, .remainingObligations,
      .guarantees:
      true
    default: false
    }
  }

  /// The measure of a tag, and where the tag stands among those of the measure.
  static let byConcept: [Concept: (measure: FilingMeasure, rank: Int)] = {
    var table: [Concept: (FilingMeasure, Int)] = [:]
    for measure in allCases {
      for (rank, concept) in measure.concepts.enumerated() { table[concept] = (measure, rank) }
    }
    return table
  }()

  private var gaap: [String] {
    switch self {
    case .revenue:
      [
        "Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax",
        "RevenueFromContractWithCustomerIncludingAssessedTax", "SalesRevenueNet",
        "RevenuesNetOfInterestExpense", "SalesRevenueGoodsNet", "SalesRevenueServicesNet",
      ]
    case .costOfRevenue:
      ["CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold", "CostOfServices"]
    case .operatingIncome: ["OperatingIncomeLoss"]
    case .costs: ["CostsAndExpenses"]
    case .operatingCashFlow:
      [
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations",
      ]
    case .capex:
      [
        "PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets",
        "PaymentsToAcquireOtherPropertyPlantAndEquipment",
        "PaymentsToAcquireAndDevelopRealEstate",
      ]
    case .investmentsBought:
      [
        "PaymentsToAcquireInvestments", "PaymentsToAcquireMarketableSecurities",
        "PaymentsToAcquireAvailableForSaleSecuritiesDebt",
        "PaymentsToAcquireAvailableForSaleSecurities", "PaymentsToAcquireShortTermInvestments",
        "PaymentsToAcquireLongtermInvestments", "PaymentsToAcquireOtherInvestments",
        "PaymentsToAcquireHeldToMaturitySecurities",
      ]
    case .sharesBought:
      [
        "PaymentsToAcquireEquitySecuritiesFvNi", "PaymentsToAcquireEquityMethodInvestments",
        "PaymentsToAcquireInterestInSubsidiariesAndAffiliates",
      ]
    case .businessesBought:
      [
        "PaymentsToAcquireBusinessesNetOfCashAcquired", "PaymentsToAcquireBusinessesGross",
        "PaymentsToAcquireBusinessTwoNetOfCashAcquired",
        "PaymentsToAcquireBusinessesAndInterestInAffiliates",
      ]
    default: gaapOfCapital
    }
  }

  private var gaapOfCapital: [String] {
    switch self {
    case .buybacks: ["PaymentsForRepurchaseOfCommonStock", "PaymentsForRepurchaseOfEquity"]
    case .debtRaised:
      [
        "ProceedsFromIssuanceOfDebt", "ProceedsFromIssuanceOfLongTermDebt",
        "ProceedsFromDebtNetOfIssuanceCosts", "ProceedsFromIssuanceOfSeniorLongTermDebt",
        "ProceedsFromDebtMaturingInMoreThanThreeMonths", "ProceedsFromNotesPayable",
      ]
    case .debtRepaid:
      [
        "RepaymentsOfDebt", "RepaymentsOfLongTermDebt", "RepaymentsOfSeniorDebt",
        "RepaymentsOfDebtMaturingInMoreThanThreeMonths", "RepaymentsOfNotesPayable",
      ]
    case .sharesIssued:
      ["ProceedsFromIssuanceOfCommonStock", "ProceedsFromIssuanceInitialPublicOffering"]
    case .interestPaid: ["InterestPaidNet", "InterestPaid", "InterestPaidOnLongTermDebt"]
    case .taxesPaid: ["IncomeTaxesPaidNet", "IncomeTaxesPaid"]
    case .depreciation:
      [
        "DepreciationDepletionAndAmortization", "DepreciationAmortizationAndAccretionNet",
        "DepreciationAndAmortization", "Depreciation",
      ]
    case .cash:
      [
        "CashAndCashEquivalentsAtCarryingValue", "Cash",
        "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
      ]
    case .debt:
      [
        "LongTermDebt", "DebtLongtermAndShorttermCombinedAmount",
        "LongTermDebtAndCapitalLeaseObligationsIncludingCurrentMaturities",
        "LongTermDebtNoncurrent",
        "LongTermDebtAndCapitalLeaseObligations", "SeniorNotes",
      ]
    case .purchaseObligations:
      ["PurchaseObligation", "PurchaseCommitmentRemainingMinimumAmountCommitted"]
    case .unconditionalObligations:
      [
        "UnrecordedUnconditionalPurchaseObligationBalanceSheetAmount",
        "RecordedUnconditionalPurchaseObligation",
      ]
    case .remainingObligations: ["RevenueRemainingPerformanceObligation"]
    case .guarantees: ["GuaranteeObligationsMaximumExposure"]
    default: []
    }
  }

  private var international: [String] {
    switch self {
    case .revenue: ["Revenue", "RevenueFromContractsWithCustomers"]
    case .costOfRevenue: ["CostOfSales"]
    case .operatingIncome: ["ProfitLossFromOperatingActivities"]
    case .operatingCashFlow: ["CashFlowsFromUsedInOperatingActivities"]
    case .capex: ["PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities"]
    case .investmentsBought:
      ["PurchaseOfFinancialInstrumentsClassifiedAsInvestingActivities"]
    case .buybacks: ["PaymentsToAcquireOrRedeemEntitysShares"]
    case .debtRaised: ["ProceedsFromBorrowingsClassifiedAsFinancingActivities"]
    case .debtRepaid: ["RepaymentsOfBorrowingsClassifiedAsFinancingActivities"]
    case .sharesIssued: ["ProceedsFromIssuingShares"]
    case .interestPaid: ["InterestPaidClassifiedAsOperatingActivities"]
    case .taxesPaid: ["IncomeTaxesPaidRefundClassifiedAsOperatingActivities"]
    case .cash: ["CashAndCashEquivalents"]
    case .debt: ["Borrowings", "LongtermBorrowings"]
    default: []
    }
  }
}

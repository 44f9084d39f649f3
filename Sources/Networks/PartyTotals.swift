internal import Claims

/// What one party took and spent in a period in all, as far as facts say.
///
/// Cash spent on running costs is revenue and prepayments less the cash that operations brought in;
/// where that is not known, costs less depreciation. Capital spending comes on top.
public struct PartyTotals: Sendable {
  /// A total of a party.
  public struct Total: Sendable {
    /// How much; nothing where `days` is 0.
    public let amount: Estimate
    /// Days of the period for which it is known.
    public let days: Int
    /// The facts behind it.
    public let evidence: [Evidence]

    init(_ slice: GradedSlice) {
      (amount, days, evidence) = (slice.amount, slice.days, slice.evidence.sorted())
    }

    init(_ amount: Estimate, days: Int, _ evidence: [Evidence]) {
      (self.amount, self.days, self.evidence) = (amount, days, Set(evidence).sorted())
    }
  }

  /// Why nothing is known.
  public enum Gap: String, Sendable, CaseIterable {
    /// Revenue is not known for nine tenths of the period.
    case revenue
    /// Neither cash from operations nor costs are known for it.
    case costs
    /// Capital spending is not known for it.
    case capex
  }

  /// The party.
  public let party: String
  /// Revenue.
  public let revenue: Total
  /// Customers' prepayments on top of revenue.
  public let prepayments: Total
  /// All that customers can have paid, prepayments with it; `nil` where revenue is not known for the whole period.
  let receipts: Total?
  /// Cash spent on running costs.
  public let cashCosts: Total
  /// Cost of what was sold, part of the costs.
  public let costOfRevenue: Total
  /// Cash spent on property and equipment.
  public let capex: Total
  /// Debt raised, and repaid.
  public let debtRaised: Total
  /// Debt repaid.
  public let debtRepaid: Total
  /// Shares sold by the company.
  public let equityRaised: Total
  /// Shares of others bought.
  public let investments: Total
  /// Shares bought back.
  public let buybacks: Total
  /// What is not known for the period.
  public let gaps: [Gap]

  init(of party: String, facts: FactTotals, in period: Period) {
    func total(_ metric: Fact.Metric) -> Total {
      Total(facts.sliceOfAll(party, metric, in: period))
    }
    self.party = party
    let revenue = Total(facts.slice(party, .revenue, in: period))
    self.revenue = revenue
    let prepayments = total(.prepayments)
    self.prepayments = prepayments
    let rows = revenue.evidence + prepayments.evidence
    receipts =
      revenue.days < period.dayCount
      ? nil : Total(revenue.amount + prepayments.amount, days: revenue.days, rows)
    costOfRevenue = total(.costOfRevenue)
    capex = total(.capex)
    debtRaised = total(.debtRaised)
    debtRepaid = total(.debtRepaid)
    equityRaised = total(.equityRaised)
    investments = total(.investments)
    buybacks = total(.buybacks)
    let cashCosts = Self.cashCosts(
      revenue: revenue,
      prepayments: prepayments,
      operations: total(.operatingCashFlow),
      costs: total(.costs),
      depreciation: total(.depreciation)
    )
    self.cashCosts = cashCosts
    let known = [(Gap.revenue, revenue), (.costs, cashCosts), (.capex, capex)]
    gaps = known.filter { $0.1.days * 10 < period.dayCount * 9 }.map(\.0)
  }

  private static func cashCosts(
    revenue: Total,
    prepayments: Total,
    operations: Total,
    costs: Total,
    depreciation: Total
  ) -> Total {
    let taken = revenue.amount + prepayments.amount
    if operations.days > 0, operations.days == revenue.days {
      let amount = Estimate(
        low: max(0, taken.low - operations.amount.high),
        point: max(0, taken.point - operations.amount.point),
        high: max(0, taken.high - operations.amount.low),
        hasPoint: taken.hasPoint && operations.amount.hasPoint
      )
      let rows = revenue.evidence + prepayments.evidence + operations.evidence
      return Total(amount, days: operations.days, rows)
    }
    guard costs.days > 0, depreciation.days == costs.days else { return costs }
    let rows = costs.evidence + depreciation.evidence
    return Total(costs.amount - depreciation.amount, days: costs.days, rows)
  }

  /// What the party can have bought from the sector with: capital spending and cost of revenue where
  /// either is known, else running costs; `nil` where none is.
  public var purchasing: Estimate? {
    if isPurchasingStated { return capex.amount + costOfRevenue.amount }
    return cashCosts.days > 0 ? cashCosts.amount : nil
  }

  /// The rows behind ``purchasing``.
  var purchasingEvidence: [Evidence] {
    isPurchasingStated ? capex.evidence + costOfRevenue.evidence : cashCosts.evidence
  }

  private var isPurchasingStated: Bool { capex.days > 0 || costOfRevenue.days > 0 }
}

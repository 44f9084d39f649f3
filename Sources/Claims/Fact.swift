public import Tables

/// What one source said about a party over a period, or on a day.
public struct Fact: Record {
  /// What is measured; `docs/model.md` defines each.
  public enum Metric: String, Sendable, CaseIterable {
    case revenue
    case revenuePart = "revenue-part"
    case revenueRunRate = "revenue-run-rate"
    case revenueShare = "revenue-share"
    case revenueFrom = "revenue-from"
    case prepayments, costs
    case costOfRevenue = "cost-of-revenue"
    case depreciation
    case interestPaid = "interest-paid"
    case taxesPaid = "taxes-paid"
    case buybacks
    case leasePayments = "lease-payments"
    case marketing
    case purchasesFrom = "purchases-from"
    case capex
    case capexWithLeases = "capex-with-leases"
    case operatingCashFlow = "operating-cash-flow"
    case debtRaised = "debt-raised"
    case debtRepaid = "debt-repaid"
    case equityRaised = "equity-raised"
    case investments, cash, debt, backlog
    case supplyCommitments = "supply-commitments"
    case leaseCommitments = "lease-commitments"
    case cloudCommitments = "cloud-commitments"
    case investmentCommitments = "investment-commitments"
    case guarantees
    case stakeValue = "stake-value"
    case marketValue = "market-value"
    case facilitySize = "facility-size"
    case stake
    case marketValueChange = "market-value-change"
    case unitsBought = "units-bought"
    case plan
    case exchangeRate = "exchange-rate"

    /// Whether it can be counted in `unit`.
    func allows(_ unit: Unit) -> Bool {
      switch (self, unit) {
      case (.plan, _), (.stake, .percent), (.stake, .shares): true
      case (.revenueShare, _): unit == .percent
      case (.unitsBought, .units), (.unitsBought, .gigawatts): true
      case (.stake, _), (.unitsBought, _): false
      case (_, .currency): true
      default: false
      }
    }

    /// Whether a value below zero makes sense.
    public var allowsNegative: Bool {
      self == .operatingCashFlow || self == .marketValueChange || self == .plan
    }
  }

  /// What a value is counted in.
  public enum Unit: Sendable, Hashable, CustomStringConvertible {
    /// Whole units of a currency.
    case currency(Currency)
    /// Hundredths of a whole.
    case percent
    /// Shares of stock.
    case shares
    /// Pieces.
    case units
    /// Gigawatts.
    case gigawatts

    init?(_ text: String) {
      switch text {
      case "percent": self = .percent
      case "shares": self = .shares
      case "units": self = .units
      case "GW": self = .gigawatts
      default:
        guard let currency = Currency(text) else { return nil }
        self = .currency(currency)
      }
    }

    /// As it is written in a book.
    public var description: String {
      switch self {
      case .currency(let currency): currency.code
      case .percent: "percent"
      case .shares: "shares"
      case .units: "units"
      case .gigawatts: "GW"
      }
    }
  }

  /// How a fact speaks of another.
  public enum Relation: String, Sendable, CaseIterable { case confirm, deny, supersede, part }

  /// The stored identity.
  public let id: String
  /// Whom it is about; `nil` for an exchange rate.
  public let party: String?
  /// The other side, where it is about one.
  public let counterparty: String?
  /// What is measured.
  public let metric: Metric
  /// The least it can be; `nil` when open.
  public let low: StrictDecimal?
  /// The most it can be; `nil` when open.
  public let high: StrictDecimal?
  /// What `low` and `high` are counted in.
  public let unit: Unit
  /// Where the period begins.
  public let start: PartialDate?
  /// Where it ends.
  public let end: PartialDate?
  /// The source it stands in.
  public let source: String
  /// Whom the source quotes; `nil` when the source speaks for itself.
  public let teller: String?
  /// When the source said it; known from the last day.
  public let reported: PartialDate
  /// The fact that this one speaks of.
  public let about: String?
  /// What it says of that fact.
  public let says: Relation?
  /// The words of the source.
  public let quote: String
  /// What an editor wants a reader to know.
  public let note: String
  /// The editor's share of belief that the sentence is right as it stands.
  public let confidence: StrictDecimal?
  /// Whether the value was stated, estimated or foretold; `nil` reads as stated.
  public let pen: Pen?
  /// The segment of the payee (of a fact without another side, of the party) that it belongs to; empty for
  /// the whole.
  public let part: String

  /// The table `facts`.
  public static let table = "facts"
  /// The columns of `facts.csv`.
  public static let columns = [
    "id", "party", "counterparty", "metric", "low", "high", "unit", "start", "end", "source",
    "teller", "reported", "about", "says", "quote", "note", "confidence",
  ]
  /// The columns that a `facts.csv` may have besides.
  public static let optionalColumns = ["pen", "part"]

  private func checkAgreement(_ fields: Fields) throws(FieldFault) {
    if case .currency(let currency) = unit, metric != .exchangeRate {
      if let low { _ = try fields.minorUnits(low, currency, column: "low") }
      if let high { _ = try fields.minorUnits(high, currency, column: "high") }
    }
    if party == nil, metric != .exchangeRate {
      throw FieldFault(
        column: "party",
        reason: "the cell is empty",
        advice: "name the party the fact is about"
      )
    }
    if (about == nil) != (says == nil) {
      throw FieldFault(
        column: about == nil ? "about" : "says",
        reason: "about and says stand together, and one is empty",
        advice: "name the fact and say confirm, deny, supersede or part"
      )
    }
    if about == id {
      throw FieldFault(
        column: "about",
        reason: "the fact speaks of itself",
        advice: "name another fact"
      )
    }
    try checkRate()
    guard metric.allows(unit) else {
      throw FieldFault(
        column: "unit",
        reason: "\(metric.rawValue) is not counted in \(unit)",
        advice: "write a currency code, or percent for a share, shares for a stake, units or GW"
      )
    }
    if metric == .revenueShare, let most = high ?? low, StrictDecimal(100) < most {
      throw FieldFault(
        column: high == nil ? "low" : "high",
        reason: "\(most) percent is more than the whole",
        advice: "give the share of the party's revenue in percent, 0 to 100"
      )
    }
  }

  /// A rate is how many of its unit a dollar buys: above zero, and of the dollar itself exactly one.
  private func checkRate() throws(FieldFault) {
    guard metric == .exchangeRate, case .currency(let currency) = unit else { return }
    for (column, bound) in [("low", low), ("high", high)] {
      guard let bound else { continue }
      guard StrictDecimal(0) < bound else {
        throw FieldFault(
          column: column,
          reason: "a dollar cannot buy \(bound) \(currency)",
          advice: "give how many \(currency) one US dollar buys, a number above zero"
        )
      }
      guard currency != .usDollar || bound == StrictDecimal(1) else {
        throw FieldFault(
          column: column,
          reason: "a dollar is one dollar, not \(bound)",
          advice: "name the other currency in unit, and give how many of it one US dollar buys"
        )
      }
    }
  }

  /// The period, where both ends are known.
  public var period: Period? {
    guard let start, let end else { return nil }
    return Period(first: start.first, last: end.last)
  }

  /// The value in minor units of a currency; `nil` for other units, and where nothing is known.
  public var amount: AmountRange? {
    guard case .currency(let currency) = unit else { return nil }
    return AmountRange(
      low: low?.scaled(by: currency.minorDigits),
      high: high?.scaled(by: currency.minorDigits),
      currency: currency
    )
  }

  /// The cells of the row.
  public var values: [String] {
    [
      id, party ?? "", counterparty ?? "", metric.rawValue, low?.description ?? "",
      high?.description ?? "", unit.description, start?.description ?? "",
      end?.description ?? "", source, teller ?? "", reported.description, about ?? "",
      says?.rawValue ?? "", quote, note, confidence?.description ?? "", pen?.rawValue ?? "", part,
    ]
  }
}

extension Fact {
  /// Reads a row of `facts.csv`.
  public init(_ fields: Fields) throws(FieldFault) {
    id = try fields.identifier("id")
    metric = try fields.choice("metric", Metric.self)
    party = try fields.optionalIdentifier("party")
    counterparty = try fields.optionalIdentifier("counterparty")
    (low, high) = try fields.range(allowNegative: metric.allowsNegative)
    let unit = try fields.required("unit")
    guard let known = Unit(unit) else {
      throw FieldFault(
        column: "unit",
        reason: "\"\(unit.prefix(40))\" is not a unit",
        advice: Fields.currencyAdvice(unit) + ", or percent, shares, units or GW"
      )
    }
    self.unit = known
    (start, end) = try fields.term()
    source = try fields.identifier("source")
    let teller = try fields.text("teller")
    self.teller = teller.isEmpty ? nil : teller
    reported = try fields.date("reported")
    about = try fields.optionalIdentifier("about")
    says = try fields.optionalChoice("says", Relation.self)
    quote = try fields.text("quote")
    note = try fields.text("note")
    confidence = try fields.confidence()
    pen = try fields.optionalChoice("pen", Pen.self)
    part = try fields.text("part")
    try checkAgreement(fields)
  }

  /// A fact of typed parts, held to what a row is held to.
  ///
  /// - Parameters:
  ///   - id: The stored identity.
  ///   - party: Whom it is about; `nil` for an exchange rate.
  ///   - metric: What is measured.
  ///   - low: The least it can be.
  ///   - high: The most it can be.
  ///   - unit: What `low` and `high` are counted in.
  ///   - source: The source it stands in.
  ///   - reported: When the source said it.
  ///   - counterparty: The other side, where it is about one.
  ///   - start: Where the period begins.
  ///   - end: Where it ends.
  ///   - teller: Whom the source quotes.
  ///   - about: The fact that this one speaks of.
  ///   - says: What it says of that fact.
  ///   - quote: The words of the source.
  ///   - note: What an editor wants a reader to know.
  ///   - confidence: The editor's share of belief.
  ///   - pen: Whether the value was stated, estimated or foretold.
  ///   - part: The segment it belongs to.
  /// - Throws: ``FieldFault`` for the first part that a row could not have.
  public init(
    id: String,
    party: String?,
    metric: Metric,
    low: StrictDecimal?,
    high: StrictDecimal?,
    unit: Unit,
    source: String,
    reported: PartialDate,
    counterparty: String? = nil,
    start: PartialDate? = nil,
    end: PartialDate? = nil,
    teller: String? = nil,
    about: String? = nil,
    says: Relation? = nil,
    quote: String = "",
    note: String = "",
    confidence: StrictDecimal? = nil,
    pen: Pen? = nil,
    part: String = ""
  ) throws(FieldFault) {
    let row = Fact(
      id: id,
      party: party,
      counterparty: counterparty,
      metric: metric,
      low: low,
      high: high,
      unit: unit,
      start: start,
      end: end,
      source: source,
      teller: teller,
      reported: reported,
      about: about,
      says: says,
      quote: quote,
      note: note,
      confidence: confidence,
      pen: pen,
      part: part
    )
    try self.init(row.fields)
  }
}

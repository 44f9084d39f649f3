public import Claims

/// What is assumed and what happens: settings of parties, deals and the outside, and dated shocks.
public struct Scenario: Sendable, Equatable {
  /// A few words.
  public var name: String
  /// What it asks, for a reader.
  public var description: String
  /// How many months; `nil` leaves it to the caller.
  public var months: Int?
  /// The first month; `nil` is the month after the day of the view.
  public var start: Month?
  /// Figures of the outside.
  public var outside: [OutsideFigure: Setting]
  /// Figures of parties inside.
  public var parties: [String: [PartyFigure: Setting]]
  /// Who inside buys what share of the new equity of a party: by party, then by investor.
  public var investors: [String: [String: Setting]]
  /// Terms of deals that no claim states.
  public var deals: [String: DealTerms]
  /// What happens with and without the scenario, as an offering that is planned anyway.
  public var given: [Shock]
  /// What happens, in the order of the file.
  public var shocks: [Shock]

  /// A scenario in which nothing is set and nothing happens.
  public init(name: String = "nothing happens") {
    self.name = name
    description = ""
    (months, start) = (nil, nil)
    (outside, parties, investors, deals, given, shocks) = ([:], [:], [:], [:], [], [])
  }

  /// A figure with the reason for it.
  public struct Setting: Sendable, Equatable {
    /// The figure.
    public let quantity: Quantity
    /// Why this value; empty where the file does not say.
    public let because: String

    /// A figure and its reason.
    public init(_ quantity: Quantity, because: String = "") {
      self.quantity = quantity
      self.because = because
    }
  }

  /// What a scenario can say of the outside.
  public enum OutsideFigure: String, Sendable, CaseIterable {
    /// Growth a year of what outside customers spend on the sector.
    case demandGrowth = "demand-growth"
    /// Standard deviation a year of that spending around its path.
    case demandVolatility = "demand-volatility"
    /// Interest a year on debt whose party has no rate of its own.
    case rate
    /// Standard deviation a year of share prices, shared by all parties.
    case marketVolatility = "market-volatility"
  }

  /// What a scenario can say of a party.
  public enum PartyFigure: String, Sendable, CaseIterable {
    /// Cash at the start, in dollars.
    case cash
    /// Debt at the start, in dollars.
    case debt
    /// Facility not yet drawn at the start, in dollars.
    case facility
    /// Market value at the start, in dollars.
    case marketValue = "market-value"
    /// What customers outside pay in a year, in dollars.
    case receipts
    /// What is paid outside in a year for running costs and capital goods, in dollars.
    case spending
    /// Growth a year of what customers outside pay, in place of the outside's.
    case growth
    /// Of each dollar received beyond the base year's level, the share spent the month after.
    case response
    /// Interest a year on its debt.
    case rate
    /// New equity it can raise in a year, as a share of market value.
    case equityShare = "equity-share"
    /// The most debt it can owe, in dollars.
    case debtLimit = "debt-limit"
    /// Standard deviation a year of its own share price around the market's.
    case volatility
    /// Of its debt, the share that lenders get back once it has failed.
    case recovery
  }

  /// Terms of a deal that no claim states.
  public struct DealTerms: Sendable, Equatable {
    /// Months of lateness after which the customer leaves; `nil` means never.
    public var graceMonths: Int?
    /// Who takes the capacity over then, by id.
    public var taker: String?
    /// Dollars from `start` to `end`, the same in every month, in place of what the book plans.
    public var dollars: Double?
    /// The first month of the amount.
    public var start: Month?
    /// The last month of the amount.
    public var end: Month?
    /// Whether the amount runs only once the deal is exercised.
    public var waits = false
    /// The share of what the payer receives for goods and services that it pays in the same month.
    public var ofReceipts: Double?
    /// The share of the payer's cash at the beginning of a month that it pays in it.
    public var ofCash: Double?
    /// Why; empty where the file does not say.
    public var because = ""

    /// Whether the deal pays shares instead of planned amounts.
    var isShare: Bool { ofReceipts != nil || ofCash != nil }
  }
}

/// Something that happens in a scenario.
public struct Shock: Sendable, Equatable {
  /// Which deals.
  public enum Deals: Sendable, Equatable {
    /// Those named.
    case named([String])
    /// All for goods and services.
    case all
  }

  /// What happens.
  public enum Effect: Sendable, Equatable {
    /// The customer leaves.
    case withdraw(Deals)
    /// Capacity comes later by some months and is not paid for until then.
    case delay(Deals, months: Quantity)
    /// The rest of the deal is multiplied.
    case amend(Deals, factor: Quantity)
    /// The rest of the deal comes to this many dollars.
    case amount(Deals, dollars: Quantity)
    /// Another party pays from here on.
    case novate(Deals, to: String)
    /// A deal that waits begins to run: an option exercised, a backstop called.
    case begin(Deals)
    /// A deal that waits never runs.
    case lapse(Deals)
    /// Market value changes by a share of itself.
    case sharePrice([String], change: Quantity)
    /// What can be raised as equity is multiplied; 0 for a raise that fails.
    case raise([String], factor: Quantity)
    /// The facility cannot be drawn any more.
    case freeze([String])
    /// Customers outside are lost, by share of what they pay.
    case loseCustomers(String, share: Quantity)
    /// Every deal from a customer to a party ends.
    case loseCustomer(String, customer: String)
    /// A party fails.
    case fail([String])
    /// Shares are sold to the public, in dollars.
    case offering(String, dollars: Quantity)
    /// What outside customers spend grows at another rate from here on.
    case demandGrowth(Quantity)
    /// Interest on all debt changes to this rate.
    case rate(Quantity)
    /// Nobody can raise equity for some months.
    case shutMarket(months: Quantity)
  }

  /// When it happens besides its date.
  public enum Condition: Sendable, Equatable {
    /// Once a deal is this many months late.
    case late(deal: String, months: Int)
    /// Once a party has failed.
    case failed(party: String)
    /// Once a party's cash is below this many dollars.
    case cashBelow(party: String, dollars: Double)
  }

  /// The month; `nil` is the first.
  public var month: Month?
  /// What else must hold; it happens in the first month from `month` on in which it does.
  public var condition: Condition?
  /// How likely it happens at all.
  public var chance: Double
  /// What happens.
  public var effect: Effect
  /// The words of the file for it.
  public var words: String
  /// Where it stands: `file:line:column`.
  public var place: String
}

/// A mistake in a scenario file: where, what, and what to do.
public struct ScenarioError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// The line, from 1; 0 where the whole file is meant.
  public let line: Int
  /// The column, from 1.
  public let column: Int
  /// What is wrong.
  public let problem: String
  /// What to do.
  public let advice: String

  /// One sentence, after the place.
  public var description: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    return "\(place): \(problem); \(advice)"
  }
}

/// Why two amounts could not be added.
public enum MoneyError: Error, Equatable {
  /// The currencies differ; convert at a stated rate first.
  case currencyMismatch(Currency, Currency)
  /// The sum does not fit 64 bits of minor units.
  case overflow
}

/// An exact amount of money: whole minor units of one currency.
public struct Money: Sendable, Hashable {
  /// Cents, for dollars; whole yen, for yen.
  public let minorUnits: Int64
  /// The currency the units are of.
  public let currency: Currency

  /// An amount of `minorUnits` of `currency`.
  public init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// The sum of two amounts of one currency.
  ///
  /// - Parameter other: The amount to add.
  /// - Returns: The exact sum.
  /// - Throws: ``MoneyError`` when the currencies differ or the sum does not fit.
  public func adding(_ other: Money) throws(MoneyError) -> Money {
    guard currency == other.currency else {
      throw .currencyMismatch(currency, other.currency)
    }
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    guard !overflow else { throw .overflow }
    return Money(minorUnits: sum, currency: currency)
  }
}

/// What is known of an amount: a point, a range, or one bound with the other side open.
public struct AmountRange: Sendable, Hashable {
  /// The least it can be, in minor units; `nil` when only "up to" is known.
  public let low: Int64?
  /// The most it can be, in minor units; `nil` when only "at least" is known.
  public let high: Int64?
  /// The currency of both bounds.
  public let currency: Currency

  /// A range with at least one bound, `low` not above `high`; `nil` otherwise.
  public init?(low: Int64?, high: Int64?, currency: Currency) {
    if let low, let high, low > high { return nil }
    guard low != nil || high != nil else { return nil }
    self.low = low
    self.high = high
    self.currency = currency
  }

  /// The amount used where one number is needed: the middle of a closed range, else the known bound.
  public var point: Int64 {
    switch (low, high) {
    case (let low?, let high?): low + (high - low) / 2
    case (let low?, nil): low
    case (nil, let high?): high
    case (nil, nil): preconditionFailure("a range has a bound")
    }
  }

  /// Whether both bounds are known and equal.
  public var isPoint: Bool { low != nil && low == high }

  /// Whether no amount lies in both ranges, an open side reaching any amount.
  public func contradicts(_ other: AmountRange) -> Bool {
    guard currency == other.currency else { return false }
    if let high, let least = other.low, high < least { return true }
    if let low, let most = other.high, low > most { return true }
    return false
  }
}

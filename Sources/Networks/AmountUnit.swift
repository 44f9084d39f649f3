public import Claims

/// What one of a network's amounts is of: a currency, and how many of its digits are counted whole.
///
/// Networks of a book count minor units, so that what is added up is whole; a network read from an
/// edge list has bare numbers. Whoever prints asks here for whole units.
public struct AmountUnit: Sendable, Equatable {
  /// The currency; `nil` for bare numbers.
  public let currency: Currency?
  /// The digits after the point of a whole unit that are counted: 2 where amounts are cents.
  public let digits: Int

  /// Bare numbers.
  public static let bare = AmountUnit(currency: nil, digits: 0)

  /// The minor units of `currency`.
  public static func minor(_ currency: Currency) -> AmountUnit {
    AmountUnit(currency: currency, digits: currency.minorDigits)
  }

  /// Amounts of `currency`, `digits` after the point of which are counted.
  public init(currency: Currency?, digits: Int) {
    self.currency = currency
    self.digits = digits
  }

  /// An amount in whole units.
  public func whole(_ amount: Double) -> Double { digits < 0 ? amount * scale : amount / scale }

  /// A range in whole units.
  public func whole(_ estimate: Estimate) -> Estimate {
    Estimate(
      low: whole(estimate.low),
      point: whole(estimate.point),
      high: whole(estimate.high)
    )
  }

  /// How many of the unit make a whole one, or of whole ones the unit where digits before the point are not counted.
  private var scale: Double { (0..<digits.magnitude).reduce(1) { scale, _ in scale * 10 } }
}

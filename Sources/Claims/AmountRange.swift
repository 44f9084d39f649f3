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

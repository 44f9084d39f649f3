internal import Claims

/// An amount in minor units of the network's currency: the range within which it lies, and the number that is
/// worked with where one is needed.
///
/// Where only a range is known there is no point: ``point`` is then its middle, which is worked with and never
/// printed. Where only "at least" is known the amount is open, and ``high`` is no more than its low.
public struct Estimate: Sendable, Equatable {
  /// The least it can be.
  public var low: Double
  /// The number worked with: what was stated, or the middle of the range.
  public var point: Double
  /// The most it can be, as far as anybody said.
  public var high: Double
  /// Whether ``point`` was stated, and not only a range.
  public var hasPoint: Bool
  /// Whether it may be more than ``high``: nobody says how much.
  public var isOpen: Bool

  /// Nothing, exactly.
  public static let zero = Estimate(low: 0, point: 0, high: 0)

  /// An amount known exactly.
  static func exactly(_ amount: Double) -> Estimate {
    Estimate(low: amount, point: amount, high: amount)
  }

  /// An amount within its range.
  public init(
    low: Double,
    point: Double,
    high: Double,
    hasPoint: Bool = true,
    isOpen: Bool = false
  ) {
    self.low = low
    self.point = point
    self.high = high
    self.hasPoint = hasPoint
    self.isOpen = isOpen
  }

  /// What a range of a book says: "up to" begins at nothing, "at least" is open.
  init(_ range: AmountRange) {
    low = Double(range.low ?? min(0, range.high ?? 0))
    high = Double(range.high ?? range.low ?? 0)
    point = (low + (high - low) / 2).rounded(.down)
    hasPoint = range.isPoint
    isOpen = range.high == nil
  }

  /// What is printed as the amount; `nil` where there is only a range.
  public var stated: Double? { hasPoint && !isOpen ? point : nil }

  /// The most that is printed; `nil` where nobody says.
  public var most: Double? { isOpen ? nil : high }

  /// Each bound times `factor`, which is not negative.
  func scaled(by factor: Double) -> Estimate {
    Estimate(
      low: low * factor,
      point: point * factor,
      high: high * factor,
      hasPoint: hasPoint,
      isOpen: isOpen
    )
  }

  /// The value at a share of the way from low to high; the value used when `share` is `nil`.
  func value(at share: Double?) -> Double { share.map { low + $0 * (high - low) } ?? point }

  /// Whether it can be more than nothing.
  var isSomething: Bool { high > 0 || isOpen }

  /// Whether low and high differ, or nobody says how high.
  public var isRange: Bool { high > low || isOpen }

  /// The same, its range wide enough to hold `other` too.
  func widened(toHold other: Estimate) -> Estimate {
    var wide = self
    wide.low = min(low, other.low)
    wide.high = max(high, other.high)
    wide.isOpen = isOpen || other.isOpen
    return wide
  }

  /// The sum of two amounts that vary by themselves.
  public static func + (left: Estimate, right: Estimate) -> Estimate {
    Estimate(
      low: left.low + right.low,
      point: left.point + right.point,
      high: left.high + right.high,
      hasPoint: left.hasPoint && right.hasPoint,
      isOpen: left.isOpen || right.isOpen
    )
  }

  /// Adds an amount that varies by itself.
  public static func += (left: inout Estimate, right: Estimate) { left = left + right }

  /// What is left of an amount once `other` is taken out, never below nothing.
  static func - (left: Estimate, right: Estimate) -> Estimate {
    Estimate(
      low: right.isOpen ? 0 : max(0, left.low - right.high),
      point: max(0, left.point - right.point),
      high: max(0, left.high - right.low),
      hasPoint: left.hasPoint && right.hasPoint,
      isOpen: left.isOpen
    )
  }
}

/// A row of the book that a figure rests on.
public struct Evidence: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The table the row is of.
  public enum Table: String, Sendable { case claim, fact, assumption }
  /// The table the row is of.
  public let table: Table
  /// The row's id.
  public let id: String

  /// Names a claim.
  public static func claim(_ id: String) -> Evidence { Evidence(table: .claim, id: id) }
  /// Names a fact.
  public static func fact(_ id: String) -> Evidence { Evidence(table: .fact, id: id) }
  /// Names an assumption.
  public static func assumption(_ id: String) -> Evidence { Evidence(table: .assumption, id: id) }

  /// The row's id.
  public var description: String { id }
  /// Orders by table, then id.
  public static func < (left: Evidence, right: Evidence) -> Bool {
    (left.table.rawValue, left.id) < (right.table.rawValue, right.id)
  }
}

internal import Claims

/// An amount in minor units of the network's currency: the value used, and the range around it.
public struct Estimate: Sendable, Equatable {
  /// The least it can be.
  public var low: Double
  /// The value used where one number is needed.
  public var point: Double
  /// The most it can be, as far as anybody said.
  public var high: Double

  /// Nothing, exactly.
  public static let zero = Estimate(low: 0, point: 0, high: 0)

  /// An amount within its range.
  public init(low: Double, point: Double, high: Double) {
    self.low = low
    self.point = point
    self.high = high
  }

  /// What a range of a book says: "up to" begins at nothing, "at least" has no more than its bound.
  init(_ range: AmountRange) {
    point = Double(range.point)
    low = Double(range.low ?? min(0, range.point))
    high = Double(range.high ?? range.point)
  }

  /// Each bound times `factor`, which is not negative.
  func scaled(by factor: Double) -> Estimate {
    Estimate(low: low * factor, point: point * factor, high: high * factor)
  }

  /// The value at a share of the way from low to high; the value used when `share` is `nil`.
  func value(at share: Double?) -> Double { share.map { low + $0 * (high - low) } ?? point }

  /// Whether low and high differ.
  public var isRange: Bool { high > low }

  static func + (left: Estimate, right: Estimate) -> Estimate {
    Estimate(
      low: left.low + right.low,
      point: left.point + right.point,
      high: left.high + right.high
    )
  }

  static func += (left: inout Estimate, right: Estimate) { left = left + right }

  /// What is left of an amount once `other` is taken out, never below nothing.
  static func - (left: Estimate, right: Estimate) -> Estimate {
    Estimate(
      low: max(0, left.low - right.high),
      point: max(0, left.point - right.point),
      high: max(0, left.high - right.low)
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

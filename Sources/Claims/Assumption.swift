internal import Tables

/// A number that no source states and a result needs.
public struct Assumption: Record {
  /// What it rests on.
  public enum Basis: String, Sendable, CaseIterable { case disclosed, derived, external, judgment }

  /// The stored identity.
  public let id: String
  /// What the engine asks for it by, as `end:DEAL`.
  public let name: String
  /// The least it can be, as written.
  public let low: String
  /// The most it can be, as written.
  public let high: String
  /// What the value is counted in; `date` for a day.
  public let unit: String
  /// What it rests on.
  public let basis: Basis
  /// Why this value.
  public let reason: String
  /// A source it leans on.
  public let source: String?
  /// What an editor wants a reader to know.
  public let note: String

  /// The table `assumptions`.
  public static let table = "assumptions"
  /// The columns of `assumptions.csv`.
  public static let columns = [
    "id", "name", "low", "high", "unit", "basis", "reason", "source", "note",
  ]

  /// Reads a row of `assumptions.csv`.
  public init(_ fields: Fields) throws(FieldFault) {
    id = try fields.identifier("id")
    name = try fields.required("name")
    unit = try fields.required("unit")
    basis = try fields.choice("basis", Basis.self)
    reason = try fields.required("reason")
    source = try fields.optionalIdentifier("source")
    note = try fields.text("note")
    if unit == "date" {
      let (first, last) = (try fields.date("low"), try fields.date("high"))
      guard first.first <= last.last else {
        throw FieldFault(
          column: "high",
          reason: "\(last) lies before low, \(first)",
          advice: "exchange the two, or correct one"
        )
      }
      (low, high) = (first.description, last.description)
    } else if name.hasPrefix("amount:") {
      let currency = try fields.currency("unit")
      let (least, most) = try Self.bounds(fields.range(allowNegative: false))
      _ = try fields.minorUnits(least, currency, column: "low")
      _ = try fields.minorUnits(most, currency, column: "high")
      (low, high) = (least.description, most.description)
    } else {
      let (least, most) = try Self.bounds(fields.range(allowNegative: true))
      (low, high) = (least.description, most.description)
    }
  }

  /// Both bounds, the one that is given standing for the other.
  private static func bounds(
    _ range: (low: StrictDecimal?, high: StrictDecimal?)
  ) throws(FieldFault) -> (StrictDecimal, StrictDecimal) {
    guard let low = range.low ?? range.high, let high = range.high ?? range.low else {
      throw FieldFault(
        column: "low",
        reason: "the assumption has no value",
        advice: "give low, high or both"
      )
    }
    return (low, high)
  }

  /// The cells of the row.
  public var values: [String] {
    [id, name, low, high, unit, basis.rawValue, reason, source ?? "", note]
  }
}

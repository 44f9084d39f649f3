internal import Tables

/// How an amount is spread over a term.
public enum Schedule: Sendable, Hashable {
  /// The same for every day.
  case even
  /// All on the first day.
  case atStart
  /// All on the last day.
  case atEnd
  /// Rising in a straight line from nothing.
  case backLoaded
  /// Stated minor units in stated months.
  case instalments([Instalment])

  /// One payment of a schedule.
  public struct Instalment: Sendable, Hashable {
    /// When it is due.
    public let due: PartialDate
    /// How much, in minor units of the claim's currency.
    public let minorUnits: Int64
  }

  static func read(_ fields: Fields, currency: Currency?) throws(FieldFault) -> Schedule? {
    let cell = try fields.text("schedule")
    switch cell {
    case "": return nil
    case "even": return .even
    case "at-start": return .atStart
    case "at-end": return .atEnd
    case "back-loaded": return .backLoaded
    default: break
    }
    var instalments: [Instalment] = []
    for part in cell.split(separator: ";", omittingEmptySubsequences: false) {
      let pair = part.split(separator: ":", omittingEmptySubsequences: false)
      guard let currency, pair.count == 2, let due = PartialDate(pair[0]),
        let amount = StrictDecimal(pair[1]), !amount.isNegative
      else {
        throw FieldFault(
          column: "schedule",
          reason: "\"\(part.prefix(40))\" is not a schedule",
          advice: "write even, at-start, at-end, back-loaded, or instalments with a currency, "
            + "as 2026-01:1500000000;2026-07:500000000"
        )
      }
      let units = try fields.minorUnits(amount, currency, column: "schedule")
      instalments.append(Instalment(due: due, minorUnits: units))
    }
    return .instalments(instalments)
  }

  func text(_ currency: Currency?) -> String {
    switch self {
    case .even: "even"
    case .atStart: "at-start"
    case .atEnd: "at-end"
    case .backLoaded: "back-loaded"
    case .instalments(let parts):
      parts.map { "\($0.due):\(decimalText($0.minorUnits, currency))" }.joined(separator: ";")
    }
  }
}

/// Minor units written as whole units with a point.
func decimalText(_ minorUnits: Int64, _ currency: Currency?) -> String {
  let digits = currency?.minorDigits ?? 0
  var text = exactAmount(minorUnits, digits: digits)
  guard digits > 0 else { return text }
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}

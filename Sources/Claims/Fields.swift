internal import Tables

/// The named cells of one row, with the readers that check them.
public struct Fields: Sendable {
  private let cells: [String: String]

  /// The longest cell accepted, in bytes: a note that long is a mistake.
  public static let longestCell = 65_536

  /// Cells by column; a column that is missing reads as empty.
  public init(_ cells: [String: String]) { self.cells = cells }

  /// The cell of `column`, empty when it is missing.
  public func text(_ column: String) throws(FieldFault) -> String {
    let cell = cells[column] ?? ""
    guard cell.utf8.count <= Self.longestCell else {
      throw FieldFault(
        column: column,
        reason: "the cell has \(cell.utf8.count) bytes, at most \(Self.longestCell) are allowed",
        advice: "shorten it, or look for a quote that is not closed"
      )
    }
    guard !cell.utf8.contains(0) else {
      throw FieldFault(
        column: column,
        reason: "a NUL character stands in the cell",
        advice: "delete it"
      )
    }
    return cell
  }

  func required(_ column: String) throws(FieldFault) -> String {
    let cell = try text(column)
    guard !cell.isEmpty else {
      throw FieldFault(
        column: column,
        reason: "the cell is empty",
        advice: "this column needs a value"
      )
    }
    return cell
  }

  /// An id: 1 to 64 of `a-z 0-9 - . _`, beginning with a letter or digit.
  func identifier(_ column: String) throws(FieldFault) -> String {
    let cell = try required(column)
    let isWord = { (byte: UInt8) in (97...122).contains(byte) || (48...57).contains(byte) }
    guard cell.utf8.count <= 64, let first = cell.utf8.first, isWord(first),
      cell.utf8.allSatisfy({ isWord($0) || [45, 46, 95].contains($0) })
    else {
      throw FieldFault(
        column: column,
        reason: "\"\(excerpt(cell))\" is not an id",
        advice: "use 1 to 64 of a-z, 0-9, - . _ and begin with a letter or digit"
      )
    }
    return cell
  }

  func optionalIdentifier(_ column: String) throws(FieldFault) -> String? {
    try text(column).isEmpty ? nil : identifier(column)
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ column: String,
    _: Choice.Type
  ) throws(FieldFault) -> Choice where Choice.RawValue == String {
    let cell = try required(column)
    guard let choice = Choice(rawValue: cell) else {
      let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw FieldFault(
        column: column,
        reason: "\"\(excerpt(cell))\" is not one of the words allowed here",
        advice: "use one of: \(all)"
      )
    }
    return choice
  }

  func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ column: String,
    _ type: Choice.Type
  ) throws(FieldFault) -> Choice? where Choice.RawValue == String {
    try text(column).isEmpty ? nil : choice(column, type)
  }

  func date(_ column: String) throws(FieldFault) -> PartialDate {
    let cell = try required(column)
    guard let date = PartialDate(cell) else {
      throw FieldFault(
        column: column,
        reason: "\"\(excerpt(cell))\" is not a date",
        advice: "write YYYY, YYYY-MM or YYYY-MM-DD, a day the calendar has"
      )
    }
    return date
  }

  func optionalDate(_ column: String) throws(FieldFault) -> PartialDate? {
    try text(column).isEmpty ? nil : date(column)
  }

  /// `start` and `end`, in that order where both are given.
  func term() throws(FieldFault) -> (start: PartialDate?, end: PartialDate?) {
    let start = try optionalDate("start")
    let end = try optionalDate("end")
    if let start, let end, end.last < start.first {
      throw FieldFault(
        column: "end",
        reason: "\(end) lies before the start, \(start)",
        advice: "exchange the two, or correct one"
      )
    }
    return (start, end)
  }

  func decimal(_ column: String) throws(FieldFault) -> StrictDecimal? {
    let cell = try text(column)
    guard !cell.isEmpty else { return nil }
    guard let number = StrictDecimal(cell) else {
      throw FieldFault(
        column: column,
        reason: "\"\(excerpt(cell))\" is not a number",
        advice: "write digits with at most one point, as 11900000000 or 0.5, without separators"
      )
    }
    return number
  }

  /// `low` and `high`, in that order where both are given.
  func range(allowNegative: Bool) throws(FieldFault) -> (low: StrictDecimal?, high: StrictDecimal?)
  {
    let low = try decimal("low")
    let high = try decimal("high")
    for (column, bound) in [("low", low), ("high", high)] {
      if let bound, bound.isNegative, !allowNegative {
        throw FieldFault(
          column: column,
          reason: "\(bound) is negative, which cannot be here",
          advice: "give the amount without a sign; the direction is payer to payee"
        )
      }
    }
    if let low, let high, high < low {
      throw FieldFault(
        column: "high",
        reason: "\(high) is less than low, \(low)",
        advice: "exchange the two, or correct one"
      )
    }
    return (low, high)
  }

  func currency(_ column: String) throws(FieldFault) -> Currency {
    let cell = try required(column)
    guard let currency = Currency(cell) else {
      throw FieldFault(
        column: column,
        reason: "\"\(excerpt(cell))\" is not a currency",
        advice: Self.currencyAdvice(cell)
      )
    }
    return currency
  }

  /// What to write instead of `cell`, which is no currency.
  static func currencyAdvice(_ cell: String) -> String {
    let near = Currency.nearest(to: cell).map { "; did you mean \($0)?" } ?? ""
    return "write a code of ISO 4217 in capital letters, as USD" + near
  }

  func minorUnits(_ number: StrictDecimal, _ currency: Currency, column: String)
    throws(FieldFault) -> Int64
  {
    guard let units = number.scaled(by: currency.minorDigits), units.magnitude <= 1 << 53 else {
      throw FieldFault(
        column: column,
        reason: "\(number) does not fit whole minor units of \(currency)",
        advice: "at most \(currency.minorDigits) digits after the point, and at most 2^53 units"
      )
    }
    return units
  }

  func confidence() throws(FieldFault) -> StrictDecimal? {
    guard let number = try decimal("confidence") else { return nil }
    guard !number.isNegative, number <= StrictDecimal(1) else {
      throw FieldFault(
        column: "confidence",
        reason: "\(number) is not between 0 and 1",
        advice: "write a share, as 0.85"
      )
    }
    return number
  }
}

internal import Claims

/// A parameter that an address may have: what it is called, what it means, and what it takes.
struct QueryParameter: Sendable {
  /// What a value must be.
  enum Shape: Sendable {
    /// Any words, up to a length.
    case words(Int)
    /// `2025`, `2025-03` or `2025-03-31`.
    case date
    /// A date, or two with `..` between.
    case period
    /// One of these.
    case choice([String])
    /// A whole number.
    case number(ClosedRange<Int>)
    /// The id of a row.
    case id
    /// The beginning of a hash.
    case hash
    /// A length of time as `30d`, `12h` or `90m`.
    case stretch
    /// A day, or a moment of one.
    case moment
    /// An amount as `48600.50`.
    case amount
    /// The code of a currency.
    case currency
  }

  /// Its name.
  let name: String
  /// What it means.
  let meaning: String
  /// What it takes.
  let shape: Shape
  /// Whether it may stand more than once.
  let repeats: Bool

  init(_ name: String, _ meaning: String, _ shape: Shape, repeats: Bool = false) {
    (self.name, self.meaning, self.shape, self.repeats) = (name, meaning, shape, repeats)
  }

  /// Whether a value is what it must be.
  func takes(_ value: String) -> Bool {
    switch shape {
    case .words(let most): value.unicodeScalars.count <= most
    case .date: PartialDate(value) != nil
    case .period: Period(text: value).map { $0.dayCount <= Self.longestPeriod } ?? false
    case .choice(let words): words.contains(value)
    case .number(let range): Self.number(value).map(range.contains) ?? false
    case .id: Self.isID(value)
    case .hash:
      (8...64).contains(value.utf8.count)
        && value.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    case .stretch:
      value.last.map { "smhdw".contains($0) } ?? false
        && Self.isDigits(value.dropLast(), 1...4)
    case .moment: Self.isMoment(value)
    case .amount:
      Self.isAmount(value)
    case .currency: value.utf8.count == 3 && value.utf8.allSatisfy { (65...90).contains($0) }
    }
  }

  /// Whether a value that is not taken is of the right form all the same: no pattern says which of two days is the later.
  func isWellFormed(_ value: String) -> Bool {
    guard case .period = shape else { return false }
    let sides = value.split(separator: "..", omittingEmptySubsequences: false)
    return (1...2).contains(sides.count) && sides.allSatisfy { PartialDate($0) != nil }
  }

  private static func isDigits(_ text: Substring, _ count: ClosedRange<Int>) -> Bool {
    count.contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// Up to fifteen digits, and up to nine behind a point.
  private static func isAmount(_ text: String) -> Bool {
    let sides = text.split(separator: ".", omittingEmptySubsequences: false)
    return sides.count <= 2 && isDigits(sides[0], 1...15)
      && (sides.count == 1 || isDigits(sides[1], 1...9))
  }

  /// A day, perhaps with a time of it: `2026-01-31T23:59:59Z`.
  private static func isMoment(_ text: String) -> Bool {
    guard let day = PartialDate(String(text.prefix(10))), day.first == day.last else {
      return false
    }
    let rest = text.dropFirst(10)
    guard !rest.isEmpty else { return true }
    let parts = rest.dropFirst().prefix(8).split(separator: ":", omittingEmptySubsequences: false)
    guard rest.utf8.count == 10, rest.first == "T", rest.last == "Z", parts.count == 3,
      parts.allSatisfy({ isDigits($0, 2...2) })
    else { return false }
    let numbers = parts.compactMap { Int($0) }
    return numbers[0] < 24 && numbers[1] < 60 && numbers[2] < 60
  }

  /// A number without a sign, a blank or a zero before it.
  static func number(_ text: String) -> Int? {
    guard let number = Int(text), String(number) == text else { return nil }
    return number
  }

  /// The id of a row, as books write them.
  static func isID(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    let isAlphanumeric = { (byte: UInt8) in
      (97...122).contains(byte) || (48...57).contains(byte)
    }
    return isAlphanumeric(first)
      && text.utf8.allSatisfy { isAlphanumeric($0) || [45, 46, 95].contains($0) }
  }

  /// The most days that flows are asked of: fifty years.
  static let longestPeriod = 18_300

  /// What it takes, in words.
  var words: String {
    switch shape {
    case .words(let most): "up to \(most) characters of text"
    case .date: "a date as 2025, 2025-03 or 2025-03-31"
    case .period: "a period as 2025, 2025-03 or 2025-07..2026-06, of fifty years at most"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .id: "the id of a row of the book"
    case .hash: "the first 8 digits of a hash of the book, or more"
    case .stretch: "a length of time as 30d, 12h, 90m, 3600s or 4w"
    case .moment: "a day as 2025-03-04, or a moment as 2025-03-04T15:20:31Z"
    case .amount: "an amount as 48600.50"
    case .currency: "a code of three capital letters, as EUR"
    }
  }
}

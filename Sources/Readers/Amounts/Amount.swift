internal import Tables

/// An amount as a text gives it: of money, shares, capacity, or percent.
struct Amount: Sendable {
  /// What is known of the figure.
  enum Bound: Sendable { case exact, about, atMost, atLeast, range }

  /// The tokens, with the words that bound it.
  var tokens: Range<Int>
  /// The least it can be; `nil` where nobody said.
  var low: StrictDecimal?
  /// The most it can be; `nil` where nobody said.
  var high: StrictDecimal?
  /// A currency code, or `GW`, `MW`, `GPUs`, `shares`, `units`, `percent`.
  var unit: String
  /// Whether the unit is a currency.
  var isMoney: Bool
  /// `year`, `month`, …: the amount is for each of them.
  var per: String?
  /// Whether it is a price of one piece: per share, per hour.
  var isPrice = false
  /// What is known of it.
  var bound: Bound = .exact
  /// Whether it is what another amount was before: the first of `from … to …`.
  var isFormer = false
  /// Whether it is what another amount has become: the second of `from … to …`.
  var isChanged = false

  /// The figure by which amounts are told apart.
  var figure: StrictDecimal? { high ?? low }
}

extension StrictDecimal {
  /// The number times a power of ten, which may be below zero; `nil` where it is too large.
  func shifted(by zeros: Int) -> StrictDecimal? {
    if zeros >= scale { return scaled(by: zeros).map { StrictDecimal($0) } }
    let digits = String(mantissa.magnitude)
    let places = scale - zeros
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return StrictDecimal("\(padded.dropLast(places)).\(padded.suffix(places))")
  }
}

import Networks

/// Amounts as whole numbers of one small unit, so that adding and taking away is exact.
///
/// Decimals of few digits, and amounts that are whole already, are kept exactly: the unit is a power of
/// ten. Others are rounded to a power of two so small that all amounts together have 62 bits.
struct WholeAmounts {
  let amounts: [Int]
  private let unit: Unit

  private enum Unit {
    /// An amount is its whole number over this power of ten.
    case over(Double)
    /// An amount is its whole number times this power of two.
    case times(Double)
  }

  /// Takes amounts that are zero or above, and finite.
  init(_ amounts: [Double]) {
    for digits in 0...12 {
      let scale = Self.powerOfTen(digits)
      if let whole = Self.exact(amounts, scale: scale) {
        self.amounts = whole
        unit = .over(scale)
        return
      }
    }
    let total = amounts.reduce(0, +)
    let exponent = max(total.exponent - 61, Double.leastNonzeroMagnitude.exponent)
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    self.amounts = amounts.map { Int(($0 / unit).rounded()) }
    self.unit = .times(unit)
  }

  /// The amount of `whole` units.
  func amount(_ whole: Int) -> Double {
    switch unit {
    case .over(let scale): Double(whole) / scale
    case .times(let unit): Double(whole) * unit
    }
  }

  /// The amount of `whole` units, of a sum that may not fit a machine word.
  func amount(_ whole: Int128) -> Double {
    switch unit {
    case .over(let scale): Double(whole) / scale
    case .times(let unit): Double(whole) * unit
    }
  }

  private static func powerOfTen(_ digits: Int) -> Double {
    (0..<digits).reduce(1) { power, _ in power * 10 }
  }

  /// The amounts times `scale`, where they are whole but for the rounding of a sum or two.
  private static func exact(_ amounts: [Double], scale: Double) -> [Int]? {
    guard amounts.reduce(0, +) * scale < 0x1p62 else { return nil }
    var result: [Int] = []
    result.reserveCapacity(amounts.count)
    for amount in amounts {
      let whole = (amount * scale).rounded()
      let rounding = (whole / scale - amount).magnitude
      guard whole <= 0x1p53, rounding <= 4 * amount.ulp else { return nil }
      result.append(Int(whole))
    }
    return result
  }
}

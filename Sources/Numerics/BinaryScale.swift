/// Powers of two bring amounts to one size and change none of their digits, so that squares and inverses of
/// amounts of 10⁻³⁰⁰ or 10³⁰⁰ are numbers too.
extension Double {
  /// The power of two by which the number comes to lie between 1 and 2: 1 for zero.
  package var scaleToOne: Double {
    guard self != 0, isFinite else { return 1 }
    return Double(sign: .plus, exponent: -min(max(exponent, -1_020), 1_020), significand: 1)
  }
}

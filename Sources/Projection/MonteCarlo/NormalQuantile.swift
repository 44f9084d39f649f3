#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The inverse of the normal distribution function.
enum NormalQuantile {
  /// The value below which a share `p` of a normal distribution lies.
  ///
  /// Acklam's rational approximation, whose relative error is below 1.15·10⁻⁹.
  static func value(at p: Double) -> Double {
    let edge = 0.02425
    if p < edge {
      return tailValue((-2 * log(p)).squareRoot())
    }
    if p > 1 - edge {
      return -tailValue((-2 * log(1 - p)).squareRoot())
    }
    let q = p - 0.5
    let square = q * q
    let above = polynomial(
      square,
      -3.969683028665376e+01,
      2.209460984245205e+02,
      -2.759285104469687e+02,
      1.383577518672690e+02,
      -3.066479806614716e+01,
      2.506628277459239e+00
    )
    let below = polynomial(
      square,
      -5.447609879822406e+01,
      1.615858368580409e+02,
      -1.556989798598866e+02,
      6.680131188771972e+01,
      -1.328068155288572e+01,
      1
    )
    return above * q / below
  }

  private static func tailValue(_ q: Double) -> Double {
    let above = polynomial(
      q,
      -7.784894002430293e-03,
      -3.223964580411365e-01,
      -2.400758277161838e+00,
      -2.549732539343734e+00,
      4.374664141464968e+00,
      2.938163982698783e+00
    )
    let below = polynomial(
      q,
      0,
      7.784695709041462e-03,
      3.224671290700398e-01,
      2.445134137142996e+00,
      3.754408661907416e+00,
      1
    )
    return above / below
  }

  /// A polynomial by its coefficients, the highest power's first.
  @inline(__always)
  private static func polynomial(
    _ x: Double,
    _ a: Double,
    _ b: Double,
    _ c: Double,
    _ d: Double,
    _ e: Double,
    _ f: Double
  ) -> Double {
    ((((a * x + b) * x + c) * x + d) * x + e) * x + f
  }
}

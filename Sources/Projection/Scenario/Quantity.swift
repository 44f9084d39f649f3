#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A number of a scenario: fixed, or drawn from a distribution.
///
/// Every distribution is drawn by inversion from one uniform number, so that runs that differ in one
/// setting share the chance in all others.
public enum Quantity: Sendable, Equatable {
  /// Always the same.
  case fixed(Double)
  /// Normal, by mean and standard deviation.
  case normal(mean: Double, deviation: Double)
  /// Lognormal, by its median and the standard deviation of its logarithm.
  case lognormal(median: Double, sigma: Double)
  /// Every value between two alike.
  case uniform(low: Double, high: Double)
  /// Rising to a likeliest value and falling from it.
  case triangular(low: Double, mode: Double, high: Double)
  /// One of some values, by weights that add up to 1.
  case choice([Choice])

  /// A value and how often it is taken.
  public struct Choice: Sendable, Equatable {
    /// The value.
    public let value: Double
    /// Its share of the draws.
    public let weight: Double
  }

  /// The value below which a share `u` of the draws lies, `u` between 0 and 1.
  public func value(at u: Double) -> Double {
    switch self {
    case .fixed(let value): return value
    case .normal(let mean, let deviation): return mean + deviation * NormalQuantile.value(at: u)
    case .lognormal(let median, let sigma): return median * exp(sigma * NormalQuantile.value(at: u))
    case .uniform(let low, let high): return low + u * (high - low)
    case .triangular(let low, let mode, let high):
      let (width, rise) = (high - low, mode - low)
      guard width > 0 else { return low }
      if u * width < rise { return low + (u * width * rise).squareRoot() }
      return high - ((1 - u) * width * (high - mode)).squareRoot()
    case .choice(let choices):
      var reached = 0.0
      for choice in choices {
        reached += choice.weight
        if u < reached { return choice.value }
      }
      return choices.last?.value ?? 0
    }
  }

  /// The middle of the draws: as many lie above as below.
  public var central: Double { value(at: 0.5) }

  /// Whether every draw is the same.
  public var isFixed: Bool {
    if case .fixed = self { return true }
    return false
  }
}

/// Month factors of yearly rates.
enum Compounding {
  /// What a year's growth comes to after `months`.
  static func factor(_ yearly: Double, months: Int) -> Double {
    pow(1 + yearly, Double(months) / 12)
  }
}

/// Between dollars, in which scenarios and answers count, and cents, in which paths do.
enum Cents {
  private static let perDollar = 100.0

  /// The cents of some dollars, not rounded.
  static func of(dollars: Double) -> Double { dollars * perDollar }

  /// The whole cents of some dollars.
  static func whole(dollars: Double) -> Int64 { cents(of(dollars: dollars)) }

  /// The dollars of some cents.
  static func dollars(_ cents: Double) -> Double { cents / perDollar }

  /// The dollars of some whole cents.
  static func dollars(_ cents: Int64) -> Double { dollars(Double(cents)) }

  /// The whole dollars of some whole cents, the rest cut off.
  static func wholeDollars(_ cents: Int64) -> Int64 { cents / Int64(perDollar) }
}

/// The most cents that one payment or balance may come to, about $180tn: hundreds of them still add up.
let mostCents: Int64 = 1 << 54

/// Whole cents of an amount, halves away from nothing, ``mostCents`` at most, which also stands for what
/// is no number; a month in which that is reached is refused.
@inline(__always)
func cents(_ amount: Double) -> Int64 {
  guard amount.magnitude < 0x1p54 else { return amount < 0 ? -mostCents : mostCents }
  let whole = Int64(amount.magnitude)
  // Twice the rest, cut: 1 from half a cent on, without a branch that would be as good as chance.
  let rest = amount.magnitude - Double(whole)
  let rounded = whole &+ Int64(rest + rest)
  return amount < 0 ? 0 &- rounded : rounded
}

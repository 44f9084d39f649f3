/// An exact decimal number read from text: `mantissa × 10⁻ˢᶜᵃˡᵉ`.
///
/// Only an optional minus sign, digits, and at most one point with digits on both sides are a
/// number: no exponent, no thousands separator, no blank, no prefix of something longer. At most 18
/// digits in all, so that every value fits an `Int64`.
public struct StrictDecimal: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The digits without the point, trailing zeros after the point dropped.
  public let mantissa: Int64
  /// How many of the digits stand after the point, 0 to 18.
  public let scale: Int

  /// The whole number `value`.
  public init(_ value: Int64) {
    mantissa = value
    scale = 0
  }

  /// Reads the whole of `text`, or gives `nil` where any of it is not part of a number.
  public init?(_ text: some StringProtocol) {
    var digits: Int64 = 0
    var count = 0
    var scale = 0
    var seenPoint = false
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes = bytes.dropFirst() }
    guard let first = bytes.first, let last = bytes.last,
      Self.isDigit(first), Self.isDigit(last)
    else { return nil }
    for byte in bytes {
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
        continue
      }
      guard Self.isDigit(byte), count < 18 else { return nil }
      digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
      if digits != 0 { count += 1 }
      if seenPoint { scale += 1 }
    }
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    guard scale <= 18 else { return nil }
    self.mantissa = isNegative ? -digits : digits
    self.scale = scale
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// The value times 10^`digits` as a whole number, or `nil` where it is not whole or too large.
  public func scaled(by digits: Int) -> Int64? {
    guard digits >= scale else { return nil }
    var value = mantissa
    for _ in scale..<digits {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
    }
    return value
  }

  /// The nearest `Double`.
  public var double: Double { Double(description) ?? .nan }

  /// Whether the value is below zero.
  public var isNegative: Bool { mantissa < 0 }

  /// The shortest text that reads back as the same value.
  public var description: String {
    guard scale > 0 else { return String(mantissa) }
    let digits = String(mantissa.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    let point = padded.index(padded.endIndex, offsetBy: -scale)
    return (mantissa < 0 ? "-" : "") + padded[..<point] + "." + padded[point...]
  }

  /// Orders by value.
  public static func < (left: StrictDecimal, right: StrictDecimal) -> Bool {
    let digits = max(left.scale, right.scale)
    if let a = left.scaled(by: digits), let b = right.scaled(by: digits) { return a < b }
    return left.double < right.double
  }
}

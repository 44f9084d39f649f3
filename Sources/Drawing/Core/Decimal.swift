/// A number as SVG takes it: at most so many decimals, no exponent, no locale, no trailing zeros.
///
/// The same bytes in any process. What is not finite becomes 0, what is too large is capped.
///
/// - Parameters:
///   - value: The number.
///   - decimals: The most digits after the point, 0 to 6.
/// - Returns: The text, such as `12.5`.
package func decimal(_ value: Double, decimals: Int = 2) -> String {
  guard value.isFinite else { return "0" }
  let places = min(max(decimals, 0), 6)
  let scale = (0..<places).reduce(Int64(1)) { power, _ in power * 10 }
  let limit = 1e12
  let scaled = Int64((min(max(value, -limit), limit) * Double(scale)).rounded())
  let magnitude = scaled.magnitude
  let unit = scale.magnitude
  let sign = scaled < 0 ? "-" : ""
  let whole = sign + String(magnitude / unit)
  var digits = String(magnitude % unit + unit).dropFirst()
  while digits.last == "0" { digits.removeLast() }
  return digits.isEmpty ? whole : whole + "." + digits
}

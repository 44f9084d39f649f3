/// Whole minor units as files write them: with all their digits and no mark among them, as `1250.50`.
///
/// - Parameters:
///   - minorUnits: How many.
///   - digits: How many digits after the point a minor unit is; below 0 where it is ten or more units.
/// - Returns: The text.
package func exactAmount(_ minorUnits: Int64, digits: Int) -> String {
  var bytes: [UInt8] = []
  appendExactAmount(minorUnits, digits: digits, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

/// Adds what ``exactAmount(_:digits:)`` gives to a text: millions of rows are written so.
///
/// - Parameters:
///   - minorUnits: How many.
///   - digits: How many digits after the point a minor unit is.
///   - bytes: The text.
package func appendExactAmount(_ minorUnits: Int64, digits: Int, to bytes: inout [UInt8]) {
  let start = bytes.count
  var (rest, place) = (minorUnits.magnitude, 0)
  repeat {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
    (rest, place) = (rest / 10, place + 1)
    if place == digits { bytes.append(UInt8(ascii: ".")) }
  } while rest > 0 || place <= digits
  if minorUnits < 0 { bytes.append(UInt8(ascii: "-")) }
  bytes[start...].reverse()
  guard digits < 0, minorUnits != 0 else { return }
  bytes += repeatElement(UInt8(ascii: "0"), count: -digits)
}

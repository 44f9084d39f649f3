internal import Claims
internal import Networks
internal import Tables
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// How figures are written for people: dollars of a book by three significant digits and a word for the scale,
/// bare numbers of a file by all that matter.
package enum Figures {
  /// A bare amount to two digits at most, with thousands apart: `1,250.5`; a dash where there is none.
  package static func amount(_ amount: Double?) -> String {
    guard let amount else { return "–" }
    if amount != 0, amount.magnitude < 0.01 { return printed("%.3g", amount) }
    guard amount.magnitude < 1e15 else { return printed("%.6g", amount) }
    var text = printed("%.2f", amount)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : grouped(text)
  }

  /// Whole minor units as an amount with all its digits, so that a column of it lines up: `1,250.50`.
  static func amount(minorUnits: Int64, digits: Int) -> String {
    grouped(exact(minorUnits: minorUnits, digits: digits))
  }

  /// Whole minor units as files write them: `1250.50`.
  package static func exact(minorUnits: Int64, digits: Int) -> String {
    exactAmount(minorUnits, digits: digits)
  }

  /// A number with all its digits and no mark among them, as files write it: `0.00001`, `1250.5`.
  static func plain(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    let text = "\(number)"
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else {
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".")
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
    let digits = mantissa[0] + fraction
    let sign = number < 0 ? "-" : ""
    guard exponent < 0 else {
      return sign + digits + String(repeating: "0", count: exponent - fraction.count)
    }
    return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits)"
  }

  /// A share of one in percent to one digit: `66.7 %`; a dash where there is none.
  package static func tenths(_ share: Double?) -> String {
    share.map { printed("%.1f", $0 * 100) + " %" } ?? "–"
  }

  /// `1 row`, `2 rows`.
  package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// Dollars: `$8.9bn`, `$350m`, `-$3.7bn`.
  package static func dollars(_ dollars: Double) -> String { money(dollars, symbol: "$") }

  /// An amount of a currency, exact to three digits.
  static func money(_ range: AmountRange) -> String {
    let symbol = range.currency == .usDollar ? "$" : range.currency.code + " "
    let unit = Double(range.currency.minorUnitsPerUnit)
    let text = { (minor: Int64) in money(Double(minor) / unit, symbol: symbol) }
    switch (range.low, range.high) {
    case (let low?, let high?): return low == high ? text(low) : "\(text(low)) – \(text(high))"
    case (let low?, nil): return "at least \(text(low))"
    case (nil, let high?): return "up to \(text(high))"
    case (nil, nil): return "unknown"
    }
  }

  /// A range of dollars: one figure where both ends read the same.
  package static func dollars(_ low: Double, _ high: Double) -> String {
    let (least, most) = (dollars(low), dollars(high))
    return least == most ? least : "\(least) – \(most)"
  }

  /// An amount of dollars that is known, or known only by its bounds: `at most $3bn`, `at least $1bn`.
  package static func dollars(_ amount: Double?, _ low: Double, _ high: Double?) -> String {
    if let amount { return dollars(amount) }
    guard let high else { return "at least \(dollars(low))" }
    return low <= 0 ? "at most \(dollars(high))" : dollars(low, high)
  }

  /// A range of dollars; empty where both ends read the same.
  package static func range(_ low: Double, _ high: Double) -> String {
    dollars(low) == dollars(high) ? "" : dollars(low, high)
  }

  /// A share of one as cents of a dollar: `4`, `0.3`.
  package static func cents(_ share: Double) -> String { String(percent(share).dropLast(2)) }

  /// A range of shares as cents of a dollar: `3 – 21`; one figure where both ends read the same.
  static func cents(_ low: Double, _ high: Double) -> String {
    let (least, most) = (cents(low), cents(high))
    return least == most ? least : "\(least) – \(most)"
  }

  /// A share of one in percent: `4 %`, `0.3 %`.
  package static func percent(_ share: Double) -> String {
    let value = share * 100
    return
      (abs(value) < 0.995 && value != 0 ? decimal(value, digits: 1) : decimal(value, digits: 0))
      + " %"
  }

  /// A range of shares in percent; a narrow one to one digit more.
  package static func percent(_ low: Double, _ high: Double) -> String {
    let (least, most) = (percent(low), percent(high))
    guard least == most else { return "\(least.dropLast(2)) – \(most)" }
    let fine = [low, high].map { decimal($0 * 100, digits: 1) }
    return fine[0] == fine[1] ? most : "\(fine[0]) – \(fine[1]) %"
  }

  /// A number with a fixed count of digits after the point.
  package static func decimal(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return "–" }
    let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    let scaled = (abs(value) * scale).rounded()
    let whole = Int64(min(scaled, 9e18))
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return sign + grouped(whole) }
    let (units, rest) = whole.quotientAndRemainder(dividingBy: Int64(scale))
    let fraction = String(rest)
    return sign + grouped(units) + "." + String(repeating: "0", count: digits - fraction.count)
      + fraction
  }

  private static func money(_ value: Double, symbol: String) -> String {
    let size = abs(value)
    let sign = value < 0 ? "-" : ""
    let scales = [(1e9, "bn"), (1e6, "m"), (1e3, "k")]
    guard let (scale, word) = scales.first(where: { size >= $0.0 * 0.9995 }) else {
      return sign + symbol + decimal(size, digits: 0)
    }
    let scaled = size / scale
    var text = decimal(scaled, digits: scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0)
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return sign + symbol + text + word
  }

  /// A whole number with thousands apart.
  static func grouped(_ value: some BinaryInteger) -> String { grouped(String(value)) }

  /// A number with thousands apart, whatever follows its whole digits.
  private static func grouped(_ number: String) -> String {
    let sign = number.prefix { $0 == "-" }
    let digits = number.dropFirst(sign.count).prefix(while: \.isWholeNumber)
    var text = String(sign)
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text + number.dropFirst(sign.count + digits.count)
  }

  /// A number as the C library prints it.
  private static func printed(_ format: String, _ number: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let length = withVaList([number]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// `1 deal`, `2 deals`.
func counted(_ number: Int, _ noun: String) -> String {
  "\(Figures.decimal(Double(number), digits: 0)) \(noun)\(number == 1 ? "" : "s")"
}

/// `a`, `a and b`, `a, b and c`.
func listed(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + last
}

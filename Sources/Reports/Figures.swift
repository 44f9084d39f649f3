internal import Claims
internal import Networks
internal import Tables

/// How figures are written for people: three significant digits, and the scale in a word.
public enum Figures {
  /// Dollars: `$8.9bn`, `$350m`, `-$3.7bn`.
  public static func dollars(_ dollars: Double) -> String { money(dollars, symbol: "$") }

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
  public static func dollars(_ low: Double, _ high: Double) -> String {
    let (least, most) = (dollars(low), dollars(high))
    return least == most ? least : "\(least) – \(most)"
  }

  /// A range of dollars; empty where both ends read the same.
  public static func range(_ low: Double, _ high: Double) -> String {
    dollars(low) == dollars(high) ? "" : dollars(low, high)
  }

  /// A share of one in percent: `4 %`, `0.3 %`.
  public static func percent(_ share: Double) -> String {
    let value = share * 100
    return
      (abs(value) < 0.995 && value != 0 ? decimal(value, digits: 1) : decimal(value, digits: 0))
      + " %"
  }

  /// A range of shares in percent; a narrow one to one digit more.
  public static func percent(_ low: Double, _ high: Double) -> String {
    let (least, most) = (percent(low), percent(high))
    guard least == most else { return "\(least.dropLast(2)) – \(most)" }
    let fine = [low, high].map { decimal($0 * 100, digits: 1) }
    return fine[0] == fine[1] ? most : "\(fine[0]) – \(fine[1]) %"
  }

  /// A number with a fixed count of digits after the point.
  public static func decimal(_ value: Double, digits: Int) -> String {
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

  private static func grouped(_ value: Int64) -> String {
    let digits = String(value)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}

/// `1 deal`, `2 deals`.
func counted(_ number: Int, _ noun: String) -> String {
  "\(Figures.decimal(Double(number), digits: 0)) \(noun)\(number == 1 ? "" : "s")"
}

/// Rows of cells that line up when printed.
public struct TextTable {
  /// Where the text of a column stands.
  public enum Side: Sendable { case left, right }

  private let sides: [Side]
  private var rows: [[String]] = []

  /// A table whose columns stand as `sides` say.
  public init(_ sides: [Side]) { self.sides = sides }

  /// Adds a row; missing cells are empty.
  public mutating func add(_ cells: String...) { add(cells: cells) }

  /// Adds a row; missing cells are empty.
  public mutating func add(cells: [String]) { rows.append(cells.map(legible)) }

  /// The lines, each after `indent` blanks, columns two blanks apart, without blanks at the end.
  public func lines(indent: Int = 2) -> [String] {
    let widths = sides.indices.map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, side) in sides.enumerated() {
        let cell = column < row.count ? row[column] : ""
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        line += (side == .left ? cell + blanks : blanks + cell) + "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// `text` broken into lines of at most `width` characters, each after `indent` blanks.
public func wrapped(_ text: String, width: Int = 100, indent: Int = 2) -> [String] {
  let blanks = String(repeating: " ", count: indent)
  var lines: [String] = []
  var line = ""
  for word in text.split(whereSeparator: \.isWhitespace) {
    if !line.isEmpty, indent + line.count + 1 + word.count > width {
      lines.append(blanks + line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " " + word
  }
  return line.isEmpty ? lines : lines + [blanks + line]
}

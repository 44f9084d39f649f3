internal import Tables

/// Numbers as inline XBRL prints them: by a format, a scale and a sign.
enum InlineNumber {
  /// Why a number was not read.
  struct Fault: Error, Equatable { let reason: String }

  /// The number that is meant.
  ///
  /// - Parameters:
  ///   - text: What is printed.
  ///   - format: The name of its format behind the prefix; `nil` for a plain number.
  ///   - scale: The power of ten that it is printed without.
  ///   - sign: `-` for a number below zero that is printed without a sign.
  /// - Returns: The number, exact.
  /// - Throws: ``Fault``, for a person to read.
  static func value(
    _ text: String,
    format: String?,
    scale: String?,
    sign: String?
  ) throws(Fault) -> StrictDecimal {
    guard let digits = digits(trimmed(text), format) else {
      throw Fault(
        reason: "\"\(excerpt(trimmed(text)))\" is no number"
          + (format.map { " in the format \($0)" } ?? "")
      )
    }
    guard sign == nil || sign == "" || sign == "-" else {
      throw Fault(reason: "the sign \"\(excerpt(sign ?? ""))\" is not -")
    }
    guard let power = scale.map({ Int($0.trimmingPrefix("+")) }) ?? 0, (-18...18).contains(power),
      let number = StrictDecimal(digits)?.shifted(by: power)
    else {
      throw Fault(
        reason: "\(excerpt(digits)) by ten to the \(excerpt(scale ?? "0")) is too large or too fine"
      )
    }
    guard sign == "-" else { return number }
    return StrictDecimal("-\(number)") ?? number
  }

  private static func trimmed(_ text: String) -> String {
    let words = text.split { $0.isWhitespace || $0 == "\u{A0}" }
    return words.joined(separator: " ")
  }

  /// The digits of a number with a point, as a book writes it; `nil` where the text is none.
  private static func digits(_ text: String, _ format: String?) -> String? {
    switch format.map(plainName) {
    case nil, "": plain(text, thousands: ",", point: ".", isStrict: format == nil)
    case "numdotdecimal", "numcommadot", "numspacedot": plain(text, thousands: ", ", point: ".")
    case "numdotdecimalin", "numdotdecimalapos": plain(text, thousands: ", '’", point: ".")
    case "numcommadecimal", "numdotcomma", "numspacecomma", "numcomma":
      plain(text, thousands: ". ", point: ",")
    case "numcommadecimalapos": plain(text, thousands: ". '’", point: ",")
    case "fixedzero", "zerodash", "numdash": "0"
    case "numwordsen": NumberWords.value(text).map(String.init)
    case "numunitdecimal": units(text)
    default: nil
    }
  }

  /// A name of a format without its hyphens: newer registries write `num-dot-decimal`, older `numdotdecimal`.
  private static func plainName(_ format: String) -> String {
    format.lowercased().filter { $0 != "-" }
  }

  private static func plain(
    _ text: String,
    thousands: String,
    point: Character,
    isStrict: Bool = false
  ) -> String? {
    var digits = ""
    for character in text {
      if character == point {
        digits.append(".")
      } else if character.isASCII, character.isNumber {
        digits.append(character)
      } else if character == "-", isStrict, digits.isEmpty {
        digits.append(character)
      } else {
        guard thousands.contains(character), !isStrict, !digits.contains(".") else { return nil }
      }
    }
    if digits.hasPrefix(".") { digits = "0" + digits }
    if digits.hasSuffix(".") { digits.removeLast() }
    return StrictDecimal(digits) == nil ? nil : digits
  }

  /// Whole units and hundredths with words behind both: `5 dollars 20 cents`.
  private static func units(_ text: String) -> String? {
    let numbers = text.split { !($0.isASCII && $0.isNumber || $0 == "," || $0 == ".") }
      .map { $0.filter { $0 != "," && $0 != "." } }.filter { !$0.isEmpty }
    guard numbers.count == 2, numbers[1].count <= 2 else { return nil }
    let hundredths = numbers[1].count == 1 ? "0\(numbers[1])" : numbers[1]
    return "\(numbers[0]).\(hundredths)"
  }
}

/// Numbers in English words, from nothing to billions.
enum NumberWords {
  private static let small: [String: Int64] = [
    "no": 0, "none": 0, "nil": 0, "zero": 0, "one": 1, "a": 1, "an": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
  ]
  private static let large: [String: Int64] = [
    "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000,
  ]

  /// The number that words stand for; `nil` where one of them is none.
  static func value(_ text: String) -> Int64? {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init).filter { $0 != "and" }
    guard !words.isEmpty, words.count <= 24 else { return nil }
    var (total, group): (Int64, Int64) = (0, 0)
    for word in words {
      if let value = small[word] {
        group += value
      } else if word == "hundred" {
        guard group < 1000 else { return nil }
        group = max(1, group) * 100
      } else if let factor = large[word] {
        total += max(1, group) * factor
        group = 0
      } else {
        return nil
      }
    }
    return total + group
  }
}

/// Reads amounts as people and banks write them: with marks of thousands, signs, and the sign of a currency.
struct AmountReader {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// What a cell says.
  enum Reading {
    /// So many minor units, and what else was written: a currency, or on which side of an account it stands.
    case units(Int64, isNegative: Bool, affix: Bytes?)
    case none
    case notAnAmount
    /// It has more digits after the point than a minor unit.
    case fine
    case large
  }

  /// The mark before decimals: a point or a comma.
  let decimal: UInt8
  /// How many digits after the point a minor unit is; below nought where it is ten or more units.
  let digits: Int
  /// Whether what lies between two minor units goes to the nearer.
  let rounds: Bool

  init(_ mark: DecimalMark, digits: Int, rounds: Bool) {
    decimal = mark == .comma ? UInt8(ascii: ",") : UInt8(ascii: ".")
    (self.digits, self.rounds) = (digits, rounds)
  }

  /// Reads a cell.
  @inline(__always)
  func read(_ cell: Bytes) -> Reading {
    var value: Int64 = 0
    var after = -1
    for byte in cell {
      let digit = byte &- 48
      if digit <= 9, value < 100_000_000_000_000 {
        value = value &* 10 &+ Int64(digit)
        if after >= 0 { after += 1 }
      } else if byte == decimal, after < 0 {
        after = 0
      } else {
        return slow(cell)
      }
    }
    guard cell.count > 0, digits >= 0, after <= digits, after != 0, cell[0] != decimal else {
      return slow(cell)
    }
    var missing = digits - max(0, after)
    while missing > 0, value <= 1 << 53 {
      value *= 10
      missing -= 1
    }
    return value <= 1 << 53 ? .units(value, isNegative: false, affix: nil) : .large
  }

  @inline(never)
  private func slow(_ cell: Bytes) -> Reading {
    guard let written = WrittenAmount(cell) else {
      return cell.allSatisfy(isBlank) ? .none : .notAnAmount
    }
    guard let number = WrittenNumber(written.digits, decimal: decimal) else { return .notAnAmount }
    switch number.scaled(by: digits, rounds: rounds) {
    case .units(let units):
      let isNegative = written.isNegative && units > 0
      return units <= 1 << 53
        ? .units(units, isNegative: isNegative, affix: written.affix) : .large
    case .fine: return .fine
    case .large: return .large
    }
  }
}

/// The parts of a cell that holds an amount.
struct WrittenAmount {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// From the first digit or mark to the last.
  private(set) var digits: Bytes
  private(set) var isNegative = false
  /// Letters or a sign before or after it, where there are any.
  private(set) var affix: Bytes?

  /// Takes apart what stands in a cell; `nil` where there is no digit in it, or more than one may stand around it.
  init?(_ cell: Bytes) {
    digits = cell.trimmed
    guard digits.contains(where: { $0 &- 48 <= 9 || $0 == 0xEF }) else { return nil }
    var signs = 0
    while let first = digits.first, !Self.begins(digits) {
      if first == 40 {
        guard digits.last == 41 else { return nil }
        digits = Bytes(rebasing: digits.dropFirst().dropLast()).trimmed
        (isNegative, signs) = (true, signs + 1)
      } else if let (size, negative) = Self.sign(digits) {
        digits = Bytes(rebasing: digits.dropFirst(size)).trimmed
        (isNegative, signs) = (isNegative || negative, signs + 1)
      } else {
        let size = Self.affixEnd(digits)
        guard size > 0, affix == nil else { return nil }
        affix = Bytes(rebasing: digits[..<size]).trimmed
        digits = Bytes(rebasing: digits.dropFirst(size)).trimmed
      }
    }
    while let last = digits.last, !(last &- 48 <= 9 || last == 46 || last == 44),
      !Self.isWideDigit(digits)
    {
      if let (size, negative) = Self.trailingSign(digits) {
        digits = Bytes(rebasing: digits.dropLast(size)).trimmed
        (isNegative, signs) = (isNegative || negative, signs + 1)
      } else {
        let size = Self.affixStart(digits)
        guard size > 0, affix == nil else { return nil }
        affix = Bytes(rebasing: digits.suffix(size)).trimmed
        digits = Bytes(rebasing: digits.dropLast(size)).trimmed
      }
    }
    guard signs <= 1, !digits.isEmpty else { return nil }
  }

  private static func begins(_ text: Bytes) -> Bool {
    let first = text[0]
    if first &- 48 <= 9 { return true }
    if (first == 46 || first == 44), text.count > 1, text[1] &- 48 <= 9 { return true }
    return first == 0xEF && text.count > 2 && text[1] == 0xBC
  }

  /// A digit as wide as a letter of Chinese, U+FF10 to U+FF19, at the end.
  private static func isWideDigit(_ text: Bytes) -> Bool {
    text.count >= 3 && text[text.count - 3] == 0xEF && text[text.count - 2] == 0xBC
      && (0x90...0x99).contains(text[text.count - 1])
  }

  /// A sign in front: how many bytes, and whether it is a minus.
  private static func sign(_ text: Bytes) -> (Int, Bool)? {
    if text[0] == 45 { return (1, true) }
    if text[0] == 43 { return (1, false) }
    // U+2212, a minus; U+2010 to U+2013, hyphens and the dash.
    guard text.count > 3, text[0] == 0xE2 else { return nil }
    if text[1] == 0x88, text[2] == 0x92 { return (3, true) }
    return text[1] == 0x80 && (0x90...0x93).contains(text[2]) ? (3, true) : nil
  }

  private static func trailingSign(_ text: Bytes) -> (Int, Bool)? {
    let count = text.count
    if text[count - 1] == 45 { return (1, true) }
    if text[count - 1] == 43 { return (1, false) }
    guard count > 3 else { return nil }
    let last = Bytes(rebasing: text[(count - 3)...])
    if last[0] == 0xE2, last[1] == 0x88, last[2] == 0x92 { return (3, true) }
    return last[0] == 0xE2 && last[1] == 0x80 && (0x90...0x93).contains(last[2]) ? (3, true) : nil
  }

  /// Where letters and signs in front of the digits end.
  private static func affixEnd(_ text: Bytes) -> Int {
    var place = 0
    while place < text.count, place <= 12 {
      let byte = text[place]
      if byte &- 48 <= 9 || byte == 45 || byte == 43 || byte == 40 { break }
      if byte == 0xE2, place + 2 < text.count, text[place + 1] == 0x88 { break }
      // A point ends an abbreviation, as in Fr.; without a letter before it, it is that of the number.
      if byte == 46 || byte == 44, place == 0 || (text[place - 1] | 32) &- 97 > 25 { break }
      place += 1
    }
    return place <= 12 ? place : 0
  }

  /// How many bytes of letters and signs stand behind the digits.
  private static func affixStart(_ text: Bytes) -> Int {
    var size = 0
    while size < text.count, size <= 12 {
      let byte = text[text.count - 1 - size]
      if byte &- 48 <= 9 || byte == 46 || byte == 44 || byte == 45 || byte == 41 { break }
      size += 1
    }
    return size <= 12 ? size : 0
  }
}

/// A number in digits, with marks of decimals and thousands, perhaps with a power of ten.
struct WrittenNumber {
  enum Scaled {
    case units(Int64)
    case fine
    case large
  }

  private var value: UInt64 = 0
  /// How many of its digits stand after the point.
  private var scale = 0
  private var isLarge = false

  /// Reads digits and marks; `nil` where they stand as in no number.
  init?(_ text: UnsafeBufferPointer<UInt8>, decimal: UInt8) {
    var place = 0
    var groups = Groups()
    var seenDecimal = false
    var count = 0
    while place < text.count {
      let byte = text[place]
      if byte &- 48 <= 9 {
        take(UInt64(byte &- 48))
        count += 1
        if seenDecimal { scale += 1 } else { groups.digits += 1 }
        place += 1
      } else if byte == decimal {
        guard !seenDecimal, groups.isComplete else { return nil }
        seenDecimal = true
        place += 1
      } else if let size = text.thousandsMark(at: place) {
        guard !seenDecimal, groups.end(with: text[place + size - 1]) else { return nil }
        place += size
      } else if byte == 0xEF, place + 2 < text.count, text[place + 1] == 0xBC,
        (0x90...0x99).contains(text[place + 2])
      {
        take(UInt64(text[place + 2] - 0x90))
        count += 1
        if seenDecimal { scale += 1 } else { groups.digits += 1 }
        place += 3
      } else if byte | 32 == 101, count > 0 {
        guard let power = Self.power(text[(place + 1)...]) else { return nil }
        scale -= power
        place = text.count
      } else {
        return nil
      }
    }
    guard count > 0, seenDecimal || groups.isComplete else { return nil }
  }

  /// The digits between marks of thousands: one to three, then three each, or by twos before the last three.
  private struct Groups {
    var digits = 0
    private var mark: UInt8?
    private var isByTwos = false
    private var number = 0

    mutating func end(with mark: UInt8) -> Bool {
      guard self.mark == nil || self.mark == mark, digits > 0, digits <= 3 else { return false }
      if number > 0, digits == 2 {
        isByTwos = true
      } else if number > 0, digits != 3 || isByTwos {
        return false
      }
      self.mark = mark
      (number, digits) = (number + 1, 0)
      return true
    }

    var isComplete: Bool { number == 0 || digits == 3 }
  }

  private mutating func take(_ digit: UInt64) {
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(digit)
    if overflow || carry { isLarge = true } else { value = sum }
  }

  private static func power(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let first = text.first else { return nil }
    let digits = first == 45 || first == 43 ? text.dropFirst() : text
    guard !digits.isEmpty, digits.count <= 3, digits.allSatisfy({ $0 &- 48 <= 9 }) else {
      return nil
    }
    let power = digits.reduce(0) { $0 * 10 + Int($1 &- 48) }
    return first == 45 ? -power : power
  }

  /// The number in minor units of `digits` digits.
  func scaled(by digits: Int, rounds: Bool) -> Scaled {
    guard !isLarge else { return .large }
    var (value, missing) = (value, digits - scale)
    guard value > 0 else { return .units(0) }
    while missing > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return .large }
      (value, missing) = (product, missing - 1)
    }
    var half = false
    while missing < 0 {
      let (quotient, rest) = value.quotientAndRemainder(dividingBy: 10)
      guard rest == 0 || rounds else { return .fine }
      half = rest >= 5
      (value, missing) = (quotient, missing + 1)
      if value == 0, missing < 0 {
        half = false
        break
      }
    }
    return Int64(exactly: value + (half ? 1 : 0)).map { .units($0) } ?? .large
  }
}

/// Whether a byte is a blank of ASCII.
@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 || byte == 10 }

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without blanks around them, also those that keep what stands beside them on one line.
  var trimmed: UnsafeBufferPointer<UInt8> {
    var (first, end) = (0, count)
    while first < end {
      let size = blank(at: first)
      guard size > 0 else { break }
      first += size
    }
    while end > first {
      if isBlank(self[end - 1]) {
        end -= 1
      } else if end - first >= 2, self[end - 2] == 0xC2, self[end - 1] == 0xA0 {
        end -= 2
      } else if end - first >= 3, blank(at: end - 3) == 3 {
        end -= 3
      } else {
        break
      }
    }
    return UnsafeBufferPointer(rebasing: self[first..<Swift.max(first, end)])
  }

  /// How many bytes the blank at `place` has: 0 where there is none.
  func blank(at place: Int) -> Int {
    let byte = self[place]
    if isBlank(byte) { return 1 }
    if byte == 0xC2, place + 1 < count, self[place + 1] == 0xA0 { return 2 }
    // U+2007, U+2009, U+202F, and the mark of byte order.
    guard place + 2 < count else { return 0 }
    let (second, third) = (self[place + 1], self[place + 2])
    if byte == 0xE2, second == 0x80, third == 0x87 || third == 0x89 || third == 0xAF { return 3 }
    return byte == 0xEF && second == 0xBB && third == 0xBF ? 3 : 0
  }

  /// How many bytes a mark of thousands at `place` has: a point, a comma, a blank, an apostrophe.
  func thousandsMark(at place: Int) -> Int? {
    switch self[place] {
    case 46, 44, 39, 95: return 1
    case 0xE2 where place + 2 < count && self[place + 1] == 0x80 && self[place + 2] == 0x99:
      return 3
    default:
      let size = blank(at: place)
      return size > 0 ? size : nil
    }
  }
}

internal import Claims

/// In which order a date names day, month and year, where its own form does not say it.
public enum DayOrder: String, Sendable, Codable, CaseIterable {
  case dayMonthYear = "DMY"
  case monthDayYear = "MDY"
  case yearMonthDay = "YMD"
}

/// What times that are bare numbers are.
public enum NumberedTime: Sendable, Equatable {
  case form(TimeFormat)
  /// So many to a second: thousandths and finer.
  case fractions(perSecond: Int)
  /// Days since 30 December 1899, as spreadsheets count them.
  case spreadsheetDays
  /// Days, from 1 January 1970 on: steps of a simulation.
  case days

  /// As it stands in options and files.
  public var name: String {
    switch self {
    case .form(let form): form.rawValue
    case .fractions(1_000): "milliseconds"
    case .fractions(1_000_000): "microseconds"
    case .fractions: "nanoseconds"
    case .spreadsheetDays: "spreadsheet"
    case .days: "days"
    }
  }

  /// All there are.
  public static let all: [NumberedTime] =
    TimeFormat.allCases.map { .form($0) } + [
      .fractions(perSecond: 1_000), .fractions(perSecond: 1_000_000),
      .fractions(perSecond: 1_000_000_000), .spreadsheetDays, .days,
    ]

  /// The one called `name`.
  public init?(named name: String) {
    guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

extension NumberedTime: Codable {
  /// Reads a name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let found = NumberedTime(named: name) else {
      let reason = "\(name) is nothing that numbers can be"
      throw DecodingError.dataCorruptedError(in: container, debugDescription: reason)
    }
    self = found
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

/// Reads dates and moments as people and banks write them.
struct MomentReader {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// The order of dates that could be read in several.
  let order: DayOrder
  /// What bare numbers are.
  let numbers: NumberedTime?
  /// The date read last as it was written, which is often that of the next row, and its first second.
  private var lastText: (UInt64, UInt64) = (0, 0)
  private var last = 0
  /// Whether fractions of a second were cut off.
  private(set) var cutFractions = false

  init(order: DayOrder, numbers: NumberedTime?) { (self.order, self.numbers) = (order, numbers) }

  /// The moment that a cell names, in seconds since 1970.
  @inline(__always)
  mutating func read(_ cell: Bytes) -> Int? {
    guard cell.count <= 16, cell.count >= 6, let base = cell.baseAddress else { return slow(cell) }
    let raw = UnsafeRawPointer(base)
    // Eight bytes can be read beyond the end of a cell.
    let low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    let high =
      cell.count > 8
      ? UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) : 0
    let text =
      cell.count > 8
      ? (low, cell.count == 16 ? high : high & ~(~0 &<< UInt64(8 * (cell.count - 8))))
      : (cell.count == 8 ? low : low & ~(~0 &<< UInt64(8 * cell.count)), UInt64(0))
    if text == lastText { return last }
    guard let seconds = slow(cell) else { return nil }
    (lastText, last) = (text, seconds)
    return seconds
  }

  @inline(never)
  private mutating func slow(_ cell: Bytes) -> Int? {
    let cell = cell.trimmed
    guard !cell.isEmpty, cell.count < 64 else { return nil }
    if let bare = Self.bareNumber(cell) {
      return cell.count == 14 ? Self.stamp(bare).flatMap(inRange) : readNumber(cell, bare)
    }
    var scan = DateScan(cell)
    guard let date = scan.date(order) else { return nil }
    guard let clock = Clock(Bytes(rebasing: cell[scan.place...])) else { return nil }
    cutFractions = cutFractions || clock.hasFraction
    return inRange(date.ordinal * 86_400 + clock.seconds)
  }

  /// A day and a time of it in fourteen digits.
  private static func stamp(_ number: Int) -> Int? {
    let (date, clock) = (number / 1_000_000, number % 1_000_000)
    guard clock / 10_000 < 24, clock / 100 % 100 < 60, clock % 100 < 60 else { return nil }
    return Day(year: date / 10_000, month: date / 100 % 100, day: date % 100)
      .map { $0.ordinal * 86_400 + clock / 10_000 * 3_600 + clock / 100 % 100 * 60 + clock % 100 }
  }

  private func inRange(_ seconds: Int) -> Int? {
    PaymentTime.range.contains(seconds) ? seconds : nil
  }

  private static func bareNumber(_ cell: Bytes) -> Int? {
    let digits = cell[0] == 45 ? 1 : 0
    guard cell.count > digits, cell.count <= 18 else { return nil }
    var value = 0
    for byte in cell[digits...] {
      guard byte &- 48 <= 9 else { return nil }
      value = value * 10 + Int(byte &- 48)
    }
    return digits == 1 ? -value : value
  }

  private func readNumber(_ cell: Bytes, _ number: Int) -> Int? {
    switch numbers {
    case .form(let form) where form != .seconds: form.firstSecond(cell)
    case .fractions(let perSecond):
      inRange(Int((Double(number) / Double(perSecond)).rounded(.down)))
    case .spreadsheetDays: (1...2_958_465).contains(number) ? (number - 25_569) * 86_400 : nil
    case .days: abs(number) < 1_000_000 ? inRange(number * 86_400) : nil
    case .form, nil: cell.count <= 16 ? inRange(number) : nil
    }
  }
}

/// Takes a date from the front of a cell.
struct DateScan {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private let text: Bytes
  /// Behind the date.
  private(set) var place = 0

  enum Part {
    case number(Int, digits: Int)
    case month(Int)
  }

  init(_ text: Bytes) { self.text = text }

  /// The date, where all of it is there.
  mutating func date(_ order: DayOrder) -> Day? {
    var parts: [Part] = []
    while parts.count < 3 {
      skipBetween(place == 0)
      guard place < text.count else { return nil }
      if text[place] &- 48 <= 9 {
        guard let part = number() else { return nil }
        if parts.isEmpty, case .number(let value, 8) = part { return Self.compact(value) }
        parts.append(part)
      } else {
        guard let word = word() else { return nil }
        if let month = MonthNames.month(word) {
          parts.append(.month(month))
        } else {
          guard MonthNames.isPassedOver(word) else { return nil }
        }
      }
    }
    return Self.day(parts, order)
  }

  /// A date of eight digits before a time of day.
  private static func compact(_ number: Int) -> Day? {
    Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  private mutating func skipBetween(_ isFirst: Bool) {
    while place < text.count {
      let byte = text[place]
      if byte == 32 || byte == 45 || byte == 46 || byte == 47 || byte == 44 || byte == 39 {
        guard !isFirst else { return }
        place += 1
      } else if text.blank(at: place) > 0 {
        place += text.blank(at: place)
      } else {
        return
      }
    }
  }

  mutating func number() -> Part? {
    var (value, digits) = (0, 0)
    while place < text.count, text[place] &- 48 <= 9, digits < 9 {
      value = value * 10 + Int(text[place] &- 48)
      (place, digits) = (place + 1, digits + 1)
    }
    return digits < 9 ? .number(value, digits: digits) : nil
  }

  private mutating func word() -> String? {
    let first = place
    while place < text.count, (text[place] | 32) &- 97 <= 25 || text[place] >= 0x80,
      text.blank(at: place) == 0
    {
      place += 1
    }
    guard place > first, place - first < 24 else { return nil }
    return folded(String(decoding: text[first..<place], as: UTF8.self))
  }

  private static func day(_ parts: [Part], _ order: DayOrder) -> Day? {
    if let index = parts.firstIndex(where: { if case .month = $0 { true } else { false } }) {
      return withName(parts, index)
    }
    let numbers = parts.compactMap { part -> (value: Int, digits: Int)? in
      if case .number(let value, let digits) = part { (value, digits) } else { nil }
    }
    guard numbers.count == 3, numbers[1].digits <= 2 else { return nil }
    if numbers[0].digits == 4 {
      guard numbers[2].digits <= 2 else { return nil }
      return Day(year: numbers[0].value, month: numbers[1].value, day: numbers[2].value)
    }
    guard numbers[0].digits <= 2 else { return nil }
    switch (order, numbers[2].digits) {
    case (.dayMonthYear, 4), (.dayMonthYear, 2):
      return Day(year: year(numbers[2]), month: numbers[1].value, day: numbers[0].value)
    case (.monthDayYear, 4), (.monthDayYear, 2):
      return Day(year: year(numbers[2]), month: numbers[0].value, day: numbers[1].value)
    case (.yearMonthDay, 1...2) where numbers[0].digits == 2:
      return Day(year: year(numbers[0]), month: numbers[1].value, day: numbers[2].value)
    default: return nil
    }
  }

  /// A date that names its month: day and year stand around it, the day first, unless the year has four digits.
  private static func withName(_ parts: [Part], _ index: Int) -> Day? {
    guard case .month(let month) = parts[index] else { return nil }
    let numbers = parts.compactMap { part -> (value: Int, digits: Int)? in
      if case .number(let value, let digits) = part { (value, digits) } else { nil }
    }
    guard numbers.count == 2 else { return nil }
    let yearFirst = numbers[0].digits == 4
    let (yearPart, dayPart) = yearFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
    guard dayPart.digits <= 2, yearPart.digits == 4 || yearPart.digits == 2 else { return nil }
    return Day(year: year(yearPart), month: month, day: dayPart.value)
  }

  /// A year of two digits is one of 1970 to 2069.
  private static func year(_ part: (value: Int, digits: Int)) -> Int {
    guard part.digits <= 2 else { return part.value }
    return part.value < 70 ? 2000 + part.value : 1900 + part.value
  }
}

/// A time of day, with a zone where one is written.
struct Clock {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Seconds since midnight UTC, below nought or beyond a day where the zone is another.
  private(set) var seconds = 0
  private(set) var hasFraction = false
  private var text: Bytes
  private var place = 0

  /// Reads what follows a date, or a cell of its own; nothing is midnight.
  init?(_ cell: Bytes) {
    text = cell.trimmed
    if let first = text.first, first == 84 || first == 44 || first == 46 {
      text = Bytes(rebasing: text.dropFirst()).trimmed
    }
    // A zone behind a day alone says nothing of the hour.
    guard !text.isEmpty, Zones.offset(String(decoding: text, as: UTF8.self)) == nil else { return }
    guard readClock(), readRest() else { return nil }
  }

  private mutating func readClock() -> Bool {
    guard let hour = digits(2) else { return false }
    let isCompact = place < text.count && text[place] &- 48 <= 9
    guard isCompact || colon() else { return false }
    guard let minute = digits(2), minute < 60 else { return false }
    var second = 0
    if isCompact ? place < text.count && text[place] &- 48 <= 9 : colon() {
      guard let read = digits(2), read < 61 else { return false }
      second = min(read, 59)
      if place < text.count, text[place] == 46 || text[place] == 44 {
        place += 1
        let first = place
        while place < text.count, text[place] &- 48 <= 9 {
          hasFraction = hasFraction || text[place] != 48
          place += 1
        }
        guard place > first else { return false }
      }
    }
    guard hour < 24 || (hour == 24 && minute == 0 && second == 0) else { return false }
    seconds = hour * 3_600 + minute * 60 + second
    return true
  }

  private mutating func colon() -> Bool {
    guard place < text.count, text[place] == 58 || text[place] == 46 || text[place] == 104 else {
      return false
    }
    place += 1
    return true
  }

  private mutating func digits(_ most: Int) -> Int? {
    var (value, count) = (0, 0)
    while place < text.count, count < most, text[place] &- 48 <= 9 {
      value = value * 10 + Int(text[place] &- 48)
      (place, count) = (place + 1, count + 1)
    }
    return count > 0 ? value : nil
  }

  /// Before and after noon, and a zone.
  private mutating func readRest() -> Bool {
    var words = String(decoding: text[place...], as: UTF8.self)
      .split(whereSeparator: { $0.isWhitespace || $0 == "[" || $0 == "]" || $0 == "(" || $0 == ")" }
      )
      .map { $0.uppercased() }
    if let half = words.first.map({ $0.filter { $0 != "." } }), half == "AM" || half == "PM" {
      guard (3_600..<46_800).contains(seconds) else { return false }
      seconds = seconds % 43_200 + (half == "PM" ? 43_200 : 0)
      words.removeFirst()
    }
    guard let zone = words.first else { return true }
    guard words.count == 1, let offset = Zones.offset(zone) else { return false }
    seconds -= offset
    return true
  }
}

/// Zones of time by what statements call them.
enum Zones {
  /// How many seconds a zone is ahead of UTC.
  static func offset(_ name: String) -> Int? {
    if let hours = hours[name] { return Int(hours * 3_600) }
    var text = name[...]
    if text.hasPrefix("UTC") || text.hasPrefix("GMT") { text = text.dropFirst(3) }
    guard let sign = text.first, sign == "+" || sign == "-" || sign == "−" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ $0 &- 48 <= 9 }),
      let number = Int(digits)
    else { return nil }
    let (hour, minute) = digits.count <= 2 ? (number, 0) : (number / 100, number % 100)
    guard hour <= 14, minute < 60 else { return nil }
    return (sign == "+" ? 1 : -1) * (hour * 3_600 + minute * 60)
  }

  private static let hours: [String: Double] = [
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEZ": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1,
    "CEST": 2, "MESZ": 2, "EET": 2, "OEZ": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
    "JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "BRT": -3, "SAST": 2,
  ]
}

/// Names of months in the languages of statements.
enum MonthNames {
  /// The month that a folded word names, whole or cut after three letters or more.
  static func month(_ word: String) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    if let month = short[word] { return month }
    for (index, names) in months.enumerated() where names.contains(where: { $0.hasPrefix(word) }) {
      return index + 1
    }
    return nil
  }

  /// Days of the week, and what stands between or behind the parts of a date.
  static func isPassedOver(_ word: String) -> Bool {
    ["st", "nd", "rd", "th", "de", "del", "er", "le", "den", "of", "il", "el", "op"].contains(word)
      || (word.utf8.count >= 2 && weekdays.contains { $0.hasPrefix(word) })
  }

  private static let short = ["mrz": 3, "mrt": 3, "janv": 1, "fevr": 2, "avr": 4, "juil": 7]

  private static let months = [
    ["january", "januar", "janvier", "enero", "januari", "gennaio", "janeiro"],
    ["february", "februar", "fevrier", "febrero", "februari", "febbraio", "fevereiro"],
    ["march", "marz", "mars", "marzo", "maart", "marco"],
    ["april", "avril", "abril", "aprile"],
    ["may", "mai", "mayo", "mei", "maggio", "maio"],
    ["june", "juni", "juin", "junio", "giugno", "junho"],
    ["july", "juli", "juillet", "julio", "luglio", "julho"],
    ["august", "aout", "agosto", "augustus"],
    ["september", "septembre", "septiembre", "setiembre", "settembre", "setembro"],
    ["october", "oktober", "octobre", "octubre", "ottobre", "outubro"],
    ["november", "novembre", "noviembre", "novembro"],
    ["december", "dezember", "decembre", "diciembre", "dicembre", "dezembro"],
  ].map { $0.map(folded) }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miercoles", "jueves",
    "viernes", "sabado", "domingo", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
    "zaterdag", "zondag", "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato",
    "domenica",
  ].map(folded)
}

/// A word small, without accents, and with ae, oe, ue as one letter: as it is compared.
func folded(_ word: String) -> String {
  var letters = ""
  for scalar in word.lowercased().unicodeScalars {
    switch scalar {
    case "à", "á", "â", "ã", "ä", "å", "æ": letters += "a"
    case "è", "é", "ê", "ë": letters += "e"
    case "ì", "í", "î", "ï": letters += "i"
    case "ò", "ó", "ô", "õ", "ö", "ø", "œ": letters += "o"
    case "ù", "ú", "û", "ü": letters += "u"
    case "ç": letters += "c"
    case "ñ": letters += "n"
    case "ß": letters += "ss"
    // Accents that stand by themselves.
    case "\u{300}"..."\u{36F}": break
    default: letters.unicodeScalars.append(scalar)
    }
  }
  guard letters.utf8.contains(UInt8(ascii: "e")) else { return letters }
  return letters.replacing("ae", with: "a").replacing("oe", with: "o").replacing("ue", with: "u")
}

private import Claims
private import Tables

/// What is wrong with a row.
enum RowFault: Sendable, Equatable {
  case emptyLine
  case longLine
  /// So many cells; the row runs on over so many further lines.
  case cellCount(Int, furtherLines: Int)
  case quote
  /// Text follows the closing quote of a cell.
  case textAfterQuote
  case noParty(payer: Bool)
  case badName(payer: Bool)
  case noAmount
  case badAmount(String)
  case negativeAmount(String)
  case fineAmount(String, digits: Int)
  case largeAmount(String)
  case badTime(String)
  case fractionOfSecond(String)
  case noCurrency
  case badCurrency(String)
  /// It is in another currency than was asked for: left out, and no fault of the row.
  case otherCurrency
  case noTime
  /// A word says not which way the money goes.
  case noDirection(String)
  /// Both of two columns have an amount of which one was to be filled.
  case twoAmounts(String)
  /// The payment was not made, or not yet: left out.
  case notMade(String)
  /// Another column has none of the values asked for: left out.
  case notAsked
  /// The debits and credits of an entry are not the same: in words.
  case unbalanced(String)
  /// An entry of several accounts, of which the rule says nothing.
  case severalAccounts(credited: Int, debited: Int)
  /// An amount of a journal has a price, and so another currency on the other side.
  case exchanged(String)
  /// The row adds up others, or nothing stands in it.
  case note
}

/// Reads rows of payments out of bytes.
struct RowParser {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Where a column of the header stands among those we need, or -1.
  let slots: [Int8]
  /// The number of digits after the point that a minor unit has.
  let digits: Int
  /// What times that are bare numbers are, where that was said.
  let timeFormat: TimeFormat?
  // The row at hand.
  var payer = Bytes(start: nil, count: 0)
  var payee = Bytes(start: nil, count: 0)
  var amount: Int64 = 0
  var time = 0
  var amountCell = Bytes(start: nil, count: 0)
  var timeCell = Bytes(start: nil, count: 0)
  var currencyCell = Bytes(start: nil, count: 0)
  /// The number of the row's currency among those of ``currencies``; 0 where rows have none.
  var currency = 0
  /// The currencies that rows are in, where a column says so.
  private(set) var currencies: CurrencyColumn?
  /// The day read last, which is often that of the next row.
  private var lastDay = PaymentTime.KnownDay()
  /// Cells of this block that had quotes, without them.
  private let unquoted: UnsafeMutablePointer<UInt8>
  private var unquotedCount = 0

  init(slots: [Int8], _ format: PaymentFormat) {
    (self.slots, digits, timeFormat) = (slots, format.digits, format.timeFormat)
    if slots.contains(4) { currencies = CurrencyColumn(wanted: format.currency) }
    unquoted = .allocate(capacity: BlockReader.memorySize)
  }

  func free() { unquoted.deallocate() }

  /// Whether a time was a bare number, taken for seconds.
  var hasNumbers: Bool { lastDay.hasNumbers }

  /// Makes ready for another block; the cells of the last are gone.
  mutating func beginBlock() { unquotedCount = 0 }

  /// Reads one row without its line end; says what is wrong with it.
  ///
  /// The names are yet to be checked.
  @inline(never)
  mutating func read(_ line: Bytes) -> RowFault? {
    guard let base = line.baseAddress, !line.isEmpty else { return .emptyLine }
    if let fault = split(base, line.count) { return fault }
    if let fault = readCurrency() { return fault }
    if let fault = readAmount(amountCell) { return fault }
    return readTime(timeCell)
  }

  @inline(__always)
  mutating func readCurrency() -> RowFault? {
    guard let reading = currencies?.read(currencyCell) else { return nil }
    switch reading {
    case .number(let number): currency = number
    case .other: return .otherCurrency
    case .none: return currencyCell.isEmpty ? .noCurrency : .badCurrency(shown(currencyCell))
    }
    return nil
  }

  @inline(__always)
  mutating func readTime(_ cell: Bytes) -> RowFault? {
    if let timeFormat, timeFormat != .seconds, cell.count <= 8 {
      guard let seconds = timeFormat.firstSecond(cell) else { return .badTime(shown(cell)) }
      time = seconds
      return nil
    }
    switch PaymentTime.seconds(cell, &lastDay) {
    case .seconds(let seconds): time = seconds
    case .fraction: return .fractionOfSecond(shown(cell))
    case .none: return .badTime(shown(cell))
    }
    return nil
  }

  /// Finds the cells; says what is wrong.
  private mutating func split(_ line: UnsafePointer<UInt8>, _ end: Int) -> RowFault? {
    let columns = slots.count
    var column = 0
    var place = 0
    while true {
      let cell: Bytes
      if place < end, line[place] == 34 {
        let first = unquotedCount
        guard let past = unquote(line, end, place) else { return .quote }
        guard past == end || line[past] == 44 else { return .textAfterQuote }
        cell = Bytes(start: unquoted + first, count: unquotedCount - first)
        place = past
      } else {
        let first = place
        while place < end, line[place] != 44 {
          if line[place] == 34 { return .quote }
          place += 1
        }
        cell = Bytes(start: line + first, count: place - first)
      }
      if column < columns { keep(cell, in: slots[column]) }
      column += 1
      if place >= end { break }
      place += 1
    }
    return column == columns ? nil : .cellCount(column, furtherLines: 0)
  }

  /// Keeps a cell of a column that is asked for.
  @inline(__always)
  mutating func keep(_ cell: Bytes, in slot: Int8) {
    switch slot {
    case 0: payer = cell
    case 1: payee = cell
    case 2: amountCell = cell
    case 3: timeCell = cell
    case 4: currencyCell = cell
    default: break
    }
  }

  /// Copies a quoted cell; where it ends, or `nil` where its quote is not closed in the row.
  private mutating func unquote(
    _ line: UnsafePointer<UInt8>,
    _ end: Int,
    _ start: Int
  ) -> Int? {
    var place = start + 1
    while place < end {
      if line[place] == 34 {
        guard place + 1 < end, line[place + 1] == 34 else { return place + 1 }
        place += 1
      }
      unquoted[unquotedCount] = line[place]
      unquotedCount += 1
      place += 1
    }
    return nil
  }

  mutating func readAmount(_ cell: Bytes) -> RowFault? {
    guard !cell.isEmpty else { return .noAmount }
    var value: Int64 = 0
    var after = -1
    for byte in cell {
      if byte == 46, after < 0 {
        after = 0
      } else if byte >= 48, byte <= 57, value < 1_000_000_000_000_000, after < digits {
        value = value &* 10 &+ Int64(byte &- 48)
        if after >= 0 { after += 1 }
      } else {
        return slowAmount(cell, &amount)
      }
    }
    guard after != 0, cell[0] != 46 else { return .badAmount(shown(cell)) }
    var missing = digits - max(0, after)
    while missing > 0, value <= 1 << 53 {
      value *= 10
      missing -= 1
    }
    guard value <= 1 << 53 else { return slowAmount(cell, &amount) }
    amount = value
    return nil
  }

  @inline(never)
  private func slowAmount(_ cell: Bytes, _ amount: inout Int64) -> RowFault? {
    let text = String(decoding: cell, as: UTF8.self)
    guard let number = StrictDecimal(text) else {
      let isLong = cell.count > 18 && cell.allSatisfy { $0 == 46 || ($0 >= 48 && $0 <= 57) }
      return isLong ? .largeAmount(shown(cell)) : .badAmount(shown(cell))
    }
    guard !number.isNegative else { return .negativeAmount(shown(cell)) }
    guard number.scale <= digits else { return .fineAmount(shown(cell), digits: digits) }
    guard let units = number.scaled(by: digits), units <= 1 << 53 else {
      return .largeAmount(shown(cell))
    }
    amount = units
    return nil
  }

  /// The beginning of a cell that is no text yet.
  private func shown(_ cell: Bytes) -> String {
    excerpt(String(decoding: cell.prefix(200), as: UTF8.self))
  }
}

internal import Columns
private import Tables

/// Which way a payment was told: by a statement of the payer, of the payee, or of neither.
enum Teller: UInt8 {
  case nobody = 0
  case payer = 1
  case payee = 2
}

/// One thread's part in reading a table as it was understood.
struct TableParser: RowReading, @unchecked Sendable {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  var names = Interner()
  /// What people call the parties that are known by their accounts, by number.
  var labels: [Int32: String] = [:]
  /// Whether a name was no UTF-8.
  var sawOtherEncoding = false
  /// Whether amounts of columns that were to be the same differ somewhere: the line in its block is told.
  private(set) var sawDifferentAmounts = false

  let plan: TablePlan
  private let part: Int
  private var amounts: AmountReader
  private var moments: MomentReader
  private let currencies: CurrencyRoll
  private var lastCurrency: (text: [UInt8], number: UInt16?) = ([], nil)
  private var lastStatus: (text: [UInt8], isMade: Bool) = ([], true)
  private var lastZone: (text: [UInt8], offset: Int?) = ([], nil)
  /// The cells of the row at hand.
  private let cells: UnsafeMutablePointer<Bytes>
  private var count = 0
  /// Cells that were changed: without doubled quotes, without blanks.
  let scratch: UnsafeMutablePointer<UInt8>
  var scratchCount = 0
  /// The account whose statement it is, where that stands in no column.
  let ownAccount: UnsafeMutableBufferPointer<UInt8>

  init(part: Int, _ plan: TablePlan, _ currencies: CurrencyRoll) {
    (self.part, self.plan, self.currencies) = (part, plan, currencies)
    amounts = AmountReader(plan.decimal, digits: plan.digits, rounds: plan.rounds)
    moments = MomentReader(order: plan.dayOrder, numbers: plan.numbers)
    cells = .allocate(capacity: plan.width + 1)
    scratch = .allocate(capacity: 2 * BlockReader.memorySize)
    // Eight bytes can be read beyond the end of a name.
    ownAccount = .allocate(capacity: plan.ownAccount.count + 8)
    _ = ownAccount.initialize(from: plan.ownAccount + [UInt8](repeating: 0, count: 8))
  }

  func free() {
    cells.deallocate()
    scratch.deallocate()
    ownAccount.deallocate()
  }

  /// Whether fractions of seconds were cut off.
  var cutFractions: Bool { moments.cutFractions }

  /// Reads the rows of a block, after whose last byte a line end stands.
  mutating func parse(_ bytes: Bytes, number: Int, skippedLines: Int, into rows: BlockRows) {
    (rows.number, rows.count, rows.part) = (number, 0, part)
    rows.faults.removeAll(keepingCapacity: true)
    rows.continued.removeAll(keepingCapacity: true)
    var line = skippedLines
    if line > 0 { rows.faults.append((0, .longLine)) }
    if var place = bytes.baseAddress {
      let end = place + bytes.count
      if number == 0 { skipLines(&place, end, plan.firstLine - 1, &line) }
      while place < end {
        let (next, lines, fault) = split(place, end)
        if let fault = fault ?? read(line, rows) { rows.faults.append((line, fault)) }
        (place, line) = (next, line + lines)
      }
    }
    rows.lineCount = line
  }

  private func skipLines(
    _ place: inout UnsafePointer<UInt8>,
    _ end: UnsafePointer<UInt8>,
    _ lines: Int,
    _ line: inout Int
  ) {
    while line < lines, place < end {
      while place < end, place.pointee != 10 { place += 1 }
      place += 1
      line += 1
    }
  }
}

// MARK: - Cells

extension TableParser {
  /// Finds the cells of the row at `start`; where the next begins, and how many lines this one has.
  private mutating func split(
    _ start: UnsafePointer<UInt8>,
    _ end: UnsafePointer<UInt8>
  ) -> (next: UnsafePointer<UInt8>, lines: Int, fault: RowFault?) {
    (count, scratchCount) = (0, 0)
    var (place, lines) = (start, 1)
    while true {
      var cell: Bytes
      if place.pointee == 34 {
        guard let quoted = unquote(place, end, &lines) else { return torn(start, end) }
        (cell, place) = quoted
      } else {
        let first = place
        place = mark(after: place)
        let isReturned = place.pointee == 10 && place > first && (place - 1).pointee == 13
        cell = Bytes(start: first, count: place - first - (isReturned ? 1 : 0))
      }
      if count <= plan.width { cells[count] = cell }
      count += 1
      if place.pointee == 10 || place >= end { break }
      place += 1
    }
    return (place + 1, lines, nil)
  }

  /// A quote that is not closed, or behind which text follows, costs the line on which its row begins.
  private func torn(
    _ start: UnsafePointer<UInt8>,
    _ end: UnsafePointer<UInt8>
  ) -> (UnsafePointer<UInt8>, Int, RowFault?) {
    var place = start
    while place < end, place.pointee != 10 { place += 1 }
    return (place + 1, 1, .quote)
  }

  /// The delimiter or line end from `start` on.
  @inline(__always)
  private func mark(after start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var place = start
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    let delimiters = UInt64(plan.delimiter) &* ones
    while true {
      let word = UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
      let (first, second) = (word ^ delimiters, word ^ 0x0A0A_0A0A_0A0A_0A0A)
      let found = ((first &- ones) & ~first | (second &- ones) & ~second) & tops
      if found != 0 { return place + found.trailingZeroBitCount >> 3 }
      place += 8
    }
  }

  /// A quoted cell and where it ends, which must be at a delimiter or a line end.
  private mutating func unquote(
    _ start: UnsafePointer<UInt8>,
    _ end: UnsafePointer<UInt8>,
    _ lines: inout Int
  ) -> (Bytes, UnsafePointer<UInt8>)? {
    var place = start + 1
    var isChanged = false
    let first = scratchCount
    var further = 0
    while place < end {
      let byte = place.pointee
      if byte == 34 {
        if place + 1 < end, (place + 1).pointee == 34 {
          if !isChanged {
            scratch.advanced(by: first).update(from: start + 1, count: place - start - 1)
            scratchCount = first + (place - start - 1)
            isChanged = true
          }
          scratch[scratchCount] = 34
          scratchCount += 1
          place += 2
          continue
        }
        var next = place + 1
        while next < end, next.pointee == 32 || next.pointee == 13 { next += 1 }
        guard next >= end || next.pointee == 10 || next.pointee == plan.delimiter else {
          return nil
        }
        lines += further
        let cell =
          isChanged
          ? Bytes(start: scratch + first, count: scratchCount - first)
          : Bytes(start: start + 1, count: place - start - 1)
        return (cell, next)
      }
      if byte == 10 { further += 1 }
      if isChanged {
        scratch[scratchCount] = byte
        scratchCount += 1
      }
      place += 1
    }
    return nil
  }

  func cell(_ column: Int) -> Bytes {
    column >= 0 && column < min(count, plan.width) ? cells[column].trimmed : .none
  }

  func text(_ cell: Bytes) -> String { String(decoding: cell, as: UTF8.self) }

  /// The beginning of a cell, for a message about it.
  private func shown(_ cell: Bytes) -> String {
    excerpt(String(decoding: cell.prefix(200), as: UTF8.self))
  }
}

// MARK: - Rows

extension TableParser {
  /// Reads the row whose cells were found; says what is wrong with it.
  private mutating func read(_ line: Int, _ rows: BlockRows) -> RowFault? {
    if let fault = checkWidth() { return fault }
    guard let time = time() else { return timeFault() }
    if let fault = leftOut() { return fault }
    let units: Int64
    let isOut: Bool?
    var currency = UInt16(0)
    switch money(&currency) {
    case .money(let read, let way): (units, isOut) = (read, way)
    case .fault(let fault): return fault
    }
    if let fault = readCurrency(&currency) { return fault }
    return keep(line, rows, time, units, isOut, currency)
  }

  private func checkWidth() -> RowFault? {
    if (0..<min(count, plan.width)).allSatisfy({ cells[$0].allSatisfy(isBlank) }) { return .note }
    if count == plan.width { return nil }
    // What is missing or left over at the end does not matter where it says nothing.
    if count < plan.width, count > plan.lastNeeded { return nil }
    if count == plan.width + 1, cells[plan.width].allSatisfy(isBlank) { return nil }
    return isTotal ? .note : .cellCount(count, furtherLines: 0)
  }

  /// Whether the row adds up others, or is a word of the bank's.
  private var isTotal: Bool {
    (0..<min(count, plan.width, 4)).contains { column in
      let cell = cells[column].trimmed
      guard cell.count > 2, cell.count < 40 else { return false }
      let words = HeaderWords.words(text(cell))
      return words.contains { TablePlan.totals.contains($0) }
    }
  }

  private mutating func time() -> Int? {
    guard var time = moments.read(cell(plan.date)) else { return nil }
    if plan.clock >= 0 {
      guard let clock = Clock(cell(plan.clock)) else { return nil }
      time += clock.seconds
    }
    if plan.zone >= 0 {
      let zone = cell(plan.zone)
      guard !zone.isEmpty else { return time }
      if !zone.elementsEqual(lastZone.text) {
        lastZone = (Array(zone), Zones.offset(text(zone).uppercased()))
      }
      guard let offset = lastZone.offset else { return nil }
      time -= offset
    }
    return time
  }

  private func timeFault() -> RowFault {
    if isTotal { return .note }
    let date = cell(plan.date)
    return date.isEmpty ? .noTime : .badTime(shown(date))
  }

  /// Whether the row is of a payment that was not made, or one that was not asked for.
  private mutating func leftOut() -> RowFault? {
    if plan.status >= 0 {
      let status = cell(plan.status)
      if !status.elementsEqual(lastStatus.text) {
        lastStatus = (Array(status), !TablePlan.notMade.contains(folded(text(status))))
      }
      if !lastStatus.isMade { return .notMade(shown(status)) }
    }
    for filter in plan.filters
    where !filter.values.contains(where: { cell(filter.column).elementsEqual($0) }) {
      return .notAsked
    }
    return nil
  }

  private enum Money {
    case money(Int64, isOut: Bool?)
    case fault(RowFault)
  }

  private mutating func money(_ currency: inout UInt16) -> Money {
    guard plan.amount >= 0 else { return twoColumns(&currency) }
    let cell = cell(plan.amount)
    let (units, isNegative, side): (Int64, Bool, Direction?)
    switch amount(cell, &currency) {
    case .read(let read, let negative, let way): (units, isNegative, side) = (read, negative, way)
    case .fault(let fault): return .fault(fault)
    }
    for other in plan.sameAmounts where !self.cell(other).elementsEqual(cell) {
      sawDifferentAmounts = true
    }
    if plan.isStatement {
      if plan.direction >= 0 {
        guard let way = Direction(text(self.cell(plan.direction))) else {
          return .fault(.noDirection(shown(self.cell(plan.direction))))
        }
        // What is taken back goes the other way.
        return .money(units, isOut: (way == .out) != isNegative)
      }
      if let side { return .money(units, isOut: (side == .out) != isNegative) }
      return .money(units, isOut: isNegative)
    }
    guard isNegative else {
      return .money(units, isOut: plan.negatives == .ignoreSign ? false : nil)
    }
    switch plan.negatives {
    case .refuse: return .fault(.negativeAmount(shown(cell)))
    case .ignoreSign: return .money(units, isOut: true)
    case .turn: return .money(-units, isOut: nil)
    }
  }

  /// The amount of whichever of two columns has one.
  private mutating func twoColumns(_ currency: inout UInt16) -> Money {
    var found: (units: Int64, isOut: Bool)?
    for (column, isOut) in [(plan.out, true), (plan.into, false)] {
      let cell = cell(column)
      guard !cell.isEmpty, !(cell.count == 1 && cell[0] == 45) else { continue }
      switch amount(cell, &currency) {
      case .fault(.noAmount), .fault(.note): continue
      case .fault(let fault): return .fault(fault)
      case .read(let units, let isNegative, _):
        guard units > 0 else {
          found = found ?? (0, isOut)
          continue
        }
        if let found, found.units > 0 { return .fault(.twoAmounts(shown(cell))) }
        // Some banks write what leaves below nought in its own column.
        found = (units, isOut != (isNegative && !isOut))
      }
    }
    guard let found else { return .fault(isTotal ? .note : .noAmount) }
    return .money(found.units, isOut: found.isOut)
  }

  private enum Amount {
    case read(Int64, isNegative: Bool, side: Direction?)
    case fault(RowFault)
  }

  private mutating func amount(_ cell: Bytes, _ currency: inout UInt16) -> Amount {
    switch amounts.read(cell) {
    case .units(let units, let isNegative, nil):
      return .read(units, isNegative: isNegative, side: nil)
    case .units(let units, let isNegative, let affix?):
      let word = text(affix)
      if plan.isStatement, let side = AmountAffix.side(word) {
        return .read(units, isNegative: isNegative, side: side)
      }
      guard let code = CurrencyName.code(word) else { return .fault(.badAmount(shown(cell))) }
      if plan.currencyColumn < 0 { currency = currencies.number(code) }
      return .read(units, isNegative: isNegative, side: nil)
    case .none: return .fault(isTotal ? .note : .noAmount)
    case .notAnAmount: return .fault(.badAmount(shown(cell)))
    case .fine: return .fault(.fineAmount(shown(cell), digits: plan.digits))
    case .large: return .fault(.largeAmount(shown(cell)))
    }
  }

  /// What the account holds after the row, where that can be read.
  func balance() -> Int64 {
    guard case .units(let units, let isNegative, let affix) = amounts.read(cell(plan.balance))
    else { return RowExtras.noBalance }
    let side = affix.flatMap { AmountAffix.side(text($0)) }
    return AmountAffix.balance(units, isNegative, side)
  }

  private mutating func readCurrency(_ currency: inout UInt16) -> RowFault? {
    if plan.currencyColumn >= 0 {
      let cell = cell(plan.currencyColumn)
      if !cell.elementsEqual(lastCurrency.text) {
        lastCurrency = (Array(cell), CurrencyName.code(text(cell)).map { currencies.number($0) })
      }
      guard let number = lastCurrency.number else {
        return cell.isEmpty ? .noCurrency : .badCurrency(shown(cell))
      }
      currency = number
    } else if currency == 0 {
      currency = plan.currencyNumber
    }
    if let wanted = plan.wantedCurrency, currency != wanted { return .otherCurrency }
    return nil
  }
}

internal import Columns

#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif
private import Tables

/// The payments of one block; the memory is used again for another once they are taken.
final class BlockRows: @unchecked Sendable {
  var number = 0
  var count = 0
  var lineCount = 0
  /// Which thread's names the parties are.
  var part = 0
  let payer = Column<Int32>(unwritten: room)
  let payee = Column<Int32>(unwritten: room)
  let time = Column<Int>(unwritten: room)
  let amount = Column<Int64>(unwritten: room)
  /// The rows in the block that are no payments, by their lines from 0, ascending, and what is wrong with them.
  var faults: [(row: Int, fault: RowFault)] = []
  /// The lines in the block on which a row goes on that began above, ascending.
  var continued: [Int] = []
  /// What is kept beside the payments of files that people wrote.
  let more: RowExtras?

  init(_ more: RowExtras? = nil) { self.more = more }

  /// More than the rows of a block: the shortest has seven bytes and a line end.
  static let room = BlockReader.longestLine / 8 + 2
}

/// One thread's part in reading: its names, and what it knows of the rows at hand.
struct BlockParser: RowReading, @unchecked Sendable {
  private(set) var names = Interner()
  private let part: Int
  private var parser: RowParser
  // Rows whose parties have yet to be named: their lines, and the names of both parties.
  private var pending = 0
  private let lines = Column<Int>(unwritten: batchSize)
  private let cells = Column<UnsafeBufferPointer<UInt8>>(unwritten: 2 * batchSize)
  private let clues = Column<Interner.Clue>(unwritten: 2 * batchSize)
  private let currency = Column<Int>(unwritten: batchSize)
  private var currencyCounts: [Int] = []

  /// How many rows are named together, the memory of their names having been sent for while they were read.
  private static let batchSize = 64

  init(part: Int, _ slots: [Int8], _ format: PaymentFormat) {
    self.part = part
    parser = RowParser(slots: slots, format)
  }

  func free() { parser.free() }

  /// Whether a time was a bare number, taken for seconds.
  var hasNumbers: Bool { parser.hasNumbers }

  /// How many payments are in each currency, where a column says so.
  var currencies: [(code: String, count: Int)] {
    zip(parser.currencies?.codes ?? [], currencyCounts).map { (code: $0, count: $1) }
  }

  /// Reads the rows of a block, after whose last byte a line end stands.
  mutating func parse(
    _ bytes: UnsafeBufferPointer<UInt8>,
    number: Int,
    skippedLines: Int,
    into rows: BlockRows
  ) {
    (rows.number, rows.count, rows.part) = (number, 0, part)
    rows.faults.removeAll(keepingCapacity: true)
    rows.continued.removeAll(keepingCapacity: true)
    var line = skippedLines
    if line > 0 {
      rows.faults.append((0, .longLine))
      rows.continued.append(contentsOf: 1..<line)
    }
    parser.beginBlock()
    if let base = bytes.baseAddress {
      var place = base
      while place < base + bytes.count {
        if let next = parser.readPlain(place) {
          place = next
          note(line, rows)
        } else {
          let rest = base + bytes.count + 1 - place
          place += readSlowly(place, rest, line, rows)
          line = max(line, rows.continued.last ?? line)
        }
        line += 1
      }
    }
    nameParties(rows)
    rows.lineCount = line
    rows.faults.sort { $0.row < $1.row }
  }

  /// Reads the row that begins at `start`, whatever it is like; how many bytes it has with its line end.
  @inline(never)
  private mutating func readSlowly(
    _ start: UnsafePointer<UInt8>,
    _ rest: Int,
    _ line: Int,
    _ rows: BlockRows
  ) -> Int {
    var scanner = RowScanner()
    // A quote that is never closed costs its own line.
    guard let end = scanner.rowEnd(start, from: 0, to: rest) else {
      return torn(start, rest, line, rows)
    }
    let further = max(0, scanner.lineEnds - 1)
    let isReturned = end > 0 && start[end - 1] == 13
    let text = UnsafeBufferPointer(start: start, count: end - (isReturned ? 1 : 0))
    switch parser.read(text) {
    case .none: note(line, rows)
    case .cellCount(let cells, _)?:
      rows.faults.append((line, .cellCount(cells, furtherLines: further)))
    // So does one too many, behind which text follows on another line.
    case .textAfterQuote?: return torn(start, rest, line, rows)
    case let fault?: rows.faults.append((line, fault))
    }
    rows.continued.append(contentsOf: (line + 1)..<(line + 1 + further))
    return end + 1
  }

  /// Gives up the line at `start`, on which a quote is wrong; how many bytes it has with its line end.
  private func torn(
    _ start: UnsafePointer<UInt8>,
    _ rest: Int,
    _ line: Int,
    _ rows: BlockRows
  ) -> Int {
    rows.faults.append((line, .quote))
    var place = 0
    while place < rest - 1, start[place] != 10 { place += 1 }
    return place + 1
  }

  /// Keeps the row just read.
  @inline(__always)
  private mutating func note(_ line: Int, _ rows: BlockRows) {
    if pending == Self.batchSize { nameParties(rows) }
    let row = pending
    lines.base[row] = line
    cells.base[2 * row] = parser.payer
    cells.base[2 * row + 1] = parser.payee
    let (payer, payee) = (names.clue(parser.payer), names.clue(parser.payee))
    names.fetch(payer)
    names.fetch(payee)
    clues.base[2 * row] = payer
    clues.base[2 * row + 1] = payee
    rows.time.base[rows.count + row] = parser.time
    rows.amount.base[rows.count + row] = parser.amount
    currency.base[row] = parser.currency
    pending = row + 1
  }

  /// Gives the parties of the rows kept their numbers; drops rows whose names are not sound.
  @inline(never)
  private mutating func nameParties(_ rows: BlockRows) {
    let first = rows.count
    var count = first
    for row in 0..<pending {
      let seen = rows.number << 32 | 2 * count
      guard let payer = name(2 * row, seen), let payee = name(2 * row + 1, seen + 1) else {
        rows.faults.append((lines.base[row], nameFault(row)))
        continue
      }
      rows.payer.base[count] = payer
      rows.payee.base[count] = payee
      rows.time.base[count] = rows.time.base[first + row]
      rows.amount.base[count] = rows.amount.base[first + row]
      count += 1
      if parser.currencies != nil { countOne(currency.base[row]) }
    }
    rows.count = count
    pending = 0
  }

  private mutating func countOne(_ currency: Int) {
    while currencyCounts.count <= currency { currencyCounts.append(0) }
    currencyCounts[currency] += 1
  }

  /// The number of the party in a cell, if it has a sound name.
  @inline(__always)
  private mutating func name(_ index: Int, _ seen: Int) -> Int32? {
    let cell = cells.base[index]
    guard cell.count > 0 else { return nil }
    if cell[0] != 39, let number = names.find(cell, clues.base[index]) { return number }
    // A party is one of some payment: not of a row that is left out for the other's name.
    if index % 2 == 0, !Self.isSound(cells.base[index + 1]) { return nil }
    return newName(cell, seen)
  }

  @inline(never)
  private mutating func newName(_ cell: UnsafeBufferPointer<UInt8>, _ seen: Int) -> Int32? {
    // What a CSV writer put before a formula is taken off.
    let isNeutralised = cell[0] == 39 && isFormula(cell)
    let cell = isNeutralised ? UnsafeBufferPointer(rebasing: cell[1...]) : cell
    guard Self.isSound(cell) else { return nil }
    return names.number(cell, seen: seen)
  }

  /// The number of a party by its name, which it is given where it has none.
  mutating func number(of name: String) -> Int32 {
    let bytes = Array(name.utf8) + [UInt8](repeating: 0, count: 8)
    return bytes.withUnsafeBufferPointer { cell in
      names.number(UnsafeBufferPointer(rebasing: cell[..<(bytes.count - 8)]), seen: 0)
    }
  }

  static func isSound(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    // ASCII without NUL, as most names are.
    if !cell.isEmpty, cell.allSatisfy({ $0 &- 1 < 127 }) { return true }
    return !cell.isEmpty && !cell.contains(0) && String(validating: cell, as: UTF8.self) != nil
  }

  private func nameFault(_ row: Int) -> RowFault {
    let isPayer = !Self.isSound(cells.base[2 * row])
    let cell = cells.base[isPayer ? 2 * row : 2 * row + 1]
    return cell.isEmpty ? .noParty(payer: isPayer) : .badName(payer: isPayer)
  }
}

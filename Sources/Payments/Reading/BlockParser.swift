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
  let payer = FlatArray<Int32>(unwritten: room)
  let payee = FlatArray<Int32>(unwritten: room)
  let time = FlatArray<Int>(unwritten: room)
  let amount = FlatArray<Int64>(unwritten: room)
  /// The lines in the block that are no payments, from 0, ascending, and what is wrong with them.
  var faults: [(row: Int, fault: RowFault)] = []

  /// More than the rows of a block: the shortest has seven bytes and a line end.
  private static let room = BlockReader.longestLine / 8 + 2
}

/// One thread's part in reading: its names, and what it knows of the rows at hand.
struct BlockParser: @unchecked Sendable {
  private(set) var names = Interner()
  private let part: Int
  private var parser: RowParser
  // Rows whose parties have yet to be named: their lines, and the names of both parties.
  private var pending = 0
  private let lines = FlatArray<Int>(unwritten: batchSize)
  private let cells = FlatArray<UnsafeBufferPointer<UInt8>>(unwritten: 2 * batchSize)
  private let clues = FlatArray<Interner.Clue>(unwritten: 2 * batchSize)

  /// How many rows are named together, the memory of their names having been sent for while they were read.
  private static let batchSize = 64

  init(part: Int, _ slots: [Int8], _ format: PaymentFormat) {
    self.part = part
    parser = RowParser(slots: slots, digits: format.digits, timeFormat: format.timeFormat)
  }

  func free() { parser.free() }

  /// Whether a time was a bare number, taken for seconds.
  var hasNumbers: Bool { parser.hasNumbers }

  /// Reads the lines of a block, after whose last byte a line end stands.
  mutating func parse(
    _ bytes: UnsafeBufferPointer<UInt8>,
    number: Int,
    isAfterLong: Bool,
    into rows: BlockRows
  ) {
    (rows.number, rows.count, rows.part) = (number, 0, part)
    rows.faults.removeAll(keepingCapacity: true)
    var line = 0
    if isAfterLong {
      rows.faults.append((0, .longLine))
      line = 1
    }
    parser.beginBlock()
    if let base = bytes.baseAddress {
      var place = base
      while place < base + bytes.count {
        if let next = parser.readPlain(place) {
          place = next
          note(line, rows)
        } else {
          let end = Self.lineEnd(place)
          let isReturned = end > place && (end - 1).pointee == 13
          let text = UnsafeBufferPointer(start: place, count: end - place - (isReturned ? 1 : 0))
          place = end + 1
          if let fault = parser.read(text) {
            rows.faults.append((line, fault))
          } else {
            note(line, rows)
          }
        }
        line += 1
      }
    }
    nameParties(rows)
    rows.lineCount = line
    rows.faults.sort { $0.row < $1.row }
  }

  private static func lineEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var place = start
    while place.pointee != 10 { place += 1 }
    return place
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
    }
    rows.count = count
    pending = 0
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

  private static func isSound(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
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

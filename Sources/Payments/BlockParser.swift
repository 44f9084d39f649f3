#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif
internal import Networks
private import Tables

/// The payments of one block.
struct ParsedBlock: @unchecked Sendable {
  let number: Int
  let count: Int
  let lineCount: Int
  let payer: FlatArray<Int32>
  let payee: FlatArray<Int32>
  let time: FlatArray<Int>
  let amount: FlatArray<Int64>
  /// The lines in the block that are no payments, from 0.
  let rejectedRows: [Int]
  /// What is wrong with the first of them.
  let faults: [(row: Int, fault: RowFault)]
}

/// One thread's part in reading: its blocks, and the names in them.
struct BlockParser: @unchecked Sendable {
  private(set) var blocks: [ParsedBlock] = []
  private(set) var names = Interner()
  private var parser: RowParser
  private let toldRows: Int
  private var payer = FlatArray<Int32>(unwritten: Self.room)
  private var payee = FlatArray<Int32>(unwritten: Self.room)
  private var time = FlatArray<Int>(unwritten: Self.room)
  private var amount = FlatArray<Int64>(unwritten: Self.room)
  // The rows of the block at hand: their lines, and the names of both parties.
  private var rowCount = 0
  private let lines = FlatArray<Int32>(unwritten: Self.room)
  private let cells = FlatArray<UnsafeBufferPointer<UInt8>>(unwritten: 2 * Self.room)
  private let clues = FlatArray<Interner.Clue>(unwritten: 2 * Self.room)
  /// Kept so that bringing names nearer is not seen to be of no use.
  private var nearness: UInt64 = 0

  /// More than the rows of a block: the shortest has seven bytes and a line end.
  private static let room = BlockReader.blockSize / 8 + 2

  init(_ slots: [Int8], _ format: PaymentFormat) {
    parser = RowParser(slots: slots, digits: format.digits)
    toldRows = format.toldRows
  }

  func free() {
    names.free()
    parser.free()
  }

  /// Reads the lines of a block.
  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>, number: Int, isAfterLong: Bool) {
    var faults: [(row: Int, fault: RowFault)] = []
    var line = 0
    if isAfterLong {
      faults.append((0, .longLine))
      line = 1
    }
    parser.beginBlock()
    rowCount = 0
    var place = 0
    while place < bytes.count, let base = bytes.baseAddress {
      let found = memchr(base + place, 10, bytes.count - place)
      var end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
      let next = end + 1
      if end > place, bytes[end - 1] == 13 { end -= 1 }
      if let fault = parser.read(UnsafeBufferPointer(start: base + place, count: end - place)) {
        faults.append((line, fault))
      } else {
        note(line)
      }
      line += 1
      place = next
    }
    let count = nameParties(number, &faults)
    faults.sort { $0.row < $1.row }
    blocks.append(
      ParsedBlock(
        number: number,
        count: count,
        lineCount: line,
        payer: payer.prefix(count),
        payee: payee.prefix(count),
        time: time.prefix(count),
        amount: amount.prefix(count),
        rejectedRows: faults.map(\.row),
        faults: Array(faults.prefix(toldRows))
      )
    )
  }

  /// Keeps the row just read.
  @inline(__always)
  private mutating func note(_ line: Int) {
    let row = rowCount
    lines.base[row] = Int32(truncatingIfNeeded: line)
    cells.base[2 * row] = parser.payer
    cells.base[2 * row + 1] = parser.payee
    clues.base[2 * row] = Interner.clue(parser.payer)
    clues.base[2 * row + 1] = Interner.clue(parser.payee)
    time.base[row] = parser.time
    amount.base[row] = parser.amount
    rowCount = row + 1
  }

  /// Gives the parties of the rows kept their numbers; drops rows whose names are not sound.
  ///
  /// - Returns: The number of rows left.
  private mutating func nameParties(
    _ number: Int,
    _ faults: inout [(row: Int, fault: RowFault)]
  ) -> Int {
    var count = 0
    var begin = 0
    while begin < rowCount {
      let end = min(rowCount, begin + 32)
      var touched: UInt64 = 0
      for index in (2 * begin)..<(2 * end) { touched ^= names.touch(clues.base[index]) }
      nearness = touched
      for row in begin..<end {
        let seen = number << 32 | 2 * count
        guard let payer = name(2 * row, seen), let payee = name(2 * row + 1, seen + 1) else {
          faults.append((Int(lines.base[row]), nameFault(row)))
          continue
        }
        self.payer.base[count] = payer
        self.payee.base[count] = payee
        time.base[count] = time.base[row]
        amount.base[count] = amount.base[row]
        count += 1
      }
      begin = end
    }
    return count
  }

  /// The number of the party in a cell, if it has a sound name.
  @inline(__always)
  private mutating func name(_ index: Int, _ seen: Int) -> Int32? {
    let cell = cells.base[index]
    guard cell.count > 0 else { return nil }
    if cell[0] != 39, let number = names.find(cell, clues.base[index]) { return number }
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
    !cell.isEmpty && !cell.contains(0) && String(validating: cell, as: UTF8.self) != nil
  }

  private func nameFault(_ row: Int) -> RowFault {
    let isPayer = !Self.isSound(cells.base[2 * row])
    let cell = cells.base[isPayer ? 2 * row : 2 * row + 1]
    return cell.isEmpty ? .noParty(payer: isPayer) : .badName(payer: isPayer)
  }
}

extension FlatArray {
  /// A copy of the first `count` values.
  fileprivate func prefix(_ count: Int) -> FlatArray {
    let copy = FlatArray(unwritten: count)
    copy.base.update(from: base, count: count)
    return copy
  }
}

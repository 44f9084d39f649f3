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
    var count = 0
    var line = 0
    var rejected: [Int] = []
    var faults: [(row: Int, fault: RowFault)] = []
    func reject(_ fault: RowFault) {
      rejected.append(line)
      if faults.count < toldRows { faults.append((line, fault)) }
    }
    if isAfterLong {
      reject(.longLine)
      line += 1
    }
    var place = 0
    while place < bytes.count, let base = bytes.baseAddress {
      let found = memchr(base + place, 10, bytes.count - place)
      var end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? bytes.count
      let next = end + 1
      if end > place, bytes[end - 1] == 13 { end -= 1 }
      let fault = parser.read(UnsafeBufferPointer(start: base + place, count: end - place))
      if let fault {
        reject(fault)
      } else if let payer = name(parser.payer, number << 32 | 2 * count),
        let payee = name(parser.payee, number << 32 | (2 * count + 1))
      {
        self.payer.base[count] = payer
        self.payee.base[count] = payee
        time.base[count] = parser.time
        amount.base[count] = parser.amount
        count += 1
      } else {
        reject(nameFault())
      }
      line += 1
      place = next
    }
    blocks.append(
      ParsedBlock(
        number: number,
        count: count,
        lineCount: line,
        payer: payer.prefix(count),
        payee: payee.prefix(count),
        time: time.prefix(count),
        amount: amount.prefix(count),
        rejectedRows: rejected,
        faults: faults
      )
    )
  }

  /// The number of the party that `cell` names, if it has a sound name.
  @inline(__always)
  private mutating func name(_ cell: UnsafeBufferPointer<UInt8>, _ seen: Int) -> Int32? {
    guard cell.count > 0 else { return nil }
    if cell[0] != 39, let number = names.find(cell) { return number }
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

  private func nameFault() -> RowFault {
    let isPayer = !Self.isSound(parser.payer)
    let cell = isPayer ? parser.payer : parser.payee
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

internal import Columns

/// What is kept beside payments of files that people and banks wrote: lines, currencies, who told of them.
struct RowExtras: Sendable {
  var line: Column<Int32>
  var currency: Column<UInt16>
  /// ``Teller``, by number.
  var teller: Column<UInt8>
  /// What both banks call the transfer, as a number; 0 where nothing is said.
  var reference: Column<Int>
  /// What the account held after the row, in minor units, where a column says it; ``noBalance`` where its cell does not.
  var balance: Column<Int64>?

  /// A balance that nobody states.
  static let noBalance = Int64.min

  init(room: Int, keepsBalance: Bool = false) {
    line = Column(unwritten: room)
    currency = Column(unwritten: room)
    teller = Column(unwritten: room)
    reference = Column(unwritten: room)
    if keepsBalance { balance = Column(unwritten: room) }
  }

  @inline(__always)
  func set(_ row: Int, _ line: Int, _ currency: UInt16, _ teller: Teller, _ reference: Int) {
    self.line.base[row] = Int32(truncatingIfNeeded: line)
    self.currency.base[row] = currency
    self.teller.base[row] = teller.rawValue
    self.reference.base[row] = reference
  }

  /// Copies the first `count` rows of `other` behind the first `start` of these; lines begin at `line`.
  func place(_ other: RowExtras, at start: Int, count: Int, line: Int) {
    for row in 0..<count {
      self.line.base[start + row] = other.line.base[row] &+ Int32(truncatingIfNeeded: line)
    }
    (currency.base + start).update(from: other.currency.base, count: count)
    (teller.base + start).update(from: other.teller.base, count: count)
    (reference.base + start).update(from: other.reference.base, count: count)
    if let balance, let own = other.balance {
      (balance.base + start).update(from: own.base, count: count)
    }
  }

  /// The same rows with room for more.
  func enlarged(to capacity: Int, keeping count: Int) -> RowExtras {
    var larger = self
    larger.line = line.enlarged(to: capacity, keeping: count)
    larger.currency = currency.enlarged(to: capacity, keeping: count)
    larger.teller = teller.enlarged(to: capacity, keeping: count)
    larger.reference = reference.enlarged(to: capacity, keeping: count)
    larger.balance = balance?.enlarged(to: capacity, keeping: count)
    return larger
  }
}

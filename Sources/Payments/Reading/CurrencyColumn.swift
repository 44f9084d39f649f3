private import Claims

/// The currencies that the rows of one thread are in, by a number for each as they first come.
struct CurrencyColumn {
  /// What is in a cell.
  enum Reading {
    case number(Int)
    /// A currency that was not asked for.
    case other
    case none
  }

  private(set) var codes: [String] = []
  /// The one asked for, where one was.
  private let wanted: String?
  private var numbers: [UInt32: Int] = [:]
  // Most rows are in the currency of the one before.
  private var lastKey: UInt32 = 0
  private var last = Reading.none

  init(wanted: String?) { self.wanted = wanted }

  /// Reads a code of three capital letters.
  @inline(__always)
  mutating func read(_ cell: UnsafeBufferPointer<UInt8>) -> Reading {
    guard cell.count == 3 else { return .none }
    let key = UInt32(cell[0]) | UInt32(cell[1]) << 8 | UInt32(cell[2]) << 16
    if key != lastKey {
      last = look(up: key, cell)
      lastKey = key
    }
    return last
  }

  private mutating func look(up key: UInt32, _ cell: UnsafeBufferPointer<UInt8>) -> Reading {
    if let number = numbers[key] { return .number(number) }
    guard let code = Currency(String(decoding: cell, as: UTF8.self))?.code else { return .none }
    if let wanted, code != wanted { return .other }
    numbers[key] = codes.count
    codes.append(code)
    return .number(codes.count - 1)
  }
}

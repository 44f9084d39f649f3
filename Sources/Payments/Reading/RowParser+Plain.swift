/// Rows as most are, without quotes and with short amounts, read eight bytes at a time.
extension RowParser {
  /// Reads the line that begins at `start`, if it is a plain one; where the next begins, or `nil`.
  ///
  /// What is `nil` here is for ``read(_:)`` to say. The names are yet to be checked. There must be a line
  /// end somewhere, and seven bytes after it.
  @inline(__always)
  mutating func readPlain(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    guard let end = splitPlain(start) else { return nil }
    if currencies != nil, readCurrency() != nil { return nil }
    guard let units = Self.plainAmount(amountCell, digits) else {
      if readAmount(amountCell) != nil { return nil }
      return readTime(timeCell) == nil ? end : nil
    }
    amount = units
    return readTime(timeCell) == nil ? end : nil
  }

  /// Finds the cells of a line without quotes; where the next line begins.
  @inline(__always)
  private mutating func splitPlain(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let columns = slots.count
    return slots.withUnsafeBufferPointer { slots in
      var column = 0
      var place = start
      while true {
        let first = place
        guard let end = Self.cellEnd(place), column < columns else { return nil }
        let isLast = end.pointee == 10
        // A carriage return belongs to the line end.
        let stop = isLast && end > start && (end - 1).pointee == 13 ? end - 1 : end
        let cell = Bytes(start: first, count: max(0, stop - first))
        keep(cell, in: slots[column])
        column += 1
        place = end + 1
        if isLast { return column == columns ? place : nil }
      }
    }
  }

  /// The comma or line end after `start`; `nil` where a quote comes first.
  @inline(__always)
  private static func cellEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var place = start
    while true {
      // The lowest bit set is that of the first byte below "-", as commas, quotes and line ends are.
      let word = word(place)
      let low = (word &- 0x2D2D_2D2D_2D2D_2D2D) & ~word & 0x8080_8080_8080_8080
      if low == 0 {
        place += 8
        continue
      }
      place += low.trailingZeroBitCount >> 3
      let byte = place.pointee
      if byte == 44 || byte == 10 { return place }
      if byte == 34 { return nil }
      place += 1
    }
  }

  /// An amount of at most eight bytes, in minor units; `nil` where it is anything else.
  @inline(__always)
  private static func plainAmount(_ cell: Bytes, _ digits: Int) -> Int64? {
    guard let base = cell.baseAddress, cell.count > 0, cell.count <= 8 else { return nil }
    var count = cell.count
    var text = word(base) & (~0 &>> UInt64(64 - 8 * count))
    // Takes out the point, if there is one, and counts the digits after it.
    var after = 0
    let other = text ^ 0x2E2E_2E2E_2E2E_2E2E
    let points = (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
    if points != 0 {
      let point = points.trailingZeroBitCount >> 3
      guard point > 0, point < count - 1 else { return nil }
      let before: UInt64 = (1 &<< UInt64(8 * point)) &- 1
      text = (text & before) | ((text &>> 8) & ~before)
      count -= 1
      after = count - point
    }
    guard after <= digits else { return nil }
    // Noughts before the first digit make eight.
    let shift = UInt64(64 - 8 * count)
    let eight = (text &<< shift) | (0x3030_3030_3030_3030 & ((1 &<< shift) &- 1))
    guard let number = eightDigits(eight) else { return nil }
    let units = Int64(number) &* power(digits - after)
    return units <= 1 << 53 ? units : nil
  }

  /// The number that eight digits make, the first in the lowest byte; `nil` where one is no digit.
  @inline(__always)
  private static func eightDigits(_ text: UInt64) -> UInt64? {
    let isDigits =
      (text & 0xF0F0_F0F0_F0F0_F0F0)
      | (((text &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0)
        &>> 4)
    guard isDigits == 0x3333_3333_3333_3333 else { return nil }
    let ones = text & 0x0F0F_0F0F_0F0F_0F0F
    let pairs = (ones &* 10 &+ (ones &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    return (fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF
  }

  /// Ten to a power of at most nine: eight digits times it stay below 2⁶³.
  @inline(__always)
  private static func power(_ exponent: Int) -> Int64 {
    var power: Int64 = 1
    var left = exponent
    while left > 0 {
      power &*= 10
      left -= 1
    }
    return power
  }

  @inline(__always)
  private static func word(_ place: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
  }
}

extension Payments {
  /// The payments of a piece of a table, each with the line that it has there.
  ///
  /// - Parameters:
  ///   - text: What they were read from: rows whose first cell is `line`, ascending.
  ///   - file: Its name.
  /// - Returns: The payments.
  /// - Throws: ``PaymentError`` where a row is no payment, or lines are missing or do not ascend.
  package func standing(in text: [UInt8], file: String) throws(PaymentError) -> Payments {
    guard rejected.count == 0, otherCurrencyRows == 0 else {
      throw .unreadable(path: file, reason: "a piece of a table must hold payments alone")
    }
    guard let lines = Self.firstCells(text) else {
      throw .unreadable(
        path: file,
        reason: "a piece of a table must begin with a column named line, of ascending numbers"
      )
    }
    guard lines.count == count else {
      let reason = "\(lines.count) rows have a line, and \(count) are read"
      throw .unreadable(path: file, reason: reason)
    }
    var piece = self
    piece.linesOfWhole = lines
    return piece
  }

  /// The numbers that rows below a header begin with; `nil` where they are none or do not ascend.
  private static func firstCells(_ text: [UInt8]) -> [Int]? {
    guard text.starts(with: "line,".utf8) else { return nil }
    var lines: [Int] = []
    var last = 0
    let isGood = text.withUnsafeBufferPointer { bytes -> Bool in
      guard let base = bytes.baseAddress else { return false }
      var scanner = RowScanner()
      var start = scanner.rowEnd(base, from: 0, to: bytes.count).map { $0 + 1 } ?? bytes.count
      while start < bytes.count {
        guard let line = number(base, from: start, to: bytes.count), line > last else {
          return false
        }
        lines.append(line)
        last = line
        start = scanner.rowEnd(base, from: start, to: bytes.count).map { $0 + 1 } ?? bytes.count
      }
      return true
    }
    return isGood ? lines : nil
  }

  /// The number from `start` to the next comma; `nil` where there is none.
  private static func number(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
    var number = 0
    for place in start..<min(end, start + 19) {
      let byte = bytes[place]
      if byte == UInt8(ascii: ",") { return place > start ? number : nil }
      guard (48...57).contains(byte) else { return nil }
      number = number &* 10 &+ Int(byte - 48)
    }
    return nil
  }
}

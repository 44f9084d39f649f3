internal import Tables

/// The first row of a payments file: which column says what.
struct PaymentHeader: @unchecked Sendable {
  /// Where each column stands among payer, payee, amount, time and currency, or -1.
  let slots: [Int8]
  /// The name of the column of times.
  let time: String
  /// How many lines the header has.
  let lineCount: Int
  /// What follows the header in the first block.
  let rest: UnsafeBufferPointer<UInt8>

  /// Reads the first block, and of that the first row.
  init(
    _ reader: inout BlockReader,
    _ memory: UnsafeMutablePointer<UInt8>,
    _ path: String,
    _ format: PaymentFormat
  ) throws(PaymentError) {
    let block = try reader.next(into: memory)
    if let block, block.skippedLines > 0 {
      throw .unreadable(
        path: path,
        reason:
          "the first line has more than a million bytes; begin with a header: payer,payee,amount,date"
      )
    }
    let bytes = UnsafeBufferPointer(
      block?.bytes ?? UnsafeMutableBufferPointer(start: nil, count: 0)
    )
    let (end, lineCount) = Self.end(of: bytes)
    self.lineCount = lineCount
    let header: [String]
    do throws(TableError) {
      let isReturned = end > 0 && bytes[end - 1] == 13
      let line = bytes[..<(isReturned ? end - 1 : end)]
      header = try CSVReader(bytes: Array(line), file: path).header
    } catch {
      if bytes.isEmpty {
        throw .badTable(
          TableError(
            file: path,
            line: 1,
            column: nil,
            reason: "the file is empty",
            advice: "begin it with a header: payer,payee,amount,date"
          )
        )
      }
      throw .badTable(error)
    }
    time = format.time ?? (header.contains("time") ? "time" : "date")
    let wanted = [format.payer, format.payee, format.amount, time]
    for (index, name) in wanted.enumerated() where !header.contains(name) {
      let option = ["--payer", "--payee", "--amount", "--time"][index]
      throw .badTable(
        TableError(
          file: path,
          line: 1,
          column: name,
          reason: "the column is missing from the header",
          advice: "name the column that has it: \(option) NAME"
        )
      )
    }
    let currency = header.firstIndex { ["currency", "ccy"].contains($0.lowercased()) }
    if currency == nil, format.currency != nil {
      throw .badTable(
        TableError(
          file: path,
          line: 1,
          column: "currency",
          reason: "the column is missing from the header",
          advice: "leave --currency out, or call the column of currencies so"
        )
      )
    }
    slots = header.enumerated().map { index, name in
      Int8(wanted.firstIndex(of: name) ?? (index == currency ? 4 : -1))
    }
    rest = UnsafeBufferPointer(rebasing: bytes[min(end + 1, bytes.count)...])
  }

  /// Where the first row ends, and how many lines it has.
  private static func end(of bytes: UnsafeBufferPointer<UInt8>) -> (end: Int, lineCount: Int) {
    guard let base = bytes.baseAddress else { return (0, 1) }
    let isMarked = bytes.starts(with: BlockReader.mark)
    var scanner = RowScanner()
    guard let end = scanner.rowEnd(base, from: isMarked ? 3 : 0, to: bytes.count) else {
      return (bytes.count, scanner.lineEnds + 1)
    }
    return (end, scanner.lineEnds)
  }
}

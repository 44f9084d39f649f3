internal import Tables

/// The first line of a payments file: which column says what.
struct PaymentHeader: @unchecked Sendable {
  /// Where each column stands among payer, payee, amount and time, or -1.
  let slots: [Int8]
  /// The name of the column of times.
  let time: String
  /// What follows the header in the first block.
  let rest: UnsafeBufferPointer<UInt8>

  /// Reads the first block, and of that the first line.
  init(
    _ reader: inout BlockReader,
    _ memory: UnsafeMutablePointer<UInt8>,
    _ path: String,
    _ format: PaymentFormat
  ) throws(PaymentError) {
    let block = try reader.next(into: memory)
    if block?.followsLongLine == true {
      throw .unreadable(
        path: path,
        reason:
          "the first line has more than a million bytes; begin with a header: payer,payee,amount,date"
      )
    }
    let bytes = UnsafeBufferPointer(
      block?.bytes ?? UnsafeMutableBufferPointer(start: nil, count: 0)
    )
    let end = bytes.firstIndex(of: 10) ?? bytes.count
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
    slots = header.map { name in Int8(wanted.firstIndex(of: name) ?? -1) }
    rest = UnsafeBufferPointer(rebasing: bytes[min(end + 1, bytes.count)...])
  }
}

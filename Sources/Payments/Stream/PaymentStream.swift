internal import Columns
package import Tables

/// Payments read as they come: from a pipe that somebody writes to while it is read.
///
/// Rows are of the plain form, one on a line, below a header. What has come is read up to its last line end; the rest waits for more.
package final class PaymentStream: @unchecked Sendable {
  /// One row.
  package struct Row: Sendable {
    /// Who pays, by number; see ``PaymentStream/name(of:)``.
    package let payer: Int32
    /// Who is paid, by number.
    package let payee: Int32
    /// When, in seconds since 1970 (UTC).
    package let time: Int
    /// How much, in minor units.
    package let amountMinorUnits: Int64
    /// The line on which it stands.
    package let line: Int

    /// A row.
    package init(payer: Int32, payee: Int32, time: Int, amountMinorUnits: Int64, line: Int) {
      (self.payer, self.payee, self.time) = (payer, payee, time)
      (self.amountMinorUnits, self.line) = (amountMinorUnits, line)
    }
  }

  private let path: String
  let format: PaymentFormat
  private var waiting: [UInt8] = []
  private var parser: BlockParser?
  private var columns = ColumnNames(payer: "", payee: "", amount: "", time: "", count: 0)
  private let rows = BlockRows()
  private let memory: Column<UInt8>
  /// How many lines were read, the header among them.
  package private(set) var lineCount = 0
  /// How many lines are passed over that were read before.
  private var linesToSkip = 0
  /// The SHA-256 that these have, where it is known.
  private var skippedHash: String?
  private var hash = RunningHash()
  /// How many rows were left out because another currency was asked for.
  package private(set) var otherCurrencyRows = 0

  /// Reads what comes from `path`, for what is said of it.
  package init(_ path: String, _ format: PaymentFormat) {
    (self.path, self.format) = (path, format)
    memory = Column(unwritten: BlockReader.memorySize)
  }

  deinit { parser?.free() }

  /// The SHA-256 of the lines that were read or passed over, each with its end.
  package var lineHash: String { hash.text }

  /// Takes what has come.
  ///
  /// - Parameters:
  ///   - bytes: What has come since the last time.
  ///   - isLast: Whether nothing follows.
  /// - Returns: The payments in the order of lines, and what is wrong with each row that is none.
  /// - Throws: ``PaymentError`` for a header that lacks a column, and for a line without an end.
  package func take(
    _ bytes: some Collection<UInt8>,
    isLast: Bool
  ) throws(PaymentError) -> (rows: [Row], faults: [TableError]) {
    var (taken, faults): ([Row], [TableError]) = ([], [])
    waiting.append(contentsOf: bytes)
    if isLast, let last = waiting.last, last != 10 { waiting.append(10) }
    if parser == nil { try readHeader(isLast: isLast) }
    if linesToSkip > 0, parser != nil { try skip() }
    while parser != nil, let end = lastLineEnd() {
      parse(end, &taken, &faults)
    }
    guard waiting.count < BlockReader.longestLine else {
      throw PaymentError.unreadable(
        path: path,
        reason:
          "line \(lineCount + 1) has more than a million bytes; look for line ends that are missing"
      )
    }
    return (taken, faults)
  }

  /// Goes on after so many lines that were read before.
  ///
  /// - Parameters:
  ///   - lines: How many, the header among them.
  ///   - areSent: Whether they are sent again.
  ///   - sha256: The hash that they have, where it is known; others are refused.
  package func goOn(after lines: Int, areSent: Bool, sha256: String? = nil) {
    if areSent {
      (linesToSkip, skippedHash) = (max(0, lines - 1), sha256)
    } else {
      lineCount = max(0, lines - 1)
    }
  }

  private func skip() throws(PaymentError) {
    var place = 0
    while linesToSkip > 0, let end = waiting[place...].firstIndex(of: 10) {
      place = end + 1
      linesToSkip -= 1
      lineCount += 1
    }
    passed(place)
    guard linesToSkip == 0, let skippedHash, skippedHash != hash.text else { return }
    throw .unreadable(
      path: path,
      reason:
        "its first \(lineCount) lines are not those that the checkpoint was made of; send the same again, "
        + "or begin with another checkpoint"
    )
  }

  /// Lets go of the first bytes that wait, which are read.
  private func passed(_ count: Int) {
    waiting.withUnsafeBytes { hash.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    waiting.removeFirst(count)
  }

  /// The name of a party by its number.
  package func name(of party: Int32) -> String {
    guard let names = parser?.names else { return "" }
    let (start, end) = (names.starts[Int(party)], names.starts[Int(party) + 1])
    return String(decoding: names.bytes[start..<end], as: UTF8.self)
  }

  /// The number of a party by its name, which it is given where it has none.
  package func number(of name: String) -> Int32 { parser?.number(of: name) ?? 0 }

  /// How many parties have a number.
  package var partyCount: Int { parser?.names.count ?? 0 }

  /// Where the lines end that fit a block.
  private func lastLineEnd() -> Int? {
    waiting.prefix(BlockReader.blockSize).lastIndex(of: 10)
      ?? waiting.firstIndex(of: 10).flatMap { $0 < BlockReader.longestLine - 1 ? $0 : nil }
  }

  private func readHeader(isLast: Bool) throws(PaymentError) {
    if waiting.starts(with: BlockReader.mark) { passed(BlockReader.mark.count) }
    guard let end = waiting.firstIndex(of: 10) else {
      guard isLast else { return }
      throw .unreadable(
        path: path,
        reason: "nothing came; begin with a header: payer,payee,amount,date"
      )
    }
    var line = Array(waiting[..<end])
    if line.last == 13 { line.removeLast() }
    let header: [String]
    do throws(TableError) {
      header = try CSVReader(bytes: line, file: path).header
    } catch {
      throw .badTable(error)
    }
    let time = format.time ?? (header.contains("time") ? "time" : "date")
    let wanted = [format.payer, format.payee, format.amount, time]
    for (place, name) in wanted.enumerated() where !header.contains(name) {
      throw .badTable(
        TableError(
          file: path,
          line: 1,
          column: name,
          reason: "the column is missing from the header",
          advice:
            "name the column that has it: \(["--payer", "--payee", "--amount", "--time"][place]) NAME"
        )
      )
    }
    let currency = header.firstIndex { ["currency", "ccy"].contains($0.lowercased()) }
    guard (currency == nil) == (format.currency == nil) else {
      throw .badTable(
        TableError(
          file: path,
          line: 1,
          column: "currency",
          reason: currency == nil
            ? "the column is missing from the header" : "each row has a currency",
          advice: currency == nil ? "leave --currency out" : "say which to watch: --currency CODE"
        )
      )
    }
    let slots = header.enumerated().map { index, name in
      Int8(wanted.firstIndex(of: name) ?? (index == currency ? 4 : -1))
    }
    parser = BlockParser(part: 0, slots, format)
    columns = ColumnNames(
      payer: format.payer,
      payee: format.payee,
      amount: format.amount,
      time: time,
      count: header.count
    )
    passed(end + 1)
    lineCount += 1
  }

  /// Reads the waiting lines up to the line end at `end`.
  private func parse(
    _ end: Int,
    _ taken: inout [Row],
    _ faults: inout [TableError]
  ) {
    waiting.withUnsafeBufferPointer { bytes in
      if let base = bytes.baseAddress { memory.base.update(from: base, count: end + 1) }
    }
    passed(end + 1)
    parser?.parse(
      UnsafeBufferPointer(start: memory.base, count: end),
      number: 0,
      skippedLines: 0,
      into: rows
    )
    var (fault, further, row) = (0, 0, 0)
    for line in 0..<rows.lineCount {
      let number = lineCount + line + 1
      if fault < rows.faults.count, rows.faults[fault].row == line {
        let found = rows.faults[fault].fault
        if found == .otherCurrency {
          otherCurrencyRows += 1
        } else {
          faults.append(found.error(line: number, path, columns))
        }
        fault += 1
      } else if further < rows.continued.count, rows.continued[further] == line {
        further += 1
      } else if row < rows.count {
        taken.append(
          Row(
            payer: rows.payer.base[row],
            payee: rows.payee.base[row],
            time: rows.time.base[row],
            amountMinorUnits: rows.amount.base[row],
            line: number
          )
        )
        row += 1
      }
    }
    lineCount += rows.lineCount
  }
}

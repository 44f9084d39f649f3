internal import Columns
internal import Tables

extension Payments {
  /// Reads a payments file: CSV with a header, plain or compressed by gzip.
  ///
  /// A cell may have quotes around it, and line ends within them. The columns may stand in any order among others.
  /// Rows that are no payments are counted and told, and the rest is read all the same.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - format: What the columns are called.
  /// - Throws: ``PaymentError``, where there is no file or no header, or the file is damaged.
  /// - Complexity: O(*n*) in the bytes; memory grows with the rows, not with the file.
  public init(
    contentsOf path: String,
    _ format: PaymentFormat = PaymentFormat()
  ) throws(PaymentError) {
    var reader = try BlockReader(path)
    defer { reader.shut() }
    try self.init(&reader, path, format)
  }

  /// Reads payments that are in memory already, as from standard input: CSV with a header.
  ///
  /// - Parameters:
  ///   - text: The file, as it was.
  ///   - path: What to call it in errors.
  ///   - format: What the columns are called.
  /// - Throws: ``PaymentError``, where there is no header.
  public init(
    text: [UInt8],
    from path: String,
    _ format: PaymentFormat
  ) throws(PaymentError) {
    var reader = try BlockReader(text, from: path)
    defer { reader.shut() }
    try self.init(&reader, path, format)
  }

  private init(
    _ reader: inout BlockReader,
    _ path: String,
    _ format: PaymentFormat
  ) throws(PaymentError) {
    guard (0...9).contains(format.digits) else {
      let reason = "amounts are read with 0 to 9 digits after the point, not \(format.digits)"
      throw .unreadable(path: path, reason: reason)
    }
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: BlockReader.memorySize)
    defer { memory.deallocate() }
    let header = try PaymentHeader(&reader, memory, path, format)
    let (rows, names, parts) = try Self.parse(&reader, header, path, format)
    if let line = rows.tornLine { throw header.tornRow(line, path) }
    guard rows.count < Int(Int32.max) else {
      let reason = "there are \(rows.count) payments, more than fit; cut the file by time"
      throw .unreadable(path: path, reason: reason)
    }
    let (parties, numbers) = Interner.merged(names, threads: format.threads)
    if names.count > 1 { rows.rename(numbers, threads: format.threads) }
    payer = rows.payer.first(rows.count)
    payee = rows.payee.first(rows.count)
    time = rows.time.first(rows.count)
    amountMinorUnits = rows.amount.first(rows.count)
    currency = try header.currency(of: parts.flatMap(\.currencies), path)
    otherCurrencyRows = rows.otherCurrencyRows
    otherLines = rows.otherLines
    if parts.contains(where: \.hasNumbers), format.timeFormat == nil {
      let likely = TimeFormat.likely(time)
      guard likely.isEmpty else { throw header.ambiguousTimes(likely, path) }
    }
    self.parties = parties
    digits = format.digits
    rejected = RejectedRows(
      lines: rows.rejectedLines,
      first: rows.faults.map { header.error($0.fault, line: $0.line, path, format) }
    )
  }

  private static func parse(
    _ reader: inout BlockReader,
    _ header: PaymentHeader,
    _ path: String,
    _ format: PaymentFormat
  ) throws(PaymentError) -> (rows: BlockAssembly, names: [Interner], parts: [Part]) {
    let expected = header.expectedRows(fileSize: reader.fileSize)
    let assembly = Guarded(
      BlockAssembly(
        headerLines: header.lineCount,
        toldRows: format.toldRows,
        expectedRows: expected
      )
    )
    let source = Guarded(Source(reader: reader))
    let parts = Guarded<[Part]>([])
    Workers.run(format.threads) { worker in
      var parser = BlockParser(part: worker, header.slots, format)
      defer { parser.free() }
      if worker == 0 {
        let rows = assembly.with { $0.lend() }
        parser.parse(header.rest, number: 0, skippedLines: 0, into: rows)
        assembly.with { $0.take(rows) }
      }
      let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: BlockReader.memorySize)
      defer { memory.deallocate() }
      while let block = source.with({ $0.next(memory) }) {
        let rows = assembly.with { $0.lend() }
        parser.parse(
          UnsafeBufferPointer(block.bytes),
          number: block.number,
          skippedLines: block.skippedLines,
          into: rows
        )
        assembly.with { $0.take(rows) }
      }
      parts.with { [parser] in $0.append(Part(number: worker, parser)) }
    }
    let error = source.with { source in
      reader = source.reader
      return source.error
    }
    if let error { throw error }
    let rows = assembly.with { $0 }
    if let lines = reader.openQuote {
      throw PaymentHeader.openQuote(onLine: rows.line + lines, path)
    }
    let sorted = parts.with { $0.sorted { $0.number < $1.number } }
    return (rows, sorted.map(\.names), sorted)
  }

  /// What one thread knows once it has read its blocks.
  private struct Part {
    let number: Int
    let names: Interner
    let hasNumbers: Bool
    let currencies: [(code: String, count: Int)]

    init(number: Int, _ parser: BlockParser) {
      self.number = number
      (names, hasNumbers, currencies) = (parser.names, parser.hasNumbers, parser.currencies)
    }
  }

  /// The blocks yet to be read, for one thread at a time.
  private struct Source {
    var reader: BlockReader
    var error: PaymentError?

    mutating func next(_ memory: UnsafeMutablePointer<UInt8>) -> BlockReader.Block? {
      guard error == nil else { return nil }
      do throws(PaymentError) {
        return try reader.next(into: memory)
      } catch {
        self.error = error
        return nil
      }
    }
  }
}

extension BlockAssembly {
  /// Replaces the numbers that parties have in their thread by those they have in all.
  fileprivate func rename(_ numbers: [Column<Int32>], threads: Int) {
    let next = Guarded(0)
    let (payer, payee, stretches) = (payer, payee, stretches)
    Workers.run(threads) { _ in
      while true {
        let index = next.with { next in
          next += 1
          return next - 1
        }
        guard index < stretches.count else { break }
        let numbers = numbers[stretches[index].part].base
        for row in (index > 0 ? stretches[index - 1].end : 0)..<stretches[index].end {
          payer.base[row] = numbers[Int(payer.base[row])]
          payee.base[row] = numbers[Int(payee.base[row])]
        }
      }
    }
  }
}

extension PaymentHeader {
  /// About how many rows the file has, told from the first of them.
  fileprivate func expectedRows(fileSize: Int?) -> Int {
    guard let fileSize, !rest.isEmpty else { return 0 }
    let rows = rest.count { $0 == 10 } + 1
    return Int(Double(fileSize) / Double(rest.count) * Double(rows) * 1.02) + 1_000
  }

  /// Why bare numbers are not taken for seconds: in these forms they are days.
  fileprivate func ambiguousTimes(_ likely: [TimeFormat], _ path: String) -> PaymentError {
    .badTable(
      TableError(
        file: path,
        line: 1,
        column: time,
        reason:
          "its numbers can be days, \(likely.map(\.rawValue).joined(separator: " or ")), or seconds",
        advice: "say which: --time-format \(likely[0].rawValue), or --time-format seconds"
      )
    )
  }

  /// The currency of all payments, where a column says so; more than one are refused.
  fileprivate func currency(
    of counts: [(code: String, count: Int)],
    _ path: String
  ) throws(PaymentError) -> String? {
    let rows = Dictionary(counts.map { ($0.code, $0.count) }, uniquingKeysWith: +)
      .filter { $0.value > 0 }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard rows.count > 1 else { return rows.first?.key }
    let told = rows.map { "\($0.key) (\($0.value) row\($0.value == 1 ? "" : "s"))" }
    throw .badTable(
      TableError(
        file: path,
        line: 1,
        column: "currency",
        reason: "amounts of different currencies cannot be added: \(told.joined(separator: ", "))",
        advice: "read those of one alone: --currency \(rows[0].key)"
      )
    )
  }

  /// Why a file is not read in which text follows a quoted cell of several lines: a quote too many swallows rows.
  fileprivate func tornRow(_ line: Int, _ path: String) -> PaymentError {
    .badTable(
      TableError(
        file: path,
        line: line,
        column: nil,
        reason: "a quote opened in this row is closed on a later line, and text follows it",
        advice: "look for a quote too many; double the quotes within a cell"
      )
    )
  }

  /// The sentence for one rejected row.
  fileprivate func error(
    _ fault: RowFault,
    line: Int,
    _ path: String,
    _ format: PaymentFormat
  ) -> TableError {
    func told(_ column: String?, _ reason: String, _ advice: String) -> TableError {
      TableError(file: path, line: line, column: column, reason: reason, advice: advice)
    }
    func party(_ isPayer: Bool) -> String { isPayer ? format.payer : format.payee }
    switch fault {
    case .emptyLine: return told(nil, "the line is empty", "delete it")
    case .longLine:
      return told(
        nil,
        "the line has more than a million bytes",
        "look for line ends that are missing"
      )
    case .cellCount(let count, let further):
      let extent = further > 0 ? ", which runs to line \(line + further)," : ""
      return told(
        nil,
        "the row\(extent) has \(count) cells, the header has \(slots.count)",
        "put quotes around a cell that holds a comma"
      )
    case .quote, .textAfterQuote:
      return told(
        nil,
        "a quote is out of place",
        "put quotes around whole cells; double those within"
      )
    case .noParty(let isPayer):
      return told(party(isPayer), "the party has no name", "name it, or delete the row")
    case .badName(let isPayer):
      return told(
        party(isPayer),
        "the name is not UTF-8, or has a NUL in it",
        "save the file as UTF-8"
      )
    case .noAmount: return told(format.amount, "there is no amount", "give one, or delete the row")
    case .badAmount(let text):
      return told(
        format.amount,
        "\(quoted(text)) is not an amount",
        "write a plain number, as 1250.50"
      )
    case .negativeAmount(let text):
      return told(format.amount, "\(text) is below zero", "write it as a payment the other way")
    case .fineAmount(let text, let digits):
      return told(
        format.amount,
        "\(text) has more than \(digits) digits after the point",
        "say how many an amount may have: --digits"
      )
    case .largeAmount(let text):
      return told(
        format.amount,
        "\(text) is too large to be exact",
        "amounts go up to 2^53 minor units"
      )
    case .badTime(let text):
      return told(
        time,
        "\(quoted(text)) is not a time",
        "write 2026-01-31, 2026-01-31T23:59:59Z, or whole seconds since 1970"
      )
    case .noCurrency, .otherCurrency:
      return told("currency", "there is no currency", "give its code, as USD")
    case .badCurrency(let text):
      return told(
        "currency",
        "\(quoted(text)) is no currency of ISO 4217",
        "write its code of three capital letters, as USD"
      )
    case .fractionOfSecond(let text):
      return told(time, "\(text) lies between two seconds", "write whole seconds")
    }
  }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }
}

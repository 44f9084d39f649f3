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
    var reader = BlockReader(try ByteStream(path))
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
    var reader = BlockReader(try ByteStream(text, from: path))
    defer { reader.shut() }
    try self.init(&reader, path, format)
  }

  /// Reads a stream that is of the plain form, and shuts it.
  init(_ stream: ByteStream, _ path: String, _ format: PaymentFormat) throws(PaymentError) {
    var reader = BlockReader(stream)
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
    rejected = rows.rejected { $0.error(line: $1, path, header.names(format)) }
  }

  private static func parse(
    _ reader: inout BlockReader,
    _ header: PaymentHeader,
    _ path: String,
    _ format: PaymentFormat
  ) throws(PaymentError) -> (rows: BlockAssembly, names: [Interner], parts: [BlockParser]) {
    let expected = header.expectedRows(fileSize: reader.fileSize)
    let assembly = Guarded(
      BlockAssembly(
        headerLines: header.lineCount,
        toldRows: format.toldRows,
        expectedRows: expected
      )
    )
    let parts = try reader.readAll(into: assembly, threads: format.threads, after: header.rest) {
      BlockParser(part: $0, header.slots, format)
    }
    let rows = assembly.with { $0 }
    return (rows, parts.map(\.names), parts)
  }
}

extension BlockAssembly {
  /// The rows that are no payments, with a sentence for the first of them and for each kind of fault.
  func rejected(_ error: (RowFault, Int) -> TableError) -> RejectedRows {
    var rejected = RejectedRows(rejectedLines, first: faults.map { error($0.fault, $0.line) })
    rejected.faultKinds = kinds.mapValues(\.count)
    rejected.reasons = kinds.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { (count: $0.value.count, first: error($0.value.fault, $0.value.line)) }
    return rejected
  }

  /// Replaces the numbers that parties have in their thread by those they have in all.
  func rename(_ numbers: [Column<Int32>], threads: Int) {
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

  /// What the columns are called.
  fileprivate func names(_ format: PaymentFormat) -> ColumnNames {
    ColumnNames(
      payer: format.payer,
      payee: format.payee,
      amount: format.amount,
      time: time,
      direction: nil,
      count: slots.count
    )
  }
}

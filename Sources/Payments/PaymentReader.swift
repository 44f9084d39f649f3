internal import Networks
internal import Tables

extension Payments {
  /// Reads a payments file: CSV with a header, plain or compressed by gzip.
  ///
  /// A row is a line; a cell may have quotes around it. The columns may stand in any order among others.
  /// Rows that are no payments are counted and told, and the rest is read all the same.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - format: What the columns are called.
  /// - Throws: ``PaymentError``, where there is no file or no header, or the file is damaged.
  /// - Complexity: O(*n*) in the bytes; memory grows with the rows, not with the file.
  public init(contentsOf path: String, _ format: PaymentFormat) throws(PaymentError) {
    var reader = try BlockReader(path)
    defer { reader.shut() }
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * BlockReader.blockSize)
    defer { memory.deallocate() }
    let header = try PaymentHeader(&reader, memory, path, format)
    let parts = try Self.parse(&reader, header, path, format)
    try self.init(parts, path, format, header)
  }

  private static func parse(
    _ reader: inout BlockReader,
    _ header: PaymentHeader,
    _ path: String,
    _ format: PaymentFormat
  ) throws(PaymentError) -> [BlockParser] {
    let source = Guarded(Source(reader: reader))
    let finished = Guarded<[BlockParser]>([])
    Workers.run(format.threads) { worker in
      var parser = BlockParser(header.slots, format)
      if worker == 0, !header.rest.isEmpty {
        parser.parse(header.rest, number: 0, isAfterLong: false)
      }
      let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * BlockReader.blockSize)
      defer { memory.deallocate() }
      while let block = source.with({ $0.next(memory) }) {
        parser.parse(
          UnsafeBufferPointer(block.bytes),
          number: block.number,
          isAfterLong: block.followsLongLine
        )
      }
      finished.with { [parser] in $0.append(parser) }
    }
    let error = source.with { source in
      reader = source.reader
      return source.error
    }
    let parts = finished.with { $0 }
    if let error {
      for part in parts { part.free() }
      throw error
    }
    return parts
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

  /// Puts together what threads have read.
  private init(
    _ parts: [BlockParser],
    _ path: String,
    _ format: PaymentFormat,
    _ header: PaymentHeader
  ) throws(PaymentError) {
    defer { for part in parts { part.free() } }
    let blocks = parts.indices.flatMap { part in parts[part].blocks.map { (part: part, block: $0) }
    }
    .sorted { $0.block.number < $1.block.number }
    let count = blocks.reduce(0) { $0 + $1.block.count }
    guard count < Int(Int32.max) else {
      let reason = "there are \(count) payments, more than fit; cut the file by time"
      throw .unreadable(path: path, reason: reason)
    }
    let (names, numbers) = Interner.merged(parts.map(\.names))
    let payer = FlatArray<Int32>(unwritten: count)
    let payee = FlatArray<Int32>(unwritten: count)
    let time = FlatArray<Int>(unwritten: count)
    let amount = FlatArray<Int64>(unwritten: count)
    var starts: [Int] = []
    var sum = 0
    for (_, block) in blocks {
      starts.append(sum)
      sum += block.count
    }
    let next = Guarded(0)
    let places = starts
    Workers.run(format.threads) { _ in
      while true {
        let index = next.with { next in
          next += 1
          return next - 1
        }
        guard index < blocks.count else { break }
        let (part, block) = blocks[index]
        let place = places[index]
        for row in 0..<block.count {
          payer.base[place + row] = numbers[part].base[Int(block.payer.base[row])]
          payee.base[place + row] = numbers[part].base[Int(block.payee.base[row])]
        }
        (time.base + place).update(from: block.time.base, count: block.count)
        (amount.base + place).update(from: block.amount.base, count: block.count)
      }
    }
    self.payer = payer
    self.payee = payee
    self.time = time
    amountMinorUnits = amount
    parties = names
    digits = format.digits
    rejected = header.rejected(blocks.map(\.block), path, format)
  }
}

extension PaymentHeader {
  /// The rejected rows of all blocks with the lines they stand on.
  fileprivate func rejected(
    _ blocks: [ParsedBlock],
    _ path: String,
    _ format: PaymentFormat
  ) -> RejectedRows {
    var lines: [Int] = []
    var first: [TableError] = []
    var line = 2
    for block in blocks {
      for row in block.rejectedRows {
        lines.append(line + row)
      }
      for (row, fault) in block.faults where first.count < format.toldRows {
        first.append(error(fault, line: line + row, path, format))
      }
      line += block.lineCount
    }
    return RejectedRows(lines: lines, first: first)
  }

  /// The sentence for one rejected row.
  private func error(
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
    case .cellCount(let count):
      return told(
        nil,
        "the row has \(count) cells, the header has \(slots.count)",
        "put quotes around a cell that holds a comma"
      )
    case .quote:
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
    case .fractionOfSecond(let text):
      return told(time, "\(text) lies between two seconds", "write whole seconds")
    }
  }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }
}

internal import Columns
internal import Tables

/// Reads a table as it was understood.
struct TableReader {
  let path: String
  let hints: ReadingHints
  /// Opens the file anew.
  let open: () throws(PaymentError) -> ByteStream

  /// How many bytes are looked at before the file is understood.
  private static let sampleSize = 1 << 18

  /// Understands the file, reads it, and asks where nothing in it decides between readings.
  func draft() throws(PaymentError) -> Draft {
    let encoding = hints.encoding ?? hints.map?.encoding
    let stream = try open()
    let guessed: TextEncoding
    do throws(PaymentError) {
      let beginning = try stream.peek(Self.sampleSize)
      guessed = encoding ?? TextEncoding(beginning: beginning)
    } catch {
      stream.shut()
      throw error
    }
    let first = try read(stream, guessed)
    guard first.sawOther, guessed == .utf8, encoding == nil else { return first.draft }
    // What began as ASCII goes on in an encoding of one byte a character.
    return try read(try open(), .windows1252).draft
  }

  private func read(
    _ stream: ByteStream,
    _ encoding: TextEncoding
  ) throws(PaymentError) -> (draft: Draft, sawOther: Bool) {
    stream.decode(encoding)
    let survey: TableSurvey
    do throws(PaymentError) {
      let beginning = try stream.peek(Self.sampleSize + 1)
      let isWhole = beginning.count <= Self.sampleSize
      if let map = hints.map {
        let found = try map.placed(in: beginning, isWhole: isWhole, path, hints)
        return try rows(stream, found, StatedBalances(beginning, found, hints))
      }
      survey = try TableSurvey(beginning, isWhole: isWhole, encoding, path, hints)
      if isWhole {
        if !survey.openOrders.isEmpty { throw survey.orderQuestion(survey.openOrders) }
        if survey.isDecimalOpen { throw survey.decimalQuestion }
      }
    } catch {
      stream.shut()
      throw error
    }
    if !survey.openOrders.isEmpty || survey.isDecimalOpen {
      stream.shut()
      let found = try decided(survey, encoding)
      return try rows(try reopened(encoding), found, StatedBalances(survey.sample, found, hints))
    }
    return try rows(stream, survey.found, StatedBalances(survey.sample, survey.found, hints))
  }

  private func reopened(_ encoding: TextEncoding) throws(PaymentError) -> ByteStream {
    let stream = try open()
    stream.decode(encoding)
    return stream
  }

  /// Tries the readings that the first rows leave open on all of the column: the one that fits, or a question.
  private func decided(
    _ survey: TableSurvey,
    _ encoding: TextEncoding
  ) throws(PaymentError) -> Understanding {
    var found = survey.found
    if !survey.openOrders.isEmpty {
      var faults: [Int] = []
      for order in survey.openOrders {
        found.dayOrder = order
        faults.append(try self.faults(found, encoding, of: RowFault.badTime("").kind))
      }
      let least = faults.min() ?? 0
      let fitting = zip(survey.openOrders, faults).filter { $1 == least }.map(\.0)
      guard fitting.count == 1 else { throw survey.orderQuestion(fitting) }
      found.dayOrder = fitting[0]
    }
    if survey.isDecimalOpen {
      var faults: [Int] = []
      for mark in DecimalMark.allCases {
        found.decimal = mark
        faults.append(
          try self.faults(found, encoding, of: RowFault.badAmount("").kind)
            + self.faults(found, encoding, of: RowFault.fineAmount("", digits: 0).kind)
        )
      }
      guard faults[0] != faults[1] else { throw survey.decimalQuestion }
      found.decimal = faults[0] < faults[1] ? .point : .comma
    }
    return found
  }

  private func faults(
    _ found: Understanding,
    _ encoding: TextEncoding,
    of kind: Int
  ) throws(PaymentError) -> Int {
    let draft = try rows(try reopened(encoding), found).draft
    return draft.source.faultCounts[kind] ?? 0
  }

  /// Reads all rows.
  private func rows(
    _ stream: ByteStream,
    _ found: Understanding,
    _ stated: StatedBalances = StatedBalances()
  ) throws(PaymentError) -> (draft: Draft, sawOther: Bool) {
    let currencies = CurrencyRoll()
    var plan = TablePlan(found, hints, currencies)
    plan.filters = try found.filters(hints, path)
    var reader = BlockReader(stream, delimiter: plan.delimiter)
    defer { reader.shut() }
    let size = stream.fileSize ?? 0
    let assembly = Guarded(
      BlockAssembly(
        headerLines: 0,
        toldRows: hints.toldRows,
        expectedRows: size / 64,
        keepsMore: true,
        keepsBalance: plan.balance >= 0
      )
    )
    let parts = try reader.readAll(into: assembly, threads: hints.threads, after: nil) { [plan] in
      TableParser(part: $0, plan, currencies)
    }
    let rows = assembly.with { $0 }
    guard rows.count < Int(Int32.max) else {
      let reason = "there are \(rows.count) payments, more than fit; cut the file by time"
      throw .unreadable(path: path, reason: reason)
    }
    if !plan.sameAmounts.isEmpty, parts.contains(where: \.sawDifferentAmounts) {
      throw found.amountQuestion(path)
    }
    let (names, numbers) = Interner.merged(parts.map(\.names), threads: hints.threads)
    if parts.count > 1 { rows.rename(numbers, threads: hints.threads) }
    var draft = Draft(
      count: rows.count,
      payer: rows.payer,
      payee: rows.payee,
      time: rows.time,
      amount: rows.amount,
      more: rows.more ?? RowExtras(room: 0),
      names: names,
      labels: labels(parts, numbers, found, names),
      currencies: currencies.all,
      rejected: rows.rejected { $0.error(line: $1, path, found.names) },
      otherCurrencyRows: rows.otherCurrencyRows,
      source: source(rows, parts, found)
    )
    if plan.isStatement, hints.filters.isEmpty, hints.currency == nil {
      draft.reconcile(found, stated, digits: hints.digits)
    }
    return (draft, parts.contains(where: \.sawOtherEncoding))
  }

  private func source(
    _ rows: BlockAssembly,
    _ parts: [TableParser],
    _ found: Understanding
  ) -> PaymentSource {
    var source = PaymentSource(path: path, understanding: found)
    source.faultCounts = rows.kinds.mapValues(\.count)
    (source.payments, source.rejected) = (rows.count, rows.rejectedLines.count)
    if rows.notMadeRows > 0 {
      source.notes.append(
        "left out \(rows.notMadeRows) rows of payments that were not made, or not yet"
      )
    }
    if rows.notAskedRows > 0 {
      source.notes.append("left out \(rows.notAskedRows) rows that --where does not ask for")
    }
    // Before 1973 nobody sent payments by file.
    if found.numbers == .form(.seconds), rows.count > 0,
      (0..<rows.count).allSatisfy({ (0..<100_000_000).contains(rows.time.base[$0]) })
    {
      source.notes.append(
        "times are small numbers, read as seconds from 1970 on; where they are days say --time-format days"
      )
    }
    if parts.contains(where: \.cutFractions) {
      source.notes.append(
        "fractions of seconds were cut off: payments of one second count as of one moment"
      )
    }
    return source
  }

  /// The names of parties known by accounts, that of the part which comes first where there are several.
  private func labels(
    _ parts: [TableParser],
    _ numbers: [Column<Int32>],
    _ found: Understanding,
    _ names: NameTable
  ) -> [Int32: String] {
    var labels: [Int32: String] = [:]
    for (part, numbers) in zip(parts, numbers) {
      for (number, label) in part.labels {
        let own = numbers.base[Int(number)]
        // The least of several spellings, so that no thread decides.
        labels[own] = labels[own].map { min($0, label) } ?? label
      }
    }
    if found.own == nil, let account = found.account, let holder = found.holder, account != holder {
      for index in 0..<min(names.count, 1 << 16) where names[index] == account {
        labels[Int32(index)] = labels[Int32(index)] ?? holder
      }
    }
    return labels
  }
}

extension Understanding {
  /// What the columns are called, for what is said of their cells.
  var names: ColumnNames {
    ColumnNames(
      payer: (payer ?? own ?? other)?.told ?? "payer",
      payee: (payee ?? other)?.told ?? "payee",
      amount: (amount ?? out)?.told ?? "amount",
      time: date?.told ?? "date",
      direction: direction?.told,
      count: header.count
    )
  }

  /// Which of two columns that were to be the same is meant.
  func amountQuestion(_ path: String) -> PaymentError {
    let columns = ([amount].compactMap(\.self) + sameAmounts)
    return .question(
      PaymentQuestion(
        path,
        "\(columns.map(\.told).joined(separator: " and ")) are both amounts, and differ in some rows",
        columns.map { "--amount \($0.name.isEmpty ? String($0.place) : $0.name)" }
      )
    )
  }

  /// The rows to keep.
  func filters(_ hints: ReadingHints, _ path: String) throws(PaymentError) -> [TablePlan.Filter] {
    var filters: [TablePlan.Filter] = []
    for wish in hints.filters {
      guard
        let column = header.firstIndex(where: { $0.trimmedText == wish.column })
          ?? Int(wish.column).map({ $0 - 1 }).flatMap({ header.indices.contains($0) ? $0 : nil })
      else {
        throw .badTable(
          TableError(
            file: path,
            line: headerLine ?? 1,
            column: wish.column,
            reason: "the column is missing from the header",
            advice: "name one that is there: --where COLUMN=VALUE"
          )
        )
      }
      filters.append(TablePlan.Filter(column: column, values: wish.values.map { Array($0.utf8) }))
    }
    return filters
  }

  /// The same understanding of another file of the kind: where its header stands, and whose statement it is.
  func placed(
    in beginning: [UInt8],
    isWhole: Bool,
    _ path: String,
    _ hints: ReadingHints
  ) throws(PaymentError) -> Understanding {
    guard let delimiter = delimiter.utf8.first else { return self }
    let sample = TableSample(beginning, delimiter: delimiter, isWhole: isWhole)
    var placed = self
    guard headerLine != nil else { return placed }
    guard let index = sample.records.firstIndex(where: { $0.cells == header }) else {
      throw .unreadable(
        path: path,
        reason:
          "it has not the header that the map was made of: \(header.joined(separator: delimiter == 9 ? " " : ","))"
      )
    }
    placed.headerLine = sample.records[index].line
    let next = sample.records[(index + 1)...].first { !$0.isBlank }
    placed.firstLine = next?.line ?? (sample.records[index].line + 1)
    if own == nil, isStatement {
      let above = Preamble(sample.records[..<index])
      placed.account = hints.account ?? above.account ?? account
      placed.holder = above.holder ?? holder
    }
    return placed
  }
}

internal import Columns
internal import Tables

extension Draft {
  /// Payments that were read as they are, as a draft to be put together with others.
  init(_ payments: Payments, _ path: String) {
    let count = payments.count
    let more = RowExtras(room: count)
    let currency = payments.currency ?? ""
    currencies = payments.currencyNumber == nil ? ["", currency] : payments.currencyCodes
    for row in 0..<count {
      let number = payments.currencyNumber.map { $0[row] } ?? (currency.isEmpty ? 0 : 1)
      more.set(row, payments.line(of: row), number, .nobody, 0)
    }
    self.count = count
    (payer, payee) = (payments.payer, payments.payee)
    (time, amount) = (payments.time, payments.amountMinorUnits)
    self.more = more
    (names, labels, rejected) = (payments.parties, payments.labels, payments.rejected)
    otherCurrencyRows = payments.otherCurrencyRows
    source = payments.sources.first ?? PaymentSource(path: path, understanding: Understanding())
    (source.payments, source.rejected) = (count, payments.rejected.count)
  }
}

extension Payments {
  /// Puts the payments of files together: each transfer once, each party once by its account.
  init(_ drafts: [Draft], _ hints: ReadingHints) throws(PaymentError) {
    guard let first = drafts.first else {
      throw .unreadable(path: "-", reason: "there is no file; name one or more")
    }
    let total = drafts.reduce(0) { $0 + $1.count }
    guard total < Int(Int32.max) else {
      throw .unreadable(
        path: first.source.path,
        reason: "there are \(total) payments, more than fit; cut the files by time"
      )
    }
    var rows = drafts.count == 1 ? JoinedRows(first) : JoinedRows(drafts, total)
    rows.mergeAccounts()
    let again = TwiceTold(total, rows.payer, rows.payee, rows.time, rows.amount, rows.more).again
    let count = rows.drop(again)
    payer = rows.payer.first(count)
    payee = rows.payee.first(count)
    time = rows.time.first(count)
    amountMinorUnits = rows.amount.first(count)
    lines = rows.more.line.first(count)
    (parties, labels) = (rows.names, rows.labels)
    digits = hints.digits
    let used = Set((0..<count).map { rows.more.currency.base[$0] })
    if used.count == 1, let only = used.first {
      let code = rows.currencies[Int(only)]
      currency = code.isEmpty ? nil : code
    } else {
      currency = nil
      currencyNumber = rows.more.currency.first(count)
      currencyCodes = rows.currencies
    }
    rejected = drafts.count == 1 ? first.rejected : RejectedRows(joining: drafts.map(\.rejected))
    otherCurrencyRows = drafts.reduce(0) { $0 + $1.otherCurrencyRows }
    sources = drafts.map(\.source)
    StatementLedger.reconcile(&sources, digits: hints.digits)
    twiceTold = again.count
    sourceEnds = rows.sourceEnds
  }
}

extension RejectedRows {
  /// Those of several files, told one file after another.
  init(joining parts: [RejectedRows]) {
    // Lines of several files do not follow each other; only how many there are matters.
    let count = parts.reduce(0) { $0 + $1.count }
    self.init(count == 0 ? LineRuns() : LineRuns(1...count), first: parts.flatMap(\.first))
    reasons = parts.flatMap(\.reasons).sorted { $1.count < $0.count }
  }
}

/// The rows of all files, with one list of parties and one of currencies.
private struct JoinedRows {
  var payer: Column<Int32>
  var payee: Column<Int32>
  var time: Column<Int>
  var amount: Column<Int64>
  var more: RowExtras
  var names: NameTable
  var labels: [Int32: String]
  var currencies: [String]
  var sourceEnds: [Int]
  private let total: Int

  init(_ draft: Draft) {
    (payer, payee, time, amount) = (draft.payer, draft.payee, draft.time, draft.amount)
    (more, names, labels) = (draft.more, draft.names, draft.labels)
    (currencies, sourceEnds, total) = (draft.currencies, [draft.count], draft.count)
  }

  init(_ drafts: [Draft], _ total: Int) {
    self.total = total
    payer = Column(unwritten: total)
    payee = Column(unwritten: total)
    time = Column(unwritten: total)
    amount = Column(unwritten: total)
    more = RowExtras(room: total)
    var (labels, currencies): ([Int32: String], [String]) = ([:], [""])
    sourceEnds = []
    var roll = Interner()
    var start = 0
    for draft in drafts {
      let numbers = (0..<draft.names.count).map { index in
        ColumnProfile.withBytes(draft.names[index]) { roll.number($0, seen: 0) }
      }
      for (number, label) in draft.labels {
        let own = numbers[Int(number)]
        labels[own] = labels[own].map { min($0, label) } ?? label
      }
      let codes = draft.currencies.map { code -> UInt16 in
        if let known = currencies.firstIndex(of: code) { return UInt16(known) }
        currencies.append(code)
        return UInt16(currencies.count - 1)
      }
      more.place(draft.more, at: start, count: draft.count, line: 0)
      for row in 0..<draft.count {
        payer.base[start + row] = numbers[Int(draft.payer.base[row])]
        payee.base[start + row] = numbers[Int(draft.payee.base[row])]
        time.base[start + row] = draft.time.base[row]
        amount.base[start + row] = draft.amount.base[row]
        more.currency.base[start + row] = codes[Int(draft.more.currency.base[row])]
      }
      start += draft.count
      sourceEnds.append(start)
    }
    names = NameTable(bytes: Column(roll.bytes), starts: Column(roll.starts))
    (self.labels, self.currencies) = (labels, currencies)
  }

  /// Gives accounts that are written in two ways one number.
  mutating func mergeAccounts() {
    let same = SameAccounts.found(among: names)
    guard !same.isEmpty else { return }
    for row in 0..<total {
      if let other = same[payer.base[row]] { payer.base[row] = other }
      if let other = same[payee.base[row]] { payee.base[row] = other }
    }
    // Nobody is left of the other numbers: the parties are numbered anew.
    var numbers = [Int32](repeating: -1, count: names.count)
    var kept: [Int] = []
    for index in 0..<names.count where same[Int32(index)] == nil {
      numbers[index] = Int32(kept.count)
      kept.append(index)
    }
    var bytes: [UInt8] = []
    var starts = [0]
    for index in kept {
      bytes += names.bytes[names.starts[index]..<names.starts[index + 1]]
      starts.append(bytes.count)
    }
    for row in 0..<total {
      payer.base[row] = numbers[Int(payer.base[row])]
      payee.base[row] = numbers[Int(payee.base[row])]
    }
    var labels: [Int32: String] = [:]
    for (number, label) in self.labels {
      let own = numbers[Int(same[number] ?? number)]
      labels[own] = labels[own].map { min($0, label) } ?? label
    }
    self.labels = labels
    names = NameTable(bytes: Column(bytes), starts: Column(starts))
  }

  /// Leaves rows out; how many are left.
  mutating func drop(_ rows: [Int]) -> Int {
    guard !rows.isEmpty else { return total }
    var (kept, next) = (0, 0)
    for row in 0..<total {
      if next < rows.count, rows[next] == row {
        next += 1
        continue
      }
      payer.base[kept] = payer.base[row]
      payee.base[kept] = payee.base[row]
      time.base[kept] = time.base[row]
      amount.base[kept] = amount.base[row]
      more.line.base[kept] = more.line.base[row]
      more.currency.base[kept] = more.currency.base[row]
      kept += 1
    }
    sourceEnds = sourceEnds.map { end in
      var low = 0
      while low < rows.count, rows[low] < end { low += 1 }
      return end - low
    }
    return kept
  }
}

private import Claims
internal import Tables

/// Reads the journal that French law asks firms to keep (fichier des écritures comptables): a line an account, entries by number.
///
/// The columns and their names are those of article A. 47 A-1 of the Livre des procédures fiscales.
struct FrenchJournal {
  static let kind = "French FEC"

  private let path: String
  private let hints: ReadingHints

  init(_ path: String, _ hints: ReadingHints) { (self.path, self.hints) = (path, hints) }

  /// Whether a text begins with the header of one.
  static func begins(_ text: String) -> Bool {
    let line = text.prefix { !$0.isNewline }.lowercased()
    return ["ecriturenum", "comptenum", "ecrituredate"].allSatisfy { line.contains($0) }
  }

  func draft(_ text: String) throws(PaymentError) -> Draft {
    guard let rule = hints.journal else { throw JournalRule.question(path, Self.kind) }
    let bytes = Array(text.utf8)
    let first = text.prefix { !$0.isNewline }
    let mark = TableSample.delimiters.max { one, other in
      first.utf8.count { $0 == one } < first.utf8.count { $0 == other }
    }
    let table = TableSample(bytes, delimiter: mark ?? 9, isWhole: true, most: .max)
    guard let header = table.records.first else {
      throw .unreadable(path: path, reason: "it has no entries; add rows below the header")
    }
    let columns = try Columns(header.cells, path, hints)
    var draft = JournalDraft(path, hints, rule)
    var entries: [(key: String, lines: [Line])] = []
    var places: [String: Int] = [:]
    let decimal = decimal(table, columns)
    for record in table.records.dropFirst() where !record.isBlank {
      let line = Line(record, columns)
      let place = places[line.key] ?? entries.count
      if place == entries.count {
        places[line.key] = place
        entries.append((line.key, []))
      }
      entries[place].lines.append(line)
    }
    for entry in entries { add(entry.lines, columns, decimal, &draft) }
    return draft.draft(Self.kind)
  }

  /// The law asks for a comma; what all amounts say otherwise is gone by.
  private func decimal(_ table: TableSample, _ columns: Columns) -> DecimalMark {
    if let decimal = hints.decimal { return decimal }
    var evidence = DecimalEvidence()
    for record in table.records.dropFirst().prefix(TableSample.most) {
      for column in [columns.debit, columns.credit] { evidence.add(columns.cell(record, column)) }
    }
    return evidence.point > 0 && evidence.comma == 0 ? .point : .comma
  }

  private func add(
    _ lines: [Line],
    _ columns: Columns,
    _ decimal: DecimalMark,
    _ draft: inout JournalDraft
  ) {
    // An entry is kept where one of its lines has what is asked for.
    let wishes = columns.filters
    guard wishes.allSatisfy({ wish in lines.contains { $0.has(wish, columns) } }) else { return }
    var postings: [JournalEntry.Posting] = []
    for line in lines {
      switch units(line, columns, decimal) {
      case .success(let units):
        let party = DraftBuilder.Party(account: line.party, name: line.name)
        let posting = JournalEntry.Posting(
          party: party,
          units: units,
          currency: "EUR",
          line: line.record.line
        )
        postings.append(posting)
      case .failure(let fault): return draft.reject(fault.fault, lines: lines.map(\.record.line))
      }
    }
    guard let time = lines.first.flatMap({ statedMoment($0.date) }) else {
      let date = lines.first?.date ?? ""
      return draft.reject(date.isEmpty ? .noTime : .badTime(date), lines: lines.map(\.record.line))
    }
    draft.add(postings, time: time)
  }

  /// What a line debits less what it credits; some write one amount and its side.
  private func units(
    _ line: Line,
    _ columns: Columns,
    _ decimal: DecimalMark
  ) -> Result<Int64, JournalEntry.Fault> {
    func read(_ column: Int?) -> Result<Int64, JournalEntry.Fault> {
      let cell = columns.cell(line.record, column)
      guard !cell.isEmpty else { return .success(0) }
      return JournalEntry.amount(cell, decimal, hints).flatMap { amount in
        amount.word == nil
          ? .success(amount.units) : .failure(JournalEntry.Fault(fault: .badAmount(cell)))
      }
    }
    guard let sense = columns.sense else {
      return read(columns.debit).flatMap { debit in read(columns.credit).map { debit - $0 } }
    }
    let side = Direction(columns.cell(line.record, sense))
    guard let side else {
      return .failure(JournalEntry.Fault(fault: .noDirection(columns.cell(line.record, sense))))
    }
    return read(columns.debit).map { side == .out ? $0 : -$0 }
  }

  /// Where the columns stand.
  struct Columns {
    let debit: Int?
    let credit: Int?
    /// The column of the side, of journals that have one amount a line.
    let sense: Int?
    let journal: Int?
    let number: Int?
    let date: Int?
    let account: Int?
    let accountName: Int?
    let auxiliary: Int?
    let auxiliaryName: Int?
    var filters: [TablePlan.Filter] = []

    init(_ header: [String], _ path: String, _ hints: ReadingHints) throws(PaymentError) {
      let names = header.map { folded($0.trimmedText) }
      func place(_ name: String) -> Int? { names.firstIndex(of: name) }
      (journal, number, date) = (place("journalcode"), place("ecriturenum"), place("ecrituredate"))
      (account, accountName) = (place("comptenum"), place("comptelib"))
      (auxiliary, auxiliaryName) = (place("compauxnum"), place("compauxlib"))
      (debit, credit, sense) = (
        place("debit") ?? place("montant"), place("credit"), place("sens")
      )
      guard debit != nil, credit != nil || sense != nil else {
        throw .badTable(
          TableError(
            file: path,
            line: 1,
            column: "Debit",
            reason: "the column is missing from the header",
            advice: "a journal has Debit and Credit, or Montant and Sens"
          )
        )
      }
      var understanding = Understanding()
      (understanding.header, understanding.headerLine) = (header, 1)
      filters = try understanding.filters(hints, path)
    }

    func cell(_ record: TableSample.Record, _ column: Int?) -> String {
      guard let column, column < record.cells.count else { return "" }
      return record.cells[column].trimmedText
    }
  }

  /// A line of the journal.
  private struct Line {
    let record: TableSample.Record
    /// What the lines of one entry share.
    let key: String
    let date: String
    /// The customer or supplier, where the line has one; else the account.
    let party: String
    let name: String

    init(_ record: TableSample.Record, _ columns: Columns) {
      self.record = record
      date = columns.cell(record, columns.date)
      key = [columns.cell(record, columns.journal), columns.cell(record, columns.number), date]
        .joined(separator: "\t")
      let auxiliary = columns.cell(record, columns.auxiliary)
      party = auxiliary.isEmpty ? columns.cell(record, columns.account) : auxiliary
      name = columns.cell(
        record,
        auxiliary.isEmpty ? columns.accountName : columns.auxiliaryName
      )
    }

    func has(_ wish: TablePlan.Filter, _ columns: Columns) -> Bool {
      wish.values.contains(Array(columns.cell(record, wish.column).utf8))
    }
  }
}

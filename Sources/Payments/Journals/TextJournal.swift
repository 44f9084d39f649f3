/// Reads journals that people keep as plain text: of ledger and hledger, and of beancount.
struct TextJournal {
  /// Whose form it is.
  enum Form: String {
    case ledger
    case beancount
  }

  private let path: String
  private let hints: ReadingHints
  private let form: Form

  init(_ path: String, _ hints: ReadingHints, _ form: Form) {
    (self.path, self.hints, self.form) = (path, hints, form)
  }

  /// Of which form the beginning of a text is, if of any: an entry of a date, and below it an account.
  static func form(of text: String) -> Form? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(
      400
    )
    for (line, next) in zip(lines, lines.dropFirst()) {
      guard let head = Head(line), next.first?.isWhitespace == true,
        next.trimmingPrefix(while: \.isWhitespace).contains(":")
      else { continue }
      return head.isOfBeancount ? .beancount : .ledger
    }
    return nil
  }

  func draft(_ text: String) throws(PaymentError) -> Draft {
    guard let rule = hints.journal else { throw JournalRule.question(path, form.rawValue) }
    var draft = JournalDraft(path, hints, rule)
    let decimal = decimal(text)
    var entry: (head: Head, line: Int, postings: [Written])?
    func close() {
      if let entry { add(entry.head, entry.line, entry.postings, decimal, &draft) }
      entry = nil
    }
    for (number, line) in text.numberedLines {
      if line.first?.isWhitespace == true, entry != nil {
        if let posting = Written(line, number, form) { entry?.postings.append(posting) }
        continue
      }
      close()
      if let head = Head(line), head.isEntry(of: form) { entry = (head, number, []) }
    }
    close()
    return draft.draft(form.rawValue)
  }

  private func decimal(_ text: String) -> DecimalMark {
    if let decimal = hints.decimal { return decimal }
    guard form == .ledger else { return .point }
    var evidence = DecimalEvidence()
    for (number, line) in text.numberedLines.prefix(TableSample.most) {
      guard line.first?.isWhitespace == true, let posting = Written(line, number, form) else {
        continue
      }
      evidence.add(posting.amount)
    }
    return evidence.comma > evidence.point ? .comma : .point
  }

  private func add(
    _ head: Head,
    _ line: Int,
    _ written: [Written],
    _ decimal: DecimalMark,
    _ draft: inout JournalDraft
  ) {
    let lines = written.map(\.line)
    guard let time = ColumnProfile.moment(head.date, .yearMonthDay) else {
      return draft.reject(.badTime(head.date), lines: [line] + lines)
    }
    var postings: [JournalEntry.Posting] = []
    var open: [Written] = []
    for posting in written {
      if posting.amount.isEmpty {
        open.append(posting)
        continue
      }
      switch units(posting, decimal) {
      case .success(let money):
        postings.append(self.posting(posting, money.units, money.currency))
      case .failure(let fault): return draft.reject(fault.fault, lines: lines)
      }
    }
    guard open.count < 2 else { return draft.reject(.noAmount, lines: lines) }
    if let open = open.first {
      // What is left out is what makes the entry balance, in each currency.
      let sums = Dictionary(grouping: postings, by: { $0.currency ?? "" })
        .mapValues { $0.reduce(Int64(0)) { $0 &+ $1.units } }
      for (currency, sum) in sums.sorted(by: { $0.key < $1.key }) where sum != 0 {
        postings.append(posting(open, -sum, currency.isEmpty ? nil : currency))
      }
    }
    draft.add(postings, time: time)
  }

  private func posting(_ written: Written, _ units: Int64, _ currency: String?)
    -> JournalEntry.Posting
  {
    JournalEntry.Posting(
      party: DraftBuilder.Party(account: "", name: written.account),
      units: units,
      currency: currency,
      line: written.line
    )
  }

  private func units(
    _ posting: Written,
    _ decimal: DecimalMark
  ) -> Result<(units: Int64, currency: String?), JournalEntry.Fault> {
    let cell = posting.amount
    guard !cell.contains(where: { "@{".contains($0) }) else {
      return .failure(JournalEntry.Fault(fault: .exchanged(cell)))
    }
    return JournalEntry.amount(cell, decimal, hints).flatMap { units, word in
      guard let word else { return .success((units, nil)) }
      guard let code = CurrencyName.code(word) else {
        return .failure(JournalEntry.Fault(fault: .badCurrency(word)))
      }
      return .success((units, code))
    }
  }
}

extension TextJournal {
  /// The first line of an entry: its date, and what stands behind.
  struct Head {
    let date: String
    private let rest: Substring

    init?(_ line: Substring) {
      let word = line.prefix { !$0.isWhitespace && $0 != "=" }
      let parts = word.split { "-/.".contains($0) }
      guard parts.count == 3, parts[0].count == 4,
        parts.allSatisfy({ $0.allSatisfy(\.isNumber) && $0.count <= 4 })
      else { return nil }
      date = parts.joined(separator: "-")
      rest = line[word.endIndex...].drop { !$0.isWhitespace }.trimmingPrefix(while: \.isWhitespace)
    }

    /// Beancount has a word or a flag behind its dates, and texts in quotes.
    var isOfBeancount: Bool {
      let word = rest.prefix { !$0.isWhitespace }
      let isFlagged = word == "*" || word == "!" || word == "txn"
      return isFlagged
        && rest.dropFirst(word.count).trimmingPrefix(while: \.isWhitespace).first == "\""
    }

    func isEntry(of form: Form) -> Bool { form == .ledger || isOfBeancount }
  }

  /// A line of an entry, as it is written.
  struct Written {
    let account: String
    let amount: String
    let line: Int

    /// Takes a line apart; `nil` of comments, notes and accounts that stand aside.
    init?(_ text: Substring, _ line: Int, _ form: Form) {
      var rest = text.trimmingPrefix(while: \.isWhitespace)
      if let first = rest.first, "*!".contains(first) {
        rest = rest.dropFirst().trimmingPrefix(while: \.isWhitespace)
      }
      // An account in brackets stands beside what moves.
      guard let first = rest.first, !";#%|([".contains(first) else { return nil }
      if form == .beancount, !first.isUppercase { return nil }
      let body = rest.prefix { $0 != ";" }
      let end = Self.accountEnd(body, form)
      account = String(body[..<end]).trimmedText
      // What is asserted of a balance moves nothing.
      amount = String(body[end...].prefix { $0 != "=" }).trimmedText
      self.line = line
      guard !account.isEmpty else { return nil }
    }

    /// Where the account ends: at two blanks or a tab, and in beancount at the first blank.
    private static func accountEnd(_ body: Substring, _ form: Form) -> Substring.Index {
      var last: Character = "x"
      for index in body.indices {
        let letter = body[index]
        if letter == "\t" || (letter == " " && (last == " " || form == .beancount)) { return index }
        last = letter
      }
      return body.endIndex
    }
  }
}

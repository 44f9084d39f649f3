private import Claims

/// Reads cash management files of BAI, version 2.
struct BAI2 {
  private let path: String
  private let hints: ReadingHints
  private var builder: DraftBuilder
  private var ledger = StatementLedger()

  init(_ path: String, _ hints: ReadingHints) {
    (self.path, self.hints) = (path, hints)
    builder = DraftBuilder(hints)
  }

  /// Reads a text: records of a line each, with those that go on below them.
  mutating func draft(_ text: String) -> Draft {
    var group: (day: Int?, currency: String) = (nil, "USD")
    var own = ""
    var currency = ""
    var statement: StatementLedger.Statement?
    for record in Self.records(text) {
      let fields = record.fields
      func field(_ index: Int) -> String { index < fields.count ? fields[index].trimmedText : "" }
      switch fields.first {
      case "02":
        let named = CurrencyName.code(field(6)) ?? "USD"
        group = (statedMoment("20\(field(4))"), named)
      case "03":
        own = AccountNumber(field(1)).text
        currency = CurrencyName.code(field(2)) ?? group.currency
        statement = self.statement(own, currency, fields)
      case "16":
        let units = add(record, own, currency, group.day)
        statement?.moved += units ?? 0
        statement?.movements += units == nil ? 0 : 1
      case "49":
        if let statement { ledger.add(statement) }
        statement = nil
      default: break
      }
    }
    var found = Understanding()
    found.format = "BAI2"
    var source = PaymentSource(path: path, understanding: found)
    source.statements = ledger.statements
    return builder.draft(source)
  }

  private struct Record {
    let line: Int
    var fields: [String]
    /// All of it, with the text in which commas say nothing.
    var whole: String
  }

  private static func records(_ text: String) -> [Record] {
    var records: [Record] = []
    for (number, raw) in text.numberedLines {
      let line = String(raw).trimmedText
      guard !line.isEmpty else { continue }
      let body = line.hasSuffix("/") ? String(line.dropLast()) : line
      if line.hasPrefix("88,"), var last = records.popLast() {
        let more = String(body.dropFirst(3))
        last.whole += (last.fields.first == "16" ? " " : ",") + more
        last.fields += more.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        records.append(last)
      } else {
        let fields = body.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        records.append(Record(line: number, fields: fields, whole: body))
      }
    }
    return records
  }

  /// The balances of an account: types 010 and 015.
  private func statement(_ own: String, _ currency: String, _ fields: [String])
    -> StatementLedger.Statement
  {
    var statement = StatementLedger.Statement(account: own)
    var place = 3
    while place + 1 < fields.count {
      let units = units(fields[place + 1], currency)
      if fields[place] == "010" { statement.opening = units }
      if fields[place] == "015" { statement.closing = units }
      place += 4
    }
    return statement
  }

  /// Whole minor units of the currency, in those that are counted here.
  private func units(_ text: String, _ currency: String) -> Int64? {
    let digits = text.trimmedText
    guard let number = Int64(digits), number.magnitude < 1 << 53 else { return nil }
    let own = Currency(currency)?.minorDigits ?? 2
    var units = number
    for _ in 0..<max(0, hints.digits - own) {
      let (product, overflow) = units.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      units = product
    }
    return units
  }

  /// A record of detail; what it adds to the balance.
  private mutating func add(_ record: Record, _ own: String, _ currency: String, _ day: Int?)
    -> Int64?
  {
    let fields = record.fields
    guard fields.count > 2, let type = Int(fields[1]), (100..<700).contains(type) else {
      return nil
    }
    guard let units = units(fields[2], currency) else {
      builder.reject(.badAmount(fields[2]), line: record.line)
      return nil
    }
    guard let day else {
      builder.reject(.noTime, line: record.line)
      return nil
    }
    let isOut = type >= 400
    let text = Self.text(record)
    let (mine, other) = (
      DraftBuilder.Party(account: own, name: ""), DraftBuilder.Party(account: "", name: text)
    )
    let (payer, payee) = isOut ? (mine, other) : (other, mine)
    builder.add(
      payer,
      payee,
      time: day,
      units: abs(units),
      currency: currency,
      teller: isOut ? .payer : .payee,
      reference: "",
      line: record.line
    )
    return isOut ? -units : units
  }

  /// The text behind the references, which may hold commas.
  private static func text(_ record: Record) -> String {
    let fields = record.whole.split(separator: ",", omittingEmptySubsequences: false)
    let kind = fields.count > 3 ? fields[3].trimmedString : ""
    var skipped = 6
    switch kind {
    case "S": skipped += 3
    case "V": skipped += 2
    case "D": skipped += 1 + 2 * (fields.count > 4 ? max(0, min(99, Int(fields[4]) ?? 0)) : 0)
    default: break
    }
    guard fields.count > skipped else { return "" }
    return fields[skipped...].joined(separator: ",").split(whereSeparator: \.isWhitespace).joined(
      separator: " "
    )
  }
}

extension Substring {
  /// The text without blanks around it.
  fileprivate var trimmedString: String { String(self).trimmedText }
}

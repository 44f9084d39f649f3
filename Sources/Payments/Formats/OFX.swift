/// Reads OFX and QFX: version 1, whose elements need not end, and version 2, which is XML.
struct OFX {
  private let path: String
  private let hints: ReadingHints
  private var builder: DraftBuilder
  private var ledger = StatementLedger()
  private var bank = ""
  private var own = ""
  private var currency: String?
  private var statement = StatementLedger.Statement(account: "")
  private var transaction: Transaction?
  private var otherBank = ""
  private var isOther = false
  private var isLedgerBalance = false
  /// What each account calls its transactions: one that is told again, in another download, is the same.
  private var seen: Set<String> = []
  private var again = 0

  private struct Transaction {
    var line: Int
    var type = ""
    var posted = ""
    var amount = ""
    var id = ""
    var name = ""
    var memo = ""
    var account = ""
    var currency = ""
  }

  init(_ path: String, _ hints: ReadingHints) {
    (self.path, self.hints) = (path, hints)
    builder = DraftBuilder(hints)
  }

  /// Reads a text.
  mutating func draft(_ text: String) throws(PaymentError) -> Draft {
    var line = 1
    var rest = text[...]
    while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
      line += rest[..<start].utf8.count { $0 == 10 }
      rest = rest[rest.utf8.index(after: start)...]
      guard let end = rest.utf8.firstIndex(of: UInt8(ascii: ">")) else { break }
      let tag = rest[..<end]
      line += tag.utf8.count { $0 == 10 }
      rest = rest[rest.utf8.index(after: end)...]
      guard !tag.hasPrefix("!DOCTYPE"), !tag.hasPrefix("!ENTITY") else {
        throw .unreadable(
          path: path,
          reason:
            "line \(line): it declares a document type, which no statement needs: it is not read"
        )
      }
      let value = rest.prefix { $0 != "<" && !$0.isNewline }
      element(tag.prefix { !$0.isWhitespace }.uppercased(), Self.plain(value), line)
    }
    var found = Understanding()
    found.format = text.hasPrefix("OFXHEADER") ? "OFX 1" : "OFX 2"
    var source = PaymentSource(path: path, understanding: found)
    source.statements = ledger.statements
    if again > 0 {
      source.notes.append("\(again) transactions stand twice under one FITID, and count once")
    }
    return builder.draft(source)
  }

  private static func plain(_ value: Substring) -> String {
    var text = String(value)
    if text.contains("&") {
      for (name, sign) in [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&nbsp;", " "),
        ("&amp;", "&"),
      ] {
        text = text.replacing(name, with: sign)
      }
    }
    return text.trimmedText
  }

  private mutating func element(_ name: String, _ value: String, _ line: Int) {
    switch name {
    case "STMTRS", "CCSTMTRS":
      (bank, own, currency) = ("", "", nil)
      statement = StatementLedger.Statement(account: "")
    case "CURDEF": currency = CurrencyName.code(value)
    case "STMTTRN": transaction = Transaction(line: line)
    case "/STMTTRN": endTransaction()
    case "BANKACCTTO", "CCACCTTO", "BANKACCTFROM", "CCACCTFROM":
      isOther = transaction != nil
      otherBank = ""
    case "/BANKACCTTO", "/CCACCTTO", "/BANKACCTFROM", "/CCACCTFROM": isOther = false
    case "BANKID": if isOther { otherBank = value } else { bank = value }
    case "ACCTID": noteAccount(value)
    case "TRNTYPE": transaction?.type = value
    case "DTPOSTED": transaction?.posted = value
    case "TRNAMT": transaction?.amount = value
    case "FITID": transaction?.id = value
    case "NAME": if transaction?.name.isEmpty == true { transaction?.name = value }
    case "MEMO": transaction?.memo = value
    case "CURSYM": transaction?.currency = value
    case "LEDGERBAL": isLedgerBalance = true
    case "/LEDGERBAL": isLedgerBalance = false
    default: break
    }
  }

  private mutating func noteAccount(_ value: String) {
    let number = AccountNumber(value)
    let whole = { (bank: String) in
      number.isIBAN || bank.isEmpty ? number.text : "\(bank)/\(number.text)"
    }
    if isOther { transaction?.account = whole(otherBank) } else { own = whole(bank) }
  }

  private mutating func endTransaction() {
    guard let told = transaction else { return }
    transaction = nil
    let line = told.line
    guard let units = statedUnits(told.amount, told.amount.contains(",") ? .comma : .point, hints)
    else {
      return builder.reject(told.amount.isEmpty ? .noAmount : .badAmount(told.amount), line: line)
    }
    guard let time = Self.moment(told.posted) else {
      return builder.reject(told.posted.isEmpty ? .noTime : .badTime(told.posted), line: line)
    }
    if !told.id.isEmpty, !seen.insert("\(own)\u{0}\(told.id)\u{0}\(units)").inserted {
      again += 1
      return
    }
    let mine = DraftBuilder.Party(account: own.isEmpty ? hints.account ?? "" : own, name: "")
    let name = told.name.isEmpty ? told.memo : told.name
    let other = DraftBuilder.Party(account: told.account, name: name)
    let (payer, payee) = units < 0 ? (mine, other) : (other, mine)
    builder.add(
      payer,
      payee,
      time: time,
      units: abs(units),
      currency: currency,
      teller: units < 0 ? .payer : .payee,
      reference: "",
      line: line
    )
  }

  /// `20250131`, `20250131120000`, `20250131120000.000[-5:EST]`.
  static func moment(_ text: String) -> Int? {
    let digits = text.prefix(while: \.isNumber)
    guard [8, 12, 14].contains(digits.count), let day = statedMoment(String(digits.prefix(8)))
    else { return nil }
    var seconds = day
    if digits.count > 8 {
      let clock = digits.dropFirst(8)
      guard let hour = Int(clock.prefix(2)), let minute = Int(clock.dropFirst(2).prefix(2)),
        hour < 24, minute < 60
      else { return nil }
      seconds += hour * 3_600 + minute * 60 + (Int(clock.dropFirst(4)) ?? 0)
    }
    guard let open = text.firstIndex(of: "["), digits.count > 8 else { return seconds }
    let zone = text[text.index(after: open)...].prefix { $0 != ":" && $0 != "]" }
    guard let hours = Double(zone), (-14...14).contains(hours) else { return seconds }
    return seconds - Int(hours * 3_600)
  }
}

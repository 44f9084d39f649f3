/// Reads messages of ISO 20022: statements (camt.052, 053, 054), and orders to pay (pain.001) and to collect (pain.008).
final class Camt: XMLListener {
  private let path: String
  private let hints: ReadingHints
  private var builder: DraftBuilder
  private var ledger = StatementLedger()
  private var events: XMLEvents?
  /// The elements around the one at hand.
  private var around: [String] = []
  private var kind = "ISO 20022"

  private struct Side {
    var name = ""
    var account = ""
    var party: DraftBuilder.Party { DraftBuilder.Party(account: account, name: name) }
    var isEmpty: Bool { name.isEmpty && account.isEmpty }
  }

  /// One payment of an entry, or of an order.
  private struct Transaction {
    var debtor = Side()
    var creditor = Side()
    var units: Int64?
    var currency = ""
    var endToEnd = ""
    var isOut: Bool?
  }

  private struct Entry {
    var line = 0
    var units: Int64?
    var currency = ""
    var isOut: Bool?
    var status = ""
    var booked = ""
    var valued = ""
    var transactions: [Transaction] = []
  }

  private var own = Side()
  private var ownCurrency = ""
  private var statement = StatementLedger.Statement(account: "")
  private var entry: Entry?
  private var transaction: Transaction?
  private var balance: (code: String, units: Int64?, isDebit: Bool, day: String)?
  private var amountCurrency = ""
  // Of orders.
  private var ordered = Side()
  private var orderDay = ""
  private var notMade = 0

  init(_ path: String, _ hints: ReadingHints) {
    (self.path, self.hints) = (path, hints)
    builder = DraftBuilder(hints)
  }

  /// Reads a stream.
  func draft(_ stream: ByteStream) throws(PaymentError) -> Draft {
    let events = XMLEvents(path, self)
    self.events = events
    defer { self.events = nil }
    try events.read(stream)
    var found = Understanding()
    found.format = kind
    var source = PaymentSource(path: path, understanding: found)
    source.statements = ledger.statements
    if notMade > 0 { source.notes.append("left out \(notMade) entries that are not booked") }
    return builder.draft(source)
  }

  func begin(_ name: String, _ attributes: [(name: String, value: String)]) {
    if around.count == 0, name == "Document",
      let space = attributes.first(where: { $0.name == "xmlns" })?.value,
      let last = space.split(separator: ":").last
    {
      kind = String(last)
    }
    around.append(name)
    switch name {
    case "Stmt", "Rpt", "Ntfctn":
      (own, ownCurrency) = (Side(), "")
      statement = StatementLedger.Statement(account: "")
    case "Ntry": entry = Entry(line: events?.line ?? 0)
    case "TxDtls", "CdtTrfTxInf", "DrctDbtTxInf":
      transaction = Transaction()
      if entry == nil { entry = Entry(line: events?.line ?? 0) }
    case "PmtInf": (ordered, orderDay) = (Side(), "")
    case "Bal": balance = ("", nil, false, "")
    case "Amt", "InstdAmt": amountCurrency = attributes.first { $0.name == "Ccy" }?.value ?? ""
    default: break
    }
  }

  /// The name of the element so many around the one at hand.
  private func around(_ steps: Int) -> String {
    around.count > steps ? around[around.count - 1 - steps] : ""
  }

  func end(_ name: String, _ text: String) {
    defer { around.removeLast() }
    let text = text.trimmedText
    switch name {
    case "Nm": nameParty(around(1) == "Pty" ? around(2) : around(1), text)
    case "IBAN": numberParty(around(2), text)
    case "Id" where around(1) == "Othr": numberParty(around(3), text)
    case "Ccy" where around(1) == "Acct": ownCurrency = text
    case "Amt", "InstdAmt": noteAmount(name, text)
    case "CdtDbtInd": noteDirection(text == "DBIT")
    case "Sts" where around(1) == "Ntry":
      if !text.isEmpty { entry?.status = text }
    case "Cd" where around(1) == "Sts" && around(2) == "Ntry": entry?.status = text
    case "Cd" where around(1) == "CdOrPrtry" && balance != nil: balance?.code = text
    case "Dt", "DtTm": noteDay(text)
    case "ReqdExctnDt", "ReqdColltnDt":
      if !text.isEmpty { orderDay = text }
    case "EndToEndId": transaction?.endToEnd = text
    case "ElctrncSeqNb", "LglSeqNb": statement.sequence = text
    case "Bal": endBalance()
    case "TxDtls":
      if let transaction { entry?.transactions.append(transaction) }
      transaction = nil
    case "Ntry": endEntry()
    case "CdtTrfTxInf", "DrctDbtTxInf": endOrder(isCollected: name == "DrctDbtTxInf")
    case "Stmt", "Rpt", "Ntfctn": endStatement()
    default: break
    }
  }

  private func nameParty(_ role: String, _ text: String) {
    switch role {
    case "Ownr": own.name = text
    case "Dbtr":
      if transaction != nil { transaction?.debtor.name = text } else { ordered.name = text }
    case "Cdtr":
      if transaction != nil { transaction?.creditor.name = text } else { ordered.name = text }
    case "UltmtDbtr" where transaction?.debtor.name.isEmpty == true: transaction?.debtor.name = text
    case "UltmtCdtr" where transaction?.creditor.name.isEmpty == true:
      transaction?.creditor.name = text
    default: break
    }
  }

  private func numberParty(_ role: String, _ text: String) {
    switch role {
    case "Acct" where entry == nil: own.account = text
    case "DbtrAcct":
      if transaction != nil { transaction?.debtor.account = text } else { ordered.account = text }
    case "CdtrAcct":
      if transaction != nil { transaction?.creditor.account = text } else { ordered.account = text }
    default: break
    }
  }

  private func noteAmount(_ name: String, _ text: String) {
    let units = statedUnits(text, .point, hints)
    if balance != nil {
      balance?.units = units
    } else if name == "InstdAmt", around(1) == "Amt" || entry?.units == nil {
      if around.contains("TxDtls"), transaction?.units != nil { return }
      setTransaction(units)
    } else if around(1) == "TxDtls" {
      setTransaction(units)
    } else if around(1) == "TxAmt" {
      guard transaction?.units == nil else { return }
      setTransaction(units)
    } else if around(1) == "Ntry" {
      entry?.units = units
      entry?.currency = amountCurrency
    }
  }

  private func setTransaction(_ units: Int64?) {
    transaction?.units = units
    transaction?.currency = amountCurrency
  }

  private func noteDirection(_ isOut: Bool) {
    switch around(1) {
    case "Bal": balance?.isDebit = isOut
    case "Ntry": entry?.isOut = isOut
    case "TxDtls": transaction?.isOut = isOut
    default: break
    }
  }

  private func noteDay(_ text: String) {
    switch around(1) {
    case "BookgDt": entry?.booked = text
    case "ValDt": entry?.valued = text
    case "Dt" where balance != nil: balance?.day = text
    case "ReqdExctnDt": orderDay = text
    default: break
    }
  }

  private func endBalance() {
    guard let balance else { return }
    self.balance = nil
    let units = balance.units.map { balance.isDebit ? -$0 : $0 }
    switch balance.code {
    case "OPBD", "PRCD":
      (statement.opening, statement.openingTime) = (units, statedMoment(balance.day))
    case "CLBD": (statement.closing, statement.closingTime) = (units, statedMoment(balance.day))
    default: break
    }
  }

  private func endStatement() {
    statement.account = AccountNumber(own.account).text
    ledger.add(statement)
  }

  /// Each transaction of a booked entry is a payment; an entry without them is one itself.
  private func endEntry() {
    guard let entry else { return }
    self.entry = nil
    guard entry.status.isEmpty || entry.status == "BOOK" else {
      notMade += 1
      return
    }
    guard let units = entry.units else { return builder.reject(.noAmount, line: entry.line) }
    guard let isOut = entry.isOut else { return builder.reject(.noDirection(""), line: entry.line) }
    statement.moved += isOut ? -units : units
    statement.movements += 1
    let day = entry.booked.isEmpty ? entry.valued : entry.booked
    guard let time = statedMoment(day) else {
      return builder.reject(day.isEmpty ? .noTime : .badTime(day), line: entry.line)
    }
    let single = entry.transactions.count <= 1
    for var transaction in entry.transactions.isEmpty ? [Transaction()] : entry.transactions {
      if single { (transaction.units, transaction.currency) = (units, entry.currency) }
      add(transaction, isOut: transaction.isOut ?? isOut, time, entry.currency, line: entry.line)
    }
  }

  private func add(_ told: Transaction, isOut: Bool, _ time: Int, _ currency: String, line: Int) {
    guard let units = told.units else { return builder.reject(.noAmount, line: line) }
    let mine = own.party
    // Of an entry that takes back another, debtor and creditor are those of the other.
    let sides = isOut ? [told.creditor, told.debtor] : [told.debtor, told.creditor]
    let other =
      sides.first {
        !$0.isEmpty && $0.party.key != mine.key && !($0.account.isEmpty && $0.name == own.name)
      }?.party ?? Side().party
    let (payer, payee) = isOut ? (mine, other) : (other, mine)
    let code = told.currency.isEmpty ? (currency.isEmpty ? ownCurrency : currency) : told.currency
    builder.add(
      payer,
      payee,
      time: time,
      units: abs(units),
      currency: code.isEmpty ? nil : code,
      teller: isOut ? .payer : .payee,
      reference: told.endToEnd,
      line: line
    )
  }

  private func endOrder(isCollected: Bool) {
    defer { (entry, transaction) = (nil, nil) }
    guard let transaction, let entry else { return }
    guard let time = statedMoment(orderDay) else {
      return builder.reject(orderDay.isEmpty ? .noTime : .badTime(orderDay), line: entry.line)
    }
    guard let units = transaction.units else { return builder.reject(.noAmount, line: entry.line) }
    let (payer, payee) =
      isCollected ? (transaction.debtor, ordered) : (ordered, transaction.creditor)
    builder.add(
      payer.party,
      payee.party,
      time: time,
      units: units,
      currency: transaction.currency.isEmpty ? nil : transaction.currency,
      teller: isCollected ? .payee : .payer,
      reference: transaction.endToEnd,
      line: entry.line
    )
  }
}

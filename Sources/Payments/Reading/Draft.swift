internal import Columns
internal import Tables

/// The payments of one file as it tells them, before they are put together with those of others.
struct Draft: Sendable {
  var count = 0
  var payer: Column<Int32>
  var payee: Column<Int32>
  var time: Column<Int>
  var amount: Column<Int64>
  var more: RowExtras
  var names: NameTable
  /// What people call parties that are known by their accounts.
  var labels: [Int32: String] = [:]
  /// The currencies by number.
  var currencies: [String] = [""]
  var rejected: RejectedRows
  var otherCurrencyRows = 0
  var source: PaymentSource
}

/// A file that payments came from, and how it was understood.
package struct PaymentSource: Sendable, Equatable {
  /// The file.
  package let path: String
  /// How it was understood.
  package var understanding: Understanding
  /// How many payments it told.
  package var payments = 0
  /// How many rows of it are none.
  package var rejected = 0
  /// What else is to be known of it, a sentence each.
  package var notes: [String] = []
  /// The SHA-256 of the file, or of the archive it is in; of what came through a pipe there is none.
  package var sha256: String?
  /// How many rows have each kind of fault.
  var faultCounts: [Int: Int] = [:]
  /// The statements it holds, with their balances.
  var statements: [StatementLedger.Statement] = []
  /// What is wrong with balances that run along its rows, a sentence each.
  var balanceFaults: [String] = []

  init(path: String, understanding: Understanding) {
    (self.path, self.understanding) = (path, understanding)
  }
}

/// Puts a draft together, one payment after another.
struct DraftBuilder {
  /// Who stands on one side of a payment.
  struct Party {
    /// What tells it from others: an account, or else a name.
    var key: String
    /// What people call it.
    var name: String

    /// An account and who holds it, of which one may be missing.
    init(account: String, name: String) {
      let number = account.isEmpty ? "" : AccountNumber(account).text
      key = number.isEmpty ? name.trimmedText : number
      self.name = number.isEmpty ? "" : name.trimmedText
    }
  }

  private var names = Interner()
  private(set) var labels: [Int32: String] = [:]
  private let currencies = CurrencyRoll()
  private var payer: [Int32] = []
  private var payee: [Int32] = []
  private var time: [Int] = []
  private var amount: [Int64] = []
  private var line: [Int32] = []
  private var currency: [UInt16] = []
  private var teller: [UInt8] = []
  private var reference: [Int] = []
  private var faults: [(line: Int, fault: RowFault)] = []
  private var kinds: [Int: (count: Int, line: Int, fault: RowFault)] = [:]
  private var rejected = LineRuns()
  private(set) var otherCurrencyRows = 0
  private let hints: ReadingHints

  init(_ hints: ReadingHints) { self.hints = hints }

  /// The number of payments.
  var count: Int { payer.count }

  /// Adds a payment.
  mutating func add(
    _ payer: Party,
    _ payee: Party,
    time: Int,
    units: Int64,
    currency: String?,
    teller: Teller,
    reference: String,
    line: Int
  ) {
    for (party, isPayer) in [(payer, true), (payee, false)] {
      if party.key.isEmpty { return reject(.noParty(payer: isPayer), line: line) }
      if party.key.utf8.contains(0) { return reject(.badName(payer: isPayer), line: line) }
    }
    guard units <= 1 << 53 else { return reject(.largeAmount("\(units)"), line: line) }
    if let wanted = hints.currency, currency != wanted {
      otherCurrencyRows += 1
      return
    }
    self.payer.append(number(payer))
    self.payee.append(number(payee))
    self.time.append(time)
    amount.append(units)
    self.line.append(Int32(clamping: line))
    self.currency.append(currency.map { currencies.number($0) } ?? 0)
    self.teller.append(teller.rawValue)
    self.reference.append(Self.hash(reference))
  }

  /// Notes a row that is no payment.
  mutating func reject(_ fault: RowFault, line: Int) {
    rejected.append(line)
    if faults.count < hints.toldRows { faults.append((line, fault)) }
    kinds[fault.kind, default: (0, line, fault)].count += 1
  }

  private mutating func number(_ party: Party) -> Int32 {
    let number = ColumnProfile.withBytes(party.key) { names.number($0, seen: payer.count) }
    if !party.name.isEmpty, labels[number] == nil { labels[number] = party.name }
    return number
  }

  /// A reference as a number; 0 where nothing is said.
  static func hash(_ text: String) -> Int {
    guard !text.isEmpty, text != "NOTPROVIDED", text != "NONREF" else { return 0 }
    let hash = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return Int(truncatingIfNeeded: hash | 1)
  }

  /// The draft.
  func draft(_ source: PaymentSource) -> Draft {
    let columns = ColumnNames(
      payer: "payer",
      payee: "payee",
      amount: "amount",
      time: "date",
      count: 0
    )
    var source = source
    (source.payments, source.rejected) = (count, rejected.count)
    source.faultCounts = kinds.mapValues(\.count)
    var more = RowExtras(room: 0)
    more.line = Column(line)
    more.currency = Column(currency)
    more.teller = Column(teller)
    more.reference = Column(reference)
    func error(_ fault: RowFault, _ line: Int) -> TableError {
      fault.error(line: line, source.path, columns)
    }
    var rejected = RejectedRows(rejected, first: faults.map { error($0.fault, $0.line) })
    rejected.faultKinds = kinds.mapValues(\.count)
    rejected.reasons = kinds.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { (count: $0.value.count, first: error($0.value.fault, $0.value.line)) }
    return Draft(
      count: payer.count,
      payer: Column(payer),
      payee: Column(payee),
      time: Column(time),
      amount: Column(amount),
      more: more,
      names: NameTable(bytes: Column(names.bytes), starts: Column(names.starts)),
      labels: labels,
      currencies: currencies.all,
      rejected: rejected,
      otherCurrencyRows: otherCurrencyRows,
      source: source
    )
  }
}

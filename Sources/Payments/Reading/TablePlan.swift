internal import Columns

/// An understanding as the reader of rows needs it: columns by place, -1 where there is none.
struct TablePlan: Sendable {
  struct Party: Sendable {
    var account = -1
    var name = -1
    var bank = -1

    init(_ columns: PartyColumns?) {
      account = columns?.account?.index ?? -1
      name = columns?.name?.index ?? -1
      bank = columns?.bank?.index ?? -1
    }
  }

  /// Rows to keep: those in which a column has one of some values.
  struct Filter: Sendable {
    let column: Int
    let values: [[UInt8]]
  }

  let delimiter: UInt8
  let width: Int
  let firstLine: Int
  let payer: Party
  let payee: Party
  let other: Party
  let otherPayer: Party
  let own: Party
  let ownAccount: [UInt8]
  let isStatement: Bool
  let amount: Int
  let out: Int
  let into: Int
  let direction: Int
  let sameAmounts: [Int]
  let balance: Int
  let currencyColumn: Int
  let currencyNumber: UInt16
  let wantedCurrency: UInt16?
  let date: Int
  let clock: Int
  let zone: Int
  let endToEnd: Int
  let status: Int
  let dayOrder: DayOrder
  let numbers: NumberedTime?
  let decimal: DecimalMark
  let negatives: NegativeAmounts
  let digits: Int
  let rounds: Bool
  var filters: [Filter] = []

  init(_ found: Understanding, _ hints: ReadingHints, _ currencies: CurrencyRoll) {
    delimiter = found.delimiter.utf8.first ?? UInt8(ascii: ",")
    width = max(1, found.header.count)
    firstLine = found.firstLine
    (payer, payee) = (Party(found.payer), Party(found.payee))
    (other, own) = (Party(found.other), Party(found.own))
    var otherPayer = found.other
    otherPayer?.name = found.otherPayer ?? found.other?.name
    self.otherPayer = Party(otherPayer)
    ownAccount = found.own == nil ? Array((found.account ?? "").utf8) : []
    isStatement = found.isStatement
    func index(_ place: ColumnPlace?) -> Int { place?.index ?? -1 }
    (amount, out, into) = (index(found.amount), index(found.out), index(found.into))
    (direction, sameAmounts) = (index(found.direction), found.sameAmounts.map(\.index))
    // Of rows that are chosen no balance follows from the one before.
    let isWhole = hints.filters.isEmpty && hints.currency == nil && found.isStatement
    balance = isWhole ? index(found.balance) : -1
    currencyColumn = index(found.currencyColumn)
    currencyNumber = found.currency.map { currencies.number($0) } ?? 0
    wantedCurrency = hints.currency.map { currencies.number($0) }
    (date, clock, zone) = (index(found.date), index(found.clock), index(found.zone))
    (endToEnd, status) = (index(found.endToEnd), index(found.status))
    (dayOrder, numbers) = (found.dayOrder ?? .dayMonthYear, found.numbers)
    (decimal, negatives) = (found.decimal, found.negatives)
    (digits, rounds) = (hints.digits, hints.rounds)
  }

  /// The last column that rows must have.
  var lastNeeded: Int {
    let places = [amount, out, into, date, clock, currencyColumn, direction]
    let parties = [payer, payee, other, own].flatMap { [$0.account, $0.name, $0.bank] }
    return (places + parties).max() ?? 0
  }

  /// Words of rows that add up others.
  static let totals: Set<String> = Set(
    """
    total totals summe gesamt gesamtsumme endsaldo anfangssaldo saldo subtotal totaal totale somme solde suma balance \
    endbestand anfangsbestand opening closing kontostand ubertrag insgesamt totaux
    """.split(whereSeparator: \.isWhitespace).map { folded(String($0)) }
  )

  /// What a bank says of payments that were not made, or not yet.
  static let notMade: Set<String> = Set(
    """
    pending denied failed canceled cancelled declined rejected expired voided void reverted failure \
    vorgemerkt offen abgelehnt storniert refuse annule pendiente rechazado cancelado geweigerd \
    geannuleerd annullato rifiutato pdng
    """.split(whereSeparator: \.isWhitespace).map { folded(String($0)) }
  )
}

/// The currencies of a file, by a number for each; 0 is that of amounts that name none.
final class CurrencyRoll: Sendable {
  private let codes = Guarded<[String]>([""])

  /// The number of a currency.
  func number(_ code: String) -> UInt16 {
    codes.with { codes in
      if let known = codes.firstIndex(of: code) { return UInt16(known) }
      guard codes.count < Int(UInt16.max) else { return 0 }
      codes.append(code)
      return UInt16(codes.count - 1)
    }
  }

  /// All there are, by number.
  var all: [String] { codes.with { $0 } }
}

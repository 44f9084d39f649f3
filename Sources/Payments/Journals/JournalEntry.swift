/// An entry of a journal: what it credits and debits, in one currency.
struct JournalEntry {
  /// One line of an entry.
  struct Posting {
    let party: DraftBuilder.Party
    /// Above nought what is debited, below it what is credited, in minor units.
    let units: Int64
    let currency: String?
    let line: Int
  }

  /// A payment that an entry comes to.
  struct Transfer: Equatable {
    let payer: Int
    let payee: Int
    let units: Int64
  }

  /// Why an entry comes to no payments.
  enum Refusal: Error, Equatable {
    case unbalanced(debits: Int64, credits: Int64)
    case severalAccounts(credited: Int, debited: Int)
    case tooLarge
  }

  /// A cell that is no amount.
  struct Fault: Error { let fault: RowFault }

  /// What an amount of a journal says, and the word beside it.
  static func amount(
    _ cell: String,
    _ decimal: DecimalMark,
    _ hints: ReadingHints
  ) -> Result<(units: Int64, word: String?), Fault> {
    ColumnProfile.withBytes(cell) { bytes in
      switch AmountReader(decimal, digits: hints.digits, rounds: hints.rounds).read(bytes) {
      case .units(let units, let isNegative, let affix):
        let word = affix.map { String(decoding: $0, as: UTF8.self) }
        return .success((isNegative ? -units : units, word))
      case .fine: return .failure(Fault(fault: .fineAmount(cell, digits: hints.digits)))
      case .large: return .failure(Fault(fault: .largeAmount(cell)))
      case .none, .notAnAmount: return .failure(Fault(fault: .badAmount(cell)))
      }
    }
  }

  private(set) var credits: [(party: DraftBuilder.Party, units: Int64, line: Int)] = []
  private(set) var debits: [(party: DraftBuilder.Party, units: Int64, line: Int)] = []

  /// Puts the lines of an entry together, those of one account on one side as one.
  init(_ postings: [Posting]) {
    for posting in postings where posting.units != 0 {
      if posting.units < 0 {
        Self.add(posting, -posting.units, to: &credits)
      } else {
        Self.add(posting, posting.units, to: &debits)
      }
    }
  }

  private static func add(
    _ posting: Posting,
    _ units: Int64,
    to side: inout [(party: DraftBuilder.Party, units: Int64, line: Int)]
  ) {
    if let place = side.firstIndex(where: { $0.party.key == posting.party.key }) {
      // Amounts are at most 2⁵³, and an entry has fewer lines than would be too many.
      side[place].units = side[place].units.addingReportingOverflow(units).partialValue
    } else {
      side.append((posting.party, units, posting.line))
    }
  }

  /// Who pays whom, as positions among ``credits`` and ``debits``.
  func transfers(by rule: JournalRule) throws(Refusal) -> [Transfer] {
    let (given, taken) = (Self.sum(credits), Self.sum(debits))
    guard let given, let taken else { throw .tooLarge }
    guard given == taken else { throw .unbalanced(debits: taken, credits: given) }
    guard rule == .proRata || (credits.count <= 1 && debits.count <= 1) else {
      throw .severalAccounts(credited: credits.count, debited: debits.count)
    }
    return shares(of: given)
  }

  private static func sum(
    _ side: [(party: DraftBuilder.Party, units: Int64, line: Int)]
  ) -> Int64? {
    let sum = side.reduce(Int128(0)) { $0 + Int128($1.units) }
    return sum <= 1 << 53 ? Int64(sum) : nil
  }

  /// The share of each credit in each debit: what each side gives and takes is kept to the minor unit.
  ///
  /// What whole units leave over goes to the largest remainders, as far as both sides have some left.
  private func shares(of total: Int64) -> [Transfer] {
    guard total > 0 else { return [] }
    var (given, taken) = (credits.map(\.units), debits.map(\.units))
    var cells: [(payer: Int, payee: Int, units: Int64, rest: Int128)] = []
    for payer in credits.indices {
      for payee in debits.indices {
        let product = Int128(credits[payer].units) * Int128(debits[payee].units)
        let (whole, rest) = product.quotientAndRemainder(dividingBy: Int128(total))
        cells.append((payer, payee, Int64(whole), rest))
        given[payer] -= Int64(whole)
        taken[payee] -= Int64(whole)
      }
    }
    let byRemainder = cells.indices.sorted { (cells[$1].rest, $0) < (cells[$0].rest, $1) }
    func give(_ cell: Int, atMost most: Int64) {
      let units = min(most, given[cells[cell].payer], taken[cells[cell].payee])
      cells[cell].units += units
      given[cells[cell].payer] -= units
      taken[cells[cell].payee] -= units
    }
    for cell in byRemainder { give(cell, atMost: 1) }
    for cell in byRemainder { give(cell, atMost: .max) }
    return cells.filter { $0.units > 0 }
      .map { Transfer(payer: $0.payer, payee: $0.payee, units: $0.units) }
  }
}

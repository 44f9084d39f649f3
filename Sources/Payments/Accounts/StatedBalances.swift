/// The balances with which a table says that it opens and closes: above its header, below its rows, or between them.
struct StatedBalances {
  private(set) var opening: Int64?
  private(set) var closing: Int64?

  /// None.
  init() {}

  /// Those of the rows that were looked at first.
  init(_ sample: TableSample, _ found: Understanding, _ hints: ReadingHints) {
    guard found.isStatement, hints.filters.isEmpty, hints.currency == nil else { return }
    for record in sample.records { note(record, found.decimal, hints) }
  }

  /// Those of a text whose understanding is known.
  init(_ beginning: [UInt8], _ found: Understanding, _ hints: ReadingHints) {
    let delimiter = found.delimiter.utf8.first ?? UInt8(ascii: ",")
    let isWhole = beginning.last == 10
    self.init(TableSample(beginning, delimiter: delimiter, isWhole: isWhole), found, hints)
  }

  /// Of several that a file carries from page to page the first opens it and the last closes it.
  private mutating func note(
    _ record: TableSample.Record,
    _ mark: DecimalMark,
    _ hints: ReadingHints
  ) {
    let cells = record.cells.flatMap { $0.split(separator: ":", maxSplits: 1).map(String.init) }
      .map(\.trimmedText).filter { !$0.isEmpty }
    guard cells.count > 1, let kind = cells.lazy.compactMap(Self.kind).first,
      let units = cells.reversed().lazy.compactMap({ Self.units($0, mark, hints) }).first
    else { return }
    switch kind {
    case .opening: opening = opening ?? units
    case .closing: closing = units
    }
  }

  private enum Kind { case opening, closing }

  /// Which balance a cell speaks of, if it speaks of nothing else.
  private static func kind(_ cell: String) -> Kind? {
    guard cell.count < 60 else { return nil }
    let words = HeaderWords.words(cell).filter { !$0.allSatisfy(\.isNumber) }
    guard !words.isEmpty, words.allSatisfy({ known.contains($0) || CurrencyName.code($0) != nil })
    else { return nil }
    if words.contains(where: openings.contains) { return .opening }
    return words.contains(where: closings.contains) ? .closing : nil
  }

  private static func units(_ cell: String, _ mark: DecimalMark, _ hints: ReadingHints) -> Int64? {
    guard DayOrder.allCases.allSatisfy({ ColumnProfile.moment(cell, $0) == nil }) else {
      return nil
    }
    return ColumnProfile.withBytes(cell) { bytes in
      let reader = AmountReader(mark, digits: hints.digits, rounds: true)
      guard case .units(let units, let isNegative, let affix) = reader.read(bytes) else {
        return nil
      }
      let word = affix.map { String(decoding: $0, as: UTF8.self) }
      let side = word.flatMap(AmountAffix.side)
      guard word == nil || side != nil || CurrencyName.code(word ?? "") != nil else { return nil }
      return AmountAffix.balance(units, isNegative, side)
    }
  }

  private static func words(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map { folded(String($0)) })
  }

  private static let openings = words(
    """
    opening beginning brought previous starting anfangssaldo anfangsbestand anfangskontostand vortrag saldovortrag \
    eröffnungssaldo alter ancien précédent initial ouverture report anterior inicial iniziale precedente apertura \
    beginsaldo openingssaldo vorig oud
    """
  )
  private static let closings = words(
    """
    closing ending final carried endsaldo endbestand endkontostand schlusssaldo abschlusssaldo neuer nouveau clôture \
    nuevo finale nuovo chiusura cierre eindsaldo slotsaldo nieuw
    """
  )
  private static let known = openings.union(closings).union(
    words(
      """
      balance saldo solde bal account konto kontostand stand compte forward the of on at as per am vom zum au al du de \
      le la del op d date datum fecha bestand cuenta conto rekening
      """
    )
  )
}

extension TableSurvey {
  /// Finds the column of what the account holds after each row; of several the one of what is booked.
  mutating func findBalance() {
    guard found.isStatement else { return }
    found.balance = balanceColumn.map(place)
  }

  /// Whether a balance that runs along the rows says that amounts come in as they are written, though none is below nought.
  var isBornOutByBalance: Bool {
    guard let amount = found.amount?.index, let balance = balanceColumn else { return false }
    let rows = zip(profiles[amount].cells, profiles[balance].cells).compactMap { cells in
      statedUnits(cells.0, found.decimal, hints).map { moved in
        let held = statedUnits(cells.1, found.decimal, hints)
        return RunningBalance.Row(line: 0, time: 0, moved: moved, balance: held)
      }
    }
    return RunningBalance(rows).isFollowed
  }

  private var balanceColumn: Int? {
    let taken = [found.amount, found.out, found.into].compactMap { $0?.index }
    let columns = tags.indices.filter {
      tags[$0].contains(.balance) && tags[$0].isDisjoint(with: [.fee, .date]) && !taken.contains($0)
        && profiles[$0].filled > 0 && isAmounts($0)
    }
    let aside: Set = [
      "available", "disponible", "verfugbar", "verfugbarer", "disponibile", "beschikbaar",
    ]
    return columns.first { aside.isDisjoint(with: HeaderWords.words(header[$0])) }
  }
}

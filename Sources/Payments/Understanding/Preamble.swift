/// What stands above the header of a statement: whose account it is, and in which currency.
struct Preamble {
  private(set) var account: String?
  private(set) var holder: String?
  private(set) var currency: String?

  init(_ records: ArraySlice<TableSample.Record>) {
    var sortCode: String?
    var number: String?
    for record in records {
      let cells = record.cells.flatMap { $0.split(separator: ":", maxSplits: 1).map(String.init) }
        .map(\.trimmedText).filter { !$0.isEmpty }
      for cell in cells where account == nil {
        let written = AccountNumber(cell)
        if written.isIBAN { account = written.text }
      }
      if number == nil, let only = cells.first(where: { !$0.isEmpty }) {
        number = Self.number(only)
      }
      guard let key = cells.first, cells.count > 1 else { continue }
      let (tags, value) = (HeaderTags(of: key), cells[1])
      if tags.contains(.holder) || (tags.contains(.name) && tags.isDisjoint(with: .bank)) {
        holder = holder ?? value
      }
      if tags.contains(.currency), let code = CurrencyName.code(value) {
        currency = currency ?? code
      } else if tags.contains(.balance) || tags.contains(.amount) {
        currency = currency ?? Self.currency(in: value)
      }
      let digits = value.count { $0.isNumber }
      if tags.contains(.bank), digits >= 5 {
        sortCode = sortCode ?? value.filter { $0.isNumber || $0.isLetter }
      } else if tags.contains(.account), digits >= 4, digits * 2 >= value.count {
        number = number ?? value
      }
    }
    if account == nil, let number {
      account =
        sortCode.map { "\($0)/\(number.filter { !$0.isWhitespace })" } ?? AccountNumber(number).text
    }
  }

  /// The number of an account in a cell that also says what it is, as `Compte n° 00012345678`.
  private static func number(_ cell: String) -> String? {
    let parts = cell.split(whereSeparator: \.isWhitespace)
    guard cell.count < 60, parts.count > 1, let last = parts.last,
      last.count >= 6, last.allSatisfy({ $0.isNumber || $0 == "-" }),
      HeaderTags(of: parts.dropLast().joined(separator: " ")).contains(.account)
    else { return nil }
    return String(last)
  }

  /// The currency that stands beside the digits of an amount.
  static func currency(in text: String) -> String? {
    ColumnProfile.withBytes(text) { bytes in
      guard let affix = WrittenAmount(bytes)?.affix else { return nil }
      return CurrencyName.code(String(decoding: affix, as: UTF8.self))
    }
  }
}

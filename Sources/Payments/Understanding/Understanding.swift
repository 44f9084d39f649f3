/// A column of a table: its place, from 1, and its name, where there is a header.
package struct ColumnPlace: Sendable, Codable, Equatable {
  /// The place from the left, from 1.
  package let place: Int
  /// The name in the header; empty without one.
  package let name: String

  init(_ place: Int, _ header: [String]) {
    self.place = place + 1
    name = place < header.count ? header[place].trimmedText : ""
  }

  /// The place from the left, from 0.
  var index: Int { place - 1 }
  /// As people are told of it.
  var told: String { name.isEmpty ? "column \(place)" : name }
}

/// By which columns a party is known.
package struct PartyColumns: Sendable, Codable, Equatable {
  /// The column of its account, which tells it from others.
  package var account: ColumnPlace?
  /// The column of its name, which tells it from others where it has no account.
  package var name: ColumnPlace?
  /// The column of its bank, where an account is one only together with it.
  package var bank: ColumnPlace?

  /// As people are told of it.
  var told: String {
    let bank = bank.map { "\($0.told) with " } ?? ""
    guard let account else { return "\(bank)\(name?.told ?? "nobody")" }
    return "\(bank)\(account.told)\(name.map { " (named by \($0.told))" } ?? "")"
  }

  var isEmpty: Bool { account == nil && name == nil }
}

/// What amounts below nought mean where two columns say who pays whom.
public enum NegativeAmounts: String, Sendable, Codable, CaseIterable {
  /// They are no payments.
  case refuse
  /// The sign says again what the columns say already.
  case ignoreSign = "ignore-sign"
  /// The money went the other way.
  case turn
}

/// How a file of payments was understood: what can be written down, changed, and given back.
package struct Understanding: Sendable, Codable, Equatable {
  /// The layout: `table`, or a format of banks.
  package var format = "table"
  /// The encoding of the text.
  package var encoding = TextEncoding.utf8
  /// What stands between cells.
  package var delimiter = ","
  /// The line of the header; `nil` where there is none.
  package var headerLine: Int?
  /// The header, or as many empty names as there are columns.
  package var header: [String] = []
  /// The line on which the first row stands.
  package var firstLine = 1
  /// Who pays, where columns say it.
  package var payer: PartyColumns?
  /// Who is paid, where columns say it.
  package var payee: PartyColumns?
  /// The other side of a statement's own account.
  package var other: PartyColumns?
  /// Who is on the other side of what comes in, where another column than that of ``other`` names it.
  package var otherPayer: ColumnPlace?
  /// The column of a statement's own account, where there is one.
  package var own: PartyColumns?
  /// The statement's own account, where it is one.
  package var account: String?
  /// Who holds it.
  package var holder: String?
  /// The column of amounts.
  package var amount: ColumnPlace?
  /// The column of amounts that leave the own account.
  package var out: ColumnPlace?
  /// The column of amounts that come into it.
  package var into: ColumnPlace?
  /// The column that says which way an amount goes.
  package var direction: ColumnPlace?
  /// The column of what the account holds after each row.
  package var balance: ColumnPlace?
  /// Other columns of amounts, which must say the same.
  package var sameAmounts: [ColumnPlace] = []
  /// The column of currencies.
  package var currencyColumn: ColumnPlace?
  /// The currency of amounts that name none.
  package var currency: String?
  /// The column of dates.
  package var date: ColumnPlace?
  /// The column of times of day.
  package var clock: ColumnPlace?
  /// The column of zones of time.
  package var zone: ColumnPlace?
  /// The column of what both banks call a transfer.
  package var endToEnd: ColumnPlace?
  /// The column that says whether a payment was made.
  package var status: ColumnPlace?
  /// The order of day, month and year.
  package var dayOrder: DayOrder?
  /// What dates that are bare numbers are.
  package var numbers: NumberedTime?
  /// The mark before decimals.
  package var decimal = DecimalMark.point
  /// What amounts below nought mean.
  package var negatives = NegativeAmounts.refuse

  init() {}

  /// Whether rows are of a statement's own account, and the sign says which way money goes.
  package var isStatement: Bool { other != nil }
}

extension Understanding {
  /// How the file was understood, in a few lines.
  package var told: [String] {
    guard format == "table" else { return ["understood as \(format)"] }
    let place =
      headerLine.map { "header on line \($0)" } ?? "no header, rows from line \(firstLine)"
    return [
      "understood as a table: \(Self.named(delimiter)) between cells, \(encoding.rawValue), \(place)"
    ]
      + [parties, moneyAndTime]
  }

  private static func named(_ delimiter: String) -> String {
    ["\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"][delimiter] ?? delimiter
  }

  private var parties: String {
    if let payer, let payee {
      let sign = negatives == .ignoreSign ? "; the sign says it again" : ""
      return "  \(payer.told) pays \(payee.told)\(sign)"
    }
    let whose = own?.told ?? [holder, account].compactMap(\.self).joined(separator: ", ")
    let payer = otherPayer.map { ", or \($0.told) of what comes in" } ?? ""
    let name = payer + (other?.account == nil ? ", known by name only" : "")
    let held = balance.map { "; \($0.told) is checked" } ?? ""
    return "  a statement of \(whose); the other side: \(other?.told ?? "nobody")\(name)\(held)"
  }

  private var moneyAndTime: String {
    let how: String
    if let out, let into {
      how = "\(out.told) leaves, \(into.told) comes in"
    } else {
      let way =
        isStatement
        ? direction.map { ", \($0.told) says which way" } ?? ", below zero leaves" : ""
      how = (amount?.told ?? "") + way
    }
    let same =
      sameAmounts.isEmpty ? "" : " (\(sameAmounts.map(\.told).joined(separator: ", ")) the same)"
    let money = currencyColumn.map { " in \($0.told)" } ?? currency.map { " in \($0)" } ?? ""
    let when = [date?.told, clock?.told, zone?.told].compactMap(\.self).joined(separator: ", ")
    return "  how much: \(how)\(same), decimal \(decimal.rawValue)\(money); when: \(when)\(form)"
  }

  private var form: String {
    if let numbers { return ", numbers are \(numbers.name)" }
    switch dayOrder {
    case .dayMonthYear: return ", day first"
    case .monthDayYear: return ", month first"
    case .yearMonthDay: return ", year first"
    case nil: return ""
    }
  }
}

extension String {
  /// The text without blanks around it.
  var trimmedText: String {
    var text = self[...]
    while let first = text.unicodeScalars.first,
      first.properties.isWhitespace || first == "\u{FEFF}"
    {
      text.unicodeScalars.removeFirst()
    }
    while let last = text.unicodeScalars.last, last.properties.isWhitespace {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }
}

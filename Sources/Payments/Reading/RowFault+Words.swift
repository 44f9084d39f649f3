internal import Tables

/// What the columns of payments are called, for what is said of their cells.
struct ColumnNames {
  var payer: String
  var payee: String
  var amount: String
  var time: String
  var direction: String?
  /// How many columns there are.
  var count: Int
}

extension RowFault {
  /// Which kind of fault it is, by number.
  var kind: Int {
    switch self {
    case .emptyLine: 0
    case .longLine: 1
    case .cellCount: 2
    case .quote, .textAfterQuote: 3
    case .noParty(true): 4
    case .noParty(false): 5
    case .badName: 6
    case .noAmount: 7
    case .badAmount: 8
    case .negativeAmount: 9
    case .fineAmount: 10
    case .largeAmount: 11
    case .badTime: 12
    case .fractionOfSecond: 13
    case .noCurrency: 14
    case .badCurrency: 15
    case .otherCurrency: 16
    case .noTime: 17
    case .noDirection: 18
    case .twoAmounts: 19
    case .notMade: 20
    case .notAsked: 21
    case .note: 22
    case .unbalanced: 23
    case .severalAccounts: 24
    case .exchanged: 25
    }
  }

  /// The sentence for one rejected row.
  func error(line: Int, _ path: String, _ columns: ColumnNames) -> TableError {
    func told(_ column: String?, _ reason: String, _ advice: String) -> TableError {
      TableError(file: path, line: line, column: column, reason: reason, advice: advice)
    }
    func party(_ isPayer: Bool) -> String { isPayer ? columns.payer : columns.payee }
    switch self {
    case .emptyLine: return told(nil, "the line is empty", "delete it")
    case .longLine:
      return told(
        nil,
        "the line has more than a million bytes",
        "look for line ends that are missing"
      )
    case .cellCount(let count, let further):
      let extent = further > 0 ? ", which runs to line \(line + further)," : ""
      return told(
        nil,
        "the row\(extent) has \(count) cells, the header has \(columns.count)",
        "put quotes around a cell that holds a comma"
      )
    case .quote, .textAfterQuote:
      return told(
        nil,
        "a quote is out of place",
        "put quotes around whole cells; double those within"
      )
    case .noParty(let isPayer):
      return told(party(isPayer), "the party has no name", "name it, or delete the row")
    case .badName(let isPayer):
      return told(
        party(isPayer),
        "the name is not UTF-8, or has a NUL in it",
        "save the file as UTF-8"
      )
    case .noAmount: return told(columns.amount, "there is no amount", "give one, or delete the row")
    case .badAmount(let text):
      return told(
        columns.amount,
        "\(quoted(text)) is not an amount",
        "write a plain number, as 1250.50"
      )
    case .negativeAmount(let text):
      return told(
        columns.amount,
        "\(text) is below zero",
        "write it as a payment the other way, or say what it means: --negatives"
      )
    case .fineAmount(let text, let digits):
      return told(
        columns.amount,
        "\(text) has more than \(digits) digits after the point",
        "say how many an amount may have: --digits"
      )
    case .largeAmount(let text):
      return told(
        columns.amount,
        "\(text) is too large to be exact",
        "amounts go up to 2^53 minor units: count fewer digits, as --round --digits "
          + String(max(-18, min(9, 15 - Self.wholeDigits(text))))
      )
    case .badTime(let text):
      return told(
        columns.time,
        "\(quoted(text)) is not a time",
        "write 2026-01-31, 2026-01-31T23:59:59Z, or whole seconds since 1970"
      )
    case .noCurrency, .otherCurrency:
      return told("currency", "there is no currency", "give its code, as USD")
    case .badCurrency(let text):
      return told(
        "currency",
        "\(quoted(text)) is no currency of ISO 4217",
        "write its code of three capital letters, as USD"
      )
    case .fractionOfSecond(let text):
      return told(columns.time, "\(text) lies between two seconds", "write whole seconds")
    case .noTime: return told(columns.time, "there is no date", "give one, or delete the row")
    case .noDirection(let text):
      return told(
        columns.direction,
        "\(quoted(text)) says not which way the money goes",
        "write debit or credit"
      )
    case .twoAmounts(let text):
      return told(
        columns.amount,
        "\(text) stands beside another amount, and one of the two is to be empty",
        "write each as a row of its own"
      )
    case .unbalanced(let sums):
      return told(
        nil,
        "the entry does not balance: \(sums)",
        "look for the line that is missing or wrong"
      )
    case .severalAccounts(let credited, let debited):
      return told(
        nil,
        "the entry credits \(credited) accounts and debits \(debited): who paid whom is not said",
        "split it in proportion: --journal pro-rata"
      )
    case .exchanged(let text):
      return told(
        columns.amount,
        "\(quoted(text)) has a price: its entry is in two currencies",
        "write the entry in one"
      )
    case .notMade, .notAsked, .note: return told(nil, "the row is no payment", "delete it")
    }
  }

  /// How many digits stand before the decimal mark of an amount that is too large, in which a mark may be of thousands.
  private static func wholeDigits(_ text: String) -> Int {
    let parts = text.split { ".,".contains($0) }
    // Of a point or comma that stands once three digits may follow either way: those are counted, to be safe.
    let isDecimal = parts.count == 2 && parts[1].count(where: \.isNumber) < 3
    let whole = isDecimal ? parts[0] : text[...]
    return whole.count(where: \.isNumber)
  }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }
}

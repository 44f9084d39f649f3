/// Reads statements of SWIFT MT940 (and MT942), bare or in their envelopes.
struct MT940 {
  private let path: String
  private let hints: ReadingHints
  private var builder: DraftBuilder
  private var ledger = StatementLedger()

  /// A field: its tag, its lines, and where it begins.
  private struct Field {
    let tag: String
    var lines: [String]
    let line: Int

    /// The lines as one, which were cut off at 65 signs wherever that was.
    var joined: String { lines.joined() }
  }

  private struct Entry {
    let line: Int
    let time: Int
    let isOut: Bool
    let units: Int64
    var reference: String
  }

  init(_ path: String, _ hints: ReadingHints) {
    (self.path, self.hints) = (path, hints)
    builder = DraftBuilder(hints)
  }

  /// Reads a text.
  mutating func draft(_ text: String) -> Draft {
    var own = ""
    var currency: String?
    var statement = StatementLedger.Statement(account: "")
    var pending: Entry?
    for field in Self.fields(text) {
      if field.tag == "86", let entry = pending {
        add(entry, MT940Details(field.joined), own, currency)
        pending = nil
        continue
      }
      if let entry = pending { add(entry, MT940Details(""), own, currency) }
      pending = nil
      switch field.tag {
      case "25", "25P": own = Self.account(field.lines.first ?? "")
      case "28C", "28": statement.sequence = field.joined
      case "60F", "60M":
        let balance = balance(field.joined)
        currency = balance?.currency ?? currency
        statement = StatementLedger.Statement(
          account: own,
          opening: balance?.units,
          openingTime: balance?.time,
          sequence: statement.sequence
        )
      case "61":
        pending = entry(field)
        if let pending {
          statement.moved += pending.isOut ? -pending.units : pending.units
          statement.movements += 1
        }
      case "62F", "62M":
        let balance = balance(field.joined)
        (statement.closing, statement.closingTime) = (balance?.units, balance?.time)
        ledger.add(statement)
      default: break
      }
    }
    if let entry = pending { add(entry, MT940Details(""), own, currency) }
    var found = Understanding()
    found.format = "MT940"
    var source = PaymentSource(path: path, understanding: found)
    source.statements = ledger.statements
    return builder.draft(source)
  }

  /// The fields of all messages: each begins on a line with its tag between colons.
  private static func fields(_ text: String) -> [Field] {
    var fields: [Field] = []
    for (number, whole) in text.numberedLines {
      var line = whole
      // An envelope stands on the line of its first field.
      if line.hasPrefix("{"), let text = line.range(of: "{4:") { line = line[text.upperBound...] }
      if let (tag, rest) = tag(line) {
        fields.append(Field(tag: tag, lines: [String(rest)], line: number))
      } else if line == "-" || line.hasPrefix("-}") || line.isEmpty {
        fields.append(Field(tag: "-", lines: [""], line: number))
      } else if !fields.isEmpty {
        fields[fields.count - 1].lines.append(String(line))
      }
    }
    return fields
  }

  private static func tag(_ line: Substring) -> (String, Substring)? {
    guard line.first == ":", let end = line.dropFirst().prefix(5).firstIndex(of: ":") else {
      return nil
    }
    let tag = line[line.index(after: line.startIndex)..<end]
    guard tag.count >= 2, tag.prefix(2).allSatisfy(\.isNumber) else { return nil }
    return (String(tag), line[line.index(after: end)...])
  }

  /// Whose statement it is: an IBAN, or the number of a bank and that of an account.
  static func account(_ text: String) -> String {
    let number = AccountNumber(text)
    if number.isIBAN { return number.text }
    let parts = text.split(separator: "/").map { $0.filter { !$0.isWhitespace } }
    guard parts.count >= 2 else { return number.text }
    let account = AccountNumber(parts[1])
    // A currency may stand behind the number of the account.
    let bare =
      parts[1].suffix(3).allSatisfy(\.isLetter) && parts[1].count > 6
      ? String(parts[1].dropLast(3)) : parts[1]
    return account.isIBAN ? account.text : "\(parts[0])/\(bare)"
  }

  private func balance(_ text: String) -> (units: Int64, time: Int?, currency: String)? {
    guard let side = text.first, side == "C" || side == "D", text.count > 10 else { return nil }
    let day = text.dropFirst().prefix(6)
    let currency = String(text.dropFirst(7).prefix(3))
    guard let units = statedUnits(String(text.dropFirst(10)), .comma, hints) else { return nil }
    return (side == "D" ? -units : units, statedMoment("20\(day)"), currency)
  }

  /// Field 61: the day of the value, that of the entry, the side, perhaps a letter of the currency, the amount.
  private mutating func entry(_ field: Field) -> Entry? {
    func fault(_ fault: RowFault) -> Entry? {
      builder.reject(fault, line: field.line)
      return nil
    }
    var text = (field.lines.first ?? "")[...]
    let value = text.prefix(6)
    guard value.count == 6, let valued = statedMoment(Self.century(value)) else {
      return fault(.badTime(String(value)))
    }
    text = text.dropFirst(6)
    var time = valued
    if text.prefix(4).allSatisfy(\.isNumber), text.prefix(4).count == 4 {
      time = Self.booked(text.prefix(4), near: valued, value) ?? valued
      text = text.dropFirst(4)
    }
    // A mark of two letters in front of the side takes back what was booked: RC leaves, RD comes in.
    var isTakenBack = false
    if text.first == "R" || text.first == "E", let side = text.dropFirst().first,
      side == "C" || side == "D"
    {
      isTakenBack = text.first == "R"
      text = text.dropFirst()
    }
    guard let side = text.first, side == "C" || side == "D" else {
      return fault(.noDirection(String(text.prefix(4))))
    }
    text = text.dropFirst()
    if text.first?.isLetter == true { text = text.dropFirst() }
    let digits = text.prefix { $0.isNumber || $0 == "," || $0 == "." }
    guard let units = statedUnits(Self.whole(digits), .comma, hints) else {
      return fault(.badAmount(String(text.prefix(20))))
    }
    let rest = text.dropFirst(digits.count + 4)
    let reference =
      rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
    return Entry(
      line: field.line,
      time: time,
      isOut: (side == "D") != isTakenBack,
      units: units,
      reference: String(reference)
    )
  }

  /// An amount may end in its comma.
  private static func whole(_ digits: Substring) -> String {
    digits.hasSuffix(",") ? String(digits.dropLast()) : String(digits)
  }

  /// A day with its century: of 1980 to 2079.
  private static func century(_ day: Substring) -> String {
    let year = Int(day.prefix(2)) ?? 0
    return year < 80 ? "20\(day)" : "19\(day)"
  }

  /// The day of an entry has no year: it is the one that is near the day of its value.
  private static func booked(_ day: Substring, near valued: Int, _ value: Substring) -> Int? {
    guard let year = Int(century(value).prefix(4)) else { return nil }
    let days = [-1, 0, 1].compactMap { statedMoment("\(year + $0)\(day)") }
    return days.min { abs($0 - valued) < abs($1 - valued) }
  }

  private mutating func add(
    _ entry: Entry,
    _ details: MT940Details,
    _ own: String,
    _ currency: String?
  ) {
    let mine = DraftBuilder.Party(account: own, name: "")
    let other = DraftBuilder.Party(account: details.account, name: details.name)
    let (payer, payee) = entry.isOut ? (mine, other) : (other, mine)
    builder.add(
      payer,
      payee,
      time: entry.time,
      units: entry.units,
      currency: currency,
      teller: entry.isOut ? .payer : .payee,
      reference: details.endToEnd,
      line: entry.line
    )
  }
}

/// What field 86 says of an entry: who is on the other side, in the words of several banks.
struct MT940Details {
  private(set) var account = ""
  private(set) var name = ""
  private(set) var endToEnd = ""

  init(_ text: String) {
    if !readSubfields(text), !readCodewords(text) { readText(text) }
  }

  /// German: `166?00GUTSCHRIFT?20EREF+…?31IBAN?32NAME`; the code of the business is missing in some.
  private mutating func readSubfields(_ text: String) -> Bool {
    let code = text.prefix(3).prefix(while: \.isNumber)
    let rest = text.dropFirst(code.count)
    guard let mark = rest.first, !mark.isLetter, !mark.isNumber, !mark.isWhitespace else {
      return false
    }
    let next = rest.dropFirst().prefix(2)
    guard code.count == 3 || (mark == "?" && next.count == 2 && next.allSatisfy(\.isNumber)) else {
      return false
    }
    var bank = ""
    var purpose = ""
    for part in rest.dropFirst().split(separator: mark) {
      guard let number = Int(part.prefix(2)) else { continue }
      let content = String(part.dropFirst(2))
      switch number {
      case 20...29, 60...63: purpose += content
      case 30: bank = content.filter { !$0.isWhitespace }
      case 31: account = content.filter { !$0.isWhitespace }
      case 32, 33: name += content
      default: break
      }
    }
    endToEnd = Self.tagged("EREF", purpose) ?? ""
    if account.isEmpty { account = Self.tagged("IBAN", purpose) ?? "" }
    if !account.isEmpty, !AccountNumber(account).isIBAN, bank.count == 8,
      bank.allSatisfy(\.isNumber)
    {
      account = "\(bank)/\(account)"
    }
    if name.isEmpty, account.isEmpty { name = Self.tagged("SVWZ", purpose) ?? purpose }
    name = name.trimmedText
    return true
  }

  /// What stands behind `EREF+`, up to the next of its kind.
  private static func tagged(_ tag: String, _ text: String) -> String? {
    for mark in ["+", ":"] {
      guard let start = text.range(of: tag + mark) else { continue }
      let rest = text[start.upperBound...]
      let tags = [
        "EREF", "KREF", "MREF", "CRED", "DEBT", "SVWZ", "ABWA", "ABWE", "IBAN", "BIC", "COAM",
        "OAMT", "PURP",
      ]
      let end = tags.compactMap { rest.range(of: $0 + mark)?.lowerBound }.min() ?? rest.endIndex
      return String(rest[..<end]).trimmedText
    }
    return nil
  }

  /// Dutch and Belgian: `/TRTP/…/IBAN/…/NAME/…/EREF/…`, `/CNTP/account/bank/name///`.
  private mutating func readCodewords(_ text: String) -> Bool {
    guard text.hasPrefix("/"), text.count(where: { $0 == "/" }) > 2 else { return false }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    for (index, part) in parts.enumerated() {
      func next(_ step: Int) -> String {
        index + step < parts.count ? parts[index + step].trimmedText : ""
      }
      switch part {
      case "IBAN", "ACCT": account = account.isEmpty ? next(1) : account
      case "NAME": name = name.isEmpty ? next(1) : name
      case "EREF": endToEnd = endToEnd.isEmpty ? next(1) : endToEnd
      case "CNTP": (account, name) = (next(1), next(3))
      default: break
      }
    }
    return !account.isEmpty || !name.isEmpty
  }

  /// Free text: an IBAN in it, or all of it.
  private mutating func readText(_ text: String) {
    let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    account = words.first { AccountNumber.isSound($0) } ?? ""
    name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension StringProtocol {
  /// Where `part` stands first.
  func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}

package import Claims
internal import Tables

/// One line of plain words about money, as somebody types it: `Nvidia invests 2bn in OpenAI in 2025`.
///
/// A payer, a verb, a payee, an amount and when, in the order in which people say them. It is not the grammar of
/// documents: what it does not understand is an error, never a guess.
package struct PlainSentence: Sendable, Equatable {
  /// Why a line is not understood.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    /// What is wrong, and what to write.
    package let description: String
  }

  /// Who pays, in the words of the line.
  package private(set) var payer = ""
  /// Who is paid.
  package private(set) var payee = ""
  /// What kind of deal it is.
  package private(set) var kind = Deal.Kind.purchase
  /// Whether it is a promise, and not a payment.
  package private(set) var isPromise = false
  /// The least it can be, in units of the currency; empty where nobody says.
  package private(set) var low = ""
  /// The most it can be; empty where nobody says.
  package private(set) var high = ""
  /// The currency.
  package private(set) var currency = "USD"
  /// From when.
  package private(set) var start: PartialDate?
  /// Until when, that included.
  package private(set) var end: PartialDate?
  /// What it is for, in the words of the line; empty where nobody says.
  package private(set) var purpose = ""

  /// What a verb says.
  private struct Meaning {
    let kind: Deal.Kind
    let isPromise: Bool
    /// Whether who stands before the verb is paid.
    let isReversed: Bool
    /// The words before the other side.
    let before: [String]
  }

  /// Verbs as they stand of themselves, and behind `will` or `to`.
  private static let (verbs, plainVerbs): ([String: Meaning], [String: Meaning]) = {
    var (verbs, plain): ([String: Meaning], [String: Meaning]) = ([:], [:])
    func add(
      _ words: String,
      _ kind: Deal.Kind,
      promise: Bool = false,
      reversed: Bool = false,
      _ before: String...
    ) {
      for (place, word) in words.split(separator: " ").enumerated() {
        let meaning = Meaning(
          kind: kind,
          isPromise: promise || place == 0,
          isReversed: reversed,
          before: before
        )
        if place == 0 { plain[String(word)] = meaning } else { verbs[String(word)] = meaning }
      }
    }
    add("pay pays paid", .purchase, "to")
    add("buy buys bought", .purchase, "from")
    add("sell sells sold", .purchase, reversed: true, "to")
    add("owe owes", .purchase, promise: true, "to")
    add("order orders ordered", .purchase, promise: true, "from", "with")
    add("commit commits committed", .purchase, promise: true, "to", "with")
    add("lease leases leased", .lease, "from")
    add("rent rents rented", .lease, "from")
    add("invest invests invested", .equity, "in", "into")
    add("lend lends lent", .loan, "to")
    add("borrow borrows borrowed", .loan, reversed: true, "from")
    add("grant grants granted", .grant, "to")
    add("donate donates donated", .grant, "to")
    return (verbs, plain)
  }()

  /// Words before a verb that say that it is still to be done.
  private static let ahead: Set = [
    "will", "to", "agrees", "agreed", "plans", "planned", "is", "are", "has", "have",
  ]

  /// The line in words that a person may type.
  package static let example = "Nvidia invests 2bn in OpenAI in 2025"

  /// Reads a line.
  ///
  /// - Parameter text: The words.
  /// - Throws: ``Fault``, which says what is missing.
  package init(_ text: String) throws(Fault) {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if let last = words.last, last.hasSuffix(".") { words[words.count - 1].removeLast() }
    try takePeriod(&words)
    let (place, meaning) = try Self.verb(of: words)
    (kind, isPromise) = (meaning.kind, meaning.isPromise)
    var before = words[..<place]
    if isPromise { while let last = before.last, Self.ahead.contains(last) { before.removeLast() } }
    before =
      before.last.map { Self.verbs[$0.lowercased()] != nil } == true ? before.dropLast() : before
    payer = try Self.name(before, meaning.isReversed ? "who is paid" : "who pays")
    var rest = Array(words[(place + 1)...])
    let cut = try takeAmount(&rest)
    try Self.refuseRate(rest[cut...])
    takePurpose(&rest, cut)
    takeGoods(&rest, meaning.before)
    rest.removeAll { meaning.before.contains($0.lowercased()) }
    payee = try Self.name(rest[...], meaning.isReversed ? "who pays" : "who is paid")
    if meaning.isReversed { swap(&payer, &payee) }
  }

  /// The verb, and where it stands: of `agreed to pay` the last.
  private static func verb(of words: [String]) throws(Fault) -> (place: Int, meaning: Meaning) {
    let small = words.map { $0.lowercased() }
    for (place, word) in small.enumerated() {
      if place > 0, ["will", "to"].contains(small[place - 1]), let meaning = plainVerbs[word] {
        return (place, meaning)
      }
      guard let meaning = verbs[word] else { continue }
      if small[(place + 1)...].first == "to", let verb = small[(place + 2)...].first,
        let next = plainVerbs[verb]
      {
        return (place + 2, next)
      }
      return (place, meaning)
    }
    throw Fault(
      description:
        "no verb says who pays: write pays, buys, sells, orders, leases, invests, lends, borrows or grants, as in \"\(example)\""
    )
  }

  /// An amount a year or a month is no total, and nothing says how often it is paid.
  private static func refuseRate(_ after: ArraySlice<String>) throws(Fault) {
    let next = after.prefix(2).map { $0.lowercased() }
    let units: Set = ["year", "month", "quarter", "week", "day"]
    let isRate =
      next.count == 2 && ["a", "per", "each", "every"].contains(next[0]) && units.contains(next[1])
      || next.first.map { ["annually", "yearly", "monthly", "quarterly", "weekly"].contains($0) }
        == true
    guard !isRate else {
      throw Fault(
        description:
          "what is paid again and again is no sum: write what it comes to in all, as in \"\(example)\""
      )
    }
  }

  // MARK: What for

  /// Takes `for power` from behind the amount, and the `for` of `for 120m`; a `for` before a capital is part of a name.
  private mutating func takePurpose(_ words: inout [String], _ cut: Int) {
    let told = words.indices.first { place in
      place >= cut && words[place].lowercased() == "for"
        && words[(place + 1)...].first?.first?.isLowercase == true
    }
    if let told {
      purpose = words[(told + 1)...].joined(separator: " ")
      words.removeSubrange(told...)
    }
    if cut > 0, words[cut - 1].lowercased() == "for" { words.remove(at: cut - 1) }
  }

  /// Takes the `chips` of `buys chips from Orvane`.
  private mutating func takeGoods(_ words: inout [String], _ before: [String]) {
    let sides = words.indices.filter { before.contains(words[$0].lowercased()) }
    guard let place = sides.first, place > 0,
      words[..<place].allSatisfy({ $0.first?.isLowercase == true })
    else { return }
    let goods = words[..<place].filter { !["of", "worth", "in"].contains($0) }
    if purpose.isEmpty { purpose = goods.joined(separator: " ") }
    words.removeSubrange(...place)
  }

  private static func name(_ words: ArraySlice<String>, _ what: String) throws(Fault) -> String {
    guard !words.isEmpty else {
      throw Fault(description: "nobody says \(what), as in \"\(example)\"")
    }
    return words.joined(separator: " ")
  }

  // MARK: When

  /// Takes `in 2025`, `from 2025 to 2027` or `until 2027` off the end.
  private mutating func takePeriod(_ words: inout [String]) throws(Fault) {
    func date(_ word: String) throws(Fault) -> PartialDate {
      guard let date = PartialDate(word) else {
        throw Fault(
          description: "\"\(word)\" is not a date: write 2025, 2025-03 or 2025-03-31"
        )
      }
      return date
    }
    let small = words.map { $0.lowercased() }
    if words.count > 4, small[words.count - 4] == "from",
      ["to", "until"].contains(small[words.count - 2])
    {
      (start, end) = (try date(words[words.count - 3]), try date(words[words.count - 1]))
      words.removeLast(4)
    } else if words.count > 2, ["in", "on", "during", "for"].contains(small[words.count - 2]),
      words[words.count - 1].first?.isNumber == true
    {
      start = try date(words[words.count - 1])
      end = start
      words.removeLast(2)
    } else if words.count > 2, ["until", "by"].contains(small[words.count - 2]) {
      end = try date(words[words.count - 1])
      words.removeLast(2)
    }
  }

  // MARK: How much

  /// Takes the amount, and says where it stood.
  private mutating func takeAmount(_ words: inout [String]) throws(Fault) -> Int {
    guard
      let place = words.firstIndex(where: {
        $0.contains(where: \.isNumber) && PlainAmount($0) != nil
      })
    else {
      throw Fault(
        description: "nobody says how much: write an amount as 1.5bn, $300m or 20000000"
      )
    }
    var (first, last) = (place, place)
    var text = words[place]
    if place + 1 < words.count, PlainAmount("1" + words[place + 1])?.hasScale == true {
      last += 1
      text += words[last]
    }
    if last + 1 < words.count, Currency(words[last + 1].uppercased()) != nil,
      words[last + 1].count == 3,
      AmountWords.codes.contains(words[last + 1].lowercased())
    {
      last += 1
      currency = words[last].uppercased()
    }
    if first > 0, AmountWords.codes.contains(words[first - 1].lowercased()) {
      first -= 1
      currency = words[first].uppercased()
    }
    guard let amount = PlainAmount(text) else {
      throw Fault(description: "\"\(text)\" is not an amount: write 1.5bn, $300m or 20000000")
    }
    if let told = amount.currency { currency = told }
    (low, high) = (amount.value, amount.value)
    let before = words[..<first].suffix(2).map { $0.lowercased() }
    if before == ["at", "least"] { high = "" }
    if before == ["up", "to"] || before == ["at", "most"] { low = "" }
    if low.isEmpty || high.isEmpty { first -= 2 }
    words.removeSubrange(first...last)
    return first
  }
}

/// An amount as people write it: `1.5bn`, `$300m`, `€20 million`, `20000000`.
package struct PlainAmount: Sendable, Equatable {
  /// The number in units, as books write it.
  package let value: String
  /// The currency of its sign; `nil` where it has none.
  package let currency: String?
  /// Whether a word or letter says thousands, millions or more.
  package let hasScale: Bool

  /// Reads an amount.
  ///
  /// - Parameter text: The words; `nil` where they are no amount.
  package init?(_ text: String) {
    let number = { (character: Character) in
      character.isASCII && (character.isNumber || character == ".")
    }
    let plain = text.filter { $0 != "," && $0 != "_" }
    let sign = plain.prefix { !number($0) && $0 != "-" }
    let digits = plain.dropFirst(sign.count).prefix { number($0) || $0 == "-" }
    let scale = plain.dropFirst(sign.count + digits.count).filter { !$0.isWhitespace }.lowercased()
    guard let value = StrictDecimal(digits), scale.isEmpty || AmountWords.scales[scale] != nil,
      let whole = value.shifted(by: AmountWords.scales[scale] ?? 0)
    else { return nil }
    let known = AmountWords.currencies[sign.trimmed.lowercased()]
    guard sign.trimmed.isEmpty || known != nil else { return nil }
    (self.value, currency, hasScale) = (whole.description, known, !scale.isEmpty)
  }
}

extension Substring {
  /// Without blanks about it.
  fileprivate var trimmed: String { String(filter { !$0.isWhitespace }) }
}

extension PlainAmount {
  /// The cells of a row as a person types them: amounts may be `1.5bn`.
  ///
  /// - Parameter cells: Cells by column.
  /// - Returns: The cells as a row is read.
  package static func fields(_ cells: [String: String]) -> Fields {
    var plain = cells
    for column in ["low", "high"] {
      plain[column] = cells[column].map { PlainAmount($0)?.value ?? $0 }
    }
    return Fields(plain)
  }
}

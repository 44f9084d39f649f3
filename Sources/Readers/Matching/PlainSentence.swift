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

  /// What a verb says.
  private struct Meaning {
    let kind: Deal.Kind
    let isPromise: Bool
    /// The words before the other side.
    let before: [String]
  }

  private static let verbs: [String: Meaning] = {
    var verbs: [String: Meaning] = [:]
    func add(_ words: String, _ kind: Deal.Kind, promise: Bool = false, _ before: String...) {
      for word in words.split(separator: " ") {
        verbs[String(word)] = Meaning(kind: kind, isPromise: promise, before: before)
      }
    }
    add("pays paid", .purchase, "to")
    add("buys bought", .purchase, "from")
    add("owes orders ordered commits committed", .purchase, promise: true, "to", "from", "with")
    add("leases leased rents rented", .lease, "from")
    add("invests invested", .equity, "in", "into")
    add("lends lent", .loan, "to")
    add("grants granted donates donated", .grant, "to")
    return verbs
  }()

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
    let place = words.firstIndex { Self.verbs[$0.lowercased()] != nil }
    guard let place, let meaning = Self.verbs[words[place].lowercased()] else {
      throw Fault(
        description:
          "no verb says who pays: write pays, buys, orders, leases, invests, lends or grants, as in \"\(Self.example)\""
      )
    }
    (kind, isPromise) = (meaning.kind, meaning.isPromise)
    payer = try Self.name(words[..<place], "who pays")
    var rest = Array(words[(place + 1)...])
    try takeAmount(&rest)
    rest.removeAll { meaning.before.contains($0.lowercased()) }
    payee = try Self.name(rest[...], "who is paid")
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

  private mutating func takeAmount(_ words: inout [String]) throws(Fault) {
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

internal import Tables

/// Finds the amounts of a sentence: `$11.9B`, `EUR 400m`, `between $3.5bn and $4bn`, `up to 24 million of its shares`.
struct AmountReader {
  let text: TokenizedText
  let range: Range<Int>
  private var tokens: [Token] { text.tokens }

  /// A number with what was read beside it, before it is known to be an amount.
  struct Figure {
    var tokens: Range<Int>
    var value: StrictDecimal
    var highest: StrictDecimal?
    var unit: String?
    var isMoney = false
    var hasScale = false
    var digits: StrictDecimal?
  }

  init(_ text: TokenizedText, _ range: Range<Int>) { (self.text, self.range) = (text, range) }

  /// The amounts, in order.
  func amounts() -> [Amount] {
    var found: [Amount] = []
    var at = range.lowerBound
    while at < range.upperBound {
      guard isStart(at), let first = figure(at) else {
        at += 1
        continue
      }
      let (amounts, end) = completed(first)
      found += amounts
      at = max(at + 1, end)
    }
    return found
  }

  private func isStart(_ at: Int) -> Bool {
    switch tokens[at].kind {
    case .number, .currency: true
    case .word:
      tokens[at].has(.number)
        || (tokens[at].isAllCapitals && AmountWords.codes.contains(tokens[at].lower))
    default: false
    }
  }

  private func word(_ at: Int) -> String {
    at < range.upperBound && at >= range.lowerBound ? tokens[at].lower : ""
  }

  // MARK: One figure

  private func figure(_ start: Int) -> Figure? {
    if let figure = vague(start) ?? fraction(start) { return figure }
    var at = start
    var unit: String?
    if tokens[at].kind == .currency || AmountWords.codes.contains(tokens[at].lower) {
      guard let code = AmountWords.currencies[tokens[at].lower] else { return nil }
      unit = code
      at += 1
    }
    guard at < range.upperBound, let digits = number(at) else { return nil }
    at = digits.end
    var figure = Figure(
      tokens: start..<at,
      value: digits.value,
      unit: unit,
      isMoney: unit != nil,
      digits: digits.value
    )
    takeScale(&figure)
    if figure.unit == nil { takeUnit(&figure) }
    // A number in words is an amount only with a million behind it, or as a measure.
    if tokens[start].kind == .word, unit == nil, figure.isMoney, !figure.hasScale { return nil }
    return figure
  }

  private func number(_ at: Int) -> (value: StrictDecimal, end: Int)? {
    let token = tokens[at]
    if token.kind == .number { return Self.value(token.lower).map { ($0, at + 1) } }
    guard let small = AmountWords.numbers[token.lower] else { return nil }
    if let next = AmountWords.numbers[word(at + 1)], next == 100 {
      return (StrictDecimal(small * 100), at + 2)
    }
    return (StrictDecimal(small), at + 1)
  }

  /// `1,240.0` and `0,5`: commas that part three digits are none of the number.
  static func value(_ digits: String) -> StrictDecimal? {
    let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 2, !digits.contains("."), parts[1].utf8.count != 3 {
      return StrictDecimal("\(parts[0]).\(parts[1])")
    }
    guard
      parts.count == 1 || parts.dropFirst().allSatisfy({ $0.prefix { $0 != "." }.utf8.count == 3 })
    else {
      return nil
    }
    return StrictDecimal(parts.joined())
  }

  private func takeScale(_ figure: inout Figure) {
    let at = figure.tokens.upperBound
    guard at < range.upperBound, let zeros = AmountWords.scales[word(at)] else { return }
    // A lonely m or b is a scale only where it sticks to the number.
    guard word(at).utf8.count > 1 || !tokens[at].isSpaced else { return }
    guard let value = figure.value.shifted(by: zeros) else { return }
    figure.value = value
    figure.hasScale = true
    figure.tokens = figure.tokens.lowerBound..<at + 1
    if word(at + 1) == ".", word(at).utf8.count == 3, AmountWords.currencies[word(at + 2)] != nil {
      figure.tokens = figure.tokens.lowerBound..<at + 2
    }
  }

  private func takeUnit(_ figure: inout Figure) {
    var at = figure.tokens.upperBound
    if word(at) == "of", figure.hasScale { at += 1 }
    if ["us", "u.s", "canadian", "australian"].contains(word(at)) { at += 1 }
    let isSign =
      at < range.upperBound && tokens[at].kind == .currency
      && tokens[figure.tokens.lowerBound].kind == .word
    if at < range.upperBound, !isSign, let code = AmountWords.currencies[word(at)], isCode(at, code)
    {
      let lead = word(at - 1)
      figure.unit = lead == "canadian" ? "CAD" : lead == "australian" ? "AUD" : code
      figure.isMoney = true
      figure.tokens = figure.tokens.lowerBound..<at + 1
      return
    }
    takeMeasure(&figure)
  }

  private func isCode(_ at: Int, _ code: String) -> Bool {
    tokens[at].lower != code.lowercased() || tokens[at].isAllCapitals
      || tokens[at].kind == .currency
  }

  /// Gigawatts, shares, percent; `24 million of its common shares`.
  private func takeMeasure(_ figure: inout Figure) {
    var at = figure.tokens.upperBound
    guard at < range.upperBound else { return }
    if tokens[at].kind == .percent {
      figure.unit = "percent"
      figure.tokens = figure.tokens.lowerBound..<at + 1
      return
    }
    if tokens[at].kind == .dash, !tokens[at].isSpaced { at += 1 }
    if word(at) == "per", word(at + 1) == "cent" {
      figure.unit = "percent"
      figure.tokens = figure.tokens.lowerBound..<at + 2
      return
    }
    for skipped in 0..<5 where at + skipped < range.upperBound {
      if let measure = AmountWords.units[word(at + skipped)] {
        guard skipped == 0 || measure.unit == "shares" || measure.unit == "GPUs" else { return }
        figure.unit = measure.unit
        figure.tokens = figure.tokens.lowerBound..<at + skipped + 1
        return
      }
      let isBetween =
        [
          "of", "its", "our", "their", "new", "common", "ordinary", "class", "a", "preferred",
          "the",
        ]
        .contains(word(at + skipped)) || (skipped > 0 && tokens[at + skipped].isCapital)
      guard isBetween || (tokens[at + skipped].isCapital && skipped == 0) else { return }
    }
  }

  /// `tens of billions of dollars`: from ten of them to a hundred.
  private func vague(_ start: Int) -> Figure? {
    let most: Int64
    switch word(start) {
    case "tens": most = 10
    case "hundreds": most = 100
    default: return nil
    }
    guard word(start + 1) == "of", let zeros = AmountWords.scales[word(start + 2)],
      let low = StrictDecimal(most).shifted(by: zeros),
      let high = StrictDecimal(most * 10).shifted(by: zeros)
    else { return nil }
    var figure = Figure(tokens: start..<start + 3, value: low, highest: high, hasScale: true)
    takeUnit(&figure)
    return figure.unit == nil ? nil : figure
  }

  /// `half a billion dollars`, `seven tenths of`, `two thirds of`, `a quarter of`.
  private func fraction(_ start: Int) -> Figure? {
    if word(start) == "half", word(start + 1) == "a",
      let zeros = AmountWords.scales[word(start + 2)]
    {
      guard let value = StrictDecimal(5).shifted(by: zeros - 1) else { return nil }
      var figure = Figure(tokens: start..<start + 3, value: value, hasScale: true)
      takeUnit(&figure)
      return figure
    }
    let isPeriod = ["first", "second", "latter", "last"].contains(word(start - 1))
    let isHalf = word(start) == "half" && word(start + 1) == "of" && !isPeriod
    let at = isHalf ? start : start + 1
    guard let (part, whole) = AmountWords.fractions[word(at)], word(at + 1) == "of" else {
      return nil
    }
    guard let count = isHalf ? 1 : AmountWords.numbers[word(start)] else { return nil }
    let numerator = count * part * 100
    var figure = Figure(
      tokens: start..<at + 1,
      value: StrictDecimal(numerator / whole),
      unit: "percent"
    )
    if numerator % whole != 0 { figure.highest = StrictDecimal(numerator / whole + 1) }
    return figure
  }

  // MARK: Ranges, bounds, and what it is for

  private func completed(_ first: Figure) -> ([Amount], Int) {
    var first = first
    if let second = second(after: first) {
      adopt(&first, from: second)
      guard first.unit != nil else { return ([], first.tokens.upperBound) }
      if isChange(first) { return changed(first, second) }
      return finish(first, high: second.value, end: second.tokens.upperBound)
    }
    guard first.unit != nil else { return ([], first.tokens.lowerBound + 1) }
    let (amounts, end) = finish(first, high: first.highest, end: first.tokens.upperBound)
    // `to £20m from £35m`: what it was stands behind.
    guard word(first.tokens.lowerBound - 1) == "to", word(end) == "from",
      isStart(min(end + 1, range.upperBound - 1)),
      let former = figure(end + 1), former.unit == first.unit
    else { return (amounts, end) }
    let (new, old) = (amounts, finish(former, high: nil, end: former.tokens.upperBound))
    return (
      new.map { changed($0, isFormer: false) } + old.0.map { changed($0, isFormer: true) }, old.1
    )
  }

  private func changed(_ amount: Amount, isFormer: Bool) -> Amount {
    var amount = amount
    (amount.isFormer, amount.isChanged) = (isFormer, !isFormer)
    return amount
  }

  /// The second figure of `3.5 to 4`, `between 3.5 and 4`, `3.5-4`.
  private func second(after first: Figure) -> Figure? {
    let at = first.tokens.upperBound
    guard at + 1 < range.upperBound else { return nil }
    let isJoined =
      word(at) == "to" || tokens[at].kind == .dash
      || (word(at) == "and" && word(first.tokens.lowerBound - 1) == "between")
    guard isJoined,
      [.number, .currency].contains(tokens[at + 1].kind) || tokens[at + 1].isAllCapitals,
      let second = figure(at + 1), second.unit != nil || first.unit != nil
    else { return nil }
    guard first.unit == nil || second.unit == nil || first.unit == second.unit else { return nil }
    // 2027-2030 is no amount, nor is a year behind an amount.
    guard first.unit != nil || second.isMoney || second.unit == "percent" || second.hasScale else {
      return nil
    }
    guard second.unit != nil || second.hasScale else { return nil }
    return second
  }

  private func adopt(_ first: inout Figure, from second: Figure) {
    if first.unit == nil { (first.unit, first.isMoney) = (second.unit, second.isMoney) }
    guard !first.hasScale, second.hasScale, let digits = first.digits, let other = second.digits,
      digits < other || first.unit != nil
    else { return }
    if other.double > 0, let value = scaled(digits, like: second) { first.value = value }
  }

  private func scaled(_ digits: StrictDecimal, like other: Figure) -> StrictDecimal? {
    guard
      let zeros = AmountWords.scales[
        word(other.tokens.lowerBound + (tokens[other.tokens.lowerBound].kind == .number ? 1 : 2))
      ]
    else { return nil }
    return digits.shifted(by: zeros)
  }

  private func isChange(_ first: Figure) -> Bool {
    let before = first.tokens.lowerBound - 1
    return before >= range.lowerBound && (word(before) == "from" || (word(before - 1) == "from"))
  }

  private func changed(_ first: Figure, _ second: Figure) -> ([Amount], Int) {
    var (old, _) = finish(first, high: nil, end: first.tokens.upperBound)
    var (new, end) = finish(second, high: nil, end: second.tokens.upperBound)
    for index in old.indices { old[index].isFormer = true }
    for index in new.indices { new[index].isChanged = true }
    return (old + new, end)
  }

  private func finish(_ figure: Figure, high: StrictDecimal?, end: Int) -> ([Amount], Int) {
    var amount = Amount(
      tokens: figure.tokens.lowerBound..<end,
      low: figure.value,
      high: high ?? figure.value,
      unit: figure.unit ?? "",
      isMoney: figure.isMoney
    )
    if high != nil { amount.bound = .range }
    if high == nil || figure.highest != nil { takeBound(&amount) }
    takeRest(&amount)
    return ([amount], amount.tokens.upperBound)
  }

  private func takeBound(_ amount: inout Amount) {
    for _ in 0..<2 {
      let start = amount.tokens.lowerBound
      let match = AmountWords.bounds.first { phrase, _ in
        start - phrase.count >= range.lowerBound
          && phrase.indices.allSatisfy { word(start - phrase.count + $0) == phrase[$0] }
      }
      guard let match, match.words != ["a"] || amount.tokens.isEmpty else { return }
      amount.tokens = start - match.words.count..<amount.tokens.upperBound
      apply(match.bound, &amount)
    }
  }

  private func apply(_ bound: Amount.Bound, _ amount: inout Amount) {
    guard amount.bound == .exact || amount.bound == .about else { return }
    switch bound {
    case .atMost: (amount.low, amount.bound) = (nil, .atMost)
    case .atLeast: (amount.high, amount.bound) = (nil, .atLeast)
    case .about: amount.bound = .about
    case .exact, .range: break
    }
  }

  /// `or more`, `a year`, `a share`.
  private func takeRest(_ amount: inout Amount) {
    var at = amount.tokens.upperBound
    if word(at) == "or" {
      if word(at + 1) == "more" { (amount.high, amount.bound, at) = (nil, .atLeast, at + 2) }
      if word(at + 1) == "so" { (amount.bound, at) = (.about, at + 2) }
      if word(at + 1) == "less" { (amount.low, amount.bound, at) = (nil, .atMost, at + 2) }
    }
    if let (per, count) = rate(at) {
      at += count
      if Self.periods.contains(per) { amount.per = per } else { amount.isPrice = true }
    } else if ["annual", "yearly"].contains(word(amount.tokens.lowerBound - 1)) || isAnnual(amount)
    {
      amount.per = "year"
    }
    amount.tokens = amount.tokens.lowerBound..<max(amount.tokens.upperBound, at)
  }

  private func isAnnual(_ amount: Amount) -> Bool {
    let before = amount.tokens.lowerBound
    return word(before - 1) == "of" && ["annual", "yearly"].contains(word(before - 3))
  }

  private func rate(_ at: Int) -> (String, Int)? {
    switch word(at) {
    case "annually", "yearly": return ("year", 1)
    case "monthly": return ("month", 1)
    case "apiece": return ("piece", 1)
    case "a", "an", "per", "each", "every":
      let unit = word(at + 1)
      guard !unit.isEmpty, tokens[at + 1].kind == .word else { return nil }
      if Self.periods.contains(unit) || unit == "annum" {
        return (unit == "annum" ? "year" : unit, 2)
      }
      return word(at) == "per" || Self.pieces.contains(unit) ? (unit, 2) : nil
    case "/": return Self.periods.contains(word(at + 1)) ? (word(at + 1), 2) : ("piece", 2)
    case "to", "in": return word(at + 1) == "the" && word(at + 2) == "year" ? ("year", 3) : nil
    default: return nil
    }
  }

  private static let periods: Set<String> = ["year", "month", "quarter", "week", "day"]
  private static let pieces: Set<String> = [
    "share", "piece", "hour", "kilowatt", "kilowatt-hour", "megawatt-hour", "litre", "liter",
    "tonne", "ton", "barrel",
    "unit", "gallon", "head", "ounce", "chip", "gpu", "seat", "ticket", "user", "metre", "kilo",
    "pound", "gigabyte",
  ]
}

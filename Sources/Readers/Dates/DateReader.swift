internal import Claims

/// A date or a length of time in a sentence.
struct DateMention: Sendable {
  /// What the words before it make of it.
  enum Sense: Sendable { case at, from, until, due }

  /// The tokens.
  let tokens: Range<Int>
  /// The date; for a span of time, its first.
  let date: PartialDate
  /// The end of a span of time, as of `the second half of 2027`.
  let last: PartialDate?
  /// Whether something begins or ends then.
  let sense: Sense
}

/// A length of time, as `five-year`.
struct TermMention: Sendable {
  let tokens: Range<Int>
  let months: Int
}

/// Finds the dates and terms of a sentence.
struct DateReader {
  let text: TokenizedText
  let range: Range<Int>
  /// The day the text was published, by which dates without a year are understood.
  let published: Day?

  private func word(_ at: Int) -> String { range.contains(at) ? text.tokens[at].lower : "" }

  /// The dates, in order.
  func dates() -> [DateMention] {
    var found: [DateMention] = []
    var at = range.lowerBound
    while at < range.upperBound {
      let token = text.tokens[at]
      let isStart =
        token.kind == .number || token.isCapital && token.has(.month) || token.has(.common)
      if isStart, let (date, last, end) = date(at) {
        found.append(DateMention(tokens: at..<end, date: date, last: last, sense: sense(at)))
        at = end
      } else {
        at += 1
      }
    }
    return found
  }

  private func date(_ at: Int) -> (PartialDate, PartialDate?, Int)? {
    if let (date, end) = part(at) { return (date.0, date.1, end) }
    if let (date, end) = day(at) { return (date, nil, end) }
    if let year = year(at) { return (.year(year), nil, at + 1) }
    if word(at) == "last" || word(at) == "this" || word(at) == "next" { return relative(at) }
    return nil
  }

  /// `June 30, 2026`, `30 June 2026`, `March 2029`, `March`.
  private func day(_ at: Int) -> (PartialDate, Int)? {
    if let month = Self.months[word(at)], text.tokens[at].isCapital {
      var next = at + 1
      if word(next) == "." { next += 1 }
      if let day = small(next) {
        let end = next + 1
        let comma = word(end) == "," ? 1 : 0
        if let year = year(end + comma) {
          return date(year, month, day).map { ($0, end + comma + 1) }
        }
        return guessed(month, day).map { ($0, end) }
      }
      if let year = year(next) { return (.month(year: year, month: month), next + 1) }
      guard
        word(at) != "may" && word(at) != "march" || word(at - 1) == "in" || word(at - 1) == "last"
      else { return nil }
      return guessed(month, nil).map { ($0, at + 1) }
    }
    if let day = small(at), let month = Self.months[word(at + 1)], range.contains(at + 1),
      text.tokens[at + 1].isCapital
    {
      if let year = year(at + 2) { return date(year, month, day).map { ($0, at + 3) } }
      return guessed(month, day).map { ($0, at + 2) }
    }
    return nil
  }

  private func date(_ year: Int, _ month: Int, _ day: Int) -> PartialDate? {
    Day(year: year, month: month, day: day).map { .day($0) }
  }

  /// A month or day without its year: the last one before the text was published.
  private func guessed(_ month: Int, _ day: Int?) -> PartialDate? {
    guard let published else { return nil }
    let (year, thisMonth, today) = published.components
    let isLater = month > thisMonth || (month == thisMonth && (day ?? 0) > today)
    let guess = isLater ? year - 1 : year
    return day.map { date(guess, month, $0) } ?? .month(year: guess, month: month)
  }

  private func small(_ at: Int) -> Int? {
    guard range.contains(at), text.tokens[at].kind == .number, let day = Int(word(at)),
      (1...31).contains(day)
    else {
      return nil
    }
    return day
  }

  private func year(_ at: Int) -> Int? {
    guard range.contains(at), text.tokens[at].kind == .number, word(at).utf8.count == 4,
      let year = Int(word(at)),
      (1950...2099).contains(year)
    else { return nil }
    // $2025 and 2,000 GPUs are no years.
    if at > range.lowerBound, text.tokens[at - 1].kind == .currency { return nil }
    return year
  }

  /// `second half of 2027`, `the fourth quarter of 2025`.
  private func part(_ at: Int) -> ((PartialDate, PartialDate?), Int)? {
    guard let place = Self.ordinals[word(at)] else { return nil }
    let isHalf = word(at + 1) == "half"
    guard isHalf || word(at + 1) == "quarter" else { return nil }
    let next = word(at + 2) == "of" ? at + 3 : at + 2
    guard let year = year(next) ?? (published?.components.year), place <= (isHalf ? 2 : 4) else {
      return nil
    }
    let length = isHalf ? 6 : 3
    let first = (place - 1) * length + 1
    let span: (PartialDate, PartialDate?) = (
      .month(year: year, month: first), .month(year: year, month: first + length - 1)
    )
    return (span, self.year(next) == nil ? at + 2 : next + 1)
  }

  /// `last year`, `this year`, `last month`.
  private func relative(_ at: Int) -> (PartialDate, PartialDate?, Int)? {
    guard let published else { return nil }
    let (year, month, _) = published.components
    let step = word(at) == "last" ? -1 : word(at) == "next" ? 1 : 0
    switch word(at + 1) {
    case "year": return (.year(year + step), nil, at + 2)
    case "month":
      let index = year * 12 + month - 1 + step
      return (.month(year: index / 12, month: index % 12 + 1), nil, at + 2)
    default: return nil
    }
  }

  private func sense(_ at: Int) -> DateMention.Sense {
    var before = at - 1
    while ["the", "of", "end", "early", "late", "mid", "december", "year", "on", "in", "about"]
      .contains(word(before))
    { before -= 1 }
    switch word(before) {
    case "through", "until", "till", "to", "by", "thru", "before": return .until
    case "due", "maturing", "matures", "expires", "ends", "ending", "expiring", "expire", "runs":
      return .due
    case "from", "beginning", "starting", "commencing", "commences", "starts", "begins", "since",
      "start", "begin", "between":
      return .from
    default: return .at
    }
  }

  /// The terms, in order.
  func terms() -> [TermMention] {
    range.compactMap { at in
      let token = text.tokens[at]
      guard token.kind == .number || token.has(.number) || token.lower.utf8.contains(0x2D) else {
        return nil
      }
      if let months = hyphenated(word(at)) {
        return TermMention(tokens: at..<at + 1, months: months)
      }
      guard let count = count(at) else { return nil }
      let unit =
        text.tokens.indices.contains(at + 1) && text.tokens[at + 1].kind == .dash ? at + 2 : at + 1
      switch word(unit) {
      case "year", "years": return TermMention(tokens: at..<unit + 1, months: count * 12)
      case "month", "months": return TermMention(tokens: at..<unit + 1, months: count)
      default: return nil
      }
    }
  }

  private func count(_ at: Int) -> Int? {
    guard range.contains(at) else { return nil }
    if text.tokens[at].kind == .number, word(at).utf8.count <= 3 { return Int(word(at)) }
    guard word(at) != "a", word(at) != "an" else { return nil }
    return AmountWords.numbers[word(at)].map(Int.init)
  }

  private func hyphenated(_ word: String) -> Int? {
    guard word.hasSuffix("-year") || word.hasSuffix("-month") else { return nil }
    guard let count = AmountWords.numbers[String(word.prefix { $0 != "-" })] else { return nil }
    return Int(count) * (word.hasSuffix("-year") ? 12 : 1)
  }

  private static let ordinals = [
    "first": 1, "second": 2, "third": 3, "fourth": 4, "first-quarter": 1,
  ]
  static let months: [String: Int] = {
    let rows = [
      "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
      "august aug",
      "september sept sep", "october oct", "november nov", "december dec",
    ]
    var months: [String: Int] = [:]
    for (index, row) in rows.enumerated() {
      for word in row.split(separator: " ") { months[String(word)] = index + 1 }
    }
    return months
  }()
}

public import Claims
internal import Networks
internal import Reports

/// What holds of any book, whatever it says: each law gives what breaks it, in words.
public struct Laws: Sendable {
  /// Something that no book may do.
  public struct Breach: Sendable, CustomStringConvertible {
    /// The law.
    public let law: String
    /// What was done to the book, or asked of it.
    public let what: String
    /// The money that shows it.
    public let key: BookAnswer.Key
    /// What was, and what is.
    public let values: String
    /// One line.
    public var description: String { "\(law): \(what): \(key): \(values)" }
  }

  /// The rows.
  public let book: BookContents
  /// The day of the view.
  public let day: Day
  /// The years that are asked for.
  public let years: [Period]
  /// What enters a network.
  public let policy: Policy
  /// What the book answers.
  public let answer: BookAnswer

  /// Asks a book for its years.
  ///
  /// - Parameters:
  ///   - book: Its rows.
  ///   - day: The day of the view.
  ///   - years: Which years.
  ///   - policy: What enters a network.
  /// - Throws: ``ViewError``.
  public init(
    _ book: BookContents,
    _ day: Day,
    years: ClosedRange<Int>,
    policy: Policy = .reported
  ) throws {
    (self.book, self.day, self.policy) = (book, day, policy)
    self.years = years.map { Period(.year($0)) }
    answer = try BookAnswer(book, day, self.years, policy: policy)
  }

  private func answer(_ book: BookContents) throws -> BookAnswer {
    try BookAnswer(book, day, years, policy: policy)
  }

  /// Taking out a row changes only what lists it, and taking out one that only confirms raises nothing.
  ///
  /// - Parameter row: A claim, fact or assumption.
  /// - Returns: What breaks it.
  /// - Throws: What is wrong with the book that is left.
  public func breaches(without row: String) throws -> [Breach] {
    let (rest, gone) = try book.without([row])
    let after = try answer(rest)
    let claim = book.claims.first { $0.id == row }
    let onlyConfirms = claim?.onlyConfirms == true && gone == [row]
    return compare(answer, after) { key, was, now in
      if onlyConfirms, was.worked < now.worked, !key.footing.isPromised,
        was.differs(from: now, by: [\.worked])
      {
        return "a confirmation lowers nothing"
      }
      return was.evidence.isDisjoint(with: gone) ? "a row moves only what lists it" : nil
    }.map { Breach(law: $0.law, what: "without \(row)", key: $0.key, values: $0.values) }
  }

  /// What else confirms a claim, and says no amount, lowers nothing.
  ///
  /// - Parameters:
  ///   - id: A claim.
  ///   - source: Where it is confirmed.
  /// - Returns: What breaks it.
  /// - Throws: What is wrong with the confirmation.
  public func breaches(confirming id: String, in source: String) throws -> [Breach] {
    guard let claim = book.claims.first(where: { $0.id == id }), claim.reported.last <= day else {
      return []
    }
    let confirmation = try Claim(
      id: "one-more",
      deal: claim.deal,
      source: source,
      reported: .day(day),
      about: id,
      says: .confirm
    )
    let after = try answer(book.adding(confirmation))
    return compare(answer, after) { _, was, now in
      now.worked < was.worked && was.differs(from: now, by: [\.worked])
        ? "a confirmation lowers nothing" : nil
    }.map { Breach(law: $0.law, what: "\(source) confirms \(id)", key: $0.key, values: $0.values) }
  }

  /// What is reported after a day changes nothing that the book answers on that day.
  ///
  /// - Parameter day: The day.
  /// - Returns: What breaks it.
  /// - Throws: What is wrong with the book that is left.
  public func breaches(asOf day: Day) throws -> [Breach] {
    let whole = try BookAnswer(book, day, years, policy: policy)
    let early = try BookAnswer(book.asReported(by: day), day, years, policy: policy)
    return exact(whole, early, "nothing later than the day counts", "as of \(day)")
  }

  /// Other ids, in another order, change nothing.
  ///
  /// - Parameter seed: Where the new names come from.
  /// - Returns: What breaks it.
  /// - Throws: What is wrong with the new names.
  public func breachesUnderOtherNames(seed: UInt64) throws -> [Breach] {
    var generator = SplitMix64(seed: seed)
    var names: [String: String] = [:]
    var originals: [String: String] = [:]
    let rows = [
      (Party.table, book.parties.map(\.id)), (Source.table, book.sources.map(\.id)),
      (Deal.table, book.deals.map(\.id)), (Claim.table, book.claims.map(\.id)),
      (Fact.table, book.facts.map(\.id)), (Assumption.table, book.assumptions.map(\.id)),
    ]
    for (table, ids) in rows {
      for id in ids {
        let new = "r\(generator.next() % 1_000_000)-\(table)-\(names.count)"
        names["\(table) \(id)"] = new
        originals[new] = id
      }
    }
    let other = try answer(book.renamed { names["\($0) \($1)"] ?? $1 })
    let back = other.mapped { originals[$0] ?? $0 }
    return exact(answer, back, "names and order change nothing", "other names")
  }

  /// Parts add up to the whole, in money, grade and range, and every amount lies in its range.
  ///
  /// - Returns: What breaks it.
  /// - Throws: ``ViewError``.
  public func breachesOfParts() throws -> [Breach] {
    var breaches = answer.lines.compactMap { key, line -> Breach? in
      let slack = 1e-9 * max(1, line.worked)
      guard line.low > line.worked + slack || line.worked > line.high + slack else { return nil }
      return Breach(law: "an amount lies in its range", what: "", key: key, values: "\(line)")
    }
    let parts = years.flatMap { year in year.monthPeriods + year.quarters }
    let pieces = try BookAnswer(unfilled: book, day, parts, policy: policy)
    for (key, whole) in answer.lines where key.footing == .spread {
      breaches += self.breaches(key, whole, key.period.monthPeriods, "months", pieces)
      breaches += self.breaches(key, whole, key.period.quarters, "quarters", pieces)
    }
    for (key, part) in pieces.lines {
      let year = years.first { $0.contains(key.period) } ?? key.period
      let whole = BookAnswer.Key(
        footing: .spread,
        period: year,
        payer: key.payer,
        payee: key.payee
      )
      guard answer.lines[whole] == nil, part.worked > 1 else { continue }
      breaches.append(
        Breach(law: "parts add up", what: "no year", key: key, values: "\(part.worked)")
      )
    }
    return breaches.sorted { $0.description < $1.description }
  }

  private func breaches(
    _ key: BookAnswer.Key,
    _ whole: BookAnswer.Line,
    _ periods: [Period],
    _ name: String,
    _ pieces: BookAnswer
  ) -> [Breach] {
    let parts = periods.compactMap { period in
      pieces.lines[
        BookAnswer.Key(footing: .spread, period: period, payer: key.payer, payee: key.payee)
      ]
    }
    func sum(_ value: (BookAnswer.Line) -> Double) -> Double { parts.reduce(0) { $0 + value($1) } }
    let slack = 1e-9 * max(1, whole.worked) + 0.01
    var breaches: [Breach] = []
    func breach(_ law: String, _ values: String) {
      breaches.append(Breach(law: law, what: name, key: key, values: values))
    }
    let worked = sum(\.worked)
    if abs(worked - whole.worked) > slack {
      breach("parts add up", "\(whole.worked) against \(worked)")
    }
    for grade in Grade.allCases {
      let (best, theirs) = (whole.money(upTo: grade), sum { $0.money(upTo: grade) })
      if theirs > best + slack {
        breach("no part is better than its whole", "\(grade): \(best) against \(theirs)")
      }
    }
    let (low, high) = (sum(\.low), sum(\.high))
    if whole.low < low - slack || whole.high > high + slack {
      breach(
        "a whole's range lies within its parts'",
        "\(whole.low) to \(whole.high) against \(low) to \(high)"
      )
    }
    return breaches
  }

  // MARK: Comparing

  private typealias Difference = (law: String, key: BookAnswer.Key, values: String)

  private func compare(
    _ before: BookAnswer,
    _ after: BookAnswer,
    _ judge: (BookAnswer.Key, BookAnswer.Line, BookAnswer.Line) -> String?
  ) -> [Difference] {
    before.lines.compactMap { key, was -> Difference? in
      let now = after.lines[key] ?? .nothing
      guard was.differs(from: now, by: [\.low, \.worked, \.high]) else { return nil }
      return judge(key, was, now).map { ($0, key, "\(was.words) became \(now.words)") }
    }.sorted { $0.key.description < $1.key.description }
  }

  private func exact(
    _ one: BookAnswer,
    _ other: BookAnswer,
    _ law: String,
    _ what: String
  ) -> [Breach] {
    Set(one.lines.keys).union(other.lines.keys).compactMap { key -> Breach? in
      let (left, right) = (one.lines[key] ?? .nothing, other.lines[key] ?? .nothing)
      let same =
        left.hasPoint == right.hasPoint
        && [\BookAnswer.Line.low, \.worked, \.high].allSatisfy { bound in
          let (left, right) = (left[keyPath: bound], right[keyPath: bound])
          return left == right || abs(left - right) <= 1e-9 * max(1, abs(left))
        }
        && left.evidence.count == right.evidence.count
      return same
        ? nil : Breach(law: law, what: what, key: key, values: "\(left.words) or \(right.words)")
    }.sorted { $0.description < $1.description }
  }
}

extension BookAnswer.Line {
  static let nothing = BookAnswer.Line(
    low: 0,
    worked: 0,
    high: 0,
    hasPoint: true,
    evidence: [],
    grades: [:]
  )

  /// Whether one of these values is another by more than a thousandth and a million.
  func differs(from other: BookAnswer.Line, by values: [KeyPath<BookAnswer.Line, Double>]) -> Bool {
    values.contains { value in
      let (mine, others) = (self[keyPath: value], other[keyPath: value])
      guard mine.isFinite, others.isFinite else { return mine != others }
      return abs(mine - others) > max(1e6, 1e-3 * max(mine, others))
    }
  }

  var words: String {
    "\(Int(low / 1e6)) < \(Int(worked / 1e6)) < "
      + (high.isFinite ? "\(Int(high / 1e6))" : "∞") + "m "
      + evidence.sorted().prefix(8).joined(separator: " ")
  }
}

extension Period {
  /// Its months, as periods.
  fileprivate var monthPeriods: [Period] {
    months.compactMap { Period(first: $0.first, last: $0.last) }
  }

  /// Its months, three by three.
  fileprivate var quarters: [Period] {
    let months = monthPeriods
    return stride(from: 0, to: months.count, by: 3).compactMap {
      Period(first: months[$0].first, last: months[min($0 + 2, months.count - 1)].last)
    }
  }
}

extension Claim {
  /// Whether it confirms another, and says nothing of an amount or of when it runs.
  fileprivate var onlyConfirms: Bool {
    says == .confirm && amount == nil && start == nil && end == nil && schedule == nil
  }
}

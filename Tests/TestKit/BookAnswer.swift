public import Claims
public import Networks
public import Reports

/// What a book answers on a day: the money between each two parties, on each footing, in each of some periods.
public struct BookAnswer: Sendable {
  /// Which money.
  public struct Key: Hashable, Sendable, CustomStringConvertible {
    /// The footing.
    public let footing: Footing.Kind
    /// The period, as it was asked for.
    public let period: Period
    /// Who pays.
    public let payer: String
    /// Who is paid.
    public let payee: String

    /// The pair, its footing and its period.
    public var description: String { "\(payer) → \(payee), \(footing.rawValue), \(period)" }
  }

  /// How much, in dollars.
  public struct Line: Sendable {
    /// The least.
    public let low: Double
    /// The number worked with.
    public let worked: Double
    /// The most; infinite where nobody says.
    public let high: Double
    /// Whether it is printed as an amount, and not only as a range.
    public let hasPoint: Bool
    /// The rows that decide.
    public let evidence: Set<String>
    /// The number worked with, by grade.
    public let grades: [Grade: Double]

    /// What is of this grade or better.
    ///
    /// - Parameter grade: The worst that counts.
    /// - Returns: Dollars.
    public func money(upTo grade: Grade) -> Double {
      Grade.allCases.filter { $0 <= grade }.reduce(0) { $0 + (grades[$1] ?? 0) }
    }
  }

  /// The money by what it is.
  public private(set) var lines: [Key: Line] = [:]

  /// Asks a book.
  ///
  /// - Parameters:
  ///   - contents: Its rows.
  ///   - day: The day of the view.
  ///   - periods: The periods of the flows; commitments are those of the day.
  ///   - policy: What enters a network.
  /// - Throws: ``ViewError``.
  public init(
    _ contents: BookContents,
    _ day: Day,
    _ periods: [Period],
    policy: Policy = .reported
  ) throws {
    let view = try View(of: contents, ViewRequest(asOf: day, policy: policy))
    for (index, period) in periods.enumerated() {
      let economy = Economy(view, Question(view: view.request, period: period))
      let flows = [economy.known, economy.estimated, economy.spread, economy.completed]
      for footing in index == 0 ? economy.footings : flows { add(footing, period) }
    }
  }

  /// Asks a book only for what it states and what a rule laid on days.
  ///
  /// - Parameters:
  ///   - contents: Its rows.
  ///   - day: The day of the view.
  ///   - periods: The periods of the flows.
  ///   - policy: What enters a network.
  /// - Throws: ``ViewError``.
  public init(
    unfilled contents: BookContents,
    _ day: Day,
    _ periods: [Period],
    policy: Policy = .reported
  ) throws {
    let view = try View(of: contents, ViewRequest(asOf: day, policy: policy))
    for period in periods {
      let question = Question(view: view.request, period: period, completion: .none)
      add(Economy.footing(question, of: view), period)
    }
  }

  private mutating func add(_ footing: Footing, _ period: Period) {
    let items = Dictionary(grouping: footing.standing.items) { [$0.item.payer, $0.item.payee] }
    for flow in FlowLines(footing).all {
      let key = Key(footing: footing.kind, period: period, payer: flow.payer, payee: flow.payee)
      let same = items[[flow.payer, flow.payee]] ?? []
      lines[key] = Line(
        low: flow.low,
        worked: flow.worked,
        high: flow.high ?? .infinity,
        hasPoint: flow.amount != nil,
        evidence: Set(flow.evidence),
        grades: Dictionary(grouping: same, by: \.item.grade)
          .mapValues { $0.reduce(0) { $0 + footing.unit.whole($1.amount) } }
      )
    }
  }
}

extension BookAnswer {
  /// The same with other names for the parties.
  ///
  /// - Parameter name: The other name of a party.
  /// - Returns: The same money.
  public func mapped(_ name: (String) -> String) -> BookAnswer {
    var other = self
    let renamed = lines.map { key, line in
      (
        Key(
          footing: key.footing,
          period: key.period,
          payer: name(key.payer),
          payee: name(key.payee)
        ), line
      )
    }
    other.lines = Dictionary(uniqueKeysWithValues: renamed)
    return other
  }
}

internal import Claims
internal import Networks

/// What an amount of the book is of, as a line of a report.
public struct SubjectLine: Codable, Sendable {
  /// The deal; `nil` for a fact.
  public let deal: String?
  /// The party that a fact is about.
  public let party: String?
  /// The other side, where a fact has one.
  public let counterparty: String?
  /// What a fact measures.
  public let metric: String?

  init(_ subject: LedgerSubject) {
    switch subject {
    case .deal(let id):
      (deal, party, counterparty, metric) = (id, nil, nil, nil)
    case .fact(let about, let other, let measured):
      (deal, party, counterparty, metric) = (nil, about, other, measured.rawValue)
    }
  }

  /// In words, parties by their names.
  func words(_ name: (String) -> String) -> String {
    if let deal { return "deal \(deal)" }
    let from = counterparty.map { " from \(name($0))" } ?? ""
    return "\(metric ?? "") of \(party.map(name) ?? "")\(from)"
  }
}

/// An amount that enters no sum because the book has no rate for its currency.
public struct UnratedLine: Codable, Sendable {
  /// The claim or fact.
  public let row: String
  /// What it is of.
  public let of: SubjectLine
  /// The least of it, in whole units of its currency.
  public let low: Double?
  /// The most of it.
  public let high: Double?
  /// The currency.
  public let currency: String
  /// The amount as people read it.
  public let amount: String

  init(_ unrated: Unrated) {
    let range = unrated.amount
    let unit = Double(range.currency.minorUnitsPerUnit)
    row = unrated.evidence.id
    of = SubjectLine(unrated.subject)
    low = range.low.map { Double($0) / unit }
    high = range.high.map { Double($0) / unit }
    currency = range.currency.code
    amount = Figures.money(range)
  }
}

/// A stated total and the sum of its stated parts, which cannot both be right.
public struct ContradictionLine: Codable, Sendable {
  /// One side.
  public struct Side: Codable, Sendable {
    /// What it comes to, in dollars.
    public let amount: Double
    /// The least of it.
    public let low: Double
    /// The most of it.
    public let high: Double
    /// The rows that say so.
    public let evidence: [String]

    init(_ side: PeriodContradiction.Side, _ unit: AmountUnit) {
      let whole = unit.whole(side.amount)
      (amount, low, high) = (whole.point, whole.low, whole.high)
      evidence = side.evidence.map(\.id)
    }
  }

  /// What it is of.
  public let of: SubjectLine
  /// The period of the whole.
  public let period: String
  /// The whole.
  public let whole: Side
  /// The parts together.
  public let parts: Side
  /// Which side stands: `whole` or `parts`.
  public let stands: String

  init(_ found: PeriodContradiction, _ unit: AmountUnit) {
    of = SubjectLine(found.subject)
    period = found.period.description
    (whole, parts) = (Side(found.whole, unit), Side(found.parts, unit))
    stands = found.wholeStands ? "whole" : "parts"
  }
}

extension ContradictionLine {
  /// Both sides, as people read them.
  func lines(_ names: PartyNames) -> [String] {
    ["  \(of.words(names.name)), \(period)"]
      + [("whole", whole), ("parts", parts)].map { word, side in
        let role = stands == word ? "stands: " : "against: "
        return "    \(role)\(word) \(Figures.dollars(side.amount))  "
          + "[\(side.evidence.joined(separator: ", "))]"
      }
  }
}

extension EconomyReport {
  /// Amounts that enter no sum, as people read them.
  public func unratedLines(_ names: PartyNames) -> [String] {
    guard !unrated.isEmpty else { return [] }
    var table = TextTable([.left, .right, .left])
    for line in unrated {
      table.add(line.row, line.amount, line.of.words(names.name))
    }
    let currencies = Set(unrated.map(\.currency)).sorted().joined(separator: ", ")
    return [
      "Left out: \(counted(unrated.count, "amount")) in a currency without a rate (\(currencies)); "
        + "none of this is in any figure"
    ] + table.lines()
  }

  /// Totals that their parts contradict, both sides.
  public func contradictionLines(_ names: PartyNames) -> [String] {
    guard !contradictions.isEmpty else { return [] }
    var lines = [
      "Contested: \(counted(contradictions.count, "total")) that the parts do not add up to; the "
        + "ranges hold both"
    ]
    for line in contradictions { lines += line.lines(names) }
    return lines
  }
}

internal import Claims
internal import Networks

/// What an amount of the book is of, as a line of a report.
package struct SubjectLine: Codable, Sendable {
  /// The deal; `nil` for a fact.
  package let deal: String?
  /// The party that a fact is about.
  package let party: String?
  /// The other side, where a fact has one.
  package let counterparty: String?
  /// What a fact measures.
  package let metric: String?

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
package struct UnratedLine: Codable, Sendable {
  /// The claim or fact.
  package let row: String
  /// What it is of.
  package let of: SubjectLine
  /// The least of it, in whole units of its currency.
  package let low: Double?
  /// The most of it.
  package let high: Double?
  /// The currency.
  package let currency: String
  /// The amount as people read it.
  package let amount: String

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
package struct ContradictionLine: Codable, Sendable {
  /// One side.
  package struct Side: Codable, Sendable {
    /// What it comes to, in dollars.
    package let amount: Double
    /// The least of it.
    package let low: Double
    /// The most of it.
    package let high: Double
    /// The rows that say so.
    package let evidence: [String]

    init(_ side: PeriodContradiction.Side, _ unit: AmountUnit) {
      let whole = unit.whole(side.amount)
      (amount, low, high) = (whole.point, whole.low, whole.high)
      evidence = side.evidence.map(\.id)
    }
  }

  /// What it is of.
  package let of: SubjectLine
  /// The period of the whole.
  package let period: String
  /// The whole.
  package let whole: Side
  /// The parts together.
  package let parts: Side
  /// Which side stands: `whole` or `parts`.
  package let stands: String

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
  package func unratedLines(_ names: PartyNames) -> [String] {
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
  package func contradictionLines(_ names: PartyNames) -> [String] {
    guard !contradictions.isEmpty else { return [] }
    var lines = [
      "Contested: \(counted(contradictions.count, "total")) that the parts do not add up to; the "
        + "ranges hold both"
    ]
    for line in contradictions { lines += line.lines(names) }
    return lines
  }
}

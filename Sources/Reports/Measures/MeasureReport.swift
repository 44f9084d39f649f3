/// What one measure finds in a network: an answer that also fits on a line of a table of months.
///
/// Parties go by their ids.
package protocol MeasureReport: Report {
  /// What the cells of ``line`` are called.
  static var headings: [String] { get }
  /// The figures that matter most.
  var line: [String] { get }
  /// What a reader has to know besides, a sentence each.
  var notices: [String] { get }
}

extension MeasureReport {
  /// Nothing, where nothing was left out.
  package var notices: [String] { [] }
}

/// The answer of a measure about one month.
package struct MonthReport<Answer: MeasureReport>: Encodable, Sendable {
  private enum CodingKeys: CodingKey { case month }

  private let month: String
  private let answer: Answer

  /// The answer of `month`.
  package init(_ month: String, _ answer: Answer) { (self.month, self.answer) = (month, answer) }

  /// The answer on a line of a table.
  private var line: [String] { [month] + answer.line }

  /// A table of months, its lines ended.
  package static func text(_ months: [MonthReport]) -> String {
    TextTable.figures(["month"] + Answer.headings, months.map(\.line)).joined(separator: "\n")
      + "\n"
  }

  /// Writes the answer, with its month.
  package func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(month, forKey: .month)
  }
}

/// A party's share of a whole.
package struct PartyShare: Encodable, Sendable {
  /// The party.
  package let id: String
  /// Its share of one.
  package let share: Double
}

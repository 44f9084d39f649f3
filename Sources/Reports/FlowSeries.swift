package import Claims

/// The flows of every month, quarter or year of a period, each with its range, its grades and the rows behind it.
package struct FlowSeries: TabularReport {
  /// What one party pays another in one period.
  package struct Line: Encodable, Sendable {
    /// The period, as `2025 Q1`.
    package let period: String
    /// Its first day.
    package let from: String
    /// Its last day.
    package let until: String
    /// The flow.
    package let flow: FlowLine
  }

  /// The day.
  package let asOf: String
  /// The flows, period by period, the largest first.
  package let flows: [Line]

  /// Lays flows on calendar periods.
  ///
  /// - Parameters:
  ///   - question: What is asked; its period is cut where one of the calendar begins or ends.
  ///   - view: The book, seen as `question` asks.
  ///   - step: How long a period of the calendar is.
  package init(_ question: Question, of view: View, by step: FlowCalendar.Step) {
    asOf = view.request.asOf.description
    flows = FlowCalendar.footings(question, of: view, by: step).flatMap { column, footing in
      FlowLines(footing).all.map { flow in
        Line(
          period: FlowCalendar.name(of: column, step),
          from: column.first.description,
          until: column.last.description,
          flow: flow
        )
      }
    }
  }

  /// The table as CSV.
  package func text(_ names: PartyNames) -> String {
    sheets(names).map { String(decoding: $0.csv, as: UTF8.self) }.joined()
  }

  /// A row a pair and period.
  package func sheets(_ names: PartyNames) -> [Sheet] {
    [
      Sheet(
        "Flows",
        flows,
        [.text("period") { $0.period }, .day("from") { $0.from }, .day("until") { $0.until }]
          + SheetColumn.flow(names).of { $0.flow }
      )
    ]
  }
}

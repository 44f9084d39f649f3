package import Claims
internal import Networks
internal import Tables

/// The flows of a period laid on its months, quarters or years.
package struct FlowCalendar: Report, Codable {
  /// How long each column is.
  package enum Step: String, Codable, Sendable, CaseIterable {
    case month, quarter, year

    fileprivate var monthCount: Int {
      switch self {
      case .month: 1
      case .quarter: 3
      case .year: 12
      }
    }
  }

  /// One pair over time.
  package struct Row: Codable, Sendable {
    /// Who pays, by id.
    package let payer: String
    /// Who is paid, by id.
    package let payee: String
    /// Dollars by column.
    package let amounts: [Double]
    /// Their sum.
    package let total: Double
  }

  /// The day.
  package let asOf: String
  /// The columns.
  package let periods: [String]
  /// The pairs, the largest totals first.
  package let rows: [Row]

  /// Lays flows on calendar columns.
  ///
  /// Flows that are filled in are filled in for each column by itself, from the totals of its days.
  ///
  /// - Parameters:
  ///   - question: What is asked; its period is cut where a column begins or ends.
  ///   - view: The book, seen as `question` asks.
  ///   - step: How long a column is.
  ///   - parties: Only flows to and from these parties or their groups, where there are any.
  package init(
    _ question: Question,
    of view: View,
    by step: Step,
    parties: [String] = []
  ) {
    let columns = Self.columns(of: question.period, step)
    let footings = Self.footings(question, of: view, by: step)
    let wanted = Set(parties + parties.map(view.group))
    var amounts: [[String]: [Double]] = [:]
    for (column, (_, footing)) in footings.enumerated() {
      for line in FlowLines(footing).all {
        let pair = [line.payer, line.payee]
        guard wanted.isEmpty || pair.contains(where: wanted.contains) else { continue }
        amounts[pair, default: [Double](repeating: 0, count: columns.count)][column] = line.worked
      }
    }
    asOf = view.request.asOf.description
    periods = columns.map { Self.name(of: $0, step) }
    rows = amounts.map { pair, amounts in
      Row(payer: pair[0], payee: pair[1], amounts: amounts, total: amounts.reduce(0, +))
    }
    .sorted { ($1.total, $0.payer, $0.payee) < ($0.total, $1.payer, $1.payee) }
  }

  /// The footing of each column by itself.
  static func footings(
    _ question: Question,
    of view: View,
    by step: Step
  ) -> [(column: Period, footing: Footing)] {
    let schedules = Schedules(view, isConsolidated: question.isConsolidated)
    return columns(of: question.period, step).map { column in
      var asked = question
      asked.period = column
      return (column, Economy.footing(asked, of: schedules))
    }
  }

  static func columns(of period: Period, _ step: Step) -> [Period] {
    let starts = period.months.filter { $0.index % step.monthCount == 0 }
    let first = Month(of: period.first)
    return ([first] + starts.filter { $0 > first }).compactMap { month in
      let next = Month(index: (month.index / step.monthCount + 1) * step.monthCount)
      return Period(first: month.first, last: next.first.advanced(by: -1))?.intersection(period)
    }
  }

  /// `2025 Q1` for a whole quarter; else the days.
  static func name(of column: Period, _ step: Step) -> String {
    let month = Month(of: column.first).index
    let last = Month(index: month + 2).last
    let isQuarter = step == .quarter && month % 3 == 0 && column.last == last
    guard isQuarter, column.first == Month(index: month).first else { return column.description }
    return "\(month / 12) Q\(month % 12 / 3 + 1)"
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var table = TextTable([.left] + periods.map { _ in .right } + [.right])
    table.add(cells: [""] + periods + ["total"])
    for row in rows {
      let cells = row.amounts.map { $0 > 0 ? Figures.dollars($0) : "" }
      table.add(
        cells: ["\(names(row.payer)) → \(names(row.payee))"] + cells
          + [Figures.dollars(row.total)]
      )
    }
    return (["Flows as of \(asOf): \(rows.count) pairs"] + table.lines()).legibleText
      + "\n"
  }
}

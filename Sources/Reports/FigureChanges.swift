package import Claims
internal import Networks
internal import Tables

/// Which figures of one period are others on a later day, or in a later state of the book, and by which rows.
package struct FigureChanges: Codable, Sendable {
  /// How much goes round on one footing, before and after.
  package struct Line: Codable, Sendable {
    /// What is counted.
    package let footing: Footing.Kind
    /// Dollars between inside parties before.
    package let totalBefore: FootingLine.Range
    /// The same after.
    package let totalAfter: FootingLine.Range
    /// The closed-loop share before.
    package let shareBefore: FootingLine.Range
    /// The same after.
    package let shareAfter: FootingLine.Range
  }

  /// What one pays another, before and after.
  package struct Flow: Codable, Sendable {
    /// Who pays, by id.
    package let payer: String
    /// Who is paid, by id.
    package let payee: String
    /// Before; `nil` where nothing was known to run.
    @Nullable package private(set) var before: FlowLine?
    /// After.
    @Nullable package private(set) var after: FlowLine?
    /// The rows that decide one of them and not the other, by id.
    package let rows: [String]
  }

  /// What the flows are of.
  package let period: String
  /// The footings on which a printed figure changed.
  package let footings: [Line]
  /// The flows that changed as printed, the largest changes first.
  package let flows: [Flow]

  /// Compares two economies that were asked the same of one period.
  package init(from earlier: Economy, to later: Economy) {
    period = later.asked.period
    let lines = zip(earlier.plainLines, later.plainLines)
    footings = lines.map {
      Line(
        footing: $1.footing,
        totalBefore: $0.totalRange,
        totalAfter: $1.totalRange,
        shareBefore: $0.shareRange,
        shareAfter: $1.shareRange
      )
    }.filter { $0.cells.before != $0.cells.after }
    let (old, new) = (FlowLines(earlier.asked), FlowLines(later.asked))
    let pairs = Set((old.all + new.all).map { [$0.payer, $0.payee] })
    flows = pairs.compactMap { pair -> Flow? in
      let (before, after) = (old[pair[0], pair[1]], new[pair[0], pair[1]])
      guard before?.printed != after?.printed else { return nil }
      let rows = Set(before?.evidence ?? []).symmetricDifference(after?.evidence ?? [])
      return Flow(
        payer: pair[0],
        payee: pair[1],
        before: before,
        after: after,
        rows: rows.sorted()
      )
    }.sorted { ($1.size, $0.payer, $0.payee) < ($0.size, $1.payer, $1.payee) }
  }

  /// The lines for a person.
  func lines(_ names: PartyNames) -> [String] {
    guard !footings.isEmpty || !flows.isEmpty else {
      return ["", "No figure of \(period) is another."]
    }
    var table = TextTable([.left, .right, .left])
    for line in footings {
      table.add(line.footing.rawValue, line.cells.before, "→ \(line.cells.after)")
    }
    var lines =
      ["", "What it did to the figures of \(period): paid inside, cents on loops"] + table.lines()
    guard !flows.isEmpty else { return lines }
    var changed = TextTable([.left, .right, .left])
    for flow in flows.prefix(20) {
      let rows = flow.rows.prefix(6).joined(separator: " ")
      changed.add(
        "\(names(flow.payer)) → \(names(flow.payee))",
        flow.before?.printed ?? "nothing",
        "→ \(flow.after?.printed ?? "nothing")  [\(rows)]"
      )
    }
    lines += ["", "Flows that changed: \(flows.count)"] + changed.lines()
    return flows.count > 20 ? lines + ["  and \(flows.count - 20) more"] : lines
  }
}

extension FigureChanges.Line {
  /// Its figures as printed.
  fileprivate var cells: (before: String, after: String) {
    func cell(_ total: FootingLine.Range, _ share: FootingLine.Range) -> String {
      "\(Figures.dollars(total.low, total.high)), \(Figures.cents(share.low, share.high)) ct"
    }
    return (cell(totalBefore, shareBefore), cell(totalAfter, shareAfter))
  }
}

extension FigureChanges.Flow {
  /// How much it changed by, in dollars.
  fileprivate var size: Double { ((after?.worked ?? 0) - (before?.worked ?? 0)).magnitude }
}

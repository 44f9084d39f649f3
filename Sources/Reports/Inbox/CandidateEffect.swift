package import Claims

/// What accepting a candidate would change in the report.
package struct CandidateEffect: Encodable, Sendable {
  /// How much goes round on one footing, before and after.
  package struct Footing: Encodable, Sendable {
    /// What is counted.
    package let footing: String
    /// Dollars between inside parties before.
    package let insideBefore: Double
    /// The same after.
    package let insideAfter: Double
    /// The closed-loop share before.
    package let shareBefore: Double
    /// The same after.
    package let shareAfter: Double
  }

  /// The rows that would enter, by table and id.
  package let rows: [String]
  /// Each footing before and after.
  package let footings: [Footing]
  /// What is missing before it can be accepted.
  package let missing: String?

  /// A candidate that cannot be accepted yet, and why.
  package init(missing: String) { (rows, footings, self.missing) = ([], [], missing) }

  /// Asks the report before and after, as of the later day of the two.
  ///
  /// - Parameters:
  ///   - contents: The book.
  ///   - new: The rows that would enter.
  /// - Throws: ``AcceptanceProblem`` where they do not fit the book.
  package init(before contents: BookContents, adding new: [any Record]) throws {
    rows = new.map { "\(type(of: $0).table) \($0.id)" }
    missing = nil
    let changed = try Self.adding(new, to: contents)
    let day = max(contents.lastReport, changed.lastReport)
    let (old, later) = (try Self.report(contents, day), try Self.report(changed, day))
    footings = zip(old.footings, later.footings).map { was, now in
      Footing(
        footing: was.footing.rawValue,
        insideBefore: was.total,
        insideAfter: now.total,
        shareBefore: was.share,
        shareAfter: now.share
      )
    }
  }

  /// What rows that the book has have changed.
  ///
  /// - Parameters:
  ///   - added: The rows, by table and id.
  ///   - contents: The book; `nil` where the rows no longer count, or others rest on them.
  /// - Throws: `MeasureError` where a measure cannot be taken.
  package init?(of added: Set<String>, in contents: BookContents) throws {
    func without<Row: Record>(_ rows: [Row]) -> [Row] {
      rows.filter { !added.contains("\(Row.table) \($0.id)") }
    }
    func with<Row: Record>(_ rows: [Row]) -> [any Record] {
      rows.filter { added.contains("\(Row.table) \($0.id)") }
    }
    let new =
      with(contents.parties) + with(contents.sources) + with(contents.deals)
      + with(contents.claims) + with(contents.facts)
    let before = try? BookContents(
      parties: without(contents.parties),
      sources: without(contents.sources),
      deals: without(contents.deals),
      claims: without(contents.claims),
      facts: without(contents.facts),
      assumptions: contents.assumptions
    )
    guard let before, !new.isEmpty else { return nil }
    try self.init(before: before, adding: new)
  }

  private static func adding(_ rows: [any Record], to contents: BookContents) throws -> BookContents
  {
    func new<Row: Record>(_: Row.Type) -> [Row] { rows.compactMap { $0 as? Row } }
    do throws(BookContents.ReferenceFault) {
      return try BookContents(
        parties: contents.parties + new(Party.self),
        sources: contents.sources + new(Source.self),
        deals: contents.deals + new(Deal.self),
        claims: contents.claims + new(Claim.self),
        facts: contents.facts + new(Fact.self),
        assumptions: contents.assumptions
      )
    } catch {
      throw AcceptanceProblem(
        reason:
          "\(error.table) \(error.id), \(error.fault.column): \(error.fault.reason); \(error.fault.advice)"
      )
    }
  }

  private static func report(_ contents: BookContents, _ day: Day) throws -> EconomyReport {
    let view = try View(of: contents, ViewRequest(asOf: day, toldBy: [], policy: .reported))
    return try EconomyReport(
      Economy(view, Question(view: view.request, samples: 1)),
      book: (name: "", head: "", version: "")
    )
  }

  /// What changes, a line for each figure.
  package var changes: [String] {
    let changes = footings.filter {
      $0.insideBefore != $0.insideAfter || $0.shareBefore != $0.shareAfter
    }.map { footing in
      "\(footing.footing): \(Figures.dollars(footing.insideBefore)) → \(Figures.dollars(footing.insideAfter)) inside, "
        + "\(Figures.percent(footing.shareBefore)) → \(Figures.percent(footing.shareAfter)) of it in loops"
    }
    return changes.isEmpty ? ["no figure of the report changes"] : changes
  }

  /// What would change, in words.
  package var text: String {
    if let missing { return "It cannot be accepted yet: \(missing)" }
    return "Accepting adds \(rows.joined(separator: ", ")).\n  " + changes.joined(separator: "\n  ")
  }
}

/// Rows that do not fit the book.
package struct AcceptanceProblem: Error, CustomStringConvertible {
  /// What is wrong, and what to do.
  package let reason: String

  /// One sentence for a person.
  package var description: String { reason }
}

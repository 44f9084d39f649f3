internal import Claims
internal import Tables

/// What filings would add to a book, as candidates of its inbox.
package enum FilingCells {
  /// The candidates: what the book has not, what was restated, and what contradicts it, for somebody to judge.
  ///
  /// The same filings and the same book give the same candidates, so that putting them in twice adds nothing.
  ///
  /// - Parameters:
  ///   - comparison: The filings beside the book.
  ///   - company: What the filings say.
  /// - Returns: Named cells, as ``Acceptance`` takes them; nothing for a figure that a row could not hold.
  package static func cells(
    of comparison: FilingComparison,
    _ company: CompanyFilings
  ) -> [[String: String]] {
    comparison.lines.filter { $0.verdict != .confirms && holds($0) }
      .map { cells($0, comparison, company) }
  }

  /// Whether a row can hold a figure: below zero only where that makes sense.
  package static func holds(_ line: FilingComparison.Line) -> Bool {
    (line.metric.allowsNegative || !line.value.isNegative) && line.filing?.filed != nil
  }

  private static func cells(
    _ line: FilingComparison.Line,
    _ comparison: FilingComparison,
    _ company: CompanyFilings
  ) -> [String: String] {
    var cells = source(line, company)
    cells["table"] = "facts"
    cells["party"] = comparison.party
    if !comparison.isKnown {
      cells["party_name"] = company.name
      cells["party_identifiers"] = "cik:\(CIK.text(company.cik))"
    }
    cells["counterparty"] = line.counterparty
    if let share = line.share { cells["counterparty_name"] = "\(company.name): \(share.customer)" }
    cells["metric"] = line.metric.rawValue
    cells["low"] = line.value.description
    cells["high"] = line.value.description
    cells["unit"] = line.share == nil ? line.figure?.unit : "percent"
    cells["start"] = line.period?.first.description
    cells["end"] = line.period?.last.description
    cells["teller"] = comparison.party
    if line.verdict == .restates, let fact = line.known.first?.fact {
      cells["about"] = fact.id
      cells["says"] = "supersedes"
    }
    return cells.filter { !$0.value.isEmpty }
  }

  private static func source(
    _ line: FilingComparison.Line,
    _ company: CompanyFilings
  ) -> [String: String] {
    let filing = line.filing
    let place = line.figure?.standing.place ?? line.share?.figure.place
    let filed = filing?.filed?.description ?? ""
    return [
      "publisher": "SEC EDGAR",
      "published": filed,
      "reported": filed,
      "title": "\(company.name): \(filing.map(CompanyFilings.title) ?? "")",
      "url": filing.map { company.address($0) } ?? "",
      "document": filing?.file ?? "",
      "source_kind": "filing",
      "quote": place.map { "\($0.before) \($0.words) \($0.after)".trimmingBlanks } ?? quote(line),
      "span": place.map { "\($0.start)-\($0.end)" } ?? "",
      "because": because(line),
    ]
  }

  private static func quote(_ line: FilingComparison.Line) -> String {
    guard let figure = line.figure else { return "" }
    return "\(figure.concept) \(figure.value) \(figure.unit) \(figure.period)"
  }

  /// The tag, and how a figure that nobody filed was worked out.
  private static func because(_ line: FilingComparison.Line) -> String {
    guard let figure = line.figure else {
      return "the tag \(line.share?.figure.concept.description ?? ""), a share of revenue"
    }
    guard let derivation = figure.derivation else { return "the tag \(figure.concept)" }
    return
      "the tag \(figure.concept), derived: \(derivation.words), \(derivation.whole) less \(derivation.part)"
  }
}

internal import Claims
internal import Tables

/// A candidate as named cells, as an inbox keeps it.
///
/// The cells have the names of the columns of a book where they mean the same, so that a correction is written as a
/// cell is.
package enum CandidateCells {
  /// The document that a candidate was read from.
  package struct Document: Sendable {
    /// The name of its file.
    package let name: String
    /// Its title; empty where it has none.
    package let title: String
    /// Its address; empty where it has none.
    package let url: String
    /// The text that was read.
    package let text: [UInt8]

    /// A document that was read.
    ///
    /// - Parameters:
    ///   - name: The name of its file.
    ///   - title: Its title; by default its first line.
    ///   - url: Its address.
    ///   - text: The text that was read.
    package init(name: String, title: String? = nil, url: String = "", text: [UInt8]) {
      let first = text.drop { $0 <= 0x20 }.prefix { $0 != 0x0A }.prefix(120)
      self.name = name
      self.title = title ?? String(decoding: first, as: UTF8.self)
      self.url = url
      self.text = text
    }
  }

  /// The cells of every candidate of a reading, claims before facts.
  ///
  /// - Parameters:
  ///   - reading: What was read.
  ///   - document: Where.
  /// - Returns: A list of named cells for each; a cell that would be empty is left out.
  package static func cells(
    of reading: DocumentReading,
    from document: Document
  ) -> [[String: String]] {
    let claims = reading.claims.map { claim(claim: $0, reading, document) }
    return claims + reading.facts.map { fact(fact: $0, reading, document) }
  }

  private static func claim(
    claim: ClaimCandidate,
    _ reading: DocumentReading,
    _ document: Document
  ) -> [String: String] {
    var cells = common(reading, document, claim.span, claim.because)
    cells["table"] = "claims"
    cells["payer"] = claim.payer
    cells["payee"] = claim.payee
    cells["kind"] = claim.kind
    cells["status"] = claim.status
    cells["level"] = claim.level
    cells["low"] = claim.low?.value.description
    cells["high"] = claim.high?.value.description
    cells["currency"] = claim.currency
    cells["unit"] = claim.unit
    cells["per"] = claim.per
    cells["start"] = claim.start
    cells["end"] = claim.end
    cells["term_months"] = claim.termMonths.map(String.init)
    cells["teller"] = claim.teller
    cells["says"] = claim.says?.rawValue
    cells["from_payer"] = claim.fromPayer
    cells["deal"] = claim.deal
    cells["about"] = claim.about
    let published = reading.published.flatMap { PartialDate($0) }?.last
    let terms = ClaimTerms(document.text, around: claim.span, published: published)
    cells["signed"] = terms.signed?.description
    cells["condition"] = terms.condition?.rawValue
    cells["pen"] = terms.pen?.rawValue
    name(claim.payer, "payer_name", reading, &cells)
    name(claim.payee, "payee_name", reading, &cells)
    return cells
  }

  private static func fact(
    fact: FactCandidate,
    _ reading: DocumentReading,
    _ document: Document
  ) -> [String: String] {
    var cells = common(reading, document, fact.span, fact.because)
    cells["table"] = "facts"
    cells["party"] = fact.party
    cells["counterparty"] = fact.counterparty
    cells["metric"] = fact.metric
    cells["low"] = fact.low?.value.description
    cells["high"] = fact.high?.value.description
    cells["unit"] = fact.unit
    cells["start"] = fact.start
    cells["end"] = fact.end
    cells["teller"] = fact.teller
    name(fact.party, "party_name", reading, &cells)
    if let other = fact.counterparty { name(other, "counterparty_name", reading, &cells) }
    return cells
  }

  private static func name(
    _ party: String,
    _ cell: String,
    _ reading: DocumentReading,
    _ cells: inout [String: String]
  ) {
    cells[cell] = reading.parties[party]?.max { $0.utf8.count < $1.utf8.count }
  }

  private static func common(
    _ reading: DocumentReading,
    _ document: Document,
    _ span: Span,
    _ because: String
  ) -> [String: String] {
    var cells = [
      "quote": span.text,
      "span": "\(span.start)-\(span.end)",
      "because": because,
      "document": document.name,
      "source_kind": reading.sourceKind,
      "before": around(document.text, max(0, span.start - 200), span.start, cutsStart: true),
      "after": around(
        document.text,
        span.end,
        min(document.text.count, span.end + 200),
        cutsStart: false
      ),
    ]
    cells["publisher"] = reading.publisher
    cells["published"] = reading.published
    if !document.title.isEmpty { cells["title"] = document.title }
    if !document.url.isEmpty { cells["url"] = document.url }
    return cells.filter { !$0.value.isEmpty }
  }

  /// The words beside a span, cut at a blank.
  private static func around(
    _ text: [UInt8],
    _ start: Int,
    _ end: Int,
    cutsStart: Bool
  ) -> String {
    var part = text[start..<end]
    if cutsStart, start > 0 { part = part.drop { $0 > 0x20 } }
    if !cutsStart, end < text.count {
      part = part.dropLast(part.reversed().prefix { $0 > 0x20 }.count)
    }
    return String(decoding: part, as: UTF8.self)
  }
}

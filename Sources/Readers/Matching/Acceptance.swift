package import Claims
internal import Tables

/// Why a candidate cannot enter a book as it is.
package struct AcceptanceError: Error, Equatable, CustomStringConvertible {
  /// The cell that is missing or wrong.
  package let cell: String
  /// What is wrong with it, and what to do.
  package let reason: String

  /// One sentence for a person.
  package var description: String { "\(cell): \(reason)" }
}

/// The rows that a candidate becomes in a book: its source, its parties, its deal where they are new, and the claim or
/// the fact itself.
package struct Acceptance: Sendable {
  /// Where the claim belongs.
  package enum Target: Sendable, Equatable {
    /// To the deal that the candidate names, else to a new one.
    case found
    /// To this deal.
    case deal(String)
    /// To a new deal, whatever the candidate names.
    case new
  }

  private let cells: [String: String]
  private let number: Int
  private let contents: BookContents
  private let target: Target
  private let readOn: Day

  /// A candidate on its way into a book.
  ///
  /// - Parameters:
  ///   - cells: Its cells, corrections among them.
  ///   - number: Its number in the inbox.
  ///   - contents: The rows that count.
  ///   - target: Where the claim belongs.
  ///   - readOn: The day somebody accepts it.
  package init(
    _ cells: [String: String],
    number: Int,
    into contents: BookContents,
    target: Target = .found,
    readOn: Day
  ) {
    (self.cells, self.number, self.contents) = (cells, number, contents)
    (self.target, self.readOn) = (target, readOn)
  }

  /// The rows, what others refer to first.
  ///
  /// - Returns: At most one source, two parties, a deal, and a claim or a fact.
  /// - Throws: ``AcceptanceError`` for the first cell that a row could not have.
  package func rows() throws(AcceptanceError) -> [any Record] {
    let source = try source()
    return cells["table"] == "facts" ? try fact(source) : try claim(source)
  }

  private func row<Row: Record>(_: Row.Type, _ cells: [String: String]) throws(AcceptanceError)
    -> Row
  {
    do throws(FieldFault) {
      return try Row(Fields(cells))
    } catch {
      throw AcceptanceError(cell: error.column, reason: "\(error.reason); \(error.advice)")
    }
  }

  private func needed(_ cell: String, _ advice: String) throws(AcceptanceError) -> String {
    guard let text = cells[cell], !text.isEmpty else {
      throw AcceptanceError(cell: cell, reason: "nobody said; \(advice)")
    }
    return text
  }

  // MARK: What it refers to

  private func source() throws(AcceptanceError) -> (id: String, new: Source?) {
    if let id = cells["source"] { return (id, nil) }
    let publisher = try needed("publisher", "give it as --set publisher=NAME")
    let published = try needed("published", "give it as --set published=YYYY-MM-DD")
    let title = cells["title"] ?? cells["document"] ?? publisher
    let same = contents.sources.first {
      $0.publisher == publisher && $0.title == title && $0.published?.description == published
    }
    if let same { return (same.id, nil) }
    let id = free(Names.id("\(publisher) \(published)"), contents.sources.map(\.id))
    let source = try row(
      Source.self,
      [
        "id": id, "publisher": publisher, "title": title, "published": published,
        "url": cells["url"] ?? "", "kind": cells["source_kind"] ?? "news",
        "seen_as": cells["document"] ?? "",
      ]
    )
    return (id, source)
  }

  private func free(_ id: String, _ taken: [String]) -> String {
    Names.free(String(id.prefix(58)), taken)
  }

  private var inside: Set<String> {
    Set((cells["inside"] ?? "").split(separator: ",").map(String.init))
  }

  private func party(
    _ id: String,
    name: String?,
    identifiers: String? = nil
  ) throws(AcceptanceError) -> Party? {
    guard !contents.parties.contains(where: { $0.id == id }) else { return nil }
    let isMarket = id.hasSuffix("markets") || id.hasSuffix("investors") || id == "lenders"
    return try row(
      Party.self,
      [
        "id": id, "name": name ?? id, "kind": isMarket ? "market" : "company",
        "inside": inside.contains(id) ? "yes" : "no", "identifiers": identifiers ?? "",
      ]
    )
  }

  // MARK: Claims

  private func claim(_ source: (id: String, new: Source?)) throws(AcceptanceError) -> [any Record] {
    let isMove = cells["says"] == "novates" && cells["from_payer"] != nil
    let payer = isMove ? cells["from_payer"] ?? "" : cells["payer"] ?? ""
    let payee = cells["payee"] ?? ""
    let deal = try deal(payer, payee)
    var parties: [Party] = []
    for (id, name) in [(cells["payer"] ?? "", "payer_name"), (payee, "payee_name"), (payer, "")] {
      guard !parties.contains(where: { $0.id == id }) else { continue }
      if let party = try party(id, name: cells[name]) { parties.append(party) }
    }
    var rows: [any Record] = [source.new].compactMap(\.self)
    rows += parties as [any Record]
    rows += [deal.new].compactMap(\.self) as [any Record]
    rows.append(try row(Claim.self, claimCells(deal.id, source.id, isMove: isMove)))
    return rows
  }

  private func deal(_ payer: String, _ payee: String) throws(AcceptanceError) -> (
    id: String, new: Deal?
  ) {
    switch target {
    case .deal(let id):
      guard contents.deals.contains(where: { $0.id == id }) else {
        throw AcceptanceError(
          cell: "deal",
          reason: "the book has no deal \(id); list them with ouro deals"
        )
      }
      return (id, nil)
    case .found:
      if let id = cells["deal"] { return (id, nil) }
    case .new: break
    }
    let kind = cells["kind"] ?? ""
    let id = free("\(payer)-\(payee)-\(kind)", contents.deals.map(\.id))
    let measured = ["GW", "MW", "GPUs", "shares"].contains(cells["unit"] ?? "")
    let deal = try row(
      Deal.self,
      [
        "id": id, "payer": payer, "payee": payee, "kind": kind,
        "title": cells["deal_title"] ?? "\(kind) read from \(cells["document"] ?? "a document")",
        "capacity": measured ? cells["high"] ?? cells["low"] ?? "" : "",
        "capacity_unit": measured ? cells["unit"] ?? "" : "",
      ]
    )
    return (id, deal)
  }

  private func claimCells(_ deal: String, _ source: String, isMove: Bool) -> [String: String] {
    let amounts = amounts()
    let about = target == .new ? nil : standing(deal)
    let says = about == nil ? nil : Self.relations[cells["says"] ?? ""]
    let level = level(amounts)
    return [
      "id": free("\(source).\(number)", contents.claims.map(\.id)), "deal": deal, "source": source,
      "teller": cells["teller"] ?? "", "reported": cells["reported"] ?? cells["published"] ?? "",
      "status": cells["status"] ?? "", "level": level, "low": amounts?.low ?? "",
      "high": amounts?.high ?? "",
      "currency": amounts == nil ? "" : cells["currency"] ?? "", "start": cells["start"] ?? "",
      "end": cells["end"] ?? (level == "paid" ? cells["start"] ?? "" : ""),
      "about": says == nil ? "" : about ?? "", "says": says ?? "",
      "new_payer": isMove ? cells["payer"] ?? "" : "", "quote": cells["quote"] ?? "",
      "note": note(amounts),
      "confidence": cells["confidence"] ?? "", "signed": cells["signed"] ?? "",
      "condition": cells["condition"] ?? "", "pen": cells["pen"] ?? "",
    ]
  }

  /// The claim it speaks of: the one that it names, where that is on the deal.
  private func standing(_ deal: String) -> String? {
    let claims = contents.claims.filter { $0.deal == deal }
    return claims.first { $0.id == cells["about"] }?.id ?? claims.last?.id
  }

  private static let relations = [
    "confirms": "confirm", "denies": "deny", "amends": "amend", "supersedes": "supersede",
    "novates": "novate",
  ]

  /// What is paid needs its period; where nobody told it, the amount binds.
  private func level(_ amounts: (low: String, high: String)?) -> String {
    guard amounts != nil else { return "" }
    let level = cells["level"] ?? "headline"
    return level == "paid" && cells["start"] == nil ? "binding" : level
  }

  /// The amount in money over the whole term; `nil` where there is none, or the term of a yearly one is not told.
  private func amounts() -> (low: String, high: String)? {
    guard cells["currency"] != nil, cells["low"] != nil || cells["high"] != nil else { return nil }
    guard let per = cells["per"] else { return (cells["low"] ?? "", cells["high"] ?? "") }
    guard let months = cells["term_months"].flatMap(Int64.init),
      let factor = Self.periods(months, per)
    else { return nil }
    return (times(cells["low"], factor), times(cells["high"], factor))
  }

  private static func periods(_ months: Int64, _ per: String) -> Int64? {
    switch per {
    case "year": months % 12 == 0 ? months / 12 : nil
    case "month": months
    case "quarter": months % 3 == 0 ? months / 3 : nil
    default: nil
    }
  }

  private func times(_ text: String?, _ factor: Int64) -> String {
    guard let text, let value = StrictDecimal(text) else { return "" }
    let (product, overflow) = value.mantissa.multipliedReportingOverflow(by: factor)
    guard !overflow, let whole = StrictDecimal(product).shifted(by: -value.scale) else { return "" }
    return whole.description
  }

  // MARK: Facts

  private func fact(_ source: (id: String, new: Source?)) throws(AcceptanceError) -> [any Record] {
    var (party, other) = (cells["party"] ?? "", cells["counterparty"])
    // In a book a stake is told of the firm, and who holds it stands beside.
    if cells["metric"] == "stake", let held = other { (party, other) = (held, party) }
    var parties: [any Record] = []
    if let new = try self.party(
      cells["party"] ?? "",
      name: cells["party_name"],
      identifiers: cells["party_identifiers"]
    ) {
      parties.append(new)
    }
    if let id = cells["counterparty"],
      let new = try self.party(id, name: cells["counterparty_name"])
    {
      parties.append(new)
    }
    let corrected = contents.facts.first { $0.id == cells["about"] }
    let relation = Self.relations[cells["says"] ?? ""].flatMap { Fact.Relation(rawValue: $0) }
    let says = corrected == nil ? "" : relation?.rawValue ?? ""
    let fact = try row(
      Fact.self,
      [
        "id": free("\(source.id).\(number)", contents.facts.map(\.id)), "party": party,
        "counterparty": other ?? "",
        "metric": cells["metric"] == "customer-share" ? "revenue-share" : cells["metric"] ?? "",
        "low": cells["low"] ?? "", "high": cells["high"] ?? "", "unit": cells["unit"] ?? "",
        "start": cells["start"] ?? "", "end": cells["end"] ?? "", "source": source.id,
        "teller": cells["teller"] ?? "", "reported": cells["reported"] ?? cells["published"] ?? "",
        "about": says.isEmpty ? "" : corrected?.id ?? "", "says": says,
        "quote": cells["quote"] ?? "", "note": note(("", "")),
        "confidence": cells["confidence"] ?? "",
      ]
    )
    return [source.new].compactMap(\.self) as [any Record] + parties + [fact]
  }

  /// Where it was read, when, and what of it no column holds.
  private func note(_ amounts: (low: String, high: String)?) -> String {
    let place =
      "Read on \(readOn) in \(cells["document"] ?? "a document"), bytes \(cells["span"] ?? "?"), by \(cells["because"] ?? "hand")."
    guard amounts == nil, let amount = cells["high"] ?? cells["low"], let unit = cells["unit"]
    else { return place }
    return place + " Amount told: \(amount) \(unit)" + (cells["per"].map { " a \($0)" } ?? "") + "."
  }
}

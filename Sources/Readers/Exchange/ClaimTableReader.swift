package import Claims
internal import Tables

/// Rows of a table that a map has named, as rows of a book.
///
/// Parties are known again by the names the book has for them; a deal is one that joins the same two for the same under the
/// same title; every row is a claim, its id made of the source and its line, so that the same table adds nothing twice.
package struct ClaimTableReader {
  /// A row of a table: cells by the names of a map, and its line.
  package typealias Row = (line: Int, cells: [String: String])

  private let rows: [Row]
  private let origin: ExchangeOrigin
  private let contents: BookContents
  private var parties: [String: String] = [:]
  private var ids: [String]
  private var deals: [String: String] = [:]
  private var dealIDs: Set<String>
  private var sources: [String: String] = [:]
  private var reading = ExchangeReading()

  /// A table on its way into a book.
  ///
  /// - Parameters:
  ///   - rows: Its rows, amounts and days as books write them.
  ///   - origin: Where it is from.
  ///   - contents: The rows that the book has.
  package init(_ rows: [Row], from origin: ExchangeOrigin, into contents: BookContents) {
    (self.rows, self.origin, self.contents) = (rows, origin, contents)
    ids = contents.parties.map(\.id)
    dealIDs = Set(contents.deals.map(\.id))
    for party in BookMatch(contents).parties.reversed() {
      for name in party.names + [party.id] { parties[name.lowercased()] = party.id }
    }
    for deal in contents.deals.reversed() {
      deals[Self.key(deal.payer, deal.payee, deal.kind.rawValue, deal.title)] = deal.id
    }
    for source in contents.sources.reversed() {
      sources[Self.key(source.publisher, source.title, source.published?.description ?? "", "")] =
        source.id
    }
  }

  private static func key(_ parts: String...) -> String { parts.joined(separator: "\u{1F}") }

  /// The rows of the book, and what became none.
  ///
  /// - Returns: What was read.
  /// - Throws: ``ExchangeError``; ``ExchangeError/badRows(_:)`` for all faults at once.
  package mutating func read() throws(ExchangeError) -> ExchangeReading {
    for row in rows { add(row) }
    guard reading.faults.isEmpty else { throw .badRows(reading.faults) }
    guard !reading.rows.isEmpty else { throw .nothing(leftOut: reading.leftOut.count) }
    return reading
  }

  private mutating func add(_ row: Row) {
    let place = "line \(row.line)"
    guard let payer = row.cells["payer"], let payee = row.cells["payee"] else {
      let isNobody = row.cells["payer"] == nil && row.cells["payee"] == nil
      return reading.leaveOut(place, isNobody ? "it names nobody" : "it names one side only")
    }
    let source = source(row, place)
    let sides = (party(payer, place), party(payee, place))
    let deal = deal(row, sides, place)
    var cells = row.cells
    for name in ["payer", "payee", "kind", "title", "amount", "publisher", "published", "url"] {
      cells[name] = nil
    }
    cells["id"] = "\(source.prefix(54)).\(row.line)"
    (cells["deal"], cells["source"]) = (deal, source)
    if let amount = row.cells["amount"] { (cells["low"], cells["high"]) = (amount, amount) }
    cells["reported"] =
      cells["reported"] ?? row.cells["published"]
      ?? origin.day(of: cells["id"] ?? "", in: contents)
    if cells["low"] == nil, cells["high"] == nil { cells["level"] = nil }
    reading.add(Claim.self, cells, from: place)
  }

  private mutating func party(_ name: String, _ place: String) -> String {
    if let id = parties[name.lowercased()] { return id }
    let id = Names.free(String(ExchangeCast.stem(name).prefix(58)), ids)
    ids.append(id)
    parties[name.lowercased()] = id
    reading.add(
      Party.self,
      ["id": id, "name": name, "kind": "company", "inside": "no"],
      from: place
    )
    return id
  }

  private mutating func source(_ row: Row, _ place: String) -> String {
    let publisher = row.cells["publisher"] ?? origin.publisher
    let title = row.cells["source_title"] ?? origin.file
    let published = row.cells["published"] ?? ""
    let key = Self.key(publisher, title, published, "")
    if let id = sources[key] { return id }
    let stem = ExchangeCast.rowID(
      "table-" + ExchangeCast.stem("\(publisher) \(title) \(published)")
    )
    let id = Names.free(String(stem.prefix(48)), Array(sources.values))
    sources[key] = id
    reading.add(
      Source.self,
      [
        "id": id, "publisher": publisher, "title": title, "published": published,
        "url": row.cells["url"] ?? "", "kind": row.cells["source_kind"] ?? "data",
        "seen_as": origin.file,
      ],
      from: place
    )
    return id
  }

  private mutating func deal(
    _ row: Row,
    _ sides: (payer: String, payee: String),
    _ place: String
  ) -> String {
    let kind = row.cells["kind"] ?? ""
    let title = row.cells["title"] ?? "\(kind), by \(origin.file)"
    let key = Self.key(sides.payer, sides.payee, kind, title)
    if let id = deals[key] { return id }
    let stem = String("\(sides.payer)-\(sides.payee)-\(kind)".prefix(56))
    var (id, number) = (stem, 2)
    while !dealIDs.insert(id).inserted { (id, number) = ("\(stem)-\(number)", number + 1) }
    deals[key] = id
    reading.add(
      Deal.self,
      ["id": id, "payer": sides.payer, "payee": sides.payee, "kind": kind, "title": title],
      from: place
    )
    return id
  }
}

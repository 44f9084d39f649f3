package import Claims
internal import Tables

/// The rows of a book as entities of FollowTheMoney.
///
/// Parties are companies, public bodies, persons or legal entities; a source is an article; a deal is a contract with the
/// award, the ownership, the debt or the link that joins its two sides; a claim is a payment; a fact is an ownership
/// (stakes), a link (where it has another side) or a note; an assumption is a note. A payment has an amount only where
/// a single figure was stated, so that no ceiling is taken for one.
package struct EntityWriter: Sendable {
  private let contents: BookContents
  private let schemata: [String: String]

  /// Prepares to write `contents`.
  package init(_ contents: BookContents) {
    self.contents = contents
    schemata = Dictionary(
      uniqueKeysWithValues: contents.parties.map { ($0.id, Self.schema(of: $0)) }
    )
  }

  /// The entities, table by table, each by id.
  package var entities: [ExchangeEntity] {
    contents.parties.map(entity) + contents.sources.map(entity) + contents.deals.flatMap(entities)
      + contents.claims.map(entity) + contents.facts.map(entity)
      + contents.assumptions.map(entity)
  }

  /// The entities as JSON, one a line.
  package var lines: String { entities.map(\.line).joined(separator: "\n") }

  // MARK: Rows

  private static func schema(of party: Party) -> String {
    let stated = party.identifiers.first { $0.scheme == "schema" }?.value
    if let stated, ["Person", "Organization"].contains(stated) { return stated }
    switch party.kind {
    case .company, .fund: return "Company"
    case .government: return "PublicBody"
    case .market, .households, .enterprises, .other: return "LegalEntity"
    }
  }

  private func entity(_ party: Party) -> ExchangeEntity {
    let schema = schemata[party.id] ?? "LegalEntity"
    var entity = entity(of: party, schema)
    if let name = party.knownAs { entity.add("alias", name) }
    for (scheme, value) in party.identifiers {
      switch scheme {
      case "ticker" where schema == "Company": entity.add("ticker", value)
      case "cik" where schema == "Company": entity.add("cikCode", value)
      case "lei": entity.add("leiCode", value)
      default: break
      }
    }
    return entity
  }

  private func entity(_ source: Source) -> ExchangeEntity { entity(of: source, "Article") }

  private func entities(_ deal: Deal) -> [ExchangeEntity] {
    let contract = entity(of: deal, "Contract")
    var link = ExchangeEntity(id: contract.id + "-sides", schema: linkSchema(deal))
    let (payer, payee) = (Self.id(Party.table, deal.payer), Self.id(Party.table, deal.payee))
    switch link.schema {
    case "Ownership":
      link.add("owner", payer)
      link.add("asset", payee)
      link.add("role", deal.kind.rawValue)
    case "Debt":
      link.add("creditor", payer)
      link.add("debtor", payee)
    case "ContractAward":
      link.add("contract", contract.id)
      link.add("supplier", payee)
      link.add("role", deal.kind.rawValue)
    default:
      link.add("subject", payer)
      link.add("object", payee)
      link.add("role", deal.kind.rawValue)
    }
    link.add("description", deal.title)
    link.add(EntityLayout.rest, Self.rest("sides", deal.id, []))
    return [contract, link]
  }

  /// What joins the sides of a deal: by what the payer gets.
  private func linkSchema(_ deal: Deal) -> String {
    switch deal.kind {
    case .equity, .convertible, .warrant:
      schemata[deal.payee] == "Company" ? "Ownership" : "UnknownLink"
    case .loan, .facility: "Debt"
    case .purchase, .option, .lease, .revenueShare, .backstop, .grant: "ContractAward"
    }
  }

  private func entity(_ claim: Claim) -> ExchangeEntity {
    var held: [String: String] = [:]
    if let amount = claim.amount, amount.low == amount.high {
      held["amount"] = cells(of: claim)["low"]
    }
    var entity = entity(of: claim, "Payment", held)
    guard let deal = contents.deals.first(where: { $0.id == claim.deal }) else { return entity }
    entity.add("payer", Self.id(Party.table, deal.payer))
    entity.add("beneficiary", Self.id(Party.table, deal.payee))
    entity.add("recordId", claim.id)
    entity.add("purpose", words(claim, deal))
    return entity
  }

  /// What a claim says, for people: the amount as it was told, open where it is open.
  private func words(_ claim: Claim, _ deal: Deal) -> String {
    let cells = cells(of: claim)
    let unit = claim.currency.map { " \($0.code)" } ?? ""
    let amount: String? =
      switch (cells["low"], cells["high"]) {
      case (let low?, let high?): low == high ? low + unit : "\(low) to \(high)\(unit)"
      case (let low?, nil): "at least \(low)\(unit)"
      case (nil, let high?): "at most \(high)\(unit)"
      case (nil, nil): nil
      }
    let words = [
      deal.kind.rawValue, claim.status?.rawValue,
      claim.says.map { "\($0.rawValue) \(claim.about ?? "")" },
      claim.level?.rawValue, amount, claim.condition.map { "on \($0.rawValue)" },
    ]
    return words.compactMap(\.self).joined(separator: " · ")
  }

  private func entity(_ fact: Fact) -> ExchangeEntity {
    let cells = cells(of: fact)
    let value = [cells["low"], cells["high"]].compactMap(\.self)
    let figure = Set(value).sorted().joined(separator: " to ") + " \(fact.unit)"
    if fact.metric == .stake, let party = fact.party, let owner = fact.counterparty,
      schemata[party] == "Company", schemata[owner] != nil
    {
      var held: [String: String] = [:]
      if fact.unit == .percent, fact.low == fact.high { held["percentage"] = cells["low"] }
      return entity(of: fact, "Ownership", held)
    }
    guard fact.party == nil || fact.counterparty == nil else {
      var entity = entity(of: fact, "UnknownLink")
      entity.add("recordId", fact.id)
      entity.add("role", "\(fact.metric.rawValue) \(figure)")
      return entity
    }
    var entity = entity(of: fact, "Note")
    let days = [cells["start"], cells["end"]].compactMap(\.self).joined(separator: " to ")
    entity.add("name", "\(fact.metric.rawValue) of \(fact.party ?? "all"), \(days): \(figure)")
    return entity
  }

  private func entity(_ assumption: Assumption) -> ExchangeEntity {
    var entity = entity(of: assumption, "Note")
    entity.add("name", "assumption \(assumption.id)")
    return entity
  }

  // MARK: Cells

  private func cells(of row: some Record) -> [String: String] {
    let pairs = zip(type(of: row).allColumns, row.values).filter { !$0.1.isEmpty }
    return Dictionary(uniqueKeysWithValues: Array(pairs))
  }

  /// An entity with the cells of a row: what its properties hold to the letter, and the rest.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - schema: The schema it becomes.
  ///   - held: Properties that hold `low` and `high` both.
  /// - Returns: The entity.
  private func entity<Row: Record>(
    of row: Row,
    _ schema: String,
    _ held: [String: String] = [:]
  ) -> ExchangeEntity {
    var entity = ExchangeEntity(id: Self.id(Row.table, row.id), schema: schema)
    var cells = cells(of: row)
    cells["id"] = nil
    for (property, text) in held {
      entity.add(property, text)
      (cells["low"], cells["high"]) = (nil, nil)
    }
    for binding in EntityLayout.of(Row.table, schema)?.bindings ?? [] {
      guard let cell = cells[binding.column] else { continue }
      entity.add(binding.property, binding.table.map { Self.id($0, cell) } ?? cell)
      if EntityLayout.isPlain(cell, in: binding.property) { cells[binding.column] = nil }
    }
    let rest = cells.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    entity.add(EntityLayout.rest, Self.rest(Row.table, row.id, rest))
    return entity
  }

  private static func rest(
    _ table: String,
    _ id: String,
    _ cells: [(String, String)]
  ) -> String {
    let pairs = [(EntityLayout.table, table), ("id", id)] + cells
    let text = JSONValue.object(pairs.map { (key: $0.0, value: .string($0.1)) }).encoded
    // In ASCII, so that no tool composes or cleans a letter of it.
    return text.unicodeScalars.map { $0.isASCII ? String($0) : $0.escapedInJSON }.joined()
  }

  /// The id that a row has among entities.
  private static func id(_ table: String, _ id: String) -> String { "ouro-\(table)-\(id)" }
}

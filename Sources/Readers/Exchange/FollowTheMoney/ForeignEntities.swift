internal import Claims
internal import Tables

/// Entities that other tools made, as rows of a book.
///
/// Whoever can own or owe is a party; a payment is a claim about a deal of its own (of its contract, where it names one),
/// paid where it says when; a debt is a loan, an award a purchase under its contract, an ownership with a percentage a
/// stake. What has no place is told with why: nothing is guessed.
struct ForeignEntities {
  private let entities: [ExchangeEntity]
  private let byID: [String: ExchangeEntity]
  private let origin: ExchangeOrigin
  private let contents: BookContents
  private var cast: ExchangeCast
  private var usesOrigin = false
  private var sources: [String: String] = [:]

  init(_ entities: [ExchangeEntity], _ origin: ExchangeOrigin, _ contents: BookContents) {
    (self.entities, self.origin, self.contents) = (entities, origin, contents)
    byID = Dictionary(entities.map { ($0.id, $0) }) { first, _ in first }
    cast = ExchangeCast(contents)
  }

  mutating func read(into reading: inout ExchangeReading) {
    var rows = ExchangeReading()
    for entity in entities.sorted(by: { $0.id < $1.id }) { addParty(entity, &reading) }
    for entity in entities { addSource(entity, &reading) }
    for entity in entities { addMoney(entity, &rows) }
    if usesOrigin { reading.add(Source.self, origin.cells, from: origin.file) }
    reading.rows += rows.rows
    reading.leftOut += rows.leftOut
    reading.faults += rows.faults
  }

  // MARK: Parties and sources

  private static let kinds: [String: String] = [
    "Company": "company", "Organization": "other", "PublicBody": "government",
    "LegalEntity": "other", "Person": "other",
  ]

  private mutating func addParty(_ entity: ExchangeEntity, _ reading: inout ExchangeReading) {
    guard let kind = Self.kinds[entity.schema] else { return }
    let names = entity.properties["name"] ?? entity.properties["alias"] ?? []
    guard let name = names.first else {
      return reading.leaveOut(entity.label, "it has no name")
    }
    var identifiers: [(String, String)] = []
    for (property, scheme) in [("cikCode", "cik"), ("leiCode", "lei"), ("ticker", "ticker")] {
      for text in entity.properties[property] ?? [] where !text.contains(" ") {
        identifiers.append((scheme, text))
      }
    }
    if entity.schema == "Person" || entity.schema == "Organization" {
      identifiers.append(("schema", entity.schema))
    }
    if let row = cast.add(key: entity.id, name: name, kind: kind, scheme: "ftm", identifiers) {
      reading.add(Party.self, row, from: entity.label)
    } else {
      reading.known += 1
    }
  }

  private static let documents: Set<String> = [
    "Document", "Article", "HyperText", "PlainText", "Pages", "Email",
  ]

  private mutating func addSource(_ entity: ExchangeEntity, _ reading: inout ExchangeReading) {
    guard Self.documents.contains(entity.schema) else { return }
    let title = entity.first("title") ?? entity.first("fileName") ?? entity.first("name")
    let id = ExchangeCast.rowID(entity.id)
    sources[entity.id] = id
    let day = (entity.first("publishedAt") ?? entity.first("date")).flatMap(Self.date)
    reading.add(
      Source.self,
      [
        "id": id, "publisher": entity.first("publisher") ?? origin.publisher,
        "title": title ?? entity.id, "published": day ?? "", "url": entity.first("sourceUrl") ?? "",
        "kind": entity.schema == "Article" ? "news" : "data", "seen_as": origin.file,
      ],
      from: entity.label
    )
  }

  private mutating func source(of entity: ExchangeEntity) -> String {
    if let proof = entity.first("proof"), let known = sources[proof] { return known }
    usesOrigin = true
    return origin.source
  }

  // MARK: Money

  private mutating func addMoney(_ entity: ExchangeEntity, _ reading: inout ExchangeReading) {
    switch entity.schema {
    case "Payment": addPayment(entity, &reading)
    case "Debt": addDebt(entity, &reading)
    case "Ownership": addStake(entity, &reading)
    case "ContractAward": addAward(entity, &reading)
    case "Contract":
      if !entities.contains(where: { $0.first("contract") == entity.id }) {
        reading.leaveOut(entity.label, "nothing says who is paid under it")
      }
    case _ where Self.kinds[entity.schema] != nil || Self.documents.contains(entity.schema): break
    default: reading.leaveOut(entity.label, "a \(entity.schema) is no payment, debt or stake")
    }
  }

  /// Two sides of an arrangement; `nil`, and told why, where they are no two parties.
  private func sides(
    _ entity: ExchangeEntity,
    _ payer: String?,
    _ payee: String?,
    _ reading: inout ExchangeReading
  ) -> (payer: String, payee: String)? {
    guard let payer, let payee else {
      reading.leaveOut(entity.label, "it names one side only")
      return nil
    }
    guard let one = cast[payer], let other = cast[payee] else {
      let missing = cast[payer] == nil ? payer : payee
      reading.leaveOut(entity.label, "\(missing) is no party of this file")
      return nil
    }
    guard one != other else {
      reading.leaveOut(entity.label, "both its sides are \(one)")
      return nil
    }
    return (one, other)
  }

  private mutating func addDeal(
    _ entity: ExchangeEntity,
    _ sides: (payer: String, payee: String),
    _ kind: String,
    _ title: String?,
    _ reading: inout ExchangeReading
  ) -> String {
    let id = ExchangeCast.rowID(entity.id)
    reading.add(
      Deal.self,
      [
        "id": id, "payer": sides.payer, "payee": sides.payee, "kind": kind,
        "title": title ?? "\(kind) of \(origin.publisher)",
      ],
      from: entity.label
    )
    return id
  }

  private mutating func addPayment(_ entity: ExchangeEntity, _ reading: inout ExchangeReading) {
    guard
      let sides = sides(entity, entity.first("payer"), entity.first("beneficiary"), &reading)
    else { return }
    let purpose = entity.first("purpose") ?? entity.first("programme")
    let deal = addDeal(entity, sides, "purchase", purpose, &reading)
    addClaim(entity, deal, level: "paid", status: "completed", &reading)
  }

  private mutating func addDebt(_ entity: ExchangeEntity, _ reading: inout ExchangeReading) {
    guard let sides = sides(entity, entity.first("creditor"), entity.first("debtor"), &reading)
    else { return }
    let deal = addDeal(entity, sides, "loan", entity.first("description"), &reading)
    addClaim(entity, deal, level: "binding", status: "active", &reading)
  }

  private mutating func addAward(_ entity: ExchangeEntity, _ reading: inout ExchangeReading) {
    let contract = entity.first("contract").flatMap { byID[$0] }
    guard
      let sides = sides(entity, contract?.first("authority"), entity.first("supplier"), &reading)
    else { return }
    let deal = addDeal(entity, sides, "purchase", contract?.first("title"), &reading)
    addClaim(entity, deal, level: "binding", status: "signed", under: contract, &reading)
  }

  private mutating func addClaim(
    _ entity: ExchangeEntity,
    _ deal: String,
    level: String,
    status: String,
    under contract: ExchangeEntity? = nil,
    _ reading: inout ExchangeReading
  ) {
    let stated = entity.properties["amount"] ?? contract?.properties["amount"] ?? []
    let amounts = stated.compactMap(Self.number)
    let currency = entity.first("currency") ?? contract?.first("currency")
    let date = entity.first("date").flatMap(Self.date)
    let start = entity.first("startDate").flatMap(Self.date) ?? (level == "paid" ? date : nil)
    let end = entity.first("endDate").flatMap(Self.date) ?? (level == "paid" ? start : nil)
    var cells = common(entity, date ?? start)
    cells["deal"] = deal
    cells["status"] = status
    cells["start"] = start
    cells["end"] = end
    if amounts.count == 1, stated.count == 1, let currency, Currency(currency) != nil {
      (cells["low"], cells["high"], cells["currency"]) = (amounts[0], amounts[0], currency)
      cells["level"] = level == "paid" && start == nil ? "binding" : level
    } else if !stated.isEmpty {
      let told = stated.joined(separator: ", ")
      reading.leaveOut(
        "the amount of \(entity.label)",
        "\"\(told) \(currency ?? "")\" is not one number with a currency"
      )
    }
    reading.add(Claim.self, cells, from: entity.label)
  }

  private mutating func addStake(_ entity: ExchangeEntity, _ reading: inout ExchangeReading) {
    guard let sides = sides(entity, entity.first("owner"), entity.first("asset"), &reading) else {
      return
    }
    let share = entity.first("percentage").map { $0.filter { $0 != "%" && $0 != " " } }
    guard let share, let number = Self.number(share) else {
      return reading.leaveOut(entity.label, "no percentage is told")
    }
    let start = entity.first("startDate").flatMap(Self.date)
    let end = entity.first("endDate").flatMap(Self.date)
    var cells = common(entity, entity.first("date").flatMap(Self.date) ?? start)
    cells["party"] = sides.payee
    cells["counterparty"] = sides.payer
    cells["metric"] = "stake"
    (cells["low"], cells["high"], cells["unit"]) = (number, number, "percent")
    cells["start"] = start ?? cells["reported"]
    cells["end"] = end ?? cells["start"]
    reading.add(Fact.self, cells, from: entity.label)
  }

  private mutating func common(_ entity: ExchangeEntity, _ day: String?) -> [String: String] {
    let id = ExchangeCast.rowID(entity.id)
    return [
      "id": id, "source": source(of: entity),
      "reported": day ?? origin.day(of: id, in: contents), "quote": entity.first("summary") ?? "",
      "note": entity.first("description") ?? "",
    ]
  }

  /// A number as a cell has it; `nil` for words.
  static func number(_ text: String) -> String? {
    let plain = text.filter { $0 != "," && $0 != " " }
    guard let number = StrictDecimal(plain), !number.isNegative else { return nil }
    return number.description
  }

  /// A day as a cell has it, its hours left out.
  static func date(_ text: String) -> String? {
    PartialDate(String(text.prefix(10)))?.description
  }
}

internal import Claims
internal import Tables

/// Statements of beneficial ownership, version 0.4 of the Open Ownership standard, as parties and stakes.
///
/// A shareholding with a share becomes the fact `stake`: exact, or the range the statement gives. Of several statements
/// of one record the last counts, and what an earlier one said is superseded by it, so that both stay. Interests that are
/// no shareholding, and owners whom nobody names, are told with why.
struct OwnershipReader {
  private let statements: [JSONValue]
  private let origin: ExchangeOrigin
  private let contents: BookContents
  private var cast: ExchangeCast
  private var sources: Set<String> = []
  private var facts: [String: String] = [:]

  init(
    _ bytes: [UInt8],
    _ origin: ExchangeOrigin,
    _ contents: BookContents
  ) throws(ExchangeError) {
    statements = try Self.statements(bytes)
    (self.origin, self.contents) = (origin, contents)
    cast = ExchangeCast(contents)
  }

  /// The statements of a file: one list, or one object a line; in the order in which they were made.
  private static func statements(_ bytes: [UInt8]) throws(ExchangeError) -> [JSONValue] {
    var found: [JSONValue] = []
    do throws(JSONError) {
      if bytes.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "[") {
        found = try JSONValue(bytes).elements
      } else {
        for line in bytes.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
          found.append(try JSONValue(Array(line)))
        }
      }
    } catch {
      throw .badLine(line: 1, reason: error.description)
    }
    return found.enumerated().sorted {
      (day($0.element), $0.offset) < (day($1.element), $1.offset)
    }.map(\.element)
  }

  private static func day(_ statement: JSONValue) -> String {
    statement["statementDate"]?.text ?? statement["publicationDetails"]?["publicationDate"]?.text
      ?? ""
  }

  mutating func reading() -> ExchangeReading {
    var reading = ExchangeReading()
    for statement in latestParties { addParty(statement, &reading) }
    var facts = ExchangeReading()
    for statement in statements where statement["recordType"]?.text == "relationship" {
      addSource(of: statement, &reading)
      addStakes(statement, &facts)
    }
    for statement in statements {
      let type = statement["recordType"]?.text ?? "nothing"
      guard !["entity", "person", "relationship"].contains(type) else { continue }
      facts.leaveOut(label(statement), "\(type) is no type of record that is known")
    }
    reading.rows += facts.rows
    reading.leftOut += facts.leftOut
    reading.faults += facts.faults
    return reading
  }

  private func label(_ statement: JSONValue) -> String {
    "statement \(statement["statementId"]?.text ?? "without an id")"
  }

  // MARK: Parties and sources

  /// Of each entity and person the last statement, in the order of their first.
  private var latestParties: [JSONValue] {
    var latest: [JSONValue] = []
    var places: [String: Int] = [:]
    for statement in statements {
      guard let type = statement["recordType"]?.text, type == "entity" || type == "person",
        let record = statement["recordId"]?.text
      else { continue }
      if let place = places[record] {
        latest[place] = statement
      } else {
        places[record] = latest.count
        latest.append(statement)
      }
    }
    return latest
  }

  private mutating func addParty(_ statement: JSONValue, _ reading: inout ExchangeReading) {
    let details = statement["recordDetails"]
    guard let record = statement["recordId"]?.text else { return }
    let isPerson = statement["recordType"]?.text == "person"
    guard let name = isPerson ? Self.fullName(details) : details?["name"]?.text, !name.isEmpty
    else {
      return reading.leaveOut(label(statement), "it names nobody")
    }
    var identifiers: [(String, String)] = isPerson ? [("schema", "Person")] : []
    for identifier in details?["identifiers"]?.elements ?? [] {
      guard let id = identifier["id"]?.text, !id.contains(where: \.isWhitespace) else { continue }
      let scheme = (identifier["scheme"]?.text ?? "id").lowercased()
      guard !scheme.contains(where: { $0.isWhitespace || $0 == ":" }) else { continue }
      identifiers.append((scheme.hasSuffix("lei") ? "lei" : scheme, id))
    }
    let kind = isPerson ? "other" : Self.kind(details?["entityType"]?["type"]?.text)
    if let row = cast.add(key: record, name: name, kind: kind, scheme: "bods", identifiers) {
      reading.add(Party.self, row, from: label(statement))
    } else {
      reading.known += 1
    }
  }

  private static func kind(_ type: String?) -> String {
    switch type {
    case "registeredEntity", "legalEntity": "company"
    case "state", "stateBody": "government"
    default: "other"
    }
  }

  private static func fullName(_ details: JSONValue?) -> String? {
    let names = details?["names"]?.elements ?? []
    let name = names.first { $0["type"]?.text == "legal" } ?? names.first
    if let full = name?["fullName"]?.text { return full }
    let parts = [name?["givenName"]?.text, name?["familyName"]?.text].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  private func publisher(_ statement: JSONValue) -> String {
    statement["publicationDetails"]?["publisher"]?["name"]?.text ?? origin.publisher
  }

  private func sourceID(_ statement: JSONValue) -> String {
    "bods-" + String(Names.id(publisher(statement)).prefix(50))
  }

  private mutating func addSource(of statement: JSONValue, _ reading: inout ExchangeReading) {
    let id = sourceID(statement)
    guard sources.insert(id).inserted else { return }
    let isFirm = statement["source"]?["type"]?.elements.contains {
      $0.text == "selfDeclaration"
    }
    reading.add(
      Source.self,
      [
        "id": id, "publisher": publisher(statement), "title": "Statements of beneficial ownership",
        "url": statement["publicationDetails"]?["publisher"]?["url"]?.text ?? "",
        "kind": isFirm == true ? "company-statement" : "data", "seen_as": origin.file,
      ],
      from: label(statement)
    )
  }

  // MARK: Stakes

  private mutating func addStakes(_ statement: JSONValue, _ reading: inout ExchangeReading) {
    let details = statement["recordDetails"]
    guard let subject = details?["subject"]?.text, let party = cast[subject] else {
      return reading.leaveOut(label(statement), "its subject is no entity of this file")
    }
    guard let holder = details?["interestedParty"]?.text, let owner = cast[holder] else {
      let reason = details?["interestedParty"]?["reason"]?.text
      return reading.leaveOut(
        label(statement),
        "who owns \(party) is not named\(reason.map { ": \($0)" } ?? "")"
      )
    }
    let interests = details?["interests"]?.elements ?? []
    if interests.isEmpty { reading.leaveOut(label(statement), "it states no interest") }
    for (index, interest) in interests.enumerated() {
      addStake(statement, interest, index, (owner, party), &reading)
    }
  }

  private mutating func addStake(
    _ statement: JSONValue,
    _ interest: JSONValue,
    _ index: Int,
    _ sides: (owner: String, party: String),
    _ reading: inout ExchangeReading
  ) {
    let type = interest["type"]?.text ?? "an interest of no type"
    let what = "\(type) of \(label(statement))"
    guard type == "shareholding" else {
      return reading.leaveOut(what, "it is no share of a firm")
    }
    guard let share = interest["share"], let range = Self.range(share) else {
      return reading.leaveOut(what, "it tells no share between 0 and 100")
    }
    let id = ExchangeCast.rowID("\(statement["statementId"]?.text ?? "")-\(index + 1)")
    let record = "\(statement["recordId"]?.text ?? "")#\(index)"
    let reported = Self.date(statement, "statementDate") ?? origin.day(of: id, in: contents)
    let start = interest["startDate"]?.text.flatMap(ForeignEntities.date) ?? reported
    var cells = [
      "id": id, "party": sides.party, "counterparty": sides.owner, "metric": "stake",
      "low": range.low ?? "", "high": range.high ?? "", "unit": "percent", "start": start,
      "end": interest["endDate"]?.text.flatMap(ForeignEntities.date) ?? max(start, reported),
      "source": sourceID(statement), "reported": reported, "quote": "",
      "note": note(interest, share),
    ]
    if let before = facts[record] { (cells["about"], cells["says"]) = (before, "supersede") }
    facts[record] = id
    reading.add(Fact.self, cells, from: what)
  }

  /// What of an interest no column holds.
  private func note(_ interest: JSONValue, _ share: JSONValue) -> String {
    var words: [String] = []
    if let how = interest["directOrIndirect"]?.text { words.append(how) }
    if interest["beneficialOwnershipOrControl"] == .boolean(true) { words.append("beneficial") }
    if share["exclusiveMinimum"] != nil { words.append("more than the lower bound") }
    if share["exclusiveMaximum"] != nil { words.append("less than the upper bound") }
    if let details = interest["details"]?.text { words.append(details) }
    return words.joined(separator: "; ")
  }

  private static func date(_ statement: JSONValue, _ key: String) -> String? {
    statement[key]?.text.flatMap(ForeignEntities.date)
  }

  /// A share in percent: exact, or between bounds; bounds that themselves are excluded stand in the note.
  private static func range(_ share: JSONValue) -> (low: String?, high: String?)? {
    let bound = { (keys: [String]) in keys.compactMap { share[$0]?.text }.first }
    let low = bound(["exact", "minimum", "exclusiveMinimum"])
    let high = bound(["exact", "maximum", "exclusiveMaximum"])
    guard low != nil || high != nil else { return nil }
    for text in [low, high].compactMap(\.self) {
      guard let number = StrictDecimal(text), !number.isNegative, number <= StrictDecimal(100)
      else { return nil }
    }
    return (low, high)
  }
}

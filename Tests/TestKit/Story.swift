public import Claims

/// A small book in a few lines, so that a worked example reads like a story.
///
/// One row a line, the table first; words have their places, and everything else is `column=value`:
///
///     party acme                                   a company, inside
///     party lenders market                         any other kind is outside
///     deal acme > bolt purchase                    claims that follow are about it
///     c1 gazette 2025-03 signed binding 10 in 2025..2029
///     c2 gazette/acme 2025-04 denied deny c1       the source quotes acme
///     fact bolt < acme revenue-from 7 in 2025      bolt took 7 from acme
///     assume end:acme-bolt 2029 date
///
/// A fact is reported at the end of its period unless the line says when. Amounts are whole dollars: `10`, `8~12`, `~12` ("up to"), `8~` ("at least"). The sources `filing`,
/// `court`, `statement`, `gazette`, `herald`, `data` and `analyst` are there already.
public struct Story: Sendable {
  /// The rows by table, as cells by column.
  public private(set) var rows: [String: [[String: String]]] = [:]
  private var deal = ""
  private var facts = 0

  /// Reads `text`.
  public init(_ text: String) {
    let sources = [
      ("filing", "filing"), ("court", "court"), ("statement", "company-statement"),
      ("gazette", "news"), ("herald", "news"), ("data", "data"), ("analyst", "analysis"),
    ]
    for (id, kind) in sources {
      rows["sources", default: []].append([
        "id": id, "publisher": "The \(id)", "title": id, "kind": kind,
      ])
    }
    for line in text.split(separator: "\n") { add(line.split(separator: " ").map(String.init)) }
  }

  /// The book.
  ///
  /// - Returns: The rows, checked.
  /// - Throws: ``FieldFault`` or ``BookContents/ReferenceFault``.
  public func contents() throws -> BookContents {
    try BookContents(
      parties: records(),
      sources: records(),
      deals: records(),
      claims: records(),
      facts: records(),
      assumptions: records()
    )
  }

  /// What the book says.
  ///
  /// - Parameters:
  ///   - day: The day, as `2026-06-30`.
  ///   - tellers: Whose word counts; all by default.
  ///   - policy: What enters a network.
  /// - Returns: The view.
  /// - Throws: Why the text is no book, or ``ViewError``.
  public func view(
    _ day: String = "2099",
    toldBy tellers: [String] = [],
    policy: Policy = .reported
  ) throws -> View {
    let day = PartialDate(day)?.last ?? Day(ordinal: 0)
    return try View(
      of: contents(),
      ViewRequest(asOf: day, toldBy: tellers, policy: policy)
    )
  }

  private func records<Row: Record>() throws -> [Row] {
    try (rows[Row.table] ?? []).map { try Row(Fields($0)) }
  }

  private mutating func add(_ words: [String]) {
    switch words.first {
    case nil: return
    case "party": addParty(words)
    case "deal": addDeal(words)
    case "fact": addFact(words)
    case "assume":
      append(
        "assumptions",
        words.dropFirst(4),
        [
          "id": "a\(rows["assumptions"]?.count ?? 0)", "name": words[1], "low": words[2],
          "high": words[2], "unit": words[3], "basis": "judgment", "reason": "as told",
        ]
      )
    default: addClaim(words)
    }
  }

  private mutating func addParty(_ words: [String]) {
    let kind = words.count > 2 && !words[2].contains("=") ? words[2] : "company"
    append(
      "parties",
      words.dropFirst(2),
      [
        "id": words[1], "name": words[1].prefix(1).uppercased() + words[1].dropFirst(),
        "kind": kind,
        "inside": kind == "company" ? "yes" : "no",
      ]
    )
  }

  private mutating func addDeal(_ words: [String]) {
    deal = "\(words[1])-\(words[3])"
    let cells = [
      "id": deal, "payer": words[1], "payee": words[3], "kind": words[4], "title": words[4],
    ]
    append("deals", words.dropFirst(5), cells)
    deal = rows["deals"]?.last?["id"] ?? deal
  }

  private mutating func addFact(_ words: [String]) {
    facts += 1
    var cells = ["id": "f\(facts)", "unit": "USD", "source": "filing", "reported": "2020"]
    var rest = words.dropFirst()
    if rest.first != "rate" { cells["party"] = rest.removeFirst() } else { rest.removeFirst() }
    if rest.first == "<" { cells["counterparty"] = rest.dropFirst().first }
    if cells["counterparty"] != nil { rest = rest.dropFirst(2) }
    cells["metric"] = rest.removeFirst()
    append("facts", rest, cells)
    guard !rest.contains(where: { $0.hasPrefix("reported=") }), var row = rows["facts"]?.popLast()
    else { return }
    if let end = row["end"], !end.isEmpty { row["reported"] = end }
    rows["facts"]?.append(row)
  }

  private mutating func addClaim(_ words: [String]) {
    let said = words[1].split(separator: "/", maxSplits: 1).map(String.init)
    append(
      "claims",
      words.dropFirst(3),
      [
        "id": words[0], "deal": deal, "source": said[0],
        "teller": said.count > 1 ? said[1].replacing("_", with: " ") : "",
        "reported": words[2],
      ]
    )
  }

  /// Reads the words that have no place of their own: statuses, levels, amounts, terms, relations.
  private mutating func append(
    _ table: String,
    _ words: some Collection<String>,
    _ first: [String: String]
  ) {
    var cells = first
    var previous = ""
    for word in words {
      if let mark = word.firstIndex(of: "=") {
        let value = String(word[word.index(after: mark)...]).replacing("_", with: " ")
        cells[String(word[..<mark])] = value
      } else if previous == "in" {
        let ends = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        (cells["start"], cells["end"]) = (ends[0], ends[ends.count - 1])
      } else if Claim.Relation(rawValue: previous) != nil || previous == "part" {
        (cells["says"], cells["about"]) = (previous, word)
      } else if Claim.Status(rawValue: word) != nil {
        cells["status"] = word
      } else if Claim.Level(rawValue: word) != nil {
        cells["level"] = word
      } else if word.first?.isNumber == true || word.first == "~" || word.first == "-" {
        let bounds = word.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        (cells["low"], cells["high"]) = (bounds[0], bounds[bounds.count - 1])
        if cells["level"] != nil, table == "claims" {
          cells["currency"] = cells["currency"] ?? "USD"
        }
      }
      previous = word
    }
    rows[table, default: []].append(cells)
  }
}

/// The day that `text` names, the last where it names more.
public func day(_ text: String) -> Day { PartialDate(text)?.last ?? Day(ordinal: 0) }

/// The days from the first of `first` to the last of `last`.
public func days(_ first: String, _ last: String? = nil) -> Period {
  let ends = (PartialDate(first)?.first, PartialDate(last ?? first)?.last)
  guard let start = ends.0, let end = ends.1, let period = Period(first: start, last: end) else {
    preconditionFailure("\(first)..\(last ?? first) is no period")
  }
  return period
}

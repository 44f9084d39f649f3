internal import Claims
internal import Tables

/// Where FollowTheMoney holds the cells of a row: which property takes which column.
///
/// What no property holds as it is travels in `indexText`, as one JSON object: with the table and the id of the row, so
/// that export and import lose nothing, and with every cell that the properties would not give back to the letter.
struct EntityLayout {
  /// A column and its property.
  struct Binding {
    let column: String
    let property: String
    /// The table that the cell refers to; `nil` for a text.
    let table: String?

    init(_ column: String, _ property: String, to table: String? = nil) {
      (self.column, self.property, self.table) = (column, property, table)
    }
  }

  /// The columns that have a property.
  let bindings: [Binding]

  /// The property that holds what others cannot.
  static let rest = "indexText"
  /// The key under which the rest names the table of its row.
  static let table = "ouro"

  static let party = EntityLayout(bindings: [
    Binding("name", "name"), Binding("kind", "classification"),
    Binding("parent", "parent", to: Party.table), Binding("note", "notes"),
  ])
  static let source = EntityLayout(bindings: [
    Binding("title", "title"), Binding("publisher", "publisher"),
    Binding("published", "publishedAt"), Binding("url", "sourceUrl"), Binding("note", "notes"),
  ])
  static let deal = EntityLayout(bindings: [
    Binding("title", "title"), Binding("kind", "type"),
    Binding("payer", "authority", to: Party.table), Binding("note", "notes"),
  ])
  private static let said = [
    Binding("reported", "date"), Binding("start", "startDate"), Binding("end", "endDate"),
    Binding("quote", "summary"), Binding("note", "description"),
    Binding("source", "proof", to: Source.table),
  ]
  static let claim = EntityLayout(
    bindings: said + [Binding("deal", "contract", to: Deal.table), Binding("currency", "currency")]
  )
  static let link = EntityLayout(
    bindings: said + [
      Binding("party", "subject", to: Party.table),
      Binding("counterparty", "object", to: Party.table),
    ]
  )
  static let stake = EntityLayout(
    bindings: said + [
      Binding("metric", "role"), Binding("party", "asset", to: Party.table),
      Binding("counterparty", "owner", to: Party.table),
    ]
  )
  static let fact = EntityLayout(bindings: [
    Binding("quote", "summary"), Binding("note", "description"), Binding("metric", "keywords"),
    Binding("party", "entity", to: Party.table), Binding("source", "proof", to: Source.table),
  ])
  static let assumption = EntityLayout(bindings: [
    Binding("reason", "description"), Binding("note", "notes"),
    Binding("source", "proof", to: Source.table),
  ])

  /// The layout of a row of `table` that has become an entity of `schema`.
  static func of(_ table: String, _ schema: String) -> EntityLayout? {
    switch table {
    case Party.table: party
    case Source.table: source
    case Deal.table: deal
    case Claim.table: claim
    case Fact.table: schema == "Note" ? fact : schema == "Ownership" ? stake : link
    case Assumption.table: assumption
    default: nil
    }
  }

  /// Whether a tool that cleans texts leaves one as it is: blanks at its ends and doubled ones go, quotes around names,
  /// and letters are composed; addresses are spelt anew; what a spreadsheet would run has an apostrophe before it in CSV.
  static func isPlain(_ text: String, in property: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return true }
    guard first.value > 0x20, last.value > 0x20, scalars.allSatisfy(isComposed),
      !isFormula(text.utf8)
    else { return false }
    switch property {
    case "name": return !text.contains("  ") && !"\"'".contains(text.first ?? " ")
    case "sourceUrl": return false
    default: return true
    }
  }

  /// Whether a character is spelt in one way only: ASCII, letters of Europe, dashes and typographic quotes.
  private static func isComposed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x20...0x7E, 0xA1...0xAC, 0xAE...0x17F, 0x2010...0x2027, 0x20AC: true
    default: false
    }
  }
}

internal import Claims

/// What each column of a book folder holds, for whoever fills one in.
enum BookGuide {
  /// What a column holds, and whether a row may leave it empty.
  private static let meanings: [BookTable: [String: String]] = [
    .parties: [
      "id": "short and once in the table: small letters, digits, hyphens",
      "name": "the full name",
      "kind": words(Party.Kind.self),
      "parent": "the id of the group it belongs to, or nothing",
      "inside": "yes or no: whether it is of the sector under study",
      "identifiers":
        "scheme:value with blanks between, as ticker:NVDA cik:0001045810 known-as:Nvidia role:chips",
      "note": "anything, or nothing",
    ],
    .sources: [
      "id": "short and once in the table",
      "publisher": "who published it",
      "title": "what it is called",
      "published": "YYYY, YYYY-MM or YYYY-MM-DD, or nothing",
      "url": "its address, or nothing",
      "kind": words(Source.Kind.self),
      "seen_as": "how you saw it, as: read, search excerpt",
      "note": "anything, or nothing",
    ],
    .deals: [
      "id": "short and once in the table",
      "payer": "the id of the party that pays",
      "payee": "the id of the party that is paid",
      "kind": words(Deal.Kind.self),
      "title": "what people call it",
      "capacity": "how much of what is not money, as 250, or nothing",
      "capacity_unit": "of what, as MW",
      "note": "anything, or nothing",
      "part": "the segment or product it is of, or nothing",
    ],
    .claims: [
      "id": "once in the table: a correction is a new claim",
      "deal": "the id of the deal it is about",
      "source": "the id of the source it stands in",
      "teller": "who says so, if not the source itself: the id of a party, or a name",
      "reported": "the day it was told",
      "status": words(Claim.Status.self) + ", or nothing",
      "level": words(Claim.Level.self)
        + ": how much the amount binds; nothing where there is no amount",
      "low": "the least it can be, in whole units: 1500000000; nothing for up to",
      "high": "the most it can be; the same as low where one amount is told; nothing for at least",
      "currency": "three letters, as USD",
      "start": "from when; of what was paid, the period",
      "end": "until when, that included",
      "schedule":
        "one of even, at-start, at-end, back-loaded, or instalments as 2025-03:1000000;2025-09:2000000",
      "about": "the id of the claim it speaks of, or nothing",
      "says": words(Claim.Relation.self) + ": what it says of that one",
      "new_payer": "of a takeover, who pays from now on",
      "quote": "the words, or nothing",
      "note": "anything, or nothing",
      "confidence": "0 to 1, or nothing",
      "signed": "the day it was signed, or nothing",
      "condition": words(Claim.Condition.self) + ", or nothing",
      "pen": words(Pen.self) + ", or nothing",
    ],
    .facts: [
      "id": "once in the table",
      "party": "the id of the party it is about",
      "counterparty": "the other side, of what runs between two",
      "metric": words(Fact.Metric.self),
      "low": "the least it can be, in whole units",
      "high": "the most it can be; the same as low where one figure is told",
      "unit": "three letters of a currency, percent, or what is counted",
      "start": "the first day of the period",
      "end": "its last day; of a balance the same as start",
      "source": "the id of the source it stands in",
      "teller": "who says so, if not the source itself",
      "reported": "the day it was told",
      "about": "the id of the fact it speaks of, or nothing",
      "says": words(Fact.Relation.self) + ": what it says of that one",
      "quote": "the words, or nothing",
      "note": "anything, or nothing",
      "confidence": "0 to 1, or nothing",
      "pen": words(Pen.self) + ", or nothing",
      "part": "the segment or product it is of, or nothing",
    ],
    .assumptions: [
      "id": "once in the table",
      "name": "what it settles, as end:DEAL or start:DEAL or amount:DEAL",
      "low": "the least, or a date",
      "high": "the most, or the same",
      "unit": "date, ratio, or a currency",
      "basis": words(Assumption.Basis.self),
      "reason": "why",
      "source": "the id of a source, or nothing",
      "note": "anything, or nothing",
    ],
  ]

  private static func words<Word: CaseIterable & RawRepresentable>(_: Word.Type) -> String
  where Word.RawValue == String {
    "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// The columns of a table, those that older books lack among them.
  static func columns(of table: BookTable) -> [String] { table.record.allColumns }

  /// What a column holds.
  static func meaning(of column: String, in table: BookTable) -> String? {
    meanings[table]?[column]
  }

  /// The guide as a text.
  static var text: String {
    let tables = BookTable.allCases.map { table in
      let columns = columns(of: table)
      let width = columns.map(\.count).max() ?? 0
      let lines = columns.map { column in
        let space = String(repeating: " ", count: width - column.count + 2)
        return "  \(column)\(space)\(meaning(of: column, in: table) ?? "")"
      }
      return (["\(table.rawValue).csv"] + lines).joined(separator: "\n")
    }
    return """
      This folder is a book of ouro: who pays whom, and who says so. Six tables, each with a header and a row a line,
      in a text editor or a spreadsheet (save as CSV, UTF-8). A cell with a comma stands between quotation marks.
      Dates are 2025, 2025-03 or 2025-03-31. `ouro check` on the folder says what does not fit, with file and line.

      A payment in the book takes two parties, a source, a deal between the two, and a claim that the deal paid so much
      in a period, as it stands in the source.

      \(tables.joined(separator: "\n\n"))

      """
  }
}

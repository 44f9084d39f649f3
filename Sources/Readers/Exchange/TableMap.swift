internal import Tables

/// How the columns of somebody's table are those of claims: what a person writes, or corrects, once for each kind of table.
package struct TableMap: Sendable, Equatable {
  /// For each cell of a claim the column it stands in.
  package let columns: [String: String]
  /// For each cell of a claim what it is in every row where no column says otherwise.
  package let values: [String: String]
  /// For each cell what words of the table mean.
  package let words: [String: [String: String]]
  /// The mark before decimals, `point` or `comma`; `nil` where the table decides.
  package let decimal: String?
  /// The order of dates, `DMY`, `MDY` or `YMD`; `nil` where the table decides.
  package let dayOrder: String?
  /// What one of an amount is worth: a million in a table of millions.
  package let unit: Int64

  /// The cells that a map can give.
  package static let cells = [
    "payer", "payee", "kind", "title", "amount", "low", "high", "currency", "status", "level",
    "start", "end", "signed", "reported", "teller", "condition", "confidence", "quote", "note",
    "publisher", "source_title", "published", "url", "source_kind",
  ]
  /// The cells that are amounts.
  package static let amounts = ["amount", "low", "high"]
  /// The cells that are days.
  package static let dates = ["start", "end", "signed", "reported", "published"]

  /// Why a map is none: one sentence.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    /// The sentence.
    package let description: String
  }

  /// Reads a map.
  ///
  /// - Parameter bytes: JSON, as ``proposal(_:)`` writes it.
  /// - Throws: ``Fault``.
  package init(_ bytes: [UInt8]) throws(Fault) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(bytes)
    } catch {
      throw Fault(description: error.description)
    }
    let known = ["columns", "values", "words", "decimal", "day_order", "unit"]
    for (key, _) in value.pairs where !known.contains(key) {
      throw Fault(
        description: "\(key) is not known; the keys are: \(known.joined(separator: ", "))"
      )
    }
    columns = try Self.texts(value["columns"])
    values = try Self.texts(value["values"])
    words = Dictionary(
      uniqueKeysWithValues: try Self.pairs(value["words"]).map { (pair) throws(Fault) in
        (pair.key, try Self.texts(pair.value, areCells: false))
      }
    )
    (decimal, dayOrder) = (value["decimal"]?.text, value["day_order"]?.text)
    guard let unit = Int64(value["unit"]?.text ?? "1"), (1...1_000_000_000_000).contains(unit)
    else { throw Fault(description: "unit: write what one is worth, as 1000000 for millions") }
    self.unit = unit
    try check()
  }

  private func check() throws(Fault) {
    for (key, allowed, value) in [
      ("decimal", ["point", "comma"], decimal), ("day_order", ["DMY", "MDY", "YMD"], dayOrder),
    ] {
      guard let value, !allowed.contains(value) else { continue }
      throw Fault(description: "\(key): write one of \(allowed.joined(separator: ", "))")
    }
    for needed in ["payer", "payee", "kind"] where columns[needed] == nil && values[needed] == nil {
      throw Fault(
        description:
          "nothing says the \(needed): name its column under columns, or give it under values"
      )
    }
  }

  private static func pairs(_ value: JSONValue?) throws(Fault) -> [(key: String, value: JSONValue)]
  {
    for (key, _) in value?.pairs ?? [] where !cells.contains(key) {
      throw Fault(
        description: "\(key) is no cell of a claim; the cells are: \(cells.joined(separator: ", "))"
      )
    }
    return value?.pairs ?? []
  }

  private static func texts(
    _ value: JSONValue?,
    areCells: Bool = true
  ) throws(Fault) -> [String: String] {
    var texts: [String: String] = [:]
    for (key, value) in areCells ? try pairs(value) : value?.pairs ?? [] {
      guard let text = value.text else {
        throw Fault(description: "\(key): write a text in quotes")
      }
      texts[key] = text
    }
    return texts
  }

  /// A map as JSON for a person to correct.
  ///
  /// - Parameter columns: What is known of the columns already.
  /// - Returns: The text, each key on a line of its own.
  package static func proposal(_ columns: [(target: String, column: String)]) -> String {
    let quoted = { (text: String) in JSONValue.string(text).encoded }
    let lines = columns.map { "    \(quoted($0.target)): \(quoted($0.column))" }
    return """
      {
        "columns": {
      \(lines.joined(separator: ",\n"))
        },
        "values": {
          "kind": "purchase",
          "status": "signed",
          "level": "binding",
          "currency": "USD"
        },
        "unit": 1
      }

      """
  }
}

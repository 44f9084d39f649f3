internal import Claims
internal import Tables

/// Cells by what their columns hold, whatever the file calls them.
struct EdgeColumns {
  /// What the columns of a file may be called.
  struct Kind {
    let required: [String]
    let optional: [String]
    /// Other names of columns, as graph programs write them.
    let synonyms: [String: String]
    /// Columns of graph programs that no measure needs.
    let ignored: Set<String>

    /// Who pays whom.
    static let edges = Kind(
      required: ["from", "to", "weight"],
      optional: ["kind", "time", "type"],
      synonyms: ["source": "from", "target": "to", "value": "weight", "amount": "weight"],
      ignored: ["id", "label", "timeset", "interval"]
    )
    /// What is known of parties.
    static let parties = Kind(
      required: ["id"],
      optional: [
        "external_assets", "external_liabilities", "equity", "buffer", "size", "inflow", "outflow",
      ],
      synonyms: [:],
      ignored: ["label", "timeset", "interval"]
    )
  }

  private let position: [String: Int]
  private let header: [String]
  private let file: String

  init(header: [String], file: String, _ kind: Kind) throws(TableError) {
    var position: [String: Int] = [:]
    func fault(_ column: String, _ reason: String, _ advice: String) -> TableError {
      TableError(file: file, line: 1, column: column, reason: reason, advice: advice)
    }
    for (index, name) in header.enumerated() {
      let plain = name.lowercased()
      let column = kind.synonyms[plain] ?? plain
      if kind.ignored.contains(column) { continue }
      guard (kind.required + kind.optional).contains(column) else {
        let all = (kind.required + kind.optional).joined(separator: ", ")
        throw fault(Self.shown(name), "the column is not known", "the columns are: \(all)")
      }
      guard position.updateValue(index, forKey: column) == nil else {
        let reason = "the column stands twice"
        throw fault(Self.shown(name), reason, "delete or rename one of the two")
      }
    }
    for column in kind.required where position[column] == nil {
      let advice = "add it; its cells may be empty"
      throw fault(column, "the column is missing from the header", advice)
    }
    (self.position, self.header, self.file) = (position, header, file)
  }

  func has(_ column: String) -> Bool { position[column] != nil }

  /// An edge without a direction says not who pays.
  func checkDirection(_ record: CSVRecord) throws(TableError) {
    let type = text("type", in: record).lowercased()
    guard type.isEmpty || type == "directed" else {
      let reason = "\(Self.shown(type)) says not who pays whom"
      throw fault(record, "type", reason, "give edges of the type Directed, payer to payee")
    }
  }

  func text(_ column: String, in record: CSVRecord) -> String {
    position[column].map { record[$0] } ?? ""
  }

  func id(_ column: String, in record: CSVRecord) throws(TableError) -> String {
    let id = text(column, in: record)
    guard !id.isEmpty else {
      throw fault(record, column, "the party has no id", "name it, or delete the row")
    }
    return id
  }

  func required(_ column: String, in record: CSVRecord) throws(TableError) -> Double {
    guard let number = try optional(column, in: record) else {
      throw fault(record, column, "there is no amount", "give one, or delete the row")
    }
    return number
  }

  func optional(
    _ column: String,
    in record: CSVRecord,
    mayBeNegative: Bool = false
  ) throws(TableError) -> Double? {
    let text = text(column, in: record)
    guard !text.isEmpty else { return nil }
    guard let number = plainNumber(text) else {
      let advice = "write a plain number, as 1250.5 or 2.5e-8"
      throw fault(record, column, "\(text.prefix(40).debugDescription) is not a number", advice)
    }
    guard mayBeNegative || number >= 0 else {
      let advice = "write what goes the other way as a row of its own"
      throw fault(record, column, "\(text.prefix(40)) is below zero", advice)
    }
    try checkSize(number, column, in: record)
    return number
  }

  /// Refuses amounts that could not be added up and divided by.
  private func checkSize(
    _ number: Double,
    _ column: String,
    in record: CSVRecord
  ) throws(TableError) {
    let text = text(column, in: record).prefix(40)
    guard number.magnitude <= EdgeList.largestAmount else {
      let reason = "\(text) is more than \(EdgeList.largestAmount), the largest amount there can be"
      throw fault(record, column, reason, "write all amounts in a larger unit")
    }
    guard number == 0 || number.magnitude >= EdgeList.leastAmount else {
      let reason = "\(text) is less than \(EdgeList.leastAmount), the least amount there can be"
      throw fault(record, column, reason, "write 0, or all amounts in a smaller unit")
    }
  }

  func time(_ column: String, in record: CSVRecord) throws(TableError) -> Int? {
    guard position[column] != nil else { return nil }
    let text = text(column, in: record)
    guard let seconds = secondsSince1970(text) else {
      let advice = "write whole seconds, 2026-01-31, or 2026-01-31T23:59:59"
      throw fault(record, column, "\(text.prefix(40).debugDescription) is not a time", advice)
    }
    return seconds
  }

  func fault(_ record: CSVRecord, _ column: String, _ reason: String, _ advice: String)
    -> TableError
  {
    let name = position[column].map { header[$0] } ?? column
    return TableError(
      file: file,
      line: record.line,
      column: name,
      reason: reason,
      advice: advice
    )
  }

  /// A cell short enough to repeat, on one line.
  private static func shown(_ cell: String) -> String {
    String(
      cell.unicodeScalars.prefix(40).map {
        $0.properties.generalCategory == .control ? " " : Character($0)
      }
    )
  }
}

/// The whole of `text` as a number: an exact decimal, or one with an exponent as programs print them.
private func plainNumber(_ text: String) -> Double? {
  if let decimal = StrictDecimal(text) { return decimal.double }
  var bytes = Array(text.utf8)[...]
  if bytes.first == UInt8(ascii: "-") { bytes = bytes.dropFirst() }
  func takeDigits() -> Bool {
    let digits = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    bytes = bytes.dropFirst(digits.count)
    return !digits.isEmpty
  }
  func take(_ letters: String) -> Bool {
    guard let byte = bytes.first, letters.utf8.contains(byte) else { return false }
    bytes = bytes.dropFirst()
    return true
  }
  guard takeDigits() else { return nil }
  if take("."), !takeDigits() { return nil }
  if take("eE") {
    _ = take("+-")
    guard takeDigits() else { return nil }
  }
  guard bytes.isEmpty, let number = Double(text) else { return nil }
  // What is too small to be held is not nothing.
  let isNothing = text.prefix { $0 != "e" && $0 != "E" }.allSatisfy { "-0.".contains($0) }
  return number == 0 && !isNothing ? .leastNonzeroMagnitude : number
}

/// A moment as whole seconds, as a day, or as a day and a time of it (UTC).
private func secondsSince1970(_ text: String) -> Int? {
  if let whole = StrictDecimal(text) { return whole.scale == 0 ? Int(whole.mantissa) : nil }
  let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
  guard let date = halves.first, case .day(let day) = PartialDate(date) else { return nil }
  guard halves.count == 2 else { return day.ordinal * 86_400 }
  let clock = halves[1].hasSuffix("Z") ? halves[1].dropLast() : halves[1]
  let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
  guard (2...3).contains(parts.count) else { return nil }
  var seconds = day.ordinal * 86_400
  for (part, unit) in zip(parts, [(24, 3_600), (60, 60), (60, 1)]) {
    let isDigits = part.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard part.utf8.count == 2, isDigits, let number = Int(part), number < unit.0 else {
      return nil
    }
    seconds += number * unit.1
  }
  return seconds
}

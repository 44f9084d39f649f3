internal import Claims
internal import Tables

/// What `companyfacts` of the SEC holds of one company: every figure it ever filed without coordinates.
package struct CompanyFacts: Sendable {
  /// The SEC's number of the company.
  package let cik: Int
  /// Its name.
  package let name: String
  /// The figures under tags that are a measure of ours, in the order of the file.
  package let figures: [FiledFigure]
  /// The reports: what each filing says of the fiscal period it is about.
  package let reports: [FilingReport]
  /// Tags that are no measure of ours.
  package let otherTags: [OtherTag]
  /// Figures that could not be read, with why.
  package let unread: [UnreadFigure]
}

/// What a filing says of itself in a list of facts.
package struct FilingReport: Sendable, Hashable {
  /// The filing.
  package let filing: FilingReference
  /// The fiscal year that it is about, as the company counts.
  package let fiscalYear: Int
  /// `FY`, or `Q1` to `Q3`.
  package let fiscalPeriod: String
}

/// A tag that is no measure of ours, and how much is filed under it.
package struct OtherTag: Sendable, Hashable, Encodable {
  /// The tag.
  package let concept: String
  /// What people call it; empty where nobody says.
  package let label: String
  /// What its figures are counted in.
  package let units: [String]
  /// How many figures there are.
  package let count: Int
}

/// Reads `companyfacts` of the SEC.
package enum CompanyFactsReader {
  /// The most bytes that are read.
  package static let limit = 256 << 20

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: The file, in JSON.
  ///   - file: Its name, for the figures to name.
  /// - Returns: What it holds.
  /// - Throws: ``FilingError``. Linear in the size of the file; figures under unknown tags are passed over.
  package static func read(_ bytes: [UInt8], file: String) throws(FilingError) -> CompanyFacts {
    guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
    var reading = FactsReading(bytes, file)
    do throws(JSONError) {
      return try reading.company()
    } catch {
      throw .badJSON(offset: error.offset, reason: error.reason)
    }
  }
}

/// One pass over a file of facts.
private struct FactsReading {
  private var scanner: JSONScanner
  private let file: String
  private var figures: [FiledFigure] = []
  private var otherTags: [OtherTag] = []
  private var unread: [UnreadFigure] = []
  /// Filings by number, with the order they were met in.
  private var filings: [String: FilingReference] = [:]
  private var reports: [String: FilingReport] = [:]
  private var order: [String] = []

  init(_ bytes: [UInt8], _ file: String) { (scanner, self.file) = (JSONScanner(bytes), file) }

  mutating func company() throws(JSONError) -> CompanyFacts {
    var (cik, name): (Int?, String) = (nil, "")
    var hasFacts = false
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if key == "cik" {
        cik = CIK.number(try textOrNumber())
      } else if key == "entityName" {
        name = try scanner.optionalString() ?? ""
      } else if key == "facts" {
        hasFacts = true
        try taxonomies()
      } else {
        try scanner.skip()
      }
    }
    try scanner.finish()
    guard let cik, hasFacts else {
      throw scanner.error("companyfacts names a company by cik and has facts, and this does not")
    }
    return CompanyFacts(
      cik: cik,
      name: name,
      figures: figures,
      reports: order.compactMap { reports[$0] },
      otherTags: otherTags,
      unread: unread
    )
  }

  private mutating func textOrNumber() throws(JSONError) -> String {
    try scanner.kind() == .string ? scanner.string() : scanner.number()
  }

  private mutating func taxonomies() throws(JSONError) {
    try scanner.beginObject()
    while let taxonomy = try scanner.nextKey() {
      let name = taxonomy.text
      try scanner.beginObject()
      while let tag = try scanner.nextKey() { try self.tag(Concept(name, tag.text)) }
    }
  }

  private mutating func tag(_ concept: Concept) throws(JSONError) {
    let isKnown = FilingMeasure.byConcept[concept] != nil
    var (label, units, count): (String, [String], Int) = ("", [], 0)
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if key == "label" {
        label = try scanner.optionalString() ?? ""
      } else if key == "units" {
        try scanner.beginObject()
        while let unit = try scanner.nextKey() {
          units.append(unit.text)
          count += try entries(isKnown ? concept : nil, unit: unit.text)
        }
      } else {
        try scanner.skip()
      }
    }
    if !isKnown {
      otherTags.append(
        OtherTag(concept: concept.description, label: label, units: units, count: count)
      )
    }
  }

  /// Reads the figures of a tag in one unit; those of none that is known are only counted.
  private mutating func entries(_ concept: Concept?, unit: String) throws(JSONError) -> Int {
    var count = 0
    try scanner.beginArray()
    while try scanner.nextElement() {
      count += 1
      if let concept { try entry(concept, unit) } else { try scanner.skip() }
    }
    return count
  }

  private struct Entry {
    var start, end, value, accession, period, form, filed: String?
    var year: Int?
  }

  private mutating func entry(_ concept: Concept, _ unit: String) throws(JSONError) {
    var entry = Entry()
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if key == "start" {
        entry.start = try scanner.optionalString()
      } else if key == "end" {
        entry.end = try scanner.optionalString()
      } else if key == "val" {
        entry.value = try scanner.takesNull() ? nil : textOrNumber()
      } else if key == "accn" {
        entry.accession = try scanner.optionalString()
      } else if key == "fy" {
        entry.year = try scanner.takesNull() ? nil : Int(textOrNumber())
      } else if key == "fp" {
        entry.period = try scanner.optionalString()
      } else if key == "form" {
        entry.form = try scanner.optionalString()
      } else if key == "filed" {
        entry.filed = try scanner.optionalString()
      } else {
        try scanner.skip()
      }
    }
    take(entry, concept, unit)
  }

  private mutating func take(_ entry: Entry, _ concept: Concept, _ unit: String) {
    guard let period = Self.period(entry) else {
      return note(entry, concept, "its period is no day and no span of days")
    }
    guard let value = entry.value.flatMap({ DecimalText.value($0) }) else {
      return note(entry, concept, "\"\(excerpt(entry.value ?? "null"))\" is no number we can hold")
    }
    figures.append(
      FiledFigure(
        concept: concept,
        members: [],
        period: period,
        value: value,
        unit: unit,
        decimals: nil,
        filing: filing(entry),
        place: nil
      )
    )
  }

  private mutating func note(_ entry: Entry, _ concept: Concept, _ reason: String) {
    unread.append(
      UnreadFigure(concept: concept.description, context: entry.accession ?? "", reason: reason)
    )
  }

  private static func period(_ entry: Entry) -> FiledPeriod? {
    guard let end = entry.end.flatMap(day) else { return nil }
    guard let text = entry.start else { return .instant(end) }
    return day(text).flatMap { Period(first: $0, last: end) }.map { .duration($0) }
  }

  private static func day(_ text: String) -> Day? {
    guard case .day(let day)? = PartialDate(text) else { return nil }
    return day
  }

  private mutating func filing(_ entry: Entry) -> FilingReference {
    let number = entry.accession ?? ""
    if let known = filings[number] { return known }
    let filing = FilingReference(
      accession: number,
      form: entry.form ?? "",
      filed: entry.filed.flatMap(Self.day),
      file: file
    )
    filings[number] = filing
    order.append(number)
    if let year = entry.year, let period = entry.period {
      reports[number] = FilingReport(filing: filing, fiscalYear: year, fiscalPeriod: period)
    }
    return filing
  }
}

/// Numbers of JSON as exact decimals.
enum DecimalText {
  /// The number, with its power of ten where it has one; `nil` where it has more digits than we hold.
  static func value(_ text: String) -> StrictDecimal? {
    guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
      return StrictDecimal(text)
    }
    guard let power = Int(text[text.index(after: mark)...].trimmingPrefix("+")),
      (-18...18).contains(power)
    else { return nil }
    return StrictDecimal(text[..<mark])?.shifted(by: power)
  }
}
